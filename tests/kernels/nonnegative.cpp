// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/nonnegative.hpp>
#include <glint/reconstruct.hpp>
#include <reference/nonnegative_oracle.hpp>
#include <support/errors.hpp>
#include <support/matrices.hpp>
#include <support/near.hpp>
#include <support/source_problems.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;
using test::Worst;

constexpr NonnegativeMethod all_methods[] = {NonnegativeMethod::block_pivoting,
                                             NonnegativeMethod::active_set,
                                             NonnegativeMethod::projected_gradient};

template <class Case>
class Nonnegative : public testing::Test {
 protected:
  using Space = typename Case::space;
  Space space;

  static std::vector<double> some_data(std::size_t n, std::size_t seed) {
    std::vector<double> d(n);
    for (std::size_t k = 0; k < n; ++k) d[k] = test::pattern(5 * k + 11 * seed + 2);
    return d;
  }

  NonnegativeResult solve(const std::vector<double>& a, const std::vector<double>& d,
                          std::vector<double>& x, const NonnegativeOptions& options) {
    const auto there = test::vector_of(space, x);
    const auto result = nonnegative(space, test::matrix_of(space, d.size(), d.size(), a),
                                    test::vector_of(space, d), there, options, workspace);
    x = test::list_of(space, there);
    return result;
  }

  /// max |min(A_ss x_s, slope_s)| / max |d|.
  static double residual(const std::vector<double>& a, const std::vector<double>& d,
                         const std::vector<double>& x) {
    const std::vector<Long> exact(x.begin(), x.end());
    Long worst = 0, largest = 0;
    for (std::size_t s = 0; s < d.size(); ++s) {
      const Long here = Long(a[s * d.size() + s]) * exact[s];
      worst = std::max(worst, std::abs(std::min(here, test::slope_at(a, d, exact, s))));
      largest = std::max(largest, std::abs(Long(d[s])));
    }
    return static_cast<double>(worst / largest);
  }

  static void compare(const std::vector<double>& got, const std::vector<Long>& wanted,
                      double tolerance, const std::string& where) {
    double largest = 0.0;
    for (const Long value : wanted) largest = std::max(largest, std::abs(double(value)));
    Worst worst(tolerance, largest);
    for (std::size_t s = 0; s < wanted.size(); ++s) {
      EXPECT_GE(got[s], 0.0);
      worst.compare(got[s], static_cast<double>(wanted[s]), concat(where, ", ", s));
    }
    EXPECT_TRUE(worst.result());
  }

  NonnegativeWorkspace<Space> workspace;
};
TYPED_TEST_SUITE(Nonnegative, test::Spaces, test::CaseName);

TYPED_TEST(Nonnegative, ByHand) {
  for (const auto method : all_methods) {
    SCOPED_TRACE(nonnegative_method_name(method));
    NonnegativeOptions options;
    options.method = method;
    options.tolerance = 1e-14;
    std::vector<double> x{0.0, 0.0};
    // Free: (3, 1). With d_1 = -5 source 1 is 0 and source 0 is 5/2.
    this->solve({2.0, -1.0, -1.0, 3.0}, {5.0, 0.0}, x, options);
    EXPECT_NEAR(x[0], 3.0, 1e-13);
    EXPECT_NEAR(x[1], 1.0, 1e-13);
    const auto result = this->solve({2.0, -1.0, -1.0, 3.0}, {5.0, -5.0}, x, options);
    EXPECT_NEAR(x[0], 2.5, 1e-13);
    EXPECT_EQ(x[1], 0.0);
    EXPECT_TRUE(result.converged);
    EXPECT_EQ(result.positive, 1u);
    std::vector<double> one{0.0}, none;
    this->solve({4.0}, {6.0}, one, options);
    EXPECT_DOUBLE_EQ(one[0], 1.5);
    this->solve({4.0}, {-6.0}, one, options);
    EXPECT_EQ(one[0], 0.0);
    for (const double nothing : {0.0, -1.0}) {
      x = {1.0, 2.0};
      options.warm_start = nothing == 0.0;
      const auto found = this->solve({2.0, -1.0, -1.0, 3.0}, {nothing, nothing}, x, options);
      EXPECT_EQ(x, (std::vector<double>{0.0, 0.0}));
      EXPECT_TRUE(found.converged);
      EXPECT_EQ(found.positive, 0u);
      EXPECT_EQ(found.kkt_residual, 0.0);
    }
    EXPECT_TRUE(this->solve({}, {}, none, options).converged);
  }
}

