// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_PROJECTED_GRADIENT_HPP
#define GLINT_IMPL_PROJECTED_GRADIENT_HPP

#include <glint/backends.hpp>
#include <glint/execution.hpp>
#include <vector>

/// Projected gradients for 1/2 x^T A x - D^T x over x >= 0, all but the product with A.
///
/// In the metric a = diag(A): d = max(0, x - l g/a) - x, a step t along d, g = A x - D. One product
/// A d to an iteration gives the value for every t, the new gradient and both lengths of Barzilai &
/// Borwein, of which the shorter is taken where they differ by more than 2 (Zhou, Gao & Dai 2006).
/// t = 1 where the value stays below the largest of the last ten (Grippo, Lampariello & Lucidi
/// 1986), otherwise the minimum along d.

namespace glint {

/// Working memory of the projected gradients: 5 S numbers.
template <class ExecutionSpace>
struct ProjectedGradientWorkspace {
  using Memory = typename ExecutionSpace::memory_space;
  Vector<double, Memory> x, slope, direction, product, data, parts;
  std::vector<double> host;
};

namespace impl {

struct ProjectedGradientOptions {
  double tolerance;
  std::size_t max_iterations;
  bool warm_start;
};

struct ProjectedGradientResult {
  std::size_t iterations = 0, positive = 0;
  double kkt_residual = 0.0;
};

/// Who uses it computes product = A x, calls start() where the start is warm, and then, as long as
/// step() says so: aim(), product = A direction, step().
template <class ExecutionSpace>
class ProjectedGradient {
 public:
  using Memory = typename ExecutionSpace::memory_space;
  using Numbers = Vector<double, Memory>;

  ProjectedGradient(const ExecutionSpace& space,
                    const StridedInput<const double*, ExecutionSpace>& data_vector,
                    const Numbers& diagonal, const StridedOutput<double*, ExecutionSpace>& x,
                    const ProjectedGradientOptions& options,
                    ProjectedGradientWorkspace<ExecutionSpace>& workspace);

  /// slope = product - D.
  void start(const ExecutionSpace& space);
  void aim(const ExecutionSpace& space);
  /// Moves, unless what aim() found is the solution. Waits.
  bool step(const ExecutionSpace& space);
  /// Hands over x. Waits.
  ProjectedGradientResult finish(const ExecutionSpace& space);

 private:
  enum Part { slope_direction, direction_square, curvature, product_square, residual, data, count };
  Numbers parts(Part part) const;
  double length_of_step();

  StridedOutput<double*, ExecutionSpace> out_;
  Numbers diagonal_;
  ProjectedGradientOptions options_;
  ProjectedGradientWorkspace<ExecutionSpace>& workspace_;
  std::size_t sources_ = 0, stretches_ = 0;
  double length_ = 1.0, value_ = 0.0;
  std::vector<double> values_;  // the last ten
  double sums_[count] = {};
  ProjectedGradientResult result_;
};

}  // namespace impl

#define GLINT_EXTERN(Space) extern template class impl::ProjectedGradient<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
