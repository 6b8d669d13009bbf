// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_UV_TABLES_HPP
#define GLINT_IMPL_UV_UV_TABLES_HPP

#include <glint/execution.hpp>
#include <glint/impl/turns.hpp>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>

/// Tables of cosines and sines of the phases of some visibilities at the rows and columns of a
/// block of offsets, without a cosine for every entry.

namespace glint::impl {

/// Offsets along one axis of a frame: entry n lies at (stride n + offset) steps, so that the phase
/// of a visibility there is an integer times a phase that can be folded.
struct UvAxis {
  int count;
  double step;
  int stride, offset;
};

/// 0, 1, ... pixels.
inline UvAxis whole_axis(const SkyGrid& grid, std::size_t side) {
  return {static_cast<int>(side), grid.step(), 1, 0};
}

/// From the middle of the frame outwards: 0, 1, ... pixels for odd sides, 1/2, 3/2, ... for even.
inline UvAxis half_axis(const SkyGrid& grid, std::size_t side) {
  return {static_cast<int>((side + 1) / 2), 0.5 * grid.step(), 2, side % 2 ? 0 : 1};
}

/// Visibilities that a thread handles side by side: two vectors, since one would wait for itself.
template <bool OnHost>
inline constexpr int table_lanes = OnHost ? 16 : 1;

/// Rows of a table for every sine and cosine that is computed; the other rows are products, up to
/// half as many one after the other.
template <bool OnHost>
inline constexpr int table_group = OnHost ? 16 : 8;

/// Where the numbers of a chunk of visibilities lie in team scratch. Host tables have the
/// visibilities side by side, for vectors along them; device tables the rows, for neighbouring
/// threads. (Host rows are a little longer than a power of two, which would thrash the cache.)
template <bool OnHost, int Weights>
struct UvScratch {
  static constexpr int device_chunk = 16;
  static constexpr int phases = 8;  ///< coarse and fine, cosine and sine of a stride; along x, y

  double* memory;
  int chunk;                       ///< visibilities, a multiple of the lanes
  int table_rows_x, table_rows_y;  ///< multiples of a group

  KOKKOS_FORCEINLINE_FUNCTION std::size_t pitch() const {
    return static_cast<std::size_t>(OnHost ? chunk + 8 : 1);
  }
  /// Between visibilities of a table.
  KOKKOS_FORCEINLINE_FUNCTION std::size_t visibility_stride(int rows) const {
    return static_cast<std::size_t>(OnHost ? 1 : rows);
  }
  KOKKOS_FORCEINLINE_FUNCTION std::size_t table(int rows) const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(OnHost ? chunk + 8 : chunk);
  }
  KOKKOS_FORCEINLINE_FUNCTION double* phase(int which) const { return memory + which * chunk; }
  KOKKOS_FORCEINLINE_FUNCTION double* weight(int which) const { return phase(phases + which); }
  KOKKOS_FORCEINLINE_FUNCTION double* x(int part) const {
    return weight(Weights) + static_cast<std::size_t>(part) * table(table_rows_x);
  }
  /// Times the weights of one kind.
  KOKKOS_FORCEINLINE_FUNCTION double* y(int which, int part) const {
    return x(2) + static_cast<std::size_t>(2 * which + part) * table(table_rows_y);
  }
  KOKKOS_FUNCTION std::size_t bytes() const {
    return sizeof(double) * (static_cast<std::size_t>((phases + Weights) * chunk) +
                             2 * table(table_rows_x) + 2 * Weights * table(table_rows_y));
  }
};

/// c + i s turned by zc + i zs, or back.
template <int Lanes, bool Back>
KOKKOS_FORCEINLINE_FUNCTION void turn(double (&c)[Lanes], double (&s)[Lanes],
                                      const double (&zc)[Lanes], const double (&zs)[Lanes]) {
  for (int l = 0; l < Lanes; ++l) {
    const double sine = Back ? -zs[l] : zs[l];
    const double next = c[l] * zc[l] - s[l] * sine;
    s[l] = c[l] * sine + s[l] * zc[l];
    c[l] = next;
  }
}

