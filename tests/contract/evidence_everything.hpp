// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_EVIDENCE_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_EVIDENCE_EVERYTHING_HPP

#include <glint/evidence_scan.hpp>
#include <glint/likelihood.hpp>
#include <glint/reconstruct.hpp>
#include <support/inversions.hpp>
#include <support/matrices.hpp>
#include <support/meshes.hpp>

/// Dense systems, evidence terms and likelihoods, for call_everything().

namespace glint::test {

/// Plans, workspaces, and what they are called with: 99 image and 40 source pixels.
template <class ExecutionSpace>
struct EvidenceCalls {
  using Memory = typename ExecutionSpace::memory_space;
  using Numbers = Vector<double, Memory>;
  static constexpr std::size_t sources = 40;

  Mesh mesh = triangles(sources);
  SkyPixels<Memory> pixels;
  UvData<Memory> data;
  UvSums<ExecutionSpace> sums;
  SparseMapping<Memory> mapping;
  Matrix<int, Memory> neighbours;
  Matrix<double, Memory> matrix, square, w;
  Numbers x, d;
  CholeskyPlan<ExecutionSpace> cholesky;
  LuPlan<ExecutionSpace> lu;
  ReconstructionWorkspace<ExecutionSpace> by_cholesky, by_lu;
  RegularizationWorkspace<ExecutionSpace> regularization;
  LikelihoodPlan<ExecutionSpace> plan;
  EvidenceScan<ExecutionSpace> scan;
  std::vector<Evidence> terms;

  static SkyPixels<> frame() {
    return pixels_where({9, 11, 0.1}, [](int, int) { return true; });
  }

  EvidenceCalls(const ExecutionSpace& space, const SolveOptions& options)
      : pixels(to_space(space, frame())),
        data(space, 5),
        sums(space, pixels),
        mapping(to_space(space, random_mapping<double>(99, sources, 3, 1))),
        neighbours(table_on(space, mesh)),
        matrix(matrix_on(space, sources, sources, positive_matrix(sources, 1.0))),
        square(allocate<Matrix<double, Memory>>(space, "glint::test::square", sources, sources)),
        w(allocate<Matrix<double, Memory>>(space, "glint::test::w", 99, 99)),
        x(allocate<Numbers>(space, "glint::test::x", sources)),
        d(allocate<Numbers>(space, "glint::test::d", sources)),
        cholesky(space, sources, options),
        lu(space, sources, options),
        plan(space, pixels, sources, 3, {options.method}),
        scan(space, sources, {options.method}) {
    for_each_column(data, [&](const char*, const Numbers& column) { fill(space, column, 1.5); });
    fill(space, data.noise_im, 1.25);
    accumulate(space, data, sums);
    fill(space, w, 0.0);
    fill(space, d, 1.0);
  }

  void run(const ExecutionSpace& space) {
    copy(space, square, matrix);
    copy(space, x, d);
    cholesky.factor(space, square);
    cholesky.solve(space, square, x);
    cholesky.log_determinant(space, square);
    copy(space, square, matrix);
    lu.solve(space, square, x);
    ReconstructionOptions options;
    options.method = cholesky.method();
    options.check_solution = true;
    reconstruction(space, matrix, d, x, options, by_cholesky);
    options.solver = ReconstructionSolver::lu;
    reconstruction(space, matrix, d, x, options, by_lu);
    noise_normalization(space, data);
    data_term(space, data);
    chi_squared(space, matrix, d, x, 1.0);
    regularization_term(space, 0.5, neighbours, x);
    log_determinant_regularization(space, 0.5, neighbours, regularization);
    log_likelihood(space, plan, sums, mapping, neighbours, 0.5);
    plan.evaluate_via_w_tilde(space, w, sums, mapping, 0.5);
    plan.derivative(space);
    scan.set_neighbours(space, neighbours);
    scan.prepare(space, matrix, d, 1.0, 0.0, 0.5);
    scan.evaluate(space, {0.3, 0.5}, terms);
    scan.best(0.1, 10.0);
  }
};

template <class ExecutionSpace>
void evidence_everything(const ExecutionSpace& space) {
  for (const SolveOptions& options : solve_methods<ExecutionSpace>())
    EvidenceCalls<ExecutionSpace>(space, options).run(space);
}

}  // namespace glint::test

#endif
