// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DENSE_SOLVE_HPP
#define GLINT_DENSE_SOLVE_HPP

#include <array>
#include <cstddef>
#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <memory>
#include <string>
#include <type_traits>

/// Dense linear systems in double: Cholesky for symmetric positive definite matrices and LU for
/// any. LAPACK on the host, cuSOLVER and hipSOLVER on devices, found when glint is configured and
/// kept out of this header, and plain Kokkos kernels that need no library.
///
/// Matrices are square Views of double with contiguous rows, which may be padded (stride(1) is 1).

namespace glint {

/// Who computes.
enum class SolveMethod {
  automatic,  ///< plain on the host up to 3000 unknowns, where it is at least as fast as the
              ///< libraries we measured, and wherever there is no library; otherwise library
  plain,      ///< glint's own kernels: the same bits for any number of threads
  library,    ///< LAPACK, cuSOLVER or hipSOLVER
};

struct SolveOptions {
  SolveMethod method = SolveMethod::automatic;
};

/// "automatic", "plain", "library".
const std::string& solve_method_name(SolveMethod method);

/// The library for dense systems on an execution space in this build: "LAPACK", "cuSOLVER" or
/// "hipSOLVER"; "" when there is none.
template <class ExecutionSpace>
std::string solve_library();

namespace impl {
class SolveEngine;

/// What the plans pass on: a matrix with contiguous rows.
struct DenseMatrix {
  double* data = nullptr;
  std::size_t step = 0;  ///< from one row to the next
};

template <class ExecutionSpace, class View>
DenseMatrix dense_matrix(const char* function, const char* name, const View& view,
                         std::size_t size) {
  static_assert(std::is_same_v<typename View::value_type, double>,
                "glint: the matrix must be a View of double");
  static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
                "glint: the matrix must be accessible from the execution space");
  expect_shape(function, name, view, std::array<std::size_t, 2>{size, size});
  GLINT_EXPECTS(size < 2 || view.stride(1) == 1, function, ": ", name,
                " must have contiguous rows, not a stride of ", view.stride(1));
  return {view.data(), size < 2 ? size : static_cast<std::size_t>(view.stride(0))};
}

template <class ExecutionSpace, class View>
double* dense_vector(const char* function, const char* name, const View& view, std::size_t size) {
  static_assert(std::is_same_v<typename View::value_type, double>,
                "glint: the vector must be a View of double");
  static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
                "glint: the vector must be accessible from the execution space");
  expect_shape(function, name, view, std::array<std::size_t, 1>{size});
  GLINT_EXPECTS(size < 2 || view.stride(0) == 1, function, ": ", name,
                " must be contiguous, not of stride ", view.stride(0));
  return view.data();
}
}  // namespace impl