/// Every choice of positive sources is looked at.
TYPED_TEST(Nonnegative, IsTheBestOfAllChoices) {
  for (const std::size_t n : {1, 2, 3, 5, 8, 10})
    for (std::size_t seed = 0; seed < 4; ++seed) {
      const auto a = test::positive_matrix(n, 0.05 + 0.3 * static_cast<double>(seed));
      const auto d = this->some_data(n, seed);
      const auto wanted = test::nonnegative_by_trial(a, d);
      this->compare({wanted.begin(), wanted.end()}, test::nonnegative_by_the_book(a, d), 1e-14,
                    "the oracles");
      for (const auto method : all_methods) {
        NonnegativeOptions options;
        options.method = method;
        options.tolerance = 1e-13;
        std::vector<double> x(n, NAN);
        const auto result = this->solve(a, d, x, options);
        const auto where = concat(nonnegative_method_name(method), " ", n, " ", seed);
        EXPECT_TRUE(result.converged) << where;
        this->compare(x, wanted, 1e-10, where);
      }
    }
}

TYPED_TEST(Nonnegative, IsLawsonAndHansonsForAnySize) {
  for (const std::size_t n : {31, 64, 65, 130}) {
    const auto a = test::positive_matrix(n, 2.0);
    const auto d = this->some_data(n, n);
    const auto wanted = test::nonnegative_by_the_book(a, d);
    std::size_t positive = 0;
    for (const Long value : wanted) positive += value > 0;
    EXPECT_GT(positive, n / 4);
    EXPECT_LT(positive, n);
    std::size_t factorizations = 0;
    for (const auto method : all_methods) {
      NonnegativeOptions options;
      options.method = method;
      options.tolerance = 1e-12;
      std::vector<double> x(n, NAN);
      const auto result = this->solve(a, d, x, options);
      const auto where = concat(nonnegative_method_name(method), " ", n);
      EXPECT_TRUE(result.converged) << where << " " << result.kkt_residual;
      EXPECT_EQ(result.positive, positive) << where;
      EXPECT_LE(this->residual(a, d, x), 2e-12) << where;
      this->compare(x, wanted, 1e-10, where);
      if (method == NonnegativeMethod::block_pivoting) factorizations = result.iterations;
      if (method == NonnegativeMethod::active_set) {
        EXPECT_LT(2 * factorizations, result.iterations);
      }
    }
  }
}

/// Where the solution without bounds is positive, it is the one.
TYPED_TEST(Nonnegative, LeavesPositiveSolutionsAlone) {
  const std::size_t n = 65;
  const auto a = test::positive_matrix(n, 1.0);
  std::vector<Long> wanted(n);
  std::vector<double> d(n);
  for (std::size_t s = 0; s < n; ++s) wanted[s] = 1.5 + test::pattern(s);
  for (std::size_t s = 0; s < n; ++s)
    for (std::size_t t = 0; t < n; ++t) d[s] += a[s * n + t] * static_cast<double>(wanted[t]);
  NonnegativeOptions options;
  for (const auto method : all_methods) {
    options.method = method;
    options.tolerance = 1e-12;
    options.warm_start = false;
    std::vector<double> x(n, NAN);
    this->solve(a, d, x, options);
    this->compare(x, wanted, 1e-9, nonnegative_method_name(method));
    options.warm_start = true;
    EXPECT_EQ(this->solve(a, d, x, options).iterations, 1u) << nonnegative_method_name(method);
  }
}

TYPED_TEST(Nonnegative, TheToleranceIsKept) {
  const std::size_t n = 64;
  const auto a = test::positive_matrix(n, 2.0);
  const auto d = this->some_data(n, 1);
  for (const auto method : all_methods) {
    std::size_t before = 0;
    for (double tolerance = 1e-1; tolerance > 0.5e-12; tolerance *= 0.1) {
      SCOPED_TRACE(concat(nonnegative_method_name(method), " ", tolerance));
      NonnegativeOptions options;
      options.method = method;
      options.tolerance = tolerance;
      std::vector<double> x(n, NAN);
      const auto result = this->solve(a, d, x, options);
      EXPECT_TRUE(result.converged);
      EXPECT_LE(result.kkt_residual, tolerance);
      // What is clipped moves the other slopes by as much times their coupling.
      EXPECT_LE(this->residual(a, d, x), 50.0 * tolerance);
      if (method == NonnegativeMethod::projected_gradient) {
        EXPECT_LE(this->residual(a, d, x), 1.01 * tolerance + 1e-14);
        EXPECT_GE(result.iterations, before);
        before = result.iterations;
      }
    }
    // Stopped early, from a poor start.
    NonnegativeOptions options;
    options.method = method;
    options.max_iterations = 1;
    options.warm_start = true;
    std::vector<double> x(n, 0.0);
    x[0] = 1.0;
    const auto result = this->solve(a, d, x, options);
    EXPECT_FALSE(result.converged);
    EXPECT_EQ(result.iterations, 1u);
    EXPECT_GT(result.kkt_residual, options.tolerance);
  }
}

