// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/render.hpp>

#include "timing.hpp"

namespace glint::perf {
namespace {

/// `count` galaxies spread over the frame: n 0.6 to 5, q 0.2 to 1, re 2 to 20 pixels.
Catalogue<> scene(std::size_t count, const PixelGrid& grid) {
  Catalogue<> c(count);
  for (std::size_t p = 0; p < count; ++p) {
    // Multiples of irrational numbers fill a range evenly and need no random numbers.
    const auto spread = [p](double step, double low, double high) {
      const double t = step * static_cast<double>(p + 1);
      return low + (high - low) * (t - std::floor(t));
    };
    c.x(p) = spread(0.6180339887, -0.45, 0.45) * static_cast<double>(grid.nx);
    c.y(p) = spread(0.7548776662, -0.45, 0.45) * static_cast<double>(grid.ny);
    c.flux(p) = spread(0.5698402910, 100.0, 1e5);
    c.re(p) = spread(0.8191725134, 2.0, 20.0);
    c.n(p) = spread(0.6710436067, 0.6, 5.0);
    c.q(p) = spread(0.5497004779, 0.2, 1.0);
    c.theta(p) = spread(0.8566748839, 0.0, 3.1);
  }
  return c;
}

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

template <class ExecutionSpace, class T>
void render_scene(benchmark::State& state, Integrator integrator) {
  const ExecutionSpace space;
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto side = static_cast<std::size_t>(state.range(1));
  const PixelGrid grid{side, side};
  const auto profiles = prepare(space, scene(count, grid));
  const auto image = make_image<T>(space, grid, "glint::perf::image");
  RenderWorkspace<ExecutionSpace> workspace;
  RenderOptions options;
  options.integrator = integrator;

  render(space, grid, profiles, image, options, workspace);
  if (integrator != Integrator::centre) {
    // Checked before it is timed: against the same image at a thousand times the accuracy.
    const auto truth = make_image<double>(space, grid, "glint::perf::truth");
    RenderOptions tight = options;
    tight.tolerance = 1e-11;
    render(space, grid, profiles, truth, tight, workspace);
    const double allowed = std::is_same_v<T, float> ? 1e-6 : options.tolerance;
    if (!(difference(space, image, truth) <= allowed)) {
      state.SkipWithError("the image misses its tolerance");
      return;
    }
  }
  timed(state, space, [&] { render(space, grid, profiles, image, options, workspace); });
  state.counters["profile_pixels"] = benchmark::Counter(
      static_cast<double>(count * side * side), benchmark::Counter::kIsIterationInvariantRate);
}

template <class ExecutionSpace, class T>
void register_space() {
  for (const Integrator integrator : {Integrator::centre, Integrator::boundary}) {
    const std::string name = "render/" + integrator_name(integrator) + "/" +
                             backend_name<ExecutionSpace>() +
                             (std::is_same_v<T, float> ? "/float" : "/double");
    benchmark::RegisterBenchmark(name.c_str(),
                                 [integrator](benchmark::State& state) {
                                   render_scene<ExecutionSpace, T>(state, integrator);
                                 })
        ->ArgNames({"profiles", "side"})
        ->Args({1, 100})
        ->Args({12, 250})
        ->Args({24, 250})
        ->Args({96, 500})
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace

void register_render() {
#define GLINT_REGISTER(Space)      \
  register_space<Space, double>(); \
  register_space<Space, float>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
