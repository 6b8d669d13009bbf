// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/nufft/spread_device.hpp>
#include <glint/impl/nufft/spread_host.hpp>

namespace glint::impl {
namespace {

template <class ExecutionSpace, int Width>
void spread_on_host(const ExecutionSpace& space, const std::string& label, const SpreadTask& task) {
  // Tiles differ in their number of points.
  using Policy = Kokkos::RangePolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>, int>;
  Kokkos::parallel_for(label, Policy(space, 0, task.tiles_of_colour()),
                       SpreadOnHost<ExecutionSpace, Width>{task});
}

template <class ExecutionSpace, int Width = narrowest_window>
void spread_by_width(const ExecutionSpace& space, const std::string& label,
                     const SpreadTask& task) {
  if constexpr (Width <= widest_window) {
    if (task.width == Width)
      spread_on_host<ExecutionSpace, Width>(space, label, task);
    else
      spread_by_width<ExecutionSpace, Width + 2>(space, label, task);
  }
}

}  // namespace

template <class ExecutionSpace>
void spread_points(const ExecutionSpace& space, const std::string& function, SpreadTask task) {
  const std::string label = function + "::spread";
  for (task.colour = 0; task.colour < 4; ++task.colour) {
    const int tiles = task.tiles_of_colour();
    if (tiles == 0) continue;
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      spread_by_width(space, label, task);
    } else {
      using Spread = SpreadOnDevice<ExecutionSpace>;
      Kokkos::TeamPolicy<ExecutionSpace> policy(space, tiles, int(Spread::threads));
      constexpr std::size_t alignment = 64;  // what get_shmem_aligned may skip
      policy.set_scratch_size(0, Kokkos::PerTeam(Spread::scratch_bytes() + alignment));
      Kokkos::parallel_for(label, policy, Spread{task});
    }
  }
}

#define GLINT_INSTANTIATE(Space) \
  template void spread_points<Space>(const Space&, const std::string&, SpreadTask);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
