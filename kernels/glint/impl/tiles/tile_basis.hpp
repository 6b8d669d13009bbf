// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_BASIS_HPP
#define GLINT_IMPL_TILES_TILE_BASIS_HPP

#include <glint/compat.hpp>
#include <vector>

namespace glint::impl {

/// The linear algebra of a tile (docs/mathematics.md, "Spectral tiles"): N x N Chebyshev nodes of
/// the first kind on [-1, 1]^2, and what turns values there into pixels.
///
/// One flat array holds
///   x, y        node coordinates, node a N + b at (x_b, x_a), padded to whole blocks of lanes;
///   pixels(T)   [b][t]: integral of cardinal function b over pixel t of T, a pixel being 1 wide;
///   folded(T)   [b][t], t < T/2: half the sum (b < N/2) and half the difference (b >= N/2) of the
///               integrals of two mirrored cardinal functions. Pixel t of the sums minus or plus
///               the differences is pixel t or its mirror image.
template <int N>
struct TileBasis {
  static_assert(N % 4 == 0);
  static constexpr int per_axis = N;
  static constexpr int nodes = N * N;
  static constexpr int blocks = (nodes + 63) / 64;
  static constexpr int lanes = ((nodes + blocks - 1) / blocks + 7) / 8 * 8;
  static constexpr int padded = blocks * lanes;
  static constexpr int smallest = 4, largest = 64;  ///< tiles that are expanded into pixels

  static constexpr int x_at = 0, y_at = padded, pixels_at = 2 * padded;
  static constexpr int folded_at = pixels_at + N * (2 * largest - smallest);
  static constexpr int size = folded_at + N * (2 * largest - smallest) / 2;

  KOKKOS_FORCEINLINE_FUNCTION static constexpr int pixels(int tile) {
    return pixels_at + N * (tile - smallest);
  }

  KOKKOS_FORCEINLINE_FUNCTION static constexpr int folded(int tile) {
    return folded_at + N * (tile - smallest) / 2;
  }

  /// All of it, computed on the host in extended precision.
  static std::vector<double> values();
};

/// What turns values at `from` nodes per axis of a tile into values at `to` nodes of its lower or
/// upper half: [half][b][k], cardinal function b at node k of the half. Computed on the host in
/// extended precision.
std::vector<double> hand_down_table(int from, int to);

extern template struct TileBasis<12>;
extern template struct TileBasis<16>;
extern template struct TileBasis<20>;
extern template struct TileBasis<24>;
extern template struct TileBasis<32>;

}  // namespace glint::impl

#endif
