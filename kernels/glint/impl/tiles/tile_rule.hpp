// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_RULE_HPP
#define GLINT_IMPL_TILES_TILE_RULE_HPP

#include <glint/impl/tiles/tile_profile.hpp>

namespace glint::impl {

/// A square of pixels relative to a profile's centre.
struct TileSquare {
  double x, y;  ///< of its centre, in pixels
  double half;  ///< of its side

  KOKKOS_FORCEINLINE_FUNCTION Ellipse::Range squared_radii(const Ellipse& e) const {
    return e.squared_radii(x - half, x + half, y - half, y + half);
  }
};

enum class TileVerdict : unsigned char { drop, accept, split };

/// Decides from geometry alone, before anything is evaluated, whether a profile may be interpolated
/// at N x N Chebyshev nodes of a tile (docs/mathematics.md, "Spectral tiles").
struct TileRule {
  double nodes;          ///< N
  double log_tolerance;  ///< ln of the tolerance
  double log_rounding;   ///< ln of the rounding error of a node value

  KOKKOS_INLINE_FUNCTION TileVerdict judge(const TileProfile& profile, const TileSquare& t) const {
    const Ellipse::Range w = t.squared_radii(profile.ellipse);
    const double y_low = profile.decay(w.low);
    if (y_low > profile.y_cut) return TileVerdict::drop;
    if (w.low == 0.0) return TileVerdict::split;
    const double y_high = profile.decay(w.high);
    // ln of the smallest thing an error is measured against, relative to the peak: -reference.
    const double reference = y_high < profile.y_floor ? y_high : profile.y_floor;
    // Node values round relative to the largest of them.
    if (reference - y_low + log_rounding > log_tolerance) return TileVerdict::split;
    const Ellipse& e = profile.ellipse;
    const double error_x = log_error(profile, t.x, t.y, t.half, e.axx, e.ayy, y_low, reference);
    if (error_x > log_tolerance) return TileVerdict::split;
    const double error_y = log_error(profile, t.y, t.x, t.half, e.ayy, e.axx, y_low, reference);
    return error_y > log_tolerance ? TileVerdict::split : TileVerdict::accept;
  }

 private:
  /// ln of the relative error of interpolating along one axis ("along"), the worst over the lines of
  /// the tile. On a line w is a quadratic whose complex zeros limit the ellipse of convergence.
  KOKKOS_INLINE_FUNCTION double log_error(const TileProfile& profile, double along, double across,
                                          double half, double a_along, double a_across,
                                          double y_low, double reference) const {
    constexpr double safety = -1.0;
    const double a_mixed = profile.ellipse.axy;
    // The line whose zeros come nearest: by reflection, the sum of distances to the ends of the
    // tile is smallest here.
    const double beyond = along * along - half * half;
    double line = beyond > 0.0 ? -(a_mixed / a_across) * (beyond / along) : 0.0;
    line = line < across - half ? across - half : line > across + half ? across + half : line;
    const double real = (-(a_mixed / a_along) * line - along) / half;
    const double imaginary = profile.ellipse.det / a_along * line / half;
    const double i2 = imaginary * imaginary;
    const double sigma0 = 0.5 * (math::sqrt((real - 1.0) * (real - 1.0) + i2) +
                                 math::sqrt((real + 1.0) * (real + 1.0) + i2));
    if (!(sigma0 > 1.25)) return constants::infinity;
    const double log2_rho0 = fast_log2<4>(sigma0 + math::sqrt(sigma0 * sigma0 - 1.0));
    const double power = 2.0 * profile.p;
    const double scale = a_along * half * half;
    constexpr int tries = 4;
    double error[tries];
    for (int k = 0; k < tries; ++k) {
      const double share = k == 0 ? 0.3 : k == 1 ? 0.55 : k == 2 ? 0.78 : 1.0;
      const double rho = fast_exp2<6>(share * log2_rho0);
      const double sigma = 0.5 * (rho + 1.0 / rho);
      // On the ellipse |w| is at least the tile's smallest times the square of this.
      const double shrink = k == tries - 1 ? 1e-30 : (sigma0 - sigma) / (sigma0 - 1.0);
      double y = y_low * fast_exp2<6>(power * fast_log2<3>(shrink));
      if (power > 1.0) {
        // Steeper than an exponential the real part of y falls off the axis.
        const double growth = profile.decay(scale * (sigma * sigma - 1.0));
        y -= 0.5 * (power - 1.0) * growth;
      }
      error[k] = reference - y - nodes * constants::ln2 * share * log2_rho0 + safety;
    }
    double best = error[0];
    for (int k = 1; k < tries; ++k) best = error[k] < best ? error[k] : best;
    return best;
  }
};

}  // namespace glint::impl

#endif
