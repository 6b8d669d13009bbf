// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature.hpp>
#include <glint/data_vector.hpp>
#include <glint/mapping.hpp>
#include <glint/regularization.hpp>
#include <glint/uv_sums.hpp>

#include "golden_problem.hpp"

/// Mapping, curvature and regularization against the golden reconstructions: errors over the
/// largest number of each array.

namespace glint::test {
namespace {

constexpr double tolerance = 1e-13;

template <class C>
class GoldenInversion : public testing::Test {};
TYPED_TEST_SUITE(GoldenInversion, SpacesAndPrecisions, CaseName);

template <class T, class Space>
SparseMapping<typename Space::memory_space, T> golden_mapping(const GoldenProblem<Space>& problem) {
  auto mapping =
      make_mapping<T>(problem.space, problem.pixels.size(), problem.sources, problem.width);
  MappingWorkspace<Space, T> workspace;
  assign_mapping(problem.space, problem.indexes, problem.weights, mapping, workspace);
  return mapping;
}

// float rounds every product and sum once or more.
template <class T>
constexpr double tolerance_of = std::is_same_v<T, double> ? tolerance : 2e-6;

// Numbers that are only rounded to the type.
template <class T>
constexpr double rounding_of = std::is_same_v<T, double> ? 1e-15 : 1e-7;

TYPED_TEST(GoldenInversion, MappingAndDataVector) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const auto mapping = golden_mapping<T>(problem);
    const auto dense = allocate<Matrix<T, typename Space::memory_space>>(
        problem.space, "glint::test::dense", problem.pixels.size(), problem.sources);
    mapping_matrix(problem.space, mapping, dense);
    EXPECT_LE(problem.error("mapping_matrix", dense), rounding_of<T>);
    const auto dirty = to_device(problem.space, problem.outputs.read("dirty_image"));
    const auto vector = device_vector<T>(problem.space, problem.sources);
    data_vector(problem.space, mapping, dirty, vector);
    EXPECT_LE(problem.error("data_vector", vector), tolerance_of<T>);
  });
}

TYPED_TEST(GoldenInversion, CurvatureByConvolution) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const auto mapping = golden_mapping<T>(problem);
    const auto curvature = allocate<Matrix<T, typename Space::memory_space>>(
        problem.space, "glint::test::curvature", problem.sources, problem.sources);
    CurvaturePlan<Space, T> plan(problem.space, problem.pixels, problem.sources, problem.width);
    for (const NoiseWeights noise : {NoiseWeights::real, NoiseWeights::exact}) {
      UvSumsOptions options;
      options.noise = noise;
      UvSums<Space> sums(problem.space, problem.pixels, options);
      accumulate(problem.space, problem.data, sums);
      if (sums.has_hankel())
        plan.execute(problem.space, sums.compact(), sums.hankel(), mapping, curvature);
      else
        plan.execute(problem.space, sums.compact(), mapping, curvature);
      const bool exact = noise == NoiseWeights::exact;
      EXPECT_LE(problem.error(exact ? "curvature_matrix_exact" : "curvature_matrix", curvature),
                tolerance_of<T>)
          << noise_weights_name(noise);
    }
  });
}

TYPED_TEST(GoldenInversion, Regularization) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    check_neighbours(problem.space, problem.neighbours);
    const auto matrix = allocate<Matrix<T, typename Space::memory_space>>(
        problem.space, "glint::test::matrix", problem.sources, problem.sources);
    constant_regularization(problem.space, problem.file.model().coefficient, problem.neighbours,
                            matrix);
    EXPECT_LE(problem.error("regularization_matrix", matrix), rounding_of<T>);
    constant_regularization(problem.space, 1.0, problem.neighbours, matrix);
    EXPECT_LE(problem.error("regularization_matrix_unit", matrix), rounding_of<T>);
    fill(problem.space, matrix, T(0));
    add_constant_regularization(problem.space, 1.0, problem.neighbours, matrix);
    EXPECT_LE(problem.error("regularization_matrix_unit", matrix), rounding_of<T>);
  });
}

}  // namespace
}  // namespace glint::test
