// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FFT_DEVICE_ENGINE_HPP
#define GLINT_FFT_DEVICE_ENGINE_HPP

#include "fft_engine.hpp"

/// cuFFT and hipFFT have one interface under two names; `Api` holds the names for one precision.

namespace glint::impl {

template <class Api, class T>
class DeviceFftEngine final : public FftEngine<T> {
 public:
  explicit DeviceFftEngine(const FftShape& shape) {
    try {
      forward_ = plan(shape, Api::forward_type);
      backward_ = plan(shape, Api::backward_type);
    } catch (...) {
      destroy();
      throw;
    }
  }
  ~DeviceFftEngine() override { destroy(); }
  DeviceFftEngine(const DeviceFftEngine&) = delete;
  DeviceFftEngine& operator=(const DeviceFftEngine&) = delete;

  void forward(const void* stream, const T* real, T* spectrum) override {
    check(Api::set_stream(forward_.handle, stream_of(stream)), "take a stream");
    // Out of place the input is kept; the interface has no const.
    check(Api::forward(forward_.handle, reinterpret_cast<typename Api::Real*>(const_cast<T*>(real)),
                       reinterpret_cast<typename Api::Complex*>(spectrum)),
          "transform");
  }
  void backward(const void* stream, T* spectrum, T* real) override {
    check(Api::set_stream(backward_.handle, stream_of(stream)), "take a stream");
    check(Api::backward(backward_.handle, reinterpret_cast<typename Api::Complex*>(spectrum),
                        reinterpret_cast<typename Api::Real*>(real)),
          "transform back");
  }

 private:
  struct Plan {
    typename Api::Handle handle{};
    bool made = false;
  };

  static typename Api::Stream stream_of(const void* pointer) {
    return *static_cast<const typename Api::Stream*>(pointer);
  }
  static void check(typename Api::Result result, const char* action) {
    GLINT_EXPECTS(result == Api::success, "FftPlan: ", Api::name, " cannot ", action,
                  " (its error ", static_cast<int>(result), ")");
  }
  static Plan plan(const FftShape& shape, typename Api::Type type) {
    int n[2] = {static_cast<int>(shape.ny), static_cast<int>(shape.nx)};
    Plan plan;
    check(Api::plan_many(&plan.handle, 2, n, nullptr, 1, 0, nullptr, 1, 0, type,
                         static_cast<int>(shape.batch)),
          "plan the transform");
    plan.made = true;
    return plan;
  }
  void destroy() {
    if (forward_.made) Api::destroy(forward_.handle);
    if (backward_.made) Api::destroy(backward_.handle);
  }

  Plan forward_, backward_;
};

}  // namespace glint::impl

#endif
