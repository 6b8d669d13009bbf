// SPDX-License-Identifier: BSD-3-Clause
// What holds for mixed catalogues without any reference: sums, stacks, flux, limits, symmetry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <support/near.hpp>
#include <support/profiles.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Shaped;
using E = ExtraColumn;
using K = ProfileKind;

template <class Case>
class ModelTest : public testing::Test {};
TYPED_TEST_SUITE(ModelTest, test::SpacesAndPrecisions, test::CaseName);

/// Plain rows, other kinds and a Gaussian in turn.
std::vector<Shaped> mixture() {
  std::vector<Shaped> rows{{{10, 2, 1, -3.1, 2.2, 0.7, 0.3}},
                           {{20, 1.5, 0, 2.2, -1.4, 0.6, 1.0}, K::moffat, {{E::beta, 3}}},
                           {{30, 1, 0, 0.1, 0.3, 0.5, 0.2}, K::gaussian},
                           {{-5, 3, 4, 1.2, 1.1, 0.9, 0.1}},
                           {{15, 2, 2, -1.3, -2.1, 0.8, 0.4}, K::sersic, {{E::boxiness, 1}}}};
  return rows;
}

TYPED_TEST(ModelTest, EveryIntegratorsStackAddsUpToItsImageAndKeepsTheOrder) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid grid{11, 13};
  const auto rows = mixture();
  const double rounding = std::is_same_v<T, float> ? 1e-5 : 1e-12;
  for (const Integrator integrator :
       {Integrator::exact, Integrator::boundary, Integrator::centre, Integrator::gauss_legendre,
        Integrator::gauss_kronrod, Integrator::refine}) {
    RenderOptions options;
    options.integrator = integrator;
    const auto image = test::rendered<Space, T>(rows, grid, options);
    const auto stack = test::rendered_stack<Space, T>(rows, grid, options);
    test::Worst sums(rounding, 1.0), planes(rounding, 1.0);
    for (std::size_t p = 0; p < rows.size(); ++p) {
      const auto alone = test::rendered<Space, T>(std::vector<Shaped>{rows[p]}, grid, options);
      for (int i = 0; i < 11; ++i)
        for (int j = 0; j < 13; ++j)
          planes.compare(stack(p, i, j), alone(i, j), concat("row ", p, " pixel ", i, " ", j));
    }
    for (int i = 0; i < 11; ++i)
      for (int j = 0; j < 13; ++j) {
        double sum = 0.0;
        for (std::size_t p = 0; p < rows.size(); ++p) sum += stack(p, i, j);
        sums.compare(image(i, j), sum, concat(i, " ", j));
      }
    EXPECT_TRUE(sums.result()) << integrator_name(integrator);
    EXPECT_TRUE(planes.result()) << integrator_name(integrator);
  }
}

template <class Case>
class ModelLimits : public testing::Test {};
TYPED_TEST_SUITE(ModelLimits, test::Spaces, test::CaseName);

TYPED_TEST(ModelLimits, ShapesOfNoEffectGiveTheFastImage) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{31, 23};
  RenderOptions options;
  options.tolerance = 1e-10;
  for (const test::Galaxy& galaxy : test::assorted()) {
    const auto plain = test::rendered<Space>({galaxy}, grid, options);
    const std::vector<std::vector<std::pair<E, double>>> shapes{
        {{E::boxiness, 1e-13}},
        {{E::f2, 1e-13}},
        {{E::asymmetry, 1e-13}},
        {{E::r_soft, 1e-8 * galaxy.re}},
        {{E::r_truncation, 1e9 * galaxy.re}}};
    for (const auto& shape : shapes) {
      const Shaped row{galaxy, K::sersic, shape};
      const auto image = test::rendered<Space>(std::vector<Shaped>{row}, grid, options);
      test::Worst worst(2e-10, 1e-12 * std::abs(galaxy.flux));
      for (int i = 0; i < 31; ++i)
        for (int j = 0; j < 23; ++j)
          worst.compare(image(i, j), plain(i, j), concat(i, " ", j, " ", row.text()));
      EXPECT_TRUE(worst.result());
    }
  }
}

