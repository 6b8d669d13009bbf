// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_SHAPED_EDGE_HPP
#define GLINT_IMPL_SHAPED_EDGE_HPP

#include <glint/impl/edge_integral.hpp>
#include <glint/shaped_profile.hpp>

/// Integrals of a(X, Y) h(m(X, Y)) along pixel edges, h the mean brightness inside an isophote or
/// its tail, for isophotes of any shape (docs/mathematics.md, "Other profiles"). Robust rather than
/// fast: an edge is cut where the integrand is not smooth, and each piece is halved until a
/// Gauss-Kronrod pair agrees.

namespace glint::impl {

/// A profile with its table, seen along one direction.
struct ShapedEdges {
  const ShapedProfile& profile;
  const double* table;
  EdgeFrame frame;

  KOKKOS_FUNCTION Isophote::Value at(double along, double across) const {
    return profile.isophote.at_frame(frame.u_along * along + frame.u_across * across,
                                     frame.v_along * along + frame.v_across * across);
  }

  template <RadialForm Form>
  KOKKOS_FUNCTION double integrand(double along, double across) const {
    const Isophote::Value value = at(along, across);
    return value.a * profile.table.template look_up<Form == RadialForm::tail>(table, value.m);
  }

  /// Brightness in units of the amplitude.
  KOKKOS_FUNCTION double brightness(double along, double across) const {
    const Isophote::Value value = at(along, across);
    return value.a * profile.law(value.m > 0.0 ? value.m : RadialTable::innermost);
  }
};

/// One smooth piece of an edge; near the centre along = foot + d sinh s, so that the zeros of the
/// quadratic form stay away however small d is.
struct EdgePiece {
  double across, foot, d;
  bool stretched;

  KOKKOS_FUNCTION double position(double s) const {
    if (!stretched) return s;
    const double e = math::exp(s);
    // sinh without cancellation for small s
    const double sinh_s =
        math::fabs(s) < 0.1
            ? s * (1.0 +
                   s * s / 6.0 * (1.0 + s * s / 20.0 * (1.0 + s * s / 42.0 * (1.0 + s * s / 72.0))))
            : 0.5 * (e - 1.0 / e);
    return foot + d * sinh_s;
  }
  KOKKOS_FUNCTION double slope(double s) const {
    if (!stretched) return 1.0;
    const double e = math::exp(s);
    return 0.5 * d * (e + 1.0 / e);
  }
  KOKKOS_FUNCTION double parameter(double along) const {
    if (!stretched) return along;
    const double x = (along - foot) / d;
    return x < 0.0 ? -positive_asinh(-x) : positive_asinh(x);
  }
};

struct KronrodPair {
  double value, error, difference, magnitude;
};

/// The 7 and 15 point pair on [from, to] with the usual guess of the error of the finer one.
template <RadialForm Form>
KOKKOS_INLINE_FUNCTION KronrodPair kronrod_pair(const ShapedEdges& edges, const EdgePiece& piece,
                                                double from, double to) {
  constexpr double node[8] = {0.991455371120812639206854697526, 0.949107912342758524526189684048,
                              0.864864423359769072789712788641, 0.741531185599394439863864773281,
                              0.586087235467691130294144691694, 0.405845151377397166906606412077,
                              0.207784955007898467600689403773, 0.0};
  constexpr double kronrod[8] = {
      0.0229353220105292249637320080589, 0.0630920926299785532907006631893,
      0.104790010322250183839876322542,  0.140653259715525918745189590511,
      0.169004726639267902826583426598,  0.190350578064785409913256402421,
      0.204432940075298892414161999235,  0.209482141084727828012999174892};
  constexpr double gauss[4] = {0.129484966168869693270611432679, 0.279705391489276667901467771424,
                               0.381830050505118944950369775489, 0.417959183673469387755102040816};
  const double middle = 0.5 * (from + to), half = 0.5 * (to - from);
  double coarse = 0.0, fine = 0.0, magnitude = 0.0, sample[15];
  for (int k = 0; k < 15; ++k) {
    const int j = k < 8 ? k : 14 - k;
    const double s = middle + half * (k < 8 ? -node[j] : node[j]);
    sample[k] = piece.slope(s) * edges.integrand<Form>(piece.position(s), piece.across);
    fine += kronrod[j] * sample[k];
    magnitude += kronrod[j] * math::fabs(sample[k]);
    if (j % 2) coarse += gauss[j / 2] * sample[k];
  }
  double spread = 0.0;
  for (int k = 0; k < 15; ++k)
    spread += kronrod[k < 8 ? k : 14 - k] * math::fabs(sample[k] - 0.5 * fine);
  const double difference = math::fabs(fine - coarse);
  double error = difference;
  if (spread > 0.0) {
    const double ratio = 200.0 * difference / spread;
    error = spread * (ratio < 1.0 ? ratio * math::sqrt(ratio) : 1.0);
  }
  return {half * fine, half * error, half * difference, half * magnitude};
}

/// A smooth piece, halved until the errors' sum is below `target` or at rounding.
template <RadialForm Form>
KOKKOS_INLINE_FUNCTION double integrate_smooth(const ShapedEdges& edges, const EdgePiece& piece,
                                               double from, double to, double target) {
  constexpr int deepest = 40, most_pairs = 4000;
  constexpr double rounding = 1e-14;  // of the table: a smaller difference says nothing
  double ends[deepest], total = 0.0, start = piece.parameter(from), least = 0.0;
  const double length = piece.parameter(to) - start;
  int pending = 0;
  double stop = start + length;
  for (int pairs = 0;; ++pairs) {
    const KronrodPair pair = kronrod_pair<Form>(edges, piece, start, stop);
    if (pairs == 0) least = rounding * pair.magnitude;
    const double share = target * (stop - start) / length;
    if (pair.error > share && pair.difference > least && pending < deepest && pairs < most_pairs) {
      ends[pending++] = stop;
      stop = 0.5 * (start + stop);
      continue;
    }
    total += pair.value;
    if (pending == 0) return total;
    start = stop;
    stop = ends[--pending];
  }
}

/// Where m crosses `radius` between two positions on whose sides it differs.
KOKKOS_INLINE_FUNCTION double crossing(const ShapedEdges& edges, double across, double radius,
                                       double from, double to) {
  const bool rising = edges.at(from, across).m < radius;
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (from + to);
    if (middle == from || middle == to) break;
    if ((edges.at(middle, across).m < radius) == rising)
      from = middle;
    else
      to = middle;
  }
  return 0.5 * (from + to);
}

