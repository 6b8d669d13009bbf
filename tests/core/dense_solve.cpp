// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/dense_solve.hpp>
#include <limits>
#include <reference/dense_oracle.hpp>
#include <support/errors.hpp>
#include <support/functions.hpp>
#include <support/matrices.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Worst;

const double nan = std::numeric_limits<double>::quiet_NaN();
const std::size_t sizes[] = {0, 1, 2, 7, 31, 64, 65, 127, 128, 130, 257};

template <class Case>
class DenseSolve : public testing::Test {
 protected:
  using Space = typename Case::space;

  static std::string name(const SolveOptions& options, std::size_t size) {
    return concat(solve_method_name(options.method), ", size ", size);
  }
  static std::vector<double> right_side(std::size_t size) {
    std::vector<double> b(size);
    for (std::size_t k = 0; k < size; ++k) b[k] = 1.0 + test::pattern(3 * k);
    return b;
  }
};
TYPED_TEST_SUITE(DenseSolve, test::Spaces, test::CaseName);

/// Rows longer than the matrix, nonsense in the other triangle.
TYPED_TEST(DenseSolve, CholeskyOfTheUpperTriangle) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const std::size_t n : sizes) {
    const std::vector<double> a = test::positive_matrix(n, 0.1);
    const std::vector<double> b = this->right_side(n);
    const auto wanted = test::long_solve({a.begin(), a.end()}, {b.begin(), b.end()});
    for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
      SCOPED_TRACE(this->name(options, n));
      const std::size_t columns = n + 3;
      std::vector<double> upper(n * columns, nan);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i; j < n; ++j) upper[i * columns + j] = a[i * n + j];
      const auto wide = test::matrix_on(space, n, columns, upper);
      const auto matrix = Kokkos::subview(wide, Kokkos::ALL(), std::make_pair(std::size_t(0), n));
      const auto x = test::to_device(space, b);
      const CholeskyPlan<Space> plan(space, n, options);
      plan.factor(space, matrix);
      plan.solve(space, matrix, x);
      const double log_determinant = plan.log_determinant(space, matrix);
      EXPECT_NEAR(log_determinant, static_cast<double>(wanted.log_determinant),
                  1e-14 * (1.0 + static_cast<double>(n)));
      const auto factor = test::numbers_of(space, wide);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < columns; ++j)
          EXPECT_EQ(std::isnan(factor[i * columns + j]), j < i || j >= n) << i << " " << j;
      if (n == 0) continue;
      const auto got = test::to_host(space, x);
      double largest = 0.0;
      for (const auto value : wanted.x)
        largest = std::max(largest, std::abs(static_cast<double>(value)));
      Worst worst(1e-11, largest);
      for (std::size_t k = 0; k < n; ++k)
        worst.compare(got[k], static_cast<double>(wanted.x[k]), concat(k));
      EXPECT_TRUE(worst.result());
    }
  }
}

/// U^T U is A to rounding, wherever the blocks end.
TYPED_TEST(DenseSolve, TheFactorsGiveTheMatrix) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const std::size_t n : {7, 64, 130, 257}) {
    const std::vector<double> a = test::positive_matrix(n, 0.0);
    for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
      const auto matrix = test::matrix_on(space, n, n, a);
      const CholeskyPlan<Space> plan(space, n, options);
      plan.factor(space, matrix);
      const auto u = test::numbers_of(space, matrix);
      Worst worst(2e-15, a[0]);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i; j < n; ++j) {
          test::Long sum = 0;
          for (std::size_t k = 0; k <= i; ++k)
            sum += test::Long(u[k * n + i]) * test::Long(u[k * n + j]);
          worst.compare(static_cast<double>(sum), a[i * n + j], concat(i, " ", j));
        }
      EXPECT_TRUE(worst.result()) << this->name(options, n);
    }
  }
}

