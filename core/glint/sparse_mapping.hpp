// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SPARSE_MAPPING_HPP
#define GLINT_SPARSE_MAPPING_HPP

#include <glint/execution.hpp>
#include <string>

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

/// Copies the mapping to the memory of `space`. Asynchronous.
template <class ExecutionSpace, class MemorySpace, class T>
SparseMapping<typename ExecutionSpace::memory_space, T> to_space(
    const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& source) {
  SparseMapping<typename ExecutionSpace::memory_space, T> target;
  target.pixels = source.pixels;
  target.sources = source.sources;
  target.width = source.width;
  const auto move = [&](const std::string& label, auto& to, const auto& from) {
    to = allocate<std::decay_t<decltype(to)>>(space, label, from.extent(0));
    copy(space, to, from);
  };
  move("glint::SparseMapping::offsets", target.offsets, source.offsets);
  move("glint::SparseMapping::columns", target.columns, source.columns);
  move("glint::SparseMapping::values", target.values, source.values);
  return target;
}

}  // namespace glint

#endif
