// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <reference/boundary_oracle.hpp>
#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::assorted;
using test::Galaxy;
using test::rendered;
using test::Worst;

template <class Case>
class RenderProperties : public testing::Test {};
TYPED_TEST_SUITE(RenderProperties, test::Spaces, test::CaseName);

/// Flux is conserved: the pixels of any rectangle sum to its exact flux, to 1e-13 of the total.
TYPED_TEST(RenderProperties, RectanglesHoldTheirExactFlux) {
  const int n = 61;
  RenderOptions options;
  options.integrator = Integrator::boundary;
  const int rectangles[][4] = {{0, 0, 61, 61},  {30, 30, 31, 31}, {20, 25, 41, 33}, {0, 0, 61, 1},
                               {33, 7, 50, 58}, {28, 28, 36, 36}, {5, 40, 12, 41}};
  std::vector<Galaxy> galaxies = assorted();
  galaxies.push_back({1.0, 0.2, 4.0, 0.5, 0.5, 0.7, 0.3});
  galaxies.push_back({1.0, 200.0, 2.0, 1.0, 0.0, 0.05, 0.3});
  galaxies.push_back({1.0, 5.0, 0.3, 0.5, 0.0, 0.1, 0.0});
  for (const Galaxy& g : galaxies) {
    const auto image = rendered<typename TypeParam::space>({g}, {n, n}, options);
    const test::BoundaryOracle oracle(g.flux, g.re, g.n, g.x, g.y, g.q, g.theta);
    for (const auto& r : rectangles) {
      long double total = 0.0L;
      for (int i = r[0]; i < r[2]; ++i)
        for (int j = r[1]; j < r[3]; ++j) total += image(i, j);
      const auto exact = oracle.rectangle(r[1] - 30.5L, r[0] - 30.5L, r[3] - 30.5L, r[2] - 30.5L);
      EXPECT_NEAR(static_cast<double>(total), static_cast<double>(exact), 1e-13 * std::abs(g.flux))
          << g.text() << " rows " << r[0] << ".." << r[2] << " columns " << r[1] << ".." << r[3];
    }
  }
}

TYPED_TEST(RenderProperties, LinearInFlux) {
  using Space = typename TypeParam::space;
  std::vector<Galaxy> scaled = assorted();
  for (Galaxy& g : scaled) g.flux *= -4.0;  // a power of two: exact
  const auto image = rendered<Space>(assorted(), {20, 21});
  const auto other = rendered<Space>(scaled, {20, 21});
  for (int i = 0; i < 20; ++i)
    for (int j = 0; j < 21; ++j) EXPECT_EQ(other(i, j), -4.0 * image(i, j));
}

TYPED_TEST(RenderProperties, SymmetricUnderFlipsAndQuarterTurns) {
  using Space = typename TypeParam::space;
  const int n = 30;
  const auto image = rendered<Space>(assorted(), {n, n});
  std::vector<Galaxy> flipped = assorted(), turned = assorted();
  for (Galaxy& g : flipped) g.x = -g.x, g.theta = constants::pi - g.theta;
  for (Galaxy& g : turned) g = {g.flux, g.re, g.n, -g.y, g.x, g.q, g.theta + constants::pi / 2};
  const auto flip = rendered<Space>(flipped, {n, n}), turn = rendered<Space>(turned, {n, n});
  Worst worst(3e-8, 1e-9);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      worst.compare(flip(i, n - 1 - j), image(i, j), concat("flip ", i, " ", j));
      worst.compare(turn(j, n - 1 - i), image(i, j), concat("turn ", i, " ", j));
    }
  EXPECT_TRUE(worst.result());
}

/// More profiles than one batch of radial tables holds: the sum goes on where it stopped.
TYPED_TEST(RenderProperties, CataloguesLargerThanABatch) {
  using Space = typename TypeParam::space;
  const std::vector<Galaxy> one = assorted();
  std::vector<Galaxy> many;
  const int copies = 401;  // 1604 profiles
  for (int k = 0; k < copies; ++k) many.insert(many.end(), one.begin(), one.end());
  const auto image = rendered<Space>(one, {9, 10});
  const auto sum = rendered<Space>(many, {9, 10});
  const auto stack = test::rendered_stack<Space>(many, {9, 10});
  Worst worst(1e-12);
  for (int i = 0; i < 9; ++i)
    for (int j = 0; j < 10; ++j) {
      worst.compare(sum(i, j), copies * image(i, j), concat(i, " ", j));
      worst.compare(stack(1603, i, j), stack(3, i, j), concat("plane 1603, ", i, " ", j));
    }
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(RenderProperties, RepeatedCallsAgreeToTheLastBit) {
  using Space = typename TypeParam::space;
  const auto first = rendered<Space>(assorted(), {33, 65});
  const auto second = rendered<Space>(assorted(), {33, 65});
  for (int i = 0; i < 33; ++i)
    for (int j = 0; j < 65; ++j) EXPECT_EQ(first(i, j), second(i, j));
}

/// The pixel that holds everything: a galaxy far smaller than a pixel.
TYPED_TEST(RenderProperties, GalaxyInsideAPixel) {
  using Space = typename TypeParam::space;
  const auto middle = rendered<Space>({{7.0, 1e-3, 1.0, 0.1, -0.2, 0.5, 0.3}}, {3, 3});
  EXPECT_NEAR(middle(1, 1), 7.0, 7e-13);
  const auto corner = rendered<Space>({{8.0, 1e-3, 1.0, 0.5, 0.5, 1.0, 0.0}}, {3, 3});
  for (int i = 1; i < 3; ++i)
    for (int j = 1; j < 3; ++j) EXPECT_NEAR(corner(i, j), 2.0, 1e-13);
  const auto edge = rendered<Space>({{8.0, 1e-3, 4.0, 0.5, 0.0, 0.3, 0.0}}, {1, 3});
  EXPECT_NEAR(edge(0, 1), 4.0, 1e-8);
  EXPECT_NEAR(edge(0, 1), edge(0, 2), 1e-13);
}

}  // namespace
}  // namespace glint
