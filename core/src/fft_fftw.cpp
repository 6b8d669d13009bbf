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
  static constexpr auto plan_lines = fftw_plan_many_dft;
  static constexpr auto run_lines = fftw_execute_dft;
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
  static constexpr auto plan_lines = fftwf_plan_many_dft;
  static constexpr auto run_lines = fftwf_execute_dft;
  static constexpr auto forward = fftwf_execute_dft_r2c;
  static constexpr auto backward = fftwf_execute_dft_c2r;
  static constexpr auto destroy = fftwf_destroy_plan;
};
#endif

constexpr std::size_t alignment = 64;  // no vector instruction needs more
bool aligned(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer) % alignment == 0;
}

unsigned planner_flags(const FftOptions& options, bool for_aligned) {
  if (!for_aligned) return FFTW_ESTIMATE | FFTW_UNALIGNED;
  return options.measure ? FFTW_MEASURE : FFTW_ESTIMATE;
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

/// `batch` transforms of `rank` dimensions, their beginnings `real_step` numbers and
/// `spectrum_step` complex numbers apart.
struct Layout {
  int rank, n[2], batch;
  std::size_t real_step, spectrum_step;
};

/// A plan holds for arrays of the alignment it was made for, so there are two of each kind.
template <class T>
class FftwEngine final : public FftEngine<T> {
  using Api = Fftw<T>;
  using Complex = typename Api::Complex;

 public:
  FftwEngine(const Layout& layout, const FftOptions& options) {
    const auto batch = static_cast<std::size_t>(layout.batch);
    const Scratch real_scratch(batch * layout.real_step * sizeof(T));
    const Scratch spectrum_scratch(batch * layout.spectrum_step * sizeof(Complex));
    T* real = static_cast<T*>(real_scratch.data);
    auto* spectrum = static_cast<Complex*>(spectrum_scratch.data);
    const int real_step = static_cast<int>(layout.real_step);
    const int spectrum_step = static_cast<int>(layout.spectrum_step);
    const std::lock_guard<std::mutex> lock(planner());
    for (int k = 0; k < 2; ++k) {
      const unsigned flags = planner_flags(options, k == 0);
      forward_[k] = Api::plan_forward(layout.rank, layout.n, layout.batch, real, nullptr, 1,
                                      real_step, spectrum, nullptr, 1, spectrum_step, flags);
      backward_[k] = Api::plan_backward(layout.rank, layout.n, layout.batch, spectrum, nullptr, 1,
                                        spectrum_step, real, nullptr, 1, real_step, flags);
    }
    if (complete()) return;
    destroy();
    GLINT_EXPECTS(complete(), "FftPlan: FFTW cannot plan ", layout.batch, " transforms of ",
                  layout.n[0], layout.rank == 2 ? concat(" x ", layout.n[1]) : "", " numbers");
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

template <class T>
class FftwLinesEngine final : public FftLinesEngine<T> {
  using Api = Fftw<T>;
  using Complex = typename Api::Complex;

 public:
  FftwLinesEngine(const FftLines& lines, const FftOptions& options) {
    const Scratch scratch(lines.count * lines.pitch * sizeof(Complex));
    auto* data = static_cast<Complex*>(scratch.data);
    const int length = static_cast<int>(lines.length), pitch = static_cast<int>(lines.pitch);
    const std::lock_guard<std::mutex> lock(planner());
    bool complete = true;
    for (int k = 0; k < 4; ++k) {
      plans_[k] = Api::plan_lines(
          1, &length, static_cast<int>(lines.count), data, nullptr, 1, pitch, data, nullptr, 1,
          pitch, k / 2 == 0 ? FFTW_FORWARD : FFTW_BACKWARD, planner_flags(options, k % 2 == 0));
      complete = complete && plans_[k];
    }
    if (complete) return;
    destroy();
    GLINT_EXPECTS(complete, "FftPlan: FFTW cannot plan ", lines.count, " transforms of ", length,
                  " complex numbers");
  }
  ~FftwLinesEngine() override {
    const std::lock_guard<std::mutex> lock(planner());
    destroy();
  }
  FftwLinesEngine(const FftwLinesEngine&) = delete;
  FftwLinesEngine& operator=(const FftwLinesEngine&) = delete;

  void run(const void*, T* lines, bool backward) override {
    auto* const data = reinterpret_cast<Complex*>(lines);
    Api::run_lines(plans_[(backward ? 2 : 0) + (aligned(lines) ? 0 : 1)], data, data);
  }

 private:
  void destroy() {
    for (typename Api::Plan& plan : plans_)
      if (plan) Api::destroy(plan);
  }

  typename Api::Plan plans_[4] = {};
};

}  // namespace

template <class T>
std::unique_ptr<FftEngine<T>> make_fftw(const FftShape& shape, const FftOptions& options) {
  return std::make_unique<FftwEngine<T>>(
      Layout{2,
             {static_cast<int>(shape.ny), static_cast<int>(shape.nx)},
             static_cast<int>(shape.batch),
             shape.ny * shape.nx,
             shape.ny * shape.half()},
      options);
}

template <class T>
std::unique_ptr<FftEngine<T>> make_fftw_rows(const FftRows& rows, const FftOptions& options) {
  return std::make_unique<FftwEngine<T>>(Layout{1,
                                                {static_cast<int>(rows.length), 1},
                                                static_cast<int>(rows.count),
                                                rows.real_pitch,
                                                rows.spectrum_pitch},
                                         options);
}

template <class T>
std::unique_ptr<FftLinesEngine<T>> make_fftw_lines(const FftLines& lines,
                                                   const FftOptions& options) {
  return std::make_unique<FftwLinesEngine<T>>(lines, options);
}

#define GLINT_INSTANTIATE(T)                                                                \
  template std::unique_ptr<FftEngine<T>> make_fftw(const FftShape&, const FftOptions&);     \
  template std::unique_ptr<FftEngine<T>> make_fftw_rows(const FftRows&, const FftOptions&); \
  template std::unique_ptr<FftLinesEngine<T>> make_fftw_lines(const FftLines&, const FftOptions&);
#if defined(GLINT_HAVE_FFTW)
GLINT_INSTANTIATE(double)
#endif
#if defined(GLINT_HAVE_FFTW_FLOAT)
GLINT_INSTANTIATE(float)
#endif
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
#endif
