// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "cholesky_device.hpp"
#include "cholesky_host.hpp"
#include "solve_choice.hpp"

namespace glint {

namespace {

using namespace impl;

/// Threads that the plain method deals its panels to.
template <class ExecutionSpace>
std::size_t panel_items(const ExecutionSpace& space, std::size_t size) {
  const auto threads = static_cast<std::size_t>(std::max(space.concurrency(), 1));
  return std::max<std::size_t>(1, std::min(threads, cholesky_strips(size, 0)));
}

template <class ExecutionSpace>
void factor_on_host(const ExecutionSpace& space, std::size_t size, const DenseMatrix& a,
                    double* panel, double* blocks, std::size_t most) {
  for (std::size_t first = 0; first < size; first += cholesky_block) {
    const std::size_t next = std::min<std::size_t>(first + cholesky_block, size);
    const std::size_t strips = cholesky_strips(size, next);
    const std::size_t items = std::max<std::size_t>(1, std::min(most, strips));
    Kokkos::parallel_for("glint::CholeskyPlan::panel", range(space, items),
                         CholeskyPanel{a, size, first, panel, blocks, items});
    const CholeskyUpdate update{
        a, size, first, panel, blocks, (size - next + cholesky_square - 1) / cholesky_square};
    Kokkos::parallel_for("glint::CholeskyPlan::update",
                         Kokkos::RangePolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>>(
                             space, 0, update.items(), Kokkos::ChunkSize(1)),
                         update);
  }
}

template <class ExecutionSpace>
void factor_on_device(const ExecutionSpace& space, std::size_t size, const DenseMatrix& a) {
  for (std::size_t first = 0; first < size; first += device_block) {
    const int rows = static_cast<int>(std::min<std::size_t>(device_block, size - first));
    const std::size_t left = size - first - rows;
    Kokkos::parallel_for(
        "glint::CholeskyPlan::diagonal",
        Kokkos::TeamPolicy<ExecutionSpace>(space, 1, team_size<ExecutionSpace>(256)),
        CholeskyDiagonal<ExecutionSpace>{a, first, rows});
    if (left == 0) break;
    Kokkos::parallel_for("glint::CholeskyPlan::panel", range(space, left),
                         CholeskyColumn{a, first, rows});
    const std::size_t tiles = (left + device_tile - 1) / device_tile;
    Kokkos::parallel_for("glint::CholeskyPlan::update", range(space, tiles * tiles),
                         CholeskyTile{a, size, first, rows, tiles});
  }
}

/// The first row whose diagonal element is not a positive number, or what the library reported.
struct FirstBadPivot {
  using value_type = int;
  DenseMatrix u;
  const int* status;  // from 1; 0 when all is well

  KOKKOS_FUNCTION void operator()(std::size_t k, int& first) const {
    const double pivot = u.data[k * u.step + k];
    if (!(pivot > 0.0 && math::isfinite(pivot)) && static_cast<int>(k) < first)
      first = static_cast<int>(k);
    if (k == 0 && *status > 0 && *status - 1 < first) first = *status - 1;
  }
};

struct SumLogarithms {
  DenseMatrix u;
  KOKKOS_FUNCTION void operator()(std::size_t k, double& sum) const {
    sum += 2.0 * math::log(u.data[k * u.step + k]);
  }
};

template <class ExecutionSpace>
int first_bad_pivot(const ExecutionSpace& space, const char* label, std::size_t size,
                    const DenseMatrix& u, const int* status) {
  int first = std::numeric_limits<int>::max();
  Kokkos::parallel_reduce(label, range(space, size), FirstBadPivot{u, status},
                          Kokkos::Min<int>(first));
  return first;
}

template <class ExecutionSpace>
double element(const ExecutionSpace& space, const double* at) {
  using Memory = typename ExecutionSpace::memory_space;
  double value = 0.0;
  copy(space, Kokkos::View<double, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&value),
       Kokkos::View<const double, Memory, Kokkos::MemoryUnmanaged>(at));
  compat::fence(space, "glint::CholeskyPlan::check");
  return value;
}

}  // namespace

