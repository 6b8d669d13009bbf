// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OBSERVATION_HPP
#define GLINT_OBSERVATION_HPP

#include <glint/counter_random.hpp>
#include <glint/uv_data.hpp>

/// Visibility number k of an observation without an end, from nothing but k and a seed: any chunk
/// of it can be made anywhere, in any order.
///
/// Baselines lie in a disk, densest in its middle as those of an array are. The sky is two Gaussian
/// clumps, whose visibilities are known: flux exp(-2 pi^2 width^2 |uv|^2) exp(-2 pi i x.uv).
template <class ExecutionSpace>
struct Observation {
  glint::UvData<typename ExecutionSpace::memory_space> chunk;
  std::uint64_t first = 0, seed = 1;
  double longest = 0.0;  ///< baseline in wavelengths
  double field = 0.0;    ///< side of the frame in radians
  bool unequal_noise = false;

  KOKKOS_FUNCTION glint::RandomStream stream(std::uint64_t number) const { return {seed, number}; }

  KOKKOS_FUNCTION void add_clump(double flux, double x, double y, double width, double u, double v,
                                 double& re, double& im) const {
    constexpr double pi = glint::constants::pi;
    const double fade = 2.0 * pi * pi * width * width * field * field * (u * u + v * v);
    const double size = flux * glint::math::exp(-fade);
    const double phase = 2.0 * pi * field * (x * u + y * v);
    re += size * glint::math::cos(phase);
    im -= size * glint::math::sin(phase);
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    constexpr double pi = glint::constants::pi;
    const std::uint64_t k = first + index;
    const double length = longest * glint::random_uniform(stream(0), 2 * k);
    const double angle = 2.0 * pi * glint::random_uniform(stream(0), 2 * k + 1);
    const double u = length * glint::math::cos(angle), v = length * glint::math::sin(angle);
    double re = 0.0, im = 0.0, noise[2];
    add_clump(1.0, 0.11, -0.07, 0.05, u, v, re, im);
    add_clump(0.4, -0.23, 0.19, 0.02, u, v, re, im);
    const double noise_re = 0.5 + glint::random_uniform(stream(1), 2 * k);
    const double noise_im =
        unequal_noise ? 0.5 + glint::random_uniform(stream(1), 2 * k + 1) : noise_re;
    glint::random_normals(stream(2), k, noise);
    chunk.u(index) = u;
    chunk.v(index) = v;
    chunk.re(index) = re + noise_re * noise[0];
    chunk.im(index) = im + noise_im * noise[1];
    chunk.noise_re(index) = noise_re;
    chunk.noise_im(index) = noise_im;
  }
};

#endif
