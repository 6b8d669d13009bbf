// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/render.hpp>

#include "scenes.hpp"
#include "timing.hpp"

namespace glint::perf {
namespace {

/// Largest difference of two images over the peak of the second.
template <class ExecutionSpace, class A, class B>
double difference(const ExecutionSpace& space, const A& a, const B& b) {
  const auto ha = Kokkos::create_mirror_view(a);
  const auto hb = Kokkos::create_mirror_view(b);
  copy(space, ha, a);
  copy(space, hb, b);
  compat::fence(space, "glint::perf::difference");
  double worst = 0.0, peak = 0.0;
  for (std::size_t i = 0; i < ha.extent(0); ++i)
    for (std::size_t j = 0; j < ha.extent(1); ++j) {
      worst = std::max<double>(worst, std::abs(ha(i, j) - hb(i, j)));
      peak = std::max<double>(peak, std::abs(hb(i, j)));
    }
  return worst / peak;
}

/// A float image is asked for what float arithmetic can do.
template <class T>
constexpr double tolerance = std::is_same_v<T, float> ? 1e-4 : 1e-8;

template <class ExecutionSpace, class T>
void render_scene(benchmark::State& state, const Scene& scene, Integrator integrator) {
  const ExecutionSpace space;
  const auto profiles = prepare(space, scene.catalogue());
  const auto image = make_image<T>(space, scene.grid, "glint::perf::image");
  RenderWorkspace<ExecutionSpace> workspace;
  RenderOptions options;
  options.integrator = integrator;
  options.tolerance = tolerance<T>;
  options.neglect = scene.neglect;

  const Kokkos::Timer timer;
  render(space, scene.grid, profiles, image, options, workspace);
  compat::fence(space, "glint::perf::first_call");
  state.counters["first_call_ms"] = 1e3 * timer.seconds();
  if (integrator != Integrator::centre) {
    // Checked before it is timed: against the same image at a thousand times the accuracy.
    const auto truth = make_image<double>(space, scene.grid, "glint::perf::truth");
    RenderOptions tight = options;
    tight.tolerance = 1e-11;
    RenderWorkspace<ExecutionSpace> other;
    render(space, scene.grid, profiles, truth, tight, other);
    if (!(difference(space, image, truth) <= tolerance<T>)) {
      state.SkipWithError("the image misses its tolerance");
      return;
    }
  }
  timed(state, space, [&] { render(space, scene.grid, profiles, image, options, workspace); });
  const double profile_pixels =
      static_cast<double>(profiles.size()) * static_cast<double>(scene.grid.ny * scene.grid.nx);
  state.counters["profile_pixels"] =
      benchmark::Counter(profile_pixels, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["evaluations_per_profile_pixel"] =
      integrator == Integrator::centre
          ? 1.0
          : static_cast<double>(radial_evaluations(space, workspace)) / profile_pixels;
}

template <class ExecutionSpace, class T>
void register_space(const Scene& scene) {
  for (const Integrator integrator :
       {Integrator::centre, Integrator::tiles, Integrator::boundary}) {
    if (scene.tiles_only && integrator != Integrator::tiles) continue;
    const std::string name = "render/" + scene.name + "/" + integrator_name(integrator) + "/" +
                             backend_name<ExecutionSpace>() +
                             (std::is_same_v<T, float> ? "/float" : "/double");
    benchmark::RegisterBenchmark(name.c_str(),
                                 [scene, integrator](benchmark::State& state) {
                                   render_scene<ExecutionSpace, T>(state, scene, integrator);
                                 })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace

void register_render() {
#define GLINT_REGISTER(Space)           \
  register_space<Space, double>(scene); \
  register_space<Space, float>(scene);
  for (const Scene& scene : scenes()) {
    GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
  }
#undef GLINT_REGISTER
}

}  // namespace glint::perf
