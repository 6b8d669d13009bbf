// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_GALAXIES_HPP
#define GLINT_TESTS_GALAXIES_HPP

#include <glint/error.hpp>
#include <glint/render.hpp>
#include <string>
#include <vector>

namespace glint::test {

struct Galaxy {
  double flux = 1.0, re = 3.0, n = 1.0, x = 0.0, y = 0.0, q = 1.0, theta = 0.0;

  std::string text() const {
    return concat("flux ", flux, " re ", re, " n ", n, " x ", x, " y ", y, " q ", q, " theta ",
                  theta);
  }
};

inline Catalogue<> make_catalogue(const std::vector<Galaxy>& galaxies) {
  Catalogue<> catalogue(galaxies.size());
  for (std::size_t p = 0; p < galaxies.size(); ++p) {
    catalogue.flux(p) = galaxies[p].flux;
    catalogue.re(p) = galaxies[p].re;
    catalogue.n(p) = galaxies[p].n;
    catalogue.x(p) = galaxies[p].x;
    catalogue.y(p) = galaxies[p].y;
    catalogue.q(p) = galaxies[p].q;
    catalogue.theta(p) = galaxies[p].theta;
  }
  return catalogue;
}

/// Renders on `Space` and brings the image to the host.
template <class Space, class T = double>
Image<T> rendered(const std::vector<Galaxy>& galaxies, const PixelGrid& grid,
                  const RenderOptions& options = {}) {
  const Space space;
  const auto profiles = prepare(space, make_catalogue(galaxies));
  const auto image = make_image<T>(space, grid, "glint::test::image");
  render(space, grid, profiles, image, options);
  const Image<T> host("glint::test::host", grid.ny, grid.nx);
  copy(space, host, image);
  compat::fence(space, "glint::test::rendered");
  return host;
}

template <class Space, class T = double>
ImageStack<T> rendered_stack(const std::vector<Galaxy>& galaxies, const PixelGrid& grid,
                             const RenderOptions& options = {}) {
  const Space space;
  const auto profiles = prepare(space, make_catalogue(galaxies));
  const auto stack = allocate<ImageStack<T, typename Space::memory_space>>(
      space, "glint::test::stack", galaxies.size(), grid.ny, grid.nx);
  render_stack(space, grid, profiles, stack, options);
  const ImageStack<T> host("glint::test::host", galaxies.size(), grid.ny, grid.nx);
  copy(space, host, stack);
  compat::fence(space, "glint::test::rendered_stack");
  return host;
}

/// The four galaxies most tests look at: round and flat, exponential to cuspy, off every symmetry.
inline std::vector<Galaxy> assorted() {
  return {{100.0, 6.0, 1.0, 2.3, -1.7, 0.6, 0.4},
          {250.0, 3.0, 4.0, -4.1, 3.2, 0.8, 2.0},
          {-30.0, 2.0, 0.5, 0.5, 0.5, 0.3, -0.7},
          {75.0, 9.0, 6.5, 5.0, 5.0, 0.15, 1.2}};
}

}  // namespace glint::test

#endif
