// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/conjugate_gradient.hpp>
#include <limits>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/source_problems.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;
using test::SourceProblem;
using test::Worst;

const std::size_t sizes[] = {1, 2, 7, 31, 64, 65, 130};

template <class Case>
class ConjugateGradients : public testing::Test {};
TYPED_TEST_SUITE(ConjugateGradients, test::Spaces, test::CaseName);

void compare(const std::vector<double>& got, const std::vector<Long>& wanted, double tolerance,
             const std::string& where) {
  double largest = 0.0;
  for (const Long value : wanted) largest = std::max(largest, std::abs(double(value)));
  Worst worst(tolerance, largest);
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t s = 0; s < wanted.size(); ++s)
    worst.compare(got[s], static_cast<double>(wanted[s]), concat(where, ", ", s));
  EXPECT_TRUE(worst.result());
}

/// What iterations are made of, for both kinds of noise.
TYPED_TEST(ConjugateGradients, SystemAndDiagonalAreTheirDefinitions) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  SystemWorkspace<Space> workspace;
  for (const std::size_t n : sizes)
    for (const bool equal : {true, false}) {
      const SourceProblem<Space> problem(n, equal);
      const Space& space = problem.space;
      const auto& system = problem.system;
      // Any stride.
      const Matrix<double, Memory> pairs =
          allocate<Matrix<double, Memory>>(space, "glint::test::pairs", n, 3);
      const auto y = Kokkos::subview(pairs, Kokkos::ALL(), 1);
      const auto diagonal = Kokkos::subview(pairs, Kokkos::ALL(), 2);
      fill(space, pairs, 7.0);
      apply_system(space, problem.precision, system, problem.data_there, y, workspace);
      const Matrix<double, Memory> compact =
          test::matrix_of(space, problem.compact.extent(0), problem.compact.extent(1),
                          std::vector<double>(problem.compact.data(),
                                              problem.compact.data() + problem.compact.size()));
      if (equal) {
        curvature_diagonal(space, compact, problem.pixels_there, system.by_source, diagonal);
      } else {
        const Matrix<double, Memory> hankel =
            test::matrix_of(space, problem.hankel.extent(0), problem.hankel.extent(1),
                            std::vector<double>(problem.hankel.data(),
                                                problem.hankel.data() + problem.hankel.size()));
        curvature_diagonal(space, compact, hankel, problem.pixels_there, system.by_source,
                           diagonal);
      }
      const auto got = test::list_of(space, pairs);
      std::vector<double> product, squares;
      std::vector<Long> wanted(n, 0), wanted_squares(n);
      for (std::size_t s = 0; s < n; ++s) {
        EXPECT_EQ(got[3 * s], 7.0);
        product.push_back(got[3 * s + 1]);
        squares.push_back(got[3 * s + 2]);
        wanted_squares[s] = problem.f(s, s);
        for (std::size_t k = 0; k < n; ++k)
          wanted[s] += problem.a[s * n + k] * Long(problem.data[k]);
      }
      compare(product, wanted, 1e-13, concat("product, ", n));
      compare(squares, wanted_squares, 1e-13, concat("diagonal, ", n));
    }
}

/// The residual that was asked for, decade by decade, is the residual.
TYPED_TEST(ConjugateGradients, TheToleranceIsKept) {
  using Space = typename TypeParam::space;
  ConjugateGradientWorkspace<Space> workspace;
  for (const std::size_t n : {31, 130}) {
    const SourceProblem<Space> problem(n, n == 31);
    const Space& space = problem.space;
    for (const auto preconditioner : {Preconditioner::none, Preconditioner::jacobi}) {
      std::size_t before = 0;
      for (double tolerance = 1e-1; tolerance > 0.5e-13; tolerance *= 0.1) {
        SCOPED_TRACE(concat(n, " ", preconditioner_name(preconditioner), " ", tolerance));
        ConjugateGradientOptions options;
        options.preconditioner = preconditioner;
        options.tolerance = tolerance;
        const auto x = test::vector_of(space, std::vector<double>(n, NAN));  // must not be read
        const auto result = conjugate_gradient(space, problem.precision, problem.system,
                                               problem.data_there, x, options, workspace);
        EXPECT_TRUE(result.converged);
        EXPECT_LE(result.relative_residual, tolerance);
        const double residual = problem.residual(test::list_of(space, x));
        EXPECT_NEAR(residual, result.relative_residual, 1e-3 * tolerance + 1e-14);
        EXPECT_GE(result.iterations, before);
        before = result.iterations;
      }
    }
  }
}

