// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REFINE_HPP
#define GLINT_REFINE_HPP

#include <glint/impl/refine_levels.hpp>
#include <glint/refinement.hpp>

/// Refinement by share and depth: the cells with the largest error estimates are split, level by
/// level. A second opinion on the boundary form, not a guarantee: a fixed share of the cells is
/// split and the depth is limited, so cells may stay above the goal; refinement_log() says so.

namespace glint {

/// Level 0 integrates all cells with an error estimate (integrate_with_error()). Level k splits the
/// m = int(frac_refine * cells) cells of level k - 1 with the largest estimates, ties going to the
/// lower index and NaN last, into oversample x oversample children each. Levels end when no
/// estimate exceeds `precision` or at k_max.
///
/// `f(i, j)`: brightness, a device functor as in integrate.hpp; `i`, `j`: centres of the cells, of
/// side 1/base_oversample; `refinement`: made for that number of cells. Fills its index lists,
/// values and counts. Everything is decided on the device: asynchronous on `space`, allocates
/// nothing. Throws Error when the cells differ in number.
/// Cost: 2 order^2 + (order - 1)^2 evaluations per cell and level, and per level 8 passes over the
/// estimates to select the largest.
template <class ExecutionSpace, class Function, class RowView, class ColumnView>
void prepare_refinement(const ExecutionSpace& space, const Function& f, const RowView& i,
                        const ColumnView& j, const Refinement<ExecutionSpace>& refinement) {
  impl::refine_levels(space, f, impl::listed_cells<ExecutionSpace>("prepare_refinement", i, j),
                      refinement);
}

/// The same for all cells of a frame: its pixels, each cut into base_oversample x base_oversample,
/// row by row.
template <class ExecutionSpace, class Function>
void prepare_refinement(const ExecutionSpace& space, const Function& f, const PixelGrid& grid,
                        const Refinement<ExecutionSpace>& refinement) {
  validate(grid);
  impl::refine_levels(space, f, impl::GridCells(grid, refinement.options.base_oversample),
                      refinement);
}

/// Puts the refined values in the place of the coarse ones: from the deepest level up, the sum of a
/// split cell's children replaces its value. `values`: one per cell of level 0, of rank 1 or an
/// image of as many pixels (row-major), float or double, any layout.
/// Asynchronous on `space`, allocates nothing; may be repeated. Throws Error on another size.
template <class ExecutionSpace, class ValueView>
void apply_refinement(const ExecutionSpace& space, const Refinement<ExecutionSpace>& refinement,
                      const ValueView& values) {
  GLINT_EXPECTS(values.size() == refinement.cells(), "apply_refinement: values has shape ",
                shape_text(shape_of(values)), " where ", refinement.cells(),
                " elements are needed");
  impl::fold_levels(space, refinement);
  const auto output = impl::cell_output<ExecutionSpace>(values);
  Kokkos::parallel_for(
      "glint::apply_refinement::values", range(space, refinement.cells()),
      impl::StoreCells<ExecutionSpace, std::decay_t<decltype(output)>>{refinement.initial, output});
}

/// One level of a refinement as it went.
struct RefinementLevel {
  int level = 0;
  std::size_t cells = 0;      ///< evaluated
  std::size_t imprecise = 0;  ///< of them with an estimate above `precision`
  double max_error = 0.0;     ///< largest estimate, NaN left out
};

/// What prepare_refinement() did, level by level, the deepest one reached last. Synchronous.
template <class ExecutionSpace>
std::vector<RefinementLevel> refinement_log(const ExecutionSpace& space,
                                            const Refinement<ExecutionSpace>& refinement) {
  const std::size_t levels = refinement.imprecise.extent(0);
  std::vector<std::uint64_t> imprecise(levels);
  std::vector<double> largest(levels);
  copy(space, impl::HostNumbers<std::uint64_t>(imprecise.data(), levels), refinement.imprecise);
  copy(space, impl::HostNumbers<double>(largest.data(), levels), refinement.largest);
  compat::fence(space, "glint::refinement_log::read_back");
  std::vector<RefinementLevel> log;
  for (std::size_t k = 0; k < levels && (k == 0 || imprecise[k - 1] > 0); ++k)
    log.push_back({static_cast<int>(k), k ? refinement.children() : refinement.cells(),
                   static_cast<std::size_t>(imprecise[k]), largest[k] > 0.0 ? largest[k] : 0.0});
  return log;
}

/// Cells left as they are although their estimate exceeds `precision`: at every level those beyond
/// the share that is split, at the deepest one all.
template <class ExecutionSpace>
std::size_t unmet_cells(const Refinement<ExecutionSpace>& refinement,
                        const std::vector<RefinementLevel>& log) {
  std::size_t unmet = 0;
  for (const RefinementLevel& level : log) {
    const std::size_t split = &level == &log.back() ? 0 : refinement.split();
    unmet += level.imprecise > split ? level.imprecise - split : 0;
  }
  return unmet;
}

}  // namespace glint

#endif
