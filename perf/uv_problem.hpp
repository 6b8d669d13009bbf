// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_UV_PROBLEM_HPP
#define GLINT_PERF_UV_PROBLEM_HPP

#include <glint/impl/nufft/choose.hpp>
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

/// Sides of the frame and visibilities that sums are timed at.
inline constexpr std::size_t uv_sizes[][2] = {
    {30, 190},    {30, 1000},    {30, 7200},    {30, 100000},   {64, 10000}, {64, 32768},
    {128, 10000}, {128, 100000}, {128, 131072}, {128, 1000000}, {300, 10000}};

/// A row of a size: its name and what it asks for.
struct UvMethod {
  std::string name;
  KernelOptions options;
};

/// The rows whose answer does not take too long. `automatic_6_digits` is for rivals that are asked
/// for so many.
template <class ExecutionSpace>
std::vector<UvMethod> uv_methods(std::size_t side, std::size_t count) {
  const double work = static_cast<double>(side * side) * static_cast<double>(count);
  const bool transforms = !fft_library<ExecutionSpace>().empty();
  std::vector<UvMethod> methods{{"automatic", {}}, {"automatic_6_digits", {.tolerance = 1e-6}}};
  const auto add = [&](KernelMethod method) {
    methods.push_back({kernel_method_name(method), {.method = method}});
  };
  if (transforms) add(KernelMethod::nufft);
  if (work <= 2.5e9) add(KernelMethod::separable);
  if (work <= 1e6) add(KernelMethod::direct);
  return methods;
}

}  // namespace glint::perf

#endif
