// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PIXEL_WORKSPACE_HPP
#define GLINT_PIXEL_WORKSPACE_HPP

#include <glint/refinement.hpp>

namespace glint {

/// Device memory of images made by rules and by refinement. Hand the same one to every call:
/// nothing is allocated as long as sizes and options stay.
template <class ExecutionSpace>
struct PixelWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  DeviceRule<Memory> rule;
  RuleKind rule_kind = RuleKind::gauss_legendre;  ///< which rule it is
  Refinement<ExecutionSpace> refinement;
  Vector<double, Memory> total;         ///< sum over the profiles so far, one per pixel
  Vector<std::uint64_t, Memory> unmet;  ///< (1): cells above the goal, of all profiles
};

/// Cells that the last refinement with this workspace left above its goal, summed over all
/// profiles; 0 before the first. Synchronous.
template <class ExecutionSpace>
std::size_t unmet_cells(const ExecutionSpace& space,
                        const PixelWorkspace<ExecutionSpace>& workspace) {
  std::uint64_t unmet = 0;
  if (workspace.unmet.extent(0) == 0) return 0;
  copy(
      space,
      Kokkos::View<std::uint64_t*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
          &unmet, 1),
      workspace.unmet);
  compat::fence(space, "glint::unmet_cells::read_back");
  return static_cast<std::size_t>(unmet);
}

}  // namespace glint

#endif
