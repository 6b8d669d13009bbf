// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/likelihood.hpp>
#include <glint/w_tilde.hpp>
#include <reference/curvature_oracle.hpp>
#include <support/errors.hpp>
#include <support/matrices.hpp>
#include <support/meshes.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/tables.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

using test::Long;

/// Two blobs of pixels in a frame that is wider than high.
SkyPixels<> blobs() {
  return test::pixels_where({8, 11, 0.2}, [](std::size_t i, std::size_t j) {
    return (i < 5 && j < 6) || (i > 5 && j > 7);
  });
}

template <class Space>
struct Problem {
  using Memory = typename Space::memory_space;

  Space space;
  SkyPixels<> pixels = blobs();
  UvSums<Space> sums;
  test::Table table;
  SparseMapping<Memory> mapping;
  test::Mesh mesh;

  Problem(std::size_t sources, std::size_t width, bool equal, unsigned seed)
      : sums(space, to_space(space, pixels)),
        table(test::random_table(pixels.size(), width, sources, seed)),
        mapping(test::mapping_in(space, table)),
        mesh(test::triangles(sources)) {
    accumulate(space, to_space(space, test::random_visibilities(70, 2e5, equal, seed)), sums);
  }

  /// Everything by its definition, in extended precision, from the sums.
  Evidence expected(double coefficient, std::vector<Long>* solution = nullptr) const {
    const std::size_t n = table.sources, m = pixels.size();
    const auto compact = host(sums.compact());
    const auto hankel = sums.has_hankel() ? host(sums.hankel()) : Matrix<double>();
    const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
    test::Dense w(m, m);
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < m; ++j) {
        w(i, j) = test::kernel_at(compact, pixels.row(i) - pixels.row(j),
                                  pixels.column(i) - pixels.column(j));
        if (sums.has_hankel())
          w(i, j) += test::kernel_at(hankel, pixels.row(i) + pixels.row(j) - (ny - 1),
                                     pixels.column(i) + pixels.column(j) - (nx - 1));
      }
    const test::Dense t = test::mapping_of(table, m);
    const test::Dense f = test::product(test::transposed(t), test::product(w, t));
    const auto dirty = test::list_of(space, sums.dirty_image());
    std::vector<Long> d(n, 0);
    for (std::size_t k = 0; k < m; ++k)
      for (std::size_t s = 0; s < n; ++s) d[s] += t(k, s) * Long(dirty[k]);
    const double strength = coefficient * coefficient;
    const auto h = test::regularization_of(mesh, strength, 1e-8);
    test::LongMatrix a = f.values;
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += h[k];
    const auto solved = test::long_solve(a, d);
    Long fit = 0, term = 0;
    for (std::size_t s = 0; s < n; ++s)
      for (std::size_t k = 0; k < n; ++k) {
        const Long xx = solved.x[s] * solved.x[k];
        fit += f(s, k) * xx - (s == k ? 2 * d[s] * solved.x[s] : 0);
        term += h[s * n + k] * xx;
      }
    Evidence terms;
    terms.data_term = sums.data_term();
    terms.noise_normalization = sums.noise_normalization();
    terms.chi_squared = static_cast<double>(fit + Long(terms.data_term));
    terms.regularization_term = static_cast<double>(term);
    terms.logdet_curvature_reg = static_cast<double>(solved.log_determinant);
    terms.logdet_regularization = test::log_determinant_of(mesh, strength, 1e-8);
    terms.log_likelihood = log_likelihood(terms);
    if (solution) *solution = solved.x;
    return terms;
  }

 private:
  Matrix<double> host(const Matrix<double, Memory>& matrix) const {
    const Matrix<double> result(
        Kokkos::view_alloc(Kokkos::WithoutInitializing, "glint::test::host"), matrix.extent(0),
        matrix.extent(1));
    copy(space, result, matrix);
    compat::fence(space, "glint::test::host");
    return result;
  }
};

