// SPDX-License-Identifier: BSD-3-Clause
#include <glint/dirty_image.hpp>
#include <glint/impl/uv/direct_sums.hpp>
#include <glint/impl/uv/weights.hpp>

namespace glint {

template <class ExecutionSpace, class T>
void impl::dirty_sum(const ExecutionSpace& space,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const UvData<typename ExecutionSpace::memory_space>& data,
                     const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions&,
                     KernelWorkspace<ExecutionSpace>&) {
  const DirtyWeights weights{data.re.data(), data.im.data(), data.noise_re.data(),
                             data.noise_im.data()};
  Kokkos::parallel_for(
      "glint::dirty_image::direct", range(space, pixels.size()),
      DirectImage<ExecutionSpace, DirtyWeights, T>{pixels, data.u, data.v, weights, image, {}});
}

template <class ExecutionSpace, class T>
void impl::ratio_sum(const ExecutionSpace& space,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const InputVector<double, ExecutionSpace>& re,
                     const InputVector<double, ExecutionSpace>& noise_re,
                     const InputVector<double, ExecutionSpace>& u,
                     const InputVector<double, ExecutionSpace>& v,
                     const StridedOutput<T*, ExecutionSpace>& image, const KernelOptions&,
                     KernelWorkspace<ExecutionSpace>&) {
  Kokkos::parallel_for("glint::w_tilde_data::direct", range(space, pixels.size()),
                       DirectImage<ExecutionSpace, RatioWeights, T>{
                           pixels, u, v, {re.data(), noise_re.data()}, image, {}});
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
