// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LU_PLAIN_HPP
#define GLINT_LU_PLAIN_HPP

#include <glint/dense_solve.hpp>
#include <glint/execution.hpp>

/// LU with partial pivoting, a column at a time: P A = L U, L below the diagonal (its own is 1).

namespace glint::impl {

/// Column k: finds the pivot, exchanges the rows of A and x, divides the column by the pivot.
template <class ExecutionSpace>
struct LuPivot {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Largest = Kokkos::MaxLoc<double, int>;

  DenseMatrix a;
  int size, k;
  double* x;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    double* const at = a.data;
    const std::size_t step = a.step;
    const int first = k;
    typename Largest::value_type largest;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, size),
        [&](int i, typename Largest::value_type& best) {
          const double value = math::fabs(at[i * step + first]);
          if (value > best.val) best.val = value, best.loc = i;
        },
        Largest(largest));
    team.team_barrier();
    // Nothing is larger than the start where all are NaN.
    const int row = largest.loc >= first && largest.loc < size ? largest.loc : first;
    const std::size_t here = first * step, there = row * step;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, size + 1), [&](int j) {
      double* const one = j == size ? x + first : at + here + j;
      double* const other = j == size ? x + row : at + there + j;
      const double kept = *one;
      *one = *other, *other = kept;
    });
    team.team_barrier();
    const double pivot = at[here + first];
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, first + 1, size),
                         [&](int i) { at[i * step + first] /= pivot; });
  }
};

/// A(i, j) -= A(i, k) A(k, j) for all i, j > k: a row for each team. x is one more column.
template <class ExecutionSpace>
struct LuUpdate {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  DenseMatrix a;
  int size, k;
  double* x;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int i = k + 1 + team.league_rank();
    const double factor = a.data[i * a.step + k];
    double* KOKKOS_RESTRICT row = a.data + i * a.step;
    const double* KOKKOS_RESTRICT above = a.data + k * a.step;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, k + 1, size),
                         [&](int j) { row[j] -= factor * above[j]; });
    Kokkos::single(Kokkos::PerTeam(team), [&]() { x[i] -= factor * x[k]; });
  }
};

/// x = U^-1 x by one team.
template <class ExecutionSpace>
struct LuBack {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  DenseMatrix a;
  int size;
  double* x;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    double* const y = x;
    for (int k = size; k-- > 0;) {
      const double* row = a.data + k * a.step;
      double sum = 0.0;
      Kokkos::parallel_reduce(
          Kokkos::TeamThreadRange(team, k + 1, size),
          [&](int j, double& part) { part += row[j] * y[j]; }, sum);
      Kokkos::single(Kokkos::PerTeam(team), [&]() { y[k] = (y[k] - sum) / row[k]; });
      team.team_barrier();
    }
  }
};

}  // namespace glint::impl

#endif
