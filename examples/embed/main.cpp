// SPDX-License-Identifier: BSD-3-Clause
#include <Kokkos_Core.hpp>
#include <cmath>
#include <cstdio>
#include <glint/error.hpp>
#include <glint/image.hpp>
#include <glint/profiles.hpp>
#include <glint/psf.hpp>
#include <glint/render.hpp>
#include <string>

/// One galaxy built in code, rendered as it is and through a PSF, and compared with results known
/// in closed form: with n = 1/2 a Sersic profile is a Gaussian, whose pixels are products of error
/// functions.

namespace {

constexpr double flux = 100.0, re = 4.0, q = 0.5;
constexpr std::size_t side = 65;

glint::Catalogue<> one_galaxy() {
  glint::Catalogue<> catalogue(1);
  catalogue.flux(0) = flux;  // x, y and theta stay 0: on the central pixel, along x
  catalogue.re(0) = re;
  catalogue.n(0) = 0.5;
  catalogue.q(0) = q;
  return catalogue;
}

/// Flux of the galaxy in a square of the given half side about its centre.
double flux_in_square(double half) {
  const double b = std::sqrt(std::log(2.0));  // of n = 1/2
  return flux * std::erf(b * half / re) * std::erf(b * half / (q * re));
}

/// Flux of the galaxy in the pixel centred on (y, x).
double flux_in_pixel(double y, double x) {
  const double b = std::sqrt(std::log(2.0));
  const auto share = [b](double t, double scale) {
    return 0.5 * (std::erf(b * (t + 0.5) / scale) - std::erf(b * (t - 0.5) / scale));
  };
  return flux * share(x, re) * share(y, q * re);
}

bool agrees(const char* what, double value, double expected) {
  std::printf("%s: %.15g (expected %.15g)\n", what, value, expected);
  return std::abs(value - expected) <= 1e-10 * std::abs(expected);
}

bool render_and_compare() {
  const Kokkos::DefaultExecutionSpace space;
  const glint::PixelGrid grid{side, side};
  const auto profiles = glint::prepare(space, one_galaxy());
  const auto image = glint::make_image<double>(space, grid, "embed::image");
  glint::RenderOptions options;
  options.tolerance = 1e-12;
  glint::render(space, grid, profiles, image, options);
  space.fence();

  const auto pixels = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
  double total = 0.0;
  for (std::size_t row = 0; row < side; ++row)
    for (std::size_t column = 0; column < side; ++column) total += pixels(row, column);
  const bool total_agrees = agrees("total flux", total, flux_in_square(0.5 * side));
  return agrees("central pixel", pixels(side / 2, side / 2), flux_in_square(0.5)) && total_agrees;
}

/// A PSF that moves 0.3 of the light up by one pixel: by FFT where glint was built with one.
bool convolve_and_compare() {
  const Kokkos::DefaultExecutionSpace space;
  const glint::PixelGrid grid{side, side};
  glint::PsfImage psf;
  psf.values = glint::Image<double>("embed::psf", 3, 1);
  psf.values(1, 0) = 0.7;
  psf.values(2, 0) = 0.3;
  const std::string library = glint::fft_library<Kokkos::DefaultExecutionSpace>();
  std::printf("FFT library: %s\n", library.empty() ? "none" : library.c_str());
  glint::PsfOptions options;
  options.method = library.empty() ? glint::PsfMethod::direct : glint::PsfMethod::fft;
  const glint::PsfPlan<Kokkos::DefaultExecutionSpace> plan(space, grid, psf, options);

  const auto profiles = glint::prepare(space, plan, one_galaxy());
  const auto image = glint::make_image<double>(space, grid, "embed::seen");
  glint::RenderOptions render_options;
  render_options.tolerance = 1e-12;
  glint::render_convolved(space, plan, profiles, image, render_options);
  space.fence();
  const auto pixels = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
  return agrees("central pixel through the PSF", pixels(side / 2, side / 2),
                0.7 * flux_in_pixel(0.0, 0.0) + 0.3 * flux_in_pixel(-1.0, 0.0));
}

}  // namespace

int main(int argc, char* argv[]) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  try {
    return render_and_compare() && convolve_and_compare() ? 0 : 1;
  } catch (const glint::Error& error) {
    std::fprintf(stderr, "glint_embed: %s\n", error.sentence().c_str());
    return 1;
  }
}
