// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <glint/evidence_scan.hpp>
#include <reference/dense_oracle.hpp>
#include <support/errors.hpp>
#include <support/functions.hpp>
#include <support/matrices.hpp>
#include <support/meshes.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;

/// F, D, a mesh, and the terms at any coefficient by their definitions in extended precision.
struct Problem {
  std::size_t size;
  test::Mesh mesh;
  std::vector<double> f, d;
  double data_term = 10.0, noise = -30.0;

  Problem(std::size_t n, const test::Mesh& m)
      : size(n), mesh(m), f(test::positive_matrix(n, 0.01)), d(n) {
    // What a source of differences of about 1 would be seen as.
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = 0; t < n; ++t) d[s] += f[s * n + t] * source(t);
      data_term += source(s) * d[s];
    }
  }

  static double source(std::size_t s) { return 0.2 + 1.5 * test::pattern(5 * s); }

  Evidence expected(double coefficient, std::vector<Long>* solution = nullptr) const {
    const double strength = coefficient * coefficient;
    const auto h = test::regularization_of(mesh, strength, 1e-8);
    test::LongMatrix a(f.begin(), f.end());
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += h[k];
    const auto solved = test::long_solve(a, {d.begin(), d.end()});
    Long fit = 0, term = 0;
    for (std::size_t s = 0; s < size; ++s) {
      fit -= 2 * Long(d[s]) * solved.x[s];
      for (std::size_t k = 0; k < size; ++k) {
        fit += Long(f[s * size + k]) * solved.x[s] * solved.x[k];
        term += h[s * size + k] * solved.x[s] * solved.x[k];
      }
    }
    Evidence terms;
    terms.data_term = data_term;
    terms.noise_normalization = noise;
    terms.chi_squared = static_cast<double>(fit + Long(data_term));
    terms.regularization_term = static_cast<double>(term);
    terms.logdet_curvature_reg = static_cast<double>(solved.log_determinant);
    terms.logdet_regularization = test::log_determinant_of(mesh, strength, 1e-8);
    terms.log_likelihood = log_likelihood(terms);
    if (solution) *solution = solved.x;
    return terms;
  }

  /// d log_likelihood / d coefficient by differences of fourth order.
  double difference(double coefficient) const {
    const double h = 2e-3 * coefficient;
    const auto at = [&](double k) { return Long(expected(coefficient + k * h).log_likelihood); };
    return static_cast<double>((8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * Long(h)));
  }

  template <class Space>
  void prepare(const Space& space, EvidenceScan<Space>& scan, double reference) const {
    scan.set_neighbours(space, test::table_on<std::int64_t>(space, mesh));
    std::vector<double> upper(f);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < i; ++j) upper[i * size + j] = 1e300;  // not read
    scan.prepare(space, test::matrix_on(space, size, size, upper), test::to_device(space, d),
                 data_term, noise, reference);
  }
};

const double coefficients[] = {0.05, 0.3, 1.0, 2.5, 40.0};

template <class Case>
class EvidenceScans : public testing::Test {
 protected:
  using Space = typename Case::space;
  static std::vector<EvidenceScanOptions> all_options() {
    std::vector<EvidenceScanOptions> all{{SolveMethod::automatic}, {SolveMethod::plain}};
    if (!solve_library<Space>().empty()) all.push_back({SolveMethod::library});
    return all;
  }
};
TYPED_TEST_SUITE(EvidenceScans, test::Spaces, test::CaseName);

TYPED_TEST(EvidenceScans, AreTheDefinitionsAtEveryCoefficient) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const std::size_t n : {1, 2, 31, 65})
    for (const test::Mesh& mesh : {test::triangles(n), test::pieces(n)}) {
      const Problem problem(n, mesh);
      const std::vector<double> list(std::begin(coefficients), std::end(coefficients));
      std::vector<Evidence> wanted;
      std::vector<std::vector<Long>> solutions(list.size());
      for (std::size_t c = 0; c < list.size(); ++c)
        wanted.push_back(problem.expected(list[c], &solutions[c]));
      for (const EvidenceScanOptions& options : this->all_options()) {
        EvidenceScan<Space> scan(space, n, options);
        problem.prepare(space, scan, 1.0);
        std::vector<Evidence> got;
        scan.evaluate(space, list, got);
        ASSERT_EQ(got.size(), list.size());
        const auto x = test::numbers_of(space, scan.reconstructions());
        for (std::size_t c = 0; c < list.size(); ++c) {
          SCOPED_TRACE(
              concat(mesh.name, " ", n, " at ", list[c], " ", solve_method_name(options.method)));
          // Rounding grows with the square of the distance from the reference.
          const double far = std::max(list[c] * list[c], 1.0 / (list[c] * list[c]));
          const double tolerance = 1e-13 * far * (1.0 + static_cast<double>(n));
          EXPECT_NEAR(got[c].chi_squared, wanted[c].chi_squared, tolerance * problem.data_term);
          EXPECT_NEAR(got[c].regularization_term, wanted[c].regularization_term,
                      tolerance * problem.data_term);
          EXPECT_NEAR(got[c].logdet_curvature_reg, wanted[c].logdet_curvature_reg, tolerance);
          EXPECT_NEAR(got[c].logdet_regularization, wanted[c].logdet_regularization, 1e-11);
          EXPECT_NEAR(got[c].log_likelihood, wanted[c].log_likelihood,
                      tolerance * problem.data_term);
          EXPECT_EQ(got[c].data_term, problem.data_term);
          EXPECT_EQ(got[c].noise_normalization, problem.noise);
          double largest = 0.0;
          for (const Long value : solutions[c])
            largest = std::max(largest, std::abs(static_cast<double>(value)));
          test::Worst worst(100.0 * tolerance, largest);
          for (std::size_t s = 0; s < n; ++s)
            worst.compare(x[c * n + s], static_cast<double>(solutions[c][s]), concat(s));
          EXPECT_TRUE(worst.result());
          EXPECT_NEAR(scan.slope(list[c]).log_likelihood, got[c].log_likelihood,
                      1e-13 * problem.data_term);
        }
      }
    }
}

