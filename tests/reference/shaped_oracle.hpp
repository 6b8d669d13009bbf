// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_SHAPED_ORACLE_HPP
#define GLINT_TESTS_SHAPED_ORACLE_HPP

#include <algorithm>
#include <cmath>
#include <functional>
#include <glint/catalogue.hpp>
#include <glint/quadrature.hpp>
#include <glint/sersic.hpp>
#include <vector>

/// The flux of one catalogue row of any kind in any rectangle: nested adaptive quadrature of the
/// brightness itself, slowly and in extended precision. Shares only b_n and the nodes of one rule
/// with the library; brightness and normalisation are written anew from their definitions.

namespace glint::test {

using Real = long double;
using Function = std::function<Real(Real)>;

/// Adaptive Gauss-Kronrod quadrature to an absolute error of about `target`.
inline Real adaptive(const Function& f, Real from, Real to, Real target, int depth = 0) {
  static const QuadratureRule fine = gauss_kronrod(15).kronrod, coarse = gauss_legendre(7);
  const Real middle = (from + to) / 2, half = (to - from) / 2;
  Real value = 0, rough = 0;
  for (int k = 0; k < 15; ++k) {
    const Real sample = f(middle + half * fine.node[k]);
    value += half * fine.weight[k] * sample;
    if (k % 2) rough += half * coarse.weight[k / 2] * sample;
  }
  const Real error = std::fabs(value - rough);
  if (depth >= 40 || error <= target || error <= 1e-15L * std::fabs(value)) return value;
  return adaptive(f, from, middle, target / 2, depth + 1) +
         adaptive(f, middle, to, target / 2, depth + 1);
}

/// Integral over (0, 1) of a function with any integrable behaviour at both ends: tanh-sinh.
inline Real double_exponential(const Function& f) {
  Real total = 0;
  const Real step = 1.0L / 32;
  for (int k = -160; k <= 160; ++k) {
    const Real t = k * step, u = 1.57079632679489661923L * std::sinh(t);
    const Real x = 1 / (1 + std::exp(-2 * u));
    if (!(x > 0) || !(x < 1)) continue;
    const Real c = std::cosh(u), weight = 1.57079632679489661923L * std::cosh(t) / (2 * c * c);
    if (weight < 1e-30L) continue;
    total += step * weight * f(x);
  }
  return total;
}

class ShapedOracle {
 public:
  ShapedOracle(const Catalogue<>& c, std::size_t p)
      : kind_(c.kind.extent(0) ? c.kind(p) : ProfileKind::sersic),
        x_(c.x(p)),
        y_(c.y(p)),
        re_(c.re(p)),
        q_(c.q(p)),
        n_(kind_ == ProfileKind::gaussian ? 0.5L : Real(c.n(p))),
        cos_(std::cos(Real(c.theta(p)))),
        sin_(std::sin(Real(c.theta(p)))) {
    for (int k = 0; k < extra_columns; ++k) {
      extra_[k] = c.extra[k].extent(0) ? c.extra[k](p) : NAN;
      if (std::isnan(extra_[k])) extra_[k] = extra_column_rules[k].standard;
    }
    if (kind_ == ProfileKind::king && std::isnan(get(ExtraColumn::alpha)))
      extra_[static_cast<int>(ExtraColumn::alpha)] = 2;
    b_ = sersic_bn(static_cast<double>(n_));
    cut_ = get(ExtraColumn::r_truncation);
    if (kind_ == ProfileKind::king) cut_ = std::min(cut_, get(ExtraColumn::r_out));
    if (kind_ == ProfileKind::ferrer) cut_ = std::min(cut_, re_);
    soft_ = get(ExtraColumn::r_soft);
    if (soft_ > 0) {
      level_ = hard(soft_);
      const Real lost = 2 * radial_integral([this](Real r) { return hard(r); }, 0, soft_) -
                        soft_ * soft_ * level_;
      step_ = 2 * lost / (soft_ * soft_);
    }
    amplitude_ = c.flux(p) / total();
  }

  Real radial(Real r) const {
    if (r >= cut_) return 0;
    if (r < soft_) return level_ + step_ * (1 - r * r / (soft_ * soft_));
    return hard(r);
  }

  /// Radius of the isophote through (x, y), pixels from the image centre.
  Real radius(Real x, Real y) const {
    Real u, v;
    frame(x, y, u, v);
    return shape(u, v);
  }
  Real brightness(Real x, Real y) const {
    Real u, v;
    frame(x, y, u, v);
    return amplitude_ * lopsided(u, v) * radial(shape(u, v));
  }