TYPED_TEST(DenseSolve, PivotsThatAreNotPositiveAreNamed) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const std::size_t n : {3, 150}) {
    const std::vector<double> positive = test::positive_matrix(n, 1.0);
    for (const std::size_t bad : {std::size_t(0), n / 2, n - 1})
      for (const double value :
           n == 3 ? std::vector<double>{-0.25, 0.0, nan} : std::vector<double>{-0.25})
        for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
          std::vector<double> a(n * n, 0.0);
          for (std::size_t i = 0; i < n; ++i) a[i * n + i] = i == bad ? value : 4.0;
          const auto matrix = test::matrix_on(space, n, n, a);
          const CholeskyPlan<Space> plan(space, n, options);
          const std::string sentence = test::sentence_of([&] { plan.factor(space, matrix); });
          EXPECT_THAT(sentence, testing::HasSubstr(concat(
                                    "not positive definite: its pivot number ", bad, " of ", n)));
          if (is_host_execution_v<Space> && value < 0.0) {
            EXPECT_THAT(sentence, testing::EndsWith("is -0.25"));
          }
          const auto again = test::matrix_on(space, n, n, a);
          plan.factor_unchecked(space, again);
          EXPECT_THROW(plan.log_determinant(space, again), Error);
          // The plan is none the worse.
          const auto good = test::matrix_on(space, n, n, positive);
          EXPECT_EQ(test::sentence_of([&] { plan.factor(space, good); }), "accepted");
        }
  }
}

/// The first pivot is zero, so rows must be exchanged.
TYPED_TEST(DenseSolve, LuOfAnyMatrix) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const std::size_t n : sizes) {
    std::vector<double> a(n * n);
    for (std::size_t k = 0; k < a.size(); ++k) a[k] = test::pattern(k + n);
    if (n > 1) a[0] = 0.0;
    const std::vector<double> b = this->right_side(n);
    const auto wanted = test::long_solve({a.begin(), a.end()}, {b.begin(), b.end()}).x;
    for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
      const auto matrix = test::matrix_on(space, n, n, a);
      const auto x = test::to_device(space, b);
      const LuPlan<Space> plan(space, n, options);
      plan.solve(space, matrix, x);
      if (n == 0) continue;
      const auto got = test::to_host(space, x);
      double largest = 0.0;
      for (const auto value : wanted)
        largest = std::max(largest, std::abs(static_cast<double>(value)));
      Worst worst(1e-11, largest);
      for (std::size_t k = 0; k < n; ++k)
        worst.compare(got[k], static_cast<double>(wanted[k]), concat(k));
      EXPECT_TRUE(worst.result()) << this->name(options, n);
    }
  }
}

TYPED_TEST(DenseSolve, SingularMatricesAndWrongShapesAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const SolveOptions& options : test::solve_methods<typename TypeParam::space>()) {
    const LuPlan<Space> plan(space, 2, options);
    const auto x = test::to_device(space, {1.0, 2.0});
    EXPECT_EQ(test::sentence_of([&] {
                plan.solve(space, test::matrix_on(space, 2, 2, {1.0, 2.0, 2.0, 4.0}), x);
              }),
              "the matrix is singular: its pivot number 1 of 2 (counted from 0) is zero or not "
              "finite");
    EXPECT_EQ(test::sentence_of([&] {
                plan.solve(space, test::matrix_on(space, 1, 2, {1.0, 2.0}), x);
              }),
              "LuPlan::solve: A has shape (1, 2) where (2, 2) is needed");
  }
  const CholeskyPlan<Space> plan(space, 3);
  const auto matrix = test::matrix_on(space, 3, 3, test::positive_matrix(3, 1.0));
  EXPECT_EQ(test::sentence_of([&] { plan.solve(space, matrix, test::to_device(space, {1.0})); }),
            "CholeskyPlan::solve: x has shape (1) where (3) is needed");
  const Kokkos::View<double**, Kokkos::LayoutLeft, typename Space::memory_space> columns(
      "glint::test::columns", 3, 3);
  EXPECT_EQ(test::sentence_of([&] { plan.factor(space, columns); }),
            "CholeskyPlan::factor: A must have contiguous rows, not a stride of 3");
  EXPECT_THAT(test::sentence_of([&] { CholeskyPlan<Space>(space, std::size_t(1) << 31); }),
              testing::HasSubstr("CholeskyPlan: 2147483648 unknowns are more than"));
  if (solve_library<Space>().empty()) {
    EXPECT_THAT(test::sentence_of([&] { CholeskyPlan<Space>(space, 3, {SolveMethod::library}); }),
                testing::HasSubstr("has no library for dense systems"));
  }
}

}  // namespace
}  // namespace glint
