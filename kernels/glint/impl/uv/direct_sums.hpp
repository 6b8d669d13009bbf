// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_DIRECT_SUMS_HPP
#define GLINT_IMPL_UV_DIRECT_SUMS_HPP

#include <glint/impl/uv/exact_sum.hpp>
#include <glint/impl/uv/phase.hpp>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>

/// Sums over visibilities with one cosine for every term: what the faster forms are held against.

namespace glint::impl {

/// One element of the kernel per index.
template <class ExecutionSpace, class Weights>
struct DirectKernel {
  SkyGrid grid;
  InputVector<double, ExecutionSpace> u, v;
  Weights weights;
  int which;  ///< of the weights
  StridedOutput<double**, ExecutionSpace> compact;
  SumTarget<double> target;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t width = compact.extent(1), m = index / width, c = index % width;
    const double rows = static_cast<double>(m), step = grid.step();
    const double columns = static_cast<double>(c) - static_cast<double>(grid.nx - 1);
    ExactSum sum = target.begin(compact(m, c), index);
    for (std::size_t k = 0; k < u.extent(0); ++k) {
      double weight[Weights::count];
      weights.at(k, weight);
      const Phase phase = Phase::of(step, u(k)).times(columns) - Phase::of(step, v(k)).times(rows);
      sum.add(weight[which] * cosine(phase));
    }
    target.end(sum, compact(m, c), index);
  }
};

/// One pixel of a dirty image per index; Weights with one number have no part of sines.
template <class ExecutionSpace, class Weights, class T>
struct DirectImage {
  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  InputVector<double, ExecutionSpace> u, v;
  Weights weights;
  StridedOutput<T*, ExecutionSpace> image;
  SumTarget<T> target;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    const SkyGrid& grid = pixels.grid;
    // In half pixels, so that positions are integers: whole turns that are folded away must not
    // come back as halves.
    const double step = 0.5 * grid.step();
    const double rows = 2.0 * pixels.row(m) - static_cast<double>(grid.ny - 1);
    const double columns = 2.0 * pixels.column(m) - static_cast<double>(grid.nx - 1);
    ExactSum sum = target.begin(image(m), m);
    for (std::size_t k = 0; k < u.extent(0); ++k) {
      double weight[Weights::count];
      weights.at(k, weight);
      const Phase phase = Phase::of(step, u(k)).times(columns) - Phase::of(step, v(k)).times(rows);
      sum.add(weight[0] * cosine(phase));
      if constexpr (Weights::count == 2) sum.add(-weight[1] * sine(phase));
    }
    target.end(sum, image(m), m);
  }
};

}  // namespace glint::impl

#endif
