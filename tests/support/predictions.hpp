// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_PREDICTIONS_HPP
#define GLINT_TESTS_PREDICTIONS_HPP

#include <cmath>
#include <glint/sky_grid.hpp>
#include <random>
#include <utility>
#include <vector>

/// Images and what an interferometer would measure of them, in extended precision.

namespace glint::test {

using Real = long double;
inline const Real two_pi = 2 * std::acos(Real(-1));

/// An image on some of a frame's pixels and baselines, all uniform at random.
struct Prediction {
  SkyPixels<> pixels;
  std::vector<double> image, u, v;
  double total = 0.0;  // of |image|

  Prediction(std::size_t ny, std::size_t nx, std::size_t count, double longest,
             double share = 0.7) {
    std::mt19937_64 engine(ny * 1000 + nx);
    const auto uniform = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    std::vector<int> rows, columns;
    for (std::size_t row = 0; row < ny; ++row)
      for (std::size_t column = 0; column < nx; ++column)
        if (uniform() < share || ny * nx < 8) {
          rows.push_back(static_cast<int>(row));
          columns.push_back(static_cast<int>(column));
          image.push_back(uniform() - 0.3);
          total += std::abs(image.back());
        }
    pixels.grid = {ny, nx, 0.05};
    pixels.row = SkyPixels<>::Indices("glint::test::row", rows.size());
    pixels.column = SkyPixels<>::Indices("glint::test::column", rows.size());
    for (std::size_t m = 0; m < rows.size(); ++m) {
      pixels.row(m) = rows[m];
      pixels.column(m) = columns[m];
    }
    for (std::size_t k = 0; k < count; ++k) {
      u.push_back((2 * uniform() - 1) * longest);
      v.push_back((2 * uniform() - 1) * longest);
    }
  }

  /// By the definition, phases folded before their cosine.
  std::pair<Real, Real> visibility(std::size_t k) const {
    Real re = 0, im = 0;
    for (std::size_t m = 0; m < image.size(); ++m) {
      const Real step = pixels.grid.step();
      const Real y = (Real(pixels.grid.ny - 1) / 2 - pixels.row(m)) * step;
      const Real x = (pixels.column(m) - Real(pixels.grid.nx - 1) / 2) * step;
      const Real turns = x * u[k] + y * v[k];
      const Real phase = two_pi * (turns - std::round(turns));
      re += image[m] * std::cos(phase);
      im -= image[m] * std::sin(phase);
    }
    return {re, im};
  }
};

}  // namespace glint::test

#endif
