// SPDX-License-Identifier: BSD-3-Clause
#include "fft_engine.hpp"

#if defined(GLINT_HAVE_FFTW) || defined(GLINT_HAVE_FFTW_FLOAT)
#include <fftw3.h>

#include <cstdint>
#include <cstdlib>
#include <mutex>

namespace glint::impl {
namespace {

/// FFTW's planner is not safe from several threads; its execution is.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

/// FFTW's names for one precision.
template <class T>
struct Fftw;
#if defined(GLINT_HAVE_FFTW)
template <>
struct Fftw<double> {
  using Plan = fftw_plan;
  using Complex = fftw_complex;
  static constexpr auto plan_forward = fftw_plan_many_dft_r2c;
  static constexpr auto plan_backward = fftw_plan_many_dft_c2r;
  static constexpr auto forward = fftw_execute_dft_r2c;
  static constexpr auto backward = fftw_execute_dft_c2r;
  static constexpr auto destroy = fftw_destroy_plan;
};
#endif
#if defined(GLINT_HAVE_FFTW_FLOAT)
template <>
struct Fftw<float> {
  using Plan = fftwf_plan;
  using Complex = fftwf_complex;
  static constexpr auto plan_forward = fftwf_plan_many_dft_r2c;
  static constexpr auto plan_backward = fftwf_plan_many_dft_c2r;
  static constexpr auto forward = fftwf_execute_dft_r2c;
  static constexpr auto backward = fftwf_execute_dft_c2r;
  static constexpr auto destroy = fftwf_destroy_plan;
};
#endif

constexpr std::size_t alignment = 64;  // no vector instruction needs more
bool aligned(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer) % alignment == 0;
}

/// Working space that only the planner sees; estimating does not even touch it.
struct Scratch {
  explicit Scratch(std::size_t bytes)
      : data(std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment)) {
    GLINT_EXPECTS(data != nullptr, "FftPlan: planning needs ", bytes, " bytes, which are not free");
  }
  ~Scratch() { std::free(data); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  void* data;
};

/// A plan holds for arrays of the alignment it was made for, so there are two of each kind.
template <class T>
class FftwEngine final : public FftEngine<T> {
  using Api = Fftw<T>;
  using Complex = typename Api::Complex;

 public:
  FftwEngine(const FftShape& shape, const FftOptions& options) {
    const std::size_t images = shape.batch * shape.ny;
    const Scratch real_scratch(images * shape.nx * sizeof(T));
    const Scratch spectrum_scratch(images * shape.half() * sizeof(Complex));
    T* real = static_cast<T*>(real_scratch.data);
    auto* spectrum = static_cast<Complex*>(spectrum_scratch.data);
    const int n[2] = {static_cast<int>(shape.ny), static_cast<int>(shape.nx)};
    const int batch = static_cast<int>(shape.batch);
    const int real_step = static_cast<int>(shape.ny * shape.nx);
    const int spectrum_step = static_cast<int>(shape.ny * shape.half());
    const std::lock_guard<std::mutex> lock(planner());
    for (int k = 0; k < 2; ++k) {
      const unsigned flags = k == 0 ? (options.measure ? FFTW_MEASURE : FFTW_ESTIMATE)
                                    : (FFTW_ESTIMATE | FFTW_UNALIGNED);
      forward_[k] = Api::plan_forward(2, n, batch, real, nullptr, 1, real_step, spectrum, nullptr,
                                      1, spectrum_step, flags);
      backward_[k] = Api::plan_backward(2, n, batch, spectrum, nullptr, 1, spectrum_step, real,
                                        nullptr, 1, real_step, flags);
    }
    if (complete()) return;
    destroy();
    GLINT_EXPECTS(complete(), "FftPlan: FFTW cannot plan ", shape.batch, " images of ", shape.ny,
                  " x ", shape.nx);
  }
  ~FftwEngine() override {
    const std::lock_guard<std::mutex> lock(planner());
    destroy();
  }
  FftwEngine(const FftwEngine&) = delete;
  FftwEngine& operator=(const FftwEngine&) = delete;

  void forward(const void*, const T* real, T* spectrum) override {
    // Out of place, FFTW keeps the input of this direction; its interface has no const.
    const int k = aligned(real) && aligned(spectrum) ? 0 : 1;
    Api::forward(forward_[k], const_cast<T*>(real), reinterpret_cast<Complex*>(spectrum));
  }
  void backward(const void*, T* spectrum, T* real) override {
    const int k = aligned(real) && aligned(spectrum) ? 0 : 1;
    Api::backward(backward_[k], reinterpret_cast<Complex*>(spectrum), real);
  }

 private:
  bool complete() const { return forward_[0] && forward_[1] && backward_[0] && backward_[1]; }
  void destroy() {
    for (typename Api::Plan* plan : {&forward_[0], &forward_[1], &backward_[0], &backward_[1]}) {
      if (*plan) Api::destroy(*plan);
      *plan = nullptr;
    }
  }

  typename Api::Plan forward_[2] = {}, backward_[2] = {};
};

}  // namespace

template <class T>
std::unique_ptr<FftEngine<T>> make_fftw(const FftShape& shape, const FftOptions& options) {
  return std::make_unique<FftwEngine<T>>(shape, options);
}

#if defined(GLINT_HAVE_FFTW)
template std::unique_ptr<FftEngine<double>> make_fftw(const FftShape&, const FftOptions&);
#endif
#if defined(GLINT_HAVE_FFTW_FLOAT)
template std::unique_ptr<FftEngine<float>> make_fftw(const FftShape&, const FftOptions&);
#endif

}  // namespace glint::impl
#endif
