// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_NONNEGATIVE_HPP
#define GLINT_NONNEGATIVE_HPP

#include <glint/dense_solve.hpp>
#include <glint/impl/projected_gradient.hpp>
#include <glint/source_system.hpp>
#include <vector>

/// The most probable source among those that are nowhere negative:
///
///   minimise 1/2 x^T A x - D^T x over x >= 0, A = F + H symmetric positive definite.
///
/// It is the x with x >= 0, g = A x - D >= 0 and x_s g_s = 0 for all s (Karush, Kuhn & Tucker), and
/// there is one. How well an x keeps to that is measured by
///   kkt_residual = max over s of |min(A_ss x_s, g_s)| / max |D|.

namespace glint {

enum class NonnegativeMethod {
  block_pivoting,  ///< all sources of a wrong sign change sides at once (Portugal, Judice & Vicente
                   ///< 1994, Kim & Park 2011), from those that a few projected gradients leave
                   ///< positive: one to three factorizations of what is positive
  active_set,  ///< one source after the other (Lawson & Hanson 1974, on A and D as Bro & de Jong
               ///< 1997): about as many factorizations as sources are positive. The oracle
  projected_gradient,  ///< no factorization: projected steps of Barzilai & Borwein (1988) length in
                       ///< the metric of diag(A) (Birgin, Martinez & Raydan 2000)
};

/// "block_pivoting", "active_set", "projected_gradient".
const std::string& nonnegative_method_name(NonnegativeMethod method);

struct NonnegativeOptions {
  NonnegativeMethod method = NonnegativeMethod::block_pivoting;
  double tolerance = 1e-10;        ///< of kkt_residual
  std::size_t max_iterations = 0;  ///< 0: 1000 + 3 S
  bool warm_start = false;         ///< start from what x holds: its positive sources, or its values
  SolveMethod solve = SolveMethod::automatic;  ///< of the factorizations
};

struct NonnegativeResult {
  std::size_t iterations = 0;  ///< factorizations, or products with A
  std::size_t positive = 0;    ///< sources above 0
  double kkt_residual = 0.0;
  bool converged = false;  ///< kkt_residual <= tolerance
};

/// Working memory of nonnegative(): 8 S^2 bytes for the methods that factor, and vectors. Nothing
/// is allocated as long as S stays, but for plans of other numbers of positive sources: up to 8.
template <class ExecutionSpace>
struct NonnegativeWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  ProjectedGradientWorkspace<ExecutionSpace> gradient;
  SystemWorkspace<ExecutionSpace> system;
  Matrix<double, Memory> matrix;
  Vector<int, Memory> list;
  Vector<double, Memory> data, diagonal, x, slope, solution;
  std::vector<CholeskyPlan<ExecutionSpace>> plans;
  std::size_t plans_for = 0;                   ///< S that the plans were made for
  SolveMethod solve = SolveMethod::automatic;  ///< that the plans were made for
  std::vector<int> host_list;
  std::vector<double> host_data, host_diagonal, host_x, host_slope;
};

namespace impl {
template <class ExecutionSpace>
NonnegativeResult nonnegative(const ExecutionSpace& space,
                              const StridedInput<const double**, ExecutionSpace>& matrix,
                              const StridedInput<const double*, ExecutionSpace>& data_vector,
                              const StridedOutput<double*, ExecutionSpace>& x,
                              const NonnegativeOptions& options,
                              NonnegativeWorkspace<ExecutionSpace>& workspace);
template <class ExecutionSpace>
void system_diagonal(const ExecutionSpace& space,
                     const SourceSystem<typename ExecutionSpace::memory_space>& system,
                     Vector<double, typename ExecutionSpace::memory_space>& diagonal);

/// As long as there is a limit to iterate to.
inline ProjectedGradientOptions gradient_options(const NonnegativeOptions& options,
                                                 std::size_t sources) {
  return {options.tolerance,
          options.max_iterations == 0 ? 1000 + 3 * sources : options.max_iterations,
          options.warm_start};
}
}  // namespace impl

