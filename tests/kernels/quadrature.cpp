// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/error.hpp>
#include <glint/quadrature.hpp>
#include <support/near.hpp>

namespace glint {
namespace {

TEST(GaussLegendre, KnownByHand) {
  const QuadratureRule one = gauss_legendre(1), two = gauss_legendre(2), three = gauss_legendre(3);
  EXPECT_EQ(one.node[0], 0.0);
  EXPECT_EQ(one.weight[0], 2.0);
  EXPECT_DOUBLE_EQ(two.node[1], 1.0 / std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(two.weight[0], 1.0);
  EXPECT_DOUBLE_EQ(three.node[2], std::sqrt(0.6));
  EXPECT_DOUBLE_EQ(three.weight[1], 8.0 / 9.0);
}

TEST(GaussLegendre, IsExactOnMonomialsAndSymmetric) {
  test::Worst worst(1e-15, 1.0);
  for (int order = 1; order <= 20; ++order) {
    const QuadratureRule rule = gauss_legendre(order);
    for (int power = 0; power < 2 * order; ++power) {
      double total = 0.0;
      for (int k = 0; k < order; ++k) total += rule.weight[k] * std::pow(rule.node[k], power);
      const double exact = power % 2 ? 0.0 : 2.0 / (power + 1.0);
      worst.compare(total, exact, concat("order ", order, " power ", power));
    }
    for (int k = 0; k < order; ++k) {
      EXPECT_NEAR(rule.node[k], -rule.node[order - 1 - k], 1e-16);
      if (k) {
        EXPECT_LT(rule.node[k - 1], rule.node[k]);
      }
    }
  }
  EXPECT_TRUE(worst.result());
}

TEST(GaussLegendre, RefusesOrdersBelowOne) { EXPECT_THROW(gauss_legendre(0), Error); }

}  // namespace
}  // namespace glint
