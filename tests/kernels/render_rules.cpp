// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/refine.hpp>
#include <support/functions.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::assorted;
using test::flat_galaxy;
using test::flat_galaxy_grid;
using test::golden;
using test::rendered;
using test::rendered_stack;
using test::Worst;

/// In float the law itself is evaluated in float, whose exponent of up to 30 costs 2e-6.
template <class T>
double evaluated(double accuracy) {
  return std::is_same_v<T, float> ? 1e-5 : accuracy;
}

RenderOptions with(Integrator integrator, int order = 0) {
  RenderOptions options;
  options.integrator = integrator;
  options.order = order;
  return options;
}

template <class Case>
class RenderRules : public testing::Test {};
TYPED_TEST_SUITE(RenderRules, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(RenderRules, FlatGalaxyByEveryRule) {
  using T = typename TypeParam::value;
  struct Column {
    int column;
    RenderOptions options;
  };
  const Column columns[] = {
      {3, with(Integrator::gauss_legendre)},    {4, with(Integrator::clenshaw_curtis)},
      {5, with(Integrator::gauss_legendre, 7)}, {6, with(Integrator::clenshaw_curtis, 7)},
      {7, with(Integrator::midpoint, 7)},       {8, with(Integrator::gauss_kronrod)},
      {8, with(Integrator::gauss_kronrod, 15)}};
  Worst worst(evaluated<T>(1e-13));
  for (const auto& [column, options] : columns) {
    const auto image =
        rendered<typename TypeParam::space, T>({flat_galaxy}, flat_galaxy_grid, options);
    for (const auto& row : golden("scene001_rules.txt"))
      worst.compare(image(static_cast<int>(row[0]), static_cast<int>(row[1])), row[column],
                    concat("column ", column, " pixel ", row[0], " ", row[1]));
  }
  EXPECT_TRUE(worst.result());
}

/// One node is the centre, whatever the rule.
TYPED_TEST(RenderRules, OneNodeIsTheCentre) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid grid{17, 23};
  const auto centre = rendered<Space, T>(assorted(), grid, with(Integrator::centre));
  Worst worst(evaluated<T>(1e-14), 1e-6);
  for (const Integrator rule :
       {Integrator::gauss_legendre, Integrator::clenshaw_curtis, Integrator::midpoint}) {
    const auto image = rendered<Space, T>(assorted(), grid, with(rule, 1));
    for (int i = 0; i < 17; ++i)
      for (int j = 0; j < 23; ++j) worst.compare(image(i, j), centre(i, j), concat(i, " ", j));
  }
  EXPECT_TRUE(worst.result());
}

/// Away from cores high orders agree with the boundary form, which shares nothing with them.
TYPED_TEST(RenderRules, HighOrdersConvergeToTheExactPixels) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid grid{19, 31};
  const std::vector<test::Galaxy> smooth{{100.0, 6.0, 0.5, 2.3, -1.7, 0.6, 0.4},
                                         {80.0, 9.0, 4.0, 40.0, 25.0, 0.5, 1.0}};
  RenderOptions exact;
  exact.tolerance = 1e-12;
  const auto truth = rendered<Space, double>(smooth, grid, exact);
  Worst worst(evaluated<T>(1e-12));
  for (const RenderOptions& options :
       {with(Integrator::gauss_legendre, 10), with(Integrator::clenshaw_curtis, 17),
        with(Integrator::gauss_kronrod, 15), with(Integrator::gauss_legendre, 33)}) {
    const auto image = rendered<Space, T>(smooth, grid, options);
    for (int i = 0; i < 19; ++i)
      for (int j = 0; j < 31; ++j)
        worst.compare(image(i, j), truth(i, j),
                      concat(integrator_name(options.integrator), " ", i, " ", j));
  }
  EXPECT_TRUE(worst.result());
}

/// The refined flat galaxy is as wrong as published: 3.674e-3 absolute, 3.161e-5 relative.
TYPED_TEST(RenderRules, RefinementOfTheFlatGalaxy) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto profiles = prepare(space, test::make_catalogue({flat_galaxy}));
  const auto device = make_image<T>(space, flat_galaxy_grid, "glint::test::image");
  RenderWorkspace<Space> workspace;
  EXPECT_EQ(unmet_cells(space, workspace.pixels), 0u);
  render(space, flat_galaxy_grid, profiles, device, with(Integrator::refine), workspace);
  const Image<T> image("glint::test::host", 90, 100);
  copy(space, image, device);
  compat::fence(space, "glint::test::image");
  const auto exact = golden("scene001_image.txt");
  double worst = 0.0, relative = 0.0;
  for (int i = 0; i < 90; ++i)
    for (int j = 0; j < 100; ++j) {
      worst = std::max(worst, std::abs(image(i, j) - exact[i][j]));
      relative = std::max(relative, std::abs(image(i, j) / exact[i][j] - 1.0));
    }
  const bool single = std::is_same_v<T, float>;
  EXPECT_NEAR(worst, 0.003674, single ? 1e-4 : 5e-7);
  EXPECT_NEAR(relative, 3.161e-5, single ? 2e-6 : 5e-9);
  if (!single) {
    EXPECT_EQ(unmet_cells(space, workspace.pixels), 132u + 194u + 45u + 220u);
  }
}

