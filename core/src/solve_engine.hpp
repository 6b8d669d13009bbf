// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SOLVE_ENGINE_HPP
#define GLINT_SOLVE_ENGINE_HPP

#include <glint/dense_solve.hpp>
#include <memory>

/// What every library for dense systems offers the plans. Which of the makers exist is decided when
/// glint is configured: GLINT_HAVE_LAPACK, GLINT_HAVE_CUSOLVER, GLINT_HAVE_HIPSOLVER.

namespace glint::impl {

/// All arrays are in the memory of the space. `context`: on devices a pointer to the stream to run
/// on, on the host a pointer to the number of threads. `workspace` has workspace() numbers.
class SolveEngine {
 public:
  virtual ~SolveEngine() = default;
  /// Numbers that factoring a matrix of this size needs.
  virtual std::size_t workspace(int size) = 0;
  /// The upper triangle, row by row, becomes U with A = U^T U; status: 0 or the bad pivot, from 1.
  virtual void cholesky(const void* context, int size, const DenseMatrix& a, double* workspace,
                        int* status) = 0;
  virtual void cholesky_solve(const void* context, int size, const DenseMatrix& u, double* x,
                              int* status) = 0;
  virtual void lu(const void* context, int size, const DenseMatrix& a, double* workspace,
                  int* pivots, int* status) = 0;
  virtual void lu_solve(const void* context, int size, const DenseMatrix& a, const int* pivots,
                        double* x, int* status) = 0;
  /// Numbers that the eigenvectors of a matrix of this size need.
  virtual std::size_t eigen_workspace(int size) = 0;
  /// From the upper triangle, row by row: the eigenvalues, ascending, and the vectors as rows of A.
  /// status: 0 when they were found.
  virtual void eigen(const void* context, int size, const DenseMatrix& a, double* values,
                     double* workspace, std::size_t numbers, int* status) = 0;
};

std::unique_ptr<SolveEngine> make_lapack();
std::unique_ptr<SolveEngine> make_cusolver();
std::unique_ptr<SolveEngine> make_hipsolver();

}  // namespace glint::impl

#endif
