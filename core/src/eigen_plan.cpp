// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/symmetric_eigen.hpp>

#include "eigen_plain.hpp"
#include "solve_choice.hpp"

namespace glint {

namespace {

using namespace impl;

constexpr int most_sweeps = 40;

template <class ExecutionSpace>
double norm(const ExecutionSpace& space, const EigenArrays& arrays, bool off) {
  double sum = 0.0;
  Kokkos::parallel_reduce("glint::SymmetricEigenPlan::norm",
                          range(space, arrays.size * arrays.size), EigenNorm{arrays, off}, sum);
  return std::sqrt(sum);
}

[[noreturn]] void refuse(std::size_t size) {
  throw Error(concat("the eigenvalues of a symmetric matrix of ", size,
                     " rows cannot be found: is every element a finite number?"));
}

}  // namespace

template <class ExecutionSpace>
SymmetricEigenPlan<ExecutionSpace>::SymmetricEigenPlan(const ExecutionSpace& space,
                                                       std::size_t size,
                                                       const SolveOptions& options)
    : size_(size), method_(choose<ExecutionSpace>("SymmetricEigenPlan", options.method, size, 0)) {
  using Numbers = Vector<double, MemorySpace>;
  std::size_t numbers = 2 * size * size + size + 1;
  if (method_ == SolveMethod::library) {
    engine_ = make_engine<ExecutionSpace>();
    numbers = size == 0 ? 0 : engine_->eigen_workspace(static_cast<int>(size));
    status_ = allocate<Vector<int, MemorySpace>>(space, "glint::SymmetricEigenPlan::status", 1);
    fill(space, status_, 0);
  }
  workspace_ = allocate<Numbers>(space, "glint::SymmetricEigenPlan::workspace", numbers);
}

template <class ExecutionSpace>
void SymmetricEigenPlan<ExecutionSpace>::run(const ExecutionSpace& space, const DenseMatrix& a,
                                             double* values) const {
  if (size_ == 0) return;
  if (method_ != SolveMethod::library) return run_plainly(space, a, values);
  wait_on_host(space, "glint::SymmetricEigenPlan::decompose");
  engine_->eigen(Context<ExecutionSpace>(space).pointer(), static_cast<int>(size_), a, values,
                 workspace_.data(), workspace_.extent(0), status_.data());
  int status = 0;
  copy(space, Kokkos::View<int, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&status),
       Kokkos::View<const int, MemorySpace, Kokkos::MemoryUnmanaged>(status_.data()));
  compat::fence(space, "glint::SymmetricEigenPlan::check");
  if (status != 0) refuse(size_);
}

template <class ExecutionSpace>
void SymmetricEigenPlan<ExecutionSpace>::run_plainly(const ExecutionSpace& space,
                                                     const DenseMatrix& a, double* values) const {
  const std::size_t square = size_ * size_, players = size_ + size_ % 2;
  EigenArrays arrays{workspace_.data(),
                     workspace_.data() + square,
                     workspace_.data() + 2 * square,
                     size_,
                     players,
                     0};
  Kokkos::parallel_for("glint::SymmetricEigenPlan::start", range(space, square),
                       EigenStart{arrays, a});
  const double whole = norm(space, arrays, false);
  // Off the diagonal, rounding leaves about this.
  const double enough = 1e-17 * whole * static_cast<double>(size_);
  if (!std::isfinite(whole)) refuse(size_);
  for (int sweep = 0; norm(space, arrays, true) > enough; ++sweep) {
    if (sweep == most_sweeps) refuse(size_);
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      Kokkos::parallel_for("glint::SymmetricEigenPlan::sweep", range(space, 1), EigenSweep{arrays});
    } else {
      const std::size_t pairs = players / 2;
      for (arrays.round = 0; arrays.round + 1 < players; ++arrays.round) {
        Kokkos::parallel_for("glint::SymmetricEigenPlan::turn", range(space, pairs),
                             EigenTurn{arrays});
        Kokkos::parallel_for("glint::SymmetricEigenPlan::rows", range(space, pairs * size_),
                             EigenRows{arrays});
        Kokkos::parallel_for("glint::SymmetricEigenPlan::columns", range(space, pairs * size_),
                             EigenColumns{arrays});
      }
    }
  }
  Kokkos::parallel_for("glint::SymmetricEigenPlan::sort", range(space, size_),
                       EigenSort{arrays, a, values});
  compat::fence(space, "glint::SymmetricEigenPlan::decompose");
}

#define GLINT_INSTANTIATE(Space) template class SymmetricEigenPlan<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
