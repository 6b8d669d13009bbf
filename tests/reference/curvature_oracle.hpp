// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CURVATURE_ORACLE_HPP
#define GLINT_TESTS_CURVATURE_ORACLE_HPP

#include <cmath>
#include <cstdlib>
#include <glint/sky_grid.hpp>
#include <glint/sparse_mapping.hpp>
#include <vector>

/// The curvature matrix from its definition, in extended precision, one pair of pixels after the
/// other.

namespace glint::test {

/// Kernel value for an offset of (down, right) pixels, from the layout of w_compact.
inline double kernel_at(const Matrix<double>& compact, int down, int right) {
  const int nx = static_cast<int>(compact.extent(1) + 1) / 2;
  return down < 0 ? compact(-down, nx - 1 - right) : compact(down, nx - 1 + right);
}

/// F row by row, of length S squared. `hankel` may be empty.
template <class T>
std::vector<long double> curvature_oracle(const SkyPixels<>& pixels, const Matrix<double>& compact,
                                          const Matrix<double>& hankel,
                                          const SparseMapping<Kokkos::HostSpace, T>& mapping) {
  const std::size_t s = mapping.sources;
  std::vector<long double> matrix(s * s, 0.0L);
  const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    std::vector<long double> row(s, 0.0L);  // of W T
    for (std::size_t j = 0; j < pixels.size(); ++j) {
      long double w =
          kernel_at(compact, pixels.row(i) - pixels.row(j), pixels.column(i) - pixels.column(j));
      if (hankel.extent(0) != 0)
        w += kernel_at(hankel, pixels.row(i) + pixels.row(j) - (ny - 1),
                       pixels.column(i) + pixels.column(j) - (nx - 1));
      for (int k = mapping.offsets(j); k < mapping.offsets(j + 1); ++k)
        row[mapping.columns(k)] += w * mapping.values(k);
    }
    for (int k = mapping.offsets(i); k < mapping.offsets(i + 1); ++k)
      for (std::size_t t = 0; t < s; ++t)
        matrix[mapping.columns(k) * s + t] += mapping.values(k) * row[t];
  }
  return matrix;
}

}  // namespace glint::test

#endif