/// Rows of a table that a group makes, for `Lanes` visibilities side by side: weight exp(i phase),
/// where n is the multiple of the phase in the group's middle row and neighbouring rows lie one
/// turn apart. Loops over lanes are vector instructions on the host: local arrays, restricted
/// pointers, one thing at a time.
template <int Lanes, int Group>
KOKKOS_FORCEINLINE_FUNCTION void fill_group(double n, const double* KOKKOS_RESTRICT coarse,
                                            const double* KOKKOS_RESTRICT fine,
                                            const double* KOKKOS_RESTRICT turn_cosine,
                                            const double* KOKKOS_RESTRICT turn_sine,
                                            const double* KOKKOS_RESTRICT weight,
                                            double* KOKKOS_RESTRICT cosines,
                                            double* KOKKOS_RESTRICT sines, std::size_t pitch) {
  alignas(64) double c[Lanes], s[Lanes], zc[Lanes], zs[Lanes], back_c[Lanes], back_s[Lanes];
  for (int l = 0; l < Lanes; ++l) cosine_and_sine(Turns{coarse[l], fine[l]}, n, c[l], s[l]);
  for (int l = 0; l < Lanes; ++l) zc[l] = turn_cosine[l], zs[l] = turn_sine[l];
  if (weight != nullptr)
    for (int l = 0; l < Lanes; ++l) c[l] *= weight[l], s[l] *= weight[l];
  for (int l = 0; l < Lanes; ++l) back_c[l] = c[l], back_s[l] = s[l];
  GLINT_UNROLL
  for (int r = 0; r < Group / 2; ++r) {
    const std::size_t up = static_cast<std::size_t>(Group / 2 + r) * pitch;
    const std::size_t down = static_cast<std::size_t>(Group / 2 - 1 - r) * pitch;
    for (int l = 0; l < Lanes; ++l) cosines[up + l] = c[l];
    for (int l = 0; l < Lanes; ++l) sines[up + l] = s[l];
    turn<Lanes, false>(c, s, zc, zs);
    turn<Lanes, true>(back_c, back_s, zc, zs);
    for (int l = 0; l < Lanes; ++l) cosines[down + l] = back_c[l];
    for (int l = 0; l < Lanes; ++l) sines[down + l] = back_s[l];
  }
}

/// The folded phases of `Lanes` visibilities along one axis, and what turns them by one entry.
template <int Lanes>
KOKKOS_FORCEINLINE_FUNCTION void fold_phases(const UvAxis& axis,
                                             const double* KOKKOS_RESTRICT baselines,
                                             double* KOKKOS_RESTRICT coarse,
                                             double* KOKKOS_RESTRICT fine,
                                             double* KOKKOS_RESTRICT turn_cosine,
                                             double* KOKKOS_RESTRICT turn_sine) {
  const double step = axis.step, stride = static_cast<double>(axis.stride);
  for (int l = 0; l < Lanes; ++l) {
    const Turns turns = turns_of_product(step, baselines[l]);
    coarse[l] = turns.coarse, fine[l] = turns.fine;
    cosine_and_sine(turns, stride, turn_cosine[l], turn_sine[l]);
  }
}

/// The tables of a chunk, made by all threads of a team.
template <class ExecutionSpace, class Weights, int Kinds>
struct UvTables {
  static constexpr bool on_host = is_host_execution_v<ExecutionSpace>;
  static constexpr int lanes = table_lanes<on_host>;
  using Scratch = UvScratch<on_host, Kinds>;

  InputVector<double, ExecutionSpace> u, v;
  Weights weights;
  UvAxis x, y;

