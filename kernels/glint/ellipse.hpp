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
