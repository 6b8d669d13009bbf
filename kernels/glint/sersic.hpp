// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SERSIC_HPP
#define GLINT_SERSIC_HPP

#include <glint/constants.hpp>
#include <glint/ellipse.hpp>
#include <glint/impl/sersic_bn_fit.hpp>
#include <glint/incomplete_gamma.hpp>

/// The Sersic profile (Sersic 1963; formulae as collected by Graham & Driver 2005) as plain
/// functions of doubles, callable on the host and on the device:
///   I(r) = Ie exp(-b ((r/re)^(1/n) - 1)),   P(2n, b) = 1/2,   n in 0.02..20.
/// r is the major-axis radius in pixels, flux the total to infinity, Ie flux per pixel area.

namespace glint {

/// b_n with P(2n, b_n) = 1/2. Relative error 1e-15 for n >= 0.3, 1e-14 below; continuous in n.
/// Fitted pieces, no iteration: about 25 multiply-adds.
KOKKOS_INLINE_FUNCTION double sersic_bn(double n) {
  const int index = impl::bn_piece(n);
  const impl::ChebyshevPiece piece = impl::bn_fit(index);
  const double a = 2.0 * n;
  const double z = index < 3 ? a : 1.0 / n;
  const double t = (2.0 * z - (piece.low + piece.high)) / (piece.high - piece.low);
  double b1 = 0.0, b2 = 0.0;
  for (int k = 19; k > 0; --k) {
    const double b0 = 2.0 * t * b1 - b2 + piece.term[k];
    b2 = b1;
    b1 = b0;
  }
  const double value = t * b1 - b2 + piece.term[0];
  return index < 3 ? math::exp(value - constants::ln2 / a) : (a - 1.0 / 3.0) + value;
}

/// Total flux / (Ie re^2) of the circular profile, 2 pi n e^b b^(-2n) Gamma(2n).
KOKKOS_INLINE_FUNCTION double sersic_luminosity(double n) {
  const double b = sersic_bn(n), a = 2.0 * n;
  return constants::pi * impl::gamma_plus_one(a) * math::exp(b) * math::pow(b, -a);
}

/// Total flux / (I(0) re^2) of the circular profile, pi Gamma(2n+1) b^(-2n).
KOKKOS_INLINE_FUNCTION double sersic_central_luminosity(double n) {
  return constants::pi * impl::gamma_plus_one(2.0 * n) * math::pow(sersic_bn(n), -2.0 * n);
}

/// Ie, the brightness at re, of an elliptical profile of the given total flux.
KOKKOS_INLINE_FUNCTION double sersic_ie(double flux, double re, double n, double q) {
  return flux / (re * re * q * sersic_luminosity(n));
}

/// I(0), the brightness at the centre.
KOKKOS_INLINE_FUNCTION double sersic_central_brightness(double flux, double re, double n,
                                                        double q) {
  return flux / (re * re * q * sersic_central_luminosity(n));
}

/// Brightness at major-axis radius r >= 0 of a circular profile (divide by q for an elliptical
/// one).
KOKKOS_INLINE_FUNCTION double sersic_1d(double r, double flux, double re, double n) {
  return sersic_central_brightness(flux, re, n, 1.0) *
         math::exp(-sersic_bn(n) * math::pow(r / re, 1.0 / n));
}

/// Brightness at the point (x = j, y = i) of an elliptical profile centred on (x0, y0).
KOKKOS_INLINE_FUNCTION double sersic_2d(double i, double j, double flux, double re, double n,
                                        double x0, double y0, double q, double theta) {
  const Ellipse ellipse = Ellipse::from_axes(x0, y0, re, q, theta);
  const double w = ellipse.squared_radius(j - x0, i - y0);
  return sersic_central_brightness(flux, re, n, q) *
         math::exp(-sersic_bn(n) * math::pow(w, 0.5 / n));
}

/// Share of the total flux inside the isophote of major-axis radius r, P(2n, b (r/re)^(1/n)).
KOKKOS_INLINE_FUNCTION double sersic_fraction_inside(double r, double re, double n) {
  return gamma_p(2.0 * n, sersic_bn(n) * math::pow(r / re, 1.0 / n));
}

/// Share of the total flux outside it, accurate in the far tail.
KOKKOS_INLINE_FUNCTION double sersic_fraction_outside(double r, double re, double n) {
  return gamma_q(2.0 * n, sersic_bn(n) * math::pow(r / re, 1.0 / n));
}

/// The radius that holds the given share of the total flux; 0 for shares <= 0, infinity for >= 1.
/// Newton's method in the logarithms of share and radius: 3 to 8 steps.
KOKKOS_INLINE_FUNCTION double sersic_radius_of_fraction(double fraction, double re, double n) {
  if (!(fraction > 0.0)) return 0.0;
  if (!(fraction < 1.0)) return constants::infinity;
  const double a = 2.0 * n, b = sersic_bn(n);
  const bool upper = fraction > 0.5;
  const double target = math::log(upper ? 1.0 - fraction : fraction);
  // Where the density were x^a/Gamma(a+1) alone, the answer would be exact.
  double log_x = upper ? math::log(b) : (math::log(fraction) + math::lgamma(a + 1.0)) / a;
  if (log_x > math::log(b)) log_x = math::log(b);
  for (int step = 0; step < 60; ++step) {
    const double x = math::exp(log_x);
    const double share = upper ? gamma_q(a, x) : gamma_p(a, x);
    const double slope = (upper ? -a : a) * impl::gamma_density(a, x) / share;
    double change = (target - math::log(share)) / slope;
    if (change > 1.0) change = 1.0;
    if (change < -1.0) change = -1.0;
    log_x += change;
    if (math::fabs(change) < 1e-16 * (1.0 + math::fabs(log_x))) break;
  }
  return re * math::exp(n * (log_x - math::log(b)));
}

}  // namespace glint

#endif
