// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/render.hpp>

#include "timing.hpp"

/// Rules and refinement on one flat galaxy (n = 5, q = 0.1) in 90 x 100 pixels, against the
/// boundary form at 1e-11. Limit: evaluations of pow and exp, counted in the row "evaluations".

namespace glint::perf {
namespace {

Catalogue<> flat_galaxy() {
  Catalogue<> c(1);
  c.flux(0) = 1000.0;
  c.re(0) = 7.943282347242815;
  c.n(0) = 5.011872336272723;
  c.x(0) = 0.2;
  c.y(0) = 0.3;
  c.q(0) = 0.1;
  c.theta(0) = 0.1;
  return c;
}

/// A row: how it is integrated, what that costs and the error it may have in flux. The errors are
/// known from independent integrals; a row that exceeds its own is not timed.
struct Row {
  const char* name;
  Integrator integrator;
  int order;
  double evaluations, worst;
};

constexpr Row rows[] = {{"gauss-legendre/3", Integrator::gauss_legendre, 3, 9, 61.1},
                        {"gauss-legendre/7", Integrator::gauss_legendre, 7, 49, 61.6},
                        {"clenshaw-curtis/7", Integrator::clenshaw_curtis, 7, 49, 26.6},
                        {"midpoint/7", Integrator::midpoint, 7, 49, 18.2},
                        {"gauss-kronrod/15", Integrator::gauss_kronrod, 15, 225, 28.0},
                        {"refine/3", Integrator::refine, 3, 121, 3.7e-3}};

template <class ExecutionSpace, class A, class B>
double largest_difference(const ExecutionSpace& space, const A& a, const B& b) {
  const auto ha = Kokkos::create_mirror_view(a);
  const auto hb = Kokkos::create_mirror_view(b);
  copy(space, ha, a);
  copy(space, hb, b);
  compat::fence(space, "glint::perf::difference");
  double worst = 0.0;
  for (std::size_t k = 0; k < ha.size(); ++k)
    worst = std::max(worst, std::abs(ha.data()[k] - hb.data()[k]));
  return worst;
}

template <class ExecutionSpace>
void integrate_flat_galaxy(benchmark::State& state, const Row& row) {
  const ExecutionSpace space;
  const PixelGrid grid{90, 100};
  const auto profiles = prepare(space, flat_galaxy());
  const auto image = make_image<double>(space, grid, "glint::perf::image");
  const auto truth = make_image<double>(space, grid, "glint::perf::truth");
  RenderWorkspace<ExecutionSpace> workspace;
  RenderOptions options, exact;
  exact.integrator = Integrator::boundary;
  exact.tolerance = 1e-11;
  options.integrator = row.integrator;
  options.order = row.order;
  render(space, grid, profiles, truth, exact, workspace);
  render(space, grid, profiles, image, options, workspace);
  const double error = largest_difference(space, image, truth);
  if (!(error <= row.worst)) {
    state.SkipWithError("the image is further off than this rule's own error");
    return;
  }
  timed(state, space, [&] { render(space, grid, profiles, image, options, workspace); });
  const double pixels = static_cast<double>(grid.ny * grid.nx);
  state.counters["profile_pixels"] =
      benchmark::Counter(pixels, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["evaluations"] =
      benchmark::Counter(pixels * row.evaluations, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["worst_error"] = error;
}

template <class ExecutionSpace>
void register_space() {
  for (const Row& row : rows) {
    const std::string name =
        std::string("integrate/") + row.name + "/" + backend_name<ExecutionSpace>() + "/double";
    benchmark::RegisterBenchmark(
        name.c_str(),
        [row](benchmark::State& state) { integrate_flat_galaxy<ExecutionSpace>(state, row); })
        ->ArgNames({"profiles", "side"})
        ->Args({1, 100})
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace

void register_integrate() {
#define GLINT_REGISTER(Space) register_space<Space>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
