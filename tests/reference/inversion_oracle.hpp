// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_INVERSION_ORACLE_HPP
#define GLINT_TESTS_INVERSION_ORACLE_HPP

#include <cstdint>
#include <cstdlib>
#include <vector>

/// Source inversions by their definitions: dense matrices, plain loops, extended precision.

namespace glint::test {

/// A dense row-major matrix.
struct Dense {
  std::size_t rows = 0, columns = 0;
  std::vector<long double> values;

  Dense(std::size_t r, std::size_t c) : rows(r), columns(c), values(r * c, 0.0L) {}
  long double& operator()(std::size_t r, std::size_t c) { return values[r * columns + c]; }
  long double operator()(std::size_t r, std::size_t c) const { return values[r * columns + c]; }
  /// Largest absolute value.
  double largest() const {
    long double top = 0.0L;
    for (const long double v : values) top = v > top ? v : (-v > top ? -v : top);
    return static_cast<double>(top);
  }
};

inline Dense transposed(const Dense& a) {
  Dense result(a.columns, a.rows);
  for (std::size_t r = 0; r < a.rows; ++r)
    for (std::size_t c = 0; c < a.columns; ++c) result(c, r) = a(r, c);
  return result;
}

inline Dense absolute(Dense a) {
  for (long double& v : a.values) v = v < 0.0L ? -v : v;
  return a;
}

inline Dense product(const Dense& a, const Dense& b) {
  Dense result(a.rows, b.columns);
  for (std::size_t r = 0; r < a.rows; ++r)
    for (std::size_t k = 0; k < a.columns; ++k) {
      const long double factor = a(r, k);
      if (factor == 0.0L) continue;
      for (std::size_t c = 0; c < b.columns; ++c) result(r, c) += factor * b(k, c);
    }
  return result;
}

/// An index table and its weights, (rows, width), and what it is to be: M x S.
struct Table {
  std::size_t rows = 0, width = 0, sources = 0;
  std::vector<int> indexes;
  std::vector<double> weights;
};

/// T(m, s) += fraction * weight over the table; without sub-pixels row r belongs to pixel r.
inline Dense mapping_of(const Table& table, std::size_t pixels,
                        const std::vector<int>& slim_index = {},
                        const std::vector<double>& fraction = {}) {
  Dense t(pixels, table.sources);
  for (std::size_t r = 0; r < table.rows; ++r)
    for (std::size_t b = 0; b < table.width; ++b) {
      const int s = table.indexes[r * table.width + b];
      if (s < 0) break;
      const std::size_t m = slim_index.empty() ? r : static_cast<std::size_t>(slim_index[r]);
      t(m, static_cast<std::size_t>(s)) +=
          (fraction.empty() ? 1.0L : static_cast<long double>(fraction[r])) *
          static_cast<long double>(table.weights[r * table.width + b]);
    }
  return t;
}

/// H = c^2 (diag(number of neighbours) - adjacency) + 1e-8 I of a table (S, P).
inline Dense regularization_of(double coefficient, std::size_t sources, std::size_t width,
                               const std::vector<int>& neighbours) {
  Dense h(sources, sources);
  const long double strength = static_cast<long double>(coefficient) * coefficient;
  for (std::size_t s = 0; s < sources; ++s) {
    h(s, s) += 1e-8L;
    for (std::size_t p = 0; p < width && neighbours[s * width + p] >= 0; ++p) {
      h(s, s) += strength;
      h(s, static_cast<std::size_t>(neighbours[s * width + p])) -= strength;
    }
  }
  return h;
}

/// Adds to W of kept pixels what a kernel in the layout of w_compact gives for differences of
/// places, or, `hankel`, for their sums.
template <class Pixels, class Kernel>
void add_kernel(const Pixels& pixels, const Kernel& kernel, bool hankel, Dense& w) {
  const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
  for (std::size_t i = 0; i < w.rows; ++i)
    for (std::size_t j = 0; j < w.columns; ++j) {
      const int sign = hankel ? 1 : -1;
      const int d0 = pixels.row(i) + sign * pixels.row(j) - (hankel ? ny - 1 : 0);
      const int d1 = pixels.column(i) + sign * pixels.column(j) - (hankel ? nx - 1 : 0);
      w(i, j) +=
          static_cast<long double>(d0 < 0 ? kernel(-d0, nx - 1 - d1) : kernel(d0, nx - 1 + d1));
    }
}

/// The dense matrix of a sparse mapping on the host.
template <class Mapping>
Dense dense_of(const Mapping& mapping) {
  Dense t(mapping.pixels, mapping.sources);
  for (std::size_t m = 0; m < mapping.pixels; ++m)
    for (int k = mapping.offsets(m); k < mapping.offsets(m + 1); ++k)
      t(m, static_cast<std::size_t>(mapping.columns(k))) +=
          static_cast<long double>(mapping.values(k));
  return t;
}

}  // namespace glint::test

#endif
