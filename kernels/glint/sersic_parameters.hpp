// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SERSIC_PARAMETERS_HPP
#define GLINT_SERSIC_PARAMETERS_HPP

#include <glint/sersic.hpp>

/// Further forms of the Sersic profile, callable on the host and on the device: logarithmic
/// parameters, enclosed luminosities, the soft centre and the asymmetry. Magnitudes have zero point
/// 0, logarithms base 10: flux = 10^(-0.4 mag), re = 10^log_re, n = 10^log_n.

namespace glint {

/// 10^(-0.4 mag), for fluxes and brightnesses alike.
KOKKOS_INLINE_FUNCTION double flux_from_mag(double mag) { return math::pow(10.0, -0.4 * mag); }

/// Total flux of a circular profile whose brightness at re is Ie.
KOKKOS_INLINE_FUNCTION double sersic_lum_linear(double Ie, double re, double n) {
  return Ie * re * re * sersic_luminosity(n);
}

/// Ie of a circular profile of that total flux.
KOKKOS_INLINE_FUNCTION double sersic_Ie_from_lum(double flux, double re, double n) {
  return flux / (re * re * sersic_luminosity(n));
}

/// Flux of a circular profile inside the radius r, from its brightness at re.
KOKKOS_INLINE_FUNCTION double sersic_enc_lum_linear(double r, double Ie, double re, double n) {
  return sersic_lum_linear(Ie, re, n) * sersic_fraction_inside(r, re, n);
}

/// The same two with mu_e = -2.5 log10(Ie), log_re and log_n.
KOKKOS_INLINE_FUNCTION double sersic_lum(double mu_e, double log_re, double log_n) {
  return sersic_lum_linear(flux_from_mag(mu_e), math::pow(10.0, log_re), math::pow(10.0, log_n));
}
KOKKOS_INLINE_FUNCTION double sersic_enc_lum(double r, double mu_e, double log_re, double log_n) {
  return sersic_enc_lum_linear(r, flux_from_mag(mu_e), math::pow(10.0, log_re),
                               math::pow(10.0, log_n));
}

/// Brightness at (x = j, y = i) of an elliptical profile in logarithmic parameters.
KOKKOS_INLINE_FUNCTION double sersic_2d_log(double i, double j, double mag, double log_re,
                                            double log_n, double x0, double y0, double q,
                                            double theta) {
  return sersic_2d(i, j, flux_from_mag(mag), math::pow(10.0, log_re), math::pow(10.0, log_n), x0,
                   y0, q, theta);
}

/// Circular profile with a soft centre: inside r_soft the brightness is I(r_soft) + c (1 -
/// (r/r_soft)^2), c = 2 (flux inside r_soft - pi r_soft^2 I(r_soft)) / (pi r_soft^2), so that the
/// flux stays. r_soft = 0 is the hard profile.
KOKKOS_INLINE_FUNCTION double sersic_1d_soft(double r, double flux, double re, double n,
                                             double r_soft) {
  if (!(r < r_soft)) return sersic_1d(r, flux, re, n);
  const double edge = sersic_1d(r_soft, flux, re, n), area = constants::pi * r_soft * r_soft;
  const double lost = flux * sersic_fraction_inside(r_soft, re, n) - area * edge;
  return edge + 2.0 * lost / area * (1.0 - (r / r_soft) * (r / r_soft));
}

/// The same for an elliptical profile, r_soft along the major axis.
KOKKOS_INLINE_FUNCTION double sersic_2d_soft(double i, double j, double flux, double re, double n,
                                             double x0, double y0, double q, double theta,
                                             double r_soft) {
  const Ellipse ellipse = Ellipse::from_axes(x0, y0, re, q, theta);
  const double r = re * math::sqrt(ellipse.squared_radius(j - x0, i - y0));
  return sersic_1d_soft(r, flux, re, n, r_soft) / q;
}

/// The factor 1 - s cos(a - phi) of a lopsided profile; phi is the angle at (x = j, y = i) about
/// the centre, counted from the major axis and turning from +y towards +x, unlike theta: phi =
/// -atan2(v, u). At the centre itself phi is 0. It averages to 1 on every isophote that is
/// symmetric about the centre. (Code that pairs i with x and j with y computes this only where
/// x = y.)
KOKKOS_INLINE_FUNCTION double asymmetry(double i, double j, double x0, double y0, double theta,
                                        double s, double a) {
  const double c = math::cos(theta), d = math::sin(theta), X = j - x0, Y = i - y0;
  return 1.0 - s * math::cos(a + math::atan2(c * Y - d * X, c * X + d * Y));
}

/// Brightness of a lopsided elliptical profile.
KOKKOS_INLINE_FUNCTION double sersic_2d_asym(double i, double j, double flux, double re, double n,
                                             double x0, double y0, double q, double theta, double s,
                                             double a) {
  return asymmetry(i, j, x0, y0, theta, s, a) * sersic_2d(i, j, flux, re, n, x0, y0, q, theta);
}

}  // namespace glint

#endif