/// A short sorted list of positions.
struct Cuts {
  static constexpr int most = 16;
  double position[most];
  int count = 0;

  KOKKOS_FUNCTION void add(double value) {
    int k = count++;
    for (; k > 0 && position[k - 1] > value; --k) position[k] = position[k - 1];
    position[k] = value;
  }
  KOKKOS_FUNCTION void add_inside(double value, double low, double high) {
    if (value > low && value < high) add(value);
  }
};

/// One edge from `along` to along + 1, to an absolute error of about `target`.
template <RadialForm Form>
KOKKOS_INLINE_FUNCTION double integrate_shaped_edge(const ShapedEdges& edges, double along,
                                                    double across, double target) {
  if (across == 0.0) return 0.0;  // its factor in the boundary integral is exactly zero
  const EdgeFrame& frame = edges.frame;
  const double end = along + 1.0;
  EdgePiece piece;
  piece.across = across;
  piece.foot = -frame.a_mixed * across / frame.a_along;
  piece.d = frame.det * math::fabs(across) / frame.a_along;
  if (piece.d < 1e-140) piece.d = 1e-140;
  piece.stretched = piece.d < 1.0 && piece.foot > along - 1.0 && piece.foot < end + 1.0;

  Cuts cuts;
  cuts.add(along);
  cuts.add(end);
  cuts.add_inside(piece.foot, along, end);
  const bool elliptical = edges.profile.isophote.elliptical();
  if (!elliptical) {  // the axes, where |u|^c is not smooth
    if (frame.u_along != 0.0) cuts.add_inside(-frame.u_across * across / frame.u_along, along, end);
    if (frame.v_along != 0.0) cuts.add_inside(-frame.v_across * across / frame.v_along, along, end);
  }
  if (edges.profile.isophote.lopsided) cuts.add_inside(0.0, along, end);  // the angle turns here
  const RadialBrightness& law = edges.profile.law;
  const double radius[2] = {law.soft, law.outer()};
  const bool broken = radius[0] > 0.0 || radius[1] < constants::infinity;
  if (broken && !elliptical)  // m may turn anywhere: look closer
    for (int k = 1; k < 4; ++k) cuts.add(along + 0.25 * k);

  double total = 0.0;
  for (int k = 0; k + 1 < cuts.count; ++k) {
    const double from = cuts.position[k], to = cuts.position[k + 1];
    if (!(from < to)) continue;
    Cuts inner;
    inner.add(from);
    inner.add(to);
    if (broken) {
      const double m_from = edges.at(from, across).m, m_to = edges.at(to, across).m;
      for (int j = 0; j < 2; ++j)
        if ((m_from < radius[j]) != (m_to < radius[j]))
          inner.add(crossing(edges, across, radius[j], from, to));
    }
    for (int j = 0; j + 1 < inner.count; ++j)
      if (inner.position[j] < inner.position[j + 1])
        total += integrate_smooth<Form>(edges, piece, inner.position[j], inner.position[j + 1],
                                        target * (inner.position[j + 1] - inner.position[j]));
  }
  return total;
}

}  // namespace glint::impl

#endif
