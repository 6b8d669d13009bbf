// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_CALL_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_CALL_EVERYTHING_HPP

#include <glint/image.hpp>
#include <glint/profiles.hpp>
#include <glint/render.hpp>

namespace glint::test {

template <class T, class ExecutionSpace>
void render_everything(const ExecutionSpace& space, const SersicProfiles<ExecutionSpace>& profiles) {
  const PixelGrid grid{19, 23};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  const auto stack =
      allocate<ImageStack<T, typename ExecutionSpace::memory_space>>(
          space, "glint::test::stack", profiles.size(), grid.ny, grid.nx);
  for (const Integrator integrator :
       {Integrator::exact, Integrator::boundary, Integrator::centre}) {
    RenderOptions options;
    options.integrator = integrator;
    render(space, grid, profiles, image, options);
    render_stack(space, grid, profiles, stack, options);
  }
}

/// Calls every public function that launches or allocates on `space`, and waits for it.
template <class ExecutionSpace>
void call_everything(const ExecutionSpace& space, const Catalogue<>& catalogue) {
  const auto profiles = prepare(space, to_space(space, catalogue));
  render_everything<double>(space, profiles);
  render_everything<float>(space, profiles);
  render_everything<double>(space, prepare(space, to_space(space, Catalogue<>())));
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

}  // namespace glint::test

#endif
