// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_SORT_HPP
#define GLINT_IMPL_NUFFT_SORT_HPP

#include <algorithm>
#include <glint/execution.hpp>
#include <glint/impl/nufft/fold.hpp>
#include <string>

/// A chunk of points, sorted by tile: points of one tile keep their order, so that the sums made of
/// them do not depend on the number of threads. A counting sort in pieces, one piece to a thread.

namespace glint::impl {

/// Baselines side by side for vectors.
template <class ExecutionSpace>
inline constexpr int fold_lanes = is_host_execution_v<ExecutionSpace> ? 16 : 1;

/// Points `first` to `last` - 1 of the columns u and v.
template <class Column>
struct PointChunk {
  Column u, v;
  double step;  ///< of the sky grid
  std::size_t first, last;
  int pieces;

  KOKKOS_FUNCTION std::size_t begin_of(int piece) const {
    return first +
           (last - first) * static_cast<std::size_t>(piece) / static_cast<std::size_t>(pieces);
  }

  /// Calls action(k, count, u, v, points) for stretches of a piece: `count` points from k on.
  template <int Lanes, class Action>
  KOKKOS_FORCEINLINE_FUNCTION void for_each(int piece, const NufftTiles& tiles,
                                            const Action& action) const {
    const std::size_t end = begin_of(piece + 1);
    alignas(64) double along_u[Lanes], along_v[Lanes];
    FoldedPoints<Lanes> points;
    for (std::size_t k = begin_of(piece); k < end; k += Lanes) {
      const int count =
          end - k < static_cast<std::size_t>(Lanes) ? static_cast<int>(end - k) : Lanes;
      if (count == Lanes) {
        for (int l = 0; l < Lanes; ++l) along_u[l] = u(k + static_cast<std::size_t>(l));
        for (int l = 0; l < Lanes; ++l) along_v[l] = v(k + static_cast<std::size_t>(l));
      } else {
        for (int l = 0; l < Lanes; ++l) {
          const std::size_t index = l < count ? k + static_cast<std::size_t>(l) : k;
          along_u[l] = u(index), along_v[l] = v(index);
        }
      }
      tiles.fold<Lanes>(step, along_u, along_v, points);
      action(k, count, along_u, along_v, points);
    }
  }
};

/// Pieces of a chunk; the result does not depend on them.
template <class ExecutionSpace>
int sort_pieces(const ExecutionSpace& space, std::size_t points) {
  constexpr bool on_host = is_host_execution_v<ExecutionSpace>;
  const auto threads = static_cast<std::size_t>(space.concurrency());
  const std::size_t wanted =
      on_host ? (threads > 1 ? std::min<std::size_t>(4 * threads, 256) : 1) : std::size_t(1024);
  const std::size_t shortest = on_host ? 1024 : 64;
  return static_cast<int>(std::clamp((points + shortest - 1) / shortest, std::size_t(1), wanted));
}

/// counts(piece, tile) of one piece per index.
template <class ExecutionSpace, class Column>
struct CountTiles {
  PointChunk<Column> chunk;
  NufftTiles tiles;
  int count;  ///< of tiles
  int* counts;

  KOKKOS_FUNCTION void operator()(int piece) const {
    int* const mine = counts + piece * count;
    for (int t = 0; t < count; ++t) mine[t] = 0;
    constexpr int lanes = fold_lanes<ExecutionSpace>;
    chunk.template for_each<lanes>(
        piece, tiles,
        [&](std::size_t, int points, const double*, const double*, const FoldedPoints<lanes>& to) {
          for (int l = 0; l < points; ++l) ++mine[static_cast<int>(to.tile[l])];
        });
  }
};

/// Turns counts into first places: of all pieces of a tile, then of the next tile.
template <class ExecutionSpace>
struct ScanTiles {
  int tiles, pieces;
  int *counts, *begin;