void expect_equal(const Evidence& got, const Evidence& wanted) {
  const double scale = wanted.data_term;
  EXPECT_NEAR(got.chi_squared, wanted.chi_squared, 1e-13 * scale);
  EXPECT_NEAR(got.regularization_term, wanted.regularization_term,
              1e-11 * wanted.regularization_term);
  EXPECT_EQ(got.data_term, wanted.data_term);
  EXPECT_EQ(got.noise_normalization, wanted.noise_normalization);
  EXPECT_NEAR(got.logdet_curvature_reg, wanted.logdet_curvature_reg, 1e-11);
  EXPECT_NEAR(got.logdet_regularization, wanted.logdet_regularization, 1e-11);
  EXPECT_NEAR(got.log_likelihood, wanted.log_likelihood, 1e-11 + 1e-13 * scale);
}

template <class Case>
class Likelihood : public testing::Test {
 protected:
  using Space = typename Case::space;
  static std::vector<LikelihoodOptions> all_options() {
    std::vector<LikelihoodOptions> all{{SolveMethod::automatic}, {SolveMethod::plain}};
    if (!solve_library<Space>().empty()) all.push_back({SolveMethod::library});
    all.push_back({SolveMethod::automatic, CurvatureMethod::automatic});
    if (!fft_library<Space>().empty())
      all.push_back({SolveMethod::automatic, CurvatureMethod::fft});
    return all;
  }
};
TYPED_TEST_SUITE(Likelihood, test::Spaces, test::CaseName);

TYPED_TEST(Likelihood, AllTermsByTheirDefinitions) {
  using Space = typename TypeParam::space;
  for (const std::size_t sources : {1, 2, 7, 31})
    for (const std::size_t width : {1, 3, 5})
      for (const bool equal : {false, true}) {
        SCOPED_TRACE(concat(sources, " sources, width ", width, ", equal noise ", equal));
        const Problem<Space> problem(sources, width, equal, 3);
        const Space& space = problem.space;
        std::vector<Long> solution;
        const Evidence wanted = problem.expected(0.3, &solution);
        const auto neighbours = test::table_on<std::int64_t>(space, problem.mesh);
        const auto w = allocate<Matrix<double, typename Space::memory_space>>(
            space, "glint::test::w", problem.pixels.size(), problem.pixels.size());
        w_tilde_from_compact(space, problem.sums.compact(), problem.sums.pixels(), w);
        if (problem.sums.has_hankel())
          add_hankel(space, problem.sums.hankel(), problem.sums.pixels(), w);
        for (const LikelihoodOptions& options : this->all_options()) {
          LikelihoodPlan<Space> plan(space, problem.sums.pixels(), sources, width, options);
          expect_equal(log_likelihood(space, plan, problem.sums, problem.mapping, neighbours, 0.3),
                       wanted);
          const auto x = test::list_of(space, plan.reconstruction());
          double largest = 0.0;
          for (const Long value : solution)
            largest = std::max(largest, std::abs(static_cast<double>(value)));
          test::Worst worst(1e-11, largest);
          for (std::size_t s = 0; s < sources; ++s)
            worst.compare(x[s], static_cast<double>(solution[s]), concat(s));
          EXPECT_TRUE(worst.result());
          expect_equal(plan.evaluate_via_w_tilde(space, w, problem.sums, problem.mapping, 0.3),
                       wanted);
        }
      }
}

/// A plan keeps neither mapping nor coefficient, only the neighbours it was given.
TYPED_TEST(Likelihood, OnePlanServesAll) {
  using Space = typename TypeParam::space;
  const Space space;
  const Problem<Space> first(31, 3, false, 5), second(31, 3, true, 6);
  LikelihoodPlan<Space> plan(space, first.sums.pixels(), 31, 3);
  plan.set_neighbours(space, test::table_on(space, first.mesh));
  for (const double coefficient : {1.0, 0.1, 30.0}) {
    expect_equal(plan.evaluate(space, first.sums, first.mapping, coefficient),
                 first.expected(coefficient));
    expect_equal(plan.evaluate(space, second.sums, second.mapping, coefficient),
                 second.expected(coefficient));
  }
  Problem<Space> pieces(31, 3, false, 5);
  pieces.mesh = test::pieces(31);
  plan.set_neighbours(space, test::table_on<std::int64_t>(space, pieces.mesh));
  expect_equal(plan.evaluate(space, pieces.sums, pieces.mapping, 0.5), pieces.expected(0.5));
}

