// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_SOURCE_PROBLEMS_HPP
#define GLINT_TESTS_SOURCE_PROBLEMS_HPP

#include <cmath>
#include <glint/source_system.hpp>
#include <reference/inversion_oracle.hpp>
#include <support/arrays.hpp>
#include <support/meshes.hpp>
#include <support/tables.hpp>
#include <support/visibilities.hpp>

/// Equations of a source, (T^T W T + H) x = D, as matrices and as operators.

namespace glint::test {

template <class Memory>
struct MultiplyRow {
  Matrix<double, Memory> matrix;
  Vector<double, Memory> in, out;
  KOKKOS_FUNCTION void operator()(std::size_t row) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < matrix.extent(1); ++k) sum += matrix(row, k) * in(k);
    out(row) = sum;
  }
};

/// A matrix as what takes a `precision` wants it, and how often it was asked.
template <class Space>
struct DenseOperator {
  using Memory = typename Space::memory_space;
  Matrix<double, Memory> matrix;
  mutable int calls = 0;

  void apply(const Space& space, const Vector<double, Memory>& in,
             const Vector<double, Memory>& out) const {
    ++calls;
    Kokkos::parallel_for("glint::test::multiply", range(space, matrix.extent(0)),
                         MultiplyRow<Memory>{matrix, in, out});
  }
};

/// sum over some frequencies of weight cos(phase of the offset), (NY, 2 NX - 1): a kernel of a
/// positive semidefinite W. With `share` in place of 1 the kernel of a Hankel part that keeps W so.
inline Matrix<double> wave_kernel(const SkyGrid& grid, double share, std::uint64_t seed) {
  const auto kernel = host_view<Matrix<double>>("glint::test::kernel", grid.ny, 2 * grid.nx - 1);
  std::fill_n(kernel.data(), kernel.size(), 0.0);
  Numbers numbers(seed);
  for (int k = 0; k < 60; ++k) {
    const double u = 0.5 * numbers.number(), v = 0.5 * numbers.number();
    const double weight = 1.0 + 0.5 * numbers.number();
    const double part = share == 1.0 ? weight : share * weight * ((k % 3) - 1);
    for (std::size_t m = 0; m < kernel.extent(0); ++m)
      for (std::size_t c = 0; c < kernel.extent(1); ++c) {
        const double across = static_cast<double>(c) - static_cast<double>(grid.nx - 1);
        kernel(m, c) +=
            part * std::cos(2.0 * constants::pi * (u * across - v * static_cast<double>(m)));
      }
  }
  return kernel;
}

inline std::vector<double> doubles(const std::vector<Long>& values) {
  return std::vector<double>(values.begin(), values.end());
}

/// A problem of S sources in two blobs of pixels.
template <class Space>
struct SourceProblem {
  using Memory = typename Space::memory_space;

  Space space;
  SkyPixels<> pixels =
      pixels_where({9, 12, 0.2}, [](int i, int j) { return (i < 6 && j < 7) || (i > 6 && j > 7); });
  SkyPixels<Memory> pixels_there;
  SparseMapping<Kokkos::HostSpace> mapping;
  Mesh mesh;
  Matrix<double> compact, hankel;
  double coefficient;
  Dense w, t, f;
  LongMatrix a;  // F + H
  SourceSystem<Memory> system;
  DenseOperator<Space> precision;
  std::vector<double> data;
  Vector<double, Memory> data_there;

  explicit SourceProblem(std::size_t sources, bool equal = true, double strength = 0.7,
                         std::uint64_t seed = 3)
      : pixels_there(to_space(space, pixels)),
        mapping(random_mapping<double>(pixels.size(), sources, 3, static_cast<unsigned>(seed))),
        mesh(triangles(sources)),
        compact(wave_kernel(pixels.grid, 1.0, seed)),
        coefficient(strength),
        w(pixels.size(), pixels.size()),
        t(dense_of(mapping)),
        f(0, 0),
        a(regularization_of(mesh, strength * strength, 1e-8)) {
    add_kernel(pixels, compact, false, w);
    if (!equal) {
      hankel = wave_kernel(pixels.grid, 0.8, seed);
      add_kernel(pixels, hankel, true, w);
    }
    f = product(transposed(t), product(w, t));
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += f.values[k];
    precision.matrix = matrix_of(space, w.rows, w.columns, doubles(w.values));
    system.mapping = to_space(space, mapping);
    transpose(space, system.mapping, system.by_source);
    assign_regularization(space, table_on(space, mesh), strength, system.regularization);
    std::vector<double> diagonal(sources);
    Numbers numbers(seed + 1);
    for (std::size_t s = 0; s < sources; ++s) {
      diagonal[s] = static_cast<double>(f(s, s));
      data.push_back(50.0 * numbers.number() + 10.0);
    }
    system.diagonal = vector_of(space, diagonal);
    data_there = vector_of(space, data);
    compat::fence(space, "glint::test::SourceProblem");
  }

  std::size_t sources() const { return mapping.sources; }
  std::vector<Long> solution() const {
    return long_solve(a, std::vector<Long>(data.begin(), data.end())).x;
  }
  /// |D - A x| / |D|.
  double residual(const std::vector<double>& x) const {
    const std::size_t n = data.size();
    Long rest = 0, whole = 0;
    for (std::size_t s = 0; s < n; ++s) {
      Long sum = data[s];
      for (std::size_t k = 0; k < n; ++k) sum -= a[s * n + k] * Long(x[k]);
      rest += sum * sum;
      whole += Long(data[s]) * Long(data[s]);
    }
    return static_cast<double>(std::sqrt(rest / whole));
  }
};

}  // namespace glint::test

#endif
