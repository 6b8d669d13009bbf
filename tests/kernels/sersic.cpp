// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/error.hpp>
#include <glint/sersic.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>

namespace glint {
namespace {

using test::golden;
using test::Worst;

TEST(SersicBn, GoldenValues) {
  Worst above(1e-15), below(1e-14);
  for (const auto& row : golden("bn.txt"))
    (row[0] >= 0.3 ? above : below).compare(sersic_bn(row[0]), row[1], concat("n ", row[0]));
  EXPECT_TRUE(above.result());
  EXPECT_TRUE(below.result());
}

TEST(SersicBn, KnownByHand) {
  EXPECT_DOUBLE_EQ(sersic_bn(0.5), std::log(2.0));  // a Gaussian: P(1, b) = 1 - exp(-b)
}

/// Across the joints of the fit the value and its slope go on as if there were none.
TEST(SersicBn, IsSmoothAcrossTheJoints) {
  for (const double joint : {0.06, 0.15, 0.35, 2.0 / 3.0, 2.0}) {
    const double below = std::nextafter(joint, 0.0), h = 1e-4 * joint;
    const double jump = sersic_bn(joint) - sersic_bn(below);
    EXPECT_LT(std::abs(jump), 1e-14 * sersic_bn(joint)) << joint;
    const double right = sersic_bn(joint + h) - sersic_bn(joint);
    const double left = sersic_bn(joint) - sersic_bn(joint - h);
    const double curvature = sersic_bn(joint + h) - 2.0 * sersic_bn(joint) + sersic_bn(joint - h);
    EXPECT_LT(std::abs(right - left), std::abs(curvature) + 1e-12) << joint;
    EXPECT_LT(std::abs(right / left - 1.0), 0.01) << joint;
  }
}

TEST(SersicBn, HalfTheFluxIsInsideRe) {
  Worst worst(2e-14);
  for (double n = 0.02; n < 20.0; n *= 1.07)
    worst.compare(sersic_fraction_inside(3.0, 3.0, n), 0.5, concat("n ", n));
  EXPECT_TRUE(worst.result());
}

TEST(Sersic, GoldenLuminosity) {
  Worst worst(3e-14);
  for (const auto& row : golden("luminosity.txt")) {
    worst.compare(sersic_luminosity(row[0]), row[1], concat("luminosity n ", row[0]));
    worst.compare(sersic_central_brightness(1.0, 1.0, row[0], 1.0), row[2],
                  concat("I0 n ", row[0]));
    worst.compare(sersic_ie(1.0, 1.0, row[0], 1.0), 1.0 / row[1], concat("Ie n ", row[0]));
  }
  EXPECT_TRUE(worst.result());
}

TEST(Sersic, GoldenEnclosedFluxInBothTails) {
  Worst worst(1e-14);
  for (const auto& row : golden("enclosed_flux.txt")) {
    const double n = row[0], r = row[1];
    const double scale = std::max(1.0, sersic_bn(n) * std::pow(r, 1.0 / n));
    const std::string where = concat(" n ", n, " r ", r);
    if (row[2] > 0.0) worst.compare(sersic_fraction_inside(r, 1.0, n), row[2], "in" + where, scale);
    if (row[3] > 0.0)
      worst.compare(sersic_fraction_outside(r, 1.0, n), row[3], "out" + where, scale);
  }
  EXPECT_TRUE(worst.result());
}

TEST(Sersic, GoldenRadiusOfFraction) {
  Worst worst(1e-14);
  for (const auto& row : golden("radius_of_fraction.txt"))
    worst.compare(sersic_radius_of_fraction(row[1], 1.0, row[0]), row[2],
                  concat("n ", row[0], " share ", row[1]));
  EXPECT_TRUE(worst.result());
  EXPECT_EQ(sersic_radius_of_fraction(0.0, 1.0, 4.0), 0.0);
  EXPECT_EQ(sersic_radius_of_fraction(1.0, 1.0, 4.0), constants::infinity);
  EXPECT_NEAR(sersic_radius_of_fraction(0.5, 7.0, 4.0), 7.0, 1e-13);
}

TEST(Sersic, BrightnessByHand) {
  // n = 1/2 is a Gaussian: I = flux ln2 / (pi re^2 q) 2^(-w).
  const double peak = 10.0 * constants::ln2 / (constants::pi * 4.0);
  EXPECT_NEAR(sersic_1d(0.0, 10.0, 2.0, 0.5), peak, 1e-14 * peak);
  EXPECT_NEAR(sersic_1d(2.0, 10.0, 2.0, 0.5), 0.5 * peak, 1e-14 * peak);
  // Ie at re, whatever n.
  for (const double n : {0.3, 1.0, 4.0, 10.0})
    EXPECT_NEAR(sersic_1d(2.0, 1.0, 2.0, n), sersic_ie(1.0, 2.0, n, 1.0), 1e-14);
}

TEST(Sersic, ThetaTurnsFromXTowardsY) {
  const auto at = [](double i, double j, double theta) {
    return sersic_2d(i, j, 1.0, 2.0, 1.0, 0.0, 0.0, 0.5, theta);
  };
  const double on_major = sersic_ie(1.0, 2.0, 1.0, 0.5);
  EXPECT_NEAR(at(0.0, 2.0, 0.0), on_major, 1e-15);                // along x
  EXPECT_NEAR(at(2.0, 0.0, constants::pi / 2), on_major, 1e-15);  // along y
  EXPECT_NEAR(at(1.0, 0.0, 0.0), on_major, 1e-15);                // minor axis, q re
  const double diagonal = std::sqrt(2.0);
  EXPECT_NEAR(at(diagonal, diagonal, constants::pi / 4), on_major, 1e-15);
}

}  // namespace
}  // namespace glint
