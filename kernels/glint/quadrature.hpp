// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_QUADRATURE_HPP
#define GLINT_QUADRATURE_HPP

#include <vector>

namespace glint {

/// A rule on [-1, 1]: integral f = sum weight[k] f(node[k]), nodes ascending.
struct QuadratureRule {
  std::vector<double> node, weight;
};

/// Gauss-Legendre with `order` nodes, exact for polynomials of degree 2 order - 1.
/// Roots of the Legendre polynomial by Newton's method in extended precision. Host only; order >= 1
/// or Error. Cost: O(order^2).
QuadratureRule gauss_legendre(int order);

}  // namespace glint

#endif
