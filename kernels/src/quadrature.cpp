// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/constants.hpp>
#include <glint/error.hpp>
#include <glint/quadrature.hpp>

namespace glint {

QuadratureRule gauss_legendre(int order) {
  GLINT_EXPECTS(order >= 1, "gauss_legendre: the order must be at least 1, not ", order);
  QuadratureRule rule{std::vector<double>(order), std::vector<double>(order)};
  for (int k = 0; k < order; ++k) {
    long double x =
        -std::cos(static_cast<long double>(constants::pi) * (k + 0.75L) / (order + 0.5L));
    if (2 * k + 1 == order) x = 0.0L;
    long double slope = 1.0L;
    for (int step = 0; step < 8; ++step) {
      long double previous = 1.0L, value = x;
      for (int j = 2; j <= order; ++j) {
        const long double next = ((2 * j - 1) * x * value - (j - 1) * previous) / j;
        previous = value;
        value = next;
      }
      slope = order * (previous - x * value) / (1.0L - x * x);
      x -= value / slope;
    }
    rule.node[k] = static_cast<double>(x);
    rule.weight[k] = static_cast<double>(2.0L / ((1.0L - x * x) * slope * slope));
  }
  return rule;
}

}  // namespace glint
