// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_INTERPOLATE_HPP
#define GLINT_IMPL_NUFFT_INTERPOLATE_HPP

#include <glint/impl/nufft/spread_device.hpp>
#include <glint/impl/nufft/taps.hpp>

/// From two fine grids to their values at sorted points: the way back of spreading. x and y of a
/// record become the values of the first and the second grid.

namespace glint::impl {

struct InterpolateTask {
  const double* coefficients;
  const int* begin;  ///< first point of each tile
  double* records;
  int width, span, pairs;

  const double* grid;
  std::size_t pitch, plane;
  int nx, tiles_x, tiles;

  KOKKOS_FORCEINLINE_FUNCTION const double* row(int g, int r) const {
    return grid + static_cast<std::size_t>(g) * plane + static_cast<std::size_t>(r) * pitch;
  }
  KOKKOS_FORCEINLINE_FUNCTION int column(int c) const { return c < nx ? c : c - nx; }
};

/// One tile per index: its patch of both grids stays in the first cache.
template <class ExecutionSpace, int Width>
struct InterpolateOnHost {
  static constexpr int L = pack_lanes_v<ExecutionSpace, double>;
  using T = Taps<Width, L>;
  using P = Pack<double, L>;
  static constexpr int span = T::span, side = nufft_tile + span;

  InterpolateTask task;

  KOKKOS_FUNCTION void operator()(int tile) const {
    const int begin = task.begin[tile], end = task.begin[tile + 1];
    if (begin == end) return;
    const int tile_x = tile % task.tiles_x, tile_y = tile / task.tiles_x;
    alignas(64) double patch[2][side * side];
    for (int g = 0; g < 2; ++g)
      for (int r = 0; r < side; ++r) {
        const double* const from = task.row(g, tile_y * nufft_tile + r);
        for (int c = 0; c < side; c += L)
          store_pack<double, L>(patch[g] + r * side + c,
                                load_pack<double, L>(from + task.column(tile_x * nufft_tile + c)));
      }
    for (int p = begin; p < end; ++p)
      interpolate(patch, task.records + 2 * static_cast<std::size_t>(p));
  }

  KOKKOS_FORCEINLINE_FUNCTION void interpolate(const double (&patch)[2][side * side],
                                               double* KOKKOS_RESTRICT record) const {
    const int column = cell_in_tile(record[0]), row = cell_in_tile(record[1]);
    const double z[2] = {2.0 * (record[0] - column) - 1.0, 2.0 * (record[1] - row) - 1.0};
    P taps[2][T::packs], sums[2][T::packs] = {};
    T::template evaluate<2>(task.coefficients, z, taps);
    alignas(64) double y[span];
    GLINT_UNROLL
    for (int i = 0; i < T::packs; ++i) store_pack<double, L>(y + i * L, taps[1][i]);
    const int corner = (row + T::margin) * side + column;
    GLINT_UNROLL
    for (int r = 0; r < Width; ++r) {
      const double b = y[T::margin + r];
      GLINT_UNROLL
      for (int g = 0; g < 2; ++g) GLINT_UNROLL
      for (int i = 0; i < T::packs; ++i)
        sums[g][i] += load_pack<double, L>(patch[g] + corner + r * side + i * L) * b;
    }
    GLINT_UNROLL
    for (int g = 0; g < 2; ++g) {
      P total = sums[g][0] * taps[0][0];
      GLINT_UNROLL
      for (int i = 1; i < T::packs; ++i) total += sums[g][i] * taps[0][i];
      record[g] = sum_of_pack<double, L>(total);
    }
  }
};

/// One tile per team, one point per thread.
template <class ExecutionSpace>
struct InterpolateOnDevice {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  static constexpr int threads = 128;

  InterpolateTask task;

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const int tile = team.league_rank();
    const int begin = task.begin[tile], end = task.begin[tile + 1];
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, begin, end),
                         [&](int point) { interpolate(tile, point); });
  }

  KOKKOS_FUNCTION void interpolate(int tile, int point) const {
    double* const record = task.records + 2 * static_cast<std::size_t>(point);
    const int column = cell_in_tile(record[0]), row = cell_in_tile(record[1]);
    const double z_x = 2.0 * (record[0] - column) - 1.0, z_y = 2.0 * (record[1] - row) - 1.0;
    double taps[widest_window];
    for (int l = 0; l < task.span; ++l)
      taps[l] = window_tap(task.coefficients, task.pairs, task.span, l, z_x);
    const int first_row = tile / task.tiles_x * nufft_tile + row;
    const int first_column = tile % task.tiles_x * nufft_tile + column;
    double sums[2] = {};
    for (int r = 0; r < task.span; ++r) {
      const double tap = window_tap(task.coefficients, task.pairs, task.span, r, z_y);
      for (int g = 0; g < 2; ++g) {
        const double* const from = task.row(g, first_row + r);
        double sum = 0.0;
        for (int l = 0; l < task.span; ++l) sum += from[task.column(first_column + l)] * taps[l];
        sums[g] += tap * sum;
      }
    }
    record[0] = sums[0], record[1] = sums[1];
  }
};

/// Asynchronous. `function`: for labels.
template <class ExecutionSpace>
void interpolate_points(const ExecutionSpace& space, const std::string& function,
                        const InterpolateTask& task);

#define GLINT_EXTERN(Space)                                                        \
  extern template void interpolate_points<Space>(const Space&, const std::string&, \
                                                 const InterpolateTask&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint::impl

#endif
