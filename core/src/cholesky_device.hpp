// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CHOLESKY_DEVICE_HPP
#define GLINT_CHOLESKY_DEVICE_HPP

#include <glint/dense_solve.hpp>
#include <glint/execution.hpp>

/// Cholesky for devices without a library: A = U^T U from the top, `block` rows at a time. One team
/// factors the diagonal block, one thread solves a column of the panel, one thread updates a small
/// tile of the rest.

namespace glint::impl {

inline constexpr int device_block = 32;
inline constexpr int device_tile = 4;

template <class ExecutionSpace>
struct CholeskyDiagonal {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  DenseMatrix a;
  std::size_t first;
  int rows;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    double* at = a.data + first * a.step + first;
    const std::size_t step = a.step;
    for (int k = 0; k < rows; ++k) {
      // Everybody reads the pivot before anybody overwrites it.
      const double pivot = at[k * step + k];
      team.team_barrier();
      const double root = pivot > 0.0 ? math::sqrt(pivot) : pivot;
      const double inverse = pivot > 0.0 ? 1.0 / root : 0.0;
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, rows - k), [&](int j) {
        at[k * step + k + j] = j == 0 ? root : inverse * at[k * step + k + j];
      });
      team.team_barrier();
      const int left = rows - k - 1;
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, left * left), [&](int index) {
        const int i = k + 1 + index / left, j = k + 1 + index % left;
        if (j >= i) at[i * step + j] -= at[k * step + i] * at[k * step + j];
      });
      team.team_barrier();
    }
  }
};

struct CholeskyColumn {
  DenseMatrix a;
  std::size_t first;
  int rows;

  KOKKOS_FUNCTION void operator()(std::size_t column) const {
    const double* u = a.data + first * a.step + first;
    double* out = a.data + first * a.step + first + rows + column;
    double x[device_block];
    for (int k = 0; k < rows; ++k) {
      double value = out[k * a.step];
      for (int m = 0; m < k; ++m) value -= u[m * a.step + k] * x[m];
      const double pivot = u[k * a.step + k];
      x[k] = pivot > 0.0 ? value / pivot : 0.0;
      out[k * a.step] = x[k];
    }
  }
};

struct CholeskyTile {
  DenseMatrix a;
  std::size_t size, first;
  int rows;
  std::size_t tiles;  ///< along a side

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t i0 = index / tiles * device_tile, j0 = index % tiles * device_tile;
    if (j0 + device_tile <= i0) return;  // below the diagonal
    const std::size_t next = first + rows, left = size - next;
    const double* panel = a.data + first * a.step + next;
    double sum[device_tile][device_tile] = {};
    for (int k = 0; k < rows; ++k)
      for (std::size_t r = 0; r < device_tile; ++r)
        for (std::size_t q = 0; q < device_tile; ++q)
          if (i0 + r < left && j0 + q < left)
            sum[r][q] += panel[k * a.step + i0 + r] * panel[k * a.step + j0 + q];
    for (std::size_t r = 0; r < device_tile; ++r)
      for (std::size_t q = 0; q < device_tile; ++q)
        if (i0 + r < left && j0 + q < left && j0 + q >= i0 + r)
          a.data[(next + i0 + r) * a.step + next + j0 + q] -= sum[r][q];
  }
};

/// x = U^-1 U^-T x by one team, a row of U at a time.
template <class ExecutionSpace>
struct CholeskySolveTeam {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  DenseMatrix u;
  std::size_t size;
  double* x;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const double* rows = u.data;
    const std::size_t step = u.step;
    double* const y = x;
    for (std::size_t k = 0; k < size; ++k) {
      const double value = y[k] / rows[k * step + k];
      team.team_barrier();
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, size - k), [&](std::size_t j) {
        y[k + j] = j == 0 ? value : y[k + j] - rows[k * step + k + j] * value;
      });
      team.team_barrier();
    }
    for (std::size_t k = size; k-- > 0;) {
      double sum = 0.0;
      Kokkos::parallel_reduce(
          Kokkos::TeamThreadRange(team, size - k - 1),
          [&](std::size_t j, double& part) { part += rows[k * step + k + 1 + j] * y[k + 1 + j]; },
          sum);
      Kokkos::single(Kokkos::PerTeam(team), [&]() { y[k] = (y[k] - sum) / rows[k * step + k]; });
      team.team_barrier();
    }
  }
};

}  // namespace glint::impl

#endif
