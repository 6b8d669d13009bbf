// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ELLIPSE_HPP
#define GLINT_ELLIPSE_HPP

#include <glint/compat.hpp>

namespace glint {

/// Elliptical isophotes as a quadratic form. With u along the major axis and v along the minor one,
///   w = (u / re)^2 + (v / (q re))^2 = axx X^2 + 2 axy X Y + ayy Y^2,
/// X and Y relative to the centre (x, y). w = 1 on the ellipse with semi-major axis re.
struct Ellipse {
  double x = 0.0, y = 0.0;
  double ux = 1.0, uy = 0.0;  ///< u / re = ux X + uy Y
  double vx = 0.0, vy = 1.0;  ///< v / (q re) = vx X + vy Y
  double axx = 1.0, axy = 0.0, ayy = 1.0;
  double det = 1.0;  ///< 1 / (q re^2), the square root of axx ayy - axy^2

  /// Through u and v: the quadratic form itself would lose q^-2 in accuracy on flat ellipses.
  KOKKOS_FUNCTION double squared_radius(double X, double Y) const {
    const double u = ux * X + uy * Y, v = vx * X + vy * Y;
    return u * u + v * v;
  }

  /// Smallest and largest squared radius over a rectangle.
  struct Range {
    double low, high;
  };
  KOKKOS_INLINE_FUNCTION Range squared_radii(double x0, double x1, double y0, double y1) const {
    const auto between = [](double v, double low, double high) {
      return v < low ? low : v > high ? high : v;
    };
    const auto smaller = [](double a, double b) { return a < b ? a : b; };
    const auto larger = [](double a, double b) { return a > b ? a : b; };
    const double high = larger(larger(squared_radius(x0, y0), squared_radius(x1, y0)),
                               larger(squared_radius(x0, y1), squared_radius(x1, y1)));
    if (x0 <= 0.0 && x1 >= 0.0 && y0 <= 0.0 && y1 >= 0.0) return {0.0, high};
    // On each side the form is a parabola; its vertex, kept within the side, is the nearest point.
    const double to_x = -axy / axx, to_y = -axy / ayy;
    const double low = smaller(smaller(squared_radius(between(to_x * y0, x0, x1), y0),
                                       squared_radius(between(to_x * y1, x0, x1), y1)),
                               smaller(squared_radius(x0, between(to_y * x0, y0, y1)),
                                       squared_radius(x1, between(to_y * x1, y0, y1))));
    return {low, high};
  }

  /// `theta`: direction of the major axis, radians from +x towards +y.
  KOKKOS_FUNCTION static Ellipse from_axes(double x, double y, double re, double q, double theta) {
    const double ux = math::cos(theta) / re, uy = math::sin(theta) / re;
    const double vx = -uy / q, vy = ux / q;
    return {x,
            y,
            ux,
            uy,
            vx,
            vy,
            ux * ux + vx * vx,
            ux * uy + vx * vy,
            uy * uy + vy * vy,
            1.0 / (re * re * q)};
  }
};

}  // namespace glint

#endif
