// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_DOT_TILE_HPP
#define GLINT_IMPL_UV_DOT_TILE_HPP

#include <glint/execution.hpp>
#include <glint/pack.hpp>

/// Sums over k of left(r, k) right(c, k) for all rows r of one table and c of another, k
/// contiguous: dot products in tiles that stay in vector registers, on the host.

namespace glint::impl {

/// Rows and columns of a full tile: sums, one row and one operand fill the vector registers.
#if defined(__AVX512F__)
inline constexpr int dot_rows = 4, dot_columns = 6;
#else
inline constexpr int dot_rows = 3, dot_columns = 4;
#endif

/// Where a product goes.
struct DotTarget {
  double* data;
  std::size_t pitch;
  int rows, columns;  ///< of the product
  bool add;           ///< to what is there
};

/// One tile, in packs of L. `length` is a multiple of L; both tables have `dot_rows` and `Columns`
/// rows from here on, of which no more than target.rows count.
template <int L, int Columns>
KOKKOS_INLINE_FUNCTION void dot_tile(const double* KOKKOS_RESTRICT left,
                                     const double* KOKKOS_RESTRICT right, std::size_t pitch,
                                     int length, const DotTarget& target) {
  Pack<double, L> sums[dot_rows][Columns] = {};
  for (int k = 0; k < length; k += L) {
    Pack<double, L> b[Columns];
    GLINT_UNROLL
    for (int c = 0; c < Columns; ++c) {
      b[c] = load_pack<double, L>(right + c * pitch + k);
      keep_in_register(b[c]);
    }
    GLINT_UNROLL
    for (int r = 0; r < dot_rows; ++r) {
      Pack<double, L> a = load_pack<double, L>(left + r * pitch + k);
      keep_in_register(a);
      GLINT_UNROLL
      for (int c = 0; c < Columns; ++c) sums[r][c] += a * b[c];
    }
  }
  alignas(64) double parts[dot_rows * Columns][L], values[dot_rows * Columns];
  GLINT_UNROLL
  for (int t = 0; t < dot_rows * Columns; ++t)
    store_pack<double, L>(parts[t], sums[t / Columns][t % Columns]);
  for (int t = 0; t < dot_rows * Columns; ++t) {  // through memory, so that it is vectorised over t
    double value = parts[t][0];
    GLINT_UNROLL
    for (int l = 1; l < L; ++l) value += parts[t][l];
    values[t] = value;
  }
  for (int r = 0; r < dot_rows && r < target.rows; ++r) {
    double* const row = target.data + r * target.pitch;
    const double* const from = values + r * Columns;
    for (int c = 0; c < Columns; ++c) row[c] = target.add ? row[c] + from[c] : from[c];
  }
}

/// All columns of `dot_rows` rows.
template <int L>
KOKKOS_INLINE_FUNCTION void multiply_rows(const double* left, const double* right,
                                          std::size_t pitch, int length, DotTarget target) {
  for (; target.columns >= dot_columns; target.columns -= dot_columns) {
    dot_tile<L, dot_columns>(left, right, pitch, length, target);
    right += dot_columns * pitch;
    target.data += dot_columns;
  }
  switch (target.columns) {
#if defined(__AVX512F__)
    case 5:
      return dot_tile<L, 5>(left, right, pitch, length, target);
    case 4:
      return dot_tile<L, 4>(left, right, pitch, length, target);
#endif
    case 3:
      return dot_tile<L, 3>(left, right, pitch, length, target);
    case 2:
      return dot_tile<L, 2>(left, right, pitch, length, target);
    case 1:
      return dot_tile<L, 1>(left, right, pitch, length, target);
    default:
      return;
  }
}

}  // namespace glint::impl

#endif
