// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DIRTY_IMAGE_HPP
#define GLINT_DIRTY_IMAGE_HPP

#include <glint/backends.hpp>
#include <glint/uv_data.hpp>
#include <glint/w_compact.hpp>

/// Images that visibilities add up to.

namespace glint {

namespace impl {
template <class ExecutionSpace, class T>
void dirty_sum(const ExecutionSpace& space,
               const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
               const UvData<typename ExecutionSpace::memory_space>& data,
               const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions& options,
               KernelWorkspace<ExecutionSpace>& workspace);
template <class ExecutionSpace, class T>
void ratio_sum(const ExecutionSpace& space,
               const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
               const InputVector<double, ExecutionSpace>& re,
               const InputVector<double, ExecutionSpace>& noise_re,
               const InputVector<double, ExecutionSpace>& u,
               const InputVector<double, ExecutionSpace>& v,
               const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions& options,
               KernelWorkspace<ExecutionSpace>& workspace);
}  // namespace impl

/// image(m) = sum over k of re_k cos(p)/noise_re_k^2 - im_k sin(p)/noise_im_k^2,
/// p = 2 pi (x_m u_k + y_m v_k): the visibilities over their noise, seen by the transpose of the
/// model, so that Tᵀ image is the data vector of a reconstruction.
///
/// `image`: (M), float or double, any stride; overwritten. Sums are kept in double and rounded once
/// to the image's type. Values are not checked (accumulate() in uv_sums.hpp does).
/// Error: below 1e-14 of the sum of |re|/noise_re^2 + |im|/noise_im^2 or, by `nufft`, the
/// tolerance, as w_compact(). The same to the last bit for any number of threads. Throws Error on a
/// wrong shape, an illegal grid, illegal options and where `nufft` is asked for and the build has
/// no FFT library. Asynchronous on `space` but for the first call of a shape by `nufft`. Cost:
/// separable K NY NX multiplications and additions, for the whole frame; direct K M cosines and
/// sines; nufft K (2 W^2 + 80 W) and two transforms of half a kernel's sides.
template <class ExecutionSpace, class ImageView>
void dirty_image(const ExecutionSpace& space,
                 const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                 const UvData<typename ExecutionSpace::memory_space>& data, const ImageView& image,
                 const KernelOptions& options, KernelWorkspace<ExecutionSpace>& workspace) {
  validate(pixels.grid);
  validate(options);
  expect_equal_columns("dirty_image", data);
  expect_shape("dirty_image", "column", pixels.column, std::array<std::size_t, 1>{pixels.size()});
  expect_shape("dirty_image", "image", image, std::array<std::size_t, 1>{pixels.size()});
  impl::dirty_sum<ExecutionSpace, typename ImageView::non_const_value_type>(
      space, pixels, data, strided_output<ExecutionSpace>(image), options, workspace);
}

/// The same with a workspace of its own, allocated by the call; it waits for its kernels before it
/// frees that.
template <class ExecutionSpace, class ImageView>
void dirty_image(const ExecutionSpace& space,
                 const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                 const UvData<typename ExecutionSpace::memory_space>& data, const ImageView& image,
                 const KernelOptions& options = {}) {
  KernelWorkspace<ExecutionSpace> workspace;
  dirty_image(space, pixels, data, image, options, workspace);
}

/// image(m) = sum over k of (noise_re_k^2 / re_k)^2 cos(2 pi (x_m u_k + y_m v_k)).
///
/// A formula of older programs, kept to compare with them: its weights are an inverse of what is
/// meant, it is not a number anywhere if any re_k is 0, and the imaginary parts do not enter. For
/// all else take dirty_image(), whose remarks on shapes, errors and cost hold here too.
template <class ExecutionSpace, class ImageView>
void w_tilde_data(const ExecutionSpace& space,
                  const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                  const InputVector<double, ExecutionSpace>& re,
                  const InputVector<double, ExecutionSpace>& noise_re,
                  const InputVector<double, ExecutionSpace>& u,
                  const InputVector<double, ExecutionSpace>& v, const ImageView& image,
                  const KernelOptions& options, KernelWorkspace<ExecutionSpace>& workspace) {
  validate(pixels.grid);
  validate(options);
  const std::array<std::size_t, 1> count{re.extent(0)};
  expect_shape("w_tilde_data", "noise_re", noise_re, count);
  expect_shape("w_tilde_data", "u", u, count);
  expect_shape("w_tilde_data", "v", v, count);
  expect_shape("w_tilde_data", "column", pixels.column, std::array<std::size_t, 1>{pixels.size()});
  expect_shape("w_tilde_data", "image", image, std::array<std::size_t, 1>{pixels.size()});
  impl::ratio_sum<ExecutionSpace, typename ImageView::non_const_value_type>(
      space, pixels, re, noise_re, u, v, strided_output<ExecutionSpace>(image), options, workspace);
}

template <class ExecutionSpace, class ImageView>
void w_tilde_data(const ExecutionSpace& space,
                  const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                  const InputVector<double, ExecutionSpace>& re,
                  const InputVector<double, ExecutionSpace>& noise_re,
                  const InputVector<double, ExecutionSpace>& u,
                  const InputVector<double, ExecutionSpace>& v, const ImageView& image,
                  const KernelOptions& options = {}) {
  KernelWorkspace<ExecutionSpace> workspace;
  w_tilde_data(space, pixels, re, noise_re, u, v, image, options, workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                 \
  extern template void impl::dirty_sum<Space, T>(                                   \
      const Space&, const SkyPixels<typename Space::memory_space>&,                 \
      const UvData<typename Space::memory_space>&, const StridedOutput<T*, Space>&, \
      const KernelOptions&, KernelWorkspace<Space>&);                               \
  extern template void impl::ratio_sum<Space, T>(                                   \
      const Space&, const SkyPixels<typename Space::memory_space>&,                 \
      const InputVector<double, Space>&, const InputVector<double, Space>&,         \
      const InputVector<double, Space>&, const InputVector<double, Space>&,         \
      const StridedOutput<T*, Space>&, const KernelOptions&, KernelWorkspace<Space>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
