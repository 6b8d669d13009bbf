// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_EVIDENCE_SCAN_HPP
#define GLINT_EVIDENCE_SCAN_HPP

#include <glint/best_coefficient.hpp>
#include <glint/dense_solve.hpp>
#include <glint/evidence.hpp>
#include <glint/impl/mesh_forms.hpp>
#include <glint/inverse_factor.hpp>
#include <glint/symmetric_eigen.hpp>
#include <vector>

/// The evidence for any number of strengths of the regularization from one factorization.

namespace glint {

struct EvidenceScanOptions {
  SolveMethod method = SolveMethod::automatic;  ///< of the factorization and the eigenvalues
};

/// For one mapping, that is one F and one D, and any coefficient c in H = c^2 L + e I, e = 1e-8, L
/// the Laplacian of the mesh.
///
/// prepare() factors the pair of matrices once, at a reference coefficient r:
///   A = F + e I + r^2 L = U^T U,   U^-T L U^-1 = Q^T diag(nu) Q,   b = Q U^-T D.
/// Then F + H = U^T Q^T diag(1 + (c^2 - r^2) nu) Q U, so that with z_k = b_k / (1 + (c^2 - r^2)
/// nu_k)
///   x = U^-1 Q^T z,   x^T D = sum of b_k z_k,   x^T L x = sum of nu_k z_k^2,
///   ln det(F + H) = ln det A + sum of ln(1 + (c^2 - r^2) nu_k),
/// and ln det H by elimination in the mesh, as log_determinant_regularization().
///
/// Rounding: relative to (F + H) about 1e-16 times the condition of A times the larger of (c/r)^2
/// and (r/c)^2, so take r from the middle of the coefficients of interest. LikelihoodPlan is as
/// right at every c.
///
/// Memory: 24 S^2 bytes and a SymmetricEigenPlan, 40 S^2 in all. Nothing is allocated after the
/// first use with the most neighbours and coefficients. A scan serves one thread at a time.
template <class ExecutionSpace>
class EvidenceScan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  /// Throws Error as CholeskyPlan and SymmetricEigenPlan do. Synchronous.
  EvidenceScan(const ExecutionSpace& space, std::size_t sources,
               const EvidenceScanOptions& options = {});

  std::size_t sources() const { return sources_; }

  /// Copies and checks the neighbour table (S, P), int or std::int64_t, any layout; it holds for
  /// all that is prepared until the next call. Throws Error when check_neighbours() would; then
  /// the scan has no neighbours. Synchronous.
  template <class NeighbourView>
  void set_neighbours(const ExecutionSpace& space, const NeighbourView& neighbours) {
    static_assert(compat::rank_v<NeighbourView> == 2,
                  "glint: a neighbour table has two dimensions");
    expect_shape("EvidenceScan::set_neighbours", "neighbours", neighbours,
                 std::array<std::size_t, 2>{sources_, neighbours.extent(1)});
    copy_neighbours<typename NeighbourView::non_const_value_type>(
        space, strided_input<ExecutionSpace>(neighbours));
  }

  /// Factors the pair. `curvature` F: (S, S), double, any layout, of which the upper triangle is
  /// read; `data_vector` D: (S); `data_term` and `noise_normalization` as UvSums has them;
  /// `reference`: the coefficient r.
  ///
  /// Throws Error on wrong shapes, before set_neighbours(), for a reference whose square is not
  /// finite, and when A is not positive definite, naming the pivot. Synchronous. Cost: 2.4 S^3
  /// multiply-adds and the eigenvectors: some 15 evaluations by LikelihoodPlan at S = 1000.
  template <class MatrixView, class VectorView>
  void prepare(const ExecutionSpace& space, const MatrixView& curvature,
               const VectorView& data_vector, double data_term, double noise_normalization,
               double reference) {
    expect_shape("EvidenceScan::prepare", "curvature", curvature,
                 std::array<std::size_t, 2>{sources_, sources_});
    expect_shape("EvidenceScan::prepare", "data_vector", data_vector,
                 std::array<std::size_t, 1>{sources_});
    data_term_ = data_term;
    noise_normalization_ = noise_normalization;
    factor(space, strided_input<ExecutionSpace>(curvature),
           strided_input<ExecutionSpace>(data_vector), reference);
  }

  /// The log likelihood at a coefficient and its derivative,
  ///   -c [x^T L x + tr (F + H)^-1 L - tr H^-1 L],
  /// on the host from S numbers. Throws Error before prepare(), for a coefficient whose square is
  /// not finite, and when F + H is not positive definite to rounding. Synchronous. Cost: O(S) and
  /// three eliminations in the mesh, see log_determinant_regularization().
  LikelihoodSlope slope(double coefficient);

  /// All terms at every coefficient, and the reconstructions. `terms` becomes as long as
  /// `coefficients`. Throws Error as slope(). Synchronous. Cost: S^2 multiply-adds and an
  /// elimination each.
  void evaluate(const ExecutionSpace& space, const std::vector<double>& coefficients,
                std::vector<Evidence>& terms);

  /// x for every coefficient of the last evaluate(), (coefficients, S); valid until the next one.
  InputMatrix<double, ExecutionSpace> reconstructions() const {
    return InputMatrix<double, ExecutionSpace>(solutions_.data(), evaluated_, sources_);
  }

  /// The coefficient from `low` to `high` with the largest log likelihood, see
  /// best_coefficient.hpp.
  BestCoefficient best(double low, double high, const CoefficientSearch& search = {}) {
    return best_coefficient([this](double c) { return slope(c); }, low, high, search);
  }

 private:
  template <class Index>
  void copy_neighbours(const ExecutionSpace& space,
                       const StridedInput<const Index**, ExecutionSpace>& neighbours);
  void factor(const ExecutionSpace& space,
              const StridedInput<const double**, ExecutionSpace>& curvature,
              const StridedInput<const double*, ExecutionSpace>& data_vector, double reference);
  double shift(double coefficient) const;

  std::size_t sources_ = 0, evaluated_ = 0;
  bool has_neighbours_ = false, prepared_ = false;
  double reference_ = 0.0, log_determinant_ = 0.0;  // of A
  double data_term_ = 0.0, noise_normalization_ = 0.0;
  CholeskyPlan<ExecutionSpace> cholesky_;
  SymmetricEigenPlan<ExecutionSpace> eigen_;
  InverseFactorWorkspace<ExecutionSpace> inverse_;
  RegularizationWorkspace<ExecutionSpace> regularization_;
  impl::NeighbourTable<ExecutionSpace> table_;
  // A, U, the reduced matrix, Q; U^-T; L's products, then the rows Q U^-T.
  Matrix<double, MemorySpace> matrix_, inverted_, basis_;
  Vector<double, MemorySpace> numbers_;                      // eigenvalues and b
  Vector<double, MemorySpace> factors_, solutions_, norms_;  // of evaluate()
  std::vector<double> nu_, b_, host_;
};

#define GLINT_EXTERN(Space) extern template class EvidenceScan<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
