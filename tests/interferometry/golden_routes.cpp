// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature_matrix.hpp>
#include <glint/mapping.hpp>
#include <glint/omega.hpp>
#include <glint/uv_sums.hpp>
#include <glint/w_curvature.hpp>
#include <glint/w_tilde.hpp>

#include "golden_problem.hpp"

/// Omega = W T and the curvature matrix by every route, against the golden
/// reconstructions: errors over the largest number of each array.

namespace glint::test {
namespace {

template <class C>
class GoldenRoutes : public testing::Test {};
TYPED_TEST_SUITE(GoldenRoutes, SpacesAndPrecisions, CaseName);

// float keeps its sums in float.
template <class T>
constexpr double route_tolerance = std::is_same_v<T, double> ? 1e-13 : 5e-6;

/// What all routes start from, made of real noise or of both.
template <class Space, class T>
struct Start {
  using Memory = typename Space::memory_space;

  const GoldenProblem<Space>& problem;
  UvSums<Space> sums;
  SparseMapping<Memory, T> mapping;
  Matrix<T, Memory> curvature, omega;
  WCurvatureWorkspace<Space, T> workspace;

  Start(const GoldenProblem<Space>& golden, NoiseWeights noise)
      : problem(golden), sums(golden.space, golden.pixels, {noise, {}}) {
    const Space& space = problem.space;
    accumulate(space, problem.data, sums);
    mapping = make_mapping<T>(space, problem.pixels.size(), problem.sources, problem.width);
    MappingWorkspace<Space, T> mapping_workspace;
    assign_mapping(space, problem.indexes, problem.weights, mapping, mapping_workspace);
    curvature = allocate<Matrix<T, Memory>>(space, "glint::test::curvature", problem.sources,
                                            problem.sources);
    omega = allocate<Matrix<T, Memory>>(space, "glint::test::omega", problem.pixels.size(),
                                        problem.sources);
  }

  /// W in the type of the mapping.
  Matrix<T, Memory> dense() const {
    const std::size_t count = problem.pixels.size();
    const auto w = problem.matrix(count, count);
    w_tilde_from_compact(problem.space, sums.compact(), problem.pixels, w);
    if (sums.has_hankel()) add_hankel(problem.space, sums.hankel(), problem.pixels, w);
    const auto converted =
        allocate<Matrix<T, Memory>>(problem.space, "glint::test::w", count, count);
    Kokkos::deep_copy(problem.space, converted, w);
    return converted;
  }

  void expect(const char* name, const std::string& route) {
    EXPECT_LE(problem.error(name, curvature), route_tolerance<T>) << route;
    fill(problem.space, curvature, T(-1));
  }
};

TYPED_TEST(GoldenRoutes, Omega) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    Start<Space, T> start(problem, NoiseWeights::real);
    omega(problem.space, start.sums.compact(), problem.pixels, start.mapping, start.omega);
    EXPECT_LE(problem.error("omega", start.omega), route_tolerance<T>);
    transpose_product(problem.space, start.mapping, start.omega, start.curvature);
    start.expect("curvature_matrix", "T^T omega");
  });
}

TYPED_TEST(GoldenRoutes, CurvatureFromMatricesAndKernels) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const Space& space = problem.space;
    const SkyGrid& grid = problem.grid();
    Start<Space, T> start(problem, NoiseWeights::real);
    const auto w = start.dense();
    std::vector<Linalg> linalgs{Linalg::plain, Linalg::automatic};
    if (has_kokkos_kernels()) linalgs.push_back(Linalg::kokkos_kernels);
    for (const WCurvature method : {WCurvature::dense, WCurvature::sparse, WCurvature::products})
      for (const Linalg linalg : linalgs) {
        curvature_from_w(space, w, start.mapping, start.curvature, {method, linalg},
                         start.workspace);
        start.expect("curvature_matrix",
                     concat(w_curvature_name(method), " by ", linalg_name(linalg)));
      }
    curvature_from_compact_products(space, start.sums.compact(), problem.pixels, start.mapping,
                                    start.curvature, start.workspace);
    start.expect("curvature_matrix", "compact, products");
    curvature_from_compact_pairs(space, start.sums.compact(), problem.pixels, start.mapping,
                                 start.curvature, start.workspace);
    start.expect("curvature_matrix", "compact, pairs");
    const auto preload = problem.matrix(2 * grid.ny, 2 * grid.nx);
    w_preload(space, grid, start.sums.compact(), preload);
    curvature_from_preload(space, preload, problem.pixels, start.mapping, start.curvature,
                           start.workspace);
    start.expect("curvature_matrix", "preload");
  });
}

TYPED_TEST(GoldenRoutes, CurvatureInOneCall) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const Space& space = problem.space;
    std::vector<CurvatureMethod> methods{CurvatureMethod::automatic, CurvatureMethod::direct,
                                         CurvatureMethod::products, CurvatureMethod::dense};
    if (!fft_library<Space>().empty()) methods.push_back(CurvatureMethod::fft);
    CurvatureWorkspace<Space, T> workspace;
    for (const NoiseWeights noise : {NoiseWeights::real, NoiseWeights::exact}) {
      Start<Space, T> start(problem, noise);
      const char* const wanted =
          noise == NoiseWeights::real ? "curvature_matrix" : "curvature_matrix_exact";
      for (const CurvatureMethod method : methods) {
        if (start.sums.has_hankel())
          curvature_matrix(space, start.sums.compact(), start.sums.hankel(), problem.pixels,
                           start.mapping, start.curvature, {method}, workspace);
        else
          curvature_matrix(space, start.sums.compact(), problem.pixels, start.mapping,
                           start.curvature, {method}, workspace);
        start.expect(wanted, curvature_method_name(method));
      }
    }
  });
}

TYPED_TEST(GoldenRoutes, CurvatureWithBothNoises) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const Space& space = problem.space;
    Start<Space, T> start(problem, NoiseWeights::exact);
    curvature_from_w(space, start.dense(), start.mapping, start.curvature, WCurvatureOptions(),
                     start.workspace);
    start.expect("curvature_matrix_exact", "W");
    if (!start.sums.has_hankel()) return;
    curvature_from_compact_products(space, start.sums.compact(), start.sums.hankel(),
                                    problem.pixels, start.mapping, start.curvature,
                                    start.workspace);
    start.expect("curvature_matrix_exact", "products");
  });
}

}  // namespace
}  // namespace glint::test
