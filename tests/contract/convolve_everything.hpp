// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_CONVOLVE_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_CONVOLVE_EVERYTHING_HPP

#include <glint/fft.hpp>
#include <glint/gaussian_psf.hpp>
#include <glint/image.hpp>
#include <glint/psf.hpp>
#include <support/psfs.hpp>

/// Transforms and point-spread functions, for call_everything().

namespace glint::test {

template <class T, class ExecutionSpace>
void transform_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  if (fft_library<ExecutionSpace, T>().empty()) return;
  const FftPlan<ExecutionSpace, T> plan(space, {6, 7});
  const auto real = allocate<Matrix<T, Memory>>(space, "glint::test::real", 6, 7);
  const auto spectrum =
      allocate<Matrix<Kokkos::complex<T>, Memory>>(space, "glint::test::spectrum", 6, 4);
  fill(space, real, T(1));
  plan.forward(space, real, spectrum);
  plan.backward(space, spectrum, real);
}

template <class T, class ExecutionSpace>
void convolve_everything(const ExecutionSpace& space, const Catalogue<>& catalogue) {
  using Memory = typename ExecutionSpace::memory_space;
  const PixelGrid grid{9, 7};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  const auto stack = allocate<ImageStack<T, Memory>>(space, "glint::test::stack", catalogue.size(),
                                                     grid.ny, grid.nx);
  const auto captured =
      allocate<Vector<double, Memory>>(space, "glint::test::captured", catalogue.size());
  for (const PsfMethod method : {PsfMethod::direct, PsfMethod::fft}) {
    if (method == PsfMethod::fft && fft_library<ExecutionSpace>().empty()) continue;
    PsfOptions options;
    options.method = method;
    const PsfPlan<ExecutionSpace> plan(space, grid, lopsided_psf(4, 3, 2), options);
    const auto profiles = prepare(space, plan, to_space(space, catalogue));
    const auto exact = make_image<T>(space, plan.frame(), "glint::test::exact");
    render(space, plan.frame(), profiles, exact);
    convolve(space, plan, exact, image);
    render_convolved(space, plan, profiles, image);
    render_convolved_stack(space, plan, profiles, stack);
    captured_flux(space, plan, profiles, captured);
  }
  const auto gaussians = to_space(space, catalogue);
  fill(space, gaussians.n, 0.5);
  render(space, grid, prepare(space, convolved(space, gaussians, {{1.0, 1.5, 0.7, 0.3}})), image);
}

}  // namespace glint::test

#endif