/// Stack planes add up to the image, and each is the refinement of its profile alone.
TYPED_TEST(RenderRules, StacksAddUp) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid grid{13, 21};
  const auto galaxies = assorted();
  for (RenderOptions options : {with(Integrator::midpoint, 4), with(Integrator::refine, 4)}) {
    options.base_oversample = 2;
    options.oversample = 2;
    options.precision_goal = 1e-4;
    options.refine_fraction = 0.2;
    options.max_level = 3;
    const auto image = rendered<Space, T>(galaxies, grid, options);
    const auto stack = rendered_stack<Space, T>(galaxies, grid, options);
    Worst worst(std::is_same_v<T, float> ? 1e-6 : 1e-14, 1e-2), alone(0.0);
    for (std::size_t p = 0; p < galaxies.size(); ++p) {
      const auto plane = rendered<Space, T>({galaxies[p]}, grid, options);
      for (int i = 0; i < 13; ++i)
        for (int j = 0; j < 21; ++j) alone.compare(stack(p, i, j), plane(i, j), concat(i, " ", j));
    }
    for (int i = 0; i < 13; ++i)
      for (int j = 0; j < 21; ++j) {
        double sum = 0.0;
        for (std::size_t p = 0; p < galaxies.size(); ++p) sum += stack(p, i, j);
        worst.compare(image(i, j), sum, concat(i, " ", j));
      }
    EXPECT_TRUE(worst.result());
    EXPECT_TRUE(alone.result());
  }
}

/// With share and depth enough, the refinement reaches its goal, and says so.
TYPED_TEST(RenderRules, RefinementReachesItsGoalWhenItMay) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{16, 16};
  const test::Galaxy galaxy{10.0, 3.0, 2.0, 0.2, -0.3, 0.7, 0.5};
  RenderOptions options = with(Integrator::refine, 5), exact;
  options.refine_fraction = 0.5;
  options.max_level = 14;
  options.precision_goal = 1e-9;
  exact.tolerance = 1e-12;
  const auto image = rendered<Space>({galaxy}, grid, options);
  const auto truth = rendered<Space>({galaxy}, grid, exact);
  Worst worst(1.0, 2e-8);
  for (int i = 0; i < 16; ++i)
    for (int j = 0; j < 16; ++j) worst.compare(image(i, j) - truth(i, j), 0.0, concat(i, " ", j));
  EXPECT_TRUE(worst.result());
}

/// A workspace serves whatever comes, in any order, and then allocates nothing.
TYPED_TEST(RenderRules, OneWorkspaceServesAll) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const PixelGrid grid{9, 14};
  const auto profiles = prepare(space, test::make_catalogue(assorted()));
  const auto shared = make_image<T>(space, grid, "glint::test::shared");
  RenderWorkspace<Space> workspace;
  RenderOptions loose = with(Integrator::refine);
  loose.precision_goal = 1e-2;
  const RenderOptions all[] = {with(Integrator::gauss_legendre, 5),  with(Integrator::refine),
                               with(Integrator::clenshaw_curtis, 5), loose,
                               with(Integrator::refine, 4),          with(Integrator::boundary),
                               with(Integrator::gauss_legendre, 3)};
  for (const RenderOptions& options : all) {
    render(space, grid, profiles, shared, options, workspace);
    const auto got = test::to_host(
        space, Kokkos::View<T*, typename Space::memory_space>(shared.data(), grid.ny * grid.nx));
    const auto wanted = rendered<Space, T>(assorted(), grid, options);
    for (std::size_t k = 0; k < got.size(); ++k)
      ASSERT_EQ(got[k], wanted.data()[k]) << integrator_name(options.integrator) << k;
  }
  const double* rule = workspace.pixels.rule.data.data();
  render(space, grid, profiles, shared, with(Integrator::gauss_legendre), workspace);
  EXPECT_EQ(workspace.pixels.rule.data.data(), rule);
}

TEST(RenderRulesOptions, IllegalOnesAreRefused) {
  const auto refused = [](const RenderOptions& options, const std::string& sentence) {
    try {
      validate(options);
      ADD_FAILURE() << sentence << " was expected";
    } catch (const Error& error) {
      EXPECT_EQ(error.sentence(), sentence);
    }
  };
  refused(with(Integrator::gauss_legendre, 34),
          "the order of the integrator 'gauss-legendre' must lie in 1 to 33, not 34");
  refused(with(Integrator::midpoint, -1),
          "the order of the integrator 'midpoint' must lie in 1 to 33, not -1");
  refused(with(Integrator::gauss_kronrod, 9),
          "the order of the integrator 'gauss-kronrod' must be 7, 11, 15, 21 or 31, not 9");
  refused(with(Integrator::refine, 1),
          "the order of the error estimate must lie in 2 to 33, not 1");
  RenderOptions options = with(Integrator::refine);
  options.max_level = 21;
  refused(options, "the deepest level of refinement must lie in 0 to 20, not 21");
  options.integrator = Integrator::gauss_legendre;  // which has no such option
  EXPECT_NO_THROW(validate(options));
}

}  // namespace
}  // namespace glint
