// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FFT_ENGINE_HPP
#define GLINT_FFT_ENGINE_HPP

#include <glint/fft.hpp>
#include <memory>

/// What every FFT library offers FftPlan. Which of the makers exist is decided when glint is
/// configured: GLINT_HAVE_FFTW, GLINT_HAVE_FFTW_FLOAT, GLINT_HAVE_CUFFT, GLINT_HAVE_HIPFFT.

namespace glint::impl {

/// One planned transform. Spectra are complex numbers as pairs of T. `stream`: a pointer to the
/// device stream to run on; the host's engine ignores it.
template <class T>
class FftEngine {
 public:
  virtual ~FftEngine() = default;
  virtual void forward(const void* stream, const T* real, T* spectrum) = 0;
  virtual void backward(const void* stream, T* spectrum, T* real) = 0;
};

/// One-dimensional transforms of `count` rows of `length` numbers, each row `real_pitch` numbers
/// and each spectrum `spectrum_pitch` complex numbers after the one before.
struct FftRows {
  std::size_t length, count, real_pitch, spectrum_pitch;
};

/// Transforms of `count` lines of `length` complex numbers in place, `pitch` of them apart.
struct FftLines {
  std::size_t length, count, pitch;
};

template <class T>
class FftLinesEngine {
 public:
  virtual ~FftLinesEngine() = default;
  virtual void run(const void* stream, T* lines, bool backward) = 0;
};

template <class T>
std::unique_ptr<FftEngine<T>> make_fftw(const FftShape& shape, const FftOptions& options);
template <class T>
std::unique_ptr<FftEngine<T>> make_cufft(const FftShape& shape);
template <class T>
std::unique_ptr<FftEngine<T>> make_hipfft(const FftShape& shape);

template <class T>
std::unique_ptr<FftEngine<T>> make_fftw_rows(const FftRows& rows, const FftOptions& options);
template <class T>
std::unique_ptr<FftEngine<T>> make_cufft_rows(const FftRows& rows);
template <class T>
std::unique_ptr<FftEngine<T>> make_hipfft_rows(const FftRows& rows);

template <class T>
std::unique_ptr<FftLinesEngine<T>> make_fftw_lines(const FftLines& lines,
                                                   const FftOptions& options);
template <class T>
std::unique_ptr<FftLinesEngine<T>> make_cufft_lines(const FftLines& lines);
template <class T>
std::unique_ptr<FftLinesEngine<T>> make_hipfft_lines(const FftLines& lines);

}  // namespace glint::impl

#endif