  /// Folded phases of visibilities k to k + lanes - 1 of a chunk that starts at `begin`; those from
  /// `end` on get the weight 0. `kind`: the first of the weights.
  template <bool Inside>
  KOKKOS_FORCEINLINE_FUNCTION void prepare(const Scratch& scratch, std::size_t begin,
                                           std::size_t end, int k, int kind) const {
    const std::size_t first = begin + static_cast<std::size_t>(k);
    alignas(64) double along_x[lanes], along_y[lanes], weight[Kinds][lanes];
    for (int l = 0; l < lanes; ++l) {
      const std::size_t wanted = first + static_cast<std::size_t>(l);
      const std::size_t index = Inside || wanted < end ? wanted : end - 1;
      along_x[l] = u.data()[index], along_y[l] = v.data()[index];
      double all[Weights::count];
      weights.at(index, all);
      for (int w = 0; w < Kinds; ++w)
        weight[w][l] = Inside || wanted < end ? all[Kinds == 1 ? kind : w] : 0.0;
    }
    for (int w = 0; w < Kinds; ++w)
      for (int l = 0; l < lanes; ++l) scratch.weight(w)[k + l] = weight[w][l];
    fold_phases<lanes>(x, along_x, scratch.phase(0) + k, scratch.phase(1) + k, scratch.phase(2) + k,
                       scratch.phase(3) + k);
    fold_phases<lanes>(y, along_y, scratch.phase(4) + k, scratch.phase(5) + k, scratch.phase(6) + k,
                       scratch.phase(7) + k);
  }

  /// Visibilities begin to end - 1 (at most scratch.chunk) at entries from (row, column) on.
  /// Begins and ends with a barrier.
  template <class Member>
  KOKKOS_FUNCTION void fill(const Member& team, const Scratch& scratch, std::size_t begin,
                            std::size_t end, int row, int column, int kind) const {
    const int count = (static_cast<int>(end - begin) + lanes - 1) / lanes * lanes;
    const int blocks = count / lanes;
    team.team_barrier();  // the tables are free again
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, blocks), [&](int block) {
      const int k = block * lanes;
      if (begin + static_cast<std::size_t>(k + lanes) <= end)
        prepare<true>(scratch, begin, end, k, kind);
      else
        prepare<false>(scratch, begin, end, k, kind);
    });
    team.team_barrier();
    constexpr int rows = table_group<on_host>;
    const int groups_x = scratch.table_rows_x / rows, groups_y = scratch.table_rows_y / rows;
    const int groups = groups_x + Kinds * groups_y;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, groups * blocks), [&](int item) {
      // Neighbouring host items are neighbours in memory, neighbouring threads in their table row.
      const int group = on_host ? item / blocks : item % groups;
      const int k = (on_host ? item % blocks : item / groups) * lanes;
      if (group < groups_x) {
        const std::size_t to = place(scratch, scratch.table_rows_x, group * rows, k);
        fill_group<lanes, rows>(middle(x, column + group * rows), scratch.phase(0) + k,
                                scratch.phase(1) + k, scratch.phase(2) + k, scratch.phase(3) + k,
                                nullptr, scratch.x(0) + to, scratch.x(1) + to, scratch.pitch());
        return;
      }
      const int which = (group - groups_x) / groups_y;
      const int first = (group - groups_x) % groups_y * rows;
      const std::size_t to = place(scratch, scratch.table_rows_y, first, k);
      fill_group<lanes, rows>(middle(y, row + first), scratch.phase(4) + k, scratch.phase(5) + k,
                              scratch.phase(6) + k, scratch.phase(7) + k, scratch.weight(which) + k,
                              scratch.y(which, 0) + to, scratch.y(which, 1) + to, scratch.pitch());
    });
    team.team_barrier();
  }

  /// The multiple of the phase in the middle row of a group.
  KOKKOS_FORCEINLINE_FUNCTION static double middle(const UvAxis& axis, int first) {
    return static_cast<double>(axis.stride * (first + table_group<on_host> / 2) + axis.offset);
  }
  KOKKOS_FORCEINLINE_FUNCTION static std::size_t place(const Scratch& scratch, int rows, int row,
                                                       int k) {
    return static_cast<std::size_t>(row) * scratch.pitch() +
           static_cast<std::size_t>(k) * scratch.visibility_stride(rows);
  }
};

}  // namespace glint::impl

#endif
