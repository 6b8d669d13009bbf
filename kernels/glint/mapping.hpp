// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MAPPING_HPP
#define GLINT_MAPPING_HPP

#include <glint/source_mapping.hpp>

/// The mapping matrix T from an index table: which source pixels an image pixel sees, and with what
/// weights,
///   T(m, s) = sum over columns b with index(m, b) = s of weight(m, b).
///
/// Rules: -1 marks unused columns and must only be followed by -1; what weights stand there is of
/// no matter. A source that a row names twice gets the sum of both weights. Entries of weight zero
/// stay in the mapping. With sub-pixels the rows of the table belong to samples r inside the
/// pixels,
///   T(m, s) = sum over r with slim_index(r) = m of fraction(r) weight(r, b).

namespace glint {

/// Samples inside the image pixels: `slim_index`, the pixel 0 to M-1 a row of the table belongs to
/// (in any order), and the share `fraction` of it that the row stands for. Both (M_sub).
template <class MemorySpace = Kokkos::HostSpace>
struct SubPixels {
  Vector<int, MemorySpace> slim_index;
  Vector<double, MemorySpace> fraction;
};

/// Working memory of assign_mapping(). Hand the same one to every call: nothing is allocated as
/// long as sizes stay. M B (8 + 2 sizeof T) bytes, and with sub-pixels some 36 for each.
template <class ExecutionSpace, class T = double>
struct MappingWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> keys, key_buffer, counts, table_rows;
  Vector<T, Memory> values, value_buffer;
  SourceMapping<Memory, double> samples;  ///< of every pixel
};

/// A mapping of M image pixels to S source pixels with room for B non-zeros a row, all zero. With
/// sub-pixels B is the largest number of table entries of one image pixel.
/// Throws Error when S or M B is beyond 32-bit counting. Asynchronous; allocates
/// 4 (M + 1) + M B (4 + sizeof T) bytes.
template <class T = double, class ExecutionSpace>
SparseMapping<typename ExecutionSpace::memory_space, T> make_mapping(const ExecutionSpace& space,
                                                                     std::size_t pixels,
                                                                     std::size_t sources,
                                                                     std::size_t width) {
  using Memory = typename ExecutionSpace::memory_space;
  constexpr std::size_t limit = 2147483647;
  GLINT_EXPECTS(sources <= limit && pixels < limit && (width == 0 || pixels <= limit / width),
                "make_mapping: ", pixels, " image pixels of ", width, " non-zeros and ", sources,
                " source pixels are more than 32-bit indices can count");
  SparseMapping<Memory, T> mapping;
  mapping.pixels = pixels;
  mapping.sources = sources;
  mapping.width = width;
  mapping.offsets =
      allocate<Vector<int, Memory>>(space, "glint::make_mapping::offsets", pixels + 1);
  mapping.columns =
      allocate<Vector<int, Memory>>(space, "glint::make_mapping::columns", pixels * width);
  mapping.values =
      allocate<Vector<T, Memory>>(space, "glint::make_mapping::values", pixels * width);
  fill(space, mapping.offsets, 0);
  return mapping;
}

namespace impl {
template <class ExecutionSpace, class Index, class Weight, class T>
void assign_mapping(const ExecutionSpace& space,
                    const StridedInput<const Index**, ExecutionSpace>& indexes,
                    const StridedInput<const Weight**, ExecutionSpace>& weights,
                    const SubPixels<typename ExecutionSpace::memory_space>* sub_pixels,
                    SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                    MappingWorkspace<ExecutionSpace, T>& workspace);
template <class ExecutionSpace, class T>
void mapping_matrix(const ExecutionSpace& space,
                    const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                    const StridedOutput<T**, ExecutionSpace>& matrix);
}  // namespace impl