/// A = U^T U for symmetric positive definite matrices of one size S: S^3/6 multiply-adds to factor,
/// S^2 to solve.
///
/// Only the upper triangle, A(i, j) with i <= j, is read; it is overwritten by U. The rest is
/// neither read nor written by the plain method and untouched by LAPACK. Made once, used for any
/// number of matrices without new memory (about 1 kB S on the host and 128 kB per thread). A plan
/// serves one thread at a time; copies share its memory.
///
/// LAPACK runs on as many threads as the execution space, where it is OpenBLAS or MKL; its setting
/// is put back afterwards.
template <class ExecutionSpace>
class CholeskyPlan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  CholeskyPlan() = default;

  /// Throws Error for SolveMethod::library where there is none, and above 2^31 - 1 unknowns.
  CholeskyPlan(const ExecutionSpace& space, std::size_t size, const SolveOptions& options = {});

  std::size_t size() const { return size_; }
  /// What automatic became.
  SolveMethod method() const { return method_; }

  /// Factors A in place. Throws Error, with the first pivot that is not positive and its number,
  /// when A is not positive definite. Synchronous.
  template <class MatrixView>
  void factor(const ExecutionSpace& space, const MatrixView& a) const {
    const auto matrix = impl::dense_matrix<ExecutionSpace>("CholeskyPlan::factor", "A", a, size_);
    run_factor(space, matrix);
    run_check(space, matrix);
  }

  /// The same without the check, which check() or log_determinant() make up for. Asynchronous on
  /// devices.
  template <class MatrixView>
  void factor_unchecked(const ExecutionSpace& space, const MatrixView& a) const {
    run_factor(space, impl::dense_matrix<ExecutionSpace>("CholeskyPlan::factor", "A", a, size_));
  }

  /// Throws what factor() throws. Synchronous.
  template <class MatrixView>
  void check(const ExecutionSpace& space, const MatrixView& u) const {
    run_check(space, impl::dense_matrix<ExecutionSpace>("CholeskyPlan::check", "U", u, size_));
  }

  /// x = A^-1 x, from the U that factor() left. Asynchronous on devices.
  template <class MatrixView, class VectorView>
  void solve(const ExecutionSpace& space, const MatrixView& u, const VectorView& x) const {
    run_solve(space, impl::dense_matrix<ExecutionSpace>("CholeskyPlan::solve", "U", u, size_),
              impl::dense_vector<ExecutionSpace>("CholeskyPlan::solve", "x", x, size_));
  }

  /// ln det A = 2 sum ln U(i, i), from the U that factor() left. Throws what factor() throws.
  /// Synchronous.
  template <class MatrixView>
  double log_determinant(const ExecutionSpace& space, const MatrixView& u) const {
    return run_log_determinant(
        space, impl::dense_matrix<ExecutionSpace>("CholeskyPlan::log_determinant", "U", u, size_));
  }

 private:
  void run_factor(const ExecutionSpace& space, const impl::DenseMatrix& a) const;
  void run_check(const ExecutionSpace& space, const impl::DenseMatrix& u) const;
  void run_solve(const ExecutionSpace& space, const impl::DenseMatrix& u, double* x) const;
  double run_log_determinant(const ExecutionSpace& space, const impl::DenseMatrix& u) const;

  std::size_t size_ = 0;
  SolveMethod method_ = SolveMethod::plain;
  Vector<int, MemorySpace> status_;        // of the library: 0 or the number of the bad pivot
  Vector<double, MemorySpace> workspace_;  // of the library, or panels of the plain method
  Vector<double, MemorySpace> blocks_;     // one diagonal block per thread of the plain method
  std::shared_ptr<impl::SolveEngine> engine_;
};

/// A x = b by LU with partial pivoting, for any square matrix: S^3/3 multiply-adds. (The library
/// factors the transpose, so it pivots among columns.)
template <class ExecutionSpace>
class LuPlan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  LuPlan() = default;

  /// Throws Error for SolveMethod::library where there is none, and above 2^31 - 1 unknowns. Here
  /// automatic is the library wherever there is one: the plain method is simple, not fast.
  LuPlan(const ExecutionSpace& space, std::size_t size, const SolveOptions& options = {});

  std::size_t size() const { return size_; }
  SolveMethod method() const { return method_; }

  /// x = A^-1 x; A is overwritten by its factors. Throws Error, with its number, when a pivot is
  /// zero or not finite. Synchronous.
  template <class MatrixView, class VectorView>
  void solve(const ExecutionSpace& space, const MatrixView& a, const VectorView& x) const {
    run(space, impl::dense_matrix<ExecutionSpace>("LuPlan::solve", "A", a, size_),
        impl::dense_vector<ExecutionSpace>("LuPlan::solve", "x", x, size_));
  }

 private:
  void run(const ExecutionSpace& space, const impl::DenseMatrix& a, double* x) const;

  std::size_t size_ = 0;
  SolveMethod method_ = SolveMethod::plain;
  Vector<int, MemorySpace> status_, pivots_;
  Vector<double, MemorySpace> workspace_;
  std::shared_ptr<impl::SolveEngine> engine_;
};

#define GLINT_EXTERN(Space)                  \
  extern template class CholeskyPlan<Space>; \
  extern template class LuPlan<Space>;       \
  extern template std::string solve_library<Space>();
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
