// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_OPERATOR_DIRECT_KERNELS_HPP
#define GLINT_IMPL_OPERATOR_DIRECT_KERNELS_HPP

#include <glint/impl/curvature/shape.hpp>
#include <glint/impl/kernel_value.hpp>
#include <glint/impl/operator/pixel_rows.hpp>

/// W x by its sum. A host thread keeps a tile of results in its registers and takes the image's
/// pixels in fours below each other: a row of the kernel is then read once for all of them. A
/// device thread has one result.

namespace glint::impl {

/// Rows of the image that are taken together.
inline constexpr int direct_group = 4;

/// table(i, j) = kernel at the offset (i + row_shift, j + column_shift), 0 where it has none.
template <class ExecutionSpace>
struct FillOffsets {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  StridedInput<const double**, ExecutionSpace> kernel;  // (NY, 2 NX - 1)
  Matrix<double, typename ExecutionSpace::memory_space> table;
  int row_shift, column_shift;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int row = team.league_rank(), down = row + row_shift;
    const int ny = static_cast<int>(kernel.extent(0));
    const int nx = (static_cast<int>(kernel.extent(1)) + 1) / 2;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, static_cast<int>(table.extent(1))),
                         [&](int column) {
                           const int right = column + column_shift;
                           const bool there = down > -ny && down < ny && right > -nx && right < nx;
                           table(row, column) = there ? kernel_value(kernel, down, right) : 0.0;
                         });
  }
};

/// grouped(g, c, a) = image at row 4 g + a, column c of the rectangle, 0 where no pixel is kept.
template <class ExecutionSpace>
struct GroupRows {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  PixelRows<Memory> rows;
  StridedInput<const double**, ExecutionSpace> images;
  Cube<double, Memory> grouped;
  int image;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int g = team.league_rank();
    double* const group = &grouped(g, 0, 0);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, direct_group * rows.width),
                         [&](int k) { group[k] = 0.0; });
    team.team_barrier();
    for (int a = 0; a < direct_group && direct_group * g + a < rows.height; ++a) {
      const int r = direct_group * g + a;
      Kokkos::parallel_for(
          Kokkos::TeamThreadRange(team, rows.begin(r), rows.begin(r + 1)),
          [&](int m) { group[direct_group * rows.column(m) + a] = images(image, m); });
    }
  }
};

/// frame = W times the grouped image, for tiles that hold a pixel. One tile per index.
template <class ExecutionSpace, bool Hankel>
struct DirectProduct {
  using Memory = typename ExecutionSpace::memory_space;
  using Shape = ConvolutionShape<ExecutionSpace, double>;
  using Lanes = Pack<double, Shape::lanes>;
  static constexpr int tile_rows = Shape::thread_rows, tile_columns = Shape::thread_columns;
  static constexpr int packs = Shape::thread_packs;

  PixelRows<Memory> rows;
  Cube<double, Memory> grouped;  // (groups, width, 4)
  Matrix<double, Memory> toeplitz, hankel;
  Cube<double, Memory> frame;  // (1, whole tiles, whole tiles)
  int groups, tiles_across;

  /// First and last column that `count` rows from `first` on hold pixels in.
  KOKKOS_FUNCTION void extent(int first, int count, int& left, int& right) const {
    left = rows.width;
    right = -1;
    for (int r = first; r < first + count && r < rows.height; ++r) {
      if (rows.begin(r) == rows.begin(r + 1)) continue;
      const int begin = rows.column(rows.begin(r)), end = rows.column(rows.begin(r + 1) - 1);
      left = begin < left ? begin : left;
      right = end > right ? end : right;
    }
  }

  /// Adds four pixels below each other: their table elements for the tile's first row and those
  /// above or below it are in the rows from k on. `Turned`: the first one's is the first row.
  template <bool Turned>
  KOKKOS_FORCEINLINE_FUNCTION static void add(const double* k, std::ptrdiff_t stride,
                                              const double* weight,
                                              Lanes (&sum)[tile_rows][packs]) {
    Lanes weights[direct_group];
    GLINT_UNROLL
    for (int a = 0; a < direct_group; ++a)
      weights[a] = broadcast_pack<double, Shape::lanes>(weight[a]);
    GLINT_UNROLL
    for (int m = 0; m < tile_rows + direct_group - 1; ++m, k += stride) {
      Lanes line[packs];
      GLINT_UNROLL
      for (int v = 0; v < packs; ++v)
        line[v] = load_pack<double, Shape::lanes>(k + v * Shape::lanes);
      GLINT_UNROLL
      for (int a = 0; a < direct_group; ++a) {
        const int r = Turned ? m - a : m - (direct_group - 1) + a;
        if (r < 0 || r >= tile_rows) continue;
        GLINT_UNROLL
        for (int v = 0; v < packs; ++v) sum[r][v] += weights[a] * line[v];
      }
    }
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const int row = static_cast<int>(index) / tiles_across * tile_rows;
    const int column = static_cast<int>(index) % tiles_across * tile_columns;
    int left = 0, right = 0;
    extent(row, tile_rows, left, right);
    if (right < column || left >= column + tile_columns) return;
    const std::ptrdiff_t stride = toeplitz.stride(0);
    Lanes sum[tile_rows][packs] = {};
    for (int g = 0; g < groups; ++g) {
      extent(direct_group * g, direct_group, left, right);
      const double* const weight = &grouped(g, 0, 0);
      const double* const difference =
          &toeplitz(row + direct_group * (groups - 1 - g), column + rows.width - 1);
      for (int x = left; x <= right; ++x)
        add<false>(difference - x, stride, weight + direct_group * x, sum);
      if constexpr (Hankel) {
        const double* const total = &hankel(row + direct_group * g, column);
        for (int x = left; x <= right; ++x)
          add<true>(total + x, stride, weight + direct_group * x, sum);
      }
    }
    GLINT_UNROLL
    for (int r = 0; r < tile_rows; ++r) GLINT_UNROLL
    for (int v = 0; v < packs; ++v)
      store_pack<double, Shape::lanes>(&frame(0, row + r, column + v * Shape::lanes), sum[r][v]);
  }
};

}  // namespace glint::impl

#endif
