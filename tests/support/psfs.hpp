// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_PSFS_HPP
#define GLINT_TESTS_PSFS_HPP

#include <cmath>
#include <glint/psf_image.hpp>

namespace glint::test {

/// A PSF of any size without any symmetry: a tilted Gaussian off its centre, with a ripple.
inline PsfImage lopsided_psf(std::size_t ky, std::size_t kx, std::size_t oversampling = 1) {
  PsfImage psf;
  // Initialising it would run on the default instance of the host.
  psf.values =
      Image<double>(Kokkos::view_alloc(Kokkos::WithoutInitializing, "glint::test::psf"), ky, kx);
  psf.oversampling = oversampling;
  double sum = 0.0;
  for (std::size_t a = 0; a < ky; ++a)
    for (std::size_t b = 0; b < kx; ++b) {
      const double v = (static_cast<double>(a) - 0.4 * static_cast<double>(ky)) / 1.9;
      const double u = (static_cast<double>(b) - 0.55 * static_cast<double>(kx)) / 1.3;
      const double ripple = 1.0 + 0.3 * std::sin(static_cast<double>(3 * a + 7 * b));
      psf.values(a, b) = ripple * std::exp(-0.5 * (u * u + v * v + 0.4 * u * v));
      sum += psf.values(a, b);
    }
  for (std::size_t k = 0; k < psf.values.size(); ++k) psf.values.data()[k] *= 0.96 / sum;
  return psf;
}

}  // namespace glint::test

#endif
