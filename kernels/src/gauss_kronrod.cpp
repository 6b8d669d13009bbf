// SPDX-License-Identifier: BSD-3-Clause
#include <glint/error.hpp>
#include <glint/quadrature.hpp>

#include "legendre.hpp"

namespace glint {

namespace {

/// The Stieltjes polynomial E of degree n + 1 with integral P_n E x^k = 0 for k = 0 to n, as
/// coefficients of P_(n+1), P_(n-1), P_(n-3), ...; the first is 1.
///
/// Integrals of P_n P_i P_k vanish unless i + k >= n and n + i + k is even, so the conditions for
/// k = 1, 3, 5, ... are a triangular system.
class Stieltjes {
 public:
  explicit Stieltjes(int n) : n_(n), coefficient_{1.0L} {
    std::vector<impl::GaussNode> rule;  // exact for the products, whose degree is 3 n + 1
    for (int k = 0, order = (3 * n + 4) / 2; k < order; ++k)
      rule.push_back(impl::gauss_node(order, k));
    const auto triple = [&](int i, int k) {
      long double sum = 0.0L;
      for (const impl::GaussNode& node : rule) {
        const auto p = impl::legendre(n + 1, node.x);
        sum += node.weight * p[n] * p[i] * p[k];
      }
      return sum;
    };
    for (int t = 1; 2 * t <= n + 1; ++t) {
      long double sum = 0.0L;
      for (int s = 0; s < t; ++s) sum += coefficient_[s] * triple(n + 1 - 2 * s, 2 * t - 1);
      coefficient_.push_back(-sum / triple(n + 1 - 2 * t, 2 * t - 1));
    }
  }

  long double value(long double x) const {
    const auto p = impl::legendre(n_ + 1, x);
    long double sum = 0.0L;
    for (std::size_t t = 0; t < coefficient_.size(); ++t)
      sum += coefficient_[t] * p[n_ + 1 - 2 * static_cast<int>(t)];
    return sum;
  }

  long double slope(long double x) const {
    const auto p = impl::legendre(n_ + 1, x);
    long double sum = 0.0L;
    for (std::size_t t = 0; t < coefficient_.size(); ++t) {
      const int degree = n_ + 1 - 2 * static_cast<int>(t);
      if (degree > 0) sum += coefficient_[t] * impl::legendre_slope(p, degree, x);
    }
    return sum;
  }

  /// The only zero between `low` and `high`.
  long double zero(long double low, long double high) const {
    const bool rises = value(low) < 0.0L;
    for (int step = 0; step < 70; ++step) {
      const long double middle = 0.5L * (low + high);
      ((value(middle) < 0.0L) == rises ? low : high) = middle;
    }
    return 0.5L * (low + high);
  }

 private:
  int n_;
  std::vector<long double> coefficient_;
};

}  // namespace

NestedRule gauss_kronrod(int order) {
  GLINT_EXPECTS(order == 7 || order == 11 || order == 15 || order == 21 || order == 31,
                "gauss_kronrod: the order must be 7, 11, 15, 21 or 31, not ", order);
  const int n = (order - 1) / 2;
  const Stieltjes stieltjes(n);
  NestedRule nested{{std::vector<double>(order), std::vector<double>(order)}, gauss_legendre(n)};
  const auto set_pair = [&](int k, long double node, long double weight) {
    QuadratureRule& rule = nested.kronrod;
    rule.node[order - 1 - k] = -static_cast<double>(node);
    rule.node[k] = static_cast<double>(node);
    rule.weight[order - 1 - k] = rule.weight[k] = static_cast<double>(weight);
  };
  // Both kinds of weights follow from integrating the interpolation polynomial: with the factor
  // below, the ratio of leading coefficients of P_(n+1) and P_n times the integral of P_n^2.
  const long double factor = 2.0L / (n + 1.0L);
  long double below = -1.0L;
  for (int k = 0; k <= n; ++k) {
    if (k % 2) {
      const impl::GaussNode gauss = impl::gauss_node(n, k / 2);
      set_pair(k, gauss.x, gauss.weight + factor / (gauss.slope * stieltjes.value(gauss.x)));
      below = gauss.x;
    } else {
      const long double x = k == n ? 0.0L : stieltjes.zero(below, impl::gauss_node(n, k / 2).x);
      set_pair(k, x, factor / (impl::legendre(n, x)[n] * stieltjes.slope(x)));
    }
  }
  return nested;
}

}  // namespace glint
