// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/curvature_matrix.hpp>
#include <support/spaces.hpp>

/// What the cost model chooses; how well it predicts is for benchmarks to say.

namespace glint::test {
namespace {

/// A circle of N x N pixels.
CurvatureShape circle_of(std::size_t side, std::size_t sources, std::size_t width) {
  CurvatureShape shape;
  shape.height = shape.width = side;
  shape.pixels = static_cast<std::size_t>(0.785 * static_cast<double>(side * side));
  shape.sources = sources;
  shape.nonzeros = shape.pixels * std::min(sources, width);
  return shape;
}

constexpr glint::impl::Workers one_core{true, true, 1.0};

TEST(CurvatureCost, DirectForCommonMappingsProductsForManySourcesFftForVeryWideOnes) {
  const auto cost_of = [](std::size_t side, std::size_t sources, std::size_t width) {
    return glint::impl::curvature_cost(one_core, circle_of(side, sources, width));
  };
  for (const std::size_t side : {64, 128, 300})
    for (const std::size_t sources : {500, 1000}) {
      const CurvatureCost cost = cost_of(side, sources, 3);
      EXPECT_LT(cost.direct, cost.fft) << side << ", " << sources;
      EXPECT_LT(cost.direct, cost.products) << side << ", " << sources;
      EXPECT_LT(cost.direct, cost.dense) << side << ", " << sources;
    }
  for (const std::size_t side : {24, 30}) {
    const CurvatureCost cost = cost_of(side, 2000, 3);
    EXPECT_LT(cost.products, cost.direct) << side;
    EXPECT_LT(cost.products, cost.fft) << side;
  }
  for (const std::size_t sources : {500, 1000}) {
    const CurvatureCost cost = cost_of(128, sources, 300);
    EXPECT_LT(cost.fft, cost.direct) << sources;
    EXPECT_LT(cost.fft, cost.products) << sources;
    EXPECT_LT(cost.fft, cost.dense) << sources;
  }
}

TEST(CurvatureCost, GrowsWithEverySize) {
  const auto expect_more = [](const CurvatureShape& small, const CurvatureShape& large) {
    for (const bool host : {true, false}) {
      const glint::impl::Workers workers{host, true, 4.0};
      const CurvatureCost a = glint::impl::curvature_cost(workers, small);
      const CurvatureCost b = glint::impl::curvature_cost(workers, large);
      EXPECT_LT(a.direct, b.direct);
      EXPECT_LT(a.fft, b.fft);
      EXPECT_LT(a.products, b.products);
      EXPECT_LT(a.dense, b.dense);
    }
  };
  const CurvatureShape shape = circle_of(64, 500, 3);
  expect_more(shape, circle_of(64, 1000, 3));
  expect_more(shape, circle_of(64, 500, 16));
  expect_more(shape, circle_of(90, 500, 3));
  CurvatureShape unequal = shape;
  unequal.hankel = true;
  EXPECT_LT(glint::impl::curvature_cost(one_core, shape).direct,
            glint::impl::curvature_cost(one_core, unequal).direct);
  const CurvatureCost one = glint::impl::curvature_cost(one_core, shape);
  const CurvatureCost two = glint::impl::curvature_cost({true, true, 2.0}, shape);
  EXPECT_LT(two.direct, one.direct);
  EXPECT_LT(two.fft, one.fft);
}

TEST(CurvatureCost, IsInfiniteForWhatIsNotThere) {
  const CurvatureCost bare = glint::impl::curvature_cost({true, false, 1.0}, circle_of(16, 20, 3));
  EXPECT_TRUE(std::isinf(bare.fft));
  EXPECT_FALSE(std::isinf(bare.products));
  EXPECT_FALSE(std::isinf(bare.dense));
  const CurvatureCost large = glint::impl::curvature_cost(one_core, circle_of(128, 20, 3));
  EXPECT_TRUE(std::isinf(large.products));
  EXPECT_TRUE(std::isinf(large.dense));
  EXPECT_TRUE(std::isinf(glint::impl::operator_cost({true, false, 1.0}, 64, 64).fft));
}

TEST(CurvatureCost, OfOneProductGrowsFasterDirectly) {
  const OperatorCost small = glint::impl::operator_cost(one_core, 6, 6);
  const OperatorCost large = glint::impl::operator_cost(one_core, 100, 100);
  EXPECT_LT(small.direct, small.fft);
  EXPECT_LT(large.fft, large.direct);
}

template <class Case>
class CurvatureCostOn : public testing::Test {};
TYPED_TEST_SUITE(CurvatureCostOn, Spaces, CaseName);

TYPED_TEST(CurvatureCostOn, DecidesTheMethod) {
  const typename TypeParam::space space;
  for (const std::size_t width : {3, 300}) {
    const CurvatureShape shape = circle_of(64, 500, width);
    const CurvatureCost cost = curvature_cost(space, shape);
    const double least = std::min({cost.direct, cost.fft, cost.products, cost.dense});
    const CurvatureMethod method = fastest_curvature(space, shape);
    EXPECT_EQ(method == CurvatureMethod::direct, cost.direct == least);
    EXPECT_EQ(method == CurvatureMethod::fft, cost.fft == least);
    EXPECT_EQ(method == CurvatureMethod::products, cost.products == least);
    EXPECT_EQ(method == CurvatureMethod::dense, cost.dense == least);
  }
}

}  // namespace
}  // namespace glint::test
