// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CONJUGATE_GRADIENT_HPP
#define GLINT_CONJUGATE_GRADIENT_HPP

#include <glint/source_system.hpp>
#include <vector>

/// The most probable source without F = T^T W T: conjugate gradients (Hestenes & Stiefel 1952) for
/// (T^T W T + H) x = D, one product with W to an iteration. At the regularization that the evidence
/// prefers F + H has a condition of 10 to 200, and some 20 iterations give eight digits.

namespace glint {

/// An approximate inverse of F + H that every iteration is multiplied by.
///
/// A sparse factor of H + w T^T T was tried and left out: it saves hardly an iteration beside
/// jacobi and costs more than that.
enum class Preconditioner {
  none,
  jacobi,  ///< 1 / diag(F + H); needs SourceSystem::diagonal
};

/// "none", "jacobi".
const std::string& preconditioner_name(Preconditioner preconditioner);

struct ConjugateGradientOptions {
  Preconditioner preconditioner = Preconditioner::jacobi;
  double tolerance = 1e-8;  ///< of |D - (F + H) x| / |D|, Euclidean norms
  std::size_t max_iterations = 1000;
  bool warm_start = false;  ///< start from what x holds, for one more product with W
  /// Iterations between two looks at the residual, each of which waits for the space; 0: every one
  /// on the host, every fourth on devices.
  std::size_t check_every = 0;
};

struct ConjugateGradientResult {
  std::size_t iterations = 0;
  double relative_residual = 0.0;  ///< as the recurrence has it, true to some 1e-15 times condition
  bool converged = false;          ///< relative_residual <= tolerance
};

/// Working memory: two images and 5 S numbers. Nothing is allocated as long as sizes stay.
template <class ExecutionSpace>
struct ConjugateGradientWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  SystemWorkspace<ExecutionSpace> system;
  Vector<double, Memory> x, residual, direction, product, inverse;
  Vector<double, Memory> scalars;  ///< parts of scalar products, see impl/system_kernels.hpp
  std::vector<double> host;
};

namespace impl {

/// All of an iteration but the product with W.
template <class ExecutionSpace>
class ConjugateGradient {
 public:
  using Memory = typename ExecutionSpace::memory_space;
  using System = SourceSystem<Memory>;

  ConjugateGradient(const ExecutionSpace& space, const System& system,
                    const StridedInput<const double*, ExecutionSpace>& data_vector,
                    const StridedInput<const double*, ExecutionSpace>& start,
                    const ConjugateGradientOptions& options,
                    ConjugateGradientWorkspace<ExecutionSpace>& workspace);

  /// image = T times the vector whose product is needed next: x, then directions.
  void map(const ExecutionSpace& space, bool start);
  /// residual = D - (F + H) x, from the response to x.
  void subtract(const ExecutionSpace& space);
  void begin(const ExecutionSpace& space);
  /// x, residual and direction of the next iteration, from the response to the direction.
  void advance(const ExecutionSpace& space);
  /// Whether it has converged or is to stop. Waits when it is time to look.
  bool finished(const ExecutionSpace& space);
  /// Hands over x. Waits.
  ConjugateGradientResult finish(const ExecutionSpace& space,
                                 const StridedOutput<double*, ExecutionSpace>& x);

 private:
  using Numbers = Vector<double, Memory>;
  enum Part { rz0, rz1, rr, dd, pq, count };
  Numbers parts(Part part) const;
  void look(const ExecutionSpace& space);

  const System& system_;
  ConjugateGradientOptions options_;
  ConjugateGradientWorkspace<ExecutionSpace>& workspace_;
  StridedInput<const double*, ExecutionSpace> data_vector_;
  std::size_t stretches_ = 0;
  ConjugateGradientResult result_;
};

}  // namespace impl

/// Solves (T^T W T + H) x = D to options.tolerance; `precision` is W, see source_system.hpp.
///
/// `data_vector` D and `x` (S): double, any stride. x holds the last iterate whether or not it
/// converged: look at the result. Throws Error on shapes that do not fit, for jacobi without a
/// diagonal, when the residual is no finite number, and when F + H shows that it is not positive
/// definite. Synchronous. Cost of an iteration: one product with W, 2 M B + S P multiply-adds. The
/// same bits for any number of threads, where those of `precision` are.
template <class ExecutionSpace, class Operator, class MemorySpace, class DataView, class VectorView>
ConjugateGradientResult conjugate_gradient(const ExecutionSpace& space, const Operator& precision,
                                           const SourceSystem<MemorySpace>& system,
                                           const DataView& data_vector, const VectorView& x,
                                           const ConjugateGradientOptions& options,
                                           ConjugateGradientWorkspace<ExecutionSpace>& workspace) {
  expect_shape("conjugate_gradient", "data_vector", data_vector,
               std::array<std::size_t, 1>{system.sources()});
  expect_shape("conjugate_gradient", "x", x, std::array<std::size_t, 1>{system.sources()});
  impl::ConjugateGradient<ExecutionSpace> iteration(
      space, system, strided_input<ExecutionSpace>(data_vector), strided_input<ExecutionSpace>(x),
      options, workspace);
  const auto& images = workspace.system;
  if (options.warm_start) {
    iteration.map(space, true);
    precision.apply(space, images.image, images.response);
    iteration.subtract(space);
  }
  iteration.begin(space);
  while (!iteration.finished(space)) {
    iteration.map(space, false);
    precision.apply(space, images.image, images.response);
    iteration.advance(space);
  }
  return iteration.finish(space, strided_output<ExecutionSpace>(x));
}
template <class ExecutionSpace, class Operator, class MemorySpace, class DataView, class VectorView>
ConjugateGradientResult conjugate_gradient(const ExecutionSpace& space, const Operator& precision,
                                           const SourceSystem<MemorySpace>& system,
                                           const DataView& data_vector, const VectorView& x,
                                           const ConjugateGradientOptions& options = {}) {
  ConjugateGradientWorkspace<ExecutionSpace> workspace;
  return conjugate_gradient(space, precision, system, data_vector, x, options, workspace);
}

#define GLINT_EXTERN(Space) extern template class impl::ConjugateGradient<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
