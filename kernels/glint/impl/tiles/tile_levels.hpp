// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_LEVELS_HPP
#define GLINT_IMPL_TILES_TILE_LEVELS_HPP

#include <cstdint>
#include <glint/execution.hpp>
#include <glint/impl/tiles/tile_basis.hpp>
#include <glint/impl/tiles/tile_rule.hpp>
#include <glint/impl/tiles/tile_transform.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/views.hpp>

/// One level of the quad-tree of tiles: which profiles end here, which go on to the children, and
/// the sums of those that end. Levels are worked through from the largest tile to the smallest.

namespace glint::impl {

/// A tile of one level and the profiles that may still touch it. Children share the list of what
/// their parent split.
struct TileRecord {
  int row, column;      ///< of its lower left pixel
  std::uint32_t plane;  ///< image of the stack
  std::uint32_t first;  ///< of its candidates in the level's list
  std::uint32_t count;
  std::uint32_t pairs;  ///< the first of its pairs with them
  std::int32_t parent;  ///< whose polynomial it continues, or -1

  KOKKOS_FORCEINLINE_FUNCTION bool in_frame(const PixelGrid& grid) const {
    return static_cast<std::size_t>(row) < grid.ny && static_cast<std::size_t>(column) < grid.nx;
  }

  /// Tiles too large to be expanded always have children; smaller ones where a profile is split.
  KOKKOS_FORCEINLINE_FUNCTION bool has_children(const PixelGrid& grid, int size,
                                                std::uint32_t split) const {
    if (size > TileBasis<16>::largest) return in_frame(grid);
    return size > TileBasis<16>::smallest && split > 0;
  }
};

/// Views of one level, all in the memory of the execution space.
template <class ExecutionSpace>
struct TileLevel {
  using Memory = typename ExecutionSpace::memory_space;
  int size = 0;
  std::size_t tiles = 0;
  Vector<TileRecord, Memory> records;
  Vector<std::uint32_t, Memory> candidates;
  Vector<std::uint32_t, Memory> splits, fines;  ///< per tile, how many got these verdicts

  /// Tiles too large to be expanded hand their polynomials down.
  KOKKOS_FORCEINLINE_FUNCTION bool hands_down() const { return size > TileBasis<16>::largest; }

  /// A polynomial with the fine number of nodes costs a second expansion of the tile, which a few
  /// profiles on a large tile do not repay: they go on to its quarters instead.
  KOKKOS_FORCEINLINE_FUNCTION bool uses_fine(std::size_t t) const {
    const std::uint32_t enough = size == 64 ? 4 : size == 32 ? 2 : 1;
    return fines(t) >= enough;
  }
  /// Profiles of a tile that go on to its quarters.
  KOKKOS_FORCEINLINE_FUNCTION std::uint32_t going_on(std::size_t t) const {
    return splits(t) + (uses_fine(t) ? 0 : fines(t));
  }

  KOKKOS_INLINE_FUNCTION void start(std::size_t t, const TileRecord& record) const {
    records(t) = record;
    splits(t) = fines(t) = 0;
  }
};

/// Verdicts on the pairs of a tile and a candidate; one index per run of `lanes` pairs.
template <class ExecutionSpace>
struct JudgePairs {
  static constexpr int lanes = is_host_execution_v<ExecutionSpace> ? 32 : 1;
  PixelGrid grid;
  TileRule rule;
  TileLevel<ExecutionSpace> level;
  std::size_t pairs;
  InputVector<std::uint32_t, ExecutionSpace> pair_tiles;
  InputVector<TileProfile, ExecutionSpace> profiles;
  Vector<TileVerdict, typename ExecutionSpace::memory_space> verdicts;

  std::size_t runs() const { return (pairs + lanes - 1) / lanes; }

