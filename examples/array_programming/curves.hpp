// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_CURVES_HPP
#define GLINT_ARRAY_PROGRAMMING_CURVES_HPP

#include <algorithm>
#include <cmath>
#include <glint/gaussians.hpp>
#include <glint/normalize.hpp>
#include <glint/render.hpp>

#include "printing.hpp"

/// Unit vectors, and Gaussians in one and two dimensions.

template <class ExecutionSpace>
void show_normalize(const ExecutionSpace& space) {
  title("vectors of length 1");
  const auto numbers = glint::upload(space, "array_programming::normalize::v",
                                     {3, 4, 0, 1, 2, 2, 0, 0, 0, 1e300, 0, -1e300});
  const glint::Matrix<double, typename ExecutionSpace::memory_space> v(numbers.data(), 4, 3);
  glint::normalize(space, v);
  const std::vector<double> units = on_host(space, v);
  const char* const names[] = {"(3, 4, 0)", "(1, 2, 2)", "(0, 0, 0)", "(1e300, 0, -1e300)"};
  for (std::size_t k = 0; k < 4; ++k)
    line(names[k], list({units[3 * k], units[3 * k + 1], units[3 * k + 2]}));
}

template <class ExecutionSpace>
void show_gaussians(const ExecutionSpace& space) {
  title("A exp(-(x - c)^2 / (2 w^2)) at x = -10, -6, ... 10");
  using Memory = typename ExecutionSpace::memory_space;
  const auto put = [&](const std::vector<double>& values) {
    return glint::upload(space, "array_programming::gaussians::input", values);
  };
  const auto x = put({-10, -6, -2, 2, 6, 10}), amplitude = put({1, 2, 3}), centre = put({0, 3, -4}),
             width = put({2, -1.5, 5});
  const auto y = glint::allocate<glint::Matrix<double, Memory>>(
      space, "array_programming::gaussians::y", 3, 6);
  glint::gaussians(space, x, amplitude, centre, width, y);
  for (std::size_t g = 0; g < 3; ++g)
    line(glint::concat("curve ", g), list(on_host(space, Kokkos::subview(y, g, Kokkos::ALL()))));
  const auto mixture = put(std::vector<double>(6));
  glint::gaussian_mixture(space, x, amplitude, centre, width, mixture);
  line("their sum", list(on_host(space, mixture)));
}

// A Gaussian is a Sersic profile of index 1/2, so that pixels are integrated as those of galaxies
// are; along the axes the integral is a product of error functions.
template <class ExecutionSpace>
void show_plane(const ExecutionSpace& space) {
  title("a Gaussian in the plane: pixels of its flux, 9 x 9 about its centre");
  const double flux = 100.0, sigma = 1.5, q = 0.6, x = 0.3, y = -0.2;
  glint::Catalogue<> catalogue(1);
  catalogue.x(0) = x;
  catalogue.y(0) = y;
  catalogue.flux(0) = flux;
  catalogue.re(0) = sigma * std::sqrt(2.0 * glint::constants::ln2);
  catalogue.n(0) = 0.5;
  catalogue.q(0) = q;
  catalogue.theta(0) = 0.0;
  const glint::PixelGrid grid{9, 9};
  const auto image = glint::make_image<double>(space, grid, "array_programming::plane::image");
  glint::RenderOptions options;
  options.tolerance = 1e-12;
  glint::render(space, grid, glint::prepare(space, glint::to_space(space, catalogue)), image,
                options);
  const std::vector<double> pixels = on_host(space, image);
  const auto share = [](double from, double centre, double width) {
    const double scale = 1.0 / (width * std::sqrt(2.0));
    return 0.5 * (std::erf((from + 1.0 - centre) * scale) - std::erf((from - centre) * scale));
  };
  double worst = 0.0, total = 0.0;
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t j = 0; j < 9; ++j) {
      const double exact = flux * share(static_cast<double>(i) - 4.5, y, q * sigma) *
                           share(static_cast<double>(j) - 4.5, x, sigma);
      worst = std::max(worst, std::fabs(pixels[9 * i + j] - exact));
      total += pixels[9 * i + j];
    }
  line("middle row", list({pixels.begin() + 36, pixels.begin() + 45}));
  line("flux in the frame", number(total));
  line("as by error functions", worst < 1e-9 * flux ? "yes" : "no");
}

#endif
