// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FFT_DEVICE_ENGINE_HPP
#define GLINT_FFT_DEVICE_ENGINE_HPP

#include "fft_engine.hpp"

/// cuFFT and hipFFT have one interface under two names; `Api` holds the names for one precision.

namespace glint::impl {

/// One plan of the library.
template <class Api>
class DevicePlan {
 public:
  /// `batch` transforms of `rank` dimensions `n`, in arrays whose fastest extents are `input` and
  /// `output` and that begin that many numbers (times n[0] for two dimensions) apart.
  DevicePlan(int rank, const int (&n)[2], int input, int output, int batch,
             typename Api::Type type) {
    int size[2] = {n[0], n[1]}, in[2] = {n[0], input}, out[2] = {n[0], output};
    if (rank == 1) in[0] = input, out[0] = output;
    const int images = rank == 1 ? 1 : n[0];
    const auto result = Api::plan_many(&handle_, rank, size, in, 1, input * images, out, 1,
                                       output * images, type, batch);
    check(result, "plan the transform");
  }
  ~DevicePlan() { Api::destroy(handle_); }
  DevicePlan(const DevicePlan&) = delete;
  DevicePlan& operator=(const DevicePlan&) = delete;

  static void check(typename Api::Result result, const char* action) {
    GLINT_EXPECTS(result == Api::success, "FftPlan: ", Api::name, " cannot ", action,
                  " (its error ", static_cast<int>(result), ")");
  }

  /// The handle, on the stream that `stream` points to.
  typename Api::Handle on(const void* stream) const {
    check(Api::set_stream(handle_, *static_cast<const typename Api::Stream*>(stream)),
          "take a stream");
    return handle_;
  }

 private:
  typename Api::Handle handle_{};
};

template <class Api, class T>
class DeviceFftEngine final : public FftEngine<T> {
 public:
  explicit DeviceFftEngine(const FftShape& shape)
      : DeviceFftEngine(2, {static_cast<int>(shape.ny), static_cast<int>(shape.nx)}, shape.nx,
                        shape.half(), shape.batch) {}
  explicit DeviceFftEngine(const FftRows& rows)
      : DeviceFftEngine(1, {static_cast<int>(rows.length), 1}, rows.real_pitch, rows.spectrum_pitch,
                        rows.count) {}

  void forward(const void* stream, const T* real, T* spectrum) override {
    // Out of place the input is kept; the interface has no const.
    Plan::check(Api::forward(forward_.on(stream),
                             reinterpret_cast<typename Api::Real*>(const_cast<T*>(real)),
                             reinterpret_cast<typename Api::Complex*>(spectrum)),
                "transform");
  }
  void backward(const void* stream, T* spectrum, T* real) override {
    Plan::check(
        Api::backward(backward_.on(stream), reinterpret_cast<typename Api::Complex*>(spectrum),
                      reinterpret_cast<typename Api::Real*>(real)),
        "transform back");
  }

 private:
  using Plan = DevicePlan<Api>;

  DeviceFftEngine(int rank, const int (&n)[2], std::size_t real, std::size_t spectrum,
                  std::size_t batch)
      : forward_(rank, n, static_cast<int>(real), static_cast<int>(spectrum),
                 static_cast<int>(batch), Api::forward_type),
        backward_(rank, n, static_cast<int>(spectrum), static_cast<int>(real),
                  static_cast<int>(batch), Api::backward_type) {}

  Plan forward_, backward_;
};

template <class Api, class T>
class DeviceLinesEngine final : public FftLinesEngine<T> {
 public:
  explicit DeviceLinesEngine(const FftLines& lines)
      : plan_(1, {static_cast<int>(lines.length), 1}, static_cast<int>(lines.pitch),
              static_cast<int>(lines.pitch), static_cast<int>(lines.count), Api::lines_type) {}

  void run(const void* stream, T* lines, bool backward) override {
    auto* const data = reinterpret_cast<typename Api::Complex*>(lines);
    DevicePlan<Api>::check(
        Api::run_lines(plan_.on(stream), data, data, backward ? Api::back_sign : Api::forward_sign),
        "transform lines");
  }

 private:
  DevicePlan<Api> plan_;
};

}  // namespace glint::impl

#endif
