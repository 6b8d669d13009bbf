// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/mapping.hpp>
#include <glint/w_curvature.hpp>
#include <string>

#include "inversions.hpp"
#include "timing.hpp"

/// Making a mapping, and F by the plain routes. Limits: `mapping` the memory of the table;
/// `curvature/w/sparse` one pass over W, M^2 numbers.

namespace glint::perf {
namespace {

/// A mapping in a space, with the table it is made from: as many entries in every row.
template <class ExecutionSpace>
struct Scene {
  using Memory = typename ExecutionSpace::memory_space;

  SkyPixels<> host_pixels;
  SkyPixels<Memory> pixels;
  Matrix<int, Memory> indexes;
  Matrix<double, Memory> weights, kernel, curvature;
  SparseMapping<Memory> mapping;

  Scene(const ExecutionSpace& space, std::size_t side, std::size_t sources, std::size_t width)
      : host_pixels(circle(side)), pixels(to_space(space, host_pixels)) {
    mapping = to_space(space, lensed_mapping(host_pixels, sources, width));
    const auto table = [&](auto& matrix, const auto& list) {
      using Table = std::decay_t<decltype(matrix)>;
      matrix = allocate<Table>(space, "glint::perf::table", pixels.size(), width);
      copy(space, matrix, Table(list.data(), pixels.size(), width));
    };
    table(indexes, mapping.columns);
    table(weights, mapping.values);
    kernel = allocate<Matrix<double, Memory>>(space, "glint::perf::kernel", side, 2 * side - 1);
    copy(space, kernel, smooth_kernel(host_pixels.grid));
    curvature = allocate<Matrix<double, Memory>>(space, "glint::perf::curvature", sources, sources);
    fill(space, curvature, constants::nan);
    compat::fence(space, "glint::perf::scene");
  }
};

template <class ExecutionSpace>
void make(benchmark::State& state) {
  const ExecutionSpace space;
  const auto sources = static_cast<std::size_t>(state.range(1));
  const auto width = static_cast<std::size_t>(state.range(2));
  const Scene<ExecutionSpace> scene(space, static_cast<std::size_t>(state.range(0)), sources,
                                    width);
  auto mapping = make_mapping(space, scene.pixels.size(), sources, width);
  MappingWorkspace<ExecutionSpace> workspace;
  SourceMapping<typename ExecutionSpace::memory_space> by_source;
  const auto work = [&] {
    assign_mapping(space, scene.indexes, scene.weights, mapping, workspace);
    transpose(space, mapping, by_source);
  };
  work();
  timed(state, space, work);
  state.counters["entries"] = benchmark::Counter(static_cast<double>(scene.pixels.size() * width),
                                                 benchmark::Counter::kIsIterationInvariantRate);
}

/// Largest difference from F by pairs over the largest entry of that.
template <class ExecutionSpace>
double error(const ExecutionSpace& space, const Scene<ExecutionSpace>& scene) {
  const std::size_t sources = scene.mapping.sources;
  const Matrix<double> got("glint::perf::got", sources, sources);
  const Matrix<double> wanted("glint::perf::wanted", sources, sources);
  copy(space, got, scene.curvature);
  WCurvatureWorkspace<ExecutionSpace> workspace;
  curvature_from_compact_pairs(space, scene.kernel, scene.pixels, scene.mapping, scene.curvature,
                               workspace);
  copy(space, wanted, scene.curvature);
  compat::fence(space, "glint::perf::check");
  double worst = 0.0, largest = 0.0;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    const double difference = std::abs(got.data()[k] - wanted.data()[k]);
    worst = difference <= worst ? worst : difference;  // NaN stays
    largest = std::max(largest, std::abs(wanted.data()[k]));
  }
  return worst / largest;
}

enum class Route { from_w, compact_products };

template <class ExecutionSpace>
void curvature(benchmark::State& state, Route route, WCurvatureOptions options) {
  using Memory = typename ExecutionSpace::memory_space;
  const ExecutionSpace space;
  const Scene<ExecutionSpace> scene(space, static_cast<std::size_t>(state.range(0)),
                                    static_cast<std::size_t>(state.range(1)),
                                    static_cast<std::size_t>(state.range(2)));
  const std::size_t m = scene.pixels.size(), nx = scene.host_pixels.grid.nx;
  const auto kernel = smooth_kernel(scene.host_pixels.grid);
  const auto w = allocate<Matrix<double, Memory>>(space, "glint::perf::w", m, m);
  const Matrix<double> host_w("glint::perf::w", m, m);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) {
      const int down = scene.host_pixels.row(i) - scene.host_pixels.row(j);
      const int right = scene.host_pixels.column(i) - scene.host_pixels.column(j);
      const int middle = static_cast<int>(nx) - 1;
      host_w(i, j) = down < 0 ? kernel(-down, middle - right) : kernel(down, middle + right);
    }
  copy(space, w, host_w);
  WCurvatureWorkspace<ExecutionSpace> workspace;
  const auto work = [&] {
    if (route == Route::from_w)
      curvature_from_w(space, w, scene.mapping, scene.curvature, options, workspace);
    else
      curvature_from_compact_products(space, scene.kernel, scene.pixels, scene.mapping,
                                      scene.curvature, workspace);
  };
  work();
  if (!(error(space, scene) <= 1e-13)) {
    state.SkipWithError("the curvature matrix is not transpose(T) W T");
    return;
  }
  timed(state, space, work);
  state.counters["w_bytes"] = benchmark::Counter(static_cast<double>(m * m * sizeof(double)),
                                                 benchmark::Counter::kIsIterationInvariantRate);
}

template <class ExecutionSpace>
void register_space() {
  const std::string tail = concat("/", backend_name<ExecutionSpace>(), "/double");
  const auto add = [&](const std::string& name, const auto& action) {
    return benchmark::RegisterBenchmark((name + tail).c_str(), action)
        ->ArgNames({"side", "sources", "width"})
        ->Args({30, 716, 3})
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("mapping/assign_and_transpose", make<ExecutionSpace>)
      ->Args({30, 716, 300})
      ->Args({128, 1000, 3});
  for (const WCurvature method : {WCurvature::dense, WCurvature::sparse, WCurvature::products})
    for (const Linalg linalg : {Linalg::plain, Linalg::kokkos_kernels}) {
      if (linalg == Linalg::kokkos_kernels &&
          (!has_kokkos_kernels() || method == WCurvature::sparse))
        continue;
      add(concat("curvature/w/", w_curvature_name(method), "/", linalg_name(linalg)),
          [=](benchmark::State& state) {
            curvature<ExecutionSpace>(state, Route::from_w, {method, linalg});
          });
    }
  add("curvature/compact_products", [](benchmark::State& state) {
    curvature<ExecutionSpace>(state, Route::compact_products, {});
  })->Args({64, 1000, 3});
}

}  // namespace

void register_mapping() {
#define GLINT_REGISTER(Space) register_space<Space>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
