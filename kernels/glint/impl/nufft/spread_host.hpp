// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_SPREAD_HOST_HPP
#define GLINT_IMPL_NUFFT_SPREAD_HOST_HPP

#include <glint/impl/nufft/spread.hpp>
#include <glint/impl/nufft/taps.hpp>

#if defined(GLINT_HAS_VECTOR_TYPES)
#define GLINT_NOINLINE __attribute__((noinline))
#else
#define GLINT_NOINLINE
#endif

namespace glint::impl {

/// One tile per index. What the tile's points add up to is gathered in a patch in the first cache,
/// some rows of it at a time in registers: points are taken in order of their row and block of
/// columns, so that those that touch the same numbers follow each other.
template <class ExecutionSpace, int Width>
struct SpreadOnHost {
  static constexpr int L = pack_lanes_v<ExecutionSpace, double>;
  using T = Taps<Width, L>;
  using P = Pack<double, L>;
  static constexpr int span = T::span, side = nufft_tile + span;
  /// Taps along x are shifted to whole packs: a window that starts at a multiple of L.
  static constexpr int window = span + L, packs = window / L;
  static constexpr int blocks = nufft_tile / L, buckets = nufft_tile * blocks;
  static constexpr int batch = 512, group = 16;
  /// Rows whose sums fit the vector registers.
  static constexpr int rows_at_once() {
    constexpr int registers = L == 8 ? 24 : 10;
    int rows = 1;
    for (int r = 2; r <= Width; ++r)
      if (Width % r == 0 && r * packs <= registers) rows = r;
    return rows;
  }

  SpreadTask task;

  /// Taps of some points.
  struct Group {
    alignas(64) double x[group][window];
    alignas(64) double y[group][most_nufft_grids][span];  // times each weight
    int bucket[group];
  };

  KOKKOS_FUNCTION void operator()(int index) const {
    const int tile_x = task.tile_x(index), tile_y = task.tile_y(index);
    const int tile = tile_y * task.tiles_x + tile_x;
    const int begin = task.begin[tile], end = task.begin[tile + 1];
    if (begin == end) return;
    alignas(64) double patch[most_nufft_grids][side * side];
    for (int g = 0; g < task.grids; ++g)
      for (int c = 0; c < side * side; ++c) patch[g][c] = 0.0;
    for (int first = begin; first < end; first += batch)
      add_batch(task.record(first), end - first < batch ? end - first : batch, patch);
    for (int g = 0; g < task.grids; ++g) add_patch(patch[g], tile_x, tile_y, g);
  }

  KOKKOS_FORCEINLINE_FUNCTION static int bucket_of(const double* record) {
    return cell_in_tile(record[1]) * blocks + cell_in_tile(record[0]) / L;
  }

  KOKKOS_FUNCTION void add_batch(const double* records, int count,
                                 double (&patch)[most_nufft_grids][side * side]) const {
    const int stride = task.numbers();
    unsigned short order[batch];
    unsigned short bucket[batch];
    int place[buckets + 1];
    for (int b = 0; b <= buckets; ++b) place[b] = 0;
    for (int p = 0; p < count; ++p) {
      const int b = bucket_of(records + p * stride);
      bucket[p] = static_cast<unsigned short>(b);
      ++place[b + 1];
    }
    for (int b = 0; b < buckets; ++b) place[b + 1] += place[b];
    for (int p = 0; p < count; ++p) order[place[bucket[p]]++] = static_cast<unsigned short>(p);
    Group taps;
    for (int first = 0; first < count; first += group) {
      const int points = count - first < group ? count - first : group;
      for (int p = 0; p < points; ++p) {
        const int which = order[first + p];
        taps.bucket[p] = bucket[which];
        prepare(records + which * stride, p, taps);
      }
      for (int p = 0; p < points;) {
        int q = p + 1;
        while (q < points && taps.bucket[q] == taps.bucket[p]) ++q;
        const int corner =
            (taps.bucket[p] / blocks + T::margin) * side + taps.bucket[p] % blocks * L;
        for (int g = 0; g < task.grids; ++g)
          add_run(taps.x[p], taps.y[p][g] + T::margin, q - p, patch[g] + corner);
        p = q;
      }
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void prepare(const double* KOKKOS_RESTRICT record, int p,
                                           Group& taps) const {
    const int column = cell_in_tile(record[0]), row = cell_in_tile(record[1]);
    const double z[2] = {2.0 * (record[0] - column) - 1.0, 2.0 * (record[1] - row) - 1.0};
    P values[2][T::packs];
    T::template evaluate<2>(task.coefficients, z, values);
    double* const x = taps.x[p];
    GLINT_UNROLL
    for (int i = 0; i < packs; ++i) store_pack<double, L>(x + i * L, P{});
    GLINT_UNROLL
    for (int i = 0; i < T::packs; ++i) store_pack<double, L>(x + column % L + i * L, values[0][i]);
    for (int g = 0; g < task.grids; ++g) {
      const double weight = record[2 + g];
      GLINT_UNROLL
      for (int i = 0; i < T::packs; ++i)
        store_pack<double, L>(taps.y[p][g] + i * L, values[1][i] * weight);
    }
  }

  /// Points with the same window of the patch.
  KOKKOS_FORCEINLINE_FUNCTION static void add_run(const double* x, const double* y, int count,
                                                  double* to) {
    constexpr int rows = rows_at_once();
    for (int r = 0; r < Width; r += rows) add_rows<rows>(x, y + r, count, to + r * side);
  }

  /// On its own, so that its sums have the registers for themselves.
  template <int Rows>
  GLINT_NOINLINE KOKKOS_FUNCTION static void add_rows(const double* KOKKOS_RESTRICT x,
                                                      const double* KOKKOS_RESTRICT y, int count,
                                                      double* KOKKOS_RESTRICT to) {
    P sums[Rows * packs] = {};
    do {
      P a[packs];
      GLINT_UNROLL
      for (int i = 0; i < packs; ++i) a[i] = load_pack<double, L>(x + i * L);
      GLINT_UNROLL
      for (int r = 0; r < Rows; ++r) {
        const double b = y[r];
        GLINT_UNROLL
        for (int i = 0; i < packs; ++i) sums[r * packs + i] += a[i] * b;
      }
      x += window, y += most_nufft_grids * span;
    } while (--count > 0);
    GLINT_UNROLL
    for (int t = 0; t < Rows * packs; ++t) {
      double* const at = to + t / packs * side + t % packs * L;
      store_pack<double, L>(at, load_pack<double, L>(at) + sums[t]);
    }
  }

  KOKKOS_FUNCTION void add_patch(const double* KOKKOS_RESTRICT patch, int tile_x, int tile_y,
                                 int g) const {
    for (int r = 0; r < side; ++r) {
      double* const row = task.row(g, tile_y * nufft_tile + r);
      for (int c = 0; c < side; c += L) {
        double* const to = row + task.column(tile_x * nufft_tile + c);
        const P sum = load_pack<double, L>(to) + load_pack<double, L>(patch + r * side + c);
        store_pack<double, L>(to, sum);
      }
    }
  }
};

}  // namespace glint::impl

#undef GLINT_NOINLINE

#endif
