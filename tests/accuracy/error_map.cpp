// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <glint/render_error.hpp>
#include <random>
#include <reference/boundary_oracle.hpp>
#include <reference/shaped_oracle.hpp>
#include <support/galaxies.hpp>
#include <support/profiles.hpp>
#include <support/spaces.hpp>

/// The error map against the true error, which the extended-precision oracle knows.

namespace glint {
namespace {

using test::BoundaryOracle;
using test::Galaxy;
using test::make_catalogue;

template <class Case>
class ErrorMap : public testing::Test {};
TYPED_TEST_SUITE(ErrorMap, test::SpacesAndPrecisions, test::CaseName);

constexpr int map_side = 41;

struct Honesty {
  std::size_t pixels = 0, below = 0, far_below = 0, unmet = 0;
  std::vector<double> over;  ///< estimate over truth where the truth is more than rounding
};

/// Galaxies of all kinds, each looked at in its core and all over the frame.
template <class Space, class T>
Honesty measure(const RenderOptions& options) {
  std::mt19937 random(20264);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  const Space space;
  const PixelGrid grid{map_side, map_side};
  ErrorWorkspace<SersicProfiles<Space>> workspace;
  Honesty honesty;
  for (int k = 0; k < 17; ++k) {
    const Galaxy g{1.0,
                   0.3 * std::pow(100.0, uniform(random)),
                   0.4 + 7.0 * uniform(random),
                   8.0 * uniform(random) - 4.0,
                   8.0 * uniform(random) - 4.0,
                   0.06 + 0.94 * uniform(random),
                   3.0 * uniform(random)};
    const auto profiles = prepare(space, make_catalogue(std::vector<Galaxy>{g}));
    const auto image = make_image<T>(space, grid, "glint::test::image");
    const auto error = make_image<T>(space, grid, "glint::test::error");
    render(space, grid, profiles, image, options);
    const Image<const T, typename Space::memory_space> input = image;
    honesty.unmet += render_error(space, grid, profiles, input, error, options, workspace).unmet;
    const auto pixels = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    const auto bounds = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), error);
    const BoundaryOracle oracle(g.flux, g.re, g.n, g.x, g.y, g.q, g.theta);
    for (int p = 0; p < 60; ++p) {
      const bool core = p < 15;
      const int i = static_cast<int>(core ? 18 + 5 * uniform(random) : map_side * uniform(random));
      const int j = static_cast<int>(core ? 18 + 5 * uniform(random) : map_side * uniform(random));
      const double exact = static_cast<double>(oracle.pixel(i - 20, j - 20));
      const double truth = std::abs(pixels(i, j) - exact);
      ++honesty.pixels;
      if (truth > bounds(i, j)) ++honesty.below;
      if (truth > 10.0 * bounds(i, j)) ++honesty.far_below;
      if (truth > 1e-14 * exact) honesty.over.push_back(bounds(i, j) / truth);
    }
  }
  std::sort(honesty.over.begin(), honesty.over.end());
  return honesty;
}

template <class Space, class T>
void expect_honest(const RenderOptions& options) {
  const Honesty honesty = measure<Space, T>(options);
  const std::string where =
      concat(integrator_name(options.integrator), " tolerance ", options.tolerance);
  EXPECT_LE(honesty.below, honesty.pixels / 1000) << where;
  EXPECT_EQ(honesty.far_below, 0u) << where;
  ASSERT_FALSE(honesty.over.empty()) << where;
  EXPECT_LE(honesty.over[honesty.over.size() / 2], 100.0) << where;
  if (keeps_tolerance(options.integrator)) {
    EXPECT_EQ(honesty.unmet, 0u) << where;
  }
}

TYPED_TEST(ErrorMap, BoundsTheErrorAndIsClose) {
  RenderOptions options;
  for (const double tolerance : {1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-11}) {
    options.tolerance = tolerance;
    expect_honest<typename TypeParam::space, typename TypeParam::value>(options);
  }
  options.integrator = Integrator::boundary;
  for (const double tolerance : {1e-4, 1e-8, 1e-11}) {
    options.tolerance = tolerance;
    expect_honest<typename TypeParam::space, typename TypeParam::value>(options);
  }
}

