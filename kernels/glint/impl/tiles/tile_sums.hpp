// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_SUMS_HPP
#define GLINT_IMPL_TILES_TILE_SUMS_HPP

#include <glint/impl/tiles/tile_levels.hpp>
#include <glint/impl/tiles/tile_transform.hpp>

namespace glint::impl {

/// Numbers of nodes, precision and evaluation that go with a tolerance. Profiles that the main
/// number of nodes does not fit get the fine one, in a polynomial of their own.
template <int MainNodes, int FineNodes, class Digits_, class Real_>
struct TileMethod {
  using Main = TileBasis<MainNodes>;
  using Fine = TileBasis<FineNodes>;
  using Digits = Digits_;
  using Real = Real_;
};

/// One team, one tile: its polynomial is what the parent hands down plus the node values of the
/// profiles accepted here. Large tiles hand it down to their children; the others expand it into
/// pixels, once whatever the number of profiles.
template <class ExecutionSpace, class Method>
struct SumTiles {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Main = typename Method::Main;
  using Fine = typename Method::Fine;
  using Real = typename Method::Real;
  static constexpr bool on_host = is_host_execution_v<ExecutionSpace>;

  PixelGrid grid;
  TileLevel<ExecutionSpace> level;
  InputVector<TileProfile, ExecutionSpace> profiles;
  InputVector<TileVerdict, ExecutionSpace> verdicts;
  InputVector<std::uint64_t, ExecutionSpace> before;
  InputVector<Real, ExecutionSpace> main_basis, fine_basis, main_to_main, fine_to_main;
  /// Of the level above and of this one: per tile the main polynomial, then the fine one.
  InputVector<Real, ExecutionSpace> parents;
  Vector<Real, typename ExecutionSpace::memory_space> kept;
  Cube<double, typename ExecutionSpace::memory_space> pixels;
  double scale;  ///< of node values; a power of two
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> evaluations;

  static constexpr int kept_size = Main::nodes + Fine::nodes;

  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return sizeof(Real) * (Fine::padded + Fine::per_axis * Fine::largest);
  }

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t t = static_cast<std::size_t>(team.league_rank());
    const TileRecord tile = level.records(t);
    if (!tile.in_frame(grid)) return;
    Real* const F = static_cast<Real*>(team.team_shmem().get_shmem_aligned(scratch_bytes(), 64));
    Real* const half_way = F + Fine::padded;

