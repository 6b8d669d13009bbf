// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/error.hpp>
#include <glint/quadrature.hpp>
#include <map>
#include <support/golden.hpp>
#include <support/near.hpp>

namespace glint {
namespace {

using Maker = QuadratureRule (*)(int);

QuadratureRule kronrod(int order) { return gauss_kronrod(order).kronrod; }

TEST(Rules, KnownByHand) {
  const QuadratureRule one = gauss_legendre(1), two = gauss_legendre(2), three = gauss_legendre(3);
  EXPECT_EQ(one.node[0], 0.0);
  EXPECT_EQ(one.weight[0], 2.0);
  EXPECT_DOUBLE_EQ(two.node[1], 1.0 / std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(two.weight[0], 1.0);
  EXPECT_DOUBLE_EQ(three.node[2], std::sqrt(0.6));
  EXPECT_DOUBLE_EQ(three.weight[1], 8.0 / 9.0);

  const QuadratureRule simpson = clenshaw_curtis(3);
  EXPECT_EQ(simpson.node, (std::vector<double>{-1.0, 0.0, 1.0}));
  EXPECT_DOUBLE_EQ(simpson.weight[0], 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(simpson.weight[1], 4.0 / 3.0);
  EXPECT_EQ(clenshaw_curtis(1).weight[0], 2.0);
  EXPECT_EQ(clenshaw_curtis(2).node, (std::vector<double>{-1.0, 1.0}));

  EXPECT_EQ(midpoint(2).node, (std::vector<double>{-0.5, 0.5}));
  EXPECT_EQ(midpoint(4).weight, (std::vector<double>{0.5, 0.5, 0.5, 0.5}));
}

/// Every node and weight of the golden tables to 1e-15.
TEST(Rules, AgreeWithTheTables) {
  const Maker makers[] = {gauss_legendre, clenshaw_curtis, kronrod};
  std::map<std::pair<int, int>, std::vector<std::pair<double, double>>> tables;
  for (const auto& row : test::golden("quadrature_rules.txt"))
    tables[{static_cast<int>(row[0]), static_cast<int>(row[1])}].push_back({row[2], row[3]});
  ASSERT_EQ(tables.size(), 20u + 18u + 5u);
  test::Worst worst(1e-15, 1.0);
  for (const auto& [key, half] : tables) {
    const auto [kind, order] = key;
    const QuadratureRule rule = makers[kind](order);
    ASSERT_EQ(rule.node.size(), static_cast<std::size_t>(order));
    ASSERT_EQ(half.size(), static_cast<std::size_t>((order + 1) / 2));
    for (std::size_t k = 0; k < half.size(); ++k) {
      const std::string where = concat("kind ", kind, " order ", order, " node ", k);
      const std::size_t upper = order / 2 + k, lower = order - 1 - upper;
      worst.compare(rule.node[upper], half[k].first, where);
      worst.compare(rule.weight[upper], half[k].second, where);
      worst.compare(rule.node[lower], -half[k].first, where);
      worst.compare(rule.weight[lower], half[k].second, where);
    }
  }
  EXPECT_TRUE(worst.result());
}

/// integral x^power = 2 / (power + 1) or 0, for every power the rule must integrate exactly.
void compare_monomials(test::Worst& worst, const std::string& name, const QuadratureRule& rule,
                       int degree) {
  const std::size_t order = rule.node.size();
  for (int power = 0; power <= degree; ++power) {
    long double total = 0.0L;
    for (std::size_t k = 0; k < order; ++k)
      total += rule.weight[k] * std::pow(static_cast<long double>(rule.node[k]), power);
    worst.compare(static_cast<double>(total), power % 2 ? 0.0 : 2.0 / (power + 1.0),
                  concat(name, " order ", order, " power ", power));
  }
  for (std::size_t k = 0; k < order; ++k) {
    EXPECT_EQ(rule.node[k], -rule.node[order - 1 - k]) << name;
    EXPECT_EQ(rule.weight[k], rule.weight[order - 1 - k]) << name;
    EXPECT_GT(rule.weight[k], 0.0) << name;
    if (k) {
      EXPECT_LT(rule.node[k - 1], rule.node[k]) << name;
    }
  }
}

TEST(Rules, AreExactOnMonomialsToOrder33AndSymmetric) {
  test::Worst worst(1e-15, 1.0);
  for (int order = 1; order <= 33; ++order) {
    compare_monomials(worst, "gauss_legendre", gauss_legendre(order), 2 * order - 1);
    compare_monomials(worst, "clenshaw_curtis", clenshaw_curtis(order), order - 1);
    compare_monomials(worst, "midpoint", midpoint(order), 1);
  }
  for (const int order : {7, 11, 15, 21, 31})
    compare_monomials(worst, "gauss_kronrod", kronrod(order), (3 * order - 1) / 2);
  EXPECT_TRUE(worst.result());
}

TEST(Rules, KronrodHoldsGauss) {
  for (const int order : {7, 11, 15, 21, 31}) {
    const NestedRule rule = gauss_kronrod(order);
    const QuadratureRule gauss = gauss_legendre((order - 1) / 2);
    EXPECT_EQ(rule.gauss.node, gauss.node);
    EXPECT_EQ(rule.gauss.weight, gauss.weight);
    for (std::size_t k = 0; k < gauss.node.size(); ++k)
      EXPECT_EQ(rule.kronrod.node[2 * k + 1], gauss.node[k]);
  }
}

/// 225 samples for G7/K15: the first 49 are the Gauss tensor, all together the Kronrod tensor.
TEST(Rules, NestedNodesAreTheTensors) {
  const NestedRule rule = gauss_kronrod(15);
  const NestedPixelNodes nested = nested_nodes(rule);
  ASSERT_EQ(nested.gauss_weight.size(), 49u);
  ASSERT_EQ(nested.kronrod.di.size(), 225u);
  const auto as_map = [](const PixelNodes& nodes) {
    std::map<std::pair<double, double>, double> map;
    for (std::size_t k = 0; k < nodes.weight.size(); ++k)
      map[{nodes.di[k], nodes.dj[k]}] = nodes.weight[k];
    return map;
  };
  EXPECT_EQ(as_map(nested.kronrod), as_map(tensor_nodes(rule.kronrod)));
  PixelNodes first;
  first.di.assign(nested.kronrod.di.begin(), nested.kronrod.di.begin() + 49);
  first.dj.assign(nested.kronrod.dj.begin(), nested.kronrod.dj.begin() + 49);
  first.weight = nested.gauss_weight;
  EXPECT_EQ(as_map(first), as_map(tensor_nodes(gauss_legendre(7))));
}

TEST(Rules, TensorNodesCoverThePixelRowsSlowest) {
  const PixelNodes nodes = tensor_nodes(midpoint(2));
  EXPECT_EQ(nodes.di, (std::vector<double>{-0.25, -0.25, 0.25, 0.25}));
  EXPECT_EQ(nodes.dj, (std::vector<double>{-0.25, 0.25, -0.25, 0.25}));
  EXPECT_EQ(nodes.weight, (std::vector<double>{0.25, 0.25, 0.25, 0.25}));
}

void expect_refused(Maker maker, int order, const std::string& sentence) {
  try {
    maker(order);
    ADD_FAILURE() << sentence << " was expected";
  } catch (const Error& error) {
    EXPECT_EQ(error.sentence(), sentence);
  }
}

TEST(Rules, RefuseOtherOrders) {
  expect_refused(gauss_legendre, 0, "gauss_legendre: the order must be at least 1, not 0");
  expect_refused(clenshaw_curtis, -2, "clenshaw_curtis: the order must be at least 1, not -2");
  expect_refused(midpoint, 0, "midpoint: the order must be at least 1, not 0");
  expect_refused(kronrod, 9, "gauss_kronrod: the order must be 7, 11, 15, 21 or 31, not 9");
}

}  // namespace
}  // namespace glint
