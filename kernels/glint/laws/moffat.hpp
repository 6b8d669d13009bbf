// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_MOFFAT_HPP
#define GLINT_LAWS_MOFFAT_HPP

#include <glint/compat.hpp>

namespace glint {

/// Moffat (1969): g = (1 + (r/s)^2)^-beta, r in units of the half-light radius, beta > 1. The share
/// of the flux outside r is (1 + (r/s)^2)^(1 - beta), hence s^2 = 1/(2^(1/(beta-1)) - 1).
struct MoffatBrightness {
  double beta = 2.0, inverse_s2 = 1.0;

  KOKKOS_FUNCTION static MoffatBrightness from_beta(double beta) {
    return {beta, math::expm1(0.693147180559945309417232 / (beta - 1.0))};
  }

  KOKKOS_FUNCTION double brightness(double r, double) const {
    return math::exp(-beta * math::log1p(r * r * inverse_s2));
  }
  KOKKOS_FUNCTION double reach(double r) const { return math::sqrt(r * r + 1.0 / inverse_s2); }
  KOKKOS_FUNCTION double cusp() const { return 0.0; }
  KOKKOS_FUNCTION double outer_power() const { return 2.0 * beta; }
};

}  // namespace glint

#endif
