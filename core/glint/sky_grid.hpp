// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SKY_GRID_HPP
#define GLINT_SKY_GRID_HPP

#include <cmath>
#include <glint/checks.hpp>
#include <glint/constants.hpp>
#include <glint/execution.hpp>
#include <limits>

/// The part of the sky an interferometer's source is reconstructed from: a frame of square pixels
/// and the ones of them that a mask keeps.

namespace glint {

/// A frame of NY x NX square pixels on the sky.
///
/// Row 0 is at the top: pixel (row, column) is centred at y = ((NY-1)/2 - row) step,
/// x = (column - (NX-1)/2) step radians.
struct SkyGrid {
  std::size_t ny = 0;
  std::size_t nx = 0;
  double pixel_scale = 0.0;  ///< side of a pixel in arcseconds

  /// Side of a pixel in radians.
  KOKKOS_FUNCTION double step() const { return pixel_scale * (constants::pi / 648000.0); }
  KOKKOS_FUNCTION double y(double row) const {
    return (0.5 * (static_cast<double>(ny) - 1.0) - row) * step();
  }
  KOKKOS_FUNCTION double x(double column) const {
    return (column - 0.5 * (static_cast<double>(nx) - 1.0)) * step();
  }
};

/// Throws Error unless both sides are from 1 to 32768 and the pixel scale is positive and finite.
inline void validate(const SkyGrid& grid) {
  constexpr std::size_t limit = 32768;  // offsets and their squares then fit 32-bit integers
  GLINT_EXPECTS(grid.ny > 0 && grid.nx > 0 && grid.ny <= limit && grid.nx <= limit,
                "the sides of a sky grid must be from 1 to ", limit, ", not ", grid.ny, " x ",
                grid.nx);
  GLINT_EXPECTS(grid.pixel_scale > 0.0 && std::isfinite(grid.pixel_scale),
                "the pixel scale must be a positive number of arcseconds, not ", grid.pixel_scale);
}

/// The M pixels of a frame that are kept, in row-major order.
template <class MemorySpace = Kokkos::HostSpace>
struct SkyPixels {
  using Indices = Vector<int, MemorySpace>;

  SkyGrid grid;
  Indices row, column;

  /// M.
  KOKKOS_FUNCTION std::size_t size() const { return row.extent(0); }
};

/// Copies the pixels to the memory of `space`. Asynchronous.
template <class ExecutionSpace, class MemorySpace>
SkyPixels<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                          const SkyPixels<MemorySpace>& source) {
  using Target = SkyPixels<typename ExecutionSpace::memory_space>;
  Target target;
  target.grid = source.grid;
  target.row = allocate<typename Target::Indices>(space, "glint::SkyPixels::row", source.size());
  target.column =
      allocate<typename Target::Indices>(space, "glint::SkyPixels::column", source.size());
  copy(space, target.row, source.row);
  copy(space, target.column, source.column);
  return target;
}

}  // namespace glint

#endif
