// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/impl/tiles/tile_basis.hpp>
#include <random>
#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::assorted;
using test::Galaxy;
using test::make_catalogue;
using test::rendered;
using test::Worst;

RenderOptions with(Integrator integrator, double tolerance) {
  RenderOptions options;
  options.integrator = integrator;
  options.tolerance = tolerance;
  return options;
}

/// Galaxies of many kinds all over a frame and around it.
std::vector<Galaxy> scattered(std::size_t count, double side) {
  std::mt19937 random(41);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::vector<Galaxy> galaxies;
  for (std::size_t p = 0; p < count; ++p)
    galaxies.push_back({10.0 + 100.0 * uniform(random), 0.5 * std::pow(60.0, uniform(random)),
                        0.4 + 6.0 * uniform(random), side * (1.2 * uniform(random) - 0.6),
                        side * (1.2 * uniform(random) - 0.6), 0.1 + 0.9 * uniform(random),
                        3.0 * uniform(random)});
  return galaxies;
}

template <class Case>
class Tiles : public testing::Test {};
TYPED_TEST_SUITE(Tiles, test::SpacesAndPrecisions, test::CaseName);

/// The contract for a scene, on frames of several levels of tiles: the error of a pixel stays below
/// tolerance times the sum of the profiles' fluxes in it (positive here) or 1e-12 of their fluxes.
TYPED_TEST(Tiles, KeepTheToleranceOfAScene) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const std::vector<Galaxy> galaxies = scattered(23, 150.0);
  double flux = 0.0;
  for (const Galaxy& g : galaxies) flux += g.flux;
  for (const PixelGrid grid : {PixelGrid{131, 197}, PixelGrid{300, 64}, PixelGrid{3, 257}}) {
    const auto exact = rendered<Space>(galaxies, grid, with(Integrator::boundary, 1e-12));
    for (const double tolerance : {1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12}) {
      const auto image = rendered<Space, T>(galaxies, grid, with(Integrator::tiles, tolerance));
      // The boundary form rounds by 2e-14 per pixel of distance; a float image once.
      const double rounding = 2e-14 * 300.0 + (std::is_same_v<T, float> ? 1e-7 : 0.0);
      Worst worst(tolerance + rounding, 1e-12 * flux);
      for (std::size_t i = 0; i < grid.ny; ++i)
        for (std::size_t j = 0; j < grid.nx; ++j)
          worst.compare(image(i, j), exact(i, j), concat(i, " ", j));
      EXPECT_TRUE(worst.result()) << grid.ny << " x " << grid.nx << " tolerance " << tolerance;
    }
  }
}

/// Fluxes of both signs cancel in the pixels but not in what the error is measured against.
TYPED_TEST(Tiles, KeepTheToleranceOfCancellingProfiles) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{90, 90};
  std::vector<Galaxy> galaxies = scattered(6, 80.0);
  const auto magnitude = rendered<Space>(galaxies, grid);
  for (std::size_t p = 0; p < galaxies.size(); p += 2) galaxies[p].flux *= -1.0;
  const auto exact = rendered<Space>(galaxies, grid, with(Integrator::boundary, 1e-12));
  const auto image = rendered<Space>(galaxies, grid, with(Integrator::tiles, 1e-8));
  for (int i = 0; i < 90; ++i)
    for (int j = 0; j < 90; ++j)
      ASSERT_NEAR(image(i, j), exact(i, j), 1.01e-8 * magnitude(i, j)) << i << " " << j;
}

/// A workspace goes from frame to frame and from tolerance to tolerance.
TYPED_TEST(Tiles, WorkspaceServesAnyFrameAndTolerance) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  RenderWorkspace<Space> workspace;
  const auto profiles = prepare(space, make_catalogue(assorted()));
  for (const double tolerance : {1e-8, 1e-4, 1e-11, 1e-8})
    for (const PixelGrid grid : {PixelGrid{100, 101}, PixelGrid{110, 128}, PixelGrid{7, 5}}) {
      const RenderOptions options = with(Integrator::tiles, tolerance);
      const auto image = make_image<T>(space, grid, "glint::test::image");
      render(space, grid, profiles, image, options, workspace);
      const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
      const auto expected = rendered<Space, T>(assorted(), grid, options);
      for (std::size_t i = 0; i < grid.ny; ++i)
        for (std::size_t j = 0; j < grid.nx; ++j) ASSERT_EQ(host(i, j), expected(i, j));
    }
}

