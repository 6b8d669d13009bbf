// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/best_coefficient.hpp>
#include <limits>
#include <support/errors.hpp>

namespace glint {
namespace {

/// f(ln c) = -(ln c - ln at)^2 (1 + skew tanh(ln c - ln at)), largest at `at`.
struct Hill {
  double at, skew;
  LikelihoodSlope operator()(double c) const {
    const double t = std::log(c / at), h = std::tanh(t);
    const double slope = -2.0 * t * (1.0 + skew * h) - t * t * skew * (1.0 - h * h);
    return {c, -t * t * (1.0 + skew * h), slope / c};
  }
};

TEST(BestCoefficient, IsFoundToTheTolerance) {
  for (const double at : {1.1e-3, 0.02, 0.7, 1.0, 31.0, 950.0})
    for (const double skew : {0.0, 0.9, -0.9})
      for (const double tolerance : {1e-2, 1e-4, 1e-6, 1e-9, 1e-12})
        for (const std::size_t points : {2, 3, 13}) {
          const auto found = best_coefficient(Hill{at, skew}, 1e-3, 1e3, {tolerance, points});
          EXPECT_TRUE(found.inside);
          EXPECT_NEAR(std::log(found.best.coefficient / at), 0.0, tolerance)
              << at << " " << skew << " " << points;
          EXPECT_LE(found.evaluations, points + 30) << at << " " << skew << " " << tolerance;
          EXPECT_EQ(found.best.derivative, Hill({at, skew})(found.best.coefficient).derivative);
        }
}

TEST(BestCoefficient, MayLieAtAnEnd) {
  for (const double at : {1e-5, 1e5}) {
    const auto found = best_coefficient(Hill{at, 0.3}, 1e-3, 1e3);
    EXPECT_FALSE(found.inside);
    EXPECT_NEAR(found.best.coefficient, at < 1.0 ? 1e-3 : 1e3, 1e-12 * (at < 1.0 ? 1e-3 : 1e3));
    EXPECT_EQ(found.evaluations, 13u);
  }
}

/// Two hills: the higher one, though the slope has one sign at both ends of an interval.
TEST(BestCoefficient, OfTwoHillsTheHigher) {
  const auto two = [](double c) {
    const double t = std::log(c);
    const double a = std::exp(-8.0 * (t + 0.2) * (t + 0.2));
    const double b = 1.5 * std::exp(-8.0 * (t - 0.9) * (t - 0.9));
    return LikelihoodSlope{c, a + b, (-16.0 * (t + 0.2) * a - 16.0 * (t - 0.9) * b) / c};
  };
  const auto found = best_coefficient(two, std::exp(-2.0), std::exp(2.0), {1e-9, 5});
  EXPECT_TRUE(found.inside);
  EXPECT_NEAR(std::log(found.best.coefficient), 0.9, 1e-3);  // the lower one pulls a little
  EXPECT_NEAR(found.best.derivative, 0.0, 1e-7);
}

TEST(BestCoefficient, WhatMakesNoSenseIsRefused) {
  const auto sentence = [](double low, double high, const CoefficientSearch& search) {
    return test::sentence_of([&] { best_coefficient(Hill{1.0, 0.0}, low, high, search); });
  };
  EXPECT_EQ(sentence(0.0, 1.0, {}),
            "best_coefficient: the range of coefficients must be positive and ascending, not 0 to "
            "1");
  EXPECT_THAT(sentence(2.0, 1.0, {}), testing::HasSubstr("not 2 to 1"));
  EXPECT_THAT(sentence(1.0, std::numeric_limits<double>::infinity(), {}),
              testing::HasSubstr("not 1 to inf"));
  EXPECT_THAT(sentence(1.0, 2.0, {0.0, 13}), testing::HasSubstr("tolerance must lie in"));
  EXPECT_THAT(sentence(1.0, 2.0, {1e-3, 1}), testing::HasSubstr("from 2 to 10000, not 1"));
}

}  // namespace
}  // namespace glint