TYPED_TEST(ConjugateGradients, SolvesForAnySize) {
  using Space = typename TypeParam::space;
  ConjugateGradientWorkspace<Space> workspace;
  for (const std::size_t n : sizes)
    for (const bool equal : {true, false}) {
      const SourceProblem<Space> problem(n, equal);
      ConjugateGradientOptions options;
      options.tolerance = 1e-14;
      const auto x = test::vector_of(problem.space, std::vector<double>(n, 0.0));
      const auto result = conjugate_gradient(problem.space, problem.precision, problem.system,
                                             problem.data_there, x, options, workspace);
      EXPECT_TRUE(result.converged) << n;
      compare(test::list_of(problem.space, x), problem.solution(), 1e-11, concat(n));
    }
}

/// Sources of very unequal weight are what the diagonal is for.
TYPED_TEST(ConjugateGradients, TheDiagonalSavesIterations) {
  using Space = typename TypeParam::space;
  SourceProblem<Space> problem(64);
  const Space& space = problem.space;
  auto values = test::list_of(space, problem.system.mapping.values);
  const auto columns = test::list_of(space, problem.system.mapping.columns);
  auto diagonal = test::list_of(space, problem.system.diagonal);
  const auto weight = [](int s) { return 1.0 + 9.0 * (s % 5); };
  for (std::size_t k = 0; k < values.size(); ++k) values[k] *= weight(columns[k]);
  for (std::size_t s = 0; s < 64; ++s)
    diagonal[s] *= weight(static_cast<int>(s)) * weight(static_cast<int>(s));
  problem.system.mapping.values = test::vector_of(space, values);
  problem.system.diagonal = test::vector_of(space, diagonal);
  transpose(space, problem.system.mapping, problem.system.by_source);
  std::size_t iterations[2];
  for (const auto preconditioner : {Preconditioner::none, Preconditioner::jacobi}) {
    ConjugateGradientOptions options;
    options.preconditioner = preconditioner;
    const auto x = test::vector_of(space, problem.data);
    const auto result = conjugate_gradient(space, problem.precision, problem.system,
                                           problem.data_there, x, options);
    EXPECT_TRUE(result.converged);
    iterations[static_cast<int>(preconditioner)] = result.iterations;
  }
  EXPECT_LT(2 * iterations[1], iterations[0]);
}

TYPED_TEST(ConjugateGradients, StartsWhereItIsTold) {
  using Space = typename TypeParam::space;
  const SourceProblem<Space> problem(65, false);
  const Space& space = problem.space;
  ConjugateGradientWorkspace<Space> workspace;
  ConjugateGradientOptions options;
  const auto x = test::vector_of(space, std::vector<double>(65, 0.0));
  const auto solve = [&] {
    problem.precision.calls = 0;
    const auto result = conjugate_gradient(space, problem.precision, problem.system,
                                           problem.data_there, x, options, workspace);
    EXPECT_EQ(static_cast<std::size_t>(problem.precision.calls),
              result.iterations + (options.warm_start ? 1 : 0));
    return result;
  };
  const auto cold = solve();
  options.warm_start = true;
  const auto again = solve();
  EXPECT_EQ(again.iterations, 0u);
  EXPECT_TRUE(again.converged);
  EXPECT_NEAR(again.relative_residual, cold.relative_residual, 1e-12);
  auto near = test::list_of(space, x);
  for (double& value : near) value *= 1.0 + 1e-4;
  copy(space, x, test::vector_of(space, near));
  const auto warm = solve();
  EXPECT_TRUE(warm.converged);
  EXPECT_GT(warm.iterations, 0u);
  EXPECT_LT(warm.iterations, cold.iterations);
  EXPECT_LE(problem.residual(test::list_of(space, x)), 1.01e-8);
  // No data: nothing, wherever it started.
  fill(space, problem.data_there, 0.0);
  const auto none = solve();
  EXPECT_TRUE(none.converged);
  EXPECT_EQ(none.relative_residual, 0.0);
  EXPECT_EQ(test::list_of(space, x), std::vector<double>(65, 0.0));
}

