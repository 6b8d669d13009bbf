// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_SCENES_HPP
#define GLINT_PERF_SCENES_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <glint/catalogue.hpp>
#include <glint/constants.hpp>
#include <glint/pixel_grid.hpp>

/// The galaxies that rendering is timed on.

namespace glint::perf {

/// Uniform numbers from a seed, the same everywhere.
class Spread {
 public:
  explicit Spread(std::uint32_t seed) : state_(seed) {}
  double operator()(double low, double high) {
    state_ = 1664525u * state_ + 1013904223u;
    return low + (high - low) * (state_ >> 8) / 16777216.0;
  }

 private:
  std::uint32_t state_;
};

/// The three galaxies of examples/data/three_galaxies.csv, repeated; with `jitter` every one is
/// different.
inline Catalogue<> three_galaxies(std::size_t copies, const PixelGrid& grid, bool jitter) {
  constexpr double rows[3][7] = {{31.9, 72.3, 40000.0, 17.0, 1.1, 0.6, 73.5},
                                 {221.0, 66.2, 7000.0, 7.5, 4.0, 0.9, 38.0},
                                 {136.3, 174.6, 5000.0, 3.0, 2.5, 0.8, 26.5}};
  Spread spread(12345);
  Catalogue<> c(3 * copies);
  for (std::size_t p = 0; p < c.size(); ++p) {
    const auto& row = rows[p % 3];
    c.x(p) = row[0] - 0.5 * (static_cast<double>(grid.nx) - 1.0);
    c.y(p) = row[1] - 0.5 * (static_cast<double>(grid.ny) - 1.0);
    c.flux(p) = row[2], c.re(p) = row[3], c.n(p) = row[4], c.q(p) = row[5];
    c.theta(p) = row[6] * constants::pi / 180.0;
    if (!jitter) continue;
    c.x(p) += spread(-10.0, 10.0), c.y(p) += spread(-10.0, 10.0);
    c.n(p) *= spread(0.7, 1.3), c.theta(p) += spread(0.0, 3.0);
    c.q(p) = std::min(1.0, c.q(p) * spread(0.7, 1.2));
  }
  return c;
}

/// Small galaxies all over the frame, each with its own index.
inline Catalogue<> small_galaxies(std::size_t count, const PixelGrid& grid) {
  Spread spread(777);
  Catalogue<> c(count);
  for (std::size_t p = 0; p < count; ++p) {
    c.x(p) = spread(-0.5, 0.5) * static_cast<double>(grid.nx);
    c.y(p) = spread(-0.5, 0.5) * static_cast<double>(grid.ny);
    c.flux(p) = spread(100.0, 1100.0), c.re(p) = spread(1.0, 5.0), c.n(p) = spread(0.5, 6.0);
    c.q(p) = spread(0.2, 1.0), c.theta(p) = spread(0.0, 3.0);
  }
  return c;
}

/// The flat galaxy of the pixel-integration literature: n 5, q 0.1.
inline Catalogue<> flat_galaxy() {
  Catalogue<> c(1);
  c.flux(0) = 1000.0;
  c.re(0) = 7.943282347242815;
  c.n(0) = 5.011872336272723;
  c.x(0) = 0.2;
  c.y(0) = 0.3;
  c.q(0) = 0.1;
  c.theta(0) = 0.1;
  return c;
}

}  // namespace glint::perf

#endif
