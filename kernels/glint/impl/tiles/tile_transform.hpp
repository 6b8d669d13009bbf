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
  Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Rows * (Columns / width)), [&](int index) {
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

/// left^T F right goes to `target`, To x To: F is From x From, `left` and `right` From x To, all
/// row-major. `half_way`: From x To scratch. All threads of the team call it; ends without a
/// barrier.
template <bool OnHost, int From, int To, bool Add, class Real, class Team>
KOKKOS_INLINE_FUNCTION void hand_down(const Team& team, const Real* F, const Real* left,
                                      const Real* right, Real* half_way, Real* target) {
  multiply<OnHost, From, From, To, From, 1>(team, F, right,
                                            ProductTarget<false, Real>{half_way, To, 1.0});
  team.team_barrier();
  multiply<OnHost, From, To, To, 1, To>(team, left, half_way,
                                        ProductTarget<Add, Real>{target, To, 1.0});
}

/// Adds the pixels of a tile, pixels^T F pixels, to `target`. Mirrored rows are found together from
/// the even and the odd part of F (tables of TileBasis), at half the price. `half_way`: N x Size
/// scratch. F is overwritten. All threads of the team call it; ends without a barrier.
template <bool OnHost, int N, int Size, class Real, class Team, class T>
KOKKOS_INLINE_FUNCTION void add_pixels(const Team& team, Real* F, const Real* pixels,
                                       const Real* folded, Real* half_way,
                                       const ProductTarget<true, T>& target) {
  Kokkos::parallel_for(Kokkos::TeamThreadRange(team, N * N / 2), [&](int k) {
    const int mirror = (N - 1 - k / N) * N + k % N;
    const Real one = F[k], other = F[mirror];
    F[k] = one + other, F[mirror] = one - other;
  });
  team.team_barrier();
  multiply<OnHost, N, N, Size, N, 1>(team, F, pixels,
                                     ProductTarget<false, Real>{half_way, Size, 1.0});
  team.team_barrier();
  constexpr int width = OnHost ? Size : 1, runs = Size / width;
  Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Size / 2 * runs), [&](int index) {
    const int r = index / runs, c = index % runs;
    Real sums[N / 2], differences[N / 2];
    for (int k = 0; k < N / 2; ++k) {
      sums[k] = folded[k * (Size / 2) + r];
      differences[k] = folded[(k + N / 2) * (Size / 2) + r];
    }
    const Real* KOKKOS_RESTRICT even = half_way + c;
    const Real* KOKKOS_RESTRICT odd = half_way + (N - 1) * Size + c;  // mirrored: backwards
    T* KOKKOS_RESTRICT near = target.data + r * target.stride + c;
    T* KOKKOS_RESTRICT far = target.data + (Size - 1 - r) * target.stride + c;
    const double scale = target.scale;
    for (int j = 0; j < width; ++j) {
      Real a = 0, b = 0;
      GLINT_UNROLL
      for (int k = 0; k < N / 2; ++k) {
        a += sums[k] * even[k * Size + j];
        b += differences[k] * odd[j - k * Size];
      }
      ProductTarget<true, T>::put(near[j], scale, a + b);
      ProductTarget<true, T>::put(far[j], scale, a - b);
    }
  });
}

}  // namespace glint::impl

#endif