/// The derivative is that of the last evaluation, by differences of fourth order.
TYPED_TEST(Likelihood, DerivativeInTheCoefficient) {
  using Space = typename TypeParam::space;
  for (const std::size_t sources : {1, 7, 31})
    for (const LikelihoodOptions& options : this->all_options()) {
      const Problem<Space> problem(sources, 3, false, 4);
      const Space& space = problem.space;
      LikelihoodPlan<Space> plan(space, problem.sums.pixels(), sources, 3, options);
      plan.set_neighbours(space, test::table_on(space, problem.mesh));
      EXPECT_EQ(test::sentence_of([&] { plan.derivative(space); }),
                "LikelihoodPlan::derivative: an evaluation comes first");
      for (const double c : {0.1, 1.0, 30.0}) {
        const double h = 2e-3 * c;
        const auto at = [&](double k) { return problem.expected(c + k * h).log_likelihood; };
        const double wanted = (8.0 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12.0 * h);
        plan.evaluate(space, problem.sums, problem.mapping, c);
        // In ln c, about as large as the number of sources.
        EXPECT_NEAR(c * plan.derivative(space), c * wanted,
                    1e-7 * (1.0 + static_cast<double>(sources)))
            << sources << " sources at " << c;
        EXPECT_EQ(plan.derivative(space), plan.derivative(space));
      }
    }
}

TYPED_TEST(Likelihood, WhatDoesNotFitIsRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const Problem<Space> problem(7, 3, false, 5), other(8, 3, false, 5);
  LikelihoodPlan<Space> plan(space, problem.sums.pixels(), 7, 3);
  const auto sentence = [&](const auto& sums, const auto& mapping, double coefficient) {
    return test::sentence_of([&] { plan.evaluate(space, sums, mapping, coefficient); });
  };
  EXPECT_THAT(test::sentence_of([&] {
                LikelihoodPlan<Space>(space, problem.sums.pixels(), 7, 3,
                                      {SolveMethod::automatic, CurvatureMethod::dense});
              }),
              testing::HasSubstr("the curvature method is 'dense' where 'automatic', 'direct' or"));
  EXPECT_EQ(sentence(problem.sums, problem.mapping, 1.0),
            "LikelihoodPlan::evaluate: set_neighbours() comes first");
  EXPECT_EQ(test::sentence_of([&] {
              plan.set_neighbours(space, test::table_on(space, other.mesh));
            }).substr(0, 61),
            "LikelihoodPlan::set_neighbours: neighbours has shape (8, 7) w");
  const test::Mesh lopsided{"", 7, 1, {1, -1, -1, -1, -1, -1, -1}};
  EXPECT_THAT(
      test::sentence_of([&] { plan.set_neighbours(space, test::table_on(space, lopsided)); }),
      testing::HasSubstr("row 0, column 0: source pixel 1 is listed as a neighbour of 0"));
  plan.set_neighbours(space, test::table_on(space, problem.mesh));
  EXPECT_EQ(sentence(problem.sums, other.mapping, 1.0),
            concat("LikelihoodPlan::evaluate: the mapping is for ", blobs().size(),
                   " image and 8 source pixels, the plan for ", blobs().size(), " and 7"));
  EXPECT_THAT(sentence(problem.sums, problem.mapping, INFINITY),
              testing::HasSubstr("the regularization coefficient is inf"));
  const UvSums<Space> small(
      space, to_space(space, test::pixels_where({3, 3, 0.2},
                                                [](std::size_t, std::size_t) { return true; })));
  EXPECT_EQ(sentence(small, problem.mapping, 1.0),
            concat("LikelihoodPlan::evaluate: the sums are over 9 pixels of a frame of 3 x 3, the "
                   "plan is for ",
                   blobs().size(), " of 8 x 11"));
  // Negative weights of visibilities cannot be, so a kernel of them is made by hand.
  fill(space, problem.sums.compact(), -1.0);
  EXPECT_THAT(sentence(problem.sums, problem.mapping, 0.0),
              testing::HasSubstr("the matrix is not positive definite: its pivot number "));
}

}  // namespace
}  // namespace glint