/// Without the matrix; and what reconstruction() makes of it.
TYPED_TEST(Nonnegative, SystemsAndMatricesGiveTheSame) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  for (const std::size_t n : {7, 65}) {
    const test::SourceProblem<Space> problem(n, n == 7);
    const Space& space = problem.space;
    const std::vector<double> a = test::doubles(problem.a);
    const auto wanted = test::nonnegative_by_the_book(a, problem.data);
    NonnegativeOptions options;
    options.tolerance = 1e-13;
    const auto x = test::vector_of(space, std::vector<double>(n, NAN));
    const auto result = nonnegative(space, problem.precision, problem.system, problem.data_there, x,
                                    options, this->workspace);
    EXPECT_TRUE(result.converged);
    EXPECT_EQ(static_cast<std::size_t>(problem.precision.calls), result.iterations);
    this->compare(test::list_of(space, x), wanted, 1e-10, "system");
    options.warm_start = true;
    EXPECT_EQ(nonnegative(space, problem.precision, problem.system, problem.data_there, x, options,
                          this->workspace)
                  .iterations,
              1u);
    // A matrix and vectors of any layout.
    const Kokkos::View<double**, Kokkos::LayoutLeft, Memory> matrix("glint::test::matrix", n, n);
    Kokkos::deep_copy(matrix, test::matrix_of(space, n, n, a));
    const Matrix<double, Memory> pairs("glint::test::pairs", n, 2);
    ReconstructionOptions nowhere_negative;
    nowhere_negative.solver = ReconstructionSolver::nonnegative;
    reconstruction(space, matrix, problem.data_there, Kokkos::subview(pairs, Kokkos::ALL(), 1),
                   nowhere_negative);
    const auto got = test::list_of(space, pairs);
    std::vector<double> second(n);
    for (std::size_t s = 0; s < n; ++s) {
      EXPECT_EQ(got[2 * s], 0.0);
      second[s] = got[2 * s + 1];
    }
    this->compare(second, wanted, 1e-10, "reconstruction");
    const auto kept = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), matrix);
    for (std::size_t k = 0; k < n * n; ++k) EXPECT_EQ(kept(k / n, k % n), a[k]);
  }
}

TYPED_TEST(Nonnegative, WhatCannotBeIsRefused) {
  for (const auto method : all_methods) {
    SCOPED_TRACE(nonnegative_method_name(method));
    NonnegativeOptions options;
    options.method = method;
    std::vector<double> x(2, 0.0);
    const auto sentence = [&](const std::vector<double>& a, const std::vector<double>& d) {
      return test::sentence_of([&] { this->solve(a, d, x, options); });
    };
    EXPECT_EQ(sentence({2.0, 0.0, 0.0, 2.0}, {1.0, 1.0}), "accepted");
    EXPECT_THAT(sentence({1.0, -2.0, -2.0, 1.0}, {1.0, 1.0}),
                testing::HasSubstr("not positive definite"));
    EXPECT_THAT(sentence({2.0, 0.0, 0.0, 2.0}, {1.0, NAN}),
                testing::HasSubstr(method == NonnegativeMethod::projected_gradient
                                       ? "no finite number, in iteration 1"
                                       : "the data vector holds nan"));
    options.tolerance = 0.0;
    EXPECT_EQ(sentence({2.0, 0.0, 0.0, 2.0}, {1.0, 1.0}),
              "nonnegative: the tolerance is 0, not a positive finite number");
  }
  const auto x = test::vector_of(this->space, std::vector<double>(2));
  EXPECT_EQ(test::sentence_of([&] {
              nonnegative(this->space, test::matrix_of(this->space, 2, 3, std::vector<double>(6)),
                          x, x);
            }),
            "nonnegative: matrix has shape (2, 3) where (2, 2) is needed");
}

}  // namespace
}  // namespace glint
