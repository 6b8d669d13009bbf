// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_PREDICT_PRODUCTS_HPP
#define GLINT_IMPL_UV_PREDICT_PRODUCTS_HPP

#include <glint/impl/turns.hpp>
#include <glint/predict_visibilities.hpp>

/// Model visibilities as products of tables of cosines and sines.

namespace glint::impl {

// With n counting rows from the middle of the frame upwards, c columns to the right, h their offset
// from the axes (0 for odd sides, 1/2 for even ones), cn = cos 2 pi v (n+h) step and so on, and
// I = ee + eo + oe + oo its parts even and odd in rows (first letter) and columns (second),
//   re = sum cn (ee cc) - sn (oo sc),   im = -sum cn (eo sc) + sn (oe cc),   n, c >= 0.

/// The quarter of the frame where the parts live.
struct Quarter {
  int rows, columns;
  int padded_rows;                // for rows in step
  int row_offset, column_offset;  // 2 h
};

inline Quarter quarter_of(const SkyGrid& grid, int rows_in_step) {
  const auto ny = static_cast<int>(grid.ny), nx = static_cast<int>(grid.nx);
  const int rows = (ny + 1) / 2;
  return {rows, (nx + 1) / 2, (rows + rows_in_step - 1) / rows_in_step * rows_in_step,
          ny % 2 ? 0 : 1, nx % 2 ? 0 : 1};
}

template <class ExecutionSpace>
struct ScatterPixels {
  Vector<int, typename ExecutionSpace::memory_space> row, column;
  StridedInput<const double*, ExecutionSpace> image;
  Vector<double, typename ExecutionSpace::memory_space> frame;
  std::size_t nx;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    frame(static_cast<std::size_t>(row(m)) * nx + static_cast<std::size_t>(column(m))) = image(m);
  }
};

/// folded(n, c, part), parts ee, oo, eo, oe; rows beyond the frame are zero.
template <class ExecutionSpace>
struct FoldFrame {
  Vector<double, typename ExecutionSpace::memory_space> frame, folded;
  Quarter quarter;
  int ny, nx;

  KOKKOS_FUNCTION double at(int row, int column) const {
    return frame(static_cast<std::size_t>(row) * static_cast<std::size_t>(nx) +
                 static_cast<std::size_t>(column));
  }
  KOKKOS_FUNCTION void operator()(std::size_t cell) const {
    const int n = static_cast<int>(cell) / quarter.columns;
    const int c = static_cast<int>(cell) % quarter.columns;
    double parts[4] = {};
    if (n < quarter.rows) {
      const int above = quarter.rows - 1 - n, below = ny - 1 - above;
      const int right = nx / 2 + c, left = nx - 1 - right;
      // A row or column on an axis is its own mirror image and counts once.
      const double row_once = above == below ? 0.5 : 1.0, once = left == right ? 0.5 : 1.0;
      const double a = at(above, right), b = at(above, left);
      const double d = at(below, right), e = at(below, left);
      parts[0] = row_once * once * ((a + b) + (d + e));
      parts[1] = (a - b) - (d - e);
      parts[2] = row_once * ((a - b) + (d - e));
      parts[3] = once * ((a + b) - (d + e));
    }
    for (std::size_t part = 0; part < 4; ++part) folded(4 * cell + part) = parts[part];
  }
};

