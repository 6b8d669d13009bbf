// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature.hpp>

#include "inversions.hpp"
#include "timing.hpp"

namespace glint::perf {
namespace {

/// Largest error over the largest entry of three rows of F, against the definition.
double error(const SkyPixels<>& pixels, const SparseMapping<Kokkos::HostSpace>& mapping,
             const Matrix<double>& kernel, const Matrix<double>& curvature) {
  const std::size_t s = mapping.sources, m = pixels.size();
  const auto nx = static_cast<int>(pixels.grid.nx);
  double worst = 0.0, largest = 0.0;
  for (const std::size_t chosen : {std::size_t(0), s / 3, s - 1}) {
    std::vector<double> column(m), row(s, 0.0);
    for (std::size_t i = 0; i < m; ++i)
      for (int k = mapping.offsets(i); k < mapping.offsets(i + 1); ++k)
        if (mapping.columns(k) == static_cast<int>(chosen)) column[i] = mapping.values(k);
    for (std::size_t i = 0; i < m; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < m; ++j) {
        if (column[j] == 0.0) continue;
        const int down = pixels.row(i) - pixels.row(j), right = pixels.column(i) - pixels.column(j);
        sum +=
            column[j] * (down < 0 ? kernel(-down, nx - 1 - right) : kernel(down, nx - 1 + right));
      }
      for (int k = mapping.offsets(i); k < mapping.offsets(i + 1); ++k)
        row[mapping.columns(k)] += mapping.values(k) * sum;
    }
    for (std::size_t t = 0; t < s; ++t) {
      const double difference = std::abs(curvature(chosen, t) - row[t]);
      worst = difference <= worst ? worst : difference;
      largest = std::max(largest, std::abs(row[t]));
    }
  }
  return worst / largest;
}

template <class ExecutionSpace>
void convolution(benchmark::State& state) {
  using Memory = typename ExecutionSpace::memory_space;
  const ExecutionSpace space;
  const auto side = static_cast<std::size_t>(state.range(0));
  const auto sources = static_cast<std::size_t>(state.range(1));
  const auto width = static_cast<std::size_t>(state.range(2));
  const auto pixels = circle(side);
  const auto host_mapping = lensed_mapping(pixels, sources, width);
  const auto host_kernel = smooth_kernel(pixels.grid);

  CurvaturePlan<ExecutionSpace> plan(space, glint::to_space(space, pixels), sources, width);
  const auto mapping = to_space(space, host_mapping);
  const auto kernel =
      allocate<Matrix<double, Memory>>(space, "glint::perf::kernel", side, 2 * side - 1);
  const auto curvature =
      allocate<Matrix<double, Memory>>(space, "glint::perf::curvature", sources, sources);
  copy(space, kernel, host_kernel);
  fill(space, curvature, constants::nan);
  plan.execute(space, kernel, mapping, curvature);
  const Matrix<double> result("glint::perf::result", sources, sources);
  copy(space, result, curvature);
  compat::fence(space, "glint::perf::check");
  if (!(error(pixels, host_mapping, host_kernel, result) <= 1e-13)) {
    state.SkipWithError("the curvature matrix is not transpose(T) W T");
    return;
  }
  timed(state, space, [&] { plan.execute(space, kernel, mapping, curvature); });
  const double m = static_cast<double>(pixels.size());
  const double nonzeros = static_cast<double>(host_mapping.offsets(pixels.size()));
  state.counters["flops"] = benchmark::Counter(nonzeros * (m + static_cast<double>(sources)),
                                               benchmark::Counter::kIsIterationInvariantRate);
  state.counters["pixels"] = m;
}

template <class ExecutionSpace>
void register_space() {
  const std::string name = "curvature/convolution/" + backend_name<ExecutionSpace>() + "/double";
  benchmark::RegisterBenchmark(name.c_str(), convolution<ExecutionSpace>)
      ->ArgNames({"side", "sources", "width"})
      ->Args({30, 716, 3})
      ->Args({64, 1000, 1})
      ->Args({64, 1000, 3})
      ->Args({64, 1000, 300})
      ->Args({128, 1000, 3})
      ->Args({140, 1500, 3})
      ->Args({300, 1000, 3})
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void register_curvature() {
#define GLINT_REGISTER(Space) register_space<Space>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
