// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/nufft.hpp>
#include <glint/impl/uv/direct_sums.hpp>
#include <glint/impl/uv/separable_sums.hpp>
#include <glint/impl/uv/weights.hpp>
#include <glint/w_compact.hpp>

namespace glint {

const std::string& kernel_method_name(KernelMethod method) {
  static const std::string names[] = {"automatic", "direct", "separable", "nufft"};
  return names[static_cast<int>(method)];
}

void validate(const KernelOptions& options) {
  GLINT_EXPECTS(options.tolerance >= 1e-15 && options.tolerance <= 0.1,
                "the kernel's tolerance must lie in 1e-15 to 0.1, not ", options.tolerance);
  GLINT_EXPECTS(options.method != KernelMethod::nufft || options.tolerance >= impl::finest_nufft,
                "the kernel's tolerance must lie in 1e-13 to 0.1 for the method 'nufft', not ",
                options.tolerance);
}

namespace {

template <class ExecutionSpace>
struct ToPreload {
  SkyGrid grid;
  StridedInput<const double**, ExecutionSpace> compact;
  StridedOutput<double**, ExecutionSpace> preload;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / (2 * grid.nx), column = index % (2 * grid.nx);
    double value = 0.0;
    if (row != grid.ny && column != grid.nx) {
      const bool below = row < grid.ny;  // D0 >= 0
      // D1 + NX - 1, or -D1 + NX - 1 where D0 < 0.
      const std::size_t right = column < grid.nx ? column + grid.nx - 1 : column - grid.nx - 1;
      value = compact(below ? row : 2 * grid.ny - row, below ? right : 2 * grid.nx - 2 - right);
    }
    preload(row, column) = value;
  }
};

template <class ExecutionSpace>
struct ToCompact {
  SkyGrid grid;
  StridedInput<const double**, ExecutionSpace> preload;
  StridedOutput<double**, ExecutionSpace> compact;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t width = 2 * grid.nx - 1, row = index / width, column = index % width;
    compact(row, column) = preload(row, (column + grid.nx + 1) % (2 * grid.nx));
  }
};

}  // namespace

template <class ExecutionSpace>
void impl::kernel_sum(const ExecutionSpace& space, const SkyGrid& grid,
                      const InputVector<double, ExecutionSpace>& u,
                      const InputVector<double, ExecutionSpace>& v,
                      const InputVector<double, ExecutionSpace>& weights,
                      const StridedOutput<double**, ExecutionSpace>& compact,
                      const KernelOptions& options, KernelWorkspace<ExecutionSpace>& workspace) {
  const KernelMethod method = method_for<ExecutionSpace>(options, grid, {u.extent(0), 1, false});
  if (method == KernelMethod::direct) {
    Kokkos::parallel_for(
        "glint::w_compact::direct", range(space, compact.size()),
        DirectKernel<ExecutionSpace, GivenWeights>{grid, u, v, {weights.data()}, 0, compact, {}});
    return;
  }
  if (method == KernelMethod::nufft) {
    const NufftSpectrum spectrum =
        nufft_sums(space, "glint::w_compact", grid, kernel_nufft_shape(grid, options.tolerance), u,
                   v, GivenWeights{weights.data()}, NoWeights{}, workspace_of(workspace.nufft));
    take_kernel(space, "glint::w_compact", spectrum, 0, grid, compact, {});
    return;
  }
  const double* const sums = separable_sums<false>(space, "glint::w_compact", grid, u, v,
                                                   GivenWeights{weights.data()}, workspace);
  Kokkos::parallel_for("glint::w_compact::merge", range(space, grid.ny * grid.nx),
                       MergeKernel<ExecutionSpace>{sums, compact, {}});
}

template <class ExecutionSpace>
void impl::preload_layout(const ExecutionSpace& space, const SkyGrid& grid,
                          const StridedInput<const double**, ExecutionSpace>& compact,
                          const StridedOutput<double**, ExecutionSpace>& preload) {
  Kokkos::parallel_for("glint::w_preload::layout", range(space, preload.size()),
                       ToPreload<ExecutionSpace>{grid, compact, preload});
}

template <class ExecutionSpace>
void impl::compact_layout(const ExecutionSpace& space, const SkyGrid& grid,
                          const StridedInput<const double**, ExecutionSpace>& preload,
                          const StridedOutput<double**, ExecutionSpace>& compact) {
  Kokkos::parallel_for("glint::compact_from_preload::layout", range(space, compact.size()),
                       ToCompact<ExecutionSpace>{grid, preload, compact});
}

#define GLINT_INSTANTIATE(Space)                                                             \
  template void impl::kernel_sum<Space>(                                                     \
      const Space&, const SkyGrid&, const InputVector<double, Space>&,                       \
      const InputVector<double, Space>&, const InputVector<double, Space>&,                  \
      const StridedOutput<double**, Space>&, const KernelOptions&, KernelWorkspace<Space>&); \
  template void impl::preload_layout<Space>(const Space&, const SkyGrid&,                    \
                                            const StridedInput<const double**, Space>&,      \
                                            const StridedOutput<double**, Space>&);          \
  template void impl::compact_layout<Space>(const Space&, const SkyGrid&,                    \
                                            const StridedInput<const double**, Space>&,      \
                                            const StridedOutput<double**, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
