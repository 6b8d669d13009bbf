// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_PROFILE_HPP
#define GLINT_IMPL_TILES_TILE_PROFILE_HPP

#include <glint/constants.hpp>
#include <glint/elementary.hpp>
#include <glint/impl/power_exponential.hpp>

namespace glint::impl {

/// A profile as tiles see it: brightness = amplitude exp(-y), y = b w^p.
struct TileProfile {
  Ellipse ellipse;
  double amplitude;
  double log2_b, p;  ///< log2 y = log2_b + p log2 w
  double y_floor;    ///< where a pixel holds the contract's floor
  double y_cut;      ///< beyond it nothing is rendered

  KOKKOS_FORCEINLINE_FUNCTION double decay(double w) const {
    const double exponent = log2_b + p * fast_log2(w < 1e-280 ? 1e-280 : w);
    return fast_exp2(exponent < 500.0 ? exponent : 500.0);
  }
};

/// `x`, `y`: centre of the tile relative to the profile's; `half`: half of its side, in pixels.
template <class Real>
KOKKOS_INLINE_FUNCTION PowerExponential<Real> over_tile(const TileProfile& profile, double x,
                                                        double y, double half, double scale) {
  return PowerExponential<Real>::over(profile.ellipse, profile.amplitude * scale, profile.log2_b,
                                      profile.p, x, y, half);
}

}  // namespace glint::impl

#endif
