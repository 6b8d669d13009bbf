// SPDX-License-Identifier: BSD-3-Clause
#include <glint/evidence_scan.hpp>
#include <glint/likelihood.hpp>
#include <glint/mapping.hpp>
#include <glint/w_tilde.hpp>

#include "golden_problem.hpp"

/// Reconstruction, terms and log likelihood of the golden problems, with coefficient 1 and real
/// noise as they are defined there.

namespace glint {
namespace {

template <class Case>
class GoldenLikelihood : public testing::Test {};
TYPED_TEST_SUITE(GoldenLikelihood, test::Spaces, test::CaseName);

template <class Problem, class Plan>
void expect_golden(const Problem& problem, const Plan& plan, const Evidence& got) {
  const auto relative = [&](const char* name, double value) {
    const double wanted = problem.outputs.number(name);
    return std::abs(value - wanted) / std::abs(wanted);
  };
  const double data = problem.outputs.number("data_term");
  EXPECT_LE(relative("data_term", got.data_term), 1e-14);
  EXPECT_LE(relative("noise_normalization", got.noise_normalization), 1e-13);
  EXPECT_LE(std::abs(got.chi_squared - problem.outputs.number("chi_squared")), 1e-13 * data);
  EXPECT_LE(relative("regularization_term", got.regularization_term), 1e-11);
  EXPECT_LE(relative("logdet_curvature_reg", got.logdet_curvature_reg), 1e-12);
  // The file's matrix has lost half the digits of the 1e-8 on its diagonal, and with them about
  // 1e-8 of its determinant. Nothing else differs.
  const double lost = got.logdet_regularization - problem.outputs.number("logdet_regularization");
  EXPECT_LE(std::abs(lost), 2e-8);
  EXPECT_LE(relative("log_likelihood", got.log_likelihood), 1e-8);
  const double wanted = problem.outputs.number("log_likelihood");
  // chi_squared is what remains of data_term.
  EXPECT_LE(std::abs(got.log_likelihood - 0.5 * lost - wanted),
            1e-12 * std::abs(wanted) + 1e-15 * data);
  EXPECT_LE(problem.error("data_vector", plan.data_vector()), 1e-13);
  EXPECT_LE(problem.error("reconstruction", plan.reconstruction()), 1e-11);
}

TYPED_TEST(GoldenLikelihood, TermsByBothRoutes) {
  using Space = typename TypeParam::space;
  test::for_each_golden<Space>([](const test::GoldenProblem<Space>& problem) {
    const Space& space = problem.space;
    UvSumsOptions options;
    options.noise = NoiseWeights::real;
    UvSums<Space> sums(space, problem.pixels, options);
    accumulate(space, problem.data, sums);
    auto mapping = make_mapping(space, problem.pixels.size(), problem.sources, problem.width);
    MappingWorkspace<Space> workspace;
    assign_mapping(space, problem.indexes, problem.weights, mapping, workspace);
    LikelihoodPlan<Space> plan(space, problem.pixels, problem.sources, problem.width);
    expect_golden(problem, plan,
                  log_likelihood(space, plan, sums, mapping, problem.neighbours, 1.0));
    const auto w = problem.matrix(problem.pixels.size(), problem.pixels.size());
    w_tilde_from_compact(space, sums.compact(), problem.pixels, w);
    expect_golden(problem, plan, plan.evaluate_via_w_tilde(space, w, sums, mapping, 1.0));
  });
}

/// Many coefficients from one factorization, and their slopes, against one factorization each.
TYPED_TEST(GoldenLikelihood, ManyCoefficientsFromOneFactorization) {
  using Space = typename TypeParam::space;
  test::for_each_golden<Space>([](const test::GoldenProblem<Space>& problem) {
    const Space& space = problem.space;
    UvSums<Space> sums(space, problem.pixels);
    accumulate(space, problem.data, sums);
    auto mapping = make_mapping(space, problem.pixels.size(), problem.sources, problem.width);
    MappingWorkspace<Space> workspace;
    assign_mapping(space, problem.indexes, problem.weights, mapping, workspace);
    LikelihoodPlan<Space> plan(space, problem.pixels, problem.sources, problem.width);
    plan.set_neighbours(space, problem.neighbours);

    const auto curvature = problem.matrix(problem.sources, problem.sources);
    CurvaturePlan<Space> curvature_plan(space, problem.pixels, problem.sources, problem.width);
    if (sums.has_hankel())
      curvature_plan.execute(space, sums.compact(), sums.hankel(), mapping, curvature);
    else
      curvature_plan.execute(space, sums.compact(), mapping, curvature);
    const auto vector = problem.vector(problem.sources);
    data_vector(space, mapping, sums.dirty_image(), vector);
    EvidenceScan<Space> scan(space, problem.sources);
    scan.set_neighbours(space, problem.neighbours);
    scan.prepare(space, curvature, vector, sums.data_term(), sums.noise_normalization(), 1.0);
    const std::vector<double> coefficients{0.2, 0.5, 1.0, 2.0, 7.0};
    std::vector<Evidence> terms;
    scan.evaluate(space, coefficients, terms);
    for (std::size_t c = 0; c < coefficients.size(); ++c) {
      SCOPED_TRACE(coefficients[c]);
      const Evidence wanted = plan.evaluate(space, sums, mapping, coefficients[c]);
      const double slope = plan.derivative(space), data = wanted.data_term;
      const double sources = static_cast<double>(problem.sources);
      const Evidence& got = terms[c];
      EXPECT_NEAR(got.chi_squared, wanted.chi_squared, 1e-11 * data);
      EXPECT_NEAR(got.regularization_term, wanted.regularization_term, 1e-11 * data);
      EXPECT_NEAR(got.logdet_curvature_reg, wanted.logdet_curvature_reg, 1e-11 * sources);
      EXPECT_EQ(got.logdet_regularization, wanted.logdet_regularization);
      EXPECT_NEAR(got.log_likelihood, wanted.log_likelihood, 1e-11 * (data + sources));
      EXPECT_NEAR(coefficients[c] * scan.slope(coefficients[c]).derivative, coefficients[c] * slope,
                  1e-10 * (data + sources));
    }
  });
}

}  // namespace
}  // namespace glint
