// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DATA_VECTOR_HPP
#define GLINT_DATA_VECTOR_HPP

#include <glint/source_mapping.hpp>

namespace glint {

namespace impl {
template <class ExecutionSpace, class T, class Pixel>
void data_vector(const ExecutionSpace& space,
                 const SourceMapping<typename ExecutionSpace::memory_space, T>& by_source,
                 const StridedInput<const Pixel*, ExecutionSpace>& dirty_image,
                 const StridedOutput<T*, ExecutionSpace>& vector);
}  // namespace impl

/// D = T^T d, the data as the source pixels see them: vector(s) = sum over m of T(m, s)
/// dirty_image(m), pixels ascending, summed in double.
///
/// `dirty_image` (M): float or double; `vector` (S): of the mapping's type; both of any stride.
/// Throws Error on wrong shapes. Asynchronous. Cost: M B multiply-adds.
template <class ExecutionSpace, class MemorySpace, class T, class ImageView, class VectorView>
void data_vector(const ExecutionSpace& space, const SourceMapping<MemorySpace, T>& by_source,
                 const ImageView& dirty_image, const VectorView& vector) {
  expect_shape("data_vector", "dirty_image", dirty_image,
               std::array<std::size_t, 1>{by_source.image_pixels});
  expect_shape("data_vector", "vector", vector, std::array<std::size_t, 1>{by_source.sources});
  impl::data_vector<ExecutionSpace, T, typename ImageView::non_const_value_type>(
      space, by_source, strided_input<ExecutionSpace>(dirty_image),
      strided_output<ExecutionSpace>(vector));
}

/// The same from a mapping that is transposed for this call, which allocates.
template <class ExecutionSpace, class MemorySpace, class T, class ImageView, class VectorView>
void data_vector(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& mapping,
                 const ImageView& dirty_image, const VectorView& vector) {
  SourceMapping<MemorySpace, T> by_source;
  transpose(space, mapping, by_source);
  data_vector(space, by_source, dirty_image, vector);
}

#define GLINT_EXTERN_VECTOR(Space, T, Pixel)                               \
  extern template void impl::data_vector<Space, T, Pixel>(                 \
      const Space&, const SourceMapping<typename Space::memory_space, T>&, \
      const StridedInput<const Pixel*, Space>&, const StridedOutput<T*, Space>&);
#define GLINT_EXTERN(Space)                  \
  GLINT_EXTERN_VECTOR(Space, double, double) \
  GLINT_EXTERN_VECTOR(Space, double, float)  \
  GLINT_EXTERN_VECTOR(Space, float, double)  \
  GLINT_EXTERN_VECTOR(Space, float, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_VECTOR

}  // namespace glint

#endif