template <class ExecutionSpace>
CholeskyPlan<ExecutionSpace>::CholeskyPlan(const ExecutionSpace& space, std::size_t size,
                                           const SolveOptions& options)
    : size_(size), method_(choose<ExecutionSpace>("CholeskyPlan", options.method, size, 3000)) {
  using Numbers = Vector<double, MemorySpace>;
  status_ = allocate<Vector<int, MemorySpace>>(space, "glint::CholeskyPlan::status", 2);
  fill(space, status_, 0);
  std::size_t numbers = 0;
  if (method_ == SolveMethod::library) {
    engine_ = make_engine<ExecutionSpace>();
    numbers = engine_->workspace(static_cast<int>(size));
  } else if (is_host_execution_v<ExecutionSpace>) {
    numbers = cholesky_strips(size, 0) * cholesky_strip * cholesky_block;
    blocks_ = allocate<Numbers>(space, "glint::CholeskyPlan::blocks",
                                panel_items(space, size) * cholesky_block * cholesky_block);
  }
  workspace_ = allocate<Numbers>(space, "glint::CholeskyPlan::workspace", numbers);
}

template <class ExecutionSpace>
void CholeskyPlan<ExecutionSpace>::run_factor(const ExecutionSpace& space,
                                              const DenseMatrix& a) const {
  if (size_ == 0) return;
  if (method_ == SolveMethod::library) {
    wait_on_host(space, "glint::CholeskyPlan::factor");
    engine_->cholesky(Context<ExecutionSpace>(space).pointer(), static_cast<int>(size_), a,
                      workspace_.data(), status_.data());
  } else if constexpr (is_host_execution_v<ExecutionSpace>) {
    // One diagonal block each, as many as the instance had threads that the plan was made on.
    const std::size_t most = blocks_.extent(0) / (cholesky_block * cholesky_block);
    factor_on_host(space, size_, a, workspace_.data(), blocks_.data(), most);
  } else {
    factor_on_device(space, size_, a);
  }
}

template <class ExecutionSpace>
void CholeskyPlan<ExecutionSpace>::run_check(const ExecutionSpace& space,
                                             const DenseMatrix& u) const {
  if (size_ == 0) return;
  const int row = first_bad_pivot(space, "glint::CholeskyPlan::check", size_, u, status_.data());
  if (row == std::numeric_limits<int>::max()) return;
  const double pivot = element(space, u.data + row * u.step + row);
  // Not every library leaves the pivot that stopped it.
  const std::string value =
      pivot > 0.0 && std::isfinite(pivot) ? "is not positive" : concat("is ", number_text(pivot));
  GLINT_EXPECTS(row >= static_cast<int>(size_),
                "the matrix is not positive definite: its pivot number ", row, " of ", size_,
                " (counted from 0) ", value);
}

template <class ExecutionSpace>
void CholeskyPlan<ExecutionSpace>::run_solve(const ExecutionSpace& space, const DenseMatrix& u,
                                             double* x) const {
  if (size_ == 0) return;
  if (method_ == SolveMethod::library) {
    wait_on_host(space, "glint::CholeskyPlan::solve");
    engine_->cholesky_solve(Context<ExecutionSpace>(space).pointer(), static_cast<int>(size_), u, x,
                            status_.data() + 1);
  } else if constexpr (is_host_execution_v<ExecutionSpace>) {
    Kokkos::parallel_for("glint::CholeskyPlan::solve", range(space, 1),
                         CholeskySolveRows{u, size_, x});
  } else {
    Kokkos::parallel_for(
        "glint::CholeskyPlan::solve",
        Kokkos::TeamPolicy<ExecutionSpace>(space, 1, team_size<ExecutionSpace>(256)),
        CholeskySolveTeam<ExecutionSpace>{u, size_, x});
  }
}

template <class ExecutionSpace>
double CholeskyPlan<ExecutionSpace>::run_log_determinant(const ExecutionSpace& space,
                                                         const DenseMatrix& u) const {
  run_check(space, u);
  double sum = 0.0;
  Kokkos::parallel_reduce("glint::CholeskyPlan::log_determinant", range(space, size_),
                          SumLogarithms{u}, sum);
  return sum;
}

#define GLINT_INSTANTIATE(Space) template class CholeskyPlan<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
