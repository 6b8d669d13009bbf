// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PIXEL_GRID_HPP
#define GLINT_PIXEL_GRID_HPP

#include <cstddef>
#include <glint/compat.hpp>
#include <glint/error.hpp>
#include <limits>

namespace glint {

/// A frame of unit-square pixels, NY rows (y) by NX columns (x).
///
/// Coordinates are relative to the image centre and in pixels: the centre of pixel (row, column)
/// is y = row - (NY-1)/2, x = column - (NX-1)/2.
struct PixelGrid {
  std::size_t ny = 0;
  std::size_t nx = 0;

  KOKKOS_FUNCTION double y_centre(double row) const {
    return row - 0.5 * (static_cast<double>(ny) - 1.0);
  }
  KOKKOS_FUNCTION double x_centre(double column) const {
    return column - 0.5 * (static_cast<double>(nx) - 1.0);
  }
};

/// Throws Error unless both sides are at least 1 and small enough for 32-bit pixel indices.
inline void validate(const PixelGrid& grid) {
  GLINT_EXPECTS(grid.ny > 0 && grid.nx > 0, "the image size must be at least 1 x 1, not ", grid.ny,
                " x ", grid.nx);
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max() / 2);
  GLINT_EXPECTS(grid.ny <= limit && grid.nx <= limit, "the image size ", grid.ny, " x ", grid.nx,
                " has a side above ", limit);
}

}  // namespace glint

#endif
