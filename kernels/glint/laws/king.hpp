// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_KING_HPP
#define GLINT_LAWS_KING_HPP

#include <glint/compat.hpp>

namespace glint {

/// King with a free exponent (Elson 1999; King 1962 for alpha = 2), r in units of the core radius:
///   g = ((1 + r^2)^(-1/alpha) - (1 + R^2)^(-1/alpha))^alpha inside the outer radius R.
struct KingBrightness {
  double alpha = 2.0, end = 1.0, level = 1.0;

  KOKKOS_FUNCTION static KingBrightness from(double alpha, double end) {
    return {alpha, end, math::exp(-math::log1p(end * end) / alpha)};
  }

  /// Through the distance to the outer radius, so that the fall to zero is relatively accurate.
  KOKKOS_FUNCTION double brightness(double r, double below_end) const {
    const double drop = math::log1p(below_end * (end + r) / (1.0 + r * r));
    return math::pow(level * math::expm1(drop / alpha), alpha);
  }
  KOKKOS_FUNCTION double reach(double r) const { return math::sqrt(1.0 + r * r); }
  KOKKOS_FUNCTION double cusp() const { return 0.0; }
  KOKKOS_FUNCTION double outer_power() const { return 0.0; }
};

}  // namespace glint

#endif
