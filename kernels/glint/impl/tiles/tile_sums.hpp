// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_SUMS_HPP
#define GLINT_IMPL_TILES_TILE_SUMS_HPP

#include <glint/impl/tiles/tile_levels.hpp>

namespace glint::impl {

/// One team, one tile: its polynomial is what the parent hands down plus the node values of the
/// profiles accepted here. It is handed on to the children, or expanded into pixels once, whatever
/// the number of profiles.
template <class ExecutionSpace, int N, class Digits, class Real>
struct SumTiles {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Basis = TileBasis<N>;
  static constexpr bool on_host = is_host_execution_v<ExecutionSpace>;

  PixelGrid grid;
  TileLevel<ExecutionSpace> level;
  InputVector<TileProfile, ExecutionSpace> profiles;
  InputVector<TileVerdict, ExecutionSpace> verdicts;
  InputVector<std::uint32_t, ExecutionSpace> splits;
  InputVector<std::uint64_t, ExecutionSpace> before;
  InputVector<Real, ExecutionSpace> basis;
  InputVector<Real, ExecutionSpace> parents;  ///< polynomials of the level above
  Vector<Real, typename ExecutionSpace::memory_space> kept;  ///< of this level's parents
  Cube<double, typename ExecutionSpace::memory_space> pixels;
  double scale;  ///< of node values; a power of two
  bool children_continue;
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> evaluations;

  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return sizeof(Real) * (Basis::padded + N * Basis::largest);
  }

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t t = static_cast<std::size_t>(team.league_rank());
    const TileRecord tile = level.records(t);
    if (!tile.in_frame(grid)) return;
    Real* const F = static_cast<Real*>(team.team_shmem().get_shmem(scratch_bytes()));
    Real* const half_way = F + Basis::padded;

    const bool inherits = tile.parent >= 0;
    if (inherits) {
      const Real* parent = parents.data() + static_cast<std::size_t>(tile.parent) * Basis::nodes;
      const Real* rows = basis.data() + Basis::hand_down(tile.row / level.size % 2);
      const Real* columns = basis.data() + Basis::hand_down(tile.column / level.size % 2);
      transform<on_host, N, N, N>(team, parent, rows, columns, half_way,
                                  ProductTarget<false, Real>{F, N, 1.0});
    } else {
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Basis::padded),
                           [&](int k) { F[k] = Real(0); });
    }
    team.team_barrier();
    const std::uint32_t accepted = add_profiles(team, tile, F);
    team.team_barrier();

    const bool parent = tile.has_children(grid, level.size, splits(t));
    if (parent && children_continue) {
      Real* const target = kept.data() + (before(t) >> 34) * Basis::nodes;
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Basis::nodes),
                           [&](int k) { target[k] = F[k]; });
    } else if (inherits || accepted > 0) {
      expand(team, tile, F, half_way);
    }
  }

  KOKKOS_FUNCTION std::uint32_t add_profiles(const Member& team, const TileRecord& tile,
                                             Real* F) const {
    constexpr int lanes = on_host ? Basis::lanes : 1;
    const Real* const x = basis.data() + Basis::x_at;
    const Real* const y = basis.data() + Basis::y_at;
    std::uint32_t accepted = 0;
    for (std::uint32_t k = 0; k < tile.count; ++k) {
      if (verdicts(tile.verdicts + k) != TileVerdict::accept) continue;
      ++accepted;
      const TileProfile& profile = profiles(level.candidates(tile.first + k));
      const TileSquare square = tile.square(grid, level.size, profile.ellipse);
      const auto brightness =
          TileBrightness<Real>::at(profile, square.x, square.y, square.half, scale);
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Basis::padded / lanes), [&](int block) {
        const int at = block * lanes;
        brightness.template add<Digits, lanes>(x + at, y + at, F + at);
      });
    }
    if (accepted > 0)
      Kokkos::single(Kokkos::PerTeam(team), [&] {
        Kokkos::atomic_add(&evaluations(0), std::uint64_t(accepted) * Basis::padded);
      });
    return accepted;
  }

  KOKKOS_FUNCTION void expand(const Member& team, const TileRecord& tile, const Real* F,
                              Real* half_way) const {
    switch (level.size) {
      case 64:
        return expand_to<64>(team, tile, F, half_way);
      case 32:
        return expand_to<32>(team, tile, F, half_way);
      case 16:
        return expand_to<16>(team, tile, F, half_way);
      case 8:
        return expand_to<8>(team, tile, F, half_way);
      default:
        return expand_to<4>(team, tile, F, half_way);
    }
  }

  template <int Size>
  KOKKOS_FUNCTION void expand_to(const Member& team, const TileRecord& tile, const Real* F,
                                 Real* half_way) const {
    const Real* const table = basis.data() + Basis::pixels(Size);
    transform<on_host, N, Size, Size>(
        team, F, table, table, half_way,
        ProductTarget<true, double>{&pixels(tile.plane, tile.row, tile.column), pixels.extent(2),
                                    1.0 / scale});
  }
};

}  // namespace glint::impl

#endif
