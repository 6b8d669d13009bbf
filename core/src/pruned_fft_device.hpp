// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PRUNED_FFT_DEVICE_HPP
#define GLINT_PRUNED_FFT_DEVICE_HPP

#include <glint/pruned_fft.hpp>

/// What a pruned transform does between the library's passes on devices, one number per index.

namespace glint::impl {

/// Between spectra of rows, (batch, rows, half), and columns, (batch, columns, pitch).
template <class T, bool Backward>
struct TurnSpectrum {
  std::size_t ny, rows, columns, half, pitch;
  const Kokkos::complex<T>* input;
  Kokkos::complex<T>* output;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t lines = Backward ? rows : ny;  // neighbouring indices along a column
    const std::size_t row = index % lines, column = index / lines % columns;
    const std::size_t image = index / lines / columns;
    const std::size_t by_row = (image * rows + row) * half + column;
    const std::size_t by_column = (image * columns + column) * pitch + row;
    if constexpr (Backward)
      output[by_row] = input[by_column];
    else
      output[by_column] = row < rows ? input[by_row] : Kokkos::complex<T>(T(0), T(0));
  }
};

template <class T>
struct FilterSpectrum {
  std::size_t ny, columns, pitch;
  const T* factors;
  const Kokkos::complex<T>* reflected;  ///< or none
  Kokkos::complex<T>* spectrum;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index % ny, column = index / ny;
    const std::size_t place = column % columns * pitch + row;
    Kokkos::complex<T>& element = spectrum[column * pitch + row];
    Kokkos::complex<T> result = element * factors[place];
    if (reflected != nullptr) result += reflected[place] * Kokkos::conj(element);
    element = result;
  }
};

}  // namespace glint::impl

#endif
