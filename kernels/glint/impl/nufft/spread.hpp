// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_SPREAD_HPP
#define GLINT_IMPL_NUFFT_SPREAD_HPP

#include <glint/backends.hpp>
#include <glint/execution.hpp>
#include <glint/impl/nufft/fold.hpp>
#include <string>

/// Sorted points to fine grids and back.

namespace glint::impl {

/// What spreading needs of points and grids, for tiles that do not touch: every second of both
/// axes. Indices count those tiles.
struct SpreadTask {
  const double* coefficients;
  const int* begin;       ///< first point of each tile
  const double* records;  ///< x, y and a weight for each grid
  int grids;
  int width, span, pairs;  ///< of the window

  double* grid;
  std::size_t pitch, plane;  ///< between rows and grids
  int nx, tiles_x, tiles_y;
  int colour;  ///< 0 to 3

  KOKKOS_FORCEINLINE_FUNCTION int across() const { return tiles_x / 2; }
  KOKKOS_FORCEINLINE_FUNCTION int tile_x(int index) const {
    return index % across() * 2 + colour % 2;
  }
  KOKKOS_FORCEINLINE_FUNCTION int tile_y(int index) const {
    return index / across() * 2 + colour / 2;
  }
  int tiles_of_colour() const { return across() * ((tiles_y + 1 - colour / 2) / 2); }

  KOKKOS_FORCEINLINE_FUNCTION int numbers() const { return 2 + grids; }
  KOKKOS_FORCEINLINE_FUNCTION const double* record(int point) const {
    return records + static_cast<std::size_t>(point) * static_cast<std::size_t>(numbers());
  }
  KOKKOS_FORCEINLINE_FUNCTION double* row(int g, int r) const {
    return grid + static_cast<std::size_t>(g) * plane + static_cast<std::size_t>(r) * pitch;
  }
  KOKKOS_FORCEINLINE_FUNCTION int column(int c) const { return c < nx ? c : c - nx; }
};

/// Adds all points to the grids, colour after colour. Asynchronous. `function`: for labels.
template <class ExecutionSpace>
void spread_points(const ExecutionSpace& space, const std::string& function, SpreadTask task);

#define GLINT_EXTERN(Space) \
  extern template void spread_points<Space>(const Space&, const std::string&, SpreadTask);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint::impl

#endif
