// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_QUADRATURE_HPP
#define GLINT_QUADRATURE_HPP

#include <cstddef>
#include <vector>

/// Quadrature rules, computed in extended precision on the host; nodes and weights are right to
/// 1e-15. `order` is the number of nodes everywhere; an illegal one throws Error.

namespace glint {

/// A rule on [-1, 1]: integral f = sum weight[k] f(node[k]), nodes ascending and symmetric.
struct QuadratureRule {
  std::vector<double> node, weight;
};

/// Gauss-Legendre, exact for polynomials of degree 2 order - 1; order >= 1.
/// Roots of the Legendre polynomial by Newton's method. Cost: O(order^2).
QuadratureRule gauss_legendre(int order);

/// Clenshaw-Curtis: nodes -cos(pi k / (order - 1)), both ends included; order >= 1 (one node: the
/// middle). Exact for degree order - 1. Weights by the cosine sums of J. Waldvogel, "Fast
/// construction of the Fejer and Clenshaw-Curtis quadrature rules" (2006). Cost: O(order^2).
QuadratureRule clenshaw_curtis(int order);

/// The middles of `order` equal parts, (2 k + 1) / order - 1, equally weighted; order >= 1.
/// Exact for degree 1.
QuadratureRule midpoint(int order);

/// A Kronrod rule and the Gauss rule inside it: gauss.node[k] == kronrod.node[2 k + 1].
struct NestedRule {
  QuadratureRule kronrod, gauss;
};

/// Gauss-Kronrod with `order` = 7, 11, 15, 21 or 31 nodes in all, of which every second is one of
/// the 3, 5, 7, 10 or 15 Gauss nodes. Exact for degree (3 order - 1) / 2.
/// The new nodes are the zeros of the Stieltjes polynomial, expanded in Legendre polynomials and
/// bracketed by the Gauss nodes (T. N. L. Patterson, Math. Comp. 22 (1968) 847). Cost: O(order^3).
NestedRule gauss_kronrod(int order);

/// The rules by name.
enum class RuleKind { gauss_legendre, clenshaw_curtis, midpoint, gauss_kronrod };

/// The rule of that name (of Gauss-Kronrod the larger one), as by the functions above.
QuadratureRule make_rule(RuleKind kind, int order);

/// Any set of nodes on a pixel: flux = sum weight[k] f(i + di[k], j + dj[k]); i row, j column,
/// offsets in pixels, weights in pixel areas.
struct PixelNodes {
  std::vector<double> di, dj, weight;
};

/// The tensor product of a rule with itself on the unit pixel: offsets node / 2, weights
/// (weight / 2)(weight / 2), i varying slowest.
PixelNodes tensor_nodes(const QuadratureRule& rule);

/// The tensor product of a Kronrod rule, ordered so that the samples of the Gauss tensor come first
/// and are used twice: 49 + 176 = 225 for 15 nodes, not 49 + 225.
/// gauss_weight.size() is the number of samples that form the Gauss tensor.
struct NestedPixelNodes {
  PixelNodes kronrod;
  std::vector<double> gauss_weight;
};

NestedPixelNodes nested_nodes(const NestedRule& rule);

}  // namespace glint

#endif
