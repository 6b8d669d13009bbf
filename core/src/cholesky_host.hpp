// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CHOLESKY_HOST_HPP
#define GLINT_CHOLESKY_HOST_HPP

#include <glint/dense_solve.hpp>
#include <glint/execution.hpp>

/// Cholesky for cores with vector registers: A = U^T U from the top, `block` rows at a time. The
/// rows of a block right of its diagonal block are packed in strips of `strip` columns; the rest of
/// the matrix loses their products in register tiles of `tile` rows by one strip.
///
/// Every number is computed by the same operations whatever the number of threads.

namespace glint::impl {

inline constexpr int cholesky_block = 128;
inline constexpr int cholesky_strip = 16;
inline constexpr int cholesky_tile = 8;
inline constexpr int cholesky_square = 64;  // what the update is dealt out in

/// Strips of the panel to the right of column `first`.
KOKKOS_INLINE_FUNCTION std::size_t cholesky_strips(std::size_t size, std::size_t first) {
  return (size - first + cholesky_strip - 1) / cholesky_strip;
}

/// out(r, j) = sum over k < count of a[k step + r] b[k strip + j]: the loop over j becomes vector
/// instructions, all sums stay in registers.
KOKKOS_FORCEINLINE_FUNCTION void cholesky_products(int count, const double* KOKKOS_RESTRICT a,
                                                   int step, const double* KOKKOS_RESTRICT b,
                                                   double* KOKKOS_RESTRICT out) {
  alignas(64) double sum[cholesky_tile][cholesky_strip];
  GLINT_UNROLL
  for (int r = 0; r < cholesky_tile; ++r)
    for (int j = 0; j < cholesky_strip; ++j) sum[r][j] = 0.0;
  for (int k = 0; k < count; ++k)
    for (int j = 0; j < cholesky_strip; ++j) {
      const double right = b[k * cholesky_strip + j];
      GLINT_UNROLL
      for (int r = 0; r < cholesky_tile; ++r) sum[r][j] += a[k * step + r] * right;
    }
  GLINT_UNROLL
  for (int r = 0; r < cholesky_tile; ++r)
    for (int j = 0; j < cholesky_strip; ++j) out[r * cholesky_strip + j] = sum[r][j];
}

/// Factors the diagonal block at `first` and solves the panel to its right. Every item factors the
/// block for itself, into its own part of `blocks`: quicker than to wait for one that does it.
struct CholeskyPanel {
  static constexpr int block = cholesky_block, strip = cholesky_strip, tile = cholesky_tile;

  DenseMatrix a;
  std::size_t size, first;
  double *panel, *blocks;
  std::size_t items;

  KOKKOS_FUNCTION void operator()(std::size_t item) const {
    const std::size_t left = size - first;
    const int rows = left < block ? static_cast<int>(left) : block;
    double* u = blocks + item * block * block;
    double inverse[block];
    factor(rows, u, inverse);
    const std::size_t next = first + rows;
    for (std::size_t s = item; s < cholesky_strips(size, next); s += items)
      solve(rows, u, inverse, next, s);
  }

  /// u = the block's factor, `inverse` = 1 / its diagonal. A pivot that is not positive stays.
  KOKKOS_FUNCTION void factor(int rows, double* u, double* inverse) const {
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < block; ++j)
        u[i * block + j] = j < i || j >= rows ? 0.0 : a.data[(first + i) * a.step + first + j];
    for (int begin = 0; begin < rows; begin += tile) {
      const int end = begin + tile < rows ? begin + tile : rows;
      for (int k = begin; k < end; ++k) {
        double* KOKKOS_RESTRICT row = u + k * block;
        for (int q = begin; q < k; ++q) {
          const double* KOKKOS_RESTRICT above = u + q * block;
          const double factor = above[k];
          for (int j = begin; j < block; ++j) row[j] -= factor * above[j];
        }
        const double pivot = row[k];
        const double root = pivot > 0.0 ? math::sqrt(pivot) : 0.0;
        inverse[k] = pivot > 0.0 ? 1.0 / root : 0.0;
        for (int j = begin; j < block; ++j) row[j] *= inverse[k];
        row[k] = pivot > 0.0 ? root : pivot;
      }
      if (end == rows) break;
      for (int i = end; i < rows; ++i) {
        double* KOKKOS_RESTRICT row = u + i * block;
        const double* KOKKOS_RESTRICT above = u + begin * block;
        double factor[tile];
        for (int r = 0; r < tile; ++r) factor[r] = above[r * block + i];
        for (int j = end; j < block; ++j) {
          double value = row[j];
          GLINT_UNROLL
          for (int r = 0; r < tile; ++r) value -= factor[r] * above[r * block + j];
          row[j] = value;
        }
      }
    }
  }

