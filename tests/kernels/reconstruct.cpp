// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/reconstruct.hpp>
#include <reference/dense_oracle.hpp>
#include <support/errors.hpp>
#include <support/functions.hpp>
#include <support/golden.hpp>
#include <support/matrices.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Worst;

template <class Case>
class Reconstruct : public testing::Test {
 protected:
  using Space = typename Case::space;

  static std::vector<ReconstructionOptions> all_options() {
    std::vector<ReconstructionOptions> all;
    for (const auto solver : {ReconstructionSolver::cholesky, ReconstructionSolver::lu})
      for (const auto method : {SolveMethod::automatic, SolveMethod::plain, SolveMethod::library}) {
        if (method == SolveMethod::library && solve_library<Space>().empty()) continue;
        ReconstructionOptions options;
        options.solver = solver;
        options.method = method;
        all.push_back(options);
      }
    return all;
  }
  static std::string name(const ReconstructionOptions& options) {
    return reconstruction_solver_name(options.solver) + " " + solve_method_name(options.method);
  }
};
TYPED_TEST_SUITE(Reconstruct, test::Spaces, test::CaseName);

TYPED_TEST(Reconstruct, OneAndTwoSourcesByHand) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const auto& options : this->all_options()) {
    SCOPED_TRACE(this->name(options));
    const auto one = test::to_device(space, {0.0});
    reconstruction(space, test::matrix_on(space, 1, 1, {4.0}), test::to_device(space, {6.0}), one,
                   options);
    EXPECT_DOUBLE_EQ(test::to_host(space, one)[0], 1.5);
    const auto two = test::to_device(space, {0.0, 0.0});
    reconstruction(space, test::matrix_on(space, 2, 2, {2.0, -1.0, -1.0, 3.0}),
                   test::to_device(space, {5.0, 0.0}), two, options);
    EXPECT_DOUBLE_EQ(test::to_host(space, two)[0], 3.0);
    EXPECT_DOUBLE_EQ(test::to_host(space, two)[1], 1.0);
    const auto none = test::to_device(space, {});
    reconstruction(space, test::matrix_on(space, 0, 0, {}), none, none, options);
  }
}

/// Any layout and strides; the inputs are kept; one workspace serves all sizes and solvers.
TYPED_TEST(Reconstruct, AnyLayoutIsReadAndKept) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  const Space space;
  ReconstructionWorkspace<Space> workspace;
  for (const std::size_t n : {31, 65, 7})
    for (const auto& options : this->all_options()) {
      const std::vector<double> a = test::positive_matrix(n, 1.0);
      std::vector<double> d(n);
      for (std::size_t k = 0; k < n; ++k) d[k] = test::pattern(5 * k);
      const auto wanted = test::long_solve({a.begin(), a.end()}, {d.begin(), d.end()}).x;
      const Kokkos::View<double**, Kokkos::LayoutLeft, Memory> matrix("glint::test::matrix", n, n);
      Kokkos::deep_copy(matrix, test::matrix_on(space, n, n, a));
      const Matrix<double, Memory> pairs("glint::test::pairs", n, 2);
      const auto x = Kokkos::subview(pairs, Kokkos::ALL(), 1);
      reconstruction(space, matrix, test::to_device(space, d), x, options, workspace);
      const auto got = test::numbers_of(space, pairs);
      Worst worst(1e-13, 1.0);
      for (std::size_t k = 0; k < n; ++k) {
        EXPECT_EQ(got[2 * k], 0.0);
        worst.compare(got[2 * k + 1], static_cast<double>(wanted[k]), concat(k));
      }
      EXPECT_TRUE(worst.result()) << this->name(options) << " " << n;
      const auto kept = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), matrix);
      for (std::size_t k = 0; k < n * n; ++k) EXPECT_EQ(kept(k / n, k % n), a[k]);
    }
}

TYPED_TEST(Reconstruct, BadMatricesAndEqualSolutionsAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  for (auto options : this->all_options()) {
    SCOPED_TRACE(this->name(options));
    const auto sentence = [&](const std::vector<double>& a, const std::vector<double>& d) {
      const auto x = test::to_device(space, {0.0, 0.0});
      return test::sentence_of([&] {
        reconstruction(space, test::matrix_on(space, 2, 2, a), test::to_device(space, d), x,
                       options);
      });
    };
    const bool lu = options.solver == ReconstructionSolver::lu;
    EXPECT_THAT(sentence({1.0, 2.0, 2.0, 1.0}, {1.0, 1.0}),
                testing::StartsWith(lu ? ""
                                       : "the matrix is not positive definite: its pivot "
                                         "number 1 of 2"));
    EXPECT_THAT(sentence({1.0, 1.0, 1.0, 1.0}, {1.0, 1.0}),
                testing::HasSubstr(lu ? "singular: its pivot number 1"
                                      : "not positive definite: its pivot number 1"));
    EXPECT_EQ(sentence({4.0, 0.0, 0.0, 4.0}, {6.0, 6.0}), "accepted");
    options.check_solution = true;
    EXPECT_EQ(sentence({4.0, 0.0, 0.0, 4.0}, {6.0, 6.0}),
              "the reconstruction is the same in all 2 source pixels (they differ by no more than "
              "0 of 1.5)");
    EXPECT_THAT(sentence({4.0, 0.0, 0.0, 4.0}, {0.0, 0.0}), testing::HasSubstr("the same in all"));
    EXPECT_EQ(sentence({4.0, 0.0, 0.0, 4.0}, {6.0, 6.01}), "accepted");
  }
  const auto x = test::to_device(space, {0.0, 0.0});
  EXPECT_EQ(test::sentence_of([&] {
              reconstruction(space, test::matrix_on(space, 2, 3, std::vector<double>(6)), x, x);
            }),
            "reconstruction: curvature_reg has shape (2, 3) where (2, 2) is needed");
}

TYPED_TEST(Reconstruct, GoldenInversion) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto rows = test::golden("inversion_rows.txt");
  const auto terms = test::golden("inversion_terms.txt").front();
  const std::size_t n = rows.size();
  std::vector<double> a, d;
  for (std::size_t s = 0; s < n; ++s) {
    std::vector<double> row(rows[s].begin(), rows[s].begin() + static_cast<std::ptrdiff_t>(n));
    for (std::size_t p = 0; p < 7; ++p)
      if (const double t = rows[s][n + 2 + p]; t >= 0.0) {
        row[static_cast<std::size_t>(t)] -= 1.0;
        row[s] += 1.0;
      }
    row[s] += 1e-8;
    a.insert(a.end(), row.begin(), row.end());
    d.push_back(rows[s][n]);
  }
  const auto matrix = test::matrix_on(space, n, n, a);
  for (const auto& options : this->all_options()) {
    const auto x = test::to_device(space, d);
    reconstruction(space, matrix, test::to_device(space, d), x, options);
    const auto got = test::to_host(space, x);
    Worst worst(1e-14, 10.0);
    for (std::size_t s = 0; s < n; ++s) worst.compare(got[s], rows[s][n + 1], concat(s));
    EXPECT_TRUE(worst.result()) << this->name(options);
  }
  const CholeskyPlan<Space> plan(space, n);
  plan.factor(space, matrix);
  EXPECT_NEAR(plan.log_determinant(space, matrix) / terms[3], 1.0, 1e-14);
}

}  // namespace
}  // namespace glint
