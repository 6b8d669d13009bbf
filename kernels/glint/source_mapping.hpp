// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SOURCE_MAPPING_HPP
#define GLINT_SOURCE_MAPPING_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/linalg.hpp>
#include <glint/sparse_mapping.hpp>

namespace glint {

/// The transpose of a SparseMapping: the non-zeros of T column by column.
///
/// The image pixels that source pixel s shows up in are at offsets(s) to offsets(s + 1) - 1 of
/// `pixels` and `values`, pixels ascending. All arrays only ever grow, so that a new mapping of the
/// same size needs no new memory.
template <class MemorySpace, class T = double>
struct SourceMapping {
  std::size_t image_pixels = 0;  ///< M
  std::size_t sources = 0;       ///< S
  std::size_t width = 0;         ///< B of the mapping it was made from

  Vector<int, MemorySpace> offsets;  ///< (S + 1) or longer
  Vector<int, MemorySpace> pixels;   ///< (M B) or longer
  Vector<T, MemorySpace> values;     ///< (M B) or longer

  Vector<int, MemorySpace> cursors, pixel_buffer;  ///< working memory of transpose()
  Vector<T, MemorySpace> value_buffer;             ///< working memory of transpose()
};

namespace impl {
template <class ExecutionSpace, class T>
void transpose_mapping(const ExecutionSpace& space,
                       const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                       SourceMapping<typename ExecutionSpace::memory_space, T>& by_source);
}  // namespace impl

/// T^T as a sparse matrix of S rows; it shares the memory of `by_source`.
template <class MemorySpace, class T>
SparseMapping<MemorySpace, T> as_rows(const SourceMapping<MemorySpace, T>& by_source) {
  SparseMapping<MemorySpace, T> rows;
  rows.pixels = by_source.sources;
  rows.sources = by_source.image_pixels;
  rows.offsets = by_source.offsets;
  rows.columns = by_source.pixels;
  rows.values = by_source.values;
  return rows;
}

/// by_source = the columns of T. Always in the same order, whatever the number of threads.
/// Asynchronous; allocates where `by_source` is too small. Cost: O(M B + S).
template <class ExecutionSpace, class MemorySpace, class T>
void transpose(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& mapping,
               SourceMapping<MemorySpace, T>& by_source) {
  impl::transpose_mapping<ExecutionSpace, T>(space, mapping, by_source);
}

/// Y = T^T X: y(s, c) = sum over m of T(m, s) x(m, c), pixels ascending.
///
/// `x` (M, C) and `y` (S, C), row-major, values of the mapping's type; `y` is overwritten.
/// Throws Error on wrong shapes. Asynchronous. Cost: M B C multiply-adds.
template <class ExecutionSpace, class MemorySpace, class T, class XView, class YView>
void transpose_product(const ExecutionSpace& space, const SourceMapping<MemorySpace, T>& by_source,
                       const XView& x, const YView& y) {
  expect_shape("transpose_product", "x", x,
               std::array<std::size_t, 2>{by_source.image_pixels, x.extent(1)});
  expect_shape("transpose_product", "y", y,
               std::array<std::size_t, 2>{by_source.sources, x.extent(1)});
  sparse_times_dense(space, as_rows(by_source), x, y, Linalg::plain);
}

/// The same from a mapping that is transposed for this call, which allocates.
template <class ExecutionSpace, class MemorySpace, class T, class XView, class YView>
void transpose_product(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& mapping,
                       const XView& x, const YView& y) {
  SourceMapping<MemorySpace, T> by_source;
  transpose(space, mapping, by_source);
  transpose_product(space, by_source, x, y);
}

#define GLINT_EXTERN_TYPE(Space, T)                                        \
  extern template void impl::transpose_mapping<Space, T>(                  \
      const Space&, const SparseMapping<typename Space::memory_space, T>&, \
      SourceMapping<typename Space::memory_space, T>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
