// SPDX-License-Identifier: BSD-3-Clause
#if defined(GLINT_HAVE_CUFFT)
#include <cufft.h>

#include "fft_device_engine.hpp"

namespace glint::impl {
namespace {

struct Common {
  using Handle = cufftHandle;
  using Type = cufftType;
  using Result = cufftResult;
  using Stream = cudaStream_t;
  static constexpr const char* name = "cuFFT";
  static constexpr Result success = CUFFT_SUCCESS;
  static constexpr auto plan_many = cufftPlanMany;
  static constexpr auto set_stream = cufftSetStream;
  static constexpr auto destroy = cufftDestroy;
  static constexpr int forward_sign = CUFFT_FORWARD;
  static constexpr int back_sign = CUFFT_INVERSE;
};

template <class T>
struct Api;
template <>
struct Api<double> : Common {
  using Real = cufftDoubleReal;
  using Complex = cufftDoubleComplex;
  static constexpr Type forward_type = CUFFT_D2Z, backward_type = CUFFT_Z2D, lines_type = CUFFT_Z2Z;
  static constexpr auto forward = cufftExecD2Z;
  static constexpr auto backward = cufftExecZ2D;
  static constexpr auto run_lines = cufftExecZ2Z;
};
template <>
struct Api<float> : Common {
  using Real = cufftReal;
  using Complex = cufftComplex;
  static constexpr Type forward_type = CUFFT_R2C, backward_type = CUFFT_C2R, lines_type = CUFFT_C2C;
  static constexpr auto forward = cufftExecR2C;
  static constexpr auto backward = cufftExecC2R;
  static constexpr auto run_lines = cufftExecC2C;
};

}  // namespace

template <class T>
std::unique_ptr<FftEngine<T>> make_cufft(const FftShape& shape) {
  return std::make_unique<DeviceFftEngine<Api<T>, T>>(shape);
}
template <class T>
std::unique_ptr<FftEngine<T>> make_cufft_rows(const FftRows& rows) {
  return std::make_unique<DeviceFftEngine<Api<T>, T>>(rows);
}
template <class T>
std::unique_ptr<FftLinesEngine<T>> make_cufft_lines(const FftLines& lines) {
  return std::make_unique<DeviceLinesEngine<Api<T>, T>>(lines);
}

#define GLINT_INSTANTIATE(T)                                              \
  template std::unique_ptr<FftEngine<T>> make_cufft(const FftShape&);     \
  template std::unique_ptr<FftEngine<T>> make_cufft_rows(const FftRows&); \
  template std::unique_ptr<FftLinesEngine<T>> make_cufft_lines(const FftLines&);
GLINT_INSTANTIATE(double)
GLINT_INSTANTIATE(float)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
#endif
