// SPDX-License-Identifier: BSD-3-Clause
#include "registry.hpp"
#include "rendering.hpp"
#include "scenes.hpp"

/// Many profiles in one frame: sampled at the centres, and integrated to 1e-8 (a float image to
/// 1e-4). The boundary form evaluates a mean brightness 4 times for a profile and pixel at least.

namespace glint::perf {
namespace {

template <class ExecutionSpace, class T>
void add(Registry& registry, Integrator integrator, const Picture& picture,
         const Arguments& arguments) {
  RenderOptions options;
  options.integrator = integrator;
  options.tolerance = std::is_same_v<T, float> ? 1e-4 : 1e-8;
  const bool centre = integrator == Integrator::centre;
  // What is neglected comes on top of the tolerance.
  const double worst =
      centre ? (std::is_same_v<T, float> ? 1e-5 : 1e-12) : options.tolerance + picture.neglect;
  registry.add<Rendering<ExecutionSpace, T>>("render", integrator_name(integrator),
                                             precision_name<T>(), arguments,
                                             static_cast<double>(picture.grid.ny * picture.grid.nx),
                                             picture, options, worst, true, centre ? 1.0 : 4.0);
}

Arguments arguments(std::size_t profiles, std::size_t side) {
  return {{"profiles", profiles}, {"side", side}};
}

/// The three galaxies of the examples, again and again.
Picture three(std::size_t profiles, std::size_t side, bool distinct = false) {
  const PixelGrid grid{side, side};
  return {concat("three/", profiles, "/", side, "/", distinct), grid,
          [=] { return three_galaxies(profiles / 3, grid, distinct); }};
}

/// Small galaxies, each with its own index.
Picture small(std::size_t profiles, std::size_t side, double neglect) {
  const PixelGrid grid{side, side};
  return {concat("small/", profiles, "/", side), grid,
          [=] { return small_galaxies(profiles, grid); }, neglect};
}

template <class ExecutionSpace, class T>
void register_space(Registry& registry) {
  for (const Integrator integrator :
       {Integrator::centre, Integrator::tiles, Integrator::boundary}) {
    const auto one = [&](const Picture& picture, const Arguments& sizes) {
      add<ExecutionSpace, T>(registry, integrator, picture, sizes);
    };
    for (const std::size_t profiles : {3, 6, 12, 24, 48, 96, 192, 384})
      if (integrator != Integrator::boundary || profiles <= 24)
        one(three(profiles, 250), arguments(profiles, 250));
    for (const std::size_t profiles : {3, 12, 96})
      one(three(profiles, 500), arguments(profiles, 500));
    Arguments distinct = arguments(96, 500);
    distinct.emplace_back("distinct", 1);
    one(three(96, 500, true), distinct);
    if (integrator != Integrator::tiles) continue;
    one(small(1000, 2048, 0.0), arguments(1000, 2048));
    one(small(10000, 4096, 1e-6), arguments(10000, 4096));
    one(small(100000, 4096, 1e-6), arguments(100000, 4096));
  }
}

}  // namespace

void register_render(Registry& registry) {
#define GLINT_REGISTER(Space)              \
  register_space<Space, double>(registry); \
  register_space<Space, float>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