/// Fills the mapping from a table, its former content is lost.
///
/// `indexes` (M, C): int or std::int64_t, `weights` (M, C): float or double, of any layout, C up to
/// anything as long as no row has more than mapping.width used entries.
/// Throws Error for an index below -1 or not below S, an index after a -1, a weight that is no
/// finite number of type T, and too many entries for a row; the sentence names row, column and
/// value of the first, and the mapping is all zero then. Synchronous (two launches and one value
/// read back). Cost: O(M C log C).
template <class ExecutionSpace, class IndexView, class WeightView, class MemorySpace, class T>
void assign_mapping(const ExecutionSpace& space, const IndexView& indexes,
                    const WeightView& weights, SparseMapping<MemorySpace, T>& mapping,
                    MappingWorkspace<ExecutionSpace, T>& workspace) {
  const std::array<std::size_t, 2> shape{mapping.pixels, indexes.extent(1)};
  expect_shape("assign_mapping", "indexes", indexes, shape);
  expect_shape("assign_mapping", "weights", weights, shape);
  impl::assign_mapping<ExecutionSpace, typename IndexView::non_const_value_type,
                       typename WeightView::non_const_value_type, T>(
      space, strided_input<ExecutionSpace>(indexes), strided_input<ExecutionSpace>(weights),
      nullptr, mapping, workspace);
}

/// The same with sub-pixels: tables of (M_sub, C). Also throws for a slim_index outside 0 to M-1
/// and a fraction that is not finite. Synchronous.
template <class ExecutionSpace, class IndexView, class WeightView, class MemorySpace, class T>
void assign_mapping(const ExecutionSpace& space, const IndexView& indexes,
                    const WeightView& weights, const SubPixels<MemorySpace>& sub_pixels,
                    SparseMapping<MemorySpace, T>& mapping,
                    MappingWorkspace<ExecutionSpace, T>& workspace) {
  const std::size_t rows = sub_pixels.slim_index.extent(0);
  const std::array<std::size_t, 2> shape{rows, indexes.extent(1)};
  expect_shape("assign_mapping", "fraction", sub_pixels.fraction, std::array<std::size_t, 1>{rows});
  expect_shape("assign_mapping", "indexes", indexes, shape);
  expect_shape("assign_mapping", "weights", weights, shape);
  impl::assign_mapping<ExecutionSpace, typename IndexView::non_const_value_type,
                       typename WeightView::non_const_value_type, T>(
      space, strided_input<ExecutionSpace>(indexes), strided_input<ExecutionSpace>(weights),
      &sub_pixels, mapping, workspace);
}

/// matrix(m, s) = T(m, s), dense (M, S), of the mapping's type and any layout. Throws Error on a
/// wrong shape. Asynchronous. Cost: O(M S).
template <class ExecutionSpace, class MemorySpace, class T, class View>
void mapping_matrix(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& mapping,
                    const View& matrix) {
  expect_shape("mapping_matrix", "matrix", matrix,
               std::array<std::size_t, 2>{mapping.pixels, mapping.sources});
  impl::mapping_matrix<ExecutionSpace, T>(space, mapping, strided_output<ExecutionSpace>(matrix));
}

#define GLINT_EXTERN_TABLE(Space, Index, Weight, T)                                               \
  extern template void impl::assign_mapping<Space, Index, Weight, T>(                             \
      const Space&, const StridedInput<const Index**, Space>&,                                    \
      const StridedInput<const Weight**, Space>&, const SubPixels<typename Space::memory_space>*, \
      SparseMapping<typename Space::memory_space, T>&, MappingWorkspace<Space, T>&);
#define GLINT_EXTERN_TYPE(Space, T)                                        \
  extern template void impl::mapping_matrix<Space, T>(                     \
      const Space&, const SparseMapping<typename Space::memory_space, T>&, \
      const StridedOutput<T**, Space>&);                                   \
  GLINT_EXTERN_TABLE(Space, int, double, T)                                \
  GLINT_EXTERN_TABLE(Space, int, float, T)                                 \
  GLINT_EXTERN_TABLE(Space, std::int64_t, double, T)                       \
  GLINT_EXTERN_TABLE(Space, std::int64_t, float, T)
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE
#undef GLINT_EXTERN_TABLE

}  // namespace glint

#endif
