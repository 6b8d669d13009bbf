// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_BOUNDARY_ORACLE_HPP
#define GLINT_TESTS_BOUNDARY_ORACLE_HPP

#include <cmath>
#include <glint/quadrature.hpp>
#include <glint/sersic.hpp>

/// The flux of one Sersic profile in any rectangle, slowly, serially and in extended precision:
///   flux = 1/(2 pi) contour of S(r) dphi,   S the enclosed flux, r = d cosh s, dphi = ds / cosh s.
/// No table, no choice of order: 20 nodes on panels so short that nothing is left to chance. Shares
/// only b_n with the library, and b_n is tested on its own.

namespace glint::test {

using Real = long double;

/// Lower and upper incomplete gamma functions over Gamma(a), by series and continued fraction.
struct Shares {
  Real inside, outside;
};
inline Shares gamma_shares(Real a, Real y) {
  if (!(y > 0)) return {0, 1};
  const Real lead = std::exp(a * std::log(y) - y - std::lgamma(a));
  if (y < a + 1) {
    Real term = 1 / a, total = term;
    for (int k = 1; term > 1e-21L * total; ++k) total += term *= y / (a + k);
    return {lead * total, 1 - lead * total};
  }
  Real value = 0;  // backwards, from far enough out
  for (int k = 400; k > 0; --k) value = k * (k - a) / (y + 2 * k + 1 - a - value);
  const Real outside = lead / (y + 1 - a - value);
  return {1 - outside, outside};
}

class BoundaryOracle {
 public:
  BoundaryOracle(double flux, double re, double n, double x, double y, double q, double theta)
      : flux_(flux), n_(n), b_(sersic_bn(n)), x_(x), y_(y) {
    const Real c = std::cos(static_cast<Real>(theta)), s = std::sin(static_cast<Real>(theta));
    ux_ = c / re, uy_ = s / re, vx_ = -s / (re * Real(q)), vy_ = c / (re * Real(q));
    const QuadratureRule rule = gauss_legendre(20);
    for (int k = 0; k < 20; ++k) node_[k] = rule.node[k], weight_[k] = rule.weight[k];
  }

  /// Flux in [x0, x1] x [y0, y1].
  Real rectangle(Real x0, Real y0, Real x1, Real y1) const {
    x0 -= x_, x1 -= x_, y0 -= y_, y1 -= y_;
    const Real corner[5][2] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
    const bool outside = x0 > 0 || x1 < 0 || y0 > 0 || y1 < 0;
    Real nearest = 1e300L;
    for (int k = 0; k < 4; ++k)
      nearest = std::min(nearest, nearest_decay(corner[k], corner[k + 1]));
    // Away from the core the flux still outside r keeps the relative accuracy of the tail.
    const bool tail = outside && nearest > 2 * n_;
    Real total = 0;
    for (int k = 0; k < 4; ++k) total += edge(corner[k], corner[k + 1], tail);
    return flux_ * total;
  }
  Real pixel(Real i, Real j) const { return rectangle(j - 0.5L, i - 0.5L, j + 0.5L, i + 0.5L); }

 private:
  Real decay(Real r) const { return b_ * std::pow(r, 1 / n_); }

  struct Line {
    Real d, low, high, turn;  // distance, positions along the line from its foot, sense of rotation
  };
  Line line(const Real* from, const Real* to) const {
    const Real u0 = ux_ * from[0] + uy_ * from[1], v0 = vx_ * from[0] + vy_ * from[1];
    const Real du = ux_ * (to[0] - from[0]) + uy_ * (to[1] - from[1]);
    const Real dv = vx_ * (to[0] - from[0]) + vy_ * (to[1] - from[1]);
    const Real length = std::hypot(du, dv);
    const Real jacobian = ux_ * vy_ - uy_ * vx_;
    const Real cross = (from[0] * (to[1] - from[1]) - from[1] * (to[0] - from[0])) * jacobian;
    const Real low = (u0 * du + v0 * dv) / length;
    return {std::fabs(cross) / length, low, low + length, cross < 0 ? Real(-1) : Real(1)};
  }
  Real nearest_decay(const Real* from, const Real* to) const {
    const Line l = line(from, to);
    const Real t = l.low > 0 ? l.low : l.high < 0 ? -l.high : Real(0);
    return decay(std::hypot(l.d, t));
  }

  Real edge(const Real* from, const Real* to, bool tail) const {
    const Line l = line(from, to);
    if (l.d == 0) return 0;
    if (l.low >= 0) return l.turn * half(l.d, l.low, l.high, tail);
    if (l.high <= 0) return l.turn * half(l.d, -l.high, -l.low, tail);
    return l.turn * (half(l.d, 0, l.high, tail) + half(l.d, 0, -l.low, tail));
  }

  /// integral of S dphi / (2 pi) from position low to high >= low >= 0 along a line at distance d.
  Real half(Real d, Real low, Real high, bool tail) const {
    constexpr Real two_pi = 6.283185307179586476925286766559L;
    Real s = std::asinh(low / d), total = 0;
    const Real end = std::asinh(high / d);
    // end - s would cancel where the edge is short and far; this does not.
    Real left = low > 0 ? std::asinh((high - low) * (high + low) /
                                     (high * std::hypot(d, low) + low * std::hypot(d, high)))
                        : end;
    while (left > 0) {
      const Real y = decay(d * std::cosh(s));
      Real step = std::min({left, Real(0.3L), n_ / 2, n_ * std::log1p(1 / y)});
      if (tail && y > 200) break;
      if (!tail && y > 200) {  // S is the whole flux from here on: its angle is known
        total += (std::atan(high / d) - std::atan(std::sinh(s))) / two_pi;
        break;
      }
      for (int k = 0; k < 20; ++k) {
        const Real t = s + step * (1 + node_[k]) / 2, cosh_t = std::cosh(t);
        const Shares share = gamma_shares(2 * n_, decay(d * cosh_t));
        total += step / 2 * weight_[k] * (tail ? -share.outside : share.inside) / cosh_t / two_pi;
      }
      s += step, left -= step;
    }
    return total;
  }

  Real flux_, n_, b_, x_, y_, ux_, uy_, vx_, vy_, node_[20], weight_[20];
};

}  // namespace glint::test

#endif