  /// Strip s of the panel = U^-T times strip s of A, in the panel and in A.
  KOKKOS_FUNCTION void solve(int rows, const double* u, const double* inverse, std::size_t next,
                             std::size_t s) const {
    double* KOKKOS_RESTRICT x = panel + s * block * strip;
    double* from = a.data + first * a.step + next + s * strip;
    const std::size_t left = size - next - s * strip;
    const int width = left < strip ? static_cast<int>(left) : strip;
    for (int k = 0; k < rows; ++k)
      for (int j = 0; j < strip; ++j) x[k * strip + j] = j < width ? from[k * a.step + j] : 0.0;
    // All tiles are full: a block with fewer rows is the last and has no panel.
    for (int begin = 0; begin < rows; begin += tile) {
      alignas(64) double sum[tile * strip];
      cholesky_products(begin, u + begin, block, x, sum);
      const double* KOKKOS_RESTRICT corner = u + begin * block + begin;
      double* KOKKOS_RESTRICT out = x + begin * strip;
      for (int j = 0; j < strip; ++j) {
        double value[tile];
        GLINT_UNROLL
        for (int k = 0; k < tile; ++k) value[k] = out[k * strip + j] - sum[k * strip + j];
        GLINT_UNROLL
        for (int q = 0; q < tile; ++q) {
          value[q] *= inverse[begin + q];
          GLINT_UNROLL
          for (int k = 0; k < tile; ++k)
            if (k > q) value[k] -= corner[q * block + k] * value[q];
        }
        GLINT_UNROLL
        for (int k = 0; k < tile; ++k) out[k * strip + j] = value[k];
      }
    }
    for (int k = 0; k < rows; ++k)
      for (int j = 0; j < width; ++j) from[k * a.step + j] = x[k * strip + j];
  }
};

/// Subtracts the panel's products from the rest of the upper triangle, one square of it per item;
/// the last item writes the diagonal block back, which nobody reads any more.
struct CholeskyUpdate {
  static constexpr int block = cholesky_block, strip = cholesky_strip, tile = cholesky_tile;
  static constexpr std::size_t square = cholesky_square;

  DenseMatrix a;
  std::size_t size, first;
  const double *panel, *blocks;
  std::size_t squares;  ///< along a side

  KOKKOS_FUNCTION std::size_t items() const { return squares * (squares + 1) / 2 + 1; }

  KOKKOS_FUNCTION void operator()(std::size_t item) const {
    const std::size_t left = size - first;
    const int rows = left < block ? static_cast<int>(left) : block;
    if (item + 1 == items()) {
      for (int i = 0; i < rows; ++i)
        for (int j = i; j < rows; ++j)
          a.data[(first + i) * a.step + first + j] = blocks[i * block + j];
      return;
    }
    // Column by column of squares, from the longest.
    std::size_t column = squares - 1;
    while (item > column) item -= column + 1, --column;
    update(rows, first + rows, item * square, column * square);
  }

  KOKKOS_FUNCTION void update(int rows, std::size_t next, std::size_t row0,
                              std::size_t column0) const {
    const std::size_t left = size - next;
    for (std::size_t j = column0; j < left && j < column0 + square; j += strip)
      for (std::size_t i = row0; i < left && i < row0 + square && i < j + strip; i += tile) {
        alignas(64) double sum[tile * strip];
        cholesky_products(rows, panel + i / strip * block * strip + i % strip, strip,
                          panel + j / strip * block * strip, sum);
        double* out = a.data + (next + i) * a.step + next + j;
        if (i + tile <= j + 1 && j + strip <= left) {
          for (int r = 0; r < tile; ++r) {
            double* KOKKOS_RESTRICT row = out + r * a.step;
            for (int q = 0; q < strip; ++q) row[q] -= sum[r * strip + q];
          }
        } else {
          for (std::size_t r = 0; r < tile && i + r < left; ++r)
            for (std::size_t q = i + r > j ? i + r - j : 0; q < strip && j + q < left; ++q)
              out[r * a.step + q] -= sum[r * strip + q];
        }
      }
  }
};

/// x = U^-1 U^-T x in one thread: both passes are as fast as U arrives.
struct CholeskySolveRows {
  static constexpr int rows = 8, lanes = 8;

  DenseMatrix u;
  std::size_t size;
  double* x;

  KOKKOS_FUNCTION void operator()(std::size_t) const {
    std::size_t k = 0;
    for (; k + rows <= size; k += rows) {
      forward_within(k, k + rows);
      double* KOKKOS_RESTRICT y = x;
      const std::size_t step = u.step;
      const double* KOKKOS_RESTRICT row = u.data + k * step;
      double factor[rows];
      for (int r = 0; r < rows; ++r) factor[r] = x[k + r];
      for (std::size_t j = k + rows; j < size; ++j) {
        double value = y[j];
        GLINT_UNROLL
        for (int r = 0; r < rows; ++r) value -= factor[r] * row[r * step + j];
        y[j] = value;
      }
    }
    forward_within(k, size);
    backward_within(k, size);
    while (k > 0) {
      k -= rows;
      for (int r = 0; r < rows; ++r) x[k + r] -= product(k + r, k + rows);
      backward_within(k, k + rows);
    }
  }

  /// Sum over j >= from of U(i, j) x_j.
  KOKKOS_FUNCTION double product(std::size_t i, std::size_t from) const {
    const double* row = u.data + i * u.step;
    double sum[lanes] = {};
    std::size_t j = from;
    for (; j + lanes <= size; j += lanes)
      for (int l = 0; l < lanes; ++l) sum[l] += row[j + l] * x[j + l];
    for (int l = 0; j + l < size; ++l) sum[l] += row[j + l] * x[j + l];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
  }
  KOKKOS_FUNCTION void forward_within(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      double value = x[i];
      for (std::size_t k = begin; k < i; ++k) value -= u.data[k * u.step + i] * x[k];
      x[i] = value / u.data[i * u.step + i];
    }
  }
  KOKKOS_FUNCTION void backward_within(std::size_t begin, std::size_t end) const {
    for (std::size_t i = end; i-- > begin;) {
      double value = x[i];
      for (std::size_t k = i + 1; k < end; ++k) value -= u.data[i * u.step + k] * x[k];
      x[i] = value / u.data[i * u.step + i];
    }
  }
};

}  // namespace glint::impl

#endif
