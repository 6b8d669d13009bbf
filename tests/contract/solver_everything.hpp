// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_SOLVER_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_SOLVER_EVERYTHING_HPP

#include <glint/adaptive_regularization.hpp>
#include <glint/conjugate_gradient.hpp>
#include <glint/linear_objects.hpp>
#include <glint/nonnegative.hpp>
#include <glint/reconstruct.hpp>
#include <support/inversions.hpp>
#include <support/matrices.hpp>
#include <support/meshes.hpp>

/// Sources without a curvature matrix, non-negative ones, several objects, for call_everything().

namespace glint::test {

/// W = the identity.
template <class ExecutionSpace>
struct SameImage {
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;
  void apply(const ExecutionSpace& space, const Numbers& in, const Numbers& out) const {
    copy(space, out, in);
  }
};

/// Workspaces, and what they are called with: 99 image and 40 source pixels.
template <class ExecutionSpace>
struct SolverCalls {
  using Memory = typename ExecutionSpace::memory_space;
  using Numbers = Vector<double, Memory>;
  static constexpr std::size_t sources = 40, pixels = 99;

  SkyPixels<Memory> sky;
  Matrix<double, Memory> kernel;
  Matrix<int, Memory> neighbours;
  SameImage<ExecutionSpace> precision;
  SourceSystem<Memory> system, joint;
  LinearObjects<Memory> objects{pixels};
  std::vector<MeshRegularization<Memory>> parts{2};
  Matrix<double, Memory> matrix, h, curvature;
  Numbers image, d, x, y, strengths;
  ConjugateGradientWorkspace<ExecutionSpace> gradients;
  NonnegativeWorkspace<ExecutionSpace> positive;
  ReconstructionWorkspace<ExecutionSpace> reconstructed;
  SystemWorkspace<ExecutionSpace> images;
  MeshWorkspace<ExecutionSpace> mesh;
  ConcatenateWorkspace<ExecutionSpace> cursors;
  ObjectsWorkspace<ExecutionSpace> object_images;

  explicit SolverCalls(const ExecutionSpace& space)
      : sky(to_space(space, pixels_where({9, 11, 0.1}, [](int, int) { return true; }))),
        kernel(allocate<Matrix<double, Memory>>(space, "glint::test::kernel", 9, 21)),
        neighbours(table_on(space, triangles(sources))),
        matrix(matrix_on(space, sources, sources, positive_matrix(sources, 1.0))),
        h(allocate<Matrix<double, Memory>>(space, "glint::test::h", sources, sources)),
        curvature(allocate<Matrix<double, Memory>>(space, "glint::test::curvature", sources + 2,
                                                   sources + 2)),
        image(list(space, pixels)),
        d(list(space, sources)),
        x(list(space, sources)),
        y(list(space, sources)),
        strengths(list(space, sources)) {
    fill(space, kernel, 1.0);
    system.mapping = to_space(space, random_mapping<double>(pixels, sources, 3, 1));
    system.diagonal = list(space, sources);
    objects.add(system.mapping);
    const auto functions =
        allocate<Matrix<double, Memory>>(space, "glint::test::functions", pixels, 2);
    fill(space, functions, 0.5);
    objects.add_functions(functions);
  }
  static Numbers list(const ExecutionSpace& space, std::size_t count) {
    const auto numbers = allocate<Numbers>(space, "glint::test::numbers", count);
    fill(space, numbers, 1.0);
    return numbers;
  }

  void run(const ExecutionSpace& space) {
    transpose(space, system.mapping, system.by_source);
    regularize(space);
    curvature_diagonal(space, kernel, sky, system.by_source, system.diagonal);
    curvature_diagonal(space, kernel, kernel, sky, system.by_source, system.diagonal);
    fill(space, system.diagonal, 1.0);
    apply_system(space, precision, system, x, y, images);
    ConjugateGradientOptions options;
    options.warm_start = true;
    conjugate_gradient(space, precision, system, d, x, options, gradients);
    NonnegativeOptions bounded;
    bounded.warm_start = true;
    nonnegative(space, precision, system, d, x, bounded, positive);
    for (const auto method : {NonnegativeMethod::block_pivoting, NonnegativeMethod::active_set,
                              NonnegativeMethod::projected_gradient}) {
      bounded.method = method;
      nonnegative(space, matrix, d, x, bounded, positive);
    }
    ReconstructionOptions solver;
    solver.solver = ReconstructionSolver::nonnegative;
    reconstruction(space, matrix, d, x, solver, reconstructed);
    together(space);
  }

 private:
  void regularize(const ExecutionSpace& space) {
    fill(space, image, 1.0);
    source_signals(space, system.by_source, image, 1.0, strengths);
    adaptive_strengths(space, strengths, 1.0, 2.0, strengths);
    assign_regularization(space, neighbours, strengths, system.regularization);
    assign_regularization(space, neighbours, 0.5, system.regularization);
    apply_regularization(space, system.regularization, x, y);
    regularization_matrix(space, system.regularization, h);
    add_regularization_matrix(space, system.regularization, h);
    regularization_term(space, system.regularization, x);
    log_determinant(space, system.regularization, mesh);
  }
  void together(const ExecutionSpace& space) {
    concatenate(space, objects, joint.mapping, cursors);
    assign_regularization(space, neighbours, 0.5, parts[0]);
    assign_diagonal(space, 2, 1.0, parts[1]);
    concatenate(space, parts, joint.regularization);
    const auto given = [&](const ExecutionSpace& on, const auto&, const auto& part) {
      copy(on, part, matrix);
    };
    objects_curvature(space, objects, given, precision, curvature, object_images);
    function_diagonal(space, objects, precision, Kokkos::subview(curvature, 0, Kokkos::ALL()),
                      object_images);
  }
};

template <class ExecutionSpace>
void solver_everything(const ExecutionSpace& space) {
  SolverCalls<ExecutionSpace>(space).run(space);
}

}  // namespace glint::test

#endif
