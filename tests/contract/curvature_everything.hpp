// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_CURVATURE_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_CURVATURE_EVERYTHING_HPP

#include <glint/curvature_matrix.hpp>
#include <support/inversions.hpp>

/// The curvature matrix, for call_everything().

namespace glint::test {

/// A plan, and what it is called with.
template <class T, class ExecutionSpace>
struct CurvatureCalls {
  using Memory = typename ExecutionSpace::memory_space;

  CurvaturePlan<ExecutionSpace, T> plan;
  CurvatureWorkspace<ExecutionSpace, T> workspace;
  SkyPixels<Memory> there;
  Matrix<double, Memory> kernel;
  SparseMapping<Memory, T> mapping;
  Matrix<T, Memory> curvature;

  static SkyPixels<> pixels() {
    return pixels_where({9, 11, 0.1}, [](int, int) { return true; });
  }

  explicit CurvatureCalls(const ExecutionSpace& space)
      : plan(space, to_space(space, pixels()), 40, 3),
        there(to_space(space, pixels())),
        kernel(allocate<Matrix<double, Memory>>(space, "glint::test::kernel", 9, 21)),
        mapping(to_space(space, random_mapping<T>(99, 40, 3, 1))),
        curvature(allocate<Matrix<T, Memory>>(space, "glint::test::curvature", 40, 40)) {
    fill(space, kernel, 1.0);
  }

  void run(const ExecutionSpace& space) {
    plan.execute(space, kernel, mapping, curvature);
    plan.execute(space, kernel, kernel, mapping, curvature, Triangle::lower);
    plan.set_kernel(space, kernel);
    plan.set_mapping(space, mapping);
    plan.compute(space, curvature);
    for (const CurvatureMethod method :
         {CurvatureMethod::automatic, CurvatureMethod::direct, CurvatureMethod::fft,
          CurvatureMethod::products, CurvatureMethod::dense, CurvatureMethod::pairs}) {
      if (method == CurvatureMethod::fft && fft_library<ExecutionSpace>().empty()) continue;
      curvature_matrix(space, kernel, there, mapping, curvature, {method}, workspace);
      if (method == CurvatureMethod::pairs) continue;
      curvature_matrix(space, kernel, kernel, there, mapping, curvature, {method}, workspace);
    }
  }
};

template <class T, class ExecutionSpace>
void curvature_everything(const ExecutionSpace& space) {
  CurvatureCalls<T, ExecutionSpace>(space).run(space);
}

}  // namespace glint::test

#endif
