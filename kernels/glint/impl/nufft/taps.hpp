// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_TAPS_HPP
#define GLINT_IMPL_NUFFT_TAPS_HPP

#include <glint/impl/nufft/fold.hpp>
#include <glint/pack.hpp>

/// Taps of a point on the host: all taps of an axis side by side in packs.

namespace glint::impl {

template <int Width, int L>
struct Taps {
  static constexpr int span = NufftWindow::span_of(Width), pairs = NufftWindow::pairs_of(Width);
  static constexpr int packs = span / L;
  /// Half of them is computed and its mirror image is free, where that is whole packs.
  static constexpr bool mirrored = span / 2 >= L;
  static constexpr int computed = mirrored ? packs / 2 : packs;
  /// Taps before this one and as many at the end are 0.
  static constexpr int margin = (span - Width) / 2;
  using P = Pack<double, L>;

  /// taps[a] at z[a] = 2 place - 1; coefficients as window_coefficients() has them.
  template <int Count>
  KOKKOS_FORCEINLINE_FUNCTION static void evaluate(const double* KOKKOS_RESTRICT coefficients,
                                                   const double (&z)[Count],
                                                   P (&taps)[Count][packs]) {
    P even[Count][computed], odd[Count][computed], square[Count];
    const double* KOKKOS_RESTRICT at = coefficients + (pairs - 1) * 2 * span;
    GLINT_UNROLL
    for (int a = 0; a < Count; ++a) {
      square[a] = broadcast_pack<double, L>(z[a] * z[a]);
      GLINT_UNROLL
      for (int h = 0; h < computed; ++h) {
        even[a][h] = load_pack<double, L>(at + h * L);
        odd[a][h] = load_pack<double, L>(at + span + h * L);
      }
    }
    GLINT_UNROLL
    for (int j = pairs - 2; j >= 0; --j) {
      GLINT_UNROLL
      for (int h = 0; h < computed; ++h) {
        const P e = load_pack<double, L>(coefficients + j * 2 * span + h * L);
        const P o = load_pack<double, L>(coefficients + j * 2 * span + span + h * L);
        GLINT_UNROLL
        for (int a = 0; a < Count; ++a) {
          even[a][h] = even[a][h] * square[a] + e;
          odd[a][h] = odd[a][h] * square[a] + o;
        }
      }
    }
    GLINT_UNROLL
    for (int a = 0; a < Count; ++a) GLINT_UNROLL
    for (int h = 0; h < computed; ++h) {
      const P part = odd[a][h] * z[a];
      taps[a][h] = even[a][h] + part;
      if constexpr (mirrored) taps[a][packs - 1 - h] = reverse_pack<double, L>(even[a][h] - part);
    }
  }
};

}  // namespace glint::impl

#endif
