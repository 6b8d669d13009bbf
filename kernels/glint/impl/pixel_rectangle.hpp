// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_PIXEL_RECTANGLE_HPP
#define GLINT_IMPL_PIXEL_RECTANGLE_HPP

#include <algorithm>
#include <glint/sky_grid.hpp>
#include <string>
#include <vector>

/// Kept pixels as those see them who lay out their work on the host.

namespace glint::impl {

template <class ExecutionSpace>
std::vector<int> download_indices(const ExecutionSpace& space, const std::string& label,
                                  const Vector<int, typename ExecutionSpace::memory_space>& from) {
  std::vector<int> values(from.extent(0));
  copy(space,
       Kokkos::View<int*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           values.data(), values.size()),
       from);
  compat::fence(space, label);
  return values;
}

template <class ExecutionSpace>
Vector<int, typename ExecutionSpace::memory_space> upload_indices(const ExecutionSpace& space,
                                                                  const std::string& label,
                                                                  const std::vector<int>& values) {
  return upload<int>(space, label, std::vector<double>(values.begin(), values.end()));
}

/// Pixels counted from the corner of the smallest rectangle that holds them.
struct PixelRectangle {
  int height = 0, width = 0;
  int first_row = 0, first_column = 0;  ///< the corner in the frame
  std::vector<int> row, column;         ///< (M) in the rectangle
};

/// Reads the pixels once. Throws Error, naming `user`, when there is no pixel, one lies outside the
/// frame, or they are not in row-major order. Synchronous. Cost: O(M).
template <class ExecutionSpace>
PixelRectangle read_rectangle(const ExecutionSpace& space,
                              const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                              const char* user) {
  validate(pixels.grid);
  GLINT_EXPECTS(pixels.size() > 0, user, ": there is no image pixel");
  GLINT_EXPECTS(pixels.column.extent(0) == pixels.size(), user, ": ", pixels.size(),
                " pixels have rows and ", pixels.column.extent(0), " columns");
  PixelRectangle to;
  to.row = download_indices(space, "glint::SkyPixels::row", pixels.row);
  to.column = download_indices(space, "glint::SkyPixels::column", pixels.column);
  auto &row = to.row, &column = to.column;
  const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
  for (std::size_t m = 0; m < row.size(); ++m) {
    GLINT_EXPECTS(row[m] >= 0 && row[m] < ny && column[m] >= 0 && column[m] < nx, user, ": pixel ",
                  m, " at row ", row[m], ", column ", column[m], " lies outside the frame of ", ny,
                  " x ", nx);
    GLINT_EXPECTS(
        m == 0 || row[m - 1] < row[m] || (row[m - 1] == row[m] && column[m - 1] < column[m]), user,
        ": pixel ", m, " does not follow pixel ", m - 1, " in row-major order");
  }
  to.first_row = row.front();
  to.first_column = *std::min_element(column.begin(), column.end());
  to.height = row.back() - to.first_row + 1;
  to.width = *std::max_element(column.begin(), column.end()) - to.first_column + 1;
  for (int& y : row) y -= to.first_row;
  for (int& x : column) x -= to.first_column;
  return to;
}

}  // namespace glint::impl

#endif
