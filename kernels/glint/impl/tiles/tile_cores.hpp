// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_CORES_HPP
#define GLINT_IMPL_TILES_TILE_CORES_HPP

#include <glint/impl/boundary_tile.hpp>
#include <glint/impl/tiles/tile_levels.hpp>

/// The tiles of 4 x 4 pixels that no polynomial fits, near the profiles' cores: boundary integrals,
/// with radial tables that reach just as far as these tiles do.

namespace glint::impl {

/// The smallest tiles and the profiles split there.
template <class ExecutionSpace>
struct CoreTiles {
  using Memory = typename ExecutionSpace::memory_space;
  TileLevel<ExecutionSpace> level;
  InputVector<std::uint64_t, ExecutionSpace> before;
  InputVector<std::uint32_t, ExecutionSpace> candidates;

  KOKKOS_FORCEINLINE_FUNCTION BoundaryTile<4> tile(const PixelGrid& grid, std::size_t t) const {
    return BoundaryTile<4>::at(grid, static_cast<std::size_t>(level.records(t).row),
                               static_cast<std::size_t>(level.records(t).column));
  }
  KOKKOS_FORCEINLINE_FUNCTION std::size_t first(std::size_t t) const {
    return static_cast<std::uint32_t>(before(t));
  }
};

/// Cells of the radial table that each profile's core tiles reach into.
template <class ExecutionSpace, class Law>
struct MeasureTables {
  PixelGrid grid;
  CoreTiles<ExecutionSpace> cores;
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  Vector<std::uint32_t, typename ExecutionSpace::memory_space> cells;

  KOKKOS_FUNCTION void operator()(std::size_t t) const {
    const std::size_t first = cores.first(t), last = first + cores.level.going_on(t);
    for (std::size_t k = first; k < last; ++k) {
      const std::uint32_t p = cores.candidates(k);
      const Law& law = profiles(p).law;
      const double y = cores.tile(grid, t).radii(profiles(p).ellipse, law).y_high;
      Kokkos::atomic_fetch_max(&cells(p), static_cast<std::uint32_t>(law.table_cells(y)));
    }
  }
};

/// Exclusive sums of the table sizes, in cells.
template <class ExecutionSpace>
struct PlaceTables {
  using value_type = std::uint64_t;
  InputVector<std::uint32_t, ExecutionSpace> cells;
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> starts;

  KOKKOS_FUNCTION void operator()(std::size_t p, std::uint64_t& sum, bool final) const {
    if (final) starts(p) = sum;
    sum += cells(p);
  }
};

/// Fills the tables of the profiles first to last; one index per profile and possible cell.
template <class ExecutionSpace, class Law>
struct BuildCoreTables {
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  InputVector<std::uint32_t, ExecutionSpace> cells;
  InputVector<std::uint64_t, ExecutionSpace> starts;
  Vector<double, typename ExecutionSpace::memory_space> tables;
  std::size_t first;
  std::uint64_t first_cell;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t p = first + index / Law::max_table_cells;
    const std::uint32_t cell = static_cast<std::uint32_t>(index % Law::max_table_cells);
    if (cell < cells(p))
      profiles(p).law.build_cell(static_cast<int>(cell),
                                 &tables((starts(p) - first_cell) * Law::cell_doubles));
  }
};

/// One team, one core tile: adds the profiles first to last - 1.
template <class ExecutionSpace, class Law>
struct AddCores {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Tile = BoundaryTile<4>;
  using Edges = TileEdges<4>;
  static constexpr int lanes = Tile::template lanes<ExecutionSpace>;

  PixelGrid grid;
  CoreTiles<ExecutionSpace> cores;
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  InputVector<std::uint64_t, ExecutionSpace> starts;
  InputVector<double, ExecutionSpace> tables, rules;
  Cube<double, typename ExecutionSpace::memory_space> pixels;
  std::size_t first, last;
  std::uint64_t first_cell;
  EdgeDemand demand;
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> evaluations;

  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return Edges::scratch_bytes() + Tile::pixels * sizeof(double);
  }

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t t = static_cast<std::size_t>(team.league_rank());
    if (cores.level.going_on(t) == 0) return;
    const Tile tile = cores.tile(grid, t);
    double* scratch =
        static_cast<double*>(team.team_shmem().get_shmem_aligned(scratch_bytes(), 64));
    double* sum = scratch + 2 * Tile::edges;
    const Edges edges{scratch, reinterpret_cast<bool*>(sum + Tile::pixels)};
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Tile::pixels), [&](int k) { sum[k] = 0.0; });

    std::uint64_t spent = 0;
    const std::size_t begin = cores.first(t), end = begin + cores.level.going_on(t);
    for (std::size_t k = begin; k < end; ++k) {
      const std::size_t p = cores.candidates(k);
      if (p < first || p >= last) continue;
      const Profile<Law>& profile = profiles(p);
      const TileRadii radii = tile.radii(profile.ellipse, profile.law);
      const TileScheme scheme = TileScheme::choose(tile, profile, radii, demand);
      const auto radial =
          profile.law.radial(tables.data() + (starts(p) - first_cell) * Law::cell_doubles);
      team.team_barrier();  // the previous profile's edges have been read
      spent += static_cast<std::uint64_t>(integrate_tile_edges<lanes>(
          team, tile, profile, radial, EdgeRules{rules.data()}, demand, scheme, edges));
      team.team_barrier();
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Tile::pixels), [&](int i) {
        sum[i] += pixel_flux(tile, profile, scheme, edges, i / Tile::side, i % Tile::side);
      });
    }
    const std::uint32_t plane = cores.level.records(t).plane;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Tile::pixels), [&](int i) {
      pixels(plane, tile.first_row + i / Tile::side, tile.first_column + i % Tile::side) += sum[i];
    });
    Kokkos::single(Kokkos::PerTeam(team), [&] { Kokkos::atomic_add(&evaluations(0), spent); });
  }
};

}  // namespace glint::impl

#endif
