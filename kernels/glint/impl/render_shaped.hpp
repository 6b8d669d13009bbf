// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_SHAPED_HPP
#define GLINT_IMPL_RENDER_SHAPED_HPP

#include <algorithm>
#include <glint/checks.hpp>
#include <glint/impl/shaped_edge.hpp>
#include <glint/render.hpp>

/// Pixels of profiles of any shape as boundary integrals, whatever it costs.

namespace glint::impl {

/// A square of 8 x 8 pixels: what one team works on.
struct ShapedTile {
  static constexpr int side = 8;
  static constexpr int edges = side * (side + 1);  ///< of each direction
  static constexpr int pixels = side * side;

  std::size_t first_row, first_column;  ///< of the lower left pixel
  double row0, column0;                 ///< image-centred coordinates of its lower left corner

  KOKKOS_FUNCTION static std::size_t along(std::size_t size) { return (size + side - 1) / side; }
  static std::size_t count(const PixelGrid& grid) { return along(grid.ny) * along(grid.nx); }
  KOKKOS_FUNCTION static ShapedTile at(const PixelGrid& grid, std::size_t index) {
    const std::size_t row = index / along(grid.nx) * side, column = index % along(grid.nx) * side;
    return {row, column, grid.y_centre(static_cast<double>(row)) - 0.5,
            grid.x_centre(static_cast<double>(column)) - 0.5};
  }
};

/// Where a tile's numbers lie in team scratch. Every edge has room for both forms.
struct ShapedScratch {
  double* edges;   ///< [form][direction][line][place]
  double* pixels;  ///< [row][column]
  int* forms;      ///< of the pixels: 0 inside, 1 tail, 2 outside of the frame

  KOKKOS_FUNCTION static constexpr std::size_t bytes() {
    return (4 * ShapedTile::edges + ShapedTile::pixels) * sizeof(double) +
           ShapedTile::pixels * sizeof(int);
  }
  KOKKOS_FUNCTION static int edge(int form, int direction, int line, int place) {
    return ((form * 2 + direction) * (ShapedTile::side + 1) + line) * ShapedTile::side + place;
  }
};

/// One team: one tile, the profiles of one plane.
template <class ExecutionSpace, class T>
struct RenderShaped {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  static constexpr int side = ShapedTile::side;

