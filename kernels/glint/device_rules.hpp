// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DEVICE_RULES_HPP
#define GLINT_DEVICE_RULES_HPP

#include <glint/error.hpp>
#include <glint/execution.hpp>
#include <glint/quadrature.hpp>
#include <glint/views.hpp>
#include <string>

/// Quadrature rules where kernels can reach them. Make them once and keep them: each upload waits
/// for its copy.

namespace glint {

/// A rule on [-1, 1] with `order` nodes: data holds the nodes, then the weights.
template <class MemorySpace>
struct DeviceRule {
  Vector<double, MemorySpace> data;
  int order = 0;

  KOKKOS_FORCEINLINE_FUNCTION double node(int k) const { return data(k); }
  KOKKOS_FORCEINLINE_FUNCTION double weight(int k) const { return data(order + k); }
};

/// `count` nodes on a pixel: data holds di, dj and the weights.
template <class MemorySpace>
struct DeviceNodes {
  Vector<double, MemorySpace> data;
  int count = 0;

  KOKKOS_FORCEINLINE_FUNCTION double di(int k) const { return data(k); }
  KOKKOS_FORCEINLINE_FUNCTION double dj(int k) const { return data(count + k); }
  KOKKOS_FORCEINLINE_FUNCTION double weight(int k) const { return data(2 * count + k); }
};

/// Nodes of a nested pair: the first `gauss_count` have a second weight, that of the Gauss tensor.
template <class MemorySpace>
struct DeviceNestedNodes {
  DeviceNodes<MemorySpace> nodes;
  int gauss_count = 0;

  KOKKOS_FORCEINLINE_FUNCTION double gauss_weight(int k) const {
    return nodes.data(3 * nodes.count + k);
  }
};

/// The three rules of the error estimate of integrate_with_error(): Gauss-Legendre with order - 1
/// and with `order` nodes, Clenshaw-Curtis with `order` nodes. Data holds the nodes of one after
/// the other, then all weights.
template <class MemorySpace>
struct DeviceErrorRules {
  Vector<double, MemorySpace> data;
  int order = 0;

  static constexpr int lower = 0, gauss = 1, clenshaw = 2;
  KOKKOS_FORCEINLINE_FUNCTION int nodes(int rule) const {
    return rule == lower ? order - 1 : order;
  }
  KOKKOS_FORCEINLINE_FUNCTION double node(int rule, int k) const { return data(start(rule) + k); }
  KOKKOS_FORCEINLINE_FUNCTION double weight(int rule, int k) const {
    return data(start(rule) + 3 * order - 1 + k);
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION int start(int rule) const {
    return rule == lower ? 0 : rule * order - 1;
  }
};

namespace impl {

inline void append(std::vector<double>& to, const std::vector<double>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace impl

/// Copies a rule to the memory of `space`. Synchronous.
template <class ExecutionSpace>
DeviceRule<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                           const QuadratureRule& rule) {
  std::vector<double> numbers = rule.node;
  impl::append(numbers, rule.weight);
  return {upload(space, "glint::to_space::rule", numbers), static_cast<int>(rule.node.size())};
}

/// Copies a set of nodes to the memory of `space`. Throws Error when offsets and weights differ in
/// number. Synchronous.
template <class ExecutionSpace>
DeviceNodes<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                            const PixelNodes& nodes) {
  const std::size_t count = nodes.weight.size();
  GLINT_EXPECTS(nodes.di.size() == count && nodes.dj.size() == count, "to_space: there are ",
                nodes.di.size(), " row offsets, ", nodes.dj.size(), " column offsets and ", count,
                " weights where equal numbers are needed");
  std::vector<double> numbers = nodes.di;
  impl::append(numbers, nodes.dj);
  impl::append(numbers, nodes.weight);
  return {upload(space, "glint::to_space::nodes", numbers), static_cast<int>(count)};
}

/// The same for a nested pair. Synchronous.
template <class ExecutionSpace>
DeviceNestedNodes<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                                  const NestedPixelNodes& nested) {
  const PixelNodes& nodes = nested.kronrod;
  std::vector<double> numbers = nodes.di;
  impl::append(numbers, nodes.dj);
  impl::append(numbers, nodes.weight);
  impl::append(numbers, nested.gauss_weight);
  return {{upload(space, "glint::to_space::nested_nodes", numbers),
           static_cast<int>(nodes.weight.size())},
          static_cast<int>(nested.gauss_weight.size())};
}

/// The rules of the error estimate, 2 <= order <= 33 or Error. Synchronous.
template <class ExecutionSpace>
DeviceErrorRules<typename ExecutionSpace::memory_space> make_error_rules(
    const ExecutionSpace& space, int order) {
  GLINT_EXPECTS(order >= 2 && order <= 33, "make_error_rules: the order must lie in 2 to 33, not ",
                order);
  const QuadratureRule rules[] = {gauss_legendre(order - 1), gauss_legendre(order),
                                  clenshaw_curtis(order)};
  std::vector<double> numbers;
  for (const QuadratureRule& rule : rules) impl::append(numbers, rule.node);
  for (const QuadratureRule& rule : rules) impl::append(numbers, rule.weight);
  return {upload(space, "glint::make_error_rules::rules", numbers), order};
}

}  // namespace glint

#endif
