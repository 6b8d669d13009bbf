// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_ZERO_MATRIX_HPP
#define GLINT_IMPL_ZERO_MATRIX_HPP

#include <glint/execution.hpp>

namespace glint::impl {

/// Zeros in a matrix of any layout and strides: a row per index on the host, an element on devices.
template <class ExecutionSpace, class T>
struct ZeroMatrix {
  StridedOutput<T**, ExecutionSpace> matrix;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t columns = matrix.extent(1);
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      if (matrix.stride(1) == 1) {
        T* const row = &matrix(index, 0);
        for (std::size_t column = 0; column < columns; ++column) row[column] = T(0);
      } else {
        for (std::size_t column = 0; column < columns; ++column) matrix(index, column) = T(0);
      }
    } else {
      matrix(index / columns, index % columns) = T(0);
    }
  }
};

template <class ExecutionSpace, class T>
void zero_matrix(const ExecutionSpace& space, const char* label,
                 const StridedOutput<T**, ExecutionSpace>& matrix) {
  if (matrix.size() == 0) return;
  const std::size_t count =
      is_host_execution_v<ExecutionSpace> ? matrix.extent(0) : matrix.extent(0) * matrix.extent(1);
  Kokkos::parallel_for(label, range(space, count), ZeroMatrix<ExecutionSpace, T>{matrix});
}

}  // namespace glint::impl

#endif