  PixelGrid grid;
  InputVector<ShapedProfile, ExecutionSpace> profiles;
  InputVector<double, ExecutionSpace> tables;
  InputVector<std::size_t, ExecutionSpace> rows;
  std::size_t first_row;
  StridedOutput<T***, ExecutionSpace> planes;
  std::size_t first, per_team, tiles;
  bool stack;  ///< each profile to the plane of its catalogue row; otherwise all to the first
  bool add;
  double tolerance, floor, negligible;

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t league = static_cast<std::size_t>(team.league_rank());
    const std::size_t begin = first + league / tiles * per_team;
    const ShapedTile tile = ShapedTile::at(grid, league % tiles);
    double* memory = static_cast<double*>(team.team_shmem().get_shmem(ShapedScratch::bytes()));
    const ShapedScratch scratch{
        memory, memory + 4 * ShapedTile::edges,
        reinterpret_cast<int*>(memory + 4 * ShapedTile::edges + ShapedTile::pixels)};
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, ShapedTile::pixels),
                         [&](int k) { scratch.pixels[k] = 0.0; });
    for (std::size_t p = begin; p < begin + per_team; ++p)
      add_profile(team, tile, profiles(p), &tables(p * RadialTable::doubles), scratch);
    team.team_barrier();
    const std::size_t plane = stack ? rows(begin) - first_row : 0;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, ShapedTile::pixels), [&](int k) {
      const std::size_t row = tile.first_row + k / side, column = tile.first_column + k % side;
      if (row >= grid.ny || column >= grid.nx) return;
      T& target = planes(plane, row, column);
      target = static_cast<T>(add ? target + scratch.pixels[k] : scratch.pixels[k]);
    });
  }

  KOKKOS_FUNCTION static double clamped(double v, double low, double high) {
    return v < low ? low : v > high ? high : v;
  }

  /// A radius no larger than any in the rectangle of sides `width` whose lower corner is (x, y)
  /// from the centre.
  KOKKOS_FUNCTION static double smallest_radius(const Isophote& isophote, double x, double y,
                                                double width) {
    const Ellipse& e = isophote.ellipse;
    const double x1 = x + width, y1 = y + width;
    if (x <= 0.0 && x1 >= 0.0 && y <= 0.0 && y1 >= 0.0) return 0.0;
    const double mx = -e.axy / e.axx, my = -e.axy / e.ayy;
    double low = e.squared_radius(clamped(mx * y, x, x1), y);
    const double others[3] = {e.squared_radius(clamped(mx * y1, x, x1), y1),
                              e.squared_radius(x, clamped(my * x, y, y1)),
                              e.squared_radius(x1, clamped(my * x1, y, y1))};
    for (const double other : others) low = other < low ? other : low;
    return isophote.lowest * math::sqrt(low);
  }

  KOKKOS_FUNCTION void add_profile(const Member& team, const ShapedTile& tile,
                                   const ShapedProfile& profile, const double* table,
                                   const ShapedScratch& scratch) const {
    const Ellipse& e = profile.isophote.ellipse;
    const double x0 = tile.column0 - e.x, y0 = tile.row0 - e.y;
    const double nearest = smallest_radius(profile.isophote, x0, y0, side);
    if (nearest > 0.0 &&
        math::fabs(profile.amplitude) * profile.isophote.highest * profile.law(nearest) <=
            negligible * math::fabs(profile.flux))
      return;
    const double tail_from = profile.table.tail_from(table);
    team.team_barrier();  // the previous profile's edges have been read
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, ShapedTile::pixels), [&](int k) {
      const int row = k / side, column = k % side;
      const bool in_frame = tile.first_row + row < grid.ny && tile.first_column + column < grid.nx;
      const double radius = smallest_radius(profile.isophote, x0 + column, y0 + row, 1.0);
      scratch.forms[k] = !in_frame ? 2 : radius > 0.0 && radius >= tail_from ? 1 : 0;
    });
    team.team_barrier();
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, 4 * ShapedTile::edges), [&](int index) {
      const int place = index % side, line = index / side % (side + 1);
      const int direction = index / ShapedTile::edges % 2, form = index / (2 * ShapedTile::edges);
      if (needed(scratch, form, direction, line, place))
        scratch.edges[index] = edge(profile, table, x0, y0, form, direction, line, place);
    });
    team.team_barrier();
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, ShapedTile::pixels), [&](int k) {
      const int row = k / side, column = k % side, form = scratch.forms[k];
      if (form == 2) return;
      const auto at = [&](int direction, int line, int place) {
        return scratch.edges[ShapedScratch::edge(form, direction, line, place)];
      };
      scratch.pixels[k] += (at(0, row + 1, column) - at(0, row, column)) +
                           (at(1, column + 1, row) - at(1, column, row));
    });
  }

  /// Whether a pixel on one of the edge's sides takes this form.
  KOKKOS_FUNCTION static bool needed(const ShapedScratch& scratch, int form, int direction,
                                     int line, int place) {
    bool found = false;
    for (int across = line - 1; across <= line; ++across) {
      if (across < 0 || across >= side) continue;
      const int pixel = direction == 0 ? across * side + place : place * side + across;
      found = found || scratch.forms[pixel] == form;
    }
    return found;
  }

  /// The term of (1/2) contour of (X dY - Y dX) a h that an edge, run towards +x or +y, stands for.
  KOKKOS_FUNCTION double edge(const ShapedProfile& profile, const double* table, double x0,
                              double y0, int form, int direction, int line, int place) const {
    const Ellipse& e = profile.isophote.ellipse;
    const ShapedEdges edges{profile, table,
                            direction == 0 ? EdgeFrame::horizontal(e) : EdgeFrame::vertical(e)};
    const double along = (direction == 0 ? x0 : y0) + place;
    const double across = (direction == 0 ? y0 : x0) + line;
    const double scale = 0.5 * math::fabs(profile.amplitude * across);
    if (!(scale > 0.0)) return 0.0;
    // The least brightness around stands for the flux of the fainter pixel beside the edge.
    double faintest = constants::infinity;
    for (int k = 0; k < 4; ++k) {
      const double value = edges.brightness(along + k % 2, across + (k < 2 ? -1.0 : 1.0));
      faintest = value < faintest ? value : faintest;
    }
    const double flux = math::fabs(profile.amplitude) * faintest;
    const double least = floor * math::fabs(profile.flux);
    const double target = 0.1 * tolerance * (flux > least ? flux : least) / scale;
    const double integral =
        form == 1 ? integrate_shaped_edge<RadialForm::tail>(edges, along, across, target)
                  : integrate_shaped_edge<RadialForm::inside>(edges, along, across, target);
    return 0.5 * profile.amplitude * across * integral;
  }
};

/// Adds profiles to the first plane, or writes each to the plane of its catalogue row.
template <class ExecutionSpace, class T>
void render_shaped(const ExecutionSpace& space, const PixelGrid& grid,
                   const InputVector<ShapedProfile, ExecutionSpace>& profiles,
                   const InputVector<double, ExecutionSpace>& tables,
                   const InputVector<std::size_t, ExecutionSpace>& rows, std::size_t first_row,
                   const StridedOutput<T***, ExecutionSpace>& planes, bool stack, bool add,
                   const RenderOptions& options) {
  constexpr std::size_t most_teams = std::size_t(1) << 30;
  const std::size_t tiles = ShapedTile::count(grid), count = profiles.extent(0);
  GLINT_EXPECTS(tiles <= most_teams, "render: an image of ", grid.ny, " x ", grid.nx,
                " pixels has more tiles than one launch can have");
  const std::size_t batch = stack ? most_teams / tiles : count;
  for (std::size_t first = 0; first < count; first += batch) {
    const std::size_t here = std::min(batch, count - first);
    const RenderShaped<ExecutionSpace, T> functor{
        grid,          profiles,
        tables,        rows,
        first_row,     planes,
        first,         stack ? 1 : here,
        tiles,         stack,
        add,           options.tolerance,
        options.floor, std::min(options.tolerance * options.floor, 1e-20)};
    constexpr std::size_t alignment = 64;
    Kokkos::TeamPolicy<ExecutionSpace> policy(space, static_cast<int>(tiles * (stack ? here : 1)),
                                              team_size<ExecutionSpace>(64));
    policy.set_scratch_size(0, Kokkos::PerTeam(ShapedScratch::bytes() + alignment));
    Kokkos::parallel_for("glint::render::shaped", policy, functor);
  }
}

}  // namespace glint::impl

#endif