/// The same numbers however often anybody looks.
TYPED_TEST(ConjugateGradients, LooksAsOftenAsItIsTold) {
  using Space = typename TypeParam::space;
  const SourceProblem<Space> problem(130);
  const Space& space = problem.space;
  ConjugateGradientOptions options;
  options.tolerance = 1e-30;  // not to be had
  options.max_iterations = 12;
  std::vector<double> wanted;
  for (const std::size_t every : {0, 1, 5, 100}) {
    options.check_every = every;
    const auto x = test::vector_of(space, problem.data);
    const auto result = conjugate_gradient(space, problem.precision, problem.system,
                                           problem.data_there, x, options);
    EXPECT_FALSE(result.converged);
    EXPECT_EQ(result.iterations, 12u);
    EXPECT_NEAR(problem.residual(test::list_of(space, x)) / result.relative_residual, 1.0, 1e-6);
    if (wanted.empty()) wanted = test::list_of(space, x);
    EXPECT_EQ(test::list_of(space, x), wanted);
  }
  options.tolerance = 1e-6;
  options.max_iterations = 1000;
  options.check_every = 1;
  const auto x = test::vector_of(space, problem.data);
  const auto result =
      conjugate_gradient(space, problem.precision, problem.system, problem.data_there, x, options);
  options.check_every = 8;
  const auto later =
      conjugate_gradient(space, problem.precision, problem.system, problem.data_there, x, options);
  EXPECT_EQ(later.iterations, (result.iterations + 7) / 8 * 8);
  options.max_iterations = 0;
  const auto none =
      conjugate_gradient(space, problem.precision, problem.system, problem.data_there, x, options);
  EXPECT_EQ(none.iterations, 0u);
  EXPECT_EQ(none.relative_residual, 1.0);
}

TYPED_TEST(ConjugateGradients, WhatCannotBeIsRefused) {
  using Space = typename TypeParam::space;
  SourceProblem<Space> problem(31);
  const Space& space = problem.space;
  ConjugateGradientOptions options;
  auto matrix = test::list_of(space, problem.precision.matrix);
  const auto x = test::vector_of(space, problem.data);
  const auto sentence = [&] {
    return test::sentence_of([&] {
      conjugate_gradient(space, problem.precision, problem.system, problem.data_there, x, options);
    });
  };
  EXPECT_EQ(sentence(), "accepted");
  const auto with = [&](double factor) {
    auto changed = matrix;
    for (double& value : changed) value *= factor;
    copy(space, problem.precision.matrix,
         test::matrix_of(space, problem.w.rows, problem.w.columns, changed));
    return sentence();
  };
  EXPECT_THAT(with(-1.0), testing::MatchesRegex(
                              "conjugate_gradient: the curvature along a direction is -.* within "
                              ".* iterations, but must be positive: F \\+ H is not positive "
                              "definite, or holds what is no number"));
  EXPECT_THAT(with(NAN), testing::HasSubstr("the curvature along a direction is nan within"));
  EXPECT_EQ(with(1.0), "accepted");
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::infinity()}) {
    options.tolerance = bad;
    EXPECT_EQ(sentence(), concat("conjugate_gradient: the tolerance is ", bad,
                                 ", not a positive finite number"));
  }
  options.tolerance = 1e-8;
  auto data = problem.data;
  data[7] = NAN;
  copy(space, problem.data_there, test::vector_of(space, data));
  EXPECT_THAT(sentence(), testing::HasSubstr("the square of the residual is nan after 0"));
  problem.system.diagonal = test::vector_of(space, std::vector<double>(30));
  EXPECT_EQ(sentence(),
            "conjugate_gradient: jacobi needs the diagonal of 31 source pixels, the system has 30");
  problem.system.regularization.sources = 30;
  EXPECT_EQ(sentence(),
            "conjugate_gradient: the mapping is for 31 source pixels, the regularization for 30");
  const auto shorter = test::vector_of(space, std::vector<double>(30));
  EXPECT_EQ(test::sentence_of([&] {
              conjugate_gradient(space, problem.precision, problem.system, shorter, x, options);
            }),
            "conjugate_gradient: data_vector has shape (30) where (31) is needed");
}

}  // namespace
}  // namespace glint
