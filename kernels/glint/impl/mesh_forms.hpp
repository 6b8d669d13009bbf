// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_MESH_FORMS_HPP
#define GLINT_IMPL_MESH_FORMS_HPP

#include <glint/execution.hpp>
#include <glint/views.hpp>

/// A mesh's neighbour table in the memory of a space, and what its Laplacian L makes of vectors:
///   x^T L x = sum over pairs of neighbours of (x_s - x_t)^2.

namespace glint::impl {

/// A checked table (S, P) as int, row by row; -1 ends a row.
template <class ExecutionSpace>
struct NeighbourTable {
  Vector<int, typename ExecutionSpace::memory_space> entries;
  std::size_t columns = 0;
};

template <class ExecutionSpace, class Index>
struct CopyNeighbours {
  StridedInput<const Index**, ExecutionSpace> from;
  Vector<int, typename ExecutionSpace::memory_space> to;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t columns = from.extent(1);
    to(index) = static_cast<int>(from(index / columns, index % columns));
  }
};

/// The piece of a row that one index works on.
struct RowPiece {
  static constexpr std::size_t length = 64;
  std::size_t row, begin, end;

  KOKKOS_FUNCTION RowPiece(std::size_t index, std::size_t size) {
    const std::size_t pieces = (size + length - 1) / length;
    row = index / pieces;
    begin = index % pieces * length;
    end = begin + length < size ? begin + length : size;
  }
  static std::size_t count(std::size_t rows, std::size_t size) {
    return rows * ((size + length - 1) / length);
  }
};

/// Sum of v^T L v over the rows v of a lower triangular matrix; or of one vector: `rows` = 1 and
/// `triangular` false.
template <class ExecutionSpace>
struct SumOfPairs {
  NeighbourTable<ExecutionSpace> table;
  const double* v;
  std::size_t size;
  bool triangular;

  KOKKOS_FUNCTION void operator()(std::size_t index, double& sum) const {
    const RowPiece piece(index, size);
    const double* row = v + piece.row * size;
    const std::size_t filled = triangular ? piece.row + 1 : size;
    double pairs = 0.0;
    for (std::size_t s = piece.begin; s < piece.end && s < filled; ++s) {
      const int* neighbours = table.entries.data() + s * table.columns;
      for (std::size_t p = 0; p < table.columns && neighbours[p] >= 0; ++p) {
        const auto t = static_cast<std::size_t>(neighbours[p]);
        // Beyond the diagonal are zeros, and nobody comes from there to meet the pair again.
        const double difference = row[s] - (t < filled ? row[t] : 0.0);
        pairs += (t < filled ? 0.5 : 1.0) * difference * difference;
      }
    }
    sum += pairs;
  }
};

/// out = V L for a matrix V of rows of length `size`.
template <class ExecutionSpace>
struct TimesLaplacian {
  NeighbourTable<ExecutionSpace> table;
  const double* v;
  double* out;
  std::size_t size;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const RowPiece piece(index, size);
    const double* row = v + piece.row * size;
    for (std::size_t s = piece.begin; s < piece.end; ++s) {
      const int* neighbours = table.entries.data() + s * table.columns;
      double value = 0.0;
      for (std::size_t p = 0; p < table.columns && neighbours[p] >= 0; ++p)
        value += row[s] - row[neighbours[p]];
      out[piece.row * size + s] = value;
    }
  }
};

/// Row s of the upper triangle of a matrix += strength L + excess I.
template <class ExecutionSpace>
struct AddLaplacian {
  NeighbourTable<ExecutionSpace> table;
  double* matrix;
  std::size_t size;
  double strength, excess;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const int* neighbours = table.entries.data() + s * table.columns;
    int count = 0;
    for (std::size_t p = 0; p < table.columns && neighbours[p] >= 0; ++p) {
      ++count;
      if (neighbours[p] > static_cast<int>(s)) matrix[s * size + neighbours[p]] -= strength;
    }
    matrix[s * size + s] += strength * count + excess;
  }
};

}  // namespace glint::impl

#endif
