// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_GEOMETRY_HPP
#define GLINT_IMPL_CURVATURE_GEOMETRY_HPP

#include <cstddef>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>

namespace glint::impl {

/// The kept pixels as the convolution sees them: counted from the corner of the smallest rectangle
/// that holds them, and cut into tiles. Tiles that hold no pixel are left out; the tiles of a band
/// (the rows of one tile) begin at its leftmost pixel.
template <class MemorySpace>
struct ConvolutionGeometry {
  using Indices = Vector<int, MemorySpace>;

  int height = 0, width = 0;            ///< of the rectangle
  int first_row = 0, first_column = 0;  ///< its corner in the frame
  int stride = 0;                       ///< elements from one row of the kernel table to the next
  int bands = 0, tiles = 0;

  Indices pixel_row, pixel_column;  ///< (M) in the rectangle
  Indices pixel_tile, pixel_place;  ///< (M) tile, and place in it: row in tile x columns + column
  Indices band_begin;               ///< (bands + 1) first tile
  Indices tile_column;              ///< (tiles) first column
};

/// Reads the pixels once and lays the tiles out on the host. Throws Error when there is no pixel,
/// one lies outside the frame, or they are not in row-major order. Synchronous. Cost: O(M).
template <class ExecutionSpace>
ConvolutionGeometry<typename ExecutionSpace::memory_space> make_geometry(
    const ExecutionSpace& space, const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
    int tile_rows, int tile_columns);

}  // namespace glint::impl

#endif
