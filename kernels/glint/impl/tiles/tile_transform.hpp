// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_TRANSFORM_HPP
#define GLINT_IMPL_TILES_TILE_TRANSFORM_HPP

#include <glint/execution.hpp>

namespace glint::impl {

/// Where a product goes: out(r, c) = value, or out(r, c) += scale * value.
template <bool Add, class T>
struct ProductTarget {
  T* data;
  std::size_t stride;
  double scale;

  template <class Real>
  KOKKOS_FORCEINLINE_FUNCTION static void put(T& target, double scale, Real value) {
    if constexpr (Add)
      target += static_cast<T>(scale) * static_cast<T>(value);
    else
      target = static_cast<T>(value);
  }
};

/// product(r, c) = sum over k < N of left[r Row + k Step] right[k Columns + c], r < Rows,
/// c < Columns. On the host one row per item, its sums over k unrolled so that the loop over
/// columns becomes vector instructions; on devices one element per item.
template <bool OnHost, int N, int Rows, int Columns, int Row, int Step, class Real, class Team,
          bool Add, class T>
KOKKOS_INLINE_FUNCTION void multiply(const Team& team, const Real* left, const Real* right,
                                     const ProductTarget<Add, T>& target) {
  constexpr int width = OnHost ? Columns : 1;
  Kokkos::parallel_for(
      Kokkos::TeamThreadRange(team, Rows * (Columns / width)), [&](int index) {
        const int r = index / (Columns / width), c = index % (Columns / width);
        Real a[N];
        for (int k = 0; k < N; ++k) a[k] = left[r * Row + k * Step];
        const Real* KOKKOS_RESTRICT b = right + c;
        T* KOKKOS_RESTRICT out = target.data + r * target.stride + c;
        const double scale = target.scale;
        for (int j = 0; j < width; ++j) {
          Real sum = 0;
          GLINT_UNROLL
          for (int k = 0; k < N; ++k) sum += a[k] * b[k * Columns + j];
          ProductTarget<Add, T>::put(out[j], scale, sum);
        }
      });
}

/// `target` receives left^T F right: F is N x N, `left` N x Rows, `right` N x Columns, row-major.
/// `half_way`: N x Columns scratch. All threads of the team call it; ends without a barrier.
template <bool OnHost, int N, int Rows, int Columns, class Real, class Team, bool Add, class T>
KOKKOS_INLINE_FUNCTION void transform(const Team& team, const Real* F, const Real* left,
                                      const Real* right, Real* half_way,
                                      const ProductTarget<Add, T>& target) {
  multiply<OnHost, N, N, Columns, N, 1>(team, F, right,
                                        ProductTarget<false, Real>{half_way, Columns, 1.0});
  team.team_barrier();
  multiply<OnHost, N, Rows, Columns, 1, Rows>(team, left, half_way, target);
}

}  // namespace glint::impl

#endif
