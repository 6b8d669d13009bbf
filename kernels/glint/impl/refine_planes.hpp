// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_REFINE_PLANES_HPP
#define GLINT_IMPL_REFINE_PLANES_HPP

#include <glint/impl/refine_levels.hpp>
#include <glint/impl/rule_planes.hpp>

/// Images of many profiles by refinement, each profile on its own.

namespace glint::impl {

/// Adds one profile to the sum, a pixel at a time, and stores the sum after the plane's last one.
template <class ExecutionSpace, class T>
struct AddRefined {
  Vector<double, typename ExecutionSpace::memory_space> cells, total;
  StridedOutput<T***, ExecutionSpace> planes;
  std::size_t plane, block;
  bool first, last;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t nx = planes.extent(2), row = index / nx, column = index % nx;
    double sum = first ? 0.0 : total(index);
    for (std::size_t a = 0; a < block; ++a)
      for (std::size_t b = 0; b < block; ++b)
        sum += cells((row * block + a) * nx * block + column * block + b);
    total(index) = sum;
    if (last) planes(plane, row, column) = static_cast<T>(sum);
  }
};

/// Adds the cells that a refinement left above its goal: at every level those beyond the share that
/// was split, at the deepest one all.
template <class ExecutionSpace>
struct CountUnmet {
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> imprecise, unmet;
  std::uint64_t split;
  bool first;

  KOKKOS_FUNCTION void operator()(int) const {
    std::uint64_t sum = first ? 0 : unmet(0);
    const std::size_t levels = imprecise.extent(0);
    for (std::size_t k = 0; k < levels; ++k) {
      const std::uint64_t left = k + 1 == levels ? 0 : split;
      sum += imprecise(k) > left ? imprecise(k) - left : 0;
    }
    unmet(0) = sum;
  }
};

template <class ExecutionSpace>
void reserve_refinement(const ExecutionSpace& space, const PixelGrid& grid, std::size_t pixels,
                        const RefinementOptions& options,
                        PixelWorkspace<ExecutionSpace>& workspace) {
  Refinement<ExecutionSpace>& refinement = workspace.refinement;
  const std::size_t cells = GridCells(grid, options.base_oversample).count();
  RefinementOptions kept = refinement.options;
  kept.precision = options.precision;  // no array depends on it
  if (refinement.cells() != cells || !(kept == options))
    refinement = make_refinement(space, cells, options);
  refinement.options = options;
  if (workspace.total.extent(0) < pixels)
    workspace.total = allocate<Vector<double, typename ExecutionSpace::memory_space>>(
        space, "glint::prepare_refinement::total", pixels);
  if (workspace.unmet.extent(0) == 0)
    workspace.unmet = allocate<Vector<std::uint64_t, typename ExecutionSpace::memory_space>>(
        space, "glint::prepare_refinement::unmet", 1);
}

/// As rule_planes(), cells refined; options.base_oversample of them along a pixel of the frame.
template <class ExecutionSpace, class Indexed, class T>
void refine_planes(const ExecutionSpace& space, const std::string& label, const PixelGrid& grid,
                   const Indexed& f, const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane, int block, const RefinementOptions& options,
                   PixelWorkspace<ExecutionSpace>& workspace) {
  const std::size_t pixels = planes.extent(1) * planes.extent(2);
  reserve_refinement(space, grid, pixels, options, workspace);
  const Refinement<ExecutionSpace>& refinement = workspace.refinement;
  const GridCells cells(grid, options.base_oversample);
  const std::size_t profiles = planes.extent(0) * profiles_per_plane;
  for (std::size_t p = 0; p < profiles; ++p) {
    refine_levels(space, OfProfile<Indexed>{f, p}, cells, refinement);
    fold_levels(space, refinement);
    const std::size_t place = p % profiles_per_plane;
    Kokkos::parallel_for(
        label, range(space, pixels),
        AddRefined<ExecutionSpace, T>{refinement.initial, workspace.total, planes,
                                      p / profiles_per_plane, static_cast<std::size_t>(block),
                                      place == 0, place + 1 == profiles_per_plane});
    Kokkos::parallel_for(label, range(space, 1),
                         CountUnmet<ExecutionSpace>{refinement.imprecise, workspace.unmet,
                                                    refinement.split(), p == 0});
  }
}

}  // namespace glint::impl

#endif
