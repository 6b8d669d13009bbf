// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_FERRER_HPP
#define GLINT_LAWS_FERRER_HPP

#include <glint/compat.hpp>
#include <glint/constants.hpp>

namespace glint {

/// Ferrer in the modified form of GALFIT (Peng et al. 2010), r in units of the outer radius:
///   g = (1 - r^(2 - beta))^alpha for r < 1.
struct FerrerBrightness {
  double alpha = 0.5, power = 2.0;

  KOKKOS_FUNCTION static FerrerBrightness from(double alpha, double beta) {
    return {alpha, 2.0 - beta};
  }

  KOKKOS_FUNCTION double brightness(double r, double below_end) const {
    const double log_r = r > 0.5 ? math::log1p(-below_end) : math::log(r);
    return math::pow(-math::expm1(power * log_r), alpha);
  }

  /// Also singular at the other roots of r^power = 1.
  KOKKOS_FUNCTION double reach(double r) const {
    if (power <= 2.0) return 2.0 * r;
    const double angle = 2.0 * constants::pi / power;
    const double along = r - math::cos(angle), across = math::sin(angle);
    return math::sqrt(along * along + across * across);
  }
  KOKKOS_FUNCTION double cusp() const { return 0.0; }
  KOKKOS_FUNCTION double outer_power() const { return 0.0; }
};

}  // namespace glint

#endif
