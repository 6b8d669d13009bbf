// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_UV_PROBLEM_HPP
#define GLINT_PERF_UV_PROBLEM_HPP

#include <glint/impl/nufft/shape.hpp>

#include "shared.hpp"
#include "visibilities.hpp"

/// What sums over visibilities are timed on. Needed are 2 multiply-adds for a visibility and pixel
/// of the frame for a kernel and 1 for an image; by the definition a cosine for every visibility
/// and element; by transforms W^2 for a visibility and grid, of which an image has two.

namespace glint::perf {

/// A circle of pixels and what was observed of it.
struct UvProblem {
  SkyPixels<> pixels;
  UvData<> data;
  std::string key;

  UvProblem(std::size_t side, std::size_t count, bool equal_noise)
      : pixels(circle(side)),
        data(visibilities(pixels.grid, count, equal_noise)),
        key(concat(side, "/", count, "/", equal_noise)) {}

  double count() const { return static_cast<double>(data.size()); }
  double frame() const { return static_cast<double>(pixels.grid.ny * pixels.grid.nx); }
};

/// Flops of spreading over so many grids.
inline double spreading(const impl::NufftShape& shape, int grids, double count) {
  return 2.0 * grids * shape.window.width * shape.window.width * count;
}

/// The sizes that methods other than transforms are timed at: sides of the frame and visibilities.
inline constexpr std::size_t uv_sizes[][2] = {
    {30, 190},    {30, 7200},  {64, 32768},  {128, 131072}, {30, 1000},
    {30, 100000}, {64, 10000}, {128, 10000}, {128, 100000}, {300, 10000}};

/// Those that transforms are timed at.
inline constexpr std::size_t transformed_sizes[][2] = {{30, 1000},   {30, 100000},  {64, 10000},
                                                       {128, 10000}, {128, 100000}, {128, 1000000}};

/// Methods other than transforms whose answer does not take too long.
inline std::vector<KernelMethod> methods_for(std::size_t side, std::size_t count) {
  if (side * side * count > 1000000) return {KernelMethod::separable};
  return {KernelMethod::separable, KernelMethod::direct};
}

}  // namespace glint::perf

#endif
