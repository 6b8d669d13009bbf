// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_PROFILE_HPP
#define GLINT_IMPL_TILES_TILE_PROFILE_HPP

#include <glint/constants.hpp>
#include <glint/elementary.hpp>
#include <glint/ellipse.hpp>

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

/// Degrees of the polynomials that evaluate a brightness, by the tolerance.
struct FourDigits {
  static constexpr int log2 = 2, inner = 5, outer = 4;
};
struct SixDigits {
  static constexpr int log2 = 3, inner = 7, outer = 6;
};
struct EightDigits {
  static constexpr int log2 = 4, inner = 8, outer = 7;
};
struct AllDigits {
  static constexpr int log2 = 7, inner = 11, outer = 11;
};

/// A profile over one tile, in the tile's coordinates (-1 to 1) and in the precision of its nodes.
template <class Real>
struct TileBrightness {
  Real ux, uy, u0, vx, vy, v0;
  Real amplitude, log2_c, p;  ///< brightness = amplitude 2^-(c w^p)

  /// `x`, `y`: centre of the tile relative to the profile's; `half`: half of its side, in pixels.
  KOKKOS_INLINE_FUNCTION static TileBrightness at(const TileProfile& profile, double x, double y,
                                                  double half, double scale) {
    constexpr double log2_log2_e = 0.5287663729448976904;
    const Ellipse& e = profile.ellipse;
    return {static_cast<Real>(e.ux * half),
            static_cast<Real>(e.uy * half),
            static_cast<Real>(e.ux * x + e.uy * y),
            static_cast<Real>(e.vx * half),
            static_cast<Real>(e.vy * half),
            static_cast<Real>(e.vx * x + e.vy * y),
            static_cast<Real>(profile.amplitude * scale),
            static_cast<Real>(profile.log2_b + log2_log2_e),
            static_cast<Real>(profile.p)};
  }

  /// Adds the brightness at W nodes. Three loops, not one: see elementary.hpp.
  template <class Digits, int W>
  KOKKOS_INLINE_FUNCTION void add(const Real* KOKKOS_RESTRICT x, const Real* KOKKOS_RESTRICT y,
                                  Real* KOKKOS_RESTRICT sum) const {
    const TileBrightness t = *this;  // nothing the stores below could alias
    alignas(64) Real work[W];
    for (int l = 0; l < W; ++l) {
      const Real u = t.ux * x[l] + (t.uy * y[l] + t.u0), v = t.vx * x[l] + (t.vy * y[l] + t.v0);
      work[l] = t.log2_c + t.p * log2_of<Digits>(u * u + v * v);
    }
    for (int l = 0; l < W; ++l) {
      const Real exponent = work[l] < Real(100) ? work[l] : Real(100);
      work[l] = -exp2_of<Digits::inner>(exponent);
    }
    for (int l = 0; l < W; ++l) sum[l] += t.amplitude * exp2_of<Digits::outer>(work[l]);
  }

 private:
  template <class Digits>
  KOKKOS_FORCEINLINE_FUNCTION static Real log2_of(Real x) {
    if constexpr (std::is_same_v<Real, double>)
      return fast_log2<Digits::log2>(x);
    else
      return fast_log2(x);
  }
  template <int Degree>
  KOKKOS_FORCEINLINE_FUNCTION static Real exp2_of(Real x) {
    if constexpr (std::is_same_v<Real, double>)
      return fast_exp2<Degree>(x);
    else
      return fast_exp2(x);
  }
};

}  // namespace glint::impl

#endif
