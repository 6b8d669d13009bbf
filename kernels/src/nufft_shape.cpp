// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/fft.hpp>
#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/shape.hpp>
#include <limits>

namespace glint::impl {
namespace {

/// A share of what a first call prepares, in seconds.
constexpr double first_call = 1e-4;

/// The smallest legal side on which so many frequencies leave a fineness of sigma.
int fine_side(std::size_t modes, double sigma) {
  constexpr std::size_t step = 2 * nufft_tile;
  const double cells = 2.0 * sigma * static_cast<double>(modes);
  const auto least = static_cast<std::size_t>(std::ceil(cells / static_cast<double>(step)));
  return static_cast<int>(step * good_fft_size(std::max(least, std::size_t(1))));
}

}  // namespace

NufftCost nufft_cost(const NufftShape& shape, int grids) {
  const double ny = shape.ny, nx = shape.nx, columns = shape.modes_x + 1.0;
  const double transforms =
      2.5 * shape.rows() * nx * std::log2(nx) + 5.0 * columns * ny * std::log2(ny);
  const double cells = shape.rows() * nx, outputs = 2.0 * (shape.modes_y + 1.0) * columns;
  NufftCost cost;
  cost.fixed = 4e-5 + grids * (transforms / 16e9 + cells * 1e-9 + outputs * 4e-9);
  cost.each = 20e-9 + shape.window.width * (0.5e-9 + grids * 1.6e-9);
  return cost;
}

NufftShape nufft_shape(std::size_t modes_y, std::size_t modes_x, double tolerance) {
  // Of many visibilities, or one would not transform; not their number, so that chunks of any size
  // have the same errors.
  const double many = 40.0 * static_cast<double>((modes_y + 1) * (modes_x + 1));
  NufftShape best;
  double best_cost = std::numeric_limits<double>::infinity();
  for (int width = narrowest_window; width <= widest_window; width += 2) {
    constexpr double coarsest = 1.3, finest = 2.6;  // what the polynomials are good for
    NufftShape shape;
    shape.window.width = width;
    shape.window.sigma = std::max(coarsest, least_sigma(width, tolerance));
    if (shape.window.sigma > finest) continue;
    shape.ny = fine_side(modes_y, shape.window.sigma);
    shape.nx = fine_side(modes_x, shape.window.sigma);
    shape.modes_y = static_cast<int>(modes_y), shape.modes_x = static_cast<int>(modes_x);
    const NufftCost cost = nufft_cost(shape, 1);
    if (const double seconds = cost.fixed + many * cost.each; seconds < best_cost) {
      best_cost = seconds;
      best = shape;
    }
  }
  return best;
}

double separable_seconds(const SkyGrid& grid, const SumsWanted& wanted) {
  const auto ny = static_cast<double>(grid.ny), nx = static_cast<double>(grid.nx);
  const double products = (2.0 * wanted.kernels + (wanted.image ? 1.0 : 0.0)) * ny * nx;
  const double passes = (wanted.kernels > 0 ? 1.0 : 0.0) + (wanted.image ? 1.0 : 0.0);
  return static_cast<double>(wanted.count) * (products / 21e9 + passes * 18e-9);
}

double nufft_seconds(const SkyGrid& grid, const SumsWanted& wanted, double tolerance) {
  const int grids = wanted.kernels + (wanted.image ? 2 : 0);
  const NufftShape shape =
      wanted.kernels > 0 ? kernel_nufft_shape(grid, tolerance) : image_nufft_shape(grid, tolerance);
  const NufftCost cost = nufft_cost(shape, grids);
  return first_call + cost.fixed + static_cast<double>(wanted.count) * cost.each;
}

KernelMethod cheapest_method(const SkyGrid& grid, const SumsWanted& wanted, double tolerance) {
  if (tolerance < finest_nufft) return KernelMethod::separable;
  return nufft_seconds(grid, wanted, tolerance) < separable_seconds(grid, wanted)
             ? KernelMethod::nufft
             : KernelMethod::separable;
}

bool nufft_predicts_faster(const SkyGrid& grid, std::size_t count, double tolerance) {
  if (tolerance < finest_nufft) return false;
  const auto visibilities = static_cast<double>(count);
  const double pixels = static_cast<double>(grid.ny) * static_cast<double>(grid.nx);
  const NufftCost cost = nufft_cost(image_nufft_shape(grid, tolerance), 2);
  return first_call + cost.fixed + visibilities * cost.each <
         visibilities * (pixels / 21e9 + 15e-9);
}

}  // namespace glint::impl
