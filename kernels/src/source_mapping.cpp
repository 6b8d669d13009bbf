// SPDX-License-Identifier: BSD-3-Clause
#include <glint/data_vector.hpp>
#include <glint/impl/transpose_kernels.hpp>
#include <glint/region.hpp>
#include <glint/source_mapping.hpp>

namespace glint {

namespace impl {

template <class ExecutionSpace, class T>
void transpose_mapping(const ExecutionSpace& space,
                       const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                       SourceMapping<typename ExecutionSpace::memory_space, T>& by_source) {
  const ScopedRegion region("glint::transpose");
  const std::size_t sources = mapping.sources, room = mapping.pixels * mapping.width;
  const bool shared = space.concurrency() > 1;
  by_source.image_pixels = mapping.pixels;
  by_source.sources = sources;
  by_source.width = mapping.width;
  grow(space, "glint::transpose::offsets", sources + 1, by_source.offsets);
  grow(space, "glint::transpose::cursors", sources, by_source.cursors);
  grow(space, "glint::transpose::pixels", room, by_source.pixels);
  grow(space, "glint::transpose::values", room, by_source.values);
  if (sources == 0) return fill(space, by_source.offsets, 0);
  fill(space, by_source.cursors, 0);
  Kokkos::parallel_for(
      "glint::transpose::count", range(space, mapping.pixels),
      CountColumns<ExecutionSpace>{mapping.offsets, mapping.columns, by_source.cursors, shared});
  Kokkos::parallel_scan("glint::transpose::start", range(space, sources),
                        StartColumns<ExecutionSpace>{by_source.cursors, by_source.offsets});
  Kokkos::parallel_for("glint::transpose::place", range(space, mapping.pixels),
                       PlaceInColumns<ExecutionSpace, T>{mapping.offsets, mapping.columns,
                                                         by_source.cursors, by_source.pixels,
                                                         mapping.values, by_source.values, shared});
  if (!shared) return;  // one thread places in order
  grow(space, "glint::transpose::pixel_buffer", room, by_source.pixel_buffer);
  grow(space, "glint::transpose::value_buffer", room, by_source.value_buffer);
  Kokkos::parallel_for(
      "glint::transpose::sort", range(space, sources),
      SortColumns<ExecutionSpace, T>{by_source.offsets, by_source.pixels, by_source.pixel_buffer,
                                     by_source.values, by_source.value_buffer});
}

template <class ExecutionSpace, class T, class Pixel>
void data_vector(const ExecutionSpace& space,
                 const SourceMapping<typename ExecutionSpace::memory_space, T>& by_source,
                 const StridedInput<const Pixel*, ExecutionSpace>& dirty_image,
                 const StridedOutput<T*, ExecutionSpace>& vector) {
  Kokkos::parallel_for(
      "glint::data_vector::sums", range(space, by_source.sources),
      TransposeVector<ExecutionSpace, T, Pixel>{by_source.offsets, by_source.pixels,
                                                by_source.values, dirty_image, vector});
}

}  // namespace impl

#define GLINT_INSTANTIATE_VECTOR(Space, T, Pixel)                          \
  template void impl::data_vector<Space, T, Pixel>(                        \
      const Space&, const SourceMapping<typename Space::memory_space, T>&, \
      const StridedInput<const Pixel*, Space>&, const StridedOutput<T*, Space>&);
#define GLINT_INSTANTIATE_TYPE(Space, T)                                   \
  template void impl::transpose_mapping<Space, T>(                         \
      const Space&, const SparseMapping<typename Space::memory_space, T>&, \
      SourceMapping<typename Space::memory_space, T>&);                    \
  GLINT_INSTANTIATE_VECTOR(Space, T, double)                               \
  GLINT_INSTANTIATE_VECTOR(Space, T, float)
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE
#undef GLINT_INSTANTIATE_VECTOR

}  // namespace glint
