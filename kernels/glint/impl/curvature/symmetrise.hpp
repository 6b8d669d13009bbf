// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_SYMMETRISE_HPP
#define GLINT_IMPL_CURVATURE_SYMMETRISE_HPP

#include <glint/impl/curvature/shape.hpp>
#include <glint/impl/curvature/triangle.hpp>

namespace glint::impl {

/// F = P + transpose(P), or one triangle of it. On the host a thread takes a
/// square of 64 x 64 entries, which fits the cache with its mirror image, in blocks of lanes x
/// lanes; P is padded to whole blocks. On devices a thread takes one entry.
template <class ExecutionSpace, class T>
struct Symmetrise {
  static constexpr int side = ConvolutionShape<ExecutionSpace, T>::lanes;
  static constexpr int square = 64;
  Matrix<T, typename ExecutionSpace::memory_space> product;
  StridedOutput<T**, ExecutionSpace> matrix;
  int sources;
  Triangle triangle;

  int items() const {
    const int squares = (sources + square - 1) / square;
    return side == 1 ? sources * sources : squares * (squares + 1) / 2;
  }

  KOKKOS_FORCEINLINE_FUNCTION void store(int row, int column, const T* block) const {
    const int rows = sources - row < side ? sources - row : side;
    const int columns = sources - column < side ? sources - column : side;
    if (matrix.stride(1) == 1 && columns == side) {
      for (int a = 0; a < rows; ++a)
        store_pack<T, side>(&matrix(row + a, column), load_pack<T, side>(block + a * side));
      return;
    }
    for (int a = 0; a < rows; ++a)
      for (int b = 0; b < columns; ++b) matrix(row + a, column + b) = block[a * side + b];
  }

  KOKKOS_FORCEINLINE_FUNCTION void block(int row, int column) const {
    alignas(64) T sum[side * side];
    alignas(64) T turned[side * side];
    transpose_block<T, side>(&product(column, row), product.stride(0), turned, side);
    for (int a = 0; a < side; ++a)
      store_pack<T, side>(sum + a * side, load_pack<T, side>(&product(row + a, column)) +
                                              load_pack<T, side>(turned + a * side));
    if (triangle != Triangle::upper) store(row, column, sum);
    if (triangle == Triangle::lower) return;
    transpose_block<T, side>(sum, side, turned, side);
    store(column, row, turned);
  }

  KOKKOS_FUNCTION void operator()(int index) const {
    if constexpr (side == 1) {
      const int row = index / sources, column = index % sources;
      if (triangle == Triangle::both || (triangle == Triangle::lower) == (column < row) ||
          column == row)
        matrix(row, column) = product(row, column) + product(column, row);
    } else {
      int i = 0, j = index;  // square (i, j), j <= i
      while (j > i) j -= ++i;
      const int last = sources < (i + 1) * square ? sources : (i + 1) * square;
      for (int row = i * square; row < last; row += side)
        for (int column = j * square; column < (j + 1) * square && column <= row; column += side)
          block(row, column);
    }
  }
};

}  // namespace glint::impl

#endif