    int spent = 0;
    const bool any_main = has(team, tile, TileVerdict::main);
    const bool any_fine = level.uses_fine(t);
    if (level.hands_down()) {
      Real* const place = kept.data() + (before(t) >> 34) * kept_size;
      begin(team, tile, F, half_way);
      spent += add<Main>(team, tile, TileVerdict::main, main_basis.data(), F);
      keep<Main>(team, F, place);
      clear<Fine>(team, F);
      spent += add<Fine>(team, tile, TileVerdict::fine, fine_basis.data(), F);
      keep<Fine>(team, F, place + Main::nodes);
    } else {
      if (tile.parent >= 0 || any_main) {
        begin(team, tile, F, half_way);
        spent += add<Main>(team, tile, TileVerdict::main, main_basis.data(), F);
        team.team_barrier();
        expand<Main>(team, tile, main_basis.data(), F, half_way);
        team.team_barrier();
      }
      if (any_fine) {
        clear<Fine>(team, F);
        spent += add<Fine>(team, tile, TileVerdict::fine, fine_basis.data(), F);
        team.team_barrier();
        expand<Fine>(team, tile, fine_basis.data(), F, half_way);
      }
    }
    if (spent > 0)
      Kokkos::single(Kokkos::PerTeam(team), [&] {
        Kokkos::atomic_add(&evaluations(0), static_cast<std::uint64_t>(spent));
      });
  }

  KOKKOS_FUNCTION bool has(const Member& team, const TileRecord& tile, TileVerdict wanted) const {
    int count = 0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, static_cast<int>(tile.count)),
        [&](int k, int& sum) { sum += verdicts(tile.pairs + k) == wanted ? 1 : 0; }, count);
    return count > 0;
  }

  template <class Basis>
  KOKKOS_FUNCTION void clear(const Member& team, Real* F) const {
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Basis::padded),
                         [&](int k) { F[k] = Real(0); });
    team.team_barrier();
  }

  /// The parent's polynomials on this tile, or zero.
  KOKKOS_FUNCTION void begin(const Member& team, const TileRecord& tile, Real* F,
                             Real* half_way) const {
    if (tile.parent < 0) return clear<Main>(team, F);
    constexpr int main = Main::per_axis, fine = Fine::per_axis;
    const Real* parent = parents.data() + static_cast<std::size_t>(tile.parent) * kept_size;
    const int upper = tile.row / level.size % 2, right = tile.column / level.size % 2;
    hand_down<on_host, main, main, false>(team, parent, main_to_main.data() + upper * main * main,
                                          main_to_main.data() + right * main * main, half_way, F);
    team.team_barrier();
    hand_down<on_host, fine, main, true>(team, parent + Main::nodes,
                                         fine_to_main.data() + upper * fine * main,
                                         fine_to_main.data() + right * fine * main, half_way, F);
    team.team_barrier();
  }

  template <class Basis>
  KOKKOS_FUNCTION void keep(const Member& team, const Real* F, Real* place) const {
    team.team_barrier();
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Basis::nodes),
                         [&](int k) { place[k] = F[k]; });
    team.team_barrier();
  }

  /// Adds the node values of the profiles with the wanted verdict; returns their number.
  template <class Basis>
  KOKKOS_FUNCTION int add(const Member& team, const TileRecord& tile, TileVerdict wanted,
                          const Real* basis, Real* F) const {
    constexpr int lanes = on_host ? Basis::lanes : 1;
    const Real* const x = basis + Basis::x_at;
    const Real* const y = basis + Basis::y_at;
    const double half = 0.5 * level.size;
    const double middle_x = grid.x_centre(static_cast<double>(tile.column)) - 0.5 + half;
    const double middle_y = grid.y_centre(static_cast<double>(tile.row)) - 0.5 + half;
    int count = 0;
    for (std::uint32_t k = 0; k < tile.count; ++k) {
      if (verdicts(tile.pairs + k) != wanted) continue;
      ++count;
      const TileProfile& profile = profiles(level.candidates(tile.first + k));
      const auto brightness = over_tile<Real>(profile, middle_x - profile.ellipse.x,
                                              middle_y - profile.ellipse.y, half, scale);
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Basis::padded / lanes), [&](int block) {
        const int at = block * lanes;
        brightness.template add<typename Method::Digits, lanes>(x + at, y + at, F + at);
      });
    }
    return count * Basis::padded;
  }

  template <class Basis>
  KOKKOS_FUNCTION void expand(const Member& team, const TileRecord& tile, const Real* basis,
                              Real* F, Real* half_way) const {
    switch (level.size) {
      case 64:
        return expand_to<Basis, 64>(team, tile, basis, F, half_way);
      case 32:
        return expand_to<Basis, 32>(team, tile, basis, F, half_way);
      case 16:
        return expand_to<Basis, 16>(team, tile, basis, F, half_way);
      case 8:
        return expand_to<Basis, 8>(team, tile, basis, F, half_way);
      default:
        return expand_to<Basis, 4>(team, tile, basis, F, half_way);
    }
  }

  template <class Basis, int Size>
  KOKKOS_FUNCTION void expand_to(const Member& team, const TileRecord& tile, const Real* basis,
                                 Real* F, Real* half_way) const {
    add_pixels<on_host, Basis::per_axis, Size>(
        team, F, basis + Basis::pixels(Size), basis + Basis::folded(Size), half_way,
        ProductTarget<true, double>{&pixels(tile.plane, tile.row, tile.column), pixels.extent(2),
                                    1.0 / scale});
  }
};

}  // namespace glint::impl

#endif