/// Models of other kinds and shapes, against quadrature of their brightness.
TYPED_TEST(ErrorMap, CoversEveryKindOfProfile) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const PixelGrid grid{11, 13};
  const auto rows = test::all_shapes();
  const auto catalogue = test::make_catalogue(rows);
  const auto model = prepare_model(space, catalogue);
  const auto image = make_image<T>(space, grid, "glint::test::image");
  const auto error = make_image<T>(space, grid, "glint::test::error");
  RenderOptions options;
  options.tolerance = 1e-6;
  ErrorWorkspace<Model<Space>> workspace;
  for (std::size_t p = 0; p < rows.size(); p += 2) {
    const auto alone = single(model, p);
    render(space, grid, alone, image, options);
    EXPECT_EQ(render_error(space, grid, alone, image, error, options, workspace).unmet, 0u)
        << rows[p].text();
    const auto pixels = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    const auto bounds = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), error);
    const test::ShapedOracle oracle(catalogue, p);
    for (const auto& [i, j] : {std::pair{5, 6}, {3, 9}}) {
      const double exact =
          static_cast<double>(oracle.pixel(grid.y_centre(i), grid.x_centre(j), 1e-11L));
      EXPECT_LE(std::abs(pixels(i, j) - exact), bounds(i, j)) << rows[p].text();
      EXPECT_LE(bounds(i, j), 1e-6 * exact) << rows[p].text();
    }
  }
}

TYPED_TEST(ErrorMap, KnowsWhereRefinementFallsShort) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  RenderOptions options;
  options.integrator = Integrator::refine;
  expect_honest<Space, T>(options);
  EXPECT_GT((measure<Space, T>(options).unmet), 0u);
}

/// A tolerance that the arithmetic cannot keep: the boundary form far from a galaxy.
TYPED_TEST(ErrorMap, FlagsAToleranceThatIsNotMet) {
  using Space = typename TypeParam::space;
  const Space space;
  const PixelGrid grid{9, 9};
  const auto profiles = prepare(
      space, make_catalogue(std::vector<Galaxy>{{1.0, 300.0, 4.0, 3000.0, 800.0, 0.5, 0.3}}));
  const auto image = make_image<double>(space, grid, "glint::test::image");
  const auto error = make_image<double>(space, grid, "glint::test::error");
  RenderOptions options;
  options.integrator = Integrator::boundary;
  options.tolerance = 1e-12;
  render(space, grid, profiles, image, options);
  const ErrorSummary summary = render_error(space, grid, profiles, image, error, options);
  EXPECT_GT(summary.unmet, 0u);
  EXPECT_GT(summary.share, 1.0);
  EXPECT_GT(summary.worst, 0.0);
}

/// Cancelling fluxes are not taken for an error.
TYPED_TEST(ErrorMap, MeasuresAgainstTheProfilesNotTheirSum) {
  using Space = typename TypeParam::space;
  const Space space;
  const PixelGrid grid{40, 40};
  std::vector<Galaxy> galaxies = test::assorted();
  for (const Galaxy& g : test::assorted()) galaxies.push_back(g), galaxies.back().flux *= -1.0;
  const auto profiles = prepare(space, make_catalogue(galaxies));
  const auto image = make_image<double>(space, grid, "glint::test::image");
  const auto error = make_image<double>(space, grid, "glint::test::error");
  render(space, grid, profiles, image);
  EXPECT_EQ(render_error(space, grid, profiles, image, error).unmet, 0u);
}

TYPED_TEST(ErrorMap, RefusesSamplesAndWrongShapes) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto profiles = prepare(space, make_catalogue(test::assorted()));
  const auto image = make_image<T>(space, {4, 5}, "glint::test::image");
  const auto error = make_image<T>(space, {5, 4}, "glint::test::error");
  const auto sentence = [&](const auto& target, Integrator integrator) {
    RenderOptions options;
    options.integrator = integrator;
    try {
      render_error(space, {4, 5}, profiles, image, target, options);
    } catch (const Error& problem) {
      return problem.sentence();
    }
    return std::string("accepted");
  };
  EXPECT_EQ(sentence(error, Integrator::exact),
            "render_error: error has shape (5, 4) where (4, 5) is needed");
  const auto right = make_image<T>(space, {4, 5}, "glint::test::error");
  EXPECT_EQ(sentence(right, Integrator::exact), "accepted");
  for (const Integrator sampled : {Integrator::centre, Integrator::gauss_legendre,
                                   Integrator::midpoint, Integrator::gauss_kronrod})
    EXPECT_EQ(sentence(right, sampled),
              "the integrator '" + integrator_name(sampled) +
                  "' has no error map; it belongs to: exact, boundary, tiles, refine");
}

}  // namespace
}  // namespace glint