  KOKKOS_FUNCTION void operator()(std::size_t run) const {
    const std::size_t first = run * lanes;
    const int count = pairs - first < lanes ? static_cast<int>(pairs - first) : lanes;
    TilePairs<lanes> batch;
    bool in_frame[lanes];
    for (int l = 0; l < lanes; ++l) {
      const std::size_t pair = first + (l < count ? l : count - 1);  // repeats fill the last run
      const TileRecord& tile = level.records(pair_tiles(pair));
      const double half = 0.5 * level.size;
      in_frame[l] = tile.in_frame(grid);
      batch.set(l, profiles(level.candidates(tile.first + (pair - tile.pairs))),
                grid.x_centre(static_cast<double>(tile.column)) - 0.5 + half,
                grid.y_centre(static_cast<double>(tile.row)) - 0.5 + half, half);
    }
    TileVerdict verdict[lanes];
    batch.judge(rule, verdict);
    for (int l = 0; l < count; ++l) {
      if (!in_frame[l]) verdict[l] = TileVerdict::drop;
      verdicts(first + l) = verdict[l];
      const std::uint32_t tile = pair_tiles(first + l);
      if (verdict[l] == TileVerdict::split) Kokkos::atomic_fetch_add(&level.splits(tile), 1u);
      if (verdict[l] == TileVerdict::fine) Kokkos::atomic_fetch_add(&level.fines(tile), 1u);
    }
  }
};

/// Exclusive sums of children (upper half) and of what is split (lower half) over the tiles.
template <class ExecutionSpace>
struct CountChildren {
  using value_type = std::uint64_t;
  PixelGrid grid;
  TileLevel<ExecutionSpace> level;
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> before;

  KOKKOS_FUNCTION void operator()(std::size_t t, std::uint64_t& sum, bool final) const {
    if (final) before(t) = sum;
    const std::uint32_t split = level.going_on(t);
    const bool parent = level.records(t).has_children(grid, level.size, split);
    sum += split + (parent ? std::uint64_t(4) << 32 : 0);
  }
};

/// Writes the lists of the next level and the records of the children; one team per tile.
template <class ExecutionSpace>
struct SplitTiles {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  PixelGrid grid;
  TileLevel<ExecutionSpace> level, next;
  InputVector<TileVerdict, ExecutionSpace> verdicts;
  InputVector<std::uint64_t, ExecutionSpace> before;
  Vector<std::uint32_t, typename ExecutionSpace::memory_space> pair_tiles;  ///< of the next level

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t t = static_cast<std::size_t>(team.league_rank());
    const TileRecord tile = level.records(t);
    const std::uint32_t list = static_cast<std::uint32_t>(before(t));
    const std::uint32_t split = level.going_on(t);
    const bool fine_goes_on = !level.uses_fine(t);
    if (split > 0)
      Kokkos::parallel_scan(Kokkos::TeamThreadRange(team, static_cast<int>(tile.count)),
                            [&](int k, std::uint32_t& place, bool final) {
                              const TileVerdict verdict = verdicts(tile.pairs + k);
                              const bool goes_on = verdict == TileVerdict::split ||
                                                   (fine_goes_on && verdict == TileVerdict::fine);
                              if (final && goes_on)
                                next.candidates(list + place) = level.candidates(tile.first + k);
                              place += goes_on ? 1 : 0;
                            });
    if (!tile.has_children(grid, level.size, split)) return;
    const std::size_t children = static_cast<std::size_t>(before(t) >> 32);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 4), [&](int c) {
      const int half = level.size / 2;
      TileRecord child = tile;
      child.row += c / 2 * half;
      child.column += c % 2 * half;
      child.first = list;
      child.count = split;
      child.pairs = 4 * list + static_cast<std::uint32_t>(c) * split;
      child.parent =
          level.hands_down() && child.in_frame(grid) ? static_cast<std::int32_t>(children / 4) : -1;
      next.start(children + c, child);
    });
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, static_cast<int>(4 * split)), [&](int k) {
      pair_tiles(4 * list + k) = static_cast<std::uint32_t>(children) + k / split;
    });
  }
};

}  // namespace glint::impl

#endif
