// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_EDGE_INTEGRAL_HPP
#define GLINT_IMPL_EDGE_INTEGRAL_HPP

#include <glint/constants.hpp>
#include <glint/elementary.hpp>
#include <glint/ellipse.hpp>
#include <glint/impl/edge_order.hpp>
#include <glint/impl/edge_rules.hpp>

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

  KOKKOS_FORCEINLINE_FUNCTION double squared_radius(double along, double across) const {
    const double u = u_along * along + u_across * across;
    const double v = v_along * along + v_across * across;
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

/// The chosen radial function.
template <RadialForm Form, class Radial>
KOKKOS_FORCEINLINE_FUNCTION double evaluate(const Radial& radial, double w) {
  if constexpr (Form == RadialForm::tail)
    return radial.tail(w);
  else
    return radial.inside(w);
}

/// The same with the form as a number: 1 for the tail, 0 for the inside. A law may offer it without
/// a branch.
template <class Radial>
KOKKOS_FORCEINLINE_FUNCTION double evaluate(const Radial& radial, double w, double tail) {
  if constexpr (requires { radial.either(w, tail); })
    return radial.either(w, tail);
  else
    return tail > 0.0 ? radial.tail(w) : radial.inside(w);
}

/// W edges, each with its own ellipse coordinates u, v along it.
template <int W>
struct EdgeLanes {
  double middle[W], u_along[W], u_fixed[W], v_along[W], v_fixed[W];

  /// `middle_along`: along-coordinate of the edge's middle.
  KOKKOS_FORCEINLINE_FUNCTION void set(int lane, const EdgeFrame& frame, double middle_along,
                                       double across) {
    middle[lane] = middle_along;
    u_along[lane] = frame.u_along, u_fixed[lane] = frame.u_across * across;
    v_along[lane] = frame.v_along, v_fixed[lane] = frame.v_across * across;
  }
};

/// W edges at once by one Gauss-Legendre rule with `order` nodes; value(l, w) is the radial
/// function of edge l.
template <int W, class Value>
KOKKOS_FORCEINLINE_FUNCTION void integrate_lanes(const EdgeLanes<W>& edges, const EdgeRules& rules,
                                                 int order, const Value& value,
                                                 double (&integral)[W]) {
  double total[W];
  for (int l = 0; l < W; ++l) total[l] = 0.0;
  for (int k = 0; k < order; ++k) {
    const double offset = 0.5 * rules.node(order, k), weight = 0.5 * rules.weight(order, k);
    for (int l = 0; l < W; ++l) {
      const double along = edges.middle[l] + offset;
      const double u = edges.u_along[l] * along + edges.u_fixed[l];
      const double v = edges.v_along[l] * along + edges.v_fixed[l];
      total[l] += weight * value(l, u * u + v * v);
    }
  }
  for (int l = 0; l < W; ++l) integral[l] = total[l];
}

/// The same with one form for all edges.
template <RadialForm Form, int W, class Radial>
KOKKOS_INLINE_FUNCTION void integrate_edges(const EdgeLanes<W>& edges,
                                            const Radial& radial_function, const EdgeRules& rules,
                                            int order, double (&integral)[W]) {
  const Radial radial = radial_function;  // by value: nothing the stores could alias
  integrate_lanes(
      edges, rules, order, [&](int, double w) { return evaluate<Form>(radial, w); }, integral);
}

/// The same with a form for each; `tail` as evaluate() takes it.
template <int W, class Radial>
KOKKOS_INLINE_FUNCTION void integrate_edges(const EdgeLanes<W>& edges, const double (&tail)[W],
                                            const Radial& radial_function, const EdgeRules& rules,
                                            int order, double (&integral)[W]) {
  const Radial radial = radial_function;
  integrate_lanes(
      edges, rules, order, [&](int l, double w) { return evaluate(radial, w, tail[l]); }, integral);
}

/// asinh for x >= 0, accurate for small x.
KOKKOS_FORCEINLINE_FUNCTION double positive_asinh(double x) {
  return math::log1p(x + x * x / (1.0 + math::sqrt(1.0 + x * x)));
}

/// One piece of an edge on one side of its foot, along - foot = d sinh s, by panels in s that
/// neither come near the zeros of w (at s = +- i pi/2) nor let the brightness fall too far.
/// `low`, `high`: ends of the piece in units of d, 0 <= low < high; `width` = high - low, exact.
template <RadialForm Form, int W, class Law, class Radial>
KOKKOS_INLINE_FUNCTION double integrate_piece(const Law& law, const Radial& radial_function,
                                              const EdgeRules& rules, const EdgeDemand& demand,
                                              double scale, double d, double low, double high,
                                              double width, int& evaluations) {
  constexpr int order = EdgeRules::max_order;
  constexpr double largest_growth = 3.0;
  const double longest = demand.panel_length(), largest_decay = demand.panel_decay();
  const Radial radial = radial_function;
  const double root_low = math::sqrt(1.0 + low * low), root_high = math::sqrt(1.0 + high * high);
  // asinh(high) - asinh(low) without the cancellation.
  double remaining = positive_asinh(width * (high + low) / (high * root_low + low * root_high));
  double s = positive_asinh(low);
  double total[W];
  for (int l = 0; l < W; ++l) total[l] = 0.0;
  double closed_form = 0.0;
  const double w_foot = scale * d * d;
  const double step_limit =
      largest_growth < longest * law.power ? largest_growth / law.power : longest;
  while (remaining > 0.0) {
    const double es = math::exp(s);
    const double start = 0.5 * (es - 1.0 / es), cosh_s = 0.5 * (es + 1.0 / es);
    const double y = law.decay(w_foot * cosh_s * cosh_s);
    if (y >= law.y_end) {  // the tail is zero from here on; total / w has a closed form
      if constexpr (Form == RadialForm::inside)
        closed_form = law.total / (scale * d) * math::atan2(high - start, 1.0 + high * start);
      break;
    }
    double step = math::log1p(largest_decay / y) / law.power;
    if (step > step_limit) step = step_limit;
    if (step > remaining) step = remaining;
    const double half = 0.5 * step, middle = s + half;
    evaluations += order;
    for (int k = 0; k < order; k += W) {
      double node[W], weight[W];
      for (int l = 0; l < W; ++l)
        node[l] = rules.node(order, k + l), weight[l] = rules.weight(order, k + l);
      for (int l = 0; l < W; ++l) {
        const double e = fast_exp2((middle + half * node[l]) * (1.0 / constants::ln2));
        const double cosh_node = 0.5 * (e + 1.0 / e);
        const double value = evaluate<Form>(radial, w_foot * cosh_node * cosh_node);
        total[l] += half * d * weight[l] * cosh_node * value;
      }
    }
    s += step;
    remaining -= step;
  }
  double sum = closed_form;
  for (int l = 0; l < W; ++l) sum += total[l];
  return sum;
}

/// One edge to full working precision, however close to the centre it comes.
template <RadialForm Form, int W, class Law, class Radial>
KOKKOS_INLINE_FUNCTION double integrate_edge(const EdgeFrame& frame, const Law& law,
                                             const Radial& radial, const EdgeRules& rules,
                                             const EdgeDemand& demand, double along, double across,
                                             int& evaluations) {
  if (across == 0.0) return 0.0;  // its factor in the boundary integral is exactly zero
  const double foot = -frame.a_mixed * across / frame.a_along;
  double d = frame.det * math::fabs(across) / frame.a_along;
  if (d < 1e-18) d = 1e-18;  // the integrand is finite, the factor makes the difference invisible
  const double low = (along - foot) / d, high = (along + 1.0 - foot) / d;
  // Up to two pieces, one each side of the foot, by one call site: the body is large.
  double from = low < 0.0 ? 0.0 : low, to = high, width = 1.0 / d;
  if (high <= 0.0) from = -high, to = -low;
  const bool two_sided = low < 0.0 && high > 0.0;
  double total = 0.0;
  for (int side = 0; side < (two_sided ? 2 : 1); ++side) {
    if (two_sided) to = width = side == 0 ? high : -low;
    total += integrate_piece<Form, W>(law, radial, rules, demand, frame.a_along, d, from, to, width,
                                      evaluations);
  }
  return total;
}

}  // namespace glint::impl

#endif