TYPED_TEST(EvidenceScans, SlopesAreThoseOfTheDefinition) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const std::size_t n : {1, 2, 31})
    for (const test::Mesh& mesh : {test::triangles(n), test::star(n)}) {
      const Problem problem(n, mesh);
      EvidenceScan<Space> scan(space, n);
      problem.prepare(space, scan, 0.7);
      for (const double c : {0.05, 0.3, 0.7, 2.5, 40.0}) {
        const double wanted = problem.difference(c);
        // In ln c, about as large as the number of sources.
        EXPECT_NEAR(c * scan.slope(c).derivative, c * wanted, 1e-7 * (1.0 + static_cast<double>(n)))
            << mesh.name << " " << n << " at " << c;
      }
      EXPECT_EQ(scan.slope(0.0).derivative, 0.0);
    }
}

TYPED_TEST(EvidenceScans, TheBestCoefficientHasNoSlope) {
  using Space = typename TypeParam::space;
  const Space space;
  const Problem problem(31, test::triangles(31));
  EvidenceScan<Space> scan(space, 31);
  problem.prepare(space, scan, 1.0);
  const BestCoefficient found = scan.best(1e-2, 1e2, {1e-9, 13});
  ASSERT_TRUE(found.inside);
  const double c = found.best.coefficient, best = problem.expected(c).log_likelihood;
  EXPECT_NEAR(best, found.best.log_likelihood, 1e-9);
  EXPECT_NEAR(c * problem.difference(c), 0.0, 1e-6);
  for (double other = 1e-2; other < 1e2; other *= 1.3)
    EXPECT_LE(problem.expected(other).log_likelihood, best + 1e-9) << other;
}

/// One scan serves one pair after the other, and any number of coefficients.
TYPED_TEST(EvidenceScans, OneScanServesAll) {
  using Space = typename TypeParam::space;
  const Space space;
  EvidenceScan<Space> scan(space, 31);
  std::vector<Evidence> got;
  for (const test::Mesh& mesh : {test::triangles(31), test::thicket(31)}) {
    const Problem problem(31, mesh);
    problem.prepare(space, scan, 0.5);
    for (const std::vector<double>& list :
         {std::vector<double>{0.5, 1.0}, std::vector<double>{}, std::vector<double>{-0.7}}) {
      scan.evaluate(space, list, got);
      ASSERT_EQ(got.size(), list.size());
      EXPECT_EQ(scan.reconstructions().extent(0), list.size());
      for (std::size_t c = 0; c < list.size(); ++c)
        EXPECT_NEAR(got[c].log_likelihood, problem.expected(list[c]).log_likelihood, 1e-8);
    }
  }
}

TYPED_TEST(EvidenceScans, WhatDoesNotFitIsRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const Problem problem(7, test::triangles(7));
  EvidenceScan<Space> scan(space, 7);
  const auto prepare = [&](const std::vector<double>& f, double reference) {
    return test::sentence_of([&] {
      scan.prepare(space, test::matrix_on(space, 7, 7, f), test::to_device(space, problem.d), 1.0,
                   0.0, reference);
    });
  };
  EXPECT_EQ(test::sentence_of([&] { scan.slope(1.0); }), "EvidenceScan: prepare() comes first");
  EXPECT_EQ(prepare(problem.f, 1.0), "EvidenceScan::prepare: set_neighbours() comes first");
  EXPECT_THAT(test::sentence_of(
                  [&] { scan.set_neighbours(space, test::table_on(space, test::triangles(8))); }),
              testing::HasSubstr("EvidenceScan::set_neighbours: neighbours has shape (8, "));
  scan.set_neighbours(space, test::table_on(space, problem.mesh));
  EXPECT_THAT(prepare(problem.f, INFINITY),
              testing::HasSubstr("the reference coefficient is inf, whose square"));
  std::vector<double> negative(49, 0.0);
  for (std::size_t s = 0; s < 7; ++s) negative[8 * s] = -1.0;
  EXPECT_THAT(prepare(negative, 0.0), testing::HasSubstr("the matrix is not positive definite"));
  EXPECT_EQ(test::sentence_of([&] { scan.slope(1.0); }), "EvidenceScan: prepare() comes first");
  EXPECT_EQ(prepare(problem.f, 1.0), "accepted");
  EXPECT_THAT(test::sentence_of([&] { scan.slope(1e200); }),
              testing::HasSubstr("the regularization coefficient is 1e+200, whose square"));
  std::vector<Evidence> terms;
  EXPECT_THAT(test::sentence_of([&] {
                scan.evaluate(space, {1.0, NAN}, terms);
              }),
              testing::HasSubstr("the regularization coefficient is nan"));
  // Positive definite at the reference only.
  std::vector<double> indefinite(49, 0.0);
  for (std::size_t s = 0; s < 7; ++s) indefinite[8 * s] = s == 0 ? -0.1 : 1.0;
  EXPECT_EQ(prepare(indefinite, 1.0), "accepted");
  EXPECT_THAT(test::sentence_of([&] { scan.slope(0.1); }),
              testing::HasSubstr("at the coefficient 0.1 F + H is not positive definite"));
}

}  // namespace
}  // namespace glint
