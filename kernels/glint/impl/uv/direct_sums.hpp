// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_DIRECT_SUMS_HPP
#define GLINT_IMPL_UV_DIRECT_SUMS_HPP

#include <glint/impl/uv/phase.hpp>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>

/// Sums over visibilities with one cosine for every term: what the faster forms are held against.

namespace glint::impl {

/// A sum in double, and what its rounding lost.
struct ExactSum {
  double high = 0.0, low = 0.0;

  KOKKOS_FORCEINLINE_FUNCTION void add(double value) {
    const double sum = high + value;
    const double part = sum - high;
    low += (high - (sum - part)) + (value - part);
    high = sum;
  }
  KOKKOS_FORCEINLINE_FUNCTION double value() const { return high + low; }
};

/// Where a sum goes: kept anew, or added to one whose lost part is kept beside it.
template <class T>
struct SumTarget {
  double* low = nullptr;  ///< none: the value is all that is wanted
  bool add = false;

  KOKKOS_FORCEINLINE_FUNCTION ExactSum begin(const T& value, std::size_t index) const {
    return add ? ExactSum{static_cast<double>(value), low[index]} : ExactSum();
  }
  KOKKOS_FORCEINLINE_FUNCTION void end(const ExactSum& sum, T& value, std::size_t index) const {
    const double rounded = sum.value();
    value = static_cast<T>(rounded);
    if (low != nullptr) low[index] = (sum.high - rounded) + sum.low;
  }
};

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
    const double step = grid.step();
    const double rows = pixels.row(m) - 0.5 * static_cast<double>(grid.ny - 1);
    const double columns = pixels.column(m) - 0.5 * static_cast<double>(grid.nx - 1);
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
