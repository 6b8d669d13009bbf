// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_SPREAD_DEVICE_HPP
#define GLINT_IMPL_NUFFT_SPREAD_DEVICE_HPP

#include <glint/impl/nufft/spread.hpp>

namespace glint::impl {

/// One tap of the window, by the coefficients of window_coefficients().
KOKKOS_FORCEINLINE_FUNCTION double window_tap(const double* coefficients, int pairs, int span,
                                              int tap, double z) {
  double value = 0.0;
  for (int j = 2 * pairs - 1; j >= 0; --j) value = value * z + coefficients[j * span + tap];
  return value;
}

/// One tile per team of 16 x 16 threads. Thread (i, j) has the cells of the patch whose rows are i
/// and columns j modulo 16, so that every tap of a point is another thread's and no two threads
/// ever add to the same number.
template <class ExecutionSpace>
struct SpreadOnDevice {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  static constexpr int threads = nufft_tile * nufft_tile, batch = 32;
  static constexpr std::size_t scratch_doubles = batch * 2 * widest_window;

  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return scratch_doubles * sizeof(double) + 2 * batch * sizeof(int);
  }

  SpreadTask task;

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const int tile_x = task.tile_x(team.league_rank()), tile_y = task.tile_y(team.league_rank());
    const int tile = tile_y * task.tiles_x + tile_x;
    const int begin = task.begin[tile], end = task.begin[tile + 1];
    if (begin == end) return;
    double* const taps =
        static_cast<double*>(team.team_scratch(0).get_shmem_aligned(scratch_bytes(), 64));
    int* const cells = reinterpret_cast<int*>(taps + scratch_doubles);
    const int i = team.team_rank() / nufft_tile, j = team.team_rank() % nufft_tile;
    double held[most_nufft_grids][4] = {};
    for (int first = begin; first < end; first += batch) {
      const int count = end - first < batch ? end - first : batch;
      team.team_barrier();  // the taps are free again
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 2 * count * task.span),
                           [&](int item) { prepare(task.record(first), item, taps, cells); });
      team.team_barrier();
      for (int p = 0; p < count; ++p) {
        const int row = cells[2 * p + 1], column = cells[2 * p];
        const int tap_y = (i - row) & (nufft_tile - 1), tap_x = (j - column) & (nufft_tile - 1);
        if (tap_y >= task.span || tap_x >= task.span) continue;
        const double value =
            taps[(2 * p + 1) * widest_window + tap_y] * taps[2 * p * widest_window + tap_x];
        const int slot = (row + tap_y) / nufft_tile * 2 + (column + tap_x) / nufft_tile;
        const double* const weights = task.record(first + p) + 2;
        GLINT_UNROLL
        for (int g = 0; g < most_nufft_grids; ++g)
          if (g < task.grids) {
            const double part = value * weights[g];
            GLINT_UNROLL
            for (int s = 0; s < 4; ++s) held[g][s] += s == slot ? part : 0.0;
          }
      }
    }
    const int side = nufft_tile + task.span;
    GLINT_UNROLL
    for (int g = 0; g < most_nufft_grids; ++g) GLINT_UNROLL
    for (int s = 0; s < 4; ++s) {
      const int row = s / 2 * nufft_tile + i, column = s % 2 * nufft_tile + j;
      if (g < task.grids && row < side && column < side)
        task.row(g, tile_y * nufft_tile + row)[task.column(tile_x * nufft_tile + column)] +=
            held[g][s];
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void prepare(const double* records, int item, double* taps,
                                           int* cells) const {
    const int tap = item % task.span, which = item / task.span;  // point and axis
    const double place = records[which / 2 * task.numbers() + which % 2];
    const int cell = cell_in_tile(place);
    taps[which * widest_window + tap] =
        window_tap(task.coefficients, task.pairs, task.span, tap, 2.0 * (place - cell) - 1.0);
    if (tap == 0) cells[which] = cell;
  }
};

}  // namespace glint::impl

#endif
