// SPDX-License-Identifier: BSD-3-Clause
#include <glint/execution.hpp>
#include <limits>

#include "fft_engine.hpp"
#include "fft_library.hpp"
#include "wait_on_host.hpp"

namespace glint {

std::size_t good_fft_size(std::size_t size) {
  constexpr std::size_t limit = std::size_t(1) << 30;
  GLINT_EXPECTS(size <= limit, "good_fft_size: the size ", size, " is above ", limit);
  std::size_t best = limit;
  for (std::size_t p7 = 1; p7 < best; p7 *= 7)
    for (std::size_t p5 = p7; p5 < best; p5 *= 5)
      for (std::size_t p3 = p5; p3 < best; p3 *= 3) {
        std::size_t candidate = p3;
        while (candidate < size) candidate *= 2;
        best = candidate < best ? candidate : best;
      }
  return best;
}

namespace {

void validate(const FftShape& shape) {
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
  GLINT_EXPECTS(shape.ny > 0 && shape.nx > 0 && shape.batch > 0,
                "FftPlan: every extent must be at least 1, not ", shape.batch, " images of ",
                shape.ny, " x ", shape.nx);
  GLINT_EXPECTS(shape.batch <= limit && shape.nx < limit && shape.ny <= limit / (shape.nx + 2),
                "FftPlan: ", shape.batch, " images of ", shape.ny, " x ", shape.nx,
                " are more than the FFT libraries can count");
}

}  // namespace

template <class ExecutionSpace, class T>
std::string fft_library() {
  switch (impl::fft_library_of<ExecutionSpace, T>()) {
    case impl::FftLibrary::fftw:
      return "FFTW";
    case impl::FftLibrary::cufft:
      return "cuFFT";
    case impl::FftLibrary::hipfft:
      return "hipFFT";
    case impl::FftLibrary::none:
      break;
  }
  return "";
}

template <class ExecutionSpace, class T>
FftPlan<ExecutionSpace, T>::FftPlan(const ExecutionSpace&, const FftShape& shape,
                                    [[maybe_unused]] const FftOptions& options)
    : shape_(shape) {
  validate(shape);
  constexpr auto chosen = impl::fft_library_of<ExecutionSpace, T>();
  GLINT_EXPECTS(chosen != impl::FftLibrary::none,
                "FftPlan: this build of glint has no FFT library for ",
                std::is_same_v<T, double> ? "double" : "float", " on the backend '",
                backend_name<ExecutionSpace>(), "'");
  if constexpr (chosen == impl::FftLibrary::fftw) engine_ = impl::make_fftw<T>(shape, options);
  if constexpr (chosen == impl::FftLibrary::cufft) engine_ = impl::make_cufft<T>(shape);
  if constexpr (chosen == impl::FftLibrary::hipfft) engine_ = impl::make_hipfft<T>(shape);
}

template <class ExecutionSpace, class T>
void FftPlan<ExecutionSpace, T>::run_forward(const ExecutionSpace& space, const T* real,
                                             T* spectrum) const {
  impl::wait_on_host(space, "glint::fft::forward");
  engine_->forward(impl::FftStream<ExecutionSpace>(space).pointer(), real, spectrum);
}

template <class ExecutionSpace, class T>
void FftPlan<ExecutionSpace, T>::run_backward(const ExecutionSpace& space, T* spectrum,
                                              T* real) const {
  impl::wait_on_host(space, "glint::fft::backward");
  engine_->backward(impl::FftStream<ExecutionSpace>(space).pointer(), spectrum, real);
}

#define GLINT_INSTANTIATE(Space)                     \
  template class FftPlan<Space, double>;             \
  template class FftPlan<Space, float>;              \
  template std::string fft_library<Space, double>(); \
  template std::string fft_library<Space, float>();
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
