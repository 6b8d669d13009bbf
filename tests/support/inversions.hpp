// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_INVERSIONS_HPP
#define GLINT_TESTS_INVERSIONS_HPP

#include <algorithm>
#include <cmath>
#include <glint/sky_grid.hpp>
#include <glint/sparse_mapping.hpp>
#include <random>
#include <string>
#include <vector>

/// Small inversion problems of every shape: kept pixels, mappings and kernels on the host.

namespace glint::test {

/// A host View that is not initialised, which would use the default instance.
template <class View, class... Extents>
View host_view(const char* label, Extents... extents) {
  return View(Kokkos::view_alloc(std::string(label), Kokkos::WithoutInitializing), extents...);
}

/// The pixels of the frame for which keep(row, column) holds.
template <class Keep>
SkyPixels<> pixels_where(const SkyGrid& grid, const Keep& keep) {
  std::vector<int> row, column;
  for (int i = 0; i < static_cast<int>(grid.ny); ++i)
    for (int j = 0; j < static_cast<int>(grid.nx); ++j)
      if (keep(i, j)) {
        row.push_back(i);
        column.push_back(j);
      }
  SkyPixels<> pixels;
  pixels.grid = grid;
  pixels.row = host_view<SkyPixels<>::Indices>("glint::test::row", row.size());
  pixels.column = host_view<SkyPixels<>::Indices>("glint::test::column", row.size());
  std::copy(row.begin(), row.end(), pixels.row.data());
  std::copy(column.begin(), column.end(), pixels.column.data());
  return pixels;
}

/// Rows of 0 to `width` non-zeros; neighbouring pixels share sources, as in a lensed image.
template <class T>
SparseMapping<Kokkos::HostSpace, T> random_mapping(std::size_t pixels, std::size_t sources,
                                                   std::size_t width, unsigned seed) {
  std::mt19937 random(seed);
  const auto uniform = [&] { return random() / 4294967296.0; };
  SparseMapping<Kokkos::HostSpace, T> mapping;
  mapping.pixels = pixels;
  mapping.sources = sources;
  mapping.width = width;
  mapping.offsets = host_view<Vector<int>>("glint::test::offsets", pixels + 1);
  mapping.offsets(0) = 0;
  mapping.columns = host_view<Vector<int>>("glint::test::columns", pixels * width);
  mapping.values = host_view<Vector<T>>("glint::test::values", pixels * width);
  int k = 0;
  for (std::size_t m = 0; m < pixels; ++m) {
    const auto most = std::min(width, sources);
    const std::size_t count = uniform() < 0.1 ? std::size_t(uniform() * most) : most;
    const auto around = (m / 3) * sources / (pixels / 3 + 1);
    std::vector<int> chosen;
    while (chosen.size() < count) {
      const double reach = 1.5 * static_cast<double>(most);
      const int s =
          static_cast<int>((around + static_cast<std::size_t>(uniform() * reach)) % sources);
      if (std::find(chosen.begin(), chosen.end(), s) == chosen.end()) chosen.push_back(s);
    }
    std::sort(chosen.begin(), chosen.end());
    for (const int s : chosen) {
      mapping.columns(k) = s;
      mapping.values(k++) = static_cast<T>(uniform() - 0.2);
    }
    mapping.offsets(m + 1) = k;
  }
  return mapping;
}

/// A kernel in the layout of w_compact; its row 0 is even.
inline Matrix<double> random_kernel(const SkyGrid& grid, unsigned seed) {
  std::mt19937 random(seed);
  const auto kernel = host_view<Matrix<double>>("glint::test::kernel", grid.ny, 2 * grid.nx - 1);
  for (std::size_t k = 0; k < kernel.size(); ++k) kernel.data()[k] = random() / 2147483648.0 - 1.0;
  for (std::size_t c = 0; c < grid.nx; ++c) kernel(0, c) = kernel(0, 2 * grid.nx - 2 - c);
  return kernel;
}

}  // namespace glint::test

#endif
