// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_CALL_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_CALL_EVERYTHING_HPP

#include <glint/downsample.hpp>
#include <glint/image.hpp>
#include <glint/integrate.hpp>
#include <glint/model.hpp>
#include <glint/profiles.hpp>
#include <glint/refine.hpp>
#include <glint/render.hpp>
#include <glint/render_error.hpp>
#include <glint/to_pixels.hpp>

#include "array_everything.hpp"
#include "convolve_everything.hpp"
#include "curvature_everything.hpp"
#include "evidence_everything.hpp"
#include "mapping_everything.hpp"
#include "operator_everything.hpp"
#include "signal_everything.hpp"
#include "sky_everything.hpp"
#include "solver_everything.hpp"
#include "uv_everything.hpp"

namespace glint::test {

template <class T, class ExecutionSpace>
void render_everything(const ExecutionSpace& space,
                       const SersicProfiles<ExecutionSpace>& profiles) {
  const PixelGrid grid{19, 23};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  const auto stack = allocate<ImageStack<T, typename ExecutionSpace::memory_space>>(
      space, "glint::test::stack", profiles.size(), grid.ny, grid.nx);
  RenderWorkspace<ExecutionSpace> workspace;
  for (const Integrator integrator :
       {Integrator::exact, Integrator::boundary, Integrator::tiles, Integrator::centre,
        Integrator::gauss_legendre, Integrator::clenshaw_curtis, Integrator::midpoint,
        Integrator::gauss_kronrod, Integrator::refine}) {
    RenderOptions options;
    options.integrator = integrator;
    render(space, grid, profiles, image, options, workspace);
    render_stack(space, grid, profiles, stack, options, workspace);
  }
  render(space, grid, profiles, image);
  render_stack(space, grid, profiles, stack);
  // Large enough for polynomials to be handed down; all that a tolerance chooses among.
  const PixelGrid large{150, 70};
  const auto picture = make_image<T>(space, large, "glint::test::image");
  const auto error = make_image<T>(space, large, "glint::test::error");
  for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10}) {
    RenderOptions options;
    options.tolerance = tolerance;
    options.neglect = 1e-6;
    render(space, large, profiles, picture, options, workspace);
  }
  radial_evaluations(space, workspace);
  render_error(space, large, profiles, picture, error);
}

/// A mixture of plain and other rows, and each alone.
template <class T, class ExecutionSpace>
void render_mixture(const ExecutionSpace& space, const Catalogue<>& catalogue) {
  const auto there = magnified(space, catalogue, 0.5);
  const Model<ExecutionSpace> model = prepare_model(space, there);
  const PixelGrid grid{9, 10};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  const auto stack = allocate<ImageStack<T, typename ExecutionSpace::memory_space>>(
      space, "glint::test::stack", model.size(), grid.ny, grid.nx);
  ModelWorkspace<ExecutionSpace> workspace;
  for (const Integrator integrator :
       {Integrator::exact, Integrator::centre, Integrator::gauss_legendre, Integrator::refine}) {
    RenderOptions options;
    options.integrator = integrator;
    render(space, grid, model, image, options, workspace);
    render_stack(space, grid, model, stack, options, workspace);
  }
  for (std::size_t p = 0; p < model.size(); ++p)
    render(space, grid, single(model, p), image, {}, workspace);
  render(space, grid, model, image);
}

/// A brightness of one's own, of one profile or of several.
struct Bump {
  KOKKOS_FUNCTION double operator()(double i, double j) const {
    return 1.0 / (1.0 + i * i + j * j);
  }
  KOKKOS_FUNCTION double operator()(std::size_t p, double i, double j) const {
    return (*this)(i + static_cast<double>(p), j);
  }
};

