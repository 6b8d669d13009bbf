// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_SHAPE_HPP
#define GLINT_IMPL_NUFFT_SHAPE_HPP

#include <glint/impl/nufft/window.hpp>
#include <glint/sky_grid.hpp>

namespace glint::impl {

/// Cells along the sides of a tile: the work of one team. What it spreads reaches further, but not
/// beyond the neighbouring tiles.
inline constexpr int nufft_tile = 16;

/// Real grids that share points: a kernel's or two, an image's two.
inline constexpr int most_nufft_grids = 4;

/// A fine grid of ny x nx cells, one period of visibilities as a function of (v, u) step. Real sums
/// are even or odd about the origin, so points are turned into the half v >= 0 and rows 0 to
/// ny/2 - 1 have all of them. A tap of a point in cell (i, j) is stored at row i + l, column
/// j + l' modulo nx: the whole grid is shifted by span/2 - 1 rows and columns.
struct NufftShape {
  NufftWindow window;
  int ny = 0, nx = 0;            ///< multiples of two tiles: tiles of one colour never meet
  int modes_y = 0, modes_x = 0;  ///< the highest frequencies wanted

  int tiles_y() const { return ny / (2 * nufft_tile); }
  int tiles_x() const { return nx / nufft_tile; }
  int tiles() const { return tiles_y() * tiles_x(); }
  int rows() const { return ny / 2 + window.span(); }
  bool operator==(const NufftShape& other) const {
    return window.width == other.window.width && window.sigma == other.window.sigma &&
           ny == other.ny && nx == other.nx && modes_y == other.modes_y && modes_x == other.modes_x;
  }
};

/// The window and fine grid for frequencies up to modes_y and modes_x that are cheapest for
/// many visibilities. `tolerance`: from `finest_nufft` to 0.1.
NufftShape nufft_shape(std::size_t modes_y, std::size_t modes_x, double tolerance);

/// Of a kernel, whose offsets reach a whole side.
inline NufftShape kernel_nufft_shape(const SkyGrid& grid, double tolerance) {
  return nufft_shape(grid.ny - 1, grid.nx - 1, tolerance);
}

/// Of an image, counted from its middle.
inline NufftShape image_nufft_shape(const SkyGrid& grid, double tolerance) {
  return nufft_shape(grid.ny / 2, grid.nx / 2, tolerance);
}

/// Seconds that transforms and spreading take on one core (of the AVX-512 machine on which they
/// were measured): for `grids` grids in all, and for each visibility.
struct NufftCost {
  double fixed, each;
};
NufftCost nufft_cost(const NufftShape& shape, int grids);

}  // namespace glint::impl

#endif
