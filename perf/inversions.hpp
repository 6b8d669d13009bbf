// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_INVERSIONS_HPP
#define GLINT_PERF_INVERSIONS_HPP

#include <algorithm>
#include <cmath>
#include <glint/execution.hpp>
#include <glint/sky_grid.hpp>
#include <glint/sparse_mapping.hpp>
#include <vector>

#include "scenes.hpp"

/// The reconstructions that are timed: a circle of pixels in a square frame, lensed to a source
/// plane whose pixels follow the traced ones.

namespace glint::perf {

/// The circle of diameter `side`.
inline SkyPixels<> circle(std::size_t side) {
  const double middle = 0.5 * static_cast<double>(side - 1);
  std::vector<int> row, column;
  for (std::size_t i = 0; i < side; ++i)
    for (std::size_t j = 0; j < side; ++j)
      if (std::hypot(i - middle, j - middle) <= 0.5 * static_cast<double>(side)) {
        row.push_back(static_cast<int>(i));
        column.push_back(static_cast<int>(j));
      }
  SkyPixels<> pixels;
  pixels.grid = {side, side, side <= 40 ? 0.2 : 7.0 / static_cast<double>(side)};
  pixels.row = SkyPixels<>::Indices("glint::perf::row", row.size());
  pixels.column = SkyPixels<>::Indices("glint::perf::column", row.size());
  std::copy(row.begin(), row.end(), pixels.row.data());
  std::copy(column.begin(), column.end(), pixels.column.data());
  return pixels;
}

/// Every pixel sees the `width` nearest of `sources` source pixels, weighted by the inverse of
/// their distances. The source pixels are traced image pixels, evenly chosen, so that they are
/// dense where the magnification is high; their order is that of the image.
inline SparseMapping<Kokkos::HostSpace> lensed_mapping(const SkyPixels<>& pixels,
                                                       std::size_t sources, std::size_t width) {
  const std::size_t m = pixels.size();
  const double middle = 0.5 * static_cast<double>(pixels.grid.nx - 1);
  const double einstein = 0.225 * static_cast<double>(pixels.grid.nx);
  Spread spread(7);
  std::vector<double> x(m), y(m);  // traced through an isothermal lens, a little out of round
  for (std::size_t k = 0; k < m; ++k) {
    const double u = pixels.column(k) - middle, v = pixels.row(k) - middle;
    const double r = std::hypot(u, v) + 1e-6;
    x[k] = u * (1.0 - einstein / r);
    y[k] = v * (1.0 - 0.95 * einstein / r);
  }
  std::vector<double> sx(sources), sy(sources);
  for (std::size_t s = 0; s < sources; ++s) {
    const std::size_t k = s * m / sources;
    sx[s] = x[k] + spread(-0.01, 0.01);
    sy[s] = y[k] + spread(-0.01, 0.01);
  }
  SparseMapping<Kokkos::HostSpace> mapping;
  mapping.pixels = m;
  mapping.sources = sources;
  mapping.width = width;
  mapping.offsets = Vector<int>("glint::perf::offsets", m + 1);
  mapping.columns = Vector<int>("glint::perf::columns", m * width);
  mapping.values = Vector<double>("glint::perf::values", m * width);
  std::vector<std::pair<double, int>> near(sources);
  for (std::size_t k = 0; k < m; ++k) {
    for (std::size_t s = 0; s < sources; ++s)
      near[s] = {std::hypot(sx[s] - x[k], sy[s] - y[k]), static_cast<int>(s)};
    std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(width - 1),
                     near.end());
    std::sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(width),
              [](const auto& a, const auto& b) { return a.second < b.second; });
    double sum = 0.0;
    for (std::size_t b = 0; b < width; ++b) sum += 1.0 / (near[b].first + 1e-3);
    for (std::size_t b = 0; b < width; ++b) {
      mapping.columns(k * width + b) = near[b].second;
      mapping.values(k * width + b) = 1.0 / (near[b].first + 1e-3) / sum;
    }
    mapping.offsets(k + 1) = static_cast<int>((k + 1) * width);
  }
  return mapping;
}

/// Anything smooth and even with the kernel's layout.
inline Matrix<double> smooth_kernel(const SkyGrid& grid) {
  Matrix<double> kernel("glint::perf::kernel", grid.ny, 2 * grid.nx - 1);
  for (std::size_t i = 0; i < kernel.extent(0); ++i)
    for (std::size_t j = 0; j < kernel.extent(1); ++j) {
      const double v = static_cast<double>(i);
      const double u = static_cast<double>(j) - static_cast<double>(grid.nx - 1);
      kernel(i, j) = std::cos(0.3 * u - 0.2 * v) / (1.0 + 0.05 * (u * u + v * v));
    }
  return kernel;
}

}  // namespace glint::perf

#endif