/// Rules, error estimates and refinement of any function.
template <class T, class ExecutionSpace>
void integrate_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const PixelGrid grid{7, 11};
  const std::size_t cells = grid.ny * grid.nx;
  const auto list = [&](std::size_t count) {
    return allocate<Vector<double, Memory>>(space, "glint::test::list", count);
  };
  const auto values = allocate<Vector<T, Memory>>(space, "glint::test::values", cells);
  const auto errors = allocate<Vector<T, Memory>>(space, "glint::test::errors", cells);
  const auto i = list(cells), j = list(cells);
  pixel_centres(space, grid, i, j);
  integrate_pixels(space, Bump(), i, j, to_space(space, gauss_legendre(3)), values);
  integrate_pixels(space, Bump(), i, j, to_space(space, tensor_nodes(midpoint(2))), values);
  integrate_pixels(space, Bump(), i, j, to_space(space, nested_nodes(gauss_kronrod(7))), values,
                   errors);
  integrate_with_error(space, Bump(), i, j, make_error_rules(space, 3), values, errors);
  oversample_pixels(space, i, j, list(4 * cells), list(4 * cells), CellLevel{1, 2, 1});
  const auto refinement = make_refinement(space, cells, RefinementOptions());
  prepare_refinement(space, Bump(), i, j, refinement);
  prepare_refinement(space, Bump(), grid, refinement);
  apply_refinement(space, refinement, values);
  refinement_log(space, refinement);

  const auto image = make_image<T>(space, {2 * grid.ny, 2 * grid.nx}, "glint::test::image");
  const auto small = make_image<T>(space, grid, "glint::test::small");
  const auto stack =
      allocate<ImageStack<T, Memory>>(space, "glint::test::stack", 2, grid.ny, grid.nx);
  for (const bool adaptive : {false, true}) {
    ToPixelsOptions options;
    options.oversample = 2;
    options.adaptive = adaptive;
    to_pixels(space, grid, Bump(), 2, image, options);
    options.keep_oversampling = false;
    to_pixels_stack(space, grid, Bump(), stack, options);
  }
  downsample(space, image, 2, small);
  unmet_cells(space, PixelWorkspace<ExecutionSpace>());
}

/// Calls every public function that launches or allocates on `space`, and waits for it.
template <class ExecutionSpace>
void call_everything(const ExecutionSpace& space, const Catalogue<>& catalogue,
                     const Catalogue<>& mixture) {
  const auto profiles = prepare(space, to_space(space, catalogue));
  render_everything<double>(space, profiles);
  render_everything<float>(space, profiles);
  render_everything<double>(space, prepare(space, to_space(space, Catalogue<>())));
  render_mixture<double>(space, mixture);
  render_mixture<float>(space, mixture);
  integrate_everything<double>(space);
  integrate_everything<float>(space);
  transform_everything<double>(space);
  transform_everything<float>(space);
  convolve_everything<double>(space, catalogue);
  convolve_everything<float>(space, catalogue);
  array_everything<double>(space);
  array_everything<float>(space);
  curvature_everything<double>(space);
  curvature_everything<float>(space);
  evidence_everything(space);
  mapping_everything<double>(space);
  mapping_everything<float>(space);
  operator_everything(space);
  signal_everything<double>(space);
  signal_everything<float>(space);
  sky_everything(space);
  solver_everything(space);
  uv_everything(space);
  compat::fence(space, "glint::test::finished");
}

/// Two overlapping galaxies, made on the host.
inline Catalogue<> two_galaxies() {
  Catalogue<> catalogue(2);
  for (std::size_t p = 0; p < 2; ++p) {
    const double k = static_cast<double>(p);
    catalogue.x(p) = 1.5 - 4.0 * k;
    catalogue.y(p) = 0.25 + k;
    catalogue.flux(p) = 10.0 + k;
    catalogue.re(p) = 2.0 + k;
    catalogue.n(p) = 1.0 + 3.0 * k;
    catalogue.q(p) = 0.9 - 0.5 * k;
    catalogue.theta(p) = k;
  }
  return catalogue;
}

/// The same, one of them cut off at a radius.
inline Catalogue<> mixed_galaxies() {
  Catalogue<> catalogue = two_galaxies();
  catalogue.add({ExtraColumn::r_truncation});
  catalogue[ExtraColumn::r_truncation](0) = 6.0;
  return catalogue;
}

}  // namespace glint::test

#endif
