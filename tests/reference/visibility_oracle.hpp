// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_VISIBILITY_ORACLE_HPP
#define GLINT_TESTS_VISIBILITY_ORACLE_HPP

#include <cmath>
#include <glint/sky_grid.hpp>
#include <glint/uv_data.hpp>
#include <vector>

/// Sums over visibilities from their definitions: serial, in extended precision, one cosine each.

namespace glint::oracle {

/// step (columns u - rows v) in turns; rows count downwards. 64 bits leave an error below 1e-15 of
/// a turn for some thousand turns.
inline long double turns(const SkyGrid& grid, double u, double v, long double rows,
                         long double columns) {
  const long double step = grid.step();
  return columns * (step * u) - rows * (step * v);
}

inline long double cosine(long double turns) {
  return std::cos(2.0L * 3.14159265358979323846264338327950288L * (turns - std::rint(turns)));
}
inline long double sine(long double turns) {
  return std::sin(2.0L * 3.14159265358979323846264338327950288L * (turns - std::rint(turns)));
}

/// Sum of weight cos at an offset of some rows and columns.
inline long double kernel(const SkyGrid& grid, const std::vector<double>& u,
                          const std::vector<double>& v, const std::vector<double>& weights,
                          int rows, int columns) {
  long double sum = 0.0L;
  for (std::size_t k = 0; k < u.size(); ++k)
    sum += weights[k] * cosine(turns(grid, u[k], v[k], rows, columns));
  return sum;
}

/// The dirty image at a pixel.
inline long double dirty(const SkyGrid& grid, const UvData<>& data, int row, int column) {
  const long double rows = row - 0.5L * (static_cast<long double>(grid.ny) - 1.0L);
  const long double columns = column - 0.5L * (static_cast<long double>(grid.nx) - 1.0L);
  long double sum = 0.0L;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const long double phase = turns(grid, data.u(k), data.v(k), rows, columns);
    const long double re = data.noise_re(k), im = data.noise_im(k);
    sum += data.re(k) / (re * re) * cosine(phase) - data.im(k) / (im * im) * sine(phase);
  }
  return sum;
}

/// The older formula that w_tilde_data() keeps.
inline long double ratio_image(const SkyGrid& grid, const UvData<>& data, int row, int column) {
  const long double rows = row - 0.5L * (static_cast<long double>(grid.ny) - 1.0L);
  const long double columns = column - 0.5L * (static_cast<long double>(grid.nx) - 1.0L);
  long double sum = 0.0L;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const long double noise = data.noise_re(k), ratio = noise * noise / data.re(k);
    sum += ratio * ratio * cosine(turns(grid, data.u(k), data.v(k), rows, columns));
  }
  return sum;
}

/// An element of the precision matrix W with both noises.
inline long double precision(const SkyGrid& grid, const UvData<>& data, int row_i, int column_i,
                             int row_j, int column_j) {
  const int ny = static_cast<int>(grid.ny), nx = static_cast<int>(grid.nx);
  long double sum = 0.0L;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const long double re = data.noise_re(k), im = data.noise_im(k);
    const long double a = 0.5L / (re * re) + 0.5L / (im * im);
    const long double h = 0.5L / (re * re) - 0.5L / (im * im);
    sum += a * cosine(turns(grid, data.u(k), data.v(k), row_i - row_j, column_i - column_j)) +
           h * cosine(turns(grid, data.u(k), data.v(k), row_i + row_j - (ny - 1),
                            column_i + column_j - (nx - 1)));
  }
  return sum;
}

inline long double data_term(const UvData<>& data) {
  long double sum = 0.0L;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const long double re = static_cast<long double>(data.re(k)) / data.noise_re(k);
    const long double im = static_cast<long double>(data.im(k)) / data.noise_im(k);
    sum += re * re + im * im;
  }
  return sum;
}

inline long double noise_normalization(const UvData<>& data) {
  const long double two_pi = 2.0L * 3.14159265358979323846264338327950288L;
  long double sum = 0.0L;
  for (std::size_t k = 0; k < data.size(); ++k)
    sum += 2.0L * (std::log(two_pi) + std::log(static_cast<long double>(data.noise_re(k))) +
                   std::log(static_cast<long double>(data.noise_im(k))));
  return sum;
}

}  // namespace glint::oracle

#endif
