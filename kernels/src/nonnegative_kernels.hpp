// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_NONNEGATIVE_KERNELS_HPP
#define GLINT_NONNEGATIVE_KERNELS_HPP

#include <glint/impl/mesh_rows.hpp>

/// The kernels of nonnegative() for a matrix in memory.

namespace glint::impl {

template <class ExecutionSpace>
struct LoadNonnegative {
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  StridedInput<const double**, ExecutionSpace> matrix;
  StridedInput<const double*, ExecutionSpace> data_vector;
  StridedOutput<double*, ExecutionSpace> start;
  Numbers data, diagonal, x;
  bool warm;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    data(s) = data_vector(s);
    diagonal(s) = matrix(s, s);
    x(s) = warm && start(s) > 0.0 ? start(s) : 0.0;
  }
};

/// Rows and columns of the passive sources, the upper triangle, and D of them in `solution`; beyond
/// `count` of them the identity. A row to an index on the host, a number on devices.
template <class ExecutionSpace>
struct GatherPassive {
  using Memory = typename ExecutionSpace::memory_space;

  StridedInput<const double**, ExecutionSpace> matrix;
  Vector<double, Memory> data;
  Vector<int, Memory> list;
  std::size_t count, padded;
  Matrix<double, Memory> block;
  Vector<double, Memory> solution;

  KOKKOS_FUNCTION void gather(std::size_t i, std::size_t j) const {
    block(i, j) = j < count ? matrix(list(i), list(j)) : 0.0;
  }
  KOKKOS_FUNCTION void start_row(std::size_t i) const {
    solution(i) = i < count ? data(list(i)) : 0.0;
  }
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      start_row(index);
      for (std::size_t j = index; j < padded; ++j) {
        if (index < count)
          gather(index, j);
        else
          block(index, j) = index == j ? 1.0 : 0.0;
      }
    } else {
      const std::size_t i = index / padded, j = index % padded;
      if (j == 0) start_row(i);
      if (j < i) return;
      if (i < count)
        gather(i, j);
      else
        block(i, j) = i == j ? 1.0 : 0.0;
    }
  }
};

template <class ExecutionSpace>
struct ScatterPassive {
  using Memory = typename ExecutionSpace::memory_space;
  Vector<double, Memory> solution;
  Vector<int, Memory> list;
  Vector<double, Memory> x;
  KOKKOS_FUNCTION void operator()(std::size_t k) const { x(list(k)) = solution(k); }
};

/// y_s = (A x)_s - minus_s. Neighbouring threads of a device read A by columns, which are its rows.
template <class ExecutionSpace>
struct SymmetricProduct {
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;
  static constexpr int lanes = 32;

  StridedInput<const double**, ExecutionSpace> matrix;
  Numbers x, minus, y;
  bool subtract;

  KOKKOS_FUNCTION double contiguous(const double* KOKKOS_RESTRICT row,
                                    const double* KOKKOS_RESTRICT numbers, std::size_t size) const {
    double sums[lanes];
    for (int j = 0; j < lanes; ++j) sums[j] = 0.0;
    std::size_t k = 0;
    for (; k + lanes <= size; k += lanes)
      for (int j = 0; j < lanes; ++j) sums[j] += row[k + j] * numbers[k + j];
    double sum = 0.0;
    for (; k < size; ++k) sum += row[k] * numbers[k];
    for (int j = 0; j < lanes; ++j) sum += sums[j];
    return sum;
  }
  KOKKOS_FUNCTION double row(std::size_t s) const {
    const std::size_t size = x.extent(0);
    if constexpr (is_host_execution_v<ExecutionSpace>)
      if (matrix.stride(1) == 1) return contiguous(&matrix(s, 0), x.data(), size);
    double sum = 0.0;
    for (std::size_t t = 0; t < size; ++t) sum += matrix(t, s) * x(t);
    return sum;
  }
  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    y(s) = subtract ? row(s) - minus(s) : row(s);
  }
};

template <class ExecutionSpace>
struct StoreClipped {
  Vector<double, typename ExecutionSpace::memory_space> x;
  StridedOutput<double*, ExecutionSpace> out;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { out(s) = x(s) > 0.0 ? x(s) : 0.0; }
};

template <class ExecutionSpace>
struct SystemDiagonal {
  MeshRows<ExecutionSpace> h;
  Vector<double, typename ExecutionSpace::memory_space> curvature, diagonal;
  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    diagonal(s) = curvature(s) + h.diagonal(s);
  }
};

}  // namespace glint::impl

#endif
