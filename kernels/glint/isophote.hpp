// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ISOPHOTE_HPP
#define GLINT_ISOPHOTE_HPP

#include <glint/constants.hpp>
#include <glint/ellipse.hpp>

namespace glint {

/// Isophotes of any shape that scales with radius: brightness = amplitude * a(X, Y) * g(m(X, Y)), m
/// homogeneous of degree 1 (the radius in units of re) and a of degree 0 (a function of angle).
///
/// With U = u/re along the major axis, V = v/(q re), c the boxiness exponent:
///   m = (|U|^c + |V|^c)^(1/c) (1 + sum_k f_k cos(k (psi + phase_k))),   tan(psi) = V/U,
///   a = 1 - s cos(angle - phi),   phi = -atan2(v, u).
struct Isophote {
  static constexpr int modes = 6;

  struct Value {
    double m, a;
  };

  Ellipse ellipse;
  double q = 1.0, exponent = 2.0;
  double mode_cos[modes] = {}, mode_sin[modes] = {};  ///< f cos(k phase), f sin(k phase)
  double s_cos = 0.0, s_sin = 0.0;                    ///< s cos(angle), s sin(angle)
  bool boxy = false, has_modes = false, lopsided = false;
  double lowest = 1.0;   ///< m >= lowest * sqrt(ellipse.squared_radius)
  double highest = 1.0;  ///< a <= highest

  /// Whether m is the square root of the ellipse's quadratic form.
  KOKKOS_FUNCTION bool elliptical() const { return !boxy && !has_modes; }

  /// m and a at X, Y relative to the centre; 0 and 1 at the centre itself.
  KOKKOS_FUNCTION Value at(double X, double Y) const {
    return at_frame(ellipse.ux * X + ellipse.uy * Y, ellipse.vx * X + ellipse.vy * Y);
  }

  KOKKOS_FUNCTION Value at_frame(double U, double V) const {
    const double circle = math::sqrt(U * U + V * V);
    if (!(circle > 0.0)) return {0.0, 1.0};
    Value value{circle, 1.0};
    if (boxy) {
      const double u = math::fabs(U), v = math::fabs(V);
      const double large = u > v ? u : v, ratio = (u > v ? v : u) / large;
      value.m = large * math::exp(math::log1p(math::pow(ratio, exponent)) / exponent);
    }
    if (has_modes) {
      const double c = U / circle, s = V / circle;
      double cos_k = 1.0, sin_k = 0.0, factor = 1.0;
      for (int k = 0; k < modes; ++k) {
        const double next = cos_k * c - sin_k * s;
        sin_k = sin_k * c + cos_k * s;
        cos_k = next;
        factor += mode_cos[k] * cos_k - mode_sin[k] * sin_k;
      }
      value.m *= factor;
    }
    if (lopsided) {
      const double v = q * V;
      value.a = 1.0 - (s_cos * U - s_sin * v) / math::sqrt(U * U + v * v);
    }
    return value;
  }

  /// Integral of a / m^2 over the angle in the frame of U and V: 2 pi for plain ellipses. The flux
  /// is amplitude q re^2 times this times the integral of g m dm. The quarters are cut by halves
  /// towards the axes, where |U|^c and flat ellipses are not smooth.
  KOKKOS_FUNCTION double solid_angle() const {
    if (elliptical()) return 2.0 * constants::pi;  // a averages to 1 on point-symmetric isophotes
    constexpr double node[4] = {0.18343464249564980494, 0.52553240991632898582,
                                0.79666647741362673959, 0.96028985649753623168};
    constexpr double weight[4] = {0.36268378337836198297, 0.31370664587788728734,
                                  0.22238103445337447054, 0.10122853629037625915};
    double total = 0.0;
    double to = 0.25 * constants::pi;
    for (int level = 0; level < 48; ++level) {
      const double from = level == 47 ? 0.0 : 0.5 * to;
      const int parts = 1 + static_cast<int>((to - from) * 40.0);
      const double half = 0.5 * (to - from) / parts;
      for (int part = 0; part < parts; ++part)
        for (int k = 0; k < 8; ++k) {
          const double t = k < 4 ? node[k] : -node[k - 4];
          const double angle = from + half * (2 * part + 1 + t);
          const double c = math::cos(angle), s = math::sin(angle);
          const double sum = ray(c, s) + ray(s, c) + ray(-s, c) + ray(-c, s) + ray(-c, -s) +
                             ray(-s, -c) + ray(s, -c) + ray(c, -s);
          total += half * weight[k % 4] * sum;
        }
      to = from;
    }
    return total;
  }

 private:
  KOKKOS_FUNCTION double ray(double U, double V) const {
    const Value value = at_frame(U, V);
    return value.a / (value.m * value.m);
  }
};

}  // namespace glint

#endif
