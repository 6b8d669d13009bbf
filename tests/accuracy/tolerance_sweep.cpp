// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <random>
#include <reference/boundary_oracle.hpp>
#include <support/galaxies.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

/// A requested tolerance is kept, over nine decades and every kind of galaxy:
/// |error| <= tolerance max(pixel, 1e-12 flux) plus 2e-14 of the pixel per pixel of distance.

namespace glint {
namespace {

using test::BoundaryOracle;
using test::Galaxy;
using test::Worst;

/// The truth is itself checked: against the golden integrals, which came from 34 digits.
TEST(Oracle, MatchesGoldenIntegrals) {
  Worst worst(5e-14);
  for (const auto& row : test::golden("pixel_integrals.txt")) {
    const BoundaryOracle oracle(row[0], row[1], row[2], row[3], row[4], row[5], row[6]);
    worst.compare(
        static_cast<double>(oracle.pixel(row[7], row[8])), row[9],
        concat("n ", row[2], " q ", row[5], " re ", row[1], " i ", row[7], " j ", row[8]));
  }
  EXPECT_TRUE(worst.result());
}

template <class Case>
class ToleranceSweep : public testing::Test {};
TYPED_TEST_SUITE(ToleranceSweep, test::Spaces, test::CaseName);

constexpr int side = 41;
constexpr double tolerances[] = {1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12};

/// Some pixels near the core, some on the major axis, some anywhere.
std::vector<std::pair<int, int>> look_at(const Galaxy& g, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::vector<std::pair<int, int>> pixels;
  for (int k = 0; k < 24; ++k) {
    double i = side * uniform(random), j = side * uniform(random);
    if (k < 10) i = 18 + 5 * uniform(random), j = 18 + 5 * uniform(random);
    if (k >= 18) {
      const double t = 20 * (2 * uniform(random) - 1);
      i = 20.5 + g.y + t * std::sin(g.theta), j = 20.5 + g.x + t * std::cos(g.theta);
    }
    if (i >= 0 && i < side && j >= 0 && j < side) pixels.push_back({int(i), int(j)});
  }
  return pixels;
}

template <class Space>
void check(const std::vector<Galaxy>& galaxies, std::mt19937& random) {
  for (const Galaxy& g : galaxies) {
    const BoundaryOracle oracle(g.flux, g.re, g.n, g.x, g.y, g.q, g.theta);
    const auto pixels = look_at(g, random);
    std::vector<double> exact;
    for (const auto& [i, j] : pixels)
      exact.push_back(static_cast<double>(oracle.pixel(i - 20, j - 20)));
    for (const double tolerance : tolerances) {
      RenderOptions options;
      options.tolerance = tolerance;
      const auto image = test::rendered<Space>({g}, {side, side}, options);
      const double distance = std::hypot(g.x, g.y) + side;
      Worst worst(tolerance + 2e-14 * distance, 1e-12 * g.flux);
      for (std::size_t k = 0; k < pixels.size(); ++k)
        worst.compare(image(pixels[k].first, pixels[k].second), exact[k],
                      concat("pixel ", pixels[k].first, " ", pixels[k].second));
      EXPECT_TRUE(worst.result()) << g.text() << " tolerance " << tolerance;
    }
  }
}

TYPED_TEST(ToleranceSweep, GalaxiesInTheFrame) {
  std::mt19937 random(20261);
  std::uniform_real_distribution<double> uniform(-0.5, 0.5);
  std::vector<Galaxy> galaxies;
  for (const double n : {0.3, 0.5, 1.0, 2.5, 4.0, 8.0, 10.0})
    for (const double q : {0.05, 0.1, 0.3, 1.0})
      for (const double re : {0.1, 2.0, 20.0, 300.0}) {
        Galaxy g{1.0, re, n, uniform(random), uniform(random), q, 3.1 * uniform(random)};
        switch (galaxies.size() % 5) {
          case 1:
            g.x = g.y = 0.5;
            break;  // on a corner
          case 2:
            g.x = 0.5;
            break;  // on an edge
          case 3:
            g.y = 0.5 - 1e-6;
            break;  // next to one
          case 4:
            g.theta = 0.0, g.y = 0.0;
            break;  // along the grid
        }
        galaxies.push_back(g);
      }
  check<typename TypeParam::space>(galaxies, random);
}

TYPED_TEST(ToleranceSweep, GalaxiesFarOutsideTheFrame) {
  std::mt19937 random(20262);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::vector<Galaxy> galaxies;
  for (const double n : {0.3, 0.5, 1.0, 4.0, 10.0})
    for (const double q : {0.05, 0.3, 1.0})
      for (const double re : {2.0, 20.0, 300.0}) {
        const double theta = 3.0 * uniform(random),
                     far = std::pow(10.0, 1.3 + 1.4 * uniform(random));
        const double phi = galaxies.size() % 2 ? theta : 6.0 * uniform(random);
        galaxies.push_back({1.0, re, n, far * std::cos(phi), far * std::sin(phi), q, theta});
      }
  check<typename TypeParam::space>(galaxies, random);
}

/// Beyond the range most people use the values stay right, if not to the last digits.
TYPED_TEST(ToleranceSweep, ExtremeIndicesAndShapes) {
  std::mt19937 random(20263);
  std::vector<Galaxy> galaxies;
  for (const double n : {0.02, 0.1, 0.2, 15.0, 20.0})
    for (const double q : {0.01, 0.2, 1.0})
      for (const double re : {0.01, 1.0, 10.0, 1e4})
        galaxies.push_back({1.0, re, n, 0.1, -0.3, q, 0.5});
  for (const Galaxy& g : galaxies) {
    const BoundaryOracle oracle(g.flux, g.re, g.n, g.x, g.y, g.q, g.theta);
    const auto image = test::rendered<typename TypeParam::space>({g}, {side, side});
    Worst worst(1e-8, 1e-12);
    for (const auto& [i, j] : look_at(g, random))
      worst.compare(image(i, j), static_cast<double>(oracle.pixel(i - 20, j - 20)),
                    concat("pixel ", i, " ", j));
    EXPECT_TRUE(worst.result()) << g.text();
  }
}

}  // namespace
}  // namespace glint
