// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LENS_HPP
#define GLINT_LENS_HPP

#include <cmath>
#include <glint/constants.hpp>
#include <vector>

#include "random.hpp"

/// The lens and the source of the mock data. Positions in arcseconds, y upwards.

struct Position {
  double x = 0.0, y = 0.0;
};

/// A cored isothermal sphere in an external shear:
/// source = image - E d / sqrt(d^2 + core^2) - (g1 d_x + g2 d_y, g2 d_x - g1 d_y), d = image -
/// centre.
struct Lens {
  Position centre;
  double einstein_radius, core, shear_1, shear_2;

  Position source_of(const Position& image) const {
    const double x = image.x - centre.x, y = image.y - centre.y;
    const double bend = einstein_radius / std::sqrt(x * x + y * y + core * core);
    return {image.x - bend * x - shear_1 * x - shear_2 * y,
            image.y - bend * y - shear_2 * x + shear_1 * y};
  }
};

/// A lens whose ring fills a good part of a mask of the given radius, not quite in its middle.
inline Lens make_lens(double mask_radius, Random random) {
  const double ring = 0.45 * mask_radius, angle = 2.0 * glint::constants::pi * random.uniform();
  const double shear = random.uniform(0.05, 0.1);
  return {{0.04 * ring * random.uniform(-1.0, 1.0), 0.04 * ring * random.uniform(-1.0, 1.0)},
          ring,
          0.05 * ring,
          shear * std::cos(angle),
          shear * std::sin(angle)};
}

/// A source of round Gaussian blobs: a broad one, and clumps in and about it.
class SourceLight {
 public:
  SourceLight(const Lens& lens, Random random) {
    const double ring = lens.einstein_radius;
    const auto near = [&](const Position& middle, double reach) -> Position {
      return {middle.x + reach * random.uniform(-1.0, 1.0),
              middle.y + reach * random.uniform(-1.0, 1.0)};
    };
    const Position host = near({0.0, 0.0}, 0.15 * ring);
    blobs_.push_back({host, 0.3 * ring, 0.4});
    for (int clump = 0; clump < 4; ++clump)
      blobs_.push_back(
          {near(host, 0.4 * ring), ring * random.uniform(0.08, 0.16), random.uniform(0.5, 1.0)});
  }

  double brightness(const Position& at) const {
    double sum = 0.0;
    for (const Blob& blob : blobs_) {
      const double x = (at.x - blob.centre.x) / blob.sigma, y = (at.y - blob.centre.y) / blob.sigma;
      sum += blob.peak * std::exp(-0.5 * (x * x + y * y));
    }
    return sum;
  }

 private:
  struct Blob {
    Position centre;
    double sigma, peak;
  };
  std::vector<Blob> blobs_;
};

#endif
