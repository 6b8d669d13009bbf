// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_INVERSIONS_HPP
#define GLINT_PERF_INVERSIONS_HPP

#include <algorithm>
#include <cmath>
#include <glint/error.hpp>
#include <glint/execution.hpp>
#include <glint/sky_grid.hpp>
#include <glint/sparse_mapping.hpp>
#include <utility>
#include <vector>

#include "export.hpp"
#include "scenes.hpp"
#include "shared.hpp"

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

/// The kernel at all offsets, (2 NY - 1, 2 NX - 1): a row of W is a part of each of its rows.
inline std::vector<double> full_kernel(const SkyGrid& grid, const double* compact) {
  const std::size_t width = 2 * grid.nx - 1, middle = grid.ny - 1;
  std::vector<double> full((2 * grid.ny - 1) * width);
  for (std::size_t i = 0; i < grid.ny; ++i)
    for (std::size_t j = 0; j < width; ++j) {
      full[(middle + i) * width + j] = compact[i * width + j];
      full[(middle - i) * width + width - 1 - j] = compact[i * width + j];
    }
  return full;
}

/// W (M, M) of a kernel.
inline std::vector<double> dense_w(const SkyPixels<>& pixels, const double* compact) {
  const std::size_t m = pixels.size(), nx = pixels.grid.nx, ny = pixels.grid.ny;
  const std::vector<double> full = full_kernel(pixels.grid, compact);
  std::vector<double> w(m * m);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) {
      const int down = pixels.row(i) - pixels.row(j) + static_cast<int>(ny) - 1;
      const int right = pixels.column(i) - pixels.column(j) + static_cast<int>(nx) - 1;
      w[i * m + j] =
          full[static_cast<std::size_t>(down) * (2 * nx - 1) + static_cast<std::size_t>(right)];
    }
  return w;
}

/// A set of pixels, a mapping of them, and a kernel.
struct Inversion {
  std::string key;
  SkyPixels<> pixels;
  SparseMapping<Kokkos::HostSpace> mapping;
  Matrix<double> kernel;

  Inversion(std::size_t side, std::size_t sources, std::size_t width)
      : key(concat(side, "/", sources, "/", width)),
        pixels(circle(side)),
        mapping(lensed_mapping(pixels, sources, width)),
        kernel(smooth_kernel(pixels.grid)) {}

  double m() const { return static_cast<double>(pixels.size()); }
  double s() const { return static_cast<double>(mapping.sources); }
  double nonzeros() const { return m() * static_cast<double>(mapping.width); }

  /// One for all cases of these sizes.
  static std::shared_ptr<const Inversion> of(std::size_t side, std::size_t sources,
                                             std::size_t width) {
    return shared<Inversion>(concat(side, "/", sources, "/", width),
                             [&] { return Inversion(side, sources, width); });
  }
};

/// Calls action(source, response) with the column of W T of every source, on the whole frame; with
/// the kernel of a Hankel part, if there is one.
template <class Action>
void for_each_response(const SkyPixels<>& pixels, const SparseMapping<Kokkos::HostSpace>& mapping,
                       const double* compact, const double* hankel, const Action& action) {
  const std::size_t ny = pixels.grid.ny, nx = pixels.grid.nx, width = 2 * nx - 1;
  const std::vector<double> full = full_kernel(pixels.grid, compact);
  const std::vector<double> second =
      hankel ? full_kernel(pixels.grid, hankel) : std::vector<double>();
  std::vector<std::vector<std::pair<std::size_t, double>>> seen(mapping.sources);
  for (std::size_t m = 0; m < pixels.size(); ++m)
    for (int k = mapping.offsets(m); k < mapping.offsets(m + 1); ++k)
      seen[static_cast<std::size_t>(mapping.columns(k))].emplace_back(m, mapping.values(k));
  std::vector<double> response(ny * nx);
  for (std::size_t s = 0; s < mapping.sources; ++s) {
    std::fill(response.begin(), response.end(), 0.0);
    for (const auto& [m, value] : seen[s]) {
      const auto row = static_cast<std::size_t>(pixels.row(m));
      const auto column = static_cast<std::size_t>(pixels.column(m));
      for (std::size_t i = 0; i < ny; ++i) {
        const double* from = full.data() + (i + ny - 1 - row) * width + nx - 1 - column;
        double* to = response.data() + i * nx;
        for (std::size_t j = 0; j < nx; ++j) to[j] += value * from[j];
        if (!hankel) continue;
        from = second.data() + (i + row) * width + column;
        for (std::size_t j = 0; j < nx; ++j) to[j] += value * from[j];
      }
    }
    action(s, response);
  }
}

/// transpose(T) W T by its definition, (S, S).
inline std::vector<double> curvature_by_definition(const SkyPixels<>& pixels,
                                                   const SparseMapping<Kokkos::HostSpace>& mapping,
                                                   const double* compact,
                                                   const double* hankel = nullptr) {
  std::vector<double> f(mapping.sources * mapping.sources, 0.0);
  for_each_response(pixels, mapping, compact, hankel, [&](std::size_t s, const auto& response) {
    for (std::size_t m = 0; m < pixels.size(); ++m) {
      const double value = response[static_cast<std::size_t>(pixels.row(m)) * pixels.grid.nx +
                                    static_cast<std::size_t>(pixels.column(m))];
      for (int k = mapping.offsets(m); k < mapping.offsets(m + 1); ++k)
        f[static_cast<std::size_t>(mapping.columns(k)) * mapping.sources + s] +=
            mapping.values(k) * value;
    }
  });
  return f;
}

/// The table (M, B) of a mapping that fills all its rows.
inline void export_table(Export& out, const SparseMapping<Kokkos::HostSpace>& mapping) {
  const std::vector<std::size_t> shape{mapping.pixels, mapping.width};
  out.array("columns", shape, mapping.columns.data());
  out.array("values", shape, mapping.values.data());
  out.scalar("sources", static_cast<double>(mapping.sources));
}

/// The frame and the pixels of it.
inline void export_grid(Export& out, const SkyGrid& grid) {
  out.scalar("ny", static_cast<double>(grid.ny));
  out.scalar("nx", static_cast<double>(grid.nx));
  out.scalar("step", grid.step());
}
inline void export_pixels(Export& out, const SkyPixels<>& pixels) {
  export_grid(out, pixels.grid);
  out.array("row", pixels.row);
  out.array("column", pixels.column);
}

}  // namespace glint::perf

#endif
