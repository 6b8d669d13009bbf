// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/adaptive_regularization.hpp>
#include <support/errors.hpp>
#include <support/meshes.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/tables.hpp>

namespace glint {
namespace {

using test::Long;
using test::Worst;

template <class Case>
class AdaptiveRegularization : public testing::Test {};
TYPED_TEST_SUITE(AdaptiveRegularization, test::Spaces, test::CaseName);

TYPED_TEST(AdaptiveRegularization, SignalsByHand) {
  using Space = typename TypeParam::space;
  const Space space;
  // Source 0 in pixels 0 and 2, source 1 in 1 and 2, source 2 in none, source 3 in 3.
  const test::Table table{
      4, 2, 4, {0, -1, 1, -1, 0, 1, 3, -1}, {1.0, 0.0, 1.0, 0.0, 0.25, 0.75, 1.0, 0.0}};
  const auto mapping = test::mapping_in(space, table);
  SourceMapping<typename Space::memory_space> by_source;
  transpose(space, mapping, by_source);
  const auto signals = test::vector_of(space, std::vector<double>(4, NAN));
  const auto image = test::vector_of<float>(space, {3.0f, 8.0f, 4.0f, -1.0f});
  source_signals(space, by_source, image, 1.0, signals);
  // Means 2 and 5.5.
  const auto got = test::list_of(space, signals);
  EXPECT_DOUBLE_EQ(got[0], 2.0 / 5.5);
  EXPECT_EQ(got[1], 1.0);
  EXPECT_EQ(got[2], 0.0);
  EXPECT_EQ(got[3], 0.0);
  source_signals(space, by_source, test::vector_of<double>(space, {3.0, 8.0, 4.0, -1.0}), 0.5,
                 signals);
  EXPECT_DOUBLE_EQ(test::list_of(space, signals)[0], std::sqrt(2.0 / 5.5));

  adaptive_strengths(space, test::vector_of<double>(space, {0.0, 1.0, 0.25, 0.5}), 2.0, 3.0,
                     signals);
  const auto strengths = test::list_of(space, signals);
  EXPECT_DOUBLE_EQ(strengths[0], 81.0);
  EXPECT_DOUBLE_EQ(strengths[1], 16.0);
  EXPECT_DOUBLE_EQ(strengths[2], std::pow(2.75, 4));
  EXPECT_DOUBLE_EQ(strengths[3], std::pow(2.5, 4));
}

/// The matrix of every pixel's own weight on the differences to its neighbours, both ways.
TYPED_TEST(AdaptiveRegularization, IsTheSumOverPixelsOfTheirOwnWeights) {
  using Space = typename TypeParam::space;
  const Space space;
  MeshRegularization<typename Space::memory_space> h;
  const std::size_t n = 31;
  const test::Mesh mesh = test::triangles(n);
  std::vector<double> signals(n);
  for (std::size_t s = 0; s < n; ++s) signals[s] = 0.5 + 0.5 * test::pattern(s);
  const auto strengths = test::vector_of(space, signals);
  adaptive_strengths(space, strengths, 0.4, 1.3, strengths);
  assign_regularization(space, test::table_on(space, mesh), strengths, h);
  const auto matrix = test::matrix_of(space, n, n, std::vector<double>(n * n, NAN));
  regularization_matrix(space, h, matrix);
  test::LongMatrix wanted(n * n, 0);
  for (std::size_t s = 0; s < n; ++s) {
    wanted[s * n + s] += 1e-8L;
    for (std::size_t p = 0; p < mesh.columns; ++p) {
      const int t = mesh.table[s * mesh.columns + p];
      if (t < 0) break;
      const std::size_t other = static_cast<std::size_t>(t);
      const Long root = 0.4L * signals[other] + 1.3L * (1.0L - signals[other]);
      const Long weight = root * root * root * root;
      wanted[s * n + s] += weight;
      wanted[other * n + other] += weight;
      wanted[s * n + other] -= weight;
      wanted[other * n + s] -= weight;
    }
  }
  Worst worst(1e-14, 1.0);
  const auto got = test::list_of(space, matrix);
  for (std::size_t k = 0; k < n * n; ++k)
    worst.compare(got[k], static_cast<double>(wanted[k]), concat(k));
  EXPECT_TRUE(worst.result());

  // Equal coefficients: constant regularization with sqrt(2) c^2.
  copy(space, strengths, test::vector_of(space, signals));
  adaptive_strengths(space, strengths, 0.8, 0.8, strengths);
  assign_regularization(space, test::table_on(space, mesh), strengths, h);
  const auto x = test::vector_of(space, signals);
  const double same =
      regularization_term(space, std::sqrt(2.0) * 0.64, test::table_on(space, mesh), x);
  EXPECT_NEAR(regularization_term(space, h, x), same, 1e-14 * same);
}

TYPED_TEST(AdaptiveRegularization, WhatCannotBeIsRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto mapping = test::mapping_in(space, test::Table{2, 1, 2, {0, 1}, {1.0, 1.0}});
  SourceMapping<typename Space::memory_space> by_source;
  transpose(space, mapping, by_source);
  const auto out = test::vector_of(space, std::vector<double>(2));
  const auto signals = [&](std::vector<double> image, double scale) {
    return test::sentence_of(
        [&] { source_signals(space, by_source, test::vector_of(space, image), scale, out); });
  };
  EXPECT_EQ(signals({1.0, -1.0}, 1.0), "accepted");
  EXPECT_EQ(signals({0.0, -1.0}, 1.0),
            "source_signals: the brightest of 2 source pixels has a mean of 0 in the image, which "
            "must be positive");
  EXPECT_EQ(signals({1.0, 1.0}, -1.0),
            "source_signals: the scale is -1, not a positive finite number");
  EXPECT_EQ(signals({1.0, 1.0, 1.0}, 1.0),
            "source_signals: image has shape (3) where (2) is needed");
  EXPECT_EQ(test::sentence_of([&] { adaptive_strengths(space, out, -1.0, 2.0, out); }),
            "adaptive_strengths: the inner and outer coefficients are -1 and 2, not finite numbers "
            "from 0 up");
}

}  // namespace
}  // namespace glint
