// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_CORE_SERSIC_HPP
#define GLINT_LAWS_CORE_SERSIC_HPP

#include <glint/laws/sersic_brightness.hpp>

namespace glint {

/// Core-Sersic (Graham et al. 2003, as written by Trujillo et al. 2004), r in units of re:
///   g = (1 + (rb/r)^alpha)^(gamma/alpha) exp(-b_n (r^alpha + rb^alpha)^(1/(alpha n))).
/// b_n is that of the Sersic profile, so re is the half-light radius of the outer part alone.
struct CoreSersicBrightness {
  double n = 1.0, b = 1.0, alpha = 1.0, gamma = 0.0, bend = 1.0;

  KOKKOS_FUNCTION static CoreSersicBrightness from(double n, double alpha, double gamma,
                                                   double bend) {
    return {n, sersic_bn(n), alpha, gamma, bend};
  }

  KOKKOS_FUNCTION double brightness(double r, double) const {
    // ln(1 + (rb/r)^alpha) / alpha, without overflow for sharp bends.
    const double t = alpha * math::log(bend / r);
    const double rise = (math::log1p(math::exp(-math::fabs(t))) + (t > 0.0 ? t : 0.0)) / alpha;
    return math::exp(gamma * rise - b * math::pow(r * math::exp(rise), 1.0 / n));
  }

  /// Singular at rb exp(+- i pi/alpha).
  KOKKOS_FUNCTION double reach(double r) const {
    const double steep = impl::sersic_reach(r, n, b);
    if (alpha <= 1.0) return steep;
    const double along = r - bend * math::cos(constants::pi / alpha);
    const double across = bend * math::sin(constants::pi / alpha);
    const double bent = math::sqrt(along * along + across * across);
    return bent < steep ? bent : steep;
  }
  KOKKOS_FUNCTION double cusp() const { return gamma; }
  KOKKOS_FUNCTION double outer_power() const { return 0.0; }
};

}  // namespace glint

#endif
