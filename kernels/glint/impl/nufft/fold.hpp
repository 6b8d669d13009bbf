// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_FOLD_HPP
#define GLINT_IMPL_NUFFT_FOLD_HPP

#include <glint/impl/nufft/shape.hpp>
#include <glint/impl/turns.hpp>
#include <glint/views.hpp>

/// From baselines to places on the fine grid.

namespace glint::impl {

/// The largest whole number below, for |x| < 2^51, without a branch.
KOKKOS_FORCEINLINE_FUNCTION double whole_below(double x) {
  const double near = nearest_integer(x);
  return near > x ? near - 1.0 : near;
}

/// step u modulo one turn: high in [-1/2, 1/2] and what it was rounded by. |step u| < 2^51.
KOKKOS_FORCEINLINE_FUNCTION void fold_turns(double step, double u, double& high, double& low) {
  const double product = step * u;
  const double rounding = math::fma(step, u, -product);
  const double folded = product - nearest_integer(product);  // exact
  const double sum = folded + rounding, part = sum - folded;
  low = (folded - (sum - part)) + (rounding - part);
  high = sum - nearest_integer(sum);  // exact
}

/// cell + place = n (high + low), cell a whole number and place in [0, 1) but for rounding, right
/// to 1e-16 whatever n.
KOKKOS_FORCEINLINE_FUNCTION void to_cell(double n, double high, double low, double& cell,
                                         double& place) {
  cell = whole_below(n * high);
  place = math::fma(n, high, -cell) + n * low;
  const double carry = place < 0.0 ? -1.0 : (place >= 1.0 ? 1.0 : 0.0);
  cell += carry;
  place -= carry;
}

/// Some points, side by side for vectors.
template <int Lanes>
struct FoldedPoints {
  alignas(64) double x[Lanes], y[Lanes];  ///< in cells from the tile's first, in [0, 16)
  alignas(64) double tile[Lanes];         ///< whole numbers
  alignas(64) double sign[Lanes];         ///< -1 where the point was turned about the origin
};

/// The fine grid as kernels see it.
struct NufftTiles {
  double ny, nx;  ///< cells, whole numbers
  double tiles_x;

  explicit NufftTiles(const NufftShape& shape)
      : ny(shape.ny), nx(shape.nx), tiles_x(shape.tiles_x()) {}

  /// Baselines that are not numbers end in some tile and are not numbers there.
  template <int Lanes>
  KOKKOS_FORCEINLINE_FUNCTION void fold(double step, const double* KOKKOS_RESTRICT u,
                                        const double* KOKKOS_RESTRICT v,
                                        FoldedPoints<Lanes>& to) const {
    constexpr double side = nufft_tile, inverse = 1.0 / side;
    constexpr double last = side - 0x1p-49;  // before the next tile
    for (int l = 0; l < Lanes; ++l) {
      double u_high, u_low, v_high, v_low, column, row, x, y;
      fold_turns(step, u[l], u_high, u_low);
      fold_turns(step, v[l], v_high, v_low);
      const double sign = v_high < 0.0 ? -1.0 : 1.0;
      to_cell(nx, sign * u_high, sign * u_low, column, x);
      to_cell(ny, sign * v_high, sign * v_low, row, y);
      column += column < 0.0 ? nx : 0.0;
      column = column >= 0.0 && column < nx ? column : 0.0;
      // The end of the half is its last cell's; rounding below its beginning is none.
      const double half = 0.5 * ny;
      y = row < 0.0 ? 0.0 : (row >= half ? 1.0 : y);
      row = row >= half ? half - 1.0 : (row >= 0.0 ? row : 0.0);
      const double tile_x = whole_below(column * inverse), tile_y = whole_below(row * inverse);
      x += column - side * tile_x, y += row - side * tile_y;
      to.x[l] = x > last ? last : (x < 0.0 ? 0.0 : x);
      to.y[l] = y > last ? last : (y < 0.0 ? 0.0 : y);
      to.tile[l] = tile_y * tiles_x + tile_x;
      to.sign[l] = sign;
    }
  }
};

/// The cell of a place within a tile.
KOKKOS_FORCEINLINE_FUNCTION int cell_in_tile(double place) {
  return static_cast<int>(place < static_cast<double>(nufft_tile) ? place : 0.0);
}

}  // namespace glint::impl

#endif
