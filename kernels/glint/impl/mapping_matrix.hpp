// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_MAPPING_MATRIX_HPP
#define GLINT_IMPL_MAPPING_MATRIX_HPP

#include <glint/streaming.hpp>
#include <glint/views.hpp>

/// A sparse mapping as a dense matrix, which is almost all zeros.

namespace glint::impl {

/// matrix(m, columns) = values of row m, for a matrix of zeros of any layout.
template <class ExecutionSpace, class T>
struct ScatterMapping {
  Vector<int, typename ExecutionSpace::memory_space> offsets, columns;
  Vector<T, typename ExecutionSpace::memory_space> values;
  StridedOutput<T**, ExecutionSpace> matrix;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    for (int k = offsets(m); k < offsets(m + 1); ++k) matrix(m, columns(k)) = values(k);
  }
};

/// The whole of a large matrix on hosts, rows whose elements lie side by side: zeros and values in
/// one pass around the caches, a pack at a time.
template <class ExecutionSpace, class T>
struct WriteMappingRows {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr std::size_t group = 32;  // rows of an index: streaming ends with a wait

  Vector<int, typename ExecutionSpace::memory_space> offsets, columns;
  Vector<T, typename ExecutionSpace::memory_space> values;
  StridedOutput<T**, ExecutionSpace> matrix;

  std::size_t indices() const { return (matrix.extent(0) + group - 1) / group; }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first = index * group, rows = matrix.extent(0);
    for (std::size_t m = first; m < first + group && m < rows; ++m) write_row(m);
    finish_streaming();
  }

  KOKKOS_FUNCTION void write_row(std::size_t m) const {
    const std::size_t size = matrix.extent(1);
    T* const row = &matrix(m, 0);
    int k = offsets(m);
    const int last = offsets(m + 1);
    std::size_t c = 0;
    const auto next = [&] { return k < last ? static_cast<std::size_t>(columns(k)) : size; };
    const auto elements = [&](std::size_t end) {
      for (; c < end; ++c) row[c] = next() == c ? values(k++) : T(0);
    };
    const auto store = [&](const Pack<T, lanes>& pack) {
      store_streaming<T, lanes>(row + c, pack);
      c += lanes;
    };
    const std::size_t head = to_aligned<T, lanes>(row);
    elements(head < size ? head : size);
    while (c + lanes <= size) {
      for (std::size_t zeros = (next() - c) / lanes; zeros > 0; --zeros) store(Pack<T, lanes>{});
      if (c + lanes > size) break;
      alignas(64) T piece[lanes] = {};
      for (; next() < c + lanes; ++k) piece[next() - c] = values(k);
      store(load_pack<T, lanes>(piece));
    }
    elements(size);
  }
};

}  // namespace glint::impl

#endif
