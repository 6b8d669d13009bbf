// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INTEGRATE_HPP
#define GLINT_INTEGRATE_HPP

#include <glint/impl/integrate_cells.hpp>

/// Integrals of any brightness over square cells by quadrature rules.
///
/// `f(i, j)` is a functor callable on the device with row and column coordinates in pixels (double,
/// 0 at the image centre) that returns the brightness per pixel area, double or float. Cells are
/// given by their centres: lists `i` and `j` of equal length C, rank 1. Outputs have one value per
/// cell, float or double, any layout; sums are kept in double.
///
/// All functions here are asynchronous on `space`, allocate nothing and throw Error on shapes that
/// do not fit. Rules come from device_rules.hpp: make them once.

namespace glint {

/// Which cells: of side 1 / (base_oversample oversample^level) pixels.
struct CellLevel {
  int level = 0;            ///< 0 to 40
  int oversample = 3;       ///< a cell of the next level is 1/oversample as wide; 2 to 33
  int base_oversample = 1;  ///< cells per pixel and axis at level 0; 1 to 1000
};

/// Throws Error unless every member has a legal value.
inline void validate(const CellLevel& cells) {
  GLINT_EXPECTS(cells.level >= 0 && cells.level <= 40, "the level of the cells must lie in 0 to ",
                "40, not ", cells.level);
  GLINT_EXPECTS(cells.oversample >= 2 && cells.oversample <= 33,
                "the oversampling from level to level must lie in 2 to 33, not ", cells.oversample);
  GLINT_EXPECTS(cells.base_oversample >= 1 && cells.base_oversample <= 1000,
                "the base oversampling must lie in 1 to 1000, not ", cells.base_oversample);
}

/// base_oversample oversample^level, the number of cells along a pixel's side.
inline double cells_per_pixel(const CellLevel& cells) {
  double count = cells.base_oversample;
  for (int k = 0; k < cells.level; ++k) count *= cells.oversample;
  return count;
}

/// Lists the cells of a frame whose pixels are cut into oversample x oversample, row by row:
/// `i` and `j` of length C = oversample NY x oversample NX, in pixels from the image centre.
template <class ExecutionSpace, class RowView, class ColumnView>
void pixel_centres(const ExecutionSpace& space, const PixelGrid& grid, const RowView& i,
                   const ColumnView& j, int oversample = 1) {
  validate(grid);
  validate(CellLevel{0, 3, oversample});
  const impl::GridCells cells(grid, oversample);
  expect_shape("pixel_centres", "list of row coordinates", i,
               std::array<std::size_t, 1>{cells.count()});
  expect_shape("pixel_centres", "list of column coordinates", j,
               std::array<std::size_t, 1>{cells.count()});
  const auto rows = strided_output<ExecutionSpace>(i);
  const auto columns = strided_output<ExecutionSpace>(j);
  Kokkos::parallel_for(
      "glint::pixel_centres::cells", range(space, cells.count()),
      impl::ListCentres<impl::GridCells, decltype(rows), decltype(columns)>{cells, rows, columns});
}

/// Flux in cells of side 1/oversample by the tensor product of a rule: offsets node/(2 oversample),
/// weights weight/(2 oversample) per axis, the first axis slow. Cost: C order^2 evaluations.
template <class ExecutionSpace, class Function, class RowView, class ColumnView, class ValueView>
void integrate_pixels(const ExecutionSpace& space, const Function& f, const RowView& i,
                      const ColumnView& j,
                      const DeviceRule<typename ExecutionSpace::memory_space>& rule,
                      const ValueView& values, int oversample = 1) {
  validate(CellLevel{0, 3, oversample});
  const auto cells = impl::listed_cells<ExecutionSpace>("integrate_pixels", i, j);
  expect_shape("integrate_pixels", "list of values", values,
               std::array<std::size_t, 1>{cells.count()});
  const auto output = strided_output<ExecutionSpace>(values);
  Kokkos::parallel_for(
      "glint::integrate_pixels::tensor", range(space, cells.count()),
      impl::IntegrateTensor<Function, std::decay_t<decltype(cells)>,
                            DeviceRule<typename ExecutionSpace::memory_space>, decltype(output)>{
          f, cells, rule, 0.5 / oversample, output});
}

/// Flux in the whole pixels about (i, j) by any set of nodes: sum weight[k] f(i + di[k], j +
/// dj[k]). Cost: C evaluations per node.
template <class ExecutionSpace, class Function, class RowView, class ColumnView, class ValueView>
void integrate_pixels(const ExecutionSpace& space, const Function& f, const RowView& i,
                      const ColumnView& j,
                      const DeviceNodes<typename ExecutionSpace::memory_space>& nodes,
                      const ValueView& values) {
  const auto cells = impl::listed_cells<ExecutionSpace>("integrate_pixels", i, j);
  expect_shape("integrate_pixels", "list of values", values,
               std::array<std::size_t, 1>{cells.count()});
  const auto output = strided_output<ExecutionSpace>(values);
  Kokkos::parallel_for(
      "glint::integrate_pixels::nodes", range(space, cells.count()),
      impl::IntegrateNodes<Function, std::decay_t<decltype(cells)>,
                           DeviceNodes<typename ExecutionSpace::memory_space>, decltype(output)>{
          f, cells, nodes, output});
}

/// Both rules of a nested pair from the samples of the larger one: for G7/K15 225 evaluations per
/// pixel, of which 49 serve twice.
template <class ExecutionSpace, class Function, class RowView, class ColumnView, class KronrodView,
          class GaussView>
void integrate_pixels(const ExecutionSpace& space, const Function& f, const RowView& i,
                      const ColumnView& j,
                      const DeviceNestedNodes<typename ExecutionSpace::memory_space>& nodes,
                      const KronrodView& kronrod, const GaussView& gauss) {
  const auto cells = impl::listed_cells<ExecutionSpace>("integrate_pixels", i, j);
  const std::array<std::size_t, 1> count{cells.count()};
  expect_shape("integrate_pixels", "list of Kronrod values", kronrod, count);
  expect_shape("integrate_pixels", "list of Gauss values", gauss, count);
  const auto outer = strided_output<ExecutionSpace>(kronrod);
  const auto inner = strided_output<ExecutionSpace>(gauss);
  Kokkos::parallel_for(
      "glint::integrate_pixels::nested", range(space, cells.count()),
      impl::IntegrateNested<Function, std::decay_t<decltype(cells)>,
                            DeviceNestedNodes<typename ExecutionSpace::memory_space>,
                            decltype(outer), decltype(inner)>{f, cells, nodes, outer, inner});
}

/// Flux in cells of side 1/(base_oversample oversample^level) with an estimate of its error:
///   value = (B + C) / 2,   error = max(|B - A|, |B - C|),
/// A and B the tensor Gauss-Legendre rules with order - 1 and `order` nodes, C the Clenshaw-Curtis
/// rule with `order` nodes. Not a bound. NaN where f is. Cost: 22 evaluations per cell at order 3.
template <class ExecutionSpace, class Function, class RowView, class ColumnView, class ValueView,
          class ErrorView>
void integrate_with_error(const ExecutionSpace& space, const Function& f, const RowView& i,
                          const ColumnView& j,
                          const DeviceErrorRules<typename ExecutionSpace::memory_space>& rules,
                          const ValueView& values, const ErrorView& errors,
                          const CellLevel& level = {}) {
  validate(level);
  const auto cells = impl::listed_cells<ExecutionSpace>("integrate_with_error", i, j);
  const std::array<std::size_t, 1> count{cells.count()};
  expect_shape("integrate_with_error", "list of values", values, count);
  expect_shape("integrate_with_error", "list of errors", errors, count);
  const auto value = strided_output<ExecutionSpace>(values);
  const auto error = strided_output<ExecutionSpace>(errors);
  Kokkos::parallel_for(
      "glint::integrate_with_error::cells", range(space, cells.count()),
      impl::IntegrateWithError<Function, std::decay_t<decltype(cells)>,
                               DeviceErrorRules<typename ExecutionSpace::memory_space>,
                               decltype(value), decltype(error)>{
          f, cells, rules, 0.5 / cells_per_pixel(level), value, error});
}

/// Centres of the children of cells of the level before `level`: the oversample x oversample
/// children of cell (i, j) lie at offsets ((m + 1/2)/oversample - 1/2) times the parent's side.
/// Outputs of length C oversample^2, parent by parent, then by row, then by column; level >= 1.
template <class ExecutionSpace, class RowView, class ColumnView, class ChildRowView,
          class ChildColumnView>
void oversample_pixels(const ExecutionSpace& space, const RowView& i, const ColumnView& j,
                       const ChildRowView& child_i, const ChildColumnView& child_j,
                       const CellLevel& level) {
  validate(level);
  GLINT_EXPECTS(level.level >= 1,
                "oversample_pixels: the children's level must be at least 1, not ", level.level);
  const auto parents = impl::listed_cells<ExecutionSpace>("oversample_pixels", i, j);
  const auto factor = static_cast<std::size_t>(level.oversample);
  const std::array<std::size_t, 1> count{parents.count() * factor * factor};
  expect_shape("oversample_pixels", "list of the children's row coordinates", child_i, count);
  expect_shape("oversample_pixels", "list of the children's column coordinates", child_j, count);
  const auto rows = strided_output<ExecutionSpace>(child_i);
  const auto columns = strided_output<ExecutionSpace>(child_j);
  Kokkos::parallel_for(
      "glint::oversample_pixels::children", range(space, count[0]),
      impl::SplitCells<std::decay_t<decltype(parents)>, decltype(rows), decltype(columns)>{
          parents, cells_per_pixel(level) / level.oversample, factor, rows, columns});
}

}  // namespace glint

#endif
