// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_TABLES_HPP
#define GLINT_IMPL_CURVATURE_TABLES_HPP

#include <glint/execution.hpp>
#include <glint/impl/kernel_value.hpp>
#include <glint/views.hpp>

namespace glint::impl {

/// Fills a table whose rows are read from any column on: the kernel at offsets of first_offset rows
/// and more, at -(width - 1) to width - 1 columns about `centre`, and zeros around it.
///
/// Lower: the Toeplitz part for rows at or below, with half of the row itself: W = L +
/// transpose(L). Otherwise: half of the Hankel part, all of it.
template <class ExecutionSpace, class T, bool Lower>
struct FillTable {
  StridedInput<const double**, ExecutionSpace> kernel;  // (ny, 2 nx - 1)
  Matrix<T, typename ExecutionSpace::memory_space> table;
  int height, width;            // of the rectangle of kept pixels
  int rows_above;               // table row of offset row 0
  int row_shift, column_shift;  // of kernel offsets against the rectangle's

  KOKKOS_FUNCTION T value(int row, int column) const {
    int down = row - rows_above, right = column - (width - 1);
    const int top = Lower ? 0 : 1 - height;
    if (down < top || down >= height || right >= width) return T(0);
    const double scale = Lower && down != 0 ? 1.0 : 0.5;
    down += row_shift;
    right += column_shift;
    return static_cast<T>(scale * kernel_value(kernel, down, right));
  }

  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int row = team.league_rank();
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, static_cast<int>(table.extent(1))),
                         [&](int column) { table(row, column) = value(row, column); });
  }
};

}  // namespace glint::impl

#endif
