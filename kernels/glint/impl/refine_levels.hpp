// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_REFINE_LEVELS_HPP
#define GLINT_IMPL_REFINE_LEVELS_HPP

#include <glint/impl/integrate_cells.hpp>
#include <glint/impl/select_largest.hpp>
#include <glint/region.hpp>

/// The levels of a refinement, launched without asking the device how it went: a level that is not
/// needed costs its launches and no evaluation.

namespace glint::impl {

template <class T>
using HostNumbers =
    Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;

/// Level 0.
template <class ExecutionSpace, class Function, class Cells>
struct CoarseCells {
  using Memory = typename ExecutionSpace::memory_space;
  Function f;
  Cells cells;
  DeviceErrorRules<Memory> rules;
  double half;
  Vector<double, Memory> values, errors;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    const ValueAndError result = error_estimate(f, rules, cells.i(c), cells.j(c), half);
    values(c) = result.value;
    errors(c) = result.error;
  }
};

/// Centres kept from a level; its cells are this many per pixel.
template <class ExecutionSpace>
struct KeptCells {
  Cube<double, typename ExecutionSpace::memory_space> centres;
  int slot;

  KOKKOS_FORCEINLINE_FUNCTION double i(std::size_t c) const { return centres(slot, 0, c); }
  KOKKOS_FORCEINLINE_FUNCTION double j(std::size_t c) const { return centres(slot, 1, c); }
};

/// Level k >= 1: the children of the cells listed in row k - 1 of the index.
template <class ExecutionSpace, class Function, class Parents>
struct SplitAndEvaluate {
  using Memory = typename ExecutionSpace::memory_space;
  Function f;
  Parents parents;
  DeviceErrorRules<Memory> rules;
  double parents_per_pixel;
  std::size_t factor;
  int level;
  Matrix<std::int32_t, Memory> index;
  Vector<std::uint64_t, Memory> imprecise;
  Cube<double, Memory> centres;
  Matrix<double, Memory> refined;
  Vector<double, Memory> errors;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    if (imprecise(level - 1) == 0) return;
    const std::size_t child = c % (factor * factor);
    const auto parent = static_cast<std::size_t>(index(level - 1, c / (factor * factor)));
    const double i = parents.i(parent) + child_offset(child / factor, factor, parents_per_pixel);
    const double j = parents.j(parent) + child_offset(child % factor, factor, parents_per_pixel);
    const double half = 0.5 / (parents_per_pixel * static_cast<double>(factor));
    const ValueAndError result = error_estimate(f, rules, i, j, half);
    centres(level % 2, 0, c) = i;
    centres(level % 2, 1, c) = j;
    refined(level - 1, c) = result.value;
    errors(c) = result.error;
  }
};

/// Whether an estimate of the level exceeds the goal, and the largest. NaN is neither.
template <class ExecutionSpace>
struct JudgeLevel {
  using Memory = typename ExecutionSpace::memory_space;
  Vector<double, Memory> errors;
  Vector<std::uint64_t, Memory> imprecise;
  int level;
  double precision;

  KOKKOS_FORCEINLINE_FUNCTION bool needed() const { return level == 0 || imprecise(level - 1) > 0; }
  KOKKOS_FUNCTION void operator()(std::size_t c, std::uint64_t& count) const {
    if (needed() && errors(c) > precision) ++count;
  }
};

template <class ExecutionSpace>
struct LargestOfLevel {
  JudgeLevel<ExecutionSpace> level;

  KOKKOS_FUNCTION void operator()(std::size_t c, double& largest) const {
    if (level.needed() && level.errors(c) > largest) largest = level.errors(c);
  }
};

