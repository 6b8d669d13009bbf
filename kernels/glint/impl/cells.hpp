// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CELLS_HPP
#define GLINT_IMPL_CELLS_HPP

#include <glint/checks.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/views.hpp>

/// Square cells as kernels see them: cell(c) has its centre at row coordinate i(c) and column
/// coordinate j(c), in pixels from the image centre.

namespace glint::impl {

/// Cells whose centres are listed.
template <class ExecutionSpace>
struct ListedCells {
  using List =
      Kokkos::View<const double*, Kokkos::LayoutStride, typename ExecutionSpace::memory_space,
                   Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  List rows, columns;

  KOKKOS_FORCEINLINE_FUNCTION double i(std::size_t c) const { return rows(c); }
  KOKKOS_FORCEINLINE_FUNCTION double j(std::size_t c) const { return columns(c); }
  std::size_t count() const { return rows.extent(0); }
};

/// All cells of a frame whose pixels are cut into `oversample` x `oversample`, row-major.
struct GridCells {
  std::size_t ny, nx;  ///< in cells
  double oversample;

  GridCells(const PixelGrid& grid, int factor)
      : ny(grid.ny * static_cast<std::size_t>(factor)),
        nx(grid.nx * static_cast<std::size_t>(factor)),
        oversample(factor) {}

  KOKKOS_FORCEINLINE_FUNCTION double i(std::size_t c) const {
    return PixelGrid{ny, nx}.y_centre(static_cast<double>(c / nx)) / oversample;
  }
  KOKKOS_FORCEINLINE_FUNCTION double j(std::size_t c) const {
    return PixelGrid{ny, nx}.x_centre(static_cast<double>(c % nx)) / oversample;
  }
  std::size_t count() const { return ny * nx; }
};

/// The caller's lists of centres. Throws Error when they differ in length.
template <class ExecutionSpace, class RowView, class ColumnView>
ListedCells<ExecutionSpace> listed_cells(const char* function, const RowView& i,
                                         const ColumnView& j) {
  static_assert(
      Kokkos::SpaceAccessibility<ExecutionSpace, typename RowView::memory_space>::accessible &&
          Kokkos::SpaceAccessibility<ExecutionSpace, typename ColumnView::memory_space>::accessible,
      "glint: the cells must be accessible from the execution space");
  expect_shape(function, "list of column coordinates", j, std::array<std::size_t, 1>{i.extent(0)});
  using List = typename ListedCells<ExecutionSpace>::List;
  return {List(i.data(), stride_layout(i)), List(j.data(), stride_layout(j))};
}

/// An output of one value per cell, of rank 1 or a row-major image of rank 2.
template <class T, class ExecutionSpace>
struct CellOutput {
  StridedOutput<T**, ExecutionSpace> view;  ///< one row for rank 1

  KOKKOS_FORCEINLINE_FUNCTION T& operator()(std::size_t c) const {
    return view(c / view.extent(1), c % view.extent(1));
  }
};

template <class ExecutionSpace, class View>
auto cell_output(const View& view) {
  using T = typename View::non_const_value_type;
  const auto strided = strided_output<ExecutionSpace>(view);
  if constexpr (compat::rank_v<View> == 1) {
    const Kokkos::LayoutStride row(1, 0, strided.extent(0), strided.stride(0));
    return CellOutput<T, ExecutionSpace>{StridedOutput<T**, ExecutionSpace>(strided.data(), row)};
  } else {
    return CellOutput<T, ExecutionSpace>{strided};
  }
}

}  // namespace glint::impl

#endif
