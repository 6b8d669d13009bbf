// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_PSF_KERNELS_HPP
#define GLINT_IMPL_PSF_KERNELS_HPP

#include <glint/execution.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/views.hpp>

/// The kernels of psf.hpp. A frame is convolved with the PSF already summed over the o x o
/// sub-pixels of a pixel, and only every o-th result is made: block sums cost nothing.

namespace glint::impl {

/// frame = exact, in the frame's first rows and columns.
template <class ExecutionSpace, class T>
struct LoadFrame {
  StridedInput<const T**, ExecutionSpace> exact;
  Matrix<double, typename ExecutionSpace::memory_space> frame;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / exact.extent(1), column = index % exact.extent(1);
    frame(row, column) = static_cast<double>(exact(row, column));
  }
};

/// image(i, j) = sum over a, b of weights(a, b) frame(o i + a, o j + b): one stretch of `lanes`
/// pixels of a row per index. Rows of the frame are long enough for the last, incomplete stretch.
template <class ExecutionSpace, class T>
struct ConvolveDirect {
  static constexpr int lanes = lanes_v<ExecutionSpace>;

  PixelGrid grid;
  Matrix<double, typename ExecutionSpace::memory_space> frame, weights;
  StridedOutput<T**, ExecutionSpace> image;
  std::size_t oversampling, stretches;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / stretches, first = index % stretches * lanes;
    double sum[lanes] = {};
    if (oversampling == 1)
      add<true>(row, first, sum);
    else
      add<false>(row, first, sum);
    for (int l = 0; l < lanes; ++l)
      if (first + l < grid.nx) image(row, first + l) = static_cast<T>(sum[l]);
  }

  template <bool Contiguous>
  KOKKOS_FUNCTION void add(std::size_t row, std::size_t first, double* sum) const {
    const std::size_t step = Contiguous ? 1 : oversampling;
    const std::size_t columns = weights.extent(1);
    for (std::size_t a = 0; a < weights.extent(0); ++a) {
      const double* weight = &weights(a, 0);
      const double* light = &frame(step * row + a, step * first);
      for (std::size_t b = 0; b < columns; ++b)
        for (int l = 0; l < lanes; ++l) sum[l] += weight[b] * light[b + step * l];
    }
  }
};

/// spectrum *= psf.
template <class ExecutionSpace>
struct MultiplySpectra {
  Matrix<Kokkos::complex<double>, typename ExecutionSpace::memory_space> spectrum, psf;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / psf.extent(1), column = index % psf.extent(1);
    spectrum(row, column) = spectrum(row, column) * psf(row, column);
  }
};

/// image(i, j) = frame(first_row + o i, first_column + o j).
template <class ExecutionSpace, class T>
struct TakePixels {
  PixelGrid grid;
  Matrix<double, typename ExecutionSpace::memory_space> frame;
  StridedOutput<T**, ExecutionSpace> image;
  std::size_t oversampling, first_row, first_column;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / grid.nx, column = index % grid.nx;
    image(row, column) =
        static_cast<T>(frame(first_row + oversampling * row, first_column + oversampling * column));
  }
};

template <class ExecutionSpace>
struct SumPixels {
  Matrix<double, typename ExecutionSpace::memory_space> image;

  KOKKOS_FUNCTION void operator()(std::size_t row, double& sum) const {
    for (std::size_t column = 0; column < image.extent(1); ++column) sum += image(row, column);
  }
};

}  // namespace glint::impl

#endif