TYPED_TEST(Tiles, CountTheirEvaluations) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  RenderWorkspace<Space> workspace;
  EXPECT_EQ(radial_evaluations(space, workspace), 0u);
  const PixelGrid grid{500, 500};
  const std::vector<Galaxy> one{{100.0, 8.0, 2.0, 3.0, -4.0, 0.7, 0.4}};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  render(space, grid, prepare(space, make_catalogue(one)), image, with(Integrator::tiles, 1e-8),
         workspace);
  const double per_pixel = static_cast<double>(radial_evaluations(space, workspace)) / 250000.0;
  EXPECT_GT(per_pixel, 0.02);
  EXPECT_LT(per_pixel, 0.3);
}

/// What is neglected is less than asked for, and lies far out.
TYPED_TEST(Tiles, NeglectNoMoreThanAskedFor) {
  using Space = typename TypeParam::space;
  const Galaxy g{100.0, 3.0, 4.0, 10.0, -20.0, 0.6, 0.4};
  const PixelGrid grid{600, 600};
  const auto whole = rendered<Space>({g}, grid);
  for (const double neglect : {1e-2, 1e-4}) {
    RenderOptions options = with(Integrator::tiles, 1e-8);
    options.neglect = neglect;
    const auto image = rendered<Space>({g}, grid, options);
    double missing = 0.0, empty = 0.0;
    for (int i = 0; i < 600; ++i)
      for (int j = 0; j < 600; ++j) {
        missing += whole(i, j) - image(i, j);
        empty += image(i, j) == 0.0 ? 1.0 : 0.0;
        if (image(i, j) != 0.0) {
          ASSERT_NEAR(image(i, j), whole(i, j), 2e-8 * whole(i, j));
        }
      }
    EXPECT_LE(missing, neglect * g.flux);
    EXPECT_GT(missing, 0.0);
    EXPECT_GT(empty, 1000.0);
  }
}

/// Flux is conserved within the tolerance: the frame's sum is that of the boundary form.
TYPED_TEST(Tiles, ConserveFluxWithinTheTolerance) {
  using Space = typename TypeParam::space;
  const PixelGrid grid{256, 200};
  for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10}) {
    long double sum = 0.0L, exact = 0.0L;
    const auto image =
        rendered<Space>(scattered(9, 150.0), grid, with(Integrator::tiles, tolerance));
    const auto truth =
        rendered<Space>(scattered(9, 150.0), grid, with(Integrator::boundary, 1e-12));
    for (std::size_t i = 0; i < grid.ny; ++i)
      for (std::size_t j = 0; j < grid.nx; ++j) sum += image(i, j), exact += truth(i, j);
    EXPECT_NEAR(static_cast<double>(sum / exact), 1.0, tolerance);
  }
}

/// Any polynomial the nodes determine comes back exactly, as pixels and on the halves of a tile.
TEST(TileBasis, IsExactOnPolynomials) {
  constexpr int n = 16;
  using Basis = impl::TileBasis<n>;
  const std::vector<double> basis = Basis::values();
  const std::vector<double> table = impl::hand_down_table(n, n);
  for (int degree = 0; degree < n; ++degree)
    for (const int tile : {4, 8, 16, 32, 64})
      for (int t = 0; t < tile; ++t) {
        double sum = 0.0;
        for (int b = 0; b < n; ++b)
          sum +=
              basis[Basis::pixels(tile) + b * tile + t] * std::pow(basis[Basis::x_at + b], degree);
        const double from = 2.0 * t / tile - 1.0, to = 2.0 * (t + 1) / tile - 1.0;
        const double mean =
            0.5 * tile * (std::pow(to, degree + 1) - std::pow(from, degree + 1)) / (degree + 1);
        EXPECT_NEAR(sum, mean, 1e-13) << degree << " tile " << tile << " pixel " << t;
      }
  for (int degree = 0; degree < n; ++degree)
    for (int half = 0; half < 2; ++half)
      for (int k = 0; k < n; ++k) {
        double sum = 0.0;
        for (int b = 0; b < n; ++b)
          sum += table[(half * n + b) * n + k] * std::pow(basis[Basis::x_at + b], degree);
        const double at = 0.5 * basis[Basis::x_at + k] + (half - 0.5);
        EXPECT_NEAR(sum, std::pow(at, degree), 1e-13);
      }
}

}  // namespace
}  // namespace glint