  KOKKOS_FUNCTION void operator()(int index, int& sum, bool last) const {
    const int tile = index / pieces, piece = index % pieces;
    int& place = counts[piece * tiles + tile];
    const int count = place;
    if (last) {
      place = sum;
      if (piece == 0) begin[tile] = sum;
    }
    sum += count;
    if (last && index + 1 == tiles * pieces) begin[tiles] = sum;
  }
};

/// Puts the points of one piece per index at their places: x and y within the tile, then what
/// `Payload` has for them, `Payload::count` numbers.
template <class ExecutionSpace, class Column, class Payload>
struct PlacePoints {
  static constexpr int numbers = 2 + Payload::count;

  PointChunk<Column> chunk;
  NufftTiles tiles;
  int count;
  int* counts;
  double* records;
  Payload payload;

  KOKKOS_FUNCTION void operator()(int piece) const {
    int* const mine = counts + piece * count;
    constexpr int lanes = fold_lanes<ExecutionSpace>;
    chunk.template for_each<lanes>(
        piece, tiles,
        [&](std::size_t k, int points, const double* u, const double* v,
            const FoldedPoints<lanes>& to) { place(mine, k, points, u, v, to); });
  }

  template <int Lanes>
  KOKKOS_FORCEINLINE_FUNCTION void place(int* mine, std::size_t k, int points, const double* u,
                                         const double* v, const FoldedPoints<Lanes>& to) const {
    alignas(64) double values[Payload::count > 0 ? Payload::count : 1][Lanes];
    payload.template at<Lanes>(k, points, u, v, to.sign, values);
    for (int l = 0; l < points; ++l) {
      const int place = mine[static_cast<int>(to.tile[l])]++;
      double* const record =
          records + static_cast<std::size_t>(place) * static_cast<std::size_t>(numbers);
      record[0] = to.x[l], record[1] = to.y[l];
      for (int w = 0; w < Payload::count; ++w) record[2 + w] = values[w][l];
      payload.placed(k + static_cast<std::size_t>(l), place, to.sign[l]);
    }
  }
};

/// Buffers of a sort; they only grow.
template <class ExecutionSpace>
struct SortedPoints {
  using Memory = typename ExecutionSpace::memory_space;
  Vector<int, Memory> counts, begin;
  Vector<double, Memory> records;
};

/// Sorts a chunk; afterwards the points of tile t are records begin(t) to begin(t + 1) - 1.
/// Asynchronous. `function`: for labels.
template <class ExecutionSpace, class Column, class Payload>
void sort_points(const ExecutionSpace& space, const std::string& function, const NufftShape& shape,
                 PointChunk<Column> chunk, const Payload& payload,
                 SortedPoints<ExecutionSpace>& sorted) {
  using Place = PlacePoints<ExecutionSpace, Column, Payload>;
  const NufftTiles tiles(shape);
  const int count = shape.tiles();
  const std::size_t points = chunk.last - chunk.first;
  chunk.pieces = sort_pieces(space, points);
  const int counts = count * chunk.pieces;
  grow(space, "glint::nufft::counts", static_cast<std::size_t>(counts), sorted.counts);
  grow(space, "glint::nufft::begin", static_cast<std::size_t>(count + 1), sorted.begin);
  grow(space, "glint::nufft::records", static_cast<std::size_t>(Place::numbers) * points,
       sorted.records);
  using Policy = Kokkos::RangePolicy<ExecutionSpace, int>;
  Kokkos::parallel_for(
      function + "::count", Policy(space, 0, chunk.pieces),
      CountTiles<ExecutionSpace, Column>{chunk, tiles, count, sorted.counts.data()});
  Kokkos::parallel_scan(
      function + "::scan", Policy(space, 0, counts),
      ScanTiles<ExecutionSpace>{count, chunk.pieces, sorted.counts.data(), sorted.begin.data()});
  Kokkos::parallel_for(
      function + "::place", Policy(space, 0, chunk.pieces),
      Place{chunk, tiles, count, sorted.counts.data(), sorted.records.data(), payload});
}

}  // namespace glint::impl

#endif
