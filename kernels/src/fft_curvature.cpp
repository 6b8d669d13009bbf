// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/curvature/fft_curvature.hpp>
#include <glint/impl/curvature/fft_kernels.hpp>
#include <glint/region.hpp>

namespace glint::impl {
namespace {

/// As many frames as stay in a core's cache together; on devices, as keep them busy.
template <class ExecutionSpace>
std::size_t frames_at_once(int height, int width, std::size_t block) {
  const std::size_t room = is_host_execution_v<ExecutionSpace> ? 1 << 20 : 24 << 20;
  const std::size_t frames = room / FrameProduct<ExecutionSpace>::frame_bytes(height, width);
  return std::clamp<std::size_t>(frames, 1, block);
}

}  // namespace

template <class ExecutionSpace, class T>
FftCurvature<ExecutionSpace, T>::FftCurvature(const ExecutionSpace& space,
                                              const SkyPixels<MemorySpace>& pixels)
    : grid_(pixels.grid),
      rows_(make_pixel_rows(space, pixels, "curvature_matrix")),
      product_(space, rows_, frames_at_once<ExecutionSpace>(rows_.height, rows_.width, block),
               "curvature_matrix") {
  responses_ = allocate<Matrix<double, MemorySpace>>(space, "glint::curvature_matrix::responses",
                                                     pixels.size(), block);
  fill(space, responses_, 0.0);  // the last block may have fewer columns
}

template <class ExecutionSpace, class T>
void FftCurvature<ExecutionSpace, T>::execute(const ExecutionSpace& space, const Kernel& compact,
                                              const Kernel* hankel,
                                              const SparseMapping<MemorySpace, T>& mapping,
                                              const StridedOutput<T**, ExecutionSpace>& curvature) {
  const ScopedRegion region("glint::curvature_matrix::fft");
  product_.set_kernel(space, grid_, compact, hankel);
  transpose(space, mapping, by_source_);
  using Project = ProjectResponses<ExecutionSpace, T, block>;
  const int sources = static_cast<int>(mapping.sources), batch = static_cast<int>(product_.batch());
  const auto& frames = product_.frames();
  for (int first = 0; first < sources; first += block) {
    const int columns = std::min(block, sources - first);
    for (int column = 0; column < columns; column += batch) {
      const int count = std::min(batch, columns - column);
      Kokkos::parallel_for("glint::curvature_matrix::load",
                           row_teams(space, static_cast<std::size_t>(count), rows_.height),
                           LoadSources<ExecutionSpace, T>{
                               rows_, by_source_.offsets, by_source_.pixels, by_source_.values,
                               frames, first + column, static_cast<int>(product_.columns())});
      product_.run(space, static_cast<std::size_t>(count));
      Kokkos::parallel_for(
          "glint::curvature_matrix::collect", row_teams(space, 1, rows_.height),
          CollectResponses<ExecutionSpace>{rows_, frames, responses_, column, count});
    }
    const Project project{by_source_.offsets,
                          by_source_.pixels,
                          by_source_.values,
                          responses_,
                          curvature,
                          first,
                          sources};
    Kokkos::parallel_for("glint::curvature_matrix::project", range(space, project.items()),
                         project);
  }
}

template <class ExecutionSpace, class T>
std::size_t FftCurvature<ExecutionSpace, T>::bytes() const {
  const auto& to = by_source_;
  return product_.bytes() + sizeof(double) * responses_.size() +
         sizeof(int) *
             (to.offsets.size() + to.pixels.size() + to.cursors.size() + to.pixel_buffer.size()) +
         sizeof(T) * (to.values.size() + to.value_buffer.size());
}

#define GLINT_INSTANTIATE(Space)              \
  template class FftCurvature<Space, double>; \
  template class FftCurvature<Space, float>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
