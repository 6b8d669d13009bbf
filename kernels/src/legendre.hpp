// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LEGENDRE_HPP
#define GLINT_LEGENDRE_HPP

#include <cmath>
#include <numbers>
#include <vector>

/// Legendre polynomials in extended precision, for the rules computed in this folder.

namespace glint::impl {

/// P_0(x) to P_degree(x) by the three-term recurrence.
inline std::vector<long double> legendre(int degree, long double x) {
  std::vector<long double> value{1.0L, x};
  for (int j = 2; j <= degree; ++j)
    value.push_back(((2 * j - 1) * x * value[j - 1] - (j - 1) * value[j - 2]) / j);
  return value;
}

/// Derivative of P_j, j >= 1, at x inside (-1, 1), from the values at x.
inline long double legendre_slope(const std::vector<long double>& value, int j, long double x) {
  return j * (value[j - 1] - x * value[j]) / (1.0L - x * x);
}

struct GaussNode {
  long double x, weight, slope;  ///< slope: of P_order at the node
};

/// The k-th (ascending) zero of P_order by Newton's method from its asymptotic place.
inline GaussNode gauss_node(int order, int k) {
  long double x = -std::cos(std::numbers::pi_v<long double> * (k + 0.75L) / (order + 0.5L));
  if (2 * k + 1 == order) x = 0.0L;
  long double slope = 1.0L;
  for (int step = 0; step < 8; ++step) {
    const auto value = legendre(order, x);
    slope = legendre_slope(value, order, x);
    if (x != 0.0L) x -= value[order] / slope;
  }
  return {x, 2.0L / ((1.0L - x * x) * slope * slope), slope};
}

}  // namespace glint::impl

#endif
