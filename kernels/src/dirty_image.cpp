// SPDX-License-Identifier: BSD-3-Clause
#include <glint/dirty_image.hpp>
#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/nufft.hpp>
#include <glint/impl/uv/direct_sums.hpp>
#include <glint/impl/uv/separable_sums.hpp>
#include <glint/impl/uv/weights.hpp>

namespace glint {

namespace {

template <class ExecutionSpace, class Weights, class T>
void sum_image(const ExecutionSpace& space, const std::string& function,
               const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
               const InputVector<double, ExecutionSpace>& u,
               const InputVector<double, ExecutionSpace>& v, const Weights& weights,
               const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions& options,
               KernelWorkspace<ExecutionSpace>& workspace) {
  const std::size_t count = pixels.size();
  const KernelMethod method =
      impl::method_for<ExecutionSpace>(options, pixels.grid, {u.extent(0), 0, true});
  if (method == KernelMethod::direct) {
    Kokkos::parallel_for(
        function + "::direct", range(space, count),
        impl::DirectImage<ExecutionSpace, Weights, T>{pixels, u, v, weights, image, {}});
    return;
  }
  if (method == KernelMethod::nufft) {
    const impl::NufftSpectrum spectrum = impl::nufft_sums(
        space, function, pixels.grid, impl::image_nufft_shape(pixels.grid, options.tolerance), u, v,
        impl::NoWeights{}, weights, impl::workspace_of(workspace.nufft));
    impl::take_image(space, function, spectrum, 0, pixels, image, {});
    return;
  }
  const double* const sums =
      impl::separable_sums<true>(space, function, pixels.grid, u, v, weights, workspace);
  Kokkos::parallel_for(
      function + "::merge", range(space, count),
      impl::MergeImage<ExecutionSpace, Weights::count, T>{sums, pixels, image, {}});
}

}  // namespace

template <class ExecutionSpace, class T>
void impl::dirty_sum(const ExecutionSpace& space,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const UvData<typename ExecutionSpace::memory_space>& data,
                     const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions& options,
                     KernelWorkspace<ExecutionSpace>& workspace) {
  const DirtyWeights weights{data.re.data(), data.im.data(), data.noise_re.data(),
                             data.noise_im.data()};
  sum_image<ExecutionSpace, DirtyWeights, T>(space, "glint::dirty_image", pixels, data.u, data.v,
                                             weights, image, options, workspace);
}

template <class ExecutionSpace, class T>
void impl::ratio_sum(const ExecutionSpace& space,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const InputVector<double, ExecutionSpace>& re,
                     const InputVector<double, ExecutionSpace>& noise_re,
                     const InputVector<double, ExecutionSpace>& u,
                     const InputVector<double, ExecutionSpace>& v,
                     const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions& options,
                     KernelWorkspace<ExecutionSpace>& workspace) {
  sum_image<ExecutionSpace, RatioWeights, T>(space, "glint::w_tilde_data", pixels, u, v,
                                             {re.data(), noise_re.data()}, image, options,
                                             workspace);
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                            \
  template void impl::dirty_sum<Space, T>(                                          \
      const Space&, const SkyPixels<typename Space::memory_space>&,                 \
      const UvData<typename Space::memory_space>&, const StridedOutput<T*, Space>&, \
      const KernelOptions&, KernelWorkspace<Space>&);                               \
  template void impl::ratio_sum<Space, T>(                                          \
      const Space&, const SkyPixels<typename Space::memory_space>&,                 \
      const InputVector<double, Space>&, const InputVector<double, Space>&,         \
      const InputVector<double, Space>&, const InputVector<double, Space>&,         \
      const StridedOutput<T*, Space>&, const KernelOptions&, KernelWorkspace<Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
