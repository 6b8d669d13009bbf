// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_W_COMPACT_HPP
#define GLINT_W_COMPACT_HPP

#include <glint/backends.hpp>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>
#include <memory>
#include <string>

/// The kernel of the precision matrix W of an image that was observed by an interferometer.
///
/// W is block Toeplitz with Toeplitz blocks and even, so one number per offset of half the plane is
/// all of it: for pixels i and j that lie D0 rows and D1 columns apart,
///   W_ij = compact(D0, D1 + NX - 1) for D0 >= 0, else compact(-D0, -D1 + NX - 1).

namespace glint {

/// How sums over visibilities are computed.
enum class KernelMethod {
  automatic,  ///< separable or nufft, by predictions of their cost; separable without an FFT
              ///< library
  direct,     ///< one cosine per visibility and element, in the definition's order: the oracle
  separable,  ///< cos(a - b) = cos a cos b + sin a sin b: tables of powers of exp(i phase) and
              ///< products of two tables, 2 multiplications per visibility and pixel of the frame
  nufft,      ///< every visibility spread over W x W cells of a fine grid, W from 4 to 16 by the
              ///< tolerance, and one Fourier transform: hardly dearer for larger frames
};

struct KernelOptions {
  KernelMethod method = KernelMethod::automatic;

  /// Largest error of `automatic` and `nufft`, over the sum of the sizes of the weights, whatever
  /// the baselines; 1e-15 to 0.1, for `nufft` from 1e-13 (automatic takes another below). The other
  /// methods stay below 1e-14 and ignore it.
  double tolerance = 1e-12;
};

/// "automatic", "direct", "separable", "nufft".
const std::string& kernel_method_name(KernelMethod method);

/// Throws Error unless every option has a legal value.
void validate(const KernelOptions& options);

namespace impl {
template <class ExecutionSpace>
class NufftWorkspace;
}

/// Device memory of sums over visibilities, and prepared transforms. Hand the same one to every
/// call and nothing is allocated after the first of a size; at most some 64 MB or one set of sums
/// or fine grids, whatever K.
template <class ExecutionSpace>
struct KernelWorkspace {
  Vector<double, typename ExecutionSpace::memory_space> partial, total;
  std::shared_ptr<impl::NufftWorkspace<ExecutionSpace>> nufft;
};

namespace impl {
template <class ExecutionSpace>
void kernel_sum(const ExecutionSpace& space, const SkyGrid& grid,
                const InputVector<double, ExecutionSpace>& u,
                const InputVector<double, ExecutionSpace>& v,
                const InputVector<double, ExecutionSpace>& weights,
                const StridedOutput<double**, ExecutionSpace>& compact,
                const KernelOptions& options, KernelWorkspace<ExecutionSpace>& workspace);
template <class ExecutionSpace>
void preload_layout(const ExecutionSpace& space, const SkyGrid& grid,
                    const StridedInput<const double**, ExecutionSpace>& compact,
                    const StridedOutput<double**, ExecutionSpace>& preload);
template <class ExecutionSpace>
void compact_layout(const ExecutionSpace& space, const SkyGrid& grid,
                    const StridedInput<const double**, ExecutionSpace>& preload,
                    const StridedOutput<double**, ExecutionSpace>& compact);
}  // namespace impl

/// compact(m, c) = sum over k of weights_k cos(2 pi step ((c - NX + 1) u_k - m v_k)), m < NY,
/// c < 2 NX - 1, step = grid.step().
///
/// `u`, `v`, `weights`: (K), contiguous; baselines in wavelengths and any finite weights, such as
/// 1/noise^2. Values are not checked (accumulate() in uv_sums.hpp does). `compact`: (NY, 2 NX - 1),
/// any layout; overwritten. Error: below 1e-14 of the sum of |weights|, for baselines to 1e7
/// wavelengths and more and frames to 700 pixels and more; by `nufft`, and what `automatic` may
/// make of that, below the tolerance. The same to the last bit for any number of threads. Throws
/// Error on a wrong shape, an illegal grid, illegal options and where `nufft` is asked for and the
/// build has no FFT library. Asynchronous on `space` but for the first call of a shape by `nufft`.
/// Cost: separable 2 K NY NX multiplications and additions, direct 2 K NY NX cosines, nufft
/// K (W^2 + 80 W) and one transform of some 5 NX NY numbers.
template <class ExecutionSpace, class CompactView>
void w_compact(const ExecutionSpace& space, const SkyGrid& grid,
               const InputVector<double, ExecutionSpace>& u,
               const InputVector<double, ExecutionSpace>& v,
               const InputVector<double, ExecutionSpace>& weights, const CompactView& compact,
               const KernelOptions& options, KernelWorkspace<ExecutionSpace>& workspace) {
  validate(grid);
  validate(options);
  expect_shape("w_compact", "v", v, std::array<std::size_t, 1>{u.extent(0)});
  expect_shape("w_compact", "weights", weights, std::array<std::size_t, 1>{u.extent(0)});
  expect_shape("w_compact", "compact", compact,
               std::array<std::size_t, 2>{grid.ny, 2 * grid.nx - 1});
  impl::kernel_sum<ExecutionSpace>(space, grid, u, v, weights,
                                   strided_output<ExecutionSpace>(compact), options, workspace);
}

/// The same with a workspace of its own, allocated by the call; it waits for its kernels before it
/// frees that.
template <class ExecutionSpace, class CompactView>
void w_compact(const ExecutionSpace& space, const SkyGrid& grid,
               const InputVector<double, ExecutionSpace>& u,
               const InputVector<double, ExecutionSpace>& v,
               const InputVector<double, ExecutionSpace>& weights, const CompactView& compact,
               const KernelOptions& options = {}) {
  KernelWorkspace<ExecutionSpace> workspace;
  w_compact(space, grid, u, v, weights, compact, options, workspace);
}

/// The same numbers laid out for a circulant matrix of twice the size:
/// preload(D0 mod 2 NY, D1 mod 2 NX) = W at offset (D0, D1), |D0| < NY, |D1| < NX; row NY and
/// column NX stay 0.
///
/// `compact`: (NY, 2 NX - 1); `preload`: (2 NY, 2 NX), overwritten; any layouts.
/// Throws Error on a wrong shape and an illegal grid. Asynchronous on `space`.
template <class ExecutionSpace, class CompactView, class PreloadView>
void w_preload(const ExecutionSpace& space, const SkyGrid& grid, const CompactView& compact,
               const PreloadView& preload) {
  validate(grid);
  expect_shape("w_preload", "compact", compact,
               std::array<std::size_t, 2>{grid.ny, 2 * grid.nx - 1});
  expect_shape("w_preload", "preload", preload,
               std::array<std::size_t, 2>{2 * grid.ny, 2 * grid.nx});
  impl::preload_layout<ExecutionSpace>(space, grid, strided_input<ExecutionSpace>(compact),
                                       strided_output<ExecutionSpace>(preload));
}

/// The way back from w_preload(). Shapes, errors and asynchrony as there.
template <class ExecutionSpace, class PreloadView, class CompactView>
void compact_from_preload(const ExecutionSpace& space, const SkyGrid& grid,
                          const PreloadView& preload, const CompactView& compact) {
  validate(grid);
  expect_shape("compact_from_preload", "preload", preload,
               std::array<std::size_t, 2>{2 * grid.ny, 2 * grid.nx});
  expect_shape("compact_from_preload", "compact", compact,
               std::array<std::size_t, 2>{grid.ny, 2 * grid.nx - 1});
  impl::compact_layout<ExecutionSpace>(space, grid, strided_input<ExecutionSpace>(preload),
                                       strided_output<ExecutionSpace>(compact));
}

#define GLINT_EXTERN(Space)                                                                    \
  extern template void impl::kernel_sum<Space>(                                                \
      const Space&, const SkyGrid&, const InputVector<double, Space>&,                         \
      const InputVector<double, Space>&, const InputVector<double, Space>&,                    \
      const StridedOutput<double**, Space>&, const KernelOptions&, KernelWorkspace<Space>&);   \
  extern template void impl::preload_layout<Space>(const Space&, const SkyGrid&,               \
                                                   const StridedInput<const double**, Space>&, \
                                                   const StridedOutput<double**, Space>&);     \
  extern template void impl::compact_layout<Space>(const Space&, const SkyGrid&,               \
                                                   const StridedInput<const double**, Space>&, \
                                                   const StridedOutput<double**, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
