// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/inverse_factor.hpp>
#include <limits>
#include <reference/dense_oracle.hpp>
#include <support/errors.hpp>
#include <support/matrices.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;

template <class Case>
class InverseFactor : public testing::Test {};
TYPED_TEST_SUITE(InverseFactor, test::Spaces, test::CaseName);

/// U^T V = 1, V lower triangular, whatever lies below U's diagonal and wherever its strips end.
TYPED_TEST(InverseFactor, TurnsTheFactorIntoOne) {
  using Space = typename TypeParam::space;
  const Space space;
  InverseFactorWorkspace<Space> workspace;
  for (const std::size_t n : {257, 0, 1, 2, 7, 8, 9, 16, 17, 63, 64, 65, 81, 130}) {
    SCOPED_TRACE(n);
    const auto u = test::matrix_on(space, n, n, test::positive_matrix(n, 1.0));
    CholeskyPlan<Space>(space, n).factor(space, u);
    auto numbers = test::numbers_of(space, u);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j)
        numbers[i * n + j] = std::numeric_limits<double>::quiet_NaN();
    const auto spoiled = test::matrix_on(space, n, n, numbers);
    const auto v = test::matrix_on(space, n, n, std::vector<double>(n * n, 7.0));
    inverse_factor(space, spoiled, v, workspace);
    const auto got = test::numbers_of(space, v);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        if (j > i) {
          ASSERT_EQ(got[i * n + j], 0.0) << i << " " << j;
        }
        Long sum = i == j ? -1 : 0, size = 0;
        for (std::size_t k = 0; k <= i; ++k) {
          const Long term = Long(numbers[k * n + i]) * Long(got[k * n + j]);
          sum += term, size += std::abs(term);
        }
        ASSERT_LE(std::abs(static_cast<double>(sum)), 1e-14 * static_cast<double>(1 + size))
            << i << " " << j;
      }
  }
}

TYPED_TEST(InverseFactor, WrongShapesAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  InverseFactorWorkspace<Space> workspace;
  const auto u = test::matrix_on(space, 2, 2, {1.0, 0.0, 0.0, 1.0});
  const auto v = test::matrix_on(space, 2, 1, {1.0, 0.0});
  EXPECT_EQ(test::sentence_of([&] { inverse_factor(space, u, v, workspace); }),
            "inverse_factor: V has shape (2, 1) where (2, 2) is needed");
}

}  // namespace
}  // namespace glint