/// A team takes a block of visibilities, lanes of them in a thread; on devices several groups of
/// threads share a block and divide the rows. Tables of cosines cover a chunk of rows or columns.
template <class ExecutionSpace>
struct Predict {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  static constexpr bool host = is_host_execution_v<ExecutionSpace>;
  static constexpr int lanes = host ? 16 : 1, threads = host ? 1 : 32, groups = host ? 1 : 8;
  static constexpr int block = lanes * threads;
  // Of rows or columns; the tables fit the 32 KiB that a thread of OpenMP has.
  static constexpr int chunk = 32;
  static constexpr int segment = 8;  // table entries from one sine and cosine
  static constexpr int rows_in_step = 2;
  static constexpr std::size_t table = static_cast<std::size_t>(chunk) * block;
  static constexpr int scratch_level = host ? 1 : 0;  // hosts keep the first level small
  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return 4 * table * sizeof(double);
  }
  static_assert(2 * groups * block <= static_cast<int>(4 * table), "sums must fit the tables");

  InputVector<double, ExecutionSpace> folded;
  PredictColumns<ExecutionSpace> data;
  Quarter quarter;
  double half_step;  // so that the middles of pixels lie at integers

  /// Cosines and sines of entries `begin` to `end`: multiples `first`, first + 2, ... of a phase.
  KOKKOS_FORCEINLINE_FUNCTION void fill_segment(const double (&coarse)[lanes],
                                                const double (&fine)[lanes], int first, int begin,
                                                int end, double* cosine, double* sine) const {
    alignas(64) double zr[lanes], zi[lanes], cr[lanes], ci[lanes];
    for (int l = 0; l < lanes; ++l) {
      const Turns turns{coarse[l], fine[l]};
      cosine_and_sine(multiple_of(turns, 2.0), zr[l], zi[l]);
      cosine_and_sine(multiple_of(turns, static_cast<double>(first)), cr[l], ci[l]);
    }
    for (int i = begin; i < end; ++i)
      for (int l = 0; l < lanes; ++l) {
        cosine[i * block + l] = cr[l];
        sine[i * block + l] = ci[l];
        const double next = cr[l] * zr[l] - ci[l] * zi[l];
        ci[l] = cr[l] * zi[l] + ci[l] * zr[l];
        cr[l] = next;
      }
  }

  /// A table for entries `begin` to `end` of an axis, its segments divided among the groups.
  KOKKOS_FORCEINLINE_FUNCTION void fill_table(const double (&coarse)[lanes],
                                              const double (&fine)[lanes], int offset, int begin,
                                              int end, int group, double* cosine,
                                              double* sine) const {
    for (int first = group * segment; first < end - begin; first += groups * segment) {
      const int last = first + segment < end - begin ? first + segment : end - begin;
      fill_segment(coarse, fine, 2 * (begin + first) + offset, first, last, cosine, sine);
    }
  }

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    double* const memory = static_cast<double*>(
        team.team_scratch(int(scratch_level)).get_shmem_aligned(scratch_bytes(), 64));
    const int thread = team.team_rank() % threads, group = team.team_rank() / threads;
    double* const cos_x = memory + thread * lanes;
    double* const sin_x = cos_x + table;
    double* const cos_y = sin_x + table;
    double* const sin_y = cos_y + table;
    const std::size_t count = data.u.extent(0);
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * block +
                              static_cast<std::size_t>(thread) * lanes;

    alignas(64) double ux[lanes], uf[lanes], vx[lanes], vf[lanes], re[lanes], im[lanes];
    for (int l = 0; l < lanes; ++l) {
      const std::size_t wanted = first + static_cast<std::size_t>(l);
      const std::size_t k = wanted < count ? wanted : count - 1;
      const Turns tu = turns_of_product(half_step, data.u(k));
      const Turns tv = turns_of_product(half_step, data.v(k));
      ux[l] = tu.coarse, uf[l] = tu.fine, vx[l] = tv.coarse, vf[l] = tv.fine;
      re[l] = im[l] = 0.0;
    }
    for (int c0 = 0; c0 < quarter.columns; c0 += chunk) {
      const int c1 = c0 + chunk < quarter.columns ? c0 + chunk : quarter.columns;
      for (int n0 = 0; n0 < quarter.padded_rows; n0 += chunk) {
        const int n1 = n0 + chunk < quarter.padded_rows ? n0 + chunk : quarter.padded_rows;
        team.team_barrier();  // the tables are free again
        if (n0 == 0) fill_table(ux, uf, quarter.column_offset, c0, c1, group, cos_x, sin_x);
        fill_table(vx, vf, quarter.row_offset, n0, n1, group, cos_y, sin_y);
        team.team_barrier();
        for (int n = n0 + group * rows_in_step; n < n1; n += groups * rows_in_step)
          add_rows(n, n0, c0, c1, memory + thread * lanes, re, im);
      }
    }
    if constexpr (groups > 1) {  // in a fixed order
      team.team_barrier();
      double* const sums = memory;
      sums[2 * team.team_rank()] = re[0];
      sums[2 * team.team_rank() + 1] = im[0];
      team.team_barrier();
      if (group > 0) return;
      for (int other = 1; other < groups; ++other) {
        re[0] += sums[2 * (other * threads + thread)];
        im[0] += sums[2 * (other * threads + thread) + 1];
      }
    }
    for (int l = 0; l < lanes; ++l) {
      const std::size_t k = first + static_cast<std::size_t>(l);
      if (k >= count) break;
      data.re(k) = re[l];
      data.im(k) = im[l];
    }
  }

  /// Adds rows n, n + 1, ... of columns c0 to c1.
  KOKKOS_FORCEINLINE_FUNCTION void add_rows(int n, int n0, int c0, int c1,
                                            const double* KOKKOS_RESTRICT tables,
                                            double (&re)[lanes], double (&im)[lanes]) const {
    alignas(64) double ee[rows_in_step][lanes] = {}, oo[rows_in_step][lanes] = {};
    alignas(64) double eo[rows_in_step][lanes] = {}, oe[rows_in_step][lanes] = {};
    const std::size_t stride = 4 * static_cast<std::size_t>(quarter.columns);
    const double* KOKKOS_RESTRICT parts =
        folded.data() + static_cast<std::size_t>(n) * stride + 4 * static_cast<std::size_t>(c0);
    const double* KOKKOS_RESTRICT cosine = tables;
    for (int c = c0; c < c1; ++c, parts += 4, cosine += block) {
      const double* KOKKOS_RESTRICT sine = cosine + table;
      GLINT_UNROLL
      for (int r = 0; r < rows_in_step; ++r) {
        const double* KOKKOS_RESTRICT p = parts + static_cast<std::size_t>(r) * stride;
        for (int l = 0; l < lanes; ++l) {
          ee[r][l] += p[0] * cosine[l];
          oo[r][l] += p[1] * sine[l];
          eo[r][l] += p[2] * sine[l];
          oe[r][l] += p[3] * cosine[l];
        }
      }
    }
    for (int r = 0; r < rows_in_step; ++r) {
      const double* const cn = tables + 2 * table + (n + r - n0) * block;
      const double* const sn = cn + table;
      for (int l = 0; l < lanes; ++l) {
        re[l] += cn[l] * ee[r][l] - sn[l] * oo[r][l];
        im[l] -= cn[l] * eo[r][l] + sn[l] * oe[r][l];
      }
    }
  }
};

}  // namespace glint::impl

#endif
