// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_INTEGRATE_CELLS_HPP
#define GLINT_IMPL_INTEGRATE_CELLS_HPP

#include <glint/device_rules.hpp>
#include <glint/impl/cells.hpp>

/// One cell by each of the rules, and the kernels that do so for many. Sums are kept in double and
/// in a fixed order: the same input gives the same bits on any number of threads.

namespace glint::impl {

/// Tensor product of one rule on the cell of half side `half` about (i, j), first axis slow.
template <class Function, class Rule>
KOKKOS_INLINE_FUNCTION double tensor_integral(const Function& f, const Rule& rule, double i,
                                              double j, double half) {
  double sum = 0.0;
  for (int a = 0; a < rule.order; ++a) {
    const double row = i + half * rule.node(a);
    double line = 0.0;
    for (int b = 0; b < rule.order; ++b)
      line += rule.weight(b) * static_cast<double>(f(row, j + half * rule.node(b)));
    sum += rule.weight(a) * line;
  }
  return half * half * sum;
}

/// One of the three rules of the error estimate as a rule.
template <class ErrorRules>
struct OneOfThree {
  const ErrorRules& rules;
  int rule, order;

  KOKKOS_FORCEINLINE_FUNCTION double node(int k) const { return rules.node(rule, k); }
  KOKKOS_FORCEINLINE_FUNCTION double weight(int k) const { return rules.weight(rule, k); }
};

struct ValueAndError {
  double value, error;
};

/// Larger of two distances; NaN when either is.
KOKKOS_FORCEINLINE_FUNCTION double larger_or_nan(double a, double b) {
  if (a != a) return a;
  return a > b ? a : b;
}

/// Points a function with a form for many takes at once: all 22 of the three rules of order 3.
inline constexpr int many_points = 24;

/// Whether a function has one: f.values(i, j, out) for many_points points.
template <class Function>
inline constexpr bool evaluates_many_v = false;
template <class Function>
requires(Function::evaluates_many) inline constexpr bool evaluates_many_v<Function> = true;

/// The three rules' integrals, many points at once.
template <class Function, class ErrorRules>
KOKKOS_INLINE_FUNCTION void integrals_of_many(const Function& f, const ErrorRules& rules, double i,
                                              double j, double half, double* integrals) {
  alignas(64) double row[many_points] = {}, column[many_points] = {}, value[many_points];
  double weight[many_points];
  int rule_of[many_points], filled = 0;
  const auto flush = [&] {
    f.values(row, column, value);
    for (int k = 0; k < filled; ++k) integrals[rule_of[k]] += weight[k] * value[k];
    filled = 0;
  };
  for (int rule = 0; rule < 3; ++rule) {
    integrals[rule] = 0.0;
    for (int a = 0; a < rules.nodes(rule); ++a)
      for (int b = 0; b < rules.nodes(rule); ++b) {
        row[filled] = i + half * rules.node(rule, a);
        column[filled] = j + half * rules.node(rule, b);
        weight[filled] = half * half * rules.weight(rule, a) * rules.weight(rule, b);
        rule_of[filled] = rule;
        if (++filled == many_points) flush();
      }
  }
  if (filled > 0) flush();
}

template <class Function, class ErrorRules>
KOKKOS_INLINE_FUNCTION ValueAndError error_estimate(const Function& f, const ErrorRules& rules,
                                                    double i, double j, double half) {
  double result[3];
  if constexpr (evaluates_many_v<Function>) {
    integrals_of_many(f, rules, i, j, half, result);
  } else {
    for (int rule = 0; rule < 3; ++rule)
      result[rule] =
          tensor_integral(f, OneOfThree<ErrorRules>{rules, rule, rules.nodes(rule)}, i, j, half);
  }
  const double a = result[ErrorRules::lower], b = result[ErrorRules::gauss];
  const double c = result[ErrorRules::clenshaw];
  return {0.5 * (b + c), larger_or_nan(math::fabs(b - a), math::fabs(b - c))};
}

template <class Function, class Cells, class Rule, class Output>
struct IntegrateTensor {
  Function f;
  Cells cells;
  Rule rule;
  double half;
  Output values;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    using T = std::decay_t<decltype(values(c))>;
    values(c) = static_cast<T>(tensor_integral(f, rule, cells.i(c), cells.j(c), half));
  }
};

template <class Function, class Cells, class Nodes, class Output>
struct IntegrateNodes {
  Function f;
  Cells cells;
  Nodes nodes;
  Output values;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    using T = std::decay_t<decltype(values(c))>;
    const double i = cells.i(c), j = cells.j(c);
    double sum = 0.0;
    for (int k = 0; k < nodes.count; ++k)
      sum += nodes.weight(k) * static_cast<double>(f(i + nodes.di(k), j + nodes.dj(k)));
    values(c) = static_cast<T>(sum);
  }
};

template <class Function, class Cells, class Nested, class Kronrod, class Gauss>
struct IntegrateNested {
  Function f;
  Cells cells;
  Nested nested;
  Kronrod kronrod;
  Gauss gauss;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    const double i = cells.i(c), j = cells.j(c);
    double outer = 0.0, inner = 0.0;
    for (int k = 0; k < nested.nodes.count; ++k) {
      const auto sample = static_cast<double>(f(i + nested.nodes.di(k), j + nested.nodes.dj(k)));
      outer += nested.nodes.weight(k) * sample;
      if (k < nested.gauss_count) inner += nested.gauss_weight(k) * sample;
    }
    kronrod(c) = static_cast<std::decay_t<decltype(kronrod(c))>>(outer);
    gauss(c) = static_cast<std::decay_t<decltype(gauss(c))>>(inner);
  }
};

template <class Function, class Cells, class Rules, class Values, class Errors>
struct IntegrateWithError {
  Function f;
  Cells cells;
  Rules rules;
  double half;
  Values values;
  Errors errors;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    const ValueAndError result = error_estimate(f, rules, cells.i(c), cells.j(c), half);
    values(c) = static_cast<std::decay_t<decltype(values(c))>>(result.value);
    errors(c) = static_cast<std::decay_t<decltype(errors(c))>>(result.error);
  }
};

/// Where the middle of the m-th of `factor` parts of a side 1 / parents_per_pixel lies from its
/// own.
KOKKOS_FORCEINLINE_FUNCTION double child_offset(std::size_t m, std::size_t factor,
                                                double parents_per_pixel) {
  return ((static_cast<double>(m) + 0.5) / static_cast<double>(factor) - 0.5) / parents_per_pixel;
}

/// Centres of the children of cells of side 1 / parents_per_pixel.
template <class Cells, class Rows, class Columns>
struct SplitCells {
  Cells parents;
  double parents_per_pixel;
  std::size_t factor;
  Rows rows;
  Columns columns;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t parent = index / (factor * factor), child = index % (factor * factor);
    rows(index) = parents.i(parent) + child_offset(child / factor, factor, parents_per_pixel);
    columns(index) = parents.j(parent) + child_offset(child % factor, factor, parents_per_pixel);
  }
};

/// Centres of listed cells.
template <class Cells, class Rows, class Columns>
struct ListCentres {
  Cells cells;
  Rows rows;
  Columns columns;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    rows(c) = cells.i(c);
    columns(c) = cells.j(c);
  }
};

}  // namespace glint::impl

#endif
