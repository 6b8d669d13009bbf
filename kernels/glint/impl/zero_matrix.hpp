// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_ZERO_MATRIX_HPP
#define GLINT_IMPL_ZERO_MATRIX_HPP

#include <glint/streaming.hpp>
#include <glint/views.hpp>

namespace glint::impl {

/// Zeros in a matrix of any layout and strides: some rows per index on the host, around the caches
/// where they are many, an element on devices.
template <class ExecutionSpace, class T>
struct ZeroMatrix {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;

  StridedOutput<T**, ExecutionSpace> matrix;
  std::size_t group;  // rows of an index: streaming ends with a wait
  bool streaming;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      const std::size_t first = index * group, rows = matrix.extent(0);
      for (std::size_t m = first; m < first + group && m < rows; ++m) zero_row(m);
      if (streaming) finish_streaming();
    } else {
      const std::size_t columns = matrix.extent(1);
      matrix(index / columns, index % columns) = T(0);
    }
  }

  KOKKOS_FUNCTION void zero_row(std::size_t m) const {
    const std::size_t columns = matrix.extent(1);
    if (matrix.stride(1) != 1) {
      for (std::size_t column = 0; column < columns; ++column) matrix(m, column) = T(0);
      return;
    }
    T* const row = &matrix(m, 0);
    std::size_t column = 0;
    if (streaming) {
      for (const std::size_t head = to_aligned<T, lanes>(row); column < head && column < columns;)
        row[column++] = T(0);
      for (; column + lanes <= columns; column += lanes)
        store_streaming<T, lanes>(row + column, Pack<T, lanes>{});
    }
    for (; column < columns; ++column) row[column] = T(0);
  }
};

template <class ExecutionSpace, class T>
void zero_matrix(const ExecutionSpace& space, const char* label,
                 const StridedOutput<T**, ExecutionSpace>& matrix) {
  const std::size_t rows = matrix.extent(0);
  if (matrix.size() == 0) return;
  const bool streaming = prefer_streaming<ExecutionSpace>(matrix.size() * sizeof(T));
  const std::size_t group = streaming ? 32 : 1;
  const std::size_t count =
      is_host_execution_v<ExecutionSpace> ? (rows + group - 1) / group : matrix.size();
  Kokkos::parallel_for(label, range(space, count),
                       ZeroMatrix<ExecutionSpace, T>{matrix, group, streaming});
}

}  // namespace glint::impl

#endif