  /// Flux in a rectangle, to about `relative` of itself.
  Real rectangle(Real x0, Real y0, Real x1, Real y1, Real relative) const {
    Real mean = 0;  // the centre itself may be infinite; no sample falls on it by chance
    for (int k = 0; k < 400; ++k)
      mean += std::fabs(brightness(x0 + (x1 - x0) * (k % 20 + 0.4871L) / 20,
                                   y0 + (y1 - y0) * (k / 20 + 0.5137L) / 20)) /
              400;
    // Slivers cut off by an outer radius may miss all samples.
    const Real least = std::isinf(cut_) ? 1e-22L : 1e-6L;
    const Real target = relative * std::max(mean, std::fabs(amplitude_) * least);
    if (x_ > x0 && x_ < x1 && y_ > y0 && y_ < y1)
      return triangle(x0, y0, x1, y0, target) + triangle(x1, y0, x1, y1, target) +
             triangle(x1, y1, x0, y1, target) + triangle(x0, y1, x0, y0, target);
    const Function row = [&](Real y) {
      std::vector<Real> cuts{x0, x1};
      const auto add = [&](Real x) {
        if (x > x0 && x < x1) cuts.push_back(x);
      };
      add(x_);
      if (sin_ != 0) add(x_ + (y - y_) * cos_ / sin_);  // major axis
      if (cos_ != 0) add(x_ - (y - y_) * sin_ / cos_);  // minor axis
      bool broken = false;
      for (const Real edge : {cut_, soft_}) {
        if (!(edge > 0) || std::isinf(edge)) continue;
        if (elliptical()) {  // a quadratic equation finds even the shortest chords
          const Real A = cos_ * cos_ + sin_ * sin_ / (q_ * q_), Y = y - y_;
          const Real B = Y * sin_ * cos_ * (1 - 1 / (q_ * q_));
          const Real C = Y * Y * (sin_ * sin_ + cos_ * cos_ / (q_ * q_)) - edge * edge;
          if (B * B <= A * C) continue;
          broken = true;
          add(x_ + (-B - std::sqrt(B * B - A * C)) / A);
          add(x_ + (-B + std::sqrt(B * B - A * C)) / A);
          continue;
        }
        Real before = x0;
        for (int k = 1; k <= 64; ++k) {
          const Real next = x0 + (x1 - x0) * k / 64;
          if ((radius(before, y) < edge) != (radius(next, y) < edge)) {
            broken = true;
            cuts.push_back(crossing(before, next, y, edge));
          }
          before = next;
        }
      }
      std::sort(cuts.begin(), cuts.end());
      Real sum = 0;
      for (std::size_t k = 0; k + 1 < cuts.size(); ++k)
        if (cuts[k] < cuts[k + 1]) {
          const Real from = cuts[k], width = cuts[k + 1] - cuts[k];
          const Function f = [&](Real x) { return brightness(x, y); };
          // A kind may end in a root of the distance.
          sum += broken ? width * double_exponential([&](Real t) { return f(from + width * t); })
                        : adaptive(f, from, from + width, target / 4);
        }
      return sum;
    };
    std::vector<Real> cuts{y0, y1};
    for (const Real edge : {cut_, soft_}) {
      if (!(edge > 0) || std::isinf(edge)) continue;
      const Real height = edge * std::hypot(sin_, q_ * cos_);  // of an ellipse above its centre
      for (const Real y : {y_ - height, y_ + height})
        if (elliptical() && y > y0 && y < y1) cuts.push_back(y);
      for (const Real x : {x0, x1})
        for (int k = 0; k < 64; ++k) {
          Real low = y0 + (y1 - y0) * k / 64, high = y0 + (y1 - y0) * (k + 1) / 64;
          const bool inside = radius(x, low) < edge;
          if ((radius(x, high) < edge) == inside) continue;
          for (int step = 0; step < 70; ++step) {
            const Real middle = (low + high) / 2;
            ((radius(x, middle) < edge) == inside ? low : high) = middle;
          }
          cuts.push_back(low);
        }
    }
    std::sort(cuts.begin(), cuts.end());
    Real sum = 0;
    for (std::size_t k = 0; k + 1 < cuts.size(); ++k)
      if (cuts[k] < cuts[k + 1]) sum += adaptive(row, cuts[k], cuts[k + 1], target);
    return sum;
  }
  Real pixel(Real i, Real j, Real relative = 1e-11L) const {
    return rectangle(j - 0.5L, i - 0.5L, j + 0.5L, i + 0.5L, relative);
  }

  /// Integral of radial(r) a over the plane.
  Real total() const {
    const Real end = std::isinf(cut_) ? 0 : cut_;
    const Function g = [this](Real r) { return radial(r); };
    Real reach = 0, from = 0;
    const Real bend = kind_ == ProfileKind::core_sersic ? get(ExtraColumn::r_break) : re_;
    for (const Real edge : {soft_, bend, re_, end > 0 ? end : 2 * std::max(bend, re_)}) {
      const Real to = end > 0 ? std::min(edge, end) : edge;
      if (to > from) reach += radial_integral(g, from, to);
      from = std::max(from, to);
    }
    if (!(end > 0))  // r = from / s, s in (0, 1)
      reach += double_exponential([&](Real s) {
        const Real value = g(from / s) * from / s * from / (s * s);
        return std::isfinite(value) ? value : 0;
      });
    Real angle = 0;
    for (int quarter = 0; quarter < 4; ++quarter)
      for (int part = 0; part < 16; ++part)
        angle += double_exponential([&](Real t) {
          const Real width = 1.57079632679489661923L / 16;
          const Real psi = 1.57079632679489661923L * quarter + width * (part + t);
          const Real u = std::cos(psi), v = q_ * std::sin(psi), m = shape(u, v);
          return width * q_ * lopsided(u, v) / (m * m);
        });
    return angle * reach;
  }

