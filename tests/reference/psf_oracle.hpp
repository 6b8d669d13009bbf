// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_PSF_ORACLE_HPP
#define GLINT_TESTS_PSF_ORACLE_HPP

#include <glint/pixel_grid.hpp>
#include <glint/psf_image.hpp>
#include <reference/boundary_oracle.hpp>
#include <support/galaxies.hpp>

/// A catalogue seen through a PSF by the definition: a plain double sum over the PSF's values, each
/// times the exact flux in the whole pixel moved by that value's distance from the PSF's centre. No
/// frame, no sub-pixel is rendered, nothing is summed over blocks.

namespace glint::test {

inline Image<double> convolved_oracle(const std::vector<Galaxy>& galaxies, const PixelGrid& grid,
                                      const PsfImage& psf) {
  const std::size_t ky = psf.values.extent(0), kx = psf.values.extent(1), o = psf.oversampling;
  // Moved pixels coincide: their centres lie on a lattice of spacing 1/o.
  const std::size_t rows = o * (grid.ny - 1) + ky, columns = o * (grid.nx - 1) + kx;
  std::vector<Real> moved(rows * columns, 0.0L);
  for (const Galaxy& g : galaxies) {
    const BoundaryOracle oracle(g.flux, g.re, g.n, g.x, g.y, g.q, g.theta);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c)
        moved[r * columns + c] += oracle.pixel((Real(r) - Real(rows - 1) / 2) / Real(o),
                                               (Real(c) - Real(columns - 1) / 2) / Real(o));
  }
  Real norm = 0;
  for (std::size_t a = 0; a < ky; ++a)
    for (std::size_t b = 0; b < kx; ++b) norm += psf.values(a, b);
  if (!psf.normalize) norm = 1;
  Image<double> image("glint::test::oracle", grid.ny, grid.nx);
  for (std::size_t i = 0; i < grid.ny; ++i)
    for (std::size_t j = 0; j < grid.nx; ++j) {
      Real sum = 0;
      for (std::size_t a = 0; a < ky; ++a)
        for (std::size_t b = 0; b < kx; ++b)
          sum += psf.values(a, b) * moved[(o * i + ky - 1 - a) * columns + o * j + kx - 1 - b];
      image(i, j) = static_cast<double>(sum / norm);
    }
  return image;
}

}  // namespace glint::test

#endif