/// A truncation beyond everything leaves a Sersic profile, on the robust path.
TYPED_TEST(ModelLimits, TheRobustPathKeepsItsToleranceOverIndexFlatnessAndSize) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{21, 23};
  RenderOptions fast;
  fast.tolerance = 1e-12;
  fast.integrator = Integrator::boundary;
  std::vector<test::Galaxy> galaxies;
  std::vector<Shaped> rows;
  for (const double n : {0.3, 0.5, 1.0, 2.5, 4.0, 8.0, 10.0})
    for (const double q : {0.05, 0.3, 1.0})
      for (const double re : {0.1, 1.0, 10.0, 300.0}) {
        galaxies.push_back({100, re, n, 0.3, -7.2, q, 0.4});
        rows.push_back({galaxies.back(), K::sersic, {{E::r_truncation, 1e9 * re}}});
      }
  const auto exact = test::rendered_stack<Space>(galaxies, grid, fast);
  for (const double tolerance : {1e-4, 1e-8, 1e-11}) {
    RenderOptions options;
    options.tolerance = tolerance;
    const auto stack = test::rendered_stack<Space>(rows, grid, options);
    test::Worst worst(tolerance, 1e-12 * 100);
    for (std::size_t p = 0; p < rows.size(); ++p)
      for (int i = 0; i < 21; ++i)
        for (int j = 0; j < 23; ++j)
          worst.compare(stack(p, i, j), exact(p, i, j),
                        concat(tolerance, " pixel ", i, " ", j, " ", rows[p].text()));
    EXPECT_TRUE(worst.result());
  }
}

TYPED_TEST(ModelLimits, AGaussianIsASersicProfileOfIndexOneHalf) {
  using Space = typename TypeParam::space;
  const test::Galaxy galaxy{10, 2, 0.5, 0.3, 0.2, 0.5, 0.7};
  test::Galaxy no_index = galaxy;
  no_index.n = constants::nan;
  const auto sersic = test::rendered<Space>({galaxy}, {9, 8});
  const auto gaussian = test::rendered<Space>(std::vector<Shaped>{{no_index, K::gaussian}}, {9, 8});
  for (int i = 0; i < 9; ++i)
    for (int j = 0; j < 8; ++j) EXPECT_EQ(gaussian(i, j), sersic(i, j));
}

TYPED_TEST(ModelLimits, FluxInsideAnOuterRadiusIsComplete) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{41, 47};
  const auto galaxy = [](double re, double n) {
    return test::Galaxy{7.0, re, n, 0.5, -0.25, 0.6, 0.8};
  };
  const std::vector<Shaped> rows{
      {galaxy(5, 0), K::king, {{E::r_out, 17}}},
      {galaxy(15, 0), K::ferrer, {{E::alpha, 1}, {E::beta, 1}, {E::boxiness, 1}}},
      {galaxy(4, 4), K::sersic, {{E::r_truncation, 12}, {E::asymmetry, 0.8}, {E::f1, 0.3}}},
      {galaxy(4, 0), K::moffat, {{E::beta, 1.2}, {E::r_truncation, 15}, {E::r_soft, 2}}},
      {galaxy(8, 10),
       K::core_sersic,
       {{E::alpha, 1}, {E::gamma, 1.5}, {E::r_break, 3}, {E::r_truncation, 10}, {E::f3, 0.2}}}};
  const auto stack = test::rendered_stack<Space>(rows, grid);
  for (std::size_t p = 0; p < rows.size(); ++p) {
    double total = 0.0;
    for (int i = 0; i < 41; ++i)
      for (int j = 0; j < 47; ++j) total += stack(p, i, j);
    EXPECT_NEAR(total, 7.0, 7e-12) << rows[p].text();
    EXPECT_EQ(stack(p, 0, 0), 0.0) << rows[p].text();
  }
}

TYPED_TEST(ModelLimits, TurningByHalfATurnTurnsTheImage) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{12, 15};
  for (Shaped row : test::all_shapes()) {
    row.galaxy.theta = 0.7;
    const auto image = test::rendered<Space>(std::vector<Shaped>{row}, grid);
    row.galaxy.x = -row.galaxy.x, row.galaxy.y = -row.galaxy.y;
    row.galaxy.theta += constants::pi;
    const auto turned = test::rendered<Space>(std::vector<Shaped>{row}, grid);
    test::Worst worst(2e-8, 1e-12 * row.galaxy.flux);
    for (int i = 0; i < 12; ++i)
      for (int j = 0; j < 15; ++j)
        worst.compare(turned(11 - i, 14 - j), image(i, j), concat(i, " ", j, " ", row.text()));
    EXPECT_TRUE(worst.result());
  }
}

