// SPDX-License-Identifier: BSD-3-Clause
#include "solve_engine.hpp"

#if defined(GLINT_HAVE_LAPACK)
#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "library_threads.hpp"

// LAPACK's Fortran interface; the lengths of the strings come last.
extern "C" {
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info, std::size_t);
void dpotrs_(const char* uplo, const int* n, const int* nrhs, const double* a, const int* lda,
             double* b, const int* ldb, int* info, std::size_t);
void dgetrf_(const int* m, const int* n, double* a, const int* lda, int* ipiv, int* info);
void dgetrs_(const char* trans, const int* n, const int* nrhs, const double* a, const int* lda,
             const int* ipiv, double* b, const int* ldb, int* info, std::size_t);
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info, std::size_t,
             std::size_t);
}

namespace glint::impl {
namespace {

/// LAPACK counts columns first: our upper triangle is its lower one, our matrix its transpose.
class LapackEngine final : public SolveEngine {
 public:
  std::size_t workspace(int) override { return 0; }
  void cholesky(const void* threads, int size, const DenseMatrix& a, double*,
                int* status) override {
    const LibraryThreads guard(*static_cast<const int*>(threads));
    const int lda = static_cast<int>(a.step);
    dpotrf_("L", &size, a.data, &lda, status, 1);
  }
  void cholesky_solve(const void* threads, int size, const DenseMatrix& u, double* x,
                      int*) override {
    const LibraryThreads guard(*static_cast<const int*>(threads));
    const int lda = static_cast<int>(u.step), one = 1;
    int info = 0;
    dpotrs_("L", &size, &one, u.data, &lda, x, &size, &info, 1);
  }
  void lu(const void* threads, int size, const DenseMatrix& a, double*, int* pivots,
          int* status) override {
    const LibraryThreads guard(*static_cast<const int*>(threads));
    const int lda = static_cast<int>(a.step);
    dgetrf_(&size, &size, a.data, &lda, pivots, status);
  }
  void lu_solve(const void* threads, int size, const DenseMatrix& a, const int* pivots, double* x,
                int*) override {
    const LibraryThreads guard(*static_cast<const int*>(threads));
    const int lda = static_cast<int>(a.step), one = 1;
    int info = 0;
    dgetrs_("T", &size, &one, a.data, &lda, pivots, x, &size, &info, 1);
  }
  std::size_t eigen_workspace(int size) override {
    double numbers = 0.0, nothing = 0.0;
    int integers = 0, info = 0;
    const int ask = -1;
    dsyevd_("V", "L", &size, &nothing, &size, &nothing, &numbers, &ask, &integers, &ask, &info, 1,
            1);
    integers_.resize(static_cast<std::size_t>(std::max(integers, 1)));
    // It is counted in int, which 2 S^2 need not fit.
    constexpr double most = std::numeric_limits<int>::max();
    GLINT_EXPECTS(info == 0 && numbers <= most, "SymmetricEigenPlan: ", size,
                  " unknowns are more than LAPACK can count");
    return static_cast<std::size_t>(numbers);
  }
  void eigen(const void* threads, int size, const DenseMatrix& a, double* values, double* workspace,
             std::size_t numbers, int* status) override {
    const LibraryThreads guard(*static_cast<const int*>(threads));
    const int lda = static_cast<int>(a.step), lwork = static_cast<int>(numbers),
              liwork = static_cast<int>(integers_.size());
    dsyevd_("V", "L", &size, a.data, &lda, values, workspace, &lwork, integers_.data(), &liwork,
            status, 1, 1);
  }

 private:
  std::vector<int> integers_;
};

}  // namespace

std::unique_ptr<SolveEngine> make_lapack() { return std::make_unique<LapackEngine>(); }

}  // namespace glint::impl
#endif
