// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_EDGE_RULES_HPP
#define GLINT_IMPL_EDGE_RULES_HPP

#include <glint/compat.hpp>
#include <glint/quadrature.hpp>

namespace glint::impl {

/// Gauss-Legendre rules of orders 1 to 16 where kernels can reach them.
struct EdgeRules {
  static constexpr int max_order = 16;
  static constexpr int doubles = 2 * max_order * max_order;

  const double* data;

  KOKKOS_FORCEINLINE_FUNCTION double node(int order, int k) const {
    return data[2 * max_order * (order - 1) + k];
  }
  KOKKOS_FORCEINLINE_FUNCTION double weight(int order, int k) const {
    return data[2 * max_order * (order - 1) + max_order + k];
  }

  /// Fills host memory in the layout node() and weight() read.
  static void write(double* data) {
    for (int order = 1; order <= max_order; ++order) {
      const QuadratureRule rule = gauss_legendre(order);
      for (int k = 0; k < order; ++k) {
        data[2 * max_order * (order - 1) + k] = rule.node[k];
        data[2 * max_order * (order - 1) + max_order + k] = rule.weight[k];
      }
    }
  }
};

}  // namespace glint::impl

#endif
