// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/constants.hpp>
#include <glint/symmetric_eigen.hpp>
#include <limits>
#include <reference/dense_oracle.hpp>
#include <support/errors.hpp>
#include <support/functions.hpp>
#include <support/matrices.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;

const double nan = std::numeric_limits<double>::quiet_NaN();

/// Values, and vectors row by row.
struct Decomposed {
  std::vector<double> values, vectors;
};

template <class Case>
class SymmetricEigen : public testing::Test {
 protected:
  using Space = typename Case::space;

  /// From the upper triangle of `a`, with nonsense below it and rows that are longer.
  static Decomposed decompose(const std::vector<double>& a, std::size_t n,
                              const SolveOptions& options) {
    const Space space;
    const std::size_t columns = n + 3;
    std::vector<double> upper(n * columns, nan);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i; j < n; ++j) upper[i * columns + j] = a[i * n + j];
    const auto wide = test::matrix_on(space, n, columns, upper);
    const auto matrix = Kokkos::subview(wide, Kokkos::ALL(), std::make_pair(std::size_t(0), n));
    const auto values = test::device_vector<double>(space, n);
    const SymmetricEigenPlan<Space> plan(space, n, options);
    plan.decompose(space, matrix, values);
    Decomposed result{test::to_host(space, values), {}};
    const auto all = test::numbers_of(space, wide);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < columns; ++j) {
        const double number = all[i * columns + j];
        if (j < n)
          result.vectors.push_back(number);
        else
          EXPECT_TRUE(std::isnan(number)) << i << " " << j;
      }
    return result;
  }
};
TYPED_TEST_SUITE(SymmetricEigen, test::Spaces, test::CaseName);

/// A v = value v, unit vectors, right angles: whatever the signs and the size.
TYPED_TEST(SymmetricEigen, VectorsAreThoseOfTheMatrix) {
  for (const std::size_t n : {0, 1, 2, 7, 31, 64, 65})
    for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
      SCOPED_TRACE(concat(solve_method_name(options.method), ", size ", n));
      std::vector<double> a(n * n);
      double largest = 1e-300;
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
          a[i * n + j] = a[j * n + i] = test::pattern(31 * i + 17 * j);
          largest = std::max(largest, std::abs(a[i * n + j]));
        }
      const auto got = this->decompose(a, n, options);
      ASSERT_EQ(got.vectors.size(), n * n);
      const double scale = largest * std::sqrt(static_cast<double>(n) + 1.0);
      for (std::size_t k = 0; k < n; ++k) {
        if (k > 0) {
          EXPECT_LE(got.values[k - 1], got.values[k]);
        }
        const double* v = got.vectors.data() + k * n;
        for (std::size_t i = 0; i < n; ++i) {
          Long sum = -Long(got.values[k]) * v[i], product = i == k ? -1 : 0;
          for (std::size_t j = 0; j < n; ++j) {
            sum += Long(a[i * n + j]) * v[j];
            product += Long(got.vectors[i * n + j]) * v[j];
          }
          ASSERT_LE(std::abs(static_cast<double>(sum)), 2e-14 * scale) << k << " " << i;
          ASSERT_LE(std::abs(static_cast<double>(product)), 1e-13) << k << " " << i;
        }
      }
    }
}

TYPED_TEST(SymmetricEigen, ValuesByHand) {
  for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
    // A chain's Laplacian: 2 - 2 cos(pi k/n).
    const std::size_t n = 41;
    std::vector<double> chain(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      chain[i * n + i] = i == 0 || i + 1 == n ? 1.0 : 2.0;
      if (i > 0) chain[i * n + i - 1] = chain[(i - 1) * n + i] = -1.0;
    }
    const auto got = this->decompose(chain, n, options).values;
    for (std::size_t k = 0; k < n; ++k) {
      const double angle = constants::pi * static_cast<double>(k) / static_cast<double>(n);
      EXPECT_NEAR(got[k], 2.0 - 2.0 * std::cos(angle), 8e-14) << k;  // 2e-14 of the largest
    }
    // Equal values, and a matrix that is diagonal already.
    EXPECT_THAT(this->decompose({2, 0, 0, 0, -1, 0, 0, 0, 2}, 3, options).values,
                testing::ElementsAre(-1.0, 2.0, 2.0));
    EXPECT_THAT(this->decompose({0, 0, 0, 0}, 2, options).values, testing::ElementsAre(0.0, 0.0));
    EXPECT_EQ(this->decompose({-3}, 1, options).values, std::vector<double>{-3.0});
  }
}

TYPED_TEST(SymmetricEigen, WhatDoesNotFitIsRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const SymmetricEigenPlan<Space> plan(space, 2, {SolveMethod::plain});
  const auto values = test::device_vector<double>(space, 2);
  const auto matrix = test::matrix_on(space, 2, 2, {1.0, nan, nan, 2.0});
  EXPECT_EQ(test::sentence_of([&] { plan.decompose(space, matrix, values); }),
            "the eigenvalues of a symmetric matrix of 2 rows cannot be found: is every element a "
            "finite number?");
  EXPECT_EQ(test::sentence_of(
                [&] { plan.decompose(space, test::matrix_on(space, 1, 1, {1.0}), values); }),
            "SymmetricEigenPlan::decompose: A has shape (1, 1) where (2, 2) is needed");
  EXPECT_EQ(test::sentence_of(
                [&] { plan.decompose(space, matrix, test::device_vector<double>(space, 3)); }),
            "SymmetricEigenPlan::decompose: values has shape (3) where (2) is needed");
  if (solve_library<Space>().empty()) {
    EXPECT_THAT(
        test::sentence_of([&] { SymmetricEigenPlan<Space>(space, 3, {SolveMethod::library}); }),
        testing::HasSubstr("has no library for dense systems"));
  }
}

}  // namespace
}  // namespace glint