/// Moffat's centre, aligned with the pixels, on corners and edges: nothing special happens there.
TYPED_TEST(ModelLimits, CentresOnEdgesAndCornersAreNothingSpecial) {
  using Space = typename TypeParam::space;
  for (const auto& [x, y] : {std::pair{0.5, 0.5}, {0.5, 0.0}, {0.5 - 1e-9, 0.5}, {0.0, 0.0}}) {
    const Shaped row{{1, 0.8, 6, x, y, 1, 0}, K::sersic, {{E::r_truncation, 3}}};
    const auto image = test::rendered<Space>(std::vector<Shaped>{row}, {9, 9});
    double total = 0.0;
    for (int i = 0; i < 9; ++i)
      for (int j = 0; j < 9; ++j) total += image(i, j);
    EXPECT_NEAR(total, 1.0, 1e-12) << x << " " << y;
    if (x == 0.5 && y == 0.5) {
      EXPECT_NEAR(image(4, 4), image(5, 5), 1e-13);
      EXPECT_NEAR(image(4, 5), image(5, 4), 1e-13);
    }
  }
}

TYPED_TEST(ModelLimits, ASingleRowIsItsPlaneOfTheStack) {
  using Space = typename TypeParam::space;
  const Space space;
  const PixelGrid grid{8, 9};
  const auto model = prepare_model(space, test::make_catalogue(mixture()));
  for (const Integrator integrator : {Integrator::exact, Integrator::gauss_legendre}) {
    RenderOptions options;
    options.integrator = integrator;
    const auto stack = test::rendered_stack<Space>(mixture(), grid, options);
    for (std::size_t p = 0; p < model.size(); ++p) {
      const auto one = allocate<ImageStack<double, typename Space::memory_space>>(
          space, "glint::test::one", 1, grid.ny, grid.nx);
      render_stack(space, grid, single(model, p), one, options);
      const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), one);
      for (int i = 0; i < 8; ++i)
        for (int j = 0; j < 9; ++j)
          EXPECT_NEAR(host(0, i, j), stack(p, i, j), 1e-13 * std::abs(stack(p, i, j)));
    }
  }
}

std::string refusal_of(const Shaped& row) {
  try {
    prepare_model(Kokkos::DefaultExecutionSpace(),
                  test::make_catalogue(std::vector<Shaped>{{test::Galaxy()}, row}));
  } catch (const Error& error) {
    return error.sentence();
  }
  return "nothing was thrown";
}

TEST(ModelRefusals, NameRowColumnValueAndRange) {
  using testing::HasSubstr;
  const test::Galaxy galaxy;
  EXPECT_THAT(refusal_of({galaxy, K::moffat}),
              HasSubstr("catalogue row 1: the profile moffat needs a value of beta"));
  EXPECT_THAT(refusal_of({galaxy, K::moffat, {{E::beta, 1}}}),
              HasSubstr("catalogue row 1: beta is 1, but it must lie in 1.001 to 100"));
  EXPECT_THAT(refusal_of({galaxy, K::sersic, {{E::beta, 2}}}),
              HasSubstr("catalogue row 1: beta is 2, but the profile sersic has no beta"));
  EXPECT_THAT(refusal_of({galaxy, static_cast<K>(9)}),
              HasSubstr("catalogue row 1: profile is 9, but it must lie in 0 to 5"));
  EXPECT_THAT(refusal_of({galaxy, K::sersic, {{E::f1, 0.5}, {E::f2, -0.4}}}),
              HasSubstr("catalogue row 1: the sizes of f1 to f6 add to 0.9"));
  EXPECT_THAT(refusal_of({galaxy, K::ferrer, {{E::alpha, 1}, {E::beta, 1}, {E::r_soft, 3}}}),
              HasSubstr("catalogue row 1: r_soft is 3, but it must be below"));
  test::Galaxy flat = galaxy;
  flat.q = 2;
  EXPECT_THAT(refusal_of({flat, K::king, {{E::r_out, 9}}}), HasSubstr("catalogue row 1: q is 2"));
  EXPECT_THAT(refusal_of({galaxy, K::sersic, {{E::boxiness, -3}}}),
              HasSubstr("catalogue row 1: boxiness is -3, but it must lie in -1 to 20"));
}

}  // namespace
}  // namespace glint
