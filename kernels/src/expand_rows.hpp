// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_EXPAND_ROWS_HPP
#define GLINT_EXPAND_ROWS_HPP

#include <glint/streaming.hpp>
#include <glint/w_tilde.hpp>

namespace glint::impl {

/// Rows of W on the host. Pixels side by side are numbers side by side in the kernel, so a row of W
/// is made of runs copied forwards or backwards. Which pixels make a run is found once for some
/// rows; rows that go around the caches are put together in one first, so that whole lines leave.
///
/// Columns of `kernel` and `w` must be contiguous, and the pixels not more than w_tilde_limit.
template <class ExecutionSpace, bool Streaming>
struct ExpandRows {
  static constexpr std::size_t rows_per_index = 16;
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, double>;

  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  StridedInput<const double**, ExecutionSpace> kernel;
  KernelLayout layout;
  StridedOutput<double**, ExecutionSpace> w;

  struct Runs {
    std::uint16_t first[w_tilde_limit + 1];
    std::size_t count;
  };

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t m = pixels.size();
    Runs runs;
    find(runs);
    const std::size_t begin = index * rows_per_index;
    const std::size_t end = m - begin < rows_per_index ? m : begin + rows_per_index;
    for (std::size_t i = begin; i < end; ++i) {
      double* const row = &w(i, 0);
      if constexpr (Streaming) {
        alignas(64) double whole[w_tilde_limit];
        expand(runs, i, whole);
        copy_streaming<double, lanes>(whole, row, m);
      } else {
        expand(runs, i, row);
      }
    }
    if constexpr (Streaming) finish_streaming();
  }

 private:
  KOKKOS_FUNCTION void find(Runs& runs) const {
    const std::size_t m = pixels.size();
    runs.count = 0;
    for (std::size_t j = 0; j < m; ++j)
      if (j == 0 || pixels.row(j) != pixels.row(j - 1) ||
          pixels.column(j) != pixels.column(j - 1) + 1)
        runs.first[runs.count++] = static_cast<std::uint16_t>(j);
    runs.first[runs.count] = static_cast<std::uint16_t>(m);
  }

  KOKKOS_FUNCTION void expand(const Runs& runs, std::size_t i, double* out) const {
    const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
    for (std::size_t r = 0; r < runs.count; ++r) {
      const int j = runs.first[r], length = runs.first[r + 1] - j;
      const int row = pixels.row(j), column = pixels.column(j);
      double* const part = out + j;
      if (layout == KernelLayout::hankel) {
        const int rows = pixels.row(i) + row - (ny - 1);
        const int columns = pixels.column(i) + column - (nx - 1);
        if (rows < 0)
          add<-1>(&kernel(-rows, nx - 1 - columns), part, length);
        else
          add<1>(&kernel(rows, nx - 1 + columns), part, length);
        continue;
      }
      const int rows = pixels.row(i) - row, columns = pixels.column(i) - column;
      if (layout == KernelLayout::compact) {
        if (rows < 0)
          copy<1>(&kernel(-rows, nx - 1 - columns), part, length);
        else
          copy<-1>(&kernel(rows, nx - 1 + columns), part, length);
      } else {
        // Offsets from `columns` down; negative ones are stored from the end of the row.
        const double* const line = &kernel(rows < 0 ? rows + 2 * ny : rows, 0);
        const int positive = columns < 0 ? 0 : columns + 1 < length ? columns + 1 : length;
        if (positive > 0) copy<-1>(line + columns, part, positive);
        if (positive < length)
          copy<-1>(line + (columns - positive + 2 * nx), part + positive, length - positive);
      }
    }
  }

  /// to[t] = from[Step t]. The last pack overlaps the one before: runs are short, and one number
  /// after the other takes as long as the rest.
  template <int Step>
  KOKKOS_FORCEINLINE_FUNCTION static void copy(const double* KOKKOS_RESTRICT from,
                                               double* KOKKOS_RESTRICT to, int length) {
    const auto pack = [&](int t) {
      if constexpr (Step > 0)
        store_pack<double, lanes>(to + t, load_pack<double, lanes>(from + t));
      else
        store_pack<double, lanes>(
            to + t, reverse_pack<double, lanes>(load_pack<double, lanes>(from - t - (lanes - 1))));
    };
    if (length < lanes) {
      for (int t = 0; t < length; ++t) to[t] = from[Step * t];
      return;
    }
    int t = 0;
    for (; t + lanes <= length; t += lanes) pack(t);
    if (t < length) pack(length - lanes);
  }
  template <int Step>
  KOKKOS_FORCEINLINE_FUNCTION static void add(const double* KOKKOS_RESTRICT from,
                                              double* KOKKOS_RESTRICT to, int length) {
    for (int t = 0; t < length; ++t) to[t] += from[Step * t];
  }
};

}  // namespace glint::impl

#endif
