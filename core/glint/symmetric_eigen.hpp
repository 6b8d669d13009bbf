// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SYMMETRIC_EIGEN_HPP
#define GLINT_SYMMETRIC_EIGEN_HPP

#include <glint/dense_solve.hpp>

/// Eigenvalues and eigenvectors of dense symmetric matrices in double: LAPACK on the host, cuSOLVER
/// and hipSOLVER on devices, and plain Kokkos kernels that need no library. Matrices as in
/// dense_solve.hpp.

namespace glint {

/// A = sum over k of values(k) v_k v_k^T for symmetric matrices of one size S.
///
/// library: divide and conquer (LAPACK's and the devices' syevd), some 9 S^3 operations and 16 S^2
/// bytes of workspace on the host. plain: Jacobi's rotations, as many at a time as are independent
/// of each other (Golub & Van Loan, Matrix Computations, section 8.5), some 6 S^3 multiply-adds a
/// sweep and 6 to 10 sweeps, by one thread on hosts, 16 S^2 bytes. Values are right to some 1e-14
/// of the largest.
///
/// Made once, used for any number of matrices without new memory. A plan serves one thread at a
/// time; copies share its memory.
template <class ExecutionSpace>
class SymmetricEigenPlan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  SymmetricEigenPlan() = default;

  /// automatic is the library wherever there is one. Throws Error for SolveMethod::library where
  /// there is none, and above 2^31 - 1 unknowns.
  SymmetricEigenPlan(const ExecutionSpace& space, std::size_t size,
                     const SolveOptions& options = {});

  std::size_t size() const { return size_; }
  /// What automatic became.
  SolveMethod method() const { return method_; }

  /// `values` (S): the eigenvalues, ascending; row k of `a` (S, S) becomes the unit vector v_k. Of
  /// A only the upper triangle, A(i, j) with i <= j, is read; all of it is overwritten. Throws
  /// Error when the values are not found, as where A holds numbers that are not finite.
  /// Synchronous.
  template <class MatrixView, class VectorView>
  void decompose(const ExecutionSpace& space, const MatrixView& a, const VectorView& values) const {
    run(space, impl::dense_matrix<ExecutionSpace>("SymmetricEigenPlan::decompose", "A", a, size_),
        impl::dense_vector<ExecutionSpace>("SymmetricEigenPlan::decompose", "values", values,
                                           size_));
  }

 private:
  void run(const ExecutionSpace& space, const impl::DenseMatrix& a, double* values) const;
  void run_plainly(const ExecutionSpace& space, const impl::DenseMatrix& a, double* values) const;

  std::size_t size_ = 0;
  SolveMethod method_ = SolveMethod::plain;
  Vector<int, MemorySpace> status_;
  Vector<double, MemorySpace> workspace_;
  std::shared_ptr<impl::SolveEngine> engine_;
};

#define GLINT_EXTERN(Space) extern template class SymmetricEigenPlan<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
