// SPDX-License-Identifier: BSD-3-Clause
#if defined(GLINT_HAVE_HIPFFT)
#include <hipfft/hipfft.h>

#include "fft_device_engine.hpp"

namespace glint::impl {
namespace {

struct Common {
  using Handle = hipfftHandle;
  using Type = hipfftType;
  using Result = hipfftResult;
  using Stream = hipStream_t;
  static constexpr const char* name = "hipFFT";
  static constexpr Result success = HIPFFT_SUCCESS;
  static constexpr auto plan_many = hipfftPlanMany;
  static constexpr auto set_stream = hipfftSetStream;
  static constexpr auto destroy = hipfftDestroy;
  static constexpr int forward_sign = HIPFFT_FORWARD;
  static constexpr int back_sign = HIPFFT_BACKWARD;
};

template <class T>
struct Api;
template <>
struct Api<double> : Common {
  using Real = hipfftDoubleReal;
  using Complex = hipfftDoubleComplex;
  static constexpr Type forward_type = HIPFFT_D2Z, backward_type = HIPFFT_Z2D,
                        lines_type = HIPFFT_Z2Z;
  static constexpr auto forward = hipfftExecD2Z;
  static constexpr auto backward = hipfftExecZ2D;
  static constexpr auto run_lines = hipfftExecZ2Z;
};
template <>
struct Api<float> : Common {
  using Real = hipfftReal;
  using Complex = hipfftComplex;
  static constexpr Type forward_type = HIPFFT_R2C, backward_type = HIPFFT_C2R,
                        lines_type = HIPFFT_C2C;
  static constexpr auto forward = hipfftExecR2C;
  static constexpr auto backward = hipfftExecC2R;
  static constexpr auto run_lines = hipfftExecC2C;
};

}  // namespace

template <class T>
std::unique_ptr<FftEngine<T>> make_hipfft(const FftShape& shape) {
  return std::make_unique<DeviceFftEngine<Api<T>, T>>(shape);
}
template <class T>
std::unique_ptr<FftEngine<T>> make_hipfft_rows(const FftRows& rows) {
  return std::make_unique<DeviceFftEngine<Api<T>, T>>(rows);
}
template <class T>
std::unique_ptr<FftLinesEngine<T>> make_hipfft_lines(const FftLines& lines) {
  return std::make_unique<DeviceLinesEngine<Api<T>, T>>(lines);
}

#define GLINT_INSTANTIATE(T)                                               \
  template std::unique_ptr<FftEngine<T>> make_hipfft(const FftShape&);     \
  template std::unique_ptr<FftEngine<T>> make_hipfft_rows(const FftRows&); \
  template std::unique_ptr<FftLinesEngine<T>> make_hipfft_lines(const FftLines&);
GLINT_INSTANTIATE(double)
GLINT_INSTANTIATE(float)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
#endif
