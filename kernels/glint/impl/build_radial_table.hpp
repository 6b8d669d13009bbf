// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_BUILD_RADIAL_TABLE_HPP
#define GLINT_IMPL_BUILD_RADIAL_TABLE_HPP

#include <glint/laws/radial_brightness.hpp>
#include <glint/laws/radial_table.hpp>

namespace glint::impl {

/// Chebyshev polynomials of one panel, at the zeros of T_20.
struct PanelFit {
  static constexpr int terms = RadialTable::terms;
  double node[terms];

  KOKKOS_FUNCTION PanelFit() {
    for (int i = 0; i < terms; ++i) node[i] = math::cos(constants::pi * (i + 0.5) / terms);
  }

  KOKKOS_FUNCTION void fit(const double* value, double* c) const {
    for (int k = 0; k < terms; ++k) c[k] = 0.0;
    for (int i = 0; i < terms; ++i) {
      double t0 = 1.0, t1 = node[i];
      for (int k = 0; k < terms; ++k) {
        c[k] += (k == 0 ? 1.0 : 2.0) / terms * value[i] * t0;
        const double t2 = 2.0 * node[i] * t1 - t0;
        t0 = t1;
        t1 = t2;
      }
    }
  }

  /// Coefficients of the integral from -1; the highest term is left out.
  KOKKOS_FUNCTION static void integrate(const double* c, double* integral) {
    double at_start = 0.0;
    for (int k = 1; k < terms; ++k) {
      const double next = k + 1 < terms ? c[k + 1] : 0.0;
      integral[k] = ((k == 1 ? 2.0 : 1.0) * c[k - 1] - next) / (2.0 * k);
      at_start += k % 2 ? -integral[k] : integral[k];
    }
    integral[0] = -at_start;
  }
};

/// One panel of radii. Near a singular outer end it is given by the distance to that end, which is
/// exact there.
struct Panel {
  double start, stop;
  double below_start, below_stop;  ///< own_end - start, own_end - stop
};

/// 2 g r dr/dt at the nodes of a panel, and the radii.
KOKKOS_INLINE_FUNCTION void sample_panel(const RadialBrightness& law, const PanelFit& fit,
                                         const Panel& panel, double* value, double* radius) {
  const double half = 0.5 * (panel.stop - panel.start);
  for (int i = 0; i < PanelFit::terms; ++i) {
    const double up = 0.5 * (1.0 + fit.node[i]), down = 0.5 * (1.0 - fit.node[i]);
    radius[i] = panel.start * down + panel.stop * up;
    const double below = panel.below_start * down + panel.below_stop * up;
    value[i] = 2.0 * half * radius[i] * law.hard(radius[i], below);
  }
}

KOKKOS_INLINE_FUNCTION double integrate_panel(const RadialBrightness& law, const PanelFit& fit,
                                              const Panel& panel) {
  double value[PanelFit::terms], radius[PanelFit::terms], c[PanelFit::terms];
  sample_panel(law, fit, panel, value, radius);
  fit.fit(value, c);
  double total = 0.0;
  for (int k = 0; k < PanelFit::terms; k += 2) total += 2.0 * c[k] / (1.0 - k * k);
  return total;
}

/// The panel that starts where `before` ends, at most to `limit`.
KOKKOS_INLINE_FUNCTION Panel next_panel(const RadialBrightness& law, const Panel& before,
                                        double limit) {
  const bool singular_end = limit >= law.own_end;
  const double a = before.stop, left = singular_end ? before.below_stop : limit - a;
  double length = 0.7 * a;
  const double reach = 0.5 * law.reach(a);
  if (length > reach) length = reach;
  if (singular_end && left > 1e-13 * a && length > 0.5 * left) length = 0.5 * left;
  const double here = law.hard(a, before.below_stop);
  for (int k = 0; k < 60; ++k) {
    if (length >= left) break;
    const double there = law.hard(a + length, before.below_stop - length);
    // Halving towards a singular end lowers a power of the distance, which needs no more panels.
    if (there >= 0.03 * here || (singular_end && length >= 0.5 * left)) break;
    length *= 0.5;
  }
  if (length >= left) return {a, limit, before.below_stop, law.own_end - limit};
  return {a, a + length, before.below_stop, before.below_stop - length};
}

/// Flux, as 2 times the integral of g r, of the hard law inside r.
KOKKOS_INLINE_FUNCTION double flux_inside(const RadialBrightness& law, const PanelFit& fit,
                                          double r) {
  constexpr double start = RadialTable::innermost;
  const double cusp = law.cusp();
  double total = 2.0 * start * start * law.hard(start, law.own_end - start) / (2.0 - cusp);
  Panel panel{start, start, law.own_end - start, law.own_end - start};
  while (panel.stop < r) {
    panel = next_panel(law, panel, r);
    total += integrate_panel(law, fit, panel);
  }
  return total;
}

/// Gives a softened law its step and fills its table (RadialTable::doubles numbers). A law that
/// needs more panels than there are, or whose flux is not a positive number, gets total = NaN.
/// Cost: about 2000 to 6000 evaluations of the brightness.
KOKKOS_INLINE_FUNCTION RadialTable build_radial_table(RadialBrightness& law, double* table) {
  constexpr double farthest = 1.8e13, negligible = 1e-28;
  const PanelFit fit;
  RadialTable result;
  const double outer = law.outer();
  result.cusp = law.cusp();
  double start = RadialTable::innermost, inside;
  if (law.soft > 0.0 && law.soft < outer) {
    start = law.soft;
    inside = flux_inside(law, fit, start);
    law.level = law.hard(start, law.own_end - start);
    law.step = 2.0 * (inside / (start * start) - law.level);
    result.soft = law.soft, result.level = law.level, result.step = law.step;
  } else {
    law.soft = 0.0;
    inside = flux_inside(law, fit, start);
  }
  const double flux_first = inside;
  result.first = start;
  result.inside_first = inside / (start * start);

  // Panels outwards; each leaves its own flux in the place of its first coefficient, and the
  // distances to a singular end in the next two.
  Panel panel{start, start, law.own_end - start, law.own_end - start};
  const double limit = outer < farthest ? outer : farthest;
  bool finished = false;
  while (!finished && result.panels < RadialTable::max_panels) {
    panel = next_panel(law, panel, limit);
    double* c = RadialTable::coefficients(table, result.panels);
    table[result.panels++] = panel.start;
    c[0] = integrate_panel(law, fit, panel);
    c[1] = panel.below_start, c[2] = panel.below_stop;
    inside += c[0];
    finished = panel.stop >= limit || (panel.stop > 1.0 && c[0] < negligible * inside);
  }
  table[result.panels] = result.last = panel.stop;
  const bool to_infinity = outer > farthest && panel.stop >= limit;
  double outside = 0.0;
  if (to_infinity && law.outer_power() > 2.0) {
    result.outer_power = law.outer_power();
    outside = 2.0 * limit * limit * law.hard(limit, law.own_end) / (result.outer_power - 2.0);
    result.tail_last = -outside / (limit * limit);
  }
  result.total = inside + outside;
  if (!finished || !(result.total > 0.0) || !math::isfinite(result.total)) {
    result.total = constants::nan;
    return result;
  }

  double cumulated = flux_first;
  while (result.tail_panel < result.panels) {
    const double flux = RadialTable::coefficients(table, result.tail_panel)[0];
    if (cumulated + flux > 0.5 * result.total) break;
    cumulated += flux;
    ++result.tail_panel;
  }
  if (result.tail_panel == result.panels) --result.tail_panel;

  double value[PanelFit::terms], radius[PanelFit::terms];
  double c[PanelFit::terms], sum[PanelFit::terms];
  cumulated = flux_first;
  for (int pass = 0; pass < result.panels; ++pass) {
    // Inside panels from the centre outwards, then tail panels from the outer end inwards.
    const bool tail = pass >= result.tail_panel;
    const int p = tail ? result.panels - 1 - (pass - result.tail_panel) : pass;
    if (pass == result.tail_panel) cumulated = outside;
    double* target = RadialTable::coefficients(table, p);
    const double flux = target[0];
    sample_panel(law, fit, {table[p], table[p + 1], target[1], target[2]}, value, radius);
    fit.fit(value, c);
    PanelFit::integrate(c, sum);
    if (tail) {  // from the panel's other end, and negative
      double at_stop = 0.0;
      for (int k = 0; k < PanelFit::terms; ++k) at_stop += sum[k];
      sum[0] -= at_stop;
    }
    for (int i = 0; i < PanelFit::terms; ++i)
      value[i] = (RadialTable::clenshaw(sum, fit.node[i]) + (tail ? -cumulated : cumulated)) /
                 (radius[i] * radius[i]);
    fit.fit(value, target);
    cumulated += flux;
  }
  return result;
}

}  // namespace glint::impl

#endif
