// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <support/functions.hpp>
#include <support/galaxies.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::flat_galaxy;
using test::Galaxy;
using test::golden;
using test::rendered;
using test::rendered_stack;
using test::Worst;

Galaxy galaxy_of(const std::vector<double>& row) {
  return {row[0], row[1], row[2], row[3], row[4], row[5], row[6]};
}

template <class T>
double stored_accuracy(double tolerance) {
  return std::max<double>(tolerance, 2.0 * std::numeric_limits<T>::epsilon());
}

template <class Case>
class RenderGolden : public testing::Test {};
TYPED_TEST_SUITE(RenderGolden, test::SpacesAndPrecisions, test::CaseName);

/// 203 exact integrals: n 0.3 to 10, q >= 0.1, centres on corners, on edges and 1e-6 from them.
TYPED_TEST(RenderGolden, PixelIntegrals) {
  using T = typename TypeParam::value;
  RenderOptions options;
  options.tolerance = 1e-10;
  Worst worst(stored_accuracy<T>(1e-10), 1e-12);
  const auto rows = golden("pixel_integrals.txt");
  ASSERT_EQ(rows.size(), 203u);
  for (const auto& row : rows) {
    const int i = static_cast<int>(row[7]), j = static_cast<int>(row[8]);
    const std::size_t half_y = std::abs(i), half_x = std::abs(j);
    const Galaxy galaxy = galaxy_of(row);
    const auto image =
        rendered<typename TypeParam::space, T>({galaxy}, {2 * half_y + 1, 2 * half_x + 1}, options);
    worst.compare(image(half_y + i, half_x + j) / galaxy.flux, row[9] / galaxy.flux,
                  galaxy.text() + concat(" pixel ", i, " ", j));
  }
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(RenderGolden, ThreeGalaxies) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  std::vector<Galaxy> galaxies;
  for (const auto& row : golden("scene000_catalogue.txt")) galaxies.push_back(galaxy_of(row));
  ASSERT_EQ(galaxies.size(), 3u);
  RenderOptions options;
  options.tolerance = 1e-10;
  const auto stack = rendered_stack<Space, T>(galaxies, {500, 500}, options);
  const auto image = rendered<Space, T>(galaxies, {500, 500}, options);
  Worst exact(stored_accuracy<T>(1e-10), 1e-12), total(stored_accuracy<T>(1e-10));
  for (const auto& row : golden("scene000_pixels.txt")) {
    const int i = static_cast<int>(row[0]), j = static_cast<int>(row[1]);
    for (int p = 0; p < 3; ++p)
      exact.compare(stack(p, i, j) / galaxies[p].flux, row[2 + p] / galaxies[p].flux,
                    concat("profile ", p, " row ", i, " column ", j));
    total.compare(image(i, j), row[2] + row[3] + row[4], concat("row ", i, " column ", j));
  }
  EXPECT_TRUE(exact.result());
  EXPECT_TRUE(total.result());
}

TYPED_TEST(RenderGolden, ThreeGalaxiesSampledAtCentres) {
  using T = typename TypeParam::value;
  std::vector<Galaxy> galaxies;
  for (const auto& row : golden("scene000_catalogue.txt")) galaxies.push_back(galaxy_of(row));
  RenderOptions options;
  options.integrator = Integrator::centre;
  const auto stack = rendered_stack<typename TypeParam::space, T>(galaxies, {500, 500}, options);
  // In float the exponent itself is rounded: y = 40 costs 5e-6.
  Worst worst(std::is_same_v<T, float> ? 1e-5 : 1e-13, 1e-25);
  for (const auto& row : golden("scene000_pixels.txt"))
    for (int p = 0; p < 3; ++p)
      worst.compare(stack(p, static_cast<int>(row[0]), static_cast<int>(row[1])), row[5 + p],
                    concat("profile ", p, " row ", row[0], " column ", row[1]));
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(RenderGolden, WholeImageOfAFlatGalaxy) {
  using T = typename TypeParam::value;
  RenderOptions options;
  options.tolerance = 1e-10;
  const auto image = rendered<typename TypeParam::space, T>({flat_galaxy}, {90, 100}, options);
  const auto exact = golden("scene001_image.txt");
  ASSERT_EQ(exact.size(), 90u);
  ASSERT_EQ(exact.front().size(), 100u);
  Worst worst(stored_accuracy<T>(1e-10), 1e-12 * flat_galaxy.flux);
  for (int i = 0; i < 90; ++i)
    for (int j = 0; j < 100; ++j) worst.compare(image(i, j), exact[i][j], concat(i, " ", j));
  EXPECT_TRUE(worst.result());
}

/// Flux inside the frame to 1e-13 of the total, at the default tolerance and at a loose one.
TYPED_TEST(RenderGolden, FluxInTheFrame) {
  using T = typename TypeParam::value;
  if constexpr (std::is_same_v<T, double>) {
    std::vector<Galaxy> galaxies;
    std::vector<double> exact;
    for (const auto& row : golden("scene000_catalogue.txt")) {
      galaxies.push_back(galaxy_of(row));
      exact.push_back(row[7]);
    }
    for (const double tolerance : {1e-4, 1e-8, 1e-12}) {
      RenderOptions options;
      options.integrator = Integrator::boundary;
      options.tolerance = tolerance;
      const auto stack = rendered_stack<typename TypeParam::space>(galaxies, {500, 500}, options);
      for (std::size_t p = 0; p < galaxies.size(); ++p) {
        long double total = 0.0L;
        for (int i = 0; i < 500; ++i)
          for (int j = 0; j < 500; ++j) total += stack(p, i, j);
        EXPECT_NEAR(static_cast<double>(total), exact[p], 1e-13 * galaxies[p].flux)
            << "profile " << p << " tolerance " << tolerance;
      }
    }
  } else {
    // A float image rounds every pixel: the sum keeps what 24 bits allow.
    const auto image = rendered<typename TypeParam::space, T>({flat_galaxy}, {90, 100});
    double total = 0.0;
    for (int i = 0; i < 90; ++i)
      for (int j = 0; j < 100; ++j) total += image(i, j);
    EXPECT_NEAR(total, 936.7012657649587, 1e-6 * 936.7);
  }
}

}  // namespace
}  // namespace glint
