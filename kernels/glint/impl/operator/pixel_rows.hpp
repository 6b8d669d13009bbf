// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_OPERATOR_PIXEL_ROWS_HPP
#define GLINT_IMPL_OPERATOR_PIXEL_ROWS_HPP

#include <glint/impl/pixel_rectangle.hpp>

/// Images as lists of kept pixels, to and from frames: stacks (frame, row, column) of rectangles
/// that hold the pixels. One team a row.

namespace glint::impl {

/// The kept pixels row by row of the smallest rectangle that holds them.
template <class MemorySpace>
struct PixelRows {
  int height = 0, width = 0;
  int first_row = 0, first_column = 0;  ///< its corner in the frame of the sky
  Vector<int, MemorySpace> begin;       ///< (height + 1) first pixel of a row
  Vector<int, MemorySpace> column;      ///< (M) in the rectangle
};

/// Throws Error as read_rectangle() does. Synchronous. Cost: O(M).
template <class ExecutionSpace>
PixelRows<typename ExecutionSpace::memory_space> make_pixel_rows(
    const ExecutionSpace& space, const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
    const char* user) {
  const PixelRectangle pixel = read_rectangle(space, pixels, user);
  std::vector<int> begin(static_cast<std::size_t>(pixel.height) + 1, 0);
  for (const int row : pixel.row) ++begin[static_cast<std::size_t>(row) + 1];
  for (std::size_t row = 1; row < begin.size(); ++row) begin[row] += begin[row - 1];
  PixelRows<typename ExecutionSpace::memory_space> rows;
  rows.height = pixel.height;
  rows.width = pixel.width;
  rows.first_row = pixel.first_row;
  rows.first_column = pixel.first_column;
  rows.begin = upload_indices(space, "glint::pixel_rows::begin", begin);
  rows.column = upload_indices(space, "glint::pixel_rows::column", pixel.column);
  return rows;
}

/// frames(b, r, c) = images(first + b, the pixel there), and 0 elsewhere in the first `columns`.
template <class ExecutionSpace>
struct LoadImages {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  PixelRows<Memory> rows;
  StridedInput<const double**, ExecutionSpace> images;
  Cube<double, Memory> frames;
  int first, columns;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int b = team.league_rank() / rows.height, r = team.league_rank() % rows.height;
    double* const line = &frames(b, r, 0);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, columns), [&](int c) { line[c] = 0.0; });
    team.team_barrier();
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, rows.begin(r), rows.begin(r + 1)),
                         [&](int m) { line[rows.column(m)] = images(first + b, m); });
  }
};

/// results(first + b, m) = frames(b, row of m, column of m).
template <class ExecutionSpace>
struct TakeImages {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  PixelRows<Memory> rows;
  Cube<double, Memory> frames;
  StridedOutput<double**, ExecutionSpace> results;
  int first;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int b = team.league_rank() / rows.height, r = team.league_rank() % rows.height;
    const double* const line = &frames(b, r, 0);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, rows.begin(r), rows.begin(r + 1)),
                         [&](int m) { results(first + b, m) = line[rows.column(m)]; });
  }
};

/// Teams for the rows of `frames` frames.
template <class ExecutionSpace>
Kokkos::TeamPolicy<ExecutionSpace> row_teams(const ExecutionSpace& space, std::size_t frames,
                                             int height) {
  return Kokkos::TeamPolicy<ExecutionSpace>(space, static_cast<int>(frames) * height,
                                            team_size<ExecutionSpace>(64));
}

}  // namespace glint::impl

#endif
