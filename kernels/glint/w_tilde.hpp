// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_W_TILDE_HPP
#define GLINT_W_TILDE_HPP

#include <glint/backends.hpp>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>

/// The precision matrix W of an image as a dense matrix: for tests and small problems only, since
/// everything glint computes from W works on its kernel (w_compact.hpp).

namespace glint {

/// The most pixels a dense W is made for: 8192^2 numbers are half a gigabyte.
inline constexpr std::size_t w_tilde_limit = 8192;

namespace impl {
enum class KernelLayout { compact, preload, hankel };

template <class ExecutionSpace>
void dense_precision(const ExecutionSpace& space,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const InputVector<double, ExecutionSpace>& u,
                     const InputVector<double, ExecutionSpace>& v,
                     const InputVector<double, ExecutionSpace>& weights,
                     const StridedOutput<double**, ExecutionSpace>& w);
template <class ExecutionSpace>
void expand_kernel(const ExecutionSpace& space,
                   const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                   const StridedInput<const double**, ExecutionSpace>& kernel, KernelLayout layout,
                   const StridedOutput<double**, ExecutionSpace>& w);

/// Throws Error unless the matrix is (M, M) and M not too large for it.
template <class MemorySpace, class View>
void expect_dense(const char* function, const SkyPixels<MemorySpace>& pixels, const View& w) {
  validate(pixels.grid);
  GLINT_EXPECTS(pixels.size() <= w_tilde_limit, function, ": a dense W of ", pixels.size(), " x ",
                pixels.size(), " numbers is refused; the most is ", w_tilde_limit,
                " pixels, and w_compact has no such limit");
  expect_shape(function, "column", pixels.column, std::array<std::size_t, 1>{pixels.size()});
  expect_shape(function, "w", w, std::array<std::size_t, 2>{pixels.size(), pixels.size()});
}
}  // namespace impl

/// w(i, j) = sum over k of weights_k cos(2 pi ((x_i - x_j) u_k + (y_i - y_j) v_k)), by this
/// formula.
///
/// `u`, `v`, `weights`: (K), contiguous; values are not checked. `w`: (M, M), any layout;
/// overwritten. Throws Error on a wrong shape and for more than 8192 pixels. Asynchronous on
/// `space`. Cost: K M (M + 1)/2 cosines.
template <class ExecutionSpace, class MatrixView>
void w_tilde(const ExecutionSpace& space,
             const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
             const InputVector<double, ExecutionSpace>& u,
             const InputVector<double, ExecutionSpace>& v,
             const InputVector<double, ExecutionSpace>& weights, const MatrixView& w) {
  impl::expect_dense("w_tilde", pixels, w);
  expect_shape("w_tilde", "v", v, std::array<std::size_t, 1>{u.extent(0)});
  expect_shape("w_tilde", "weights", weights, std::array<std::size_t, 1>{u.extent(0)});
  impl::dense_precision<ExecutionSpace>(space, pixels, u, v, weights,
                                        strided_output<ExecutionSpace>(w));
}

/// The same from the kernel that w_compact() makes: M^2 look-ups.
/// `compact`: (NY, 2 NX - 1) of the pixels' grid; `w`: (M, M), overwritten; any layouts. Throws
/// Error on a wrong shape and for more than 8192 pixels. Asynchronous on `space`.
template <class ExecutionSpace, class CompactView, class MatrixView>
void w_tilde_from_compact(const ExecutionSpace& space, const CompactView& compact,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const MatrixView& w) {
  impl::expect_dense("w_tilde_from_compact", pixels, w);
  expect_shape("w_tilde_from_compact", "compact", compact,
               std::array<std::size_t, 2>{pixels.grid.ny, 2 * pixels.grid.nx - 1});
  impl::expand_kernel<ExecutionSpace>(space, pixels, strided_input<ExecutionSpace>(compact),
                                      impl::KernelLayout::compact,
                                      strided_output<ExecutionSpace>(w));
}

/// The same from the layout of w_preload(), (2 NY, 2 NX).
template <class ExecutionSpace, class PreloadView, class MatrixView>
void w_tilde_from_preload(const ExecutionSpace& space, const PreloadView& preload,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const MatrixView& w) {
  impl::expect_dense("w_tilde_from_preload", pixels, w);
  expect_shape("w_tilde_from_preload", "preload", preload,
               std::array<std::size_t, 2>{2 * pixels.grid.ny, 2 * pixels.grid.nx});
  impl::expand_kernel<ExecutionSpace>(space, pixels, strided_input<ExecutionSpace>(preload),
                                      impl::KernelLayout::preload,
                                      strided_output<ExecutionSpace>(w));
}

/// What unequal noise of real and imaginary parts adds to W (see uv_sums.hpp):
/// w(i, j) += sum over k of h_k cos(2 pi ((x_i + x_j) u_k + (y_i + y_j) v_k)), h the weights that
/// `hankel`, made by w_compact() or accumulate(), stands for.
///
/// `hankel`: (NY, 2 NX - 1); `w`: (M, M); any layouts. Throws Error on a wrong shape and for more
/// than 8192 pixels. Asynchronous on `space`. Cost: M^2 look-ups.
template <class ExecutionSpace, class HankelView, class MatrixView>
void add_hankel(const ExecutionSpace& space, const HankelView& hankel,
                const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                const MatrixView& w) {
  impl::expect_dense("add_hankel", pixels, w);
  expect_shape("add_hankel", "hankel", hankel,
               std::array<std::size_t, 2>{pixels.grid.ny, 2 * pixels.grid.nx - 1});
  impl::expand_kernel<ExecutionSpace>(space, pixels, strided_input<ExecutionSpace>(hankel),
                                      impl::KernelLayout::hankel,
                                      strided_output<ExecutionSpace>(w));
}

#define GLINT_EXTERN(Space)                                                      \
  extern template void impl::dense_precision<Space>(                             \
      const Space&, const SkyPixels<typename Space::memory_space>&,              \
      const InputVector<double, Space>&, const InputVector<double, Space>&,      \
      const InputVector<double, Space>&, const StridedOutput<double**, Space>&); \
  extern template void impl::expand_kernel<Space>(                               \
      const Space&, const SkyPixels<typename Space::memory_space>&,              \
      const StridedInput<const double**, Space>&, impl::KernelLayout,            \
      const StridedOutput<double**, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
