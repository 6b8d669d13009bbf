// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/psf.hpp>

#include "timing.hpp"

namespace glint::perf {
namespace {

/// A round Gaussian of side^2 values that sums to 1.
PsfImage gaussian(std::size_t side, std::size_t oversampling) {
  PsfImage psf;
  psf.values = Image<double>("glint::perf::psf", side, side);
  psf.oversampling = oversampling;
  psf.normalize = true;
  const double middle = 0.5 * static_cast<double>(side - 1);
  const double sigma = 0.2 * static_cast<double>(side);
  for (std::size_t a = 0; a < side; ++a)
    for (std::size_t b = 0; b < side; ++b) {
      const double v = (static_cast<double>(a) - middle) / sigma;
      const double u = (static_cast<double>(b) - middle) / sigma;
      psf.values(a, b) = std::exp(-0.5 * (u * u + v * v));
    }
  return psf;
}

/// Largest error over the peak, of every 37th pixel, against the definition's sum.
double error(const PsfImage& psf, const Image<double>& exact, const Image<double>& image) {
  const std::size_t ky = psf.values.extent(0), kx = psf.values.extent(1), o = psf.oversampling;
  const double sum = psf_sum(psf);
  double worst = 0.0, peak = 0.0;
  for (std::size_t k = 0; k < image.size(); k += 37) {
    const std::size_t i = k / image.extent(1), j = k % image.extent(1);
    double wanted = 0.0;
    for (std::size_t s = 0; s < o * o; ++s)
      for (std::size_t a = 0; a < ky; ++a)
        for (std::size_t b = 0; b < kx; ++b)
          wanted += psf.values(a, b) / sum *
                    exact(o * i + s / o + ky - 1 - a, o * j + s % o + kx - 1 - b);
    worst = std::max(worst, std::abs(image(i, j) - wanted));
    peak = std::max(peak, std::abs(wanted));
  }
  return worst / peak;
}

/// The convolution alone, of a frame that is rendered once.
template <class ExecutionSpace>
void convolve_frame(benchmark::State& state, PsfMethod method) {
  const ExecutionSpace space;
  const auto side = static_cast<std::size_t>(state.range(0));
  const PixelGrid grid{side, side};
  const PsfImage psf =
      gaussian(static_cast<std::size_t>(state.range(1)), static_cast<std::size_t>(state.range(2)));
  PsfOptions options;
  options.method = method;
  const PsfPlan<ExecutionSpace> plan(space, grid, psf, options);

  Catalogue<> galaxy(1);
  galaxy.flux(0) = 1000.0;
  galaxy.re(0) = 0.1 * static_cast<double>(side);
  galaxy.n(0) = 2.0;
  galaxy.q(0) = 0.7;
  const auto exact = make_image<double>(space, plan.frame(), "glint::perf::exact");
  const auto image = make_image<double>(space, grid, "glint::perf::image");
  render(space, plan.frame(), prepare(space, plan, galaxy), exact);
  convolve(space, plan, exact, image);
  const Image<double> host_exact("glint::perf::host", plan.frame().ny, plan.frame().nx);
  const Image<double> host_image("glint::perf::host", side, side);
  copy(space, host_exact, exact);
  copy(space, host_image, image);
  compat::fence(space, "glint::perf::check");
  if (!(error(psf, host_exact, host_image) <= 1e-13)) {
    state.SkipWithError("the image is not the sum it should be");
    return;
  }
  timed(state, space, [&] { convolve(space, plan, exact, image); });
  state.counters["pixels"] = benchmark::Counter(static_cast<double>(side * side),
                                                benchmark::Counter::kIsIterationInvariantRate);
}

template <class ExecutionSpace>
void register_space() {
  for (const PsfMethod method : {PsfMethod::direct, PsfMethod::fft}) {
    if (method == PsfMethod::fft && fft_library<ExecutionSpace>().empty()) continue;
    const std::string name =
        "convolve/" + psf_method_name(method) + "/" + backend_name<ExecutionSpace>() + "/double";
    benchmark::RegisterBenchmark(
        name.c_str(),
        [method](benchmark::State& state) { convolve_frame<ExecutionSpace>(state, method); })
        ->ArgNames({"side", "psf", "oversampling"})
        ->Args({100, 5, 1})
        ->Args({500, 7, 1})
        ->Args({500, 13, 1})
        ->Args({500, 39, 1})
        ->Args({250, 39, 3})
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace

void register_psf() {
#define GLINT_REGISTER(Space) register_space<Space>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
