// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>

#include "lu_plain.hpp"
#include "solve_choice.hpp"

namespace glint {

const std::string& solve_method_name(SolveMethod method) {
  static const std::string names[] = {"automatic", "plain", "library"};
  return names[static_cast<int>(method)];
}

template <class ExecutionSpace>
std::string solve_library() {
  switch (impl::library<ExecutionSpace>()) {
    case impl::Library::lapack:
      return "LAPACK";
    case impl::Library::cusolver:
      return "cuSOLVER";
    case impl::Library::hipsolver:
      return "hipSOLVER";
    case impl::Library::none:
      break;
  }
  return "";
}

namespace {

using namespace impl;

template <class ExecutionSpace>
void solve_plainly(const ExecutionSpace& space, int size, const DenseMatrix& a, double* x) {
  using Policy = Kokkos::TeamPolicy<ExecutionSpace>;
  const int threads = team_size<ExecutionSpace>(256);
  for (int k = 0; k < size; ++k) {
    Kokkos::parallel_for("glint::LuPlan::pivot", Policy(space, 1, threads),
                         LuPivot<ExecutionSpace>{a, size, k, x});
    if (k + 1 == size) break;
    Kokkos::parallel_for("glint::LuPlan::update", Policy(space, size - k - 1, threads),
                         LuUpdate<ExecutionSpace>{a, size, k, x});
  }
  Kokkos::parallel_for("glint::LuPlan::back", Policy(space, 1, threads),
                       LuBack<ExecutionSpace>{a, size, x});
}

/// The first pivot that is zero or not finite.
struct FirstZeroPivot {
  DenseMatrix a;
  KOKKOS_FUNCTION void operator()(int k, int& first) const {
    const double pivot = a.data[k * a.step + k];
    if (!(pivot != 0.0 && math::isfinite(pivot)) && k < first) first = k;
  }
};

}  // namespace

template <class ExecutionSpace>
LuPlan<ExecutionSpace>::LuPlan(const ExecutionSpace& space, std::size_t size,
                               const SolveOptions& options)
    : size_(size), method_(choose<ExecutionSpace>("LuPlan", options.method, size, 0)) {
  using Integers = Vector<int, MemorySpace>;
  if (method_ != SolveMethod::library) return;
  engine_ = make_engine<ExecutionSpace>();
  status_ = allocate<Integers>(space, "glint::LuPlan::status", 1);
  pivots_ = allocate<Integers>(space, "glint::LuPlan::pivots", size);
  workspace_ = allocate<Vector<double, MemorySpace>>(space, "glint::LuPlan::workspace",
                                                     engine_->workspace(static_cast<int>(size)));
}

template <class ExecutionSpace>
void LuPlan<ExecutionSpace>::run(const ExecutionSpace& space, const DenseMatrix& a,
                                 double* x) const {
  if (size_ == 0) return;
  const int size = static_cast<int>(size_);
  if (method_ == SolveMethod::library) {
    wait_on_host(space, "glint::LuPlan::solve");
    const Context<ExecutionSpace> context(space);
    engine_->lu(context.pointer(), size, a, workspace_.data(), pivots_.data(), status_.data());
    engine_->lu_solve(context.pointer(), size, a, pivots_.data(), x, status_.data());
  } else {
    solve_plainly(space, size, a, x);
  }
  int first = size;
  Kokkos::parallel_reduce("glint::LuPlan::check", range(space, size_), FirstZeroPivot{a},
                          Kokkos::Min<int>(first));
  GLINT_EXPECTS(first >= size, "the matrix is singular: its pivot number ", first, " of ", size,
                " (counted from 0) is zero or not finite");
}

#define GLINT_INSTANTIATE(Space) \
  template class LuPlan<Space>;  \
  template std::string solve_library<Space>();
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
