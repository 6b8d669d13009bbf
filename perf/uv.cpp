// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/uv_sums.hpp>

#include "inversions.hpp"
#include "scenes.hpp"
#include "timing.hpp"

/// Sums over visibilities. Their limit is the rate of multiply-adds; `flops` counts what is needed:
/// 4 NY NX a visibility for a kernel, 2 NY NX for an image.

namespace glint::perf {
namespace {

/// Baselines up to the grid's Nyquist limit, unequal noises.
UvData<> visibilities(const SkyGrid& grid, std::size_t count, bool equal) {
  Spread spread(4711);
  const double longest = 0.5 / grid.step();
  UvData<> data(count);
  for (std::size_t k = 0; k < count; ++k) {
    data.u(k) = spread(-longest, longest), data.v(k) = spread(-longest, longest);
    data.re(k) = spread(-1.0, 1.0), data.im(k) = spread(-1.0, 1.0);
    data.noise_re(k) = spread(0.5, 2.0);
    data.noise_im(k) = equal ? data.noise_re(k) : spread(0.5, 2.0);
  }
  return data;
}

/// Error of some elements over the sum of weights, against the definition.
double kernel_error(const SkyGrid& grid, const UvData<>& data, const Matrix<double>& compact) {
  double worst = 0.0, total = 0.0;
  for (std::size_t k = 0; k < data.size(); ++k) total += data.noise_re(k);
  const std::size_t width = compact.extent(1);
  for (std::size_t e = 0; e < compact.size(); e += 1 + compact.size() / 7) {
    const double rows = static_cast<double>(e / width);
    const double columns = static_cast<double>(e % width) - static_cast<double>(grid.nx - 1);
    double sum = 0.0;
    for (std::size_t k = 0; k < data.size(); ++k)
      sum += data.noise_re(k) *
             std::cos(2.0 * constants::pi * grid.step() * (columns * data.u(k) - rows * data.v(k)));
    worst = std::max(worst, std::abs(compact(e / width, e % width) - sum));
  }
  return worst / total;
}

double image_error(const SkyPixels<>& pixels, const UvData<>& data, const Vector<double>& image) {
  const SkyGrid& grid = pixels.grid;
  double worst = 0.0, total = 0.0;
  for (std::size_t m = 0; m < pixels.size(); m += 1 + pixels.size() / 7) {
    const double x = grid.x(pixels.column(m)), y = grid.y(pixels.row(m));
    double sum = 0.0;
    total = 0.0;
    for (std::size_t k = 0; k < data.size(); ++k) {
      const double phase = 2.0 * constants::pi * (x * data.u(k) + y * data.v(k));
      const double re = data.re(k) / (data.noise_re(k) * data.noise_re(k));
      const double im = data.im(k) / (data.noise_im(k) * data.noise_im(k));
      sum += re * std::cos(phase) - im * std::sin(phase);
      total += std::abs(re) + std::abs(im);
    }
    worst = std::max(worst, std::abs(image(m) - sum));
  }
  return worst / total;
}

struct Setting {
  SkyPixels<> pixels;
  UvData<> data;

  explicit Setting(const benchmark::State& state, bool equal = true)
      : pixels(circle(static_cast<std::size_t>(state.range(0)))),
        data(visibilities(pixels.grid, static_cast<std::size_t>(state.range(1)), equal)) {}

  /// `frames`: multiply-adds of a visibility over NY NX.
  void count(benchmark::State& state, double frames) const {
    const double work = 2.0 * frames * static_cast<double>(pixels.grid.ny * pixels.grid.nx) *
                        static_cast<double>(data.size());
    state.counters["flops"] =
        benchmark::Counter(work, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["visibilities"] = benchmark::Counter(
        static_cast<double>(data.size()), benchmark::Counter::kIsIterationInvariantRate);
  }
};

template <class ExecutionSpace>
void kernel(benchmark::State& state) {
  const ExecutionSpace space;
  const Setting setting(state);
  const SkyGrid& grid = setting.pixels.grid;
  const auto data = to_space(space, setting.data);
  const auto compact = allocate<Matrix<double, typename ExecutionSpace::memory_space>>(
      space, "glint::perf::compact", grid.ny, 2 * grid.nx - 1);
  KernelWorkspace<ExecutionSpace> workspace;
  const auto work = [&] {
    w_compact(space, grid, data.u, data.v, data.noise_re, compact, {}, workspace);
  };
  work();
  const Matrix<double> host("glint::perf::host", grid.ny, 2 * grid.nx - 1);
  copy(space, host, compact);
  compat::fence(space, "glint::perf::check");
  if (!(kernel_error(grid, setting.data, host) <= 1e-13)) {
    state.SkipWithError("the kernel is not the sum it should be");
    return;
  }
  timed(state, space, work);
  setting.count(state, 2.0);
}

template <class ExecutionSpace>
void image(benchmark::State& state) {
  const ExecutionSpace space;
  const Setting setting(state);
  const auto pixels = glint::to_space(space, setting.pixels);
  const auto data = to_space(space, setting.data);
  const auto dirty = allocate<Vector<double, typename ExecutionSpace::memory_space>>(
      space, "glint::perf::dirty", pixels.size());
  KernelWorkspace<ExecutionSpace> workspace;
  const auto work = [&] { dirty_image(space, pixels, data, dirty, {}, workspace); };
  work();
  const Vector<double> host("glint::perf::host", pixels.size());
  copy(space, host, dirty);
  compat::fence(space, "glint::perf::check");
  if (!(image_error(setting.pixels, setting.data, host) <= 1e-13)) {
    state.SkipWithError("the image is not the sum it should be");
    return;
  }
  timed(state, space, work);
  setting.count(state, 1.0);
}

template <class ExecutionSpace>
void everything(benchmark::State& state, bool equal) {
  const ExecutionSpace space;
  const Setting setting(state, equal);
  const auto data = to_space(space, setting.data);
  UvSums<ExecutionSpace> sums(space, glint::to_space(space, setting.pixels));
  accumulate(space, data, sums);
  const Vector<double> host("glint::perf::host", setting.pixels.size());
  copy(space, host, sums.dirty_image());
  compat::fence(space, "glint::perf::check");
  if (!(image_error(setting.pixels, setting.data, host) <= 1e-13) || sums.has_hankel() == equal) {
    state.SkipWithError("the sums are not what they should be");
    return;
  }
  timed(state, space, [&] { accumulate(space, data, sums); });
  setting.count(state, equal ? 3.0 : 5.0);
}

template <class ExecutionSpace>
void register_space() {
  const auto add = [](const std::string& name, const auto& run) {
    benchmark::RegisterBenchmark((name + "/" + backend_name<ExecutionSpace>() + "/double").c_str(),
                                 run)
        ->ArgNames({"side", "visibilities"})
        ->Args({30, 190})
        ->Args({30, 1000})
        ->Args({30, 100000})
        ->Args({64, 10000})
        ->Args({128, 10000})
        ->Args({128, 100000})
        ->Args({300, 10000})
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("w_compact/separable", kernel<ExecutionSpace>);
  add("dirty_image/separable", image<ExecutionSpace>);
  add("accumulate/equal_noise",
      [](benchmark::State& state) { everything<ExecutionSpace>(state, true); });
  add("accumulate/unequal_noise",
      [](benchmark::State& state) { everything<ExecutionSpace>(state, false); });
}

}  // namespace

void register_uv() {
#define GLINT_REGISTER(Space) register_space<Space>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
