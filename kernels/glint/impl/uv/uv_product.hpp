// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_UV_PRODUCT_HPP
#define GLINT_IMPL_UV_UV_PRODUCT_HPP

#include <glint/impl/uv/dot_tile.hpp>
#include <glint/impl/uv/uv_tables.hpp>

namespace glint::impl {

/// How the work of one launch is cut: slabs of visibilities, each summed on its own, times blocks
/// of rows and columns.
struct UvCut {
  std::size_t count;   ///< visibilities in all
  std::size_t slab;    ///< visibilities of a slab
  std::size_t first;   ///< slab of the launch
  std::size_t slabs;   ///< of the launch
  std::size_t stride;  ///< between the sums of slabs
  int chunk;           ///< visibilities whose tables exist at a time
  int rows, columns;   ///< of a block
  int blocks_y, blocks_x;
};

/// The sums of slab s for weights of kind w lie from stride s + 2 w rows columns on: two matrices,
/// rows of y by columns of x.
///
/// Of a kernel: w cos y cos x and w sin y sin x. Of an image, for weights A and B of cosine and
/// sine: A cos y cos x and A sin y sin x, then B cos y sin x and B sin y cos x.
template <class ExecutionSpace, class Weights, bool Image, int Micro>
struct UvProduct {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  static constexpr bool on_host = is_host_execution_v<ExecutionSpace>;
  /// On devices the kinds of weights are further teams.
  static constexpr int kinds = on_host ? Weights::count : 1;
  static constexpr int leagues = Weights::count / kinds;
  using Tables = UvTables<ExecutionSpace, Weights, kinds>;
  using Scratch = typename Tables::Scratch;

  /// Hosts keep the first level small; devices have it on the chip.
  static constexpr int scratch_level = on_host ? 1 : 0;

  /// Devices: 16 x 16 threads hold Micro x Micro elements of both matrices each.
  static constexpr int side = 16;
  static constexpr int threads = on_host ? 1 : side * side;

  Tables tables;
  UvCut cut;
  double* partial;

  std::size_t teams() const {
    return cut.slabs * static_cast<std::size_t>(leagues * cut.blocks_y * cut.blocks_x);
  }
  KOKKOS_FUNCTION Scratch scratch_at(double* memory) const {
    const auto whole = [](int rows) {
      constexpr int group = table_group<on_host>;
      return (rows + group - 1) / group * group;
    };
    return {memory, cut.chunk, whole(cut.columns), whole(cut.rows)};
  }

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    std::size_t index = static_cast<std::size_t>(team.league_rank());
    const auto next = [&index](int count) {
      const auto part = static_cast<int>(index % static_cast<std::size_t>(count));
      index /= static_cast<std::size_t>(count);
      return part;
    };
    const int column = next(cut.blocks_x) * cut.columns, row = next(cut.blocks_y) * cut.rows;
    const int kind = next(leagues);
    const std::size_t begin = (cut.first + index) * cut.slab;
    const std::size_t end = begin + cut.slab < cut.count ? begin + cut.slab : cut.count;
    const std::size_t matrix =
        static_cast<std::size_t>(tables.y.count) * static_cast<std::size_t>(tables.x.count);
    double* const sums = partial + cut.stride * index +
                         static_cast<std::size_t>(2 * kind) * matrix +
                         static_cast<std::size_t>(row) * static_cast<std::size_t>(tables.x.count) +
                         static_cast<std::size_t>(column);
    const int rows = tables.y.count - row < cut.rows ? tables.y.count - row : cut.rows;
    const int columns =
        tables.x.count - column < cut.columns ? tables.x.count - column : cut.columns;
    const Scratch scratch = scratch_at(static_cast<double*>(
        team.team_scratch(int(scratch_level)).get_shmem_aligned(scratch_at(nullptr).bytes(), 64)));

    double held[on_host ? 1 : 2 * Micro * Micro] = {};
    for (std::size_t k = begin; k < end; k += static_cast<std::size_t>(cut.chunk)) {
      const std::size_t stop = k + static_cast<std::size_t>(cut.chunk) < end
                                   ? k + static_cast<std::size_t>(cut.chunk)
                                   : end;
      tables.fill(team, scratch, k, stop, row, column, kind);
      const int length = static_cast<int>(stop - k);
      if constexpr (on_host)
        multiply(team, scratch, length,
                 {sums, static_cast<std::size_t>(tables.x.count), rows, columns, k > begin});
      else
        multiply_held(team, scratch, length, kind, held);
    }
    if constexpr (!on_host)
      for (int m = 0; m < 2 * Micro * Micro; ++m) {
        const int part = m / (Micro * Micro), r = m / Micro % Micro, c = m % Micro;
        const int at_row = team.team_rank() / side + side * r;
        const int at_column = team.team_rank() % side + side * c;
        if (at_row < rows && at_column < columns)
          sums[static_cast<std::size_t>(part) * matrix +
               static_cast<std::size_t>(at_row) * static_cast<std::size_t>(tables.x.count) +
               static_cast<std::size_t>(at_column)] = held[m];
      }
  }

  /// Of an image, the second kind of weights takes sines with cosines.
  KOKKOS_FORCEINLINE_FUNCTION static int x_part(int kind, int part) {
    return Image && kind == 1 ? 1 - part : part;
  }

  KOKKOS_FUNCTION void multiply(const Member& team, const Scratch& scratch, int length,
                                const DotTarget& block) const {
    constexpr int lanes = pack_lanes_v<ExecutionSpace, double>;
    const int tiles = (block.rows + dot_rows - 1) / dot_rows;
    const int padded = (length + lanes - 1) / lanes * lanes;
    const std::size_t matrix =
        static_cast<std::size_t>(tables.y.count) * static_cast<std::size_t>(tables.x.count);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 2 * kinds * tiles), [&](int item) {
      const int pair = item / tiles, kind = pair / 2, part = pair % 2;
      const int row = item % tiles * dot_rows;
      DotTarget target = block;
      target.data +=
          static_cast<std::size_t>(pair) * matrix + static_cast<std::size_t>(row) * target.pitch;
      target.rows -= row;
      multiply_rows<lanes>(scratch.y(kind, part) + static_cast<std::size_t>(row) * scratch.pitch(),
                           scratch.x(x_part(kind, part)), scratch.pitch(), padded, target);
    });
  }

  KOKKOS_FUNCTION void multiply_held(const Member& team, const Scratch& scratch, int length,
                                     int kind, double* held) const {
    const int row = team.team_rank() / side, column = team.team_rank() % side;
    for (int part = 0; part < 2; ++part) {
      const double* left = scratch.y(0, part) + row;
      const double* right = scratch.x(x_part(kind, part)) + column;
      double* const sums = held + part * Micro * Micro;
      for (int k = 0; k < length; ++k) {
        double a[Micro], b[Micro];
        GLINT_UNROLL
        for (int m = 0; m < Micro; ++m) {
          a[m] = left[k * scratch.table_rows_y + side * m];
          b[m] = right[k * scratch.table_rows_x + side * m];
        }
        GLINT_UNROLL
        for (int r = 0; r < Micro; ++r) GLINT_UNROLL
        for (int c = 0; c < Micro; ++c) sums[r * Micro + c] += a[r] * b[c];
      }
    }
  }
};

}  // namespace glint::impl

#endif
