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

template <class T>
std::unique_ptr<FftEngine<T>> make_fftw(const FftShape& shape, const FftOptions& options);
template <class T>
std::unique_ptr<FftEngine<T>> make_cufft(const FftShape& shape);
template <class T>
std::unique_ptr<FftEngine<T>> make_hipfft(const FftShape& shape);

}  // namespace glint::impl

#endif
