// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_RADIAL_TABLE_HPP
#define GLINT_LAWS_RADIAL_TABLE_HPP

#include <glint/compat.hpp>
#include <glint/constants.hpp>

namespace glint {

/// The mean brightness inside an isophote, and its tail, of any radial brightness g:
///   inside(r) = 2/r^2 integral_0^r g t dt,   tail(r) = -2/r^2 integral_r^infinity g t dt,
/// as Chebyshev polynomials on panels that keep away from the singularities of g. Both are accurate
/// to about 1e-14 of their own value; inside = tail + total / r^2. Panels below the radius of half
/// the flux hold the inside form, those above it the tail.
///
/// A panel [a, a + L] has L <= 0.7 a, L <= half the reach of g at a (and half of what is left to a
/// singular outer radius), so that all singularities lie outside the ellipse of foci a, a + L and
/// sum of semi-axes (3 + sqrt 8) L/2, and degree 19 leaves 5.8^-20; and g falls by less than e^3.5.
struct RadialTable {
  static constexpr int terms = 20;
  static constexpr int max_panels = 256;
  static constexpr int doubles = max_panels * (terms + 1) + 1;  ///< starts, then coefficients
  static constexpr double innermost = 5.4e-20;                  ///< 2^-64

  int panels = 0, tail_panel = 0;
  double total = 0.0;  ///< 2 times the integral of g t from 0 to infinity; NaN if it has no table
  double first = 0.0, last = 0.0;  ///< the panels reach from here to there
  double inside_first = 0.0, cusp = 0.0;
  double tail_last = 0.0, outer_power = 0.0;
  double soft = 0.0, level = 0.0, step = 0.0;  ///< see RadialBrightness

  /// From this radius on the tail is the better form.
  KOKKOS_FUNCTION double tail_from(const double* table) const { return table[tail_panel]; }

  /// Either form at r > 0.
  template <bool Tail>
  KOKKOS_FUNCTION double look_up(const double* table, double r) const {
    const double at_infinity = total / (r * r);
    bool stored_as_tail = r >= last;
    double value;
    if (r < first) {
      const double x = soft > 0.0 ? r / soft : r / first;
      value = soft > 0.0 ? level + step * (1.0 - 0.5 * x * x)
                         : inside_first * (cusp > 0.0 ? math::pow(x, -cusp) : 1.0);
    } else if (stored_as_tail) {
      value = outer_power > 0.0 ? tail_last * math::pow(r / last, -outer_power) : 0.0;
    } else {
      int low = 0, high = panels;
      while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (r < table[middle])
          high = middle;
        else
          low = middle;
      }
      stored_as_tail = low >= tail_panel;
      const double a = table[low], b = table[low + 1];
      value = clenshaw(coefficients(table, low), ((r - a) - (b - r)) / (b - a));
    }
    if constexpr (Tail)
      return stored_as_tail ? value : value - at_infinity;
    else
      return stored_as_tail ? value + at_infinity : value;
  }

  KOKKOS_FUNCTION static const double* coefficients(const double* table, int panel) {
    return table + max_panels + 1 + panel * terms;
  }
  KOKKOS_FUNCTION static double* coefficients(double* table, int panel) {
    return table + max_panels + 1 + panel * terms;
  }

  KOKKOS_FUNCTION static double clenshaw(const double* c, double t) {
    double b1 = 0.0, b2 = 0.0;
    for (int k = terms - 1; k > 0; --k) {
      const double b0 = 2.0 * t * b1 - b2 + c[k];
      b2 = b1;
      b1 = b0;
    }
    return t * b1 - b2 + c[0];
  }
};

}  // namespace glint

#endif
