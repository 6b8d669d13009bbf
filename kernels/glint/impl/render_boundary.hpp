// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_BOUNDARY_HPP
#define GLINT_IMPL_RENDER_BOUNDARY_HPP

#include <algorithm>
#include <glint/impl/boundary_tile.hpp>
#include <glint/render.hpp>
#include <vector>

/// Pixels as boundary integrals of the enclosed flux (docs/mathematics.md).

namespace glint::impl {

/// Fills the radial table of one profile of the batch, one cell per index.
template <class ExecutionSpace, class Law>
struct BuildTables {
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  Vector<double, typename ExecutionSpace::memory_space> tables;
  std::size_t first;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t p = index / Law::max_table_cells;
    const int cell = static_cast<int>(index % Law::max_table_cells);
    const Law& law = profiles(first + p).law;
    if (cell < law.table_cells()) law.build_cell(cell, &tables(p * Law::table_doubles));
  }
};

/// One team: one tile of one plane, all profiles of the batch that belong to the plane.
template <class ExecutionSpace, class Law, class T>
struct RenderBoundary {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Tile = BoundaryTile<8>;
  using Edges = TileEdges<8>;
  static constexpr int lanes = Tile::template lanes<ExecutionSpace>;

  PixelGrid grid;
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  StridedOutput<T***, ExecutionSpace> planes;
  InputVector<double, ExecutionSpace> rules, tables;
  std::size_t first, last;  ///< the batch
  std::size_t first_plane, profiles_per_plane, tiles;
  EdgeDemand demand;
  double log_negligible;  ///< share of the flux below which a pixel may be left out

  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return Edges::scratch_bytes() + Tile::pixels * sizeof(double);
  }

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t league = static_cast<std::size_t>(team.league_rank());
    const std::size_t plane = first_plane + league / tiles;
    const Tile tile = Tile::at(grid, league % tiles);

    double* scratch =
        static_cast<double*>(team.team_shmem().get_shmem_aligned(scratch_bytes(), 64));
    double* pixels = scratch + 2 * Tile::edges;
    bool* flags = reinterpret_cast<bool*>(pixels + Tile::pixels);
    const Edges edges{scratch, flags};
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Tile::pixels),
                         [&](int k) { pixels[k] = 0.0; });

    const std::size_t begin = plane * profiles_per_plane, end = begin + profiles_per_plane;
    for (std::size_t p = begin > first ? begin : first; p < (end < last ? end : last); ++p)
      add_profile(team, tile, profiles(p), p - first, edges, pixels);

    team.team_barrier();
    store(team, tile, plane, begin < first, pixels);
  }

  KOKKOS_FUNCTION void add_profile(const Member& team, const Tile& tile,
                                   const Profile<Law>& profile, std::size_t table,
                                   const Edges& edges, double* pixels) const {
    const TileRadii radii = tile.radii(profile.ellipse, profile.law);
    if (radii.y_low > profile.log_peak - log_negligible || radii.y_low > profile.law.y_end) return;
    const TileScheme scheme = TileScheme::choose(tile, profile, radii, demand);
    const auto radial = profile.law.radial(tables.data() + table * Law::table_doubles);
    team.team_barrier();  // the previous profile's edges have been read
    integrate_tile_edges<lanes>(team, tile, profile, radial, EdgeRules{rules.data()}, demand,
                                scheme, edges);
    team.team_barrier();
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Tile::pixels), [&](int k) {
      pixels[k] += pixel_flux(tile, profile, scheme, edges, k / Tile::side, k % Tile::side);
    });
  }

  KOKKOS_FUNCTION void store(const Member& team, const Tile& tile, std::size_t plane, bool add,
                             const double* pixels) const {
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, Tile::pixels), [&](int k) {
      const std::size_t row = tile.first_row + k / Tile::side;
      const std::size_t column = tile.first_column + k % Tile::side;
      if (row >= grid.ny || column >= grid.nx) return;
      T& target = planes(plane, row, column);
      target = static_cast<T>(add ? target + pixels[k] : pixels[k]);
    });
  }
};

/// Profiles whose tables fit the workspace's 64 MB.
template <class Law>
constexpr std::size_t boundary_batch() {
  constexpr std::size_t bytes = std::size_t(64) << 20;
  return Law::table_doubles ? bytes / (Law::table_doubles * sizeof(double)) : bytes;
}

/// The workspace's Gauss-Legendre rules, made at the first call.
template <class ExecutionSpace>
void reserve_rules(const ExecutionSpace& space, RenderWorkspace<ExecutionSpace>& workspace) {
  if (workspace.rules.extent(0) > 0) return;
  std::vector<double> host(EdgeRules::doubles);
  EdgeRules::write(host.data());
  workspace.rules = upload(space, "glint::render::rules", host);
}

template <class ExecutionSpace, class Law, class T>
void render_boundary(const ExecutionSpace& space, const PixelGrid& grid,
                     const Profiles<Law, ExecutionSpace>& profiles,
                     const StridedOutput<T***, ExecutionSpace>& planes,
                     std::size_t profiles_per_plane, const RenderOptions& options,
                     RenderWorkspace<ExecutionSpace>& workspace) {
  using Functor = RenderBoundary<ExecutionSpace, Law, T>;
  reserve_rules(space, workspace);
  grow(space, "glint::render::tables",
       std::min(profiles.size(), boundary_batch<Law>()) * Law::table_doubles, workspace.tables);
  // A launch has one team per tile and plane, and Kokkos counts teams in an int.
  constexpr std::size_t most_teams = std::size_t(1) << 30;
  const std::size_t tiles = Functor::Tile::count(grid);
  GLINT_EXPECTS(tiles <= most_teams, "render: an image of ", grid.ny, " x ", grid.nx,
                " pixels has more tiles than one launch can have");
  const std::size_t batch = std::min(boundary_batch<Law>(),
                                     profiles_per_plane > 1 ? profiles.size() : most_teams / tiles);
  for (std::size_t first = 0; first < profiles.size(); first += batch) {
    const std::size_t last = std::min(profiles.size(), first + batch);
    if constexpr (Law::table_doubles > 0)
      Kokkos::parallel_for(
          "glint::render::tables", range(space, (last - first) * Law::max_table_cells),
          BuildTables<ExecutionSpace, Law>{profiles.data, workspace.tables, first});
    const std::size_t first_plane = first / profiles_per_plane;
    const std::size_t last_plane = (last - 1) / profiles_per_plane;
    const Functor functor{
        grid,
        profiles.data,
        planes,
        workspace.rules,
        workspace.tables,
        first,
        last,
        first_plane,
        profiles_per_plane,
        tiles,
        {std::log(options.tolerance), std::log(options.floor), EdgeDemand::telescoping},
        std::log(std::min(options.tolerance * options.floor, 1e-20))};
    constexpr std::size_t alignment = 64;  // what get_shmem_aligned may skip
    Kokkos::TeamPolicy<ExecutionSpace> policy(
        space, static_cast<int>((last_plane - first_plane + 1) * tiles),
        team_size<ExecutionSpace>(128));
    policy.set_scratch_size(0, Kokkos::PerTeam(Functor::scratch_bytes() + alignment));
    Kokkos::parallel_for("glint::render::boundary", policy, functor);
  }
}

}  // namespace glint::impl

#endif
