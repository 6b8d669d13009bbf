// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/nufft/interpolate.hpp>

namespace glint::impl {
namespace {

template <class ExecutionSpace, int Width = narrowest_window>
void interpolate_by_width(const ExecutionSpace& space, const std::string& label,
                          const InterpolateTask& task) {
  if constexpr (Width <= widest_window) {
    if (task.width != Width)
      return interpolate_by_width<ExecutionSpace, Width + 2>(space, label, task);
    // Tiles differ in their number of points.
    using Policy = Kokkos::RangePolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>, int>;
    Kokkos::parallel_for(label, Policy(space, 0, task.tiles),
                         InterpolateOnHost<ExecutionSpace, Width>{task});
  }
}

}  // namespace

template <class ExecutionSpace>
void interpolate_points(const ExecutionSpace& space, const std::string& function,
                        const InterpolateTask& task) {
  const std::string label = function + "::interpolate";
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    interpolate_by_width(space, label, task);
  } else {
    using Interpolate = InterpolateOnDevice<ExecutionSpace>;
    const Kokkos::TeamPolicy<ExecutionSpace> policy(space, task.tiles, int(Interpolate::threads));
    Kokkos::parallel_for(label, policy, Interpolate{task});
  }
}

#define GLINT_INSTANTIATE(Space) \
  template void interpolate_points<Space>(const Space&, const std::string&, const InterpolateTask&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
