// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LIKELIHOOD_HPP
#define GLINT_LIKELIHOOD_HPP

#include <glint/curvature_matrix.hpp>
#include <glint/data_vector.hpp>
#include <glint/dense_solve.hpp>
#include <glint/evidence.hpp>
#include <glint/inverse_factor.hpp>
#include <glint/uv_sums.hpp>
#include <optional>
#include <utility>

/// The evidence of a source for a mapping, as often as a sampler asks: from the sums over the
/// visibilities, at a cost that knows nothing of their number.

namespace glint {

struct LikelihoodOptions {
  SolveMethod method = SolveMethod::automatic;
  /// direct, fft, or automatic: the faster of the two by curvature_cost().
  CurvatureMethod curvature = CurvatureMethod::direct;
};

/// Everything that evaluations for M image pixels, S source pixels, B source pixels per image pixel
/// need: 8 S^2 bytes, a CurvaturePlan, a CholeskyPlan and O(M B + S P) more. Made once; nothing is
/// allocated after the first evaluation with the most neighbours.
///
/// An evaluation is
///   F = T^T W T (curvature.hpp) in one triangle, D = T^T d, F + H = U^T U once for both
///   x = (F + H)^-1 D and ln det(F + H), ln det H on the host while devices still work,
///   x^T H x from the neighbours, chi^2 = data_term - x^T D - x^T H x,
/// the last because (F + H) x = D; it is chi_squared() to rounding of data_term. One coefficient
/// serves all terms.
///
/// A plan serves one thread at a time.
template <class ExecutionSpace>
class LikelihoodPlan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  /// Throws Error as CurvaturePlan and CholeskyPlan do, on another curvature method, and on fft in
  /// a build without an FFT library. Synchronous.
  LikelihoodPlan(const ExecutionSpace& space, const SkyPixels<MemorySpace>& pixels,
                 std::size_t sources, std::size_t width, const LikelihoodOptions& options = {});

  std::size_t sources() const { return sources_; }

  /// Copies and checks the neighbour table (S, P), int or std::int64_t, any layout; it holds for
  /// all evaluations until the next call. Throws Error when check_neighbours() would; then the plan
  /// has no neighbours. Synchronous.
  template <class NeighbourView>
  void set_neighbours(const ExecutionSpace& space, const NeighbourView& neighbours) {
    static_assert(compat::rank_v<NeighbourView> == 2,
                  "glint: a neighbour table has two dimensions");
    expect_shape("LikelihoodPlan::set_neighbours", "neighbours", neighbours,
                 std::array<std::size_t, 2>{sources_, neighbours.extent(1)});
    copy_neighbours<typename NeighbourView::non_const_value_type>(
        space, strided_input<ExecutionSpace>(neighbours));
  }

  /// All terms for a mapping of M pixels, S sources and rows of at most B. `sums`: of the pixels
  /// the plan was made for. Throws Error when something does not fit, when set_neighbours() has not
  /// been called, and when F + H is not positive definite, naming the pivot. Synchronous.
  Evidence evaluate(const ExecutionSpace& space, const UvSums<ExecutionSpace>& sums,
                    const SparseMapping<MemorySpace>& mapping, double coefficient);

  /// The same with F = T^T W T from a dense W, (M, M), row-major: for as few pixels that W fits.
  /// `sums` gives the dirty image and the sums. Another 8 S M bytes, from the first such call on.
  /// Cost of F: M^2 B + S M B/2 multiply-adds.
  template <class MatrixView>
  Evidence evaluate_via_w_tilde(const ExecutionSpace& space, const MatrixView& w,
                                const UvSums<ExecutionSpace>& sums,
                                const SparseMapping<MemorySpace>& mapping, double coefficient) {
    expect_shape("LikelihoodPlan::evaluate_via_w_tilde", "w", w,
                 std::array<std::size_t, 2>{pixels_, pixels_});
    return evaluate_dense(space, input_matrix<ExecutionSpace>(w), sums, mapping, coefficient);
  }

  /// d log_likelihood / d coefficient at the mapping and coefficient c of the last evaluation,
  ///   -c [x^T L x + tr (F + H)^-1 L - tr H^-1 L],   H = c^2 L + 1e-8 I.
  /// With V = U^-T the first trace is the sum over the rows v of V of v^T L v, and that a sum over
  /// pairs of neighbours of (v_s - v_t)^2: no inverse is formed and nothing cancels. The other
  /// trace comes with another elimination in the mesh. Throws Error before an evaluation.
  /// Synchronous. Another 8 S^2 bytes, from the first call on. Cost: S^3/6 + S^2 P/2 multiply-adds,
  /// about the factorization again.
  double derivative(const ExecutionSpace& space);

  /// What the last evaluation left, (S) each: D and the reconstruction x.
  const Vector<double, MemorySpace>& data_vector() const { return data_vector_; }
  const Vector<double, MemorySpace>& reconstruction() const { return x_; }
  /// U with F + H = U^T U in the upper triangle, (S, S); below it, anything.
  const Matrix<double, MemorySpace>& factor() const { return matrix_; }

 private:
  template <class Index>
  void copy_neighbours(const ExecutionSpace& space,
                       const StridedInput<const Index**, ExecutionSpace>& neighbours);
  Evidence evaluate_dense(const ExecutionSpace& space, const InputMatrix<double, ExecutionSpace>& w,
                          const UvSums<ExecutionSpace>& sums,
                          const SparseMapping<MemorySpace>& mapping, double coefficient);
  void check(const UvSums<ExecutionSpace>& sums, const SparseMapping<MemorySpace>& mapping) const;
  Evidence finish(const ExecutionSpace& space, const UvSums<ExecutionSpace>& sums,
                  double coefficient);

  std::size_t pixels_ = 0, sources_ = 0, columns_ = 0;
  SkyGrid grid_;
  bool has_neighbours_ = false, evaluated_ = false;
  double coefficient_ = 0.0;  // of the last evaluation
  CurvaturePlan<ExecutionSpace> curvature_;
  std::optional<impl::FftCurvature<ExecutionSpace, double>> transforms_;  // instead, when there
  CholeskyPlan<ExecutionSpace> cholesky_;
  SourceMapping<MemorySpace> by_source_;
  RegularizationWorkspace<ExecutionSpace> regularization_;
  Matrix<double, MemorySpace> matrix_, w_rows_;
  Matrix<double, MemorySpace> inverted_;
  InverseFactorWorkspace<ExecutionSpace> inverse_;
  Vector<double, MemorySpace> data_vector_, x_;
  Vector<int, MemorySpace> neighbours_;
};

/// One evaluation with a neighbour table of its own: set_neighbours() and evaluate().
template <class ExecutionSpace, class MemorySpace, class NeighbourView>
Evidence log_likelihood(const ExecutionSpace& space, LikelihoodPlan<ExecutionSpace>& plan,
                        const UvSums<ExecutionSpace>& sums,
                        const SparseMapping<MemorySpace>& mapping, const NeighbourView& neighbours,
                        double coefficient) {
  plan.set_neighbours(space, neighbours);
  return plan.evaluate(space, sums, mapping, coefficient);
}

#define GLINT_EXTERN(Space) extern template class LikelihoodPlan<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
