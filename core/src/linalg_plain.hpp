// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LINALG_PLAIN_HPP
#define GLINT_LINALG_PLAIN_HPP

#include <glint/execution.hpp>
#include <glint/pack.hpp>
#include <glint/views.hpp>

/// glint's own matrix products: blocks of results held in registers while the terms pass by.

namespace glint::impl {

/// C = alpha op(A) op(B) + beta C, a block of rows and columns per index. op(A) at (r, k) lies at
/// a[r a_row + k a_term], op(B) at (k, c) at b[k b_term + c b_column].
template <class ExecutionSpace, class T>
struct PlainGemm {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int rows = is_host_execution_v<ExecutionSpace> ? 4 : 1;
  static constexpr int packs = is_host_execution_v<ExecutionSpace> ? 3 : 1;
  static constexpr int columns = packs * lanes;

  const T *a, *b;
  OutputMatrix<T, ExecutionSpace> c;
  std::size_t terms, a_row, a_term, b_term, b_column, row_blocks;
  T alpha, beta;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    // Neighbouring indices share columns of B, which then stay in a cache.
    const std::size_t first_row = index % row_blocks * rows, last_column = c.extent(1);
    std::size_t column = index / row_blocks * columns;
    const std::size_t end = column + columns < last_column ? column + columns : last_column;
    const bool contiguous = b_column == 1 && first_row + rows <= c.extent(0);
    if (contiguous && column + columns <= end) return work<packs>(first_row, column);
    if (contiguous)
      for (; column + lanes <= end; column += lanes) work<1>(first_row, column);
    for (std::size_t r = first_row; r < first_row + rows && r < c.extent(0); ++r)
      for (std::size_t l = column; l < end; ++l) {
        T sum = T(0);
        for (std::size_t k = 0; k < terms; ++k)
          sum += a[r * a_row + k * a_term] * b[k * b_term + l * b_column];
        put(c(r, l), sum);
      }
  }

  KOKKOS_FORCEINLINE_FUNCTION void put(T& out, T sum) const {
    out = beta == T(0) ? alpha * sum : alpha * sum + beta * out;
  }

  template <int Packs>
  KOKKOS_FUNCTION void work(std::size_t row, std::size_t column) const {
    Pack<T, lanes> sum[rows][Packs] = {};
    const T *left = a + row * a_row, *right = b + column;
    for (std::size_t k = 0; k < terms; ++k, left += a_term, right += b_term) {
      Pack<T, lanes> terms_of_b[Packs];
      GLINT_UNROLL
      for (int v = 0; v < Packs; ++v) terms_of_b[v] = load_pack<T, lanes>(right + v * lanes);
      GLINT_UNROLL
      for (int r = 0; r < rows; ++r) {
        const auto factor = broadcast_pack<T, lanes>(left[r * a_row]);
        GLINT_UNROLL
        for (int v = 0; v < Packs; ++v) sum[r][v] += factor * terms_of_b[v];
      }
    }
    alignas(64) T results[Packs * lanes];
    for (int r = 0; r < rows; ++r) {
      for (int v = 0; v < Packs; ++v) store_pack<T, lanes>(results + v * lanes, sum[r][v]);
      for (int l = 0; l < Packs * lanes; ++l) put(c(row + r, column + l), results[l]);
    }
  }
};

/// Y = A X, a stretch of one row per index.
template <class ExecutionSpace, class T>
struct PlainSparse {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int packs = is_host_execution_v<ExecutionSpace> ? 4 : 1;
  static constexpr int columns = packs * lanes;

  Vector<int, typename ExecutionSpace::memory_space> offsets, indices;
  Vector<T, typename ExecutionSpace::memory_space> values;
  InputMatrix<T, ExecutionSpace> x;
  OutputMatrix<T, ExecutionSpace> y;
  std::size_t blocks;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / blocks, last_column = y.extent(1);
    std::size_t column = index % blocks * columns;
    if (column + columns <= last_column) return work<packs>(row, column);
    for (; column + lanes <= last_column; column += lanes) work<1>(row, column);
    for (; column < last_column; ++column) {
      T sum = T(0);
      for (int k = offsets(row); k < offsets(row + 1); ++k)
        sum += values(k) * x(indices(k), column);
      y(row, column) = sum;
    }
  }

  template <int Packs>
  KOKKOS_FUNCTION void work(std::size_t row, std::size_t column) const {
    Pack<T, lanes> sum[Packs] = {};
    const int last = offsets(row + 1);
    for (int k = offsets(row); k < last; ++k) {
      const auto value = broadcast_pack<T, lanes>(values(k));
      const T* const from = &x(indices(k), column);
      GLINT_UNROLL
      for (int v = 0; v < Packs; ++v) sum[v] += value * load_pack<T, lanes>(from + v * lanes);
    }
    GLINT_UNROLL
    for (int v = 0; v < Packs; ++v) store_pack<T, lanes>(&y(row, column + v * lanes), sum[v]);
  }
};

}  // namespace glint::impl

#endif
