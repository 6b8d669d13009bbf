// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RULE_PLANES_HPP
#define GLINT_IMPL_RULE_PLANES_HPP

#include <glint/impl/integrate_cells.hpp>
#include <glint/pixel_workspace.hpp>

/// Images of many profiles by one tensor rule. `f(p, i, j)` is the brightness of profile p.

namespace glint::impl {

/// f of one profile.
template <class Indexed>
struct OfProfile {
  static constexpr bool evaluates_many = evaluates_many_v<Indexed>;
  Indexed f;
  std::size_t p;

  KOKKOS_FORCEINLINE_FUNCTION double operator()(double i, double j) const {
    return static_cast<double>(f(p, i, j));
  }
  KOKKOS_FORCEINLINE_FUNCTION void values(const double* i, const double* j, double* out) const {
    f.values(p, i, j, out);
  }
};

/// One pixel of one plane: block x block cells, all profiles of the plane.
template <class ExecutionSpace, class Indexed, class T>
struct RulePlanes {
  Indexed f;
  GridCells cells;
  std::size_t block;
  DeviceRule<typename ExecutionSpace::memory_space> rule;
  StridedOutput<T***, ExecutionSpace> planes;
  std::size_t profiles_per_plane;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t nx = cells.nx / block, ny = cells.ny / block;
    const std::size_t column = index % nx, row = index / nx % ny, plane = index / (nx * ny);
    const double half = 0.5 / cells.oversample;
    const std::size_t first = plane * profiles_per_plane;
    double total = 0.0;
    for (std::size_t p = first; p < first + profiles_per_plane; ++p)
      for (std::size_t a = 0; a < block; ++a)
        for (std::size_t b = 0; b < block; ++b) {
          const std::size_t c = (row * block + a) * cells.nx + column * block + b;
          total += tensor_integral(OfProfile<Indexed>{f, p}, rule, cells.i(c), cells.j(c), half);
        }
    planes(plane, row, column) = static_cast<T>(total);
  }
};

/// A rule in the space's memory, kept for the next call.
template <class ExecutionSpace>
const auto& device_rule(const ExecutionSpace& space, RuleKind kind, int order,
                        PixelWorkspace<ExecutionSpace>& workspace) {
  if (workspace.rule.order != order || workspace.rule_kind != kind) {
    workspace.rule = to_space(space, make_rule(kind, order));
    workspace.rule_kind = kind;
  }
  return workspace.rule;
}

/// Planes of a frame whose pixels are cut into oversample x oversample cells, `block` x `block` of
/// which make a pixel of the output.
template <class ExecutionSpace, class Indexed, class T>
void rule_planes(const ExecutionSpace& space, const std::string& label, const PixelGrid& grid,
                 const Indexed& f, const StridedOutput<T***, ExecutionSpace>& planes,
                 std::size_t profiles_per_plane, int oversample, int block, RuleKind kind,
                 int order, PixelWorkspace<ExecutionSpace>& workspace) {
  Kokkos::parallel_for(label, range(space, planes.size()),
                       RulePlanes<ExecutionSpace, Indexed, T>{
                           f, GridCells(grid, oversample), static_cast<std::size_t>(block),
                           device_rule(space, kind, order, workspace), planes, profiles_per_plane});
}

}  // namespace glint::impl

#endif