 private:
  Real get(ExtraColumn column) const { return extra_[static_cast<int>(column)]; }

  bool elliptical() const {
    bool modes = false;
    for (int k = 0; k < 6; ++k) modes |= extra_[static_cast<int>(ExtraColumn::f1) + k] != 0;
    return get(ExtraColumn::boxiness) == 0 && !modes;
  }

  Real radial_integral(const Function& g, Real from, Real to) const {
    return (to - from) * double_exponential([&](Real t) {
             const Real r = from + (to - from) * t;
             return g(r) * r;
           });
  }

  void frame(Real x, Real y, Real& u, Real& v) const {
    u = (x - x_) * cos_ + (y - y_) * sin_;
    v = (y - y_) * cos_ - (x - x_) * sin_;
  }

  /// Flux between the centre and a line from a to b, along rays: t is the share of the way to b.
  Real triangle(Real ax, Real ay, Real bx, Real by, Real target) const {
    const Real cross = (ax - x_) * (by - y_) - (ay - y_) * (bx - x_);
    return adaptive(
        [&](Real s) {
          const Real x = ax + s * (bx - ax), y = ay + s * (by - ay), r = radius(x, y);
          Real u, v, sum = 0, from = 0;
          frame(x, y, u, v);
          for (const Real edge : {std::min(soft_, r), std::min(cut_, r), r}) {
            if (edge > from)
              sum += radial_integral([this](Real m) { return radial(m); }, from, edge);
            from = std::max(from, edge);
          }
          return amplitude_ * cross * lopsided(u, v) * sum / (r * r);
        },
        0, 1, target);
  }

  Real crossing(Real low, Real high, Real y, Real edge) const {
    const bool inside = radius(low, y) < edge;
    for (int k = 0; k < 70; ++k) {
      const Real middle = (low + high) / 2;
      ((radius(middle, y) < edge) == inside ? low : high) = middle;
    }
    return (low + high) / 2;
  }

  Real shape(Real u, Real v) const {
    const Real c = get(ExtraColumn::boxiness) + 2, psi = std::atan2(v / q_, u);
    Real r = std::hypot(u, v / q_), sum = 1;
    if (c != 2) r = std::pow(std::pow(std::fabs(u), c) + std::pow(std::fabs(v / q_), c), 1 / c);
    for (int m = 1; m <= 6; ++m)
      if (const Real f = extra_[static_cast<int>(ExtraColumn::f1) + m - 1]; f != 0)
        sum += f * std::cos(m * (psi + extra_[static_cast<int>(ExtraColumn::phase1) + m - 1]));
    return r * sum;
  }

  Real lopsided(Real u, Real v) const {
    if (get(ExtraColumn::asymmetry) == 0) return 1;
    const Real phi = -std::atan2(v, u);
    return 1 - get(ExtraColumn::asymmetry) * std::cos(get(ExtraColumn::asymmetry_angle) - phi);
  }

  Real hard(Real r) const {
    const Real alpha = get(ExtraColumn::alpha), beta = get(ExtraColumn::beta), s = r / re_;
    switch (kind_) {
      case ProfileKind::moffat:
        return std::pow(1 + s * s * (std::pow(2.0L, 1 / (beta - 1)) - 1), -beta);
      case ProfileKind::core_sersic: {
        const Real rb = get(ExtraColumn::r_break);
        return std::pow(1 + std::pow(rb / r, alpha), get(ExtraColumn::gamma) / alpha) *
               std::exp(-b_ *
                        std::pow((std::pow(r, alpha) + std::pow(rb, alpha)) / std::pow(re_, alpha),
                                 1 / (alpha * n_)));
      }
      case ProfileKind::king: {
        const Real end = get(ExtraColumn::r_out) / re_;
        const Real base = std::pow(1 + s * s, -1 / alpha) - std::pow(1 + end * end, -1 / alpha);
        return base > 0 ? std::pow(base, alpha) : 0;
      }
      case ProfileKind::ferrer: {
        const Real base = 1 - std::pow(s, 2 - beta);
        return base > 0 ? std::pow(base, alpha) : 0;
      }
      default:
        return std::exp(-b_ * std::pow(s, 1 / n_));
    }
  }

  ProfileKind kind_;
  Real x_, y_, re_, q_, n_, cos_, sin_, b_, extra_[extra_columns];
  Real cut_, soft_, level_ = 0, step_ = 0, amplitude_ = 1;
};

}  // namespace glint::test

#endif
