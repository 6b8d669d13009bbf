// SPDX-License-Identifier: BSD-3-Clause
#include <glint/reconstruct.hpp>
#include <glint/region.hpp>

namespace glint {

const std::string& reconstruction_solver_name(ReconstructionSolver solver) {
  static const std::string names[] = {"cholesky", "lu", "nonnegative"};
  return names[static_cast<int>(solver)];
}

namespace impl {
namespace {

/// The matrix row by row, and D in the place of x.
template <class ExecutionSpace>
struct LoadSystem {
  StridedInput<const double**, ExecutionSpace> matrix;
  StridedInput<const double*, ExecutionSpace> data_vector;
  Matrix<double, typename ExecutionSpace::memory_space> target;
  Vector<double, typename ExecutionSpace::memory_space> x;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / target.extent(1), column = index % target.extent(1);
    target(row, column) = matrix(row, column);
    if (column == 0) x(row) = data_vector(row);
  }
};

template <class ExecutionSpace>
struct StoreSolution {
  Vector<double, typename ExecutionSpace::memory_space> x;
  StridedOutput<double*, ExecutionSpace> out;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { out(s) = x(s); }
};

/// Largest |x_s - x_0|, or largest |x_s|.
template <class ExecutionSpace>
struct Spread {
  Vector<double, typename ExecutionSpace::memory_space> x;
  bool about_first;
  KOKKOS_FUNCTION void operator()(std::size_t s, double& largest) const {
    const double value = math::fabs(x(s) - (about_first ? x(0) : 0.0));
    if (value > largest) largest = value;
  }
};

template <class ExecutionSpace>
void prepare(const ExecutionSpace& space, std::size_t size, const ReconstructionOptions& options,
             ReconstructionWorkspace<ExecutionSpace>& workspace) {
  using Memory = typename ExecutionSpace::memory_space;
  if (workspace.matrix.extent(0) != size || workspace.method != options.method) {
    workspace.has_cholesky = workspace.has_lu = false;
    workspace.method = options.method;
  }
  if (workspace.x.extent(0) != size)
    workspace.x = allocate<Vector<double, Memory>>(space, "glint::reconstruction::x", size);
  if (options.solver == ReconstructionSolver::nonnegative) return;  // has a matrix of its own
  if (workspace.matrix.extent(0) != size)
    workspace.matrix =
        allocate<Matrix<double, Memory>>(space, "glint::reconstruction::matrix", size, size);
  if (options.solver == ReconstructionSolver::cholesky && !workspace.has_cholesky) {
    workspace.cholesky = CholeskyPlan<ExecutionSpace>(space, size, {options.method});
    workspace.has_cholesky = true;
  }
  if (options.solver == ReconstructionSolver::lu && !workspace.has_lu) {
    workspace.lu = LuPlan<ExecutionSpace>(space, size, {options.method});
    workspace.has_lu = true;
  }
}

template <class ExecutionSpace>
double spread(const ExecutionSpace& space,
              const Vector<double, typename ExecutionSpace::memory_space>& x, bool about_first) {
  double largest = 0.0;
  Kokkos::parallel_reduce("glint::reconstruction::spread", range(space, x.extent(0)),
                          Spread<ExecutionSpace>{x, about_first}, Kokkos::Max<double>(largest));
  return largest;
}

}  // namespace

template <class ExecutionSpace>
void reconstruction(const ExecutionSpace& space,
                    const StridedInput<const double**, ExecutionSpace>& matrix,
                    const StridedInput<const double*, ExecutionSpace>& data_vector,
                    const StridedOutput<double*, ExecutionSpace>& x,
                    const ReconstructionOptions& options,
                    ReconstructionWorkspace<ExecutionSpace>& workspace) {
  const ScopedRegion region("glint::reconstruction");
  const std::size_t size = x.extent(0);
  prepare(space, size, options, workspace);
  if (options.solver != ReconstructionSolver::nonnegative)
    Kokkos::parallel_for(
        "glint::reconstruction::load", range(space, size * size),
        LoadSystem<ExecutionSpace>{matrix, data_vector, workspace.matrix, workspace.x});
  if (options.solver == ReconstructionSolver::cholesky) {
    workspace.cholesky.factor(space, workspace.matrix);
    workspace.cholesky.solve(space, workspace.matrix, workspace.x);
  } else if (options.solver == ReconstructionSolver::lu) {
    workspace.lu.solve(space, workspace.matrix, workspace.x);
  } else {
    NonnegativeOptions positive;
    positive.solve = options.method;
    const NonnegativeResult found = glint::nonnegative(space, matrix, data_vector, workspace.x,
                                                       positive, workspace.nonnegative);
    GLINT_EXPECTS(found.converged, "the non-negative reconstruction has a residual of ",
                  found.kkt_residual, " after ", found.iterations, " factorizations, not ",
                  positive.tolerance);
  }
  if (options.check_solution && size > 1) {
    const double difference = spread(space, workspace.x, true);
    const double largest = spread(space, workspace.x, false);
    GLINT_EXPECTS(difference > options.equal * largest, "the reconstruction is the same in all ",
                  size, " source pixels (they differ by no more than ", difference, " of ", largest,
                  ")");
  }
  Kokkos::parallel_for("glint::reconstruction::store", range(space, size),
                       StoreSolution<ExecutionSpace>{workspace.x, x});
  compat::fence(space, "glint::reconstruction::finish");
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                                                       \
  template void impl::reconstruction<Space>(                                           \
      const Space&, const StridedInput<const double**, Space>&,                        \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&, \
      const ReconstructionOptions&, ReconstructionWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
