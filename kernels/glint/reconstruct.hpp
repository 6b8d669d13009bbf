// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_RECONSTRUCT_HPP
#define GLINT_RECONSTRUCT_HPP

#include <glint/dense_solve.hpp>
#include <glint/nonnegative.hpp>

/// The most probable source, the solution x of (F + H) x = D, or the most probable of those that
/// are nowhere negative.

namespace glint {

enum class ReconstructionSolver {
  cholesky,     ///< S^3/6 multiply-adds, and a check that F + H is positive definite
  lu,           ///< S^3/3, the answer of programs that solve by LU
  nonnegative,  ///< the best x >= 0 by block pivoting, see nonnegative.hpp
};

/// "cholesky", "lu", "nonnegative".
const std::string& reconstruction_solver_name(ReconstructionSolver solver);

struct ReconstructionOptions {
  ReconstructionSolver solver = ReconstructionSolver::cholesky;
  SolveMethod method = SolveMethod::automatic;
  /// Refuse a solution whose values are all equal (within `equal` of the largest): a sign of a
  /// mapping that all image pixels share. Never refuses a single source pixel.
  bool check_solution = false;
  double equal = 1e-4;
};

/// Working memory of reconstruction(), made anew when size or method changes: 8 S^2 bytes and a
/// plan.
template <class ExecutionSpace>
struct ReconstructionWorkspace {
  Matrix<double, typename ExecutionSpace::memory_space> matrix;
  Vector<double, typename ExecutionSpace::memory_space> x;
  NonnegativeWorkspace<ExecutionSpace> nonnegative;
  CholeskyPlan<ExecutionSpace> cholesky;
  LuPlan<ExecutionSpace> lu;
  SolveMethod method = SolveMethod::automatic;  ///< that the plans were made for
  bool has_cholesky = false, has_lu = false;
};

namespace impl {
template <class ExecutionSpace>
void reconstruction(const ExecutionSpace& space,
                    const StridedInput<const double**, ExecutionSpace>& matrix,
                    const StridedInput<const double*, ExecutionSpace>& data_vector,
                    const StridedOutput<double*, ExecutionSpace>& x,
                    const ReconstructionOptions& options,
                    ReconstructionWorkspace<ExecutionSpace>& workspace);
}  // namespace impl

/// x = (F + H)^-1 D, or the non-negative solution. `curvature_reg` = F + H: (S, S), kept; of a
/// symmetric matrix's two triangles cholesky reads the upper one. `data_vector` D and `x`: (S);
/// double, of any layout.
///
/// Throws Error on wrong shapes, when the matrix is not positive definite (naming the pivot) or
/// singular, when nonnegative does not get to the end, and as check_solution says. Synchronous.
template <class ExecutionSpace, class MatrixView, class DataView, class VectorView>
void reconstruction(const ExecutionSpace& space, const MatrixView& curvature_reg,
                    const DataView& data_vector, const VectorView& x,
                    const ReconstructionOptions& options,
                    ReconstructionWorkspace<ExecutionSpace>& workspace) {
  const std::size_t size = curvature_reg.extent(0);
  expect_shape("reconstruction", "curvature_reg", curvature_reg,
               std::array<std::size_t, 2>{size, size});
  expect_shape("reconstruction", "data_vector", data_vector, std::array<std::size_t, 1>{size});
  expect_shape("reconstruction", "x", x, std::array<std::size_t, 1>{size});
  impl::reconstruction<ExecutionSpace>(space, strided_input<ExecutionSpace>(curvature_reg),
                                       strided_input<ExecutionSpace>(data_vector),
                                       strided_output<ExecutionSpace>(x), options, workspace);
}
template <class ExecutionSpace, class MatrixView, class DataView, class VectorView>
void reconstruction(const ExecutionSpace& space, const MatrixView& curvature_reg,
                    const DataView& data_vector, const VectorView& x,
                    const ReconstructionOptions& options = {}) {
  ReconstructionWorkspace<ExecutionSpace> workspace;
  reconstruction(space, curvature_reg, data_vector, x, options, workspace);
}

#define GLINT_EXTERN(Space)                                                            \
  extern template void impl::reconstruction<Space>(                                    \
      const Space&, const StridedInput<const double**, Space>&,                        \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&, \
      const ReconstructionOptions&, ReconstructionWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