/// x = the non-negative solution. `matrix` A = F + H: (S, S), both triangles, kept; `data_vector` D
/// and `x`: (S); double, any layout.
///
/// What a method leaves below zero by no more than the tolerance is set to 0. x holds the last
/// iterate whether or not it converged: look at the result. Throws Error on wrong shapes, a
/// tolerance that is not positive, values of D that are no finite numbers, and when A is not
/// positive definite. Synchronous. Cost of an iteration: p^3/6 + p^2 + S^2 multiply-adds for p
/// positive sources, or S^2.
template <class ExecutionSpace, class MatrixView, class DataView, class VectorView>
NonnegativeResult nonnegative(const ExecutionSpace& space, const MatrixView& matrix,
                              const DataView& data_vector, const VectorView& x,
                              const NonnegativeOptions& options,
                              NonnegativeWorkspace<ExecutionSpace>& workspace) {
  const std::size_t size = matrix.extent(0);
  expect_shape("nonnegative", "matrix", matrix, std::array<std::size_t, 2>{size, size});
  expect_shape("nonnegative", "data_vector", data_vector, std::array<std::size_t, 1>{size});
  expect_shape("nonnegative", "x", x, std::array<std::size_t, 1>{size});
  return impl::nonnegative<ExecutionSpace>(space, strided_input<ExecutionSpace>(matrix),
                                           strided_input<ExecutionSpace>(data_vector),
                                           strided_output<ExecutionSpace>(x), options, workspace);
}
template <class ExecutionSpace, class MatrixView, class DataView, class VectorView,
          class = std::enable_if_t<Kokkos::is_view<MatrixView>::value>>
NonnegativeResult nonnegative(const ExecutionSpace& space, const MatrixView& matrix,
                              const DataView& data_vector, const VectorView& x,
                              const NonnegativeOptions& options = {}) {
  NonnegativeWorkspace<ExecutionSpace> workspace;
  return nonnegative(space, matrix, data_vector, x, options, workspace);
}

/// The same without A in memory: A = T^T W T + H of `system`, W handed over as `precision`
/// (source_system.hpp). By projected gradients, whatever options.method says. Throws Error where
/// the system has no diagonal, and as above. Synchronous. Cost of an iteration: that of
/// apply_system().
template <class ExecutionSpace, class Operator, class MemorySpace, class DataView, class VectorView>
NonnegativeResult nonnegative(const ExecutionSpace& space, const Operator& precision,
                              const SourceSystem<MemorySpace>& system, const DataView& data_vector,
                              const VectorView& x, const NonnegativeOptions& options,
                              NonnegativeWorkspace<ExecutionSpace>& workspace) {
  const std::size_t sources = system.sources();
  expect_system("nonnegative", system);
  expect_shape("nonnegative", "data_vector", data_vector, std::array<std::size_t, 1>{sources});
  expect_shape("nonnegative", "x", x, std::array<std::size_t, 1>{sources});
  impl::system_diagonal<ExecutionSpace>(space, system, workspace.diagonal);
  impl::ProjectedGradient<ExecutionSpace> iteration(
      space, strided_input<ExecutionSpace>(data_vector), workspace.diagonal,
      strided_output<ExecutionSpace>(x), impl::gradient_options(options, sources),
      workspace.gradient);
  const auto& vectors = workspace.gradient;
  if (options.warm_start) {
    apply_system(space, precision, system, vectors.x, vectors.product, workspace.system);
    iteration.start(space);
  }
  do {
    iteration.aim(space);
    apply_system(space, precision, system, vectors.direction, vectors.product, workspace.system);
  } while (iteration.step(space));
  const impl::ProjectedGradientResult found = iteration.finish(space);
  return {found.iterations, found.positive, found.kkt_residual,
          found.kkt_residual <= options.tolerance};
}

#define GLINT_EXTERN(Space)                                                            \
  extern template NonnegativeResult impl::nonnegative<Space>(                          \
      const Space&, const StridedInput<const double**, Space>&,                        \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&, \
      const NonnegativeOptions&, NonnegativeWorkspace<Space>&);                        \
  extern template void impl::system_diagonal<Space>(                                   \
      const Space&, const SourceSystem<typename Space::memory_space>&,                 \
      Vector<double, typename Space::memory_space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