template <class ExecutionSpace>
void judge_level(const ExecutionSpace& space, const Refinement<ExecutionSpace>& r, int level,
                 std::size_t count) {
  using Memory = typename ExecutionSpace::memory_space;
  const JudgeLevel<ExecutionSpace> judge{r.errors, r.imprecise, level, r.options.precision};
  Kokkos::parallel_reduce("glint::prepare_refinement::imprecise", range(space, count), judge,
                          Kokkos::View<std::uint64_t, Memory>(Kokkos::subview(r.imprecise, level)));
  Kokkos::parallel_reduce(
      "glint::prepare_refinement::largest", range(space, count),
      LargestOfLevel<ExecutionSpace>{judge},
      Kokkos::Max<double, Memory>(Kokkos::View<double, Memory>(Kokkos::subview(r.largest, level))));
}

template <class ExecutionSpace, class Function, class Cells>
void refine_levels(const ExecutionSpace& space, const Function& f, const Cells& cells,
                   const Refinement<ExecutionSpace>& r) {
  const ScopedRegion region("glint::prepare_refinement");
  GLINT_EXPECTS(cells.count() == r.cells(), "prepare_refinement: there are ", cells.count(),
                " cells where the refinement was made for ", r.cells());
  double per_pixel = r.options.base_oversample;
  Kokkos::parallel_for("glint::prepare_refinement::coarse", range(space, cells.count()),
                       CoarseCells<ExecutionSpace, Function, Cells>{
                           f, cells, r.rules, 0.5 / per_pixel, r.initial, r.errors});
  judge_level(space, r, 0, cells.count());
  const auto factor = static_cast<std::size_t>(r.options.oversample);
  const auto split = [&](const auto& parents, int level) {
    Kokkos::parallel_for(
        "glint::prepare_refinement::split", range(space, r.children()),
        SplitAndEvaluate<ExecutionSpace, Function, std::decay_t<decltype(parents)>>{
            f, parents, r.rules, per_pixel, factor, level, r.index, r.imprecise, r.centres,
            r.refined, r.errors});
  };
  for (int level = 1; level <= static_cast<int>(r.index.extent(0)); ++level) {
    select_largest(space, r, level - 1, level == 1 ? r.cells() : r.children());
    if (level == 1)
      split(cells, level);
    else
      split(KeptCells<ExecutionSpace>{r.centres, (level - 1) % 2}, level);
    per_pixel *= r.options.oversample;
    judge_level(space, r, level, r.children());
  }
}

/// The sum of each split cell's children in the cell's place.
template <class ExecutionSpace, class Parents>
struct FoldLevel {
  using Memory = typename ExecutionSpace::memory_space;
  Matrix<std::int32_t, Memory> index;
  Vector<std::uint64_t, Memory> imprecise;
  Matrix<double, Memory> refined;
  Parents parents;
  std::size_t family;
  int level;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    if (imprecise(level - 1) == 0) return;
    double sum = 0.0;
    for (std::size_t c = s * family; c < (s + 1) * family; ++c) sum += refined(level - 1, c);
    parents(index(level - 1, s)) = sum;
  }
};

/// From the deepest level up, into r.initial. The same again when repeated.
template <class ExecutionSpace>
void fold_levels(const ExecutionSpace& space, const Refinement<ExecutionSpace>& r) {
  const ScopedRegion region("glint::apply_refinement");
  const auto family = static_cast<std::size_t>(r.options.oversample * r.options.oversample);
  for (int level = static_cast<int>(r.index.extent(0)); level > 0; --level) {
    const auto fold = [&](const auto& parents) {
      Kokkos::parallel_for("glint::apply_refinement::fold", range(space, r.split()),
                           FoldLevel<ExecutionSpace, std::decay_t<decltype(parents)>>{
                               r.index, r.imprecise, r.refined, parents, family, level});
    };
    if (level == 1)
      fold(r.initial);
    else
      fold(Vector<double, typename ExecutionSpace::memory_space>(
          Kokkos::subview(r.refined, level - 2, Kokkos::ALL())));
  }
}

template <class ExecutionSpace, class Output>
struct StoreCells {
  Vector<double, typename ExecutionSpace::memory_space> values;
  Output output;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    output(c) = static_cast<std::decay_t<decltype(output(c))>>(values(c));
  }
};

}  // namespace glint::impl

#endif
