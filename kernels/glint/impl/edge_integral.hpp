// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_EDGE_INTEGRAL_HPP
#define GLINT_IMPL_EDGE_INTEGRAL_HPP

#include <glint/constants.hpp>
#include <glint/ellipse.hpp>
#include <glint/impl/edge_rules.hpp>
#include <glint/pack_math.hpp>

/// Integrals along pixel edges of the radial functions of a law (docs/mathematics.md, "Edges").
///
/// An edge has length 1. `along` is its coordinate, `across` the fixed one, both relative to the
/// profile's centre. On it w = A ((along - foot)^2 + d^2): zeros at foot +- i d.

namespace glint::impl {

/// Which radial function is integrated: the mean inside, or its tail (mean minus total / w).
enum class RadialForm { inside, tail };

/// The ellipse as edges of one direction see it.
struct EdgeFrame {
  double u_along, u_across, v_along, v_across;
  double a_along, a_mixed, a_across, det;

  KOKKOS_FORCEINLINE_FUNCTION static EdgeFrame horizontal(const Ellipse& e) {
    return {e.ux, e.uy, e.vx, e.vy, e.axx, e.axy, e.ayy, e.det};
  }
  KOKKOS_FORCEINLINE_FUNCTION static EdgeFrame vertical(const Ellipse& e) {
    return {e.uy, e.ux, e.vy, e.vx, e.ayy, e.axy, e.axx, e.det};
  }

  template <class Number>
  KOKKOS_FORCEINLINE_FUNCTION Number squared_radius(const Number& along, double across) const {
    const Number u = Number(u_along) * along + Number(u_across * across);
    const Number v = Number(v_along) * along + Number(v_across * across);
    return u * u + v * v;
  }

  /// Smallest w on the edge that starts at `along`.
  KOKKOS_FORCEINLINE_FUNCTION double smallest(double along, double across) const {
    double t = -a_mixed * across / a_along;
    t = t < along ? along : (t > along + 1.0 ? along + 1.0 : t);
    return squared_radius(t, across);
  }

  /// Angle of the edge seen from the centre, in the frame where isophotes are circles; the sign is
  /// that of `across` for a horizontal edge run towards +x, as the boundary integral needs it.
  KOKKOS_FORCEINLINE_FUNCTION double angle(double along, double across) const {
    const double far = along + 1.0;
    const double dot =
        a_along * along * far + a_mixed * across * (along + far) + a_across * across * across;
    return math::atan2(det * across, dot);
  }
};

/// W neighbouring edges at once by one Gauss-Legendre rule with `order` nodes.
/// `middle`: the along-coordinates of the edges' middles.
template <int W, class Radial>
KOKKOS_FORCEINLINE_FUNCTION Pack<double, W> integrate_edges(const EdgeFrame& frame,
                                                            const Radial& radial, RadialForm form,
                                                            const EdgeRules& rules, int order,
                                                            const Pack<double, W>& middle,
                                                            double across) {
  Pack<double, W> total(0.0);
  for (int k = 0; k < order; ++k) {
    const Pack<double, W> w =
        frame.squared_radius(middle + Pack<double, W>(0.5 * rules.node(order, k)), across);
    const Pack<double, W> value = form == RadialForm::tail ? radial.tail(w) : radial.inside(w);
    total += Pack<double, W>(0.5 * rules.weight(order, k)) * value;
  }
  return total;
}

/// asinh for x >= 0, accurate for small x.
KOKKOS_FORCEINLINE_FUNCTION double positive_asinh(double x) {
  return math::log1p(x + x * x / (1.0 + math::sqrt(1.0 + x * x)));
}

/// One piece of an edge on one side of its foot, along - foot = d sinh s, by panels in s that
/// neither come near the zeros of w (at s = +- i pi/2) nor let the brightness fall too far.
/// `low`, `high`: ends of the piece in units of d, 0 <= low < high; `width` = high - low, exact.
template <int W, class Law, class Radial>
KOKKOS_INLINE_FUNCTION double integrate_piece(const Law& law, const Radial& radial, RadialForm form,
                                              const EdgeRules& rules, double scale, double d,
                                              double low, double high, double width) {
  constexpr int order = EdgeRules::max_order;
  constexpr double longest = 2.0, largest_growth = 3.0, largest_decay = 9.0;
  const double root_low = math::sqrt(1.0 + low * low), root_high = math::sqrt(1.0 + high * high);
  // asinh(high) - asinh(low) without the cancellation.
  double remaining = positive_asinh(width * (high + low) / (high * root_low + low * root_high));
  double s = positive_asinh(low), total = 0.0;
  const double step_limit =
      largest_growth < longest * law.power ? largest_growth / law.power : longest;
  while (remaining > 0.0) {
    const double es = math::exp(s);
    const double start = 0.5 * (es - 1.0 / es), cosh_s = 0.5 * (es + 1.0 / es);
    const double y = law.decay(scale * d * d * cosh_s * cosh_s);
    if (y >= law.y_end) {  // the tail is zero from here on; total / w has a closed form
      if (form == RadialForm::inside)
        total += law.total / (scale * d) * math::atan2(high - start, 1.0 + high * start);
      break;
    }
    double step = math::log1p(largest_decay / y) / law.power;
    if (step > step_limit) step = step_limit;
    if (step > remaining) step = remaining;
    for (int k = 0; k < order; k += W) {
      Pack<double, W> position, weight;
      for (int lane = 0; lane < W; ++lane) {
        position.lane[lane] = s + 0.5 * step * (1.0 + rules.node(order, k + lane));
        weight.lane[lane] = 0.5 * step * rules.weight(order, k + lane);
      }
      const Pack<double, W> e = exp2(position * Pack<double, W>(1.0 / constants::ln2));
      const Pack<double, W> cosh_node = Pack<double, W>(0.5) * (e + Pack<double, W>(1.0) / e);
      const Pack<double, W> w = Pack<double, W>(scale * d * d) * cosh_node * cosh_node;
      const Pack<double, W> value = form == RadialForm::tail ? radial.tail(w) : radial.inside(w);
      total += d * sum(weight * cosh_node * value);
    }
    s += step;
    remaining -= step;
  }
  return total;
}

/// One edge to full working precision, however close to the centre it comes.
template <int W, class Law, class Radial>
KOKKOS_INLINE_FUNCTION double integrate_edge(const EdgeFrame& frame, const Law& law,
                                             const Radial& radial, RadialForm form,
                                             const EdgeRules& rules, double along, double across) {
  if (across == 0.0) return 0.0;  // its factor in the boundary integral is exactly zero
  const double foot = -frame.a_mixed * across / frame.a_along;
  double d = frame.det * math::fabs(across) / frame.a_along;
  if (d < 1e-18) d = 1e-18;  // the integrand is finite, the factor makes the difference invisible
  const double low = (along - foot) / d, high = (along + 1.0 - foot) / d;
  const auto piece = [&](double from, double to, double width) {
    return integrate_piece<W>(law, radial, form, rules, frame.a_along, d, from, to, width);
  };
  if (low >= 0.0) return piece(low, high, 1.0 / d);
  if (high <= 0.0) return piece(-high, -low, 1.0 / d);
  return piece(0.0, high, high) + piece(0.0, -low, -low);
}

}  // namespace glint::impl

#endif
