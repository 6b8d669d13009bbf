// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SPARSE_MAPPING_HPP
#define GLINT_SPARSE_MAPPING_HPP

#include <glint/compat.hpp>
#include <glint/views.hpp>

namespace glint {

/// The mapping matrix T (M image pixels, S source pixels) by its non-zeros, row by row: T(m, s) is
/// the share of source pixel s in the brightness of image pixel m.
///
/// The non-zeros of row m are at offsets(m) to offsets(m + 1) - 1 of `columns` and `values`,
/// columns ascending, none twice. `columns` and `values` may be longer than offsets(M): they are
/// made for the most non-zeros that M rows of `width` can have, so that a new mapping needs no new
/// memory.
template <class MemorySpace, class T = double>
struct SparseMapping {
  std::size_t pixels = 0;   ///< M
  std::size_t sources = 0;  ///< S
  std::size_t width = 0;    ///< B, the largest number of non-zeros a row may have

  Vector<int, MemorySpace> offsets;  ///< (M + 1)
  Vector<int, MemorySpace> columns;  ///< (M B)
  Vector<T, MemorySpace> values;     ///< (M B)
};

}  // namespace glint

#endif
