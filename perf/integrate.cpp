// SPDX-License-Identifier: BSD-3-Clause
#include "registry.hpp"
#include "rendering.hpp"
#include "scenes.hpp"

/// Rules, refinement and the exact methods on one flat galaxy (n = 5, q = 0.1) in 90 x 100 pixels.

namespace glint::perf {
namespace {

/// A row: how it is integrated, how many evaluations that takes at least, and the error it may have
/// in flux. Those of the rules are known from independent integrals: a rule cannot do better at a
/// core that is smaller than a pixel.
struct Row {
  Integrator integrator;
  int order;
  double evaluations, worst;
};

constexpr Row rows[] = {
    {Integrator::gauss_legendre, 3, 9, 61.1},   {Integrator::gauss_legendre, 7, 49, 61.6},
    {Integrator::clenshaw_curtis, 7, 49, 26.6}, {Integrator::midpoint, 7, 49, 18.2},
    {Integrator::gauss_kronrod, 15, 225, 28.0}, {Integrator::refine, 3, 22, 3.7e-3}};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const PixelGrid grid{90, 100};
  const Picture picture{"flat/90/100", grid, flat_galaxy};
  const auto add = [&](const RenderOptions& options, Arguments arguments, double worst,
                       bool relative, double evaluations) {
    arguments.emplace_back("ny", grid.ny);
    arguments.emplace_back("nx", grid.nx);
    registry.add<Rendering<ExecutionSpace, double>>(
        "integrate", integrator_name(options.integrator), "double", arguments,
        static_cast<double>(grid.ny * grid.nx), picture, options, worst, relative, evaluations);
  };
  RenderOptions options;
  for (const Row& row : rows) {
    options.integrator = row.integrator;
    options.order = row.order;
    add(options, {{"order", static_cast<std::size_t>(row.order)}}, row.worst, false,
        row.evaluations);
  }
  options.order = 0;
  for (const Integrator integrator : {Integrator::boundary, Integrator::tiles}) {
    options.integrator = integrator;
    add(options, {}, options.tolerance, true, 4.0);
  }
}

}  // namespace

void register_integrate(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
