// SPDX-License-Identifier: BSD-3-Clause
//
// user_profile: a brightness that glint does not know, a spiral galaxy, as any functor f(i, j)
// integrated over pixels by glint's rules and by refinement. Prints the flux each method finds in a
// frame that holds practically all of it; the true one is 2 pi h^2.

#include <Kokkos_Core.hpp>
#include <cmath>
#include <cstdio>
#include <glint/constants.hpp>
#include <glint/error.hpp>
#include <glint/image.hpp>
#include <glint/integrate.hpp>
#include <glint/refine.hpp>
#include <glint/to_pixels.hpp>

namespace {

using Space = Kokkos::DefaultExecutionSpace;
using Column = glint::Vector<double, Space::memory_space>;

/// exp(-r/h) (1 + s cos(2 phi - winding ln(r/h))): the arms carry no net flux.
struct Spiral {
  double h = 4.0, s = 0.7, winding = 3.0;

  KOKKOS_FUNCTION double operator()(double i, double j) const {
    const double r = glint::math::sqrt(i * i + j * j) + 1e-300;
    const double phase = 2.0 * glint::math::atan2(i, j) - winding * glint::math::log(r / h);
    return glint::math::exp(-r / h) * (1.0 + s * glint::math::cos(phase));
  }
  double flux() const { return 2.0 * glint::constants::pi * h * h; }
};

/// A catalogue of spirals: whatever columns it has, f(p, i, j) makes something of row p.
struct Spirals {
  Column x, y;
  Spiral shape;

  KOKKOS_FUNCTION double operator()(std::size_t p, double i, double j) const {
    return shape(i - y(p), j - x(p));
  }
};

struct PlaceRows {
  Column x, y;
  KOKKOS_FUNCTION void operator()(int p) const {
    x(p) = 24.0 * p - 24.5;
    y(p) = 10.0 * p - 12.25;
  }
};

/// Sum of values on the device.
template <class View>
double sum_of(const Space& space, const View& values) {
  const auto host = Kokkos::create_mirror_view(values);
  glint::copy(space, host, values);
  space.fence();
  double sum = 0.0;
  for (std::size_t k = 0; k < host.size(); ++k) sum += host.data()[k];
  return sum;
}

void report(const char* method, double evaluations, double flux, double truth) {
  std::printf("%-28s %8.1f evaluations per pixel, flux %.10f, off by %.1e\n", method, evaluations,
              flux, flux - truth);
}

void run() {
  const Space space;
  const glint::PixelGrid grid{240, 240};
  const std::size_t pixels = grid.ny * grid.nx;
  const Spiral spiral;
  const auto list = [&](const char* label) {
    return glint::allocate<Column>(space, label, pixels);
  };
  const Column i = list("i"), j = list("j"), values = list("values"), errors = list("errors");
  glint::pixel_centres(space, grid, i, j);

  // A fixed rule in every pixel.
  const auto gauss = glint::to_space(space, glint::gauss_legendre(3));
  glint::integrate_pixels(space, spiral, i, j, gauss, values);
  report("Gauss-Legendre 3 x 3", 9, sum_of(space, values), spiral.flux());

  // Two rules from one set of samples; their difference says what to expect.
  const auto nested = glint::to_space(space, glint::nested_nodes(glint::gauss_kronrod(15)));
  glint::integrate_pixels(space, spiral, i, j, nested, values, errors);
  report("Kronrod 15 x 15", 225, sum_of(space, values), spiral.flux());
  report("its Gauss 7 x 7", 0, sum_of(space, errors), spiral.flux());

  // An estimate for every pixel, then refinement where it is large.
  const auto rules = glint::make_error_rules(space, 3);
  glint::integrate_with_error(space, spiral, i, j, rules, values, errors);
  report("three rules of order 3", 22, sum_of(space, values), spiral.flux());
  std::printf("%-28s sum of the error estimates %.1e\n", "", sum_of(space, errors));

  glint::RefinementOptions options;
  options.order = 5;
  options.precision = 1e-9;
  options.frac_refine = 0.01;
  options.k_max = 8;
  const auto refinement = glint::make_refinement(space, pixels, options);
  glint::prepare_refinement(space, spiral, grid, refinement);
  glint::apply_refinement(space, refinement, values);
  const auto log = glint::refinement_log(space, refinement);
  double cells = 0.0;
  for (const auto& level : log) {
    std::printf("  level %d: %zu cells, %zu above %.0e, largest estimate %.2e\n", level.level,
                level.cells, level.imprecise, options.precision, level.max_error);
    cells += static_cast<double>(level.cells);
  }
  report("refined, order 5", 66.0 * cells / static_cast<double>(pixels), sum_of(space, values),
         spiral.flux());

  // A catalogue of them, summed into one image and one by one.
  const Spirals spirals{Column("x", 3), Column("y", 3), spiral};
  Kokkos::parallel_for("place", glint::range(space, 3), PlaceRows{spirals.x, spirals.y});
  const auto image = glint::make_image<double>(space, grid, "image");
  glint::ToPixelsOptions adaptive;
  adaptive.order = 5;
  adaptive.precision = 1e-9;
  adaptive.frac_refine = 0.01;
  adaptive.k_max = 8;
  glint::to_pixels(space, grid, spirals, 3, image, adaptive);
  std::printf("three spirals, refined: flux %.10f, off by %.1e\n", sum_of(space, image),
              sum_of(space, image) - 3.0 * spiral.flux());
}

}  // namespace

int main(int argc, char* argv[]) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  try {
    run();
    return 0;
  } catch (const glint::Error& error) {
    std::fprintf(stderr, "user_profile: %s\n", error.sentence().c_str());
    return 1;
  }
}
