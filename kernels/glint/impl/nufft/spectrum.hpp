// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_SPECTRUM_HPP
#define GLINT_IMPL_NUFFT_SPECTRUM_HPP

#include <glint/impl/nufft/fold.hpp>
#include <glint/impl/uv/exact_sum.hpp>

/// Between the transforms of fine grids and what is wanted.

namespace glint::impl {

/// For each frequency of both axes, what undoes the window and the shift of the grid: first those
/// of x from 0 to modes_x, then those of y.
template <class ExecutionSpace>
struct WindowFactors {
  static constexpr int lanes = lanes_v<ExecutionSpace>;  // divides 8

  const double *node, *weight;  ///< of window_transform()
  int nodes;
  int nx, ny, modes_x, shift;
  Kokkos::complex<double>* factors;

  KOKKOS_FUNCTION void operator()(int index) const {
    const bool along_x = index <= modes_x;
    const int k = along_x ? index : index - modes_x - 1, n = along_x ? nx : ny;
    const double frequency = static_cast<double>(k) / static_cast<double>(n);
    alignas(64) double sums[lanes] = {};
    for (int j = 0; j < nodes; j += lanes)
      for (int l = 0; l < lanes; ++l) {
        const double turns = frequency * node[j + l];
        double c, s;
        cosine_and_sine(turns - nearest_integer(turns), c, s);
        sums[l] += weight[j + l] * c;
      }
    double sum = 0.0;
    for (int l = 0; l < lanes; ++l) sum += sums[l];
    const double turns = static_cast<double>(k * shift % n) / static_cast<double>(n);
    double c, s;
    cosine_and_sine(turns - nearest_integer(turns), c, s);
    factors[index] = Kokkos::complex<double>(c / sum, s / sum);
  }
};

/// Sums over visibilities w_k of grid g,
///   at(g, kx, ky) = sum over k of w_k exp(-2 pi i step (kx u_k + ky v_k)),  kx >= 0.
struct NufftSpectrum {
  Kokkos::complex<double>* data;  ///< by columns
  std::size_t pitch, plane;       ///< between columns and grids
  const Kokkos::complex<double>*factor_x, *factor_y;
  int ny;

  KOKKOS_FORCEINLINE_FUNCTION Kokkos::complex<double>& stored(int g, int kx, int ky) const {
    return data[static_cast<std::size_t>(g) * plane + static_cast<std::size_t>(kx) * pitch +
                static_cast<std::size_t>(ky < 0 ? ky + ny : ky)];
  }
  KOKKOS_FORCEINLINE_FUNCTION void factor(int kx, int ky, double& re, double& im) const {
    const Kokkos::complex<double> x = factor_x[kx], y = factor_y[ky < 0 ? -ky : ky];
    const double y_im = ky < 0 ? -y.imag() : y.imag();
    re = x.real() * y.real() - x.imag() * y_im;
    im = x.real() * y_im + x.imag() * y.real();
  }
  KOKKOS_FORCEINLINE_FUNCTION double real_at(int g, int kx, int ky) const {
    const Kokkos::complex<double> value = stored(g, kx, ky);
    double re, im;
    factor(kx, ky, re, im);
    return value.real() * re - value.imag() * im;
  }
  KOKKOS_FORCEINLINE_FUNCTION double imag_at(int g, int kx, int ky) const {
    const Kokkos::complex<double> value = stored(g, kx, ky);
    double re, im;
    factor(kx, ky, re, im);
    return value.real() * im + value.imag() * re;
  }
};

/// A kernel from grid g: some columns of a row per index, rows fastest, as spectra lie in memory.
template <class ExecutionSpace>
struct TakeKernel {
  static constexpr int lanes = lanes_v<ExecutionSpace>;

  NufftSpectrum spectrum;
  int g, ny, nx;
  StridedOutput<double**, ExecutionSpace> compact;
  SumTarget<double> target;

  std::size_t indices() const {
    return static_cast<std::size_t>((nx + lanes - 1) / lanes) * static_cast<std::size_t>(ny);
  }
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const auto rows = static_cast<std::size_t>(ny);
    const int m = static_cast<int>(index % rows), first = static_cast<int>(index / rows) * lanes;
    for (int n = first; n < first + lanes && n < nx; ++n) {
      put(m, nx - 1 + n, spectrum.real_at(g, n, -m));
      if (n > 0) put(m, nx - 1 - n, spectrum.real_at(g, n, m));
    }
  }
  KOKKOS_FORCEINLINE_FUNCTION void put(int row, int column, double value) const {
    double& element = compact(row, column);
    const std::size_t index =
        static_cast<std::size_t>(row) * compact.extent(1) + static_cast<std::size_t>(column);
    ExactSum sum = target.begin(element, index);
    sum.add(value);
    target.end(sum, element, index);
  }
};

/// One pixel of an image per index, from grids g and g + 1: with weights A and B of those,
///   sum of A cos p - B sin p, p the phase at the pixel.
template <class ExecutionSpace, class T>
struct TakeImage {
  NufftSpectrum spectrum;
  int g;
  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  StridedOutput<T*, ExecutionSpace> image;
  SumTarget<T> target;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const int n = pixels.column(index) - static_cast<int>(pixels.grid.nx / 2);
    const int m = pixels.row(index) - static_cast<int>(pixels.grid.ny / 2);
    const int kx = n < 0 ? -n : n, ky = n < 0 ? m : -m;
    const double odd = spectrum.imag_at(g + 1, kx, ky);
    ExactSum sum = target.begin(image(index), index);
    sum.add(spectrum.real_at(g, kx, ky) + (n < 0 ? -odd : odd));
    target.end(sum, image(index), index);
  }
};

}  // namespace glint::impl

#endif
