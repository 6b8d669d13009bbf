// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/uv/direct_sums.hpp>
#include <glint/w_tilde.hpp>

#include "expand_rows.hpp"

namespace glint {
namespace {

/// Pixels i and j, j <= i, of row i per index; W is symmetric to the last bit.
template <class ExecutionSpace>
struct DensePrecision {
  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  InputVector<double, ExecutionSpace> u, v, weights;
  StridedOutput<double**, ExecutionSpace> w;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t i = index / pixels.size(), j = index % pixels.size();
    if (j > i) return;
    const double rows = pixels.row(i) - pixels.row(j),
                 columns = pixels.column(i) - pixels.column(j);
    const double step = pixels.grid.step();
    impl::ExactSum sum;
    for (std::size_t k = 0; k < u.extent(0); ++k)
      sum.add(weights(k) * impl::cosine(impl::Phase::of(step, u(k)).times(columns) -
                                        impl::Phase::of(step, v(k)).times(rows)));
    w(i, j) = w(j, i) = sum.value();
  }
};

template <class ExecutionSpace>
struct ExpandKernel {
  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  StridedInput<const double**, ExecutionSpace> kernel;
  impl::KernelLayout layout;
  StridedOutput<double**, ExecutionSpace> w;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t i = index / pixels.size(), j = index % pixels.size();
    const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
    int rows = pixels.row(i) - pixels.row(j), columns = pixels.column(i) - pixels.column(j);
    if (layout == impl::KernelLayout::preload) {
      w(i, j) = kernel(rows < 0 ? rows + 2 * ny : rows, columns < 0 ? columns + 2 * nx : columns);
      return;
    }
    if (layout == impl::KernelLayout::hankel) {
      rows = pixels.row(i) + pixels.row(j) - (ny - 1);
      columns = pixels.column(i) + pixels.column(j) - (nx - 1);
    }
    const double value =
        rows < 0 ? kernel(-rows, nx - 1 - columns) : kernel(rows, nx - 1 + columns);
    w(i, j) = layout == impl::KernelLayout::hankel ? w(i, j) + value : value;
  }
};

}  // namespace

template <class ExecutionSpace>
void impl::dense_precision(const ExecutionSpace& space,
                           const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                           const InputVector<double, ExecutionSpace>& u,
                           const InputVector<double, ExecutionSpace>& v,
                           const InputVector<double, ExecutionSpace>& weights,
                           const StridedOutput<double**, ExecutionSpace>& w) {
  Kokkos::parallel_for("glint::w_tilde::direct", range(space, w.size()),
                       DensePrecision<ExecutionSpace>{pixels, u, v, weights, w});
}

template <class ExecutionSpace>
void impl::expand_kernel(const ExecutionSpace& space,
                         const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                         const StridedInput<const double**, ExecutionSpace>& kernel,
                         KernelLayout layout, const StridedOutput<double**, ExecutionSpace>& w) {
  const char* label = layout == KernelLayout::compact   ? "glint::w_tilde_from_compact::expand"
                      : layout == KernelLayout::preload ? "glint::w_tilde_from_preload::expand"
                                                        : "glint::add_hankel::expand";
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    if (kernel.stride(1) == 1 && w.stride(1) == 1 && pixels.size() > 0) {
      using InCaches = ExpandRows<ExecutionSpace, false>;
      const std::size_t rows = InCaches::rows_per_index;
      const auto policy = range(space, (pixels.size() + rows - 1) / rows);
      // What is added to is read anyway.
      if (layout != KernelLayout::hankel && prefer_streaming<ExecutionSpace>(8 * w.size()))
        Kokkos::parallel_for(label, policy,
                             ExpandRows<ExecutionSpace, true>{pixels, kernel, layout, w});
      else
        Kokkos::parallel_for(label, policy, InCaches{pixels, kernel, layout, w});
      return;
    }
  }
  Kokkos::parallel_for(label, range(space, w.size()),
                       ExpandKernel<ExecutionSpace>{pixels, kernel, layout, w});
}

#define GLINT_INSTANTIATE(Space)                                                 \
  template void impl::dense_precision<Space>(                                    \
      const Space&, const SkyPixels<typename Space::memory_space>&,              \
      const InputVector<double, Space>&, const InputVector<double, Space>&,      \
      const InputVector<double, Space>&, const StridedOutput<double**, Space>&); \
  template void impl::expand_kernel<Space>(                                      \
      const Space&, const SkyPixels<typename Space::memory_space>&,              \
      const StridedInput<const double**, Space>&, impl::KernelLayout,            \
      const StridedOutput<double**, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
