// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_BOUNDARY_TILE_HPP
#define GLINT_IMPL_BOUNDARY_TILE_HPP

#include <glint/execution.hpp>
#include <glint/impl/edge_batch.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/profiles.hpp>

/// A small square of pixels and all its edges: what one team works on.

namespace glint::impl {

template <int Side>
struct BoundaryTile {
  static constexpr int side = Side;
  static constexpr int edges = side * (side + 1);  ///< of each direction
  static constexpr int pixels = side * side;

  /// Edges that one thread integrates together.
  template <class ExecutionSpace>
  static constexpr int lanes = is_host_execution_v<ExecutionSpace> ? (Side == 4 ? 40 : 48) : 1;

  std::size_t first_row, first_column;  ///< of the lower left pixel
  double row0, column0;  ///< image-centred coordinates of its lower left corner, half-integers

  /// Tiles that cover `pixels` pixels of a side; the last one may reach past the frame.
  KOKKOS_FORCEINLINE_FUNCTION static std::size_t along(std::size_t pixels) {
    return (pixels + side - 1) / side;
  }
  static std::size_t count(const PixelGrid& grid) { return along(grid.ny) * along(grid.nx); }

  KOKKOS_FORCEINLINE_FUNCTION static BoundaryTile at(const PixelGrid& grid, std::size_t index) {
    return at(grid, index / along(grid.nx) * side, index % along(grid.nx) * side);
  }
  KOKKOS_FORCEINLINE_FUNCTION static BoundaryTile at(const PixelGrid& grid, std::size_t row,
                                                     std::size_t column) {
    return {row, column, grid.y_centre(static_cast<double>(row)) - 0.5,
            grid.x_centre(static_cast<double>(column)) - 0.5};
  }

  /// Smallest and largest squared radius over the tile, and their decay.
  template <class Law>
  KOKKOS_INLINE_FUNCTION TileRadii radii(const Ellipse& e, const Law& law) const {
    const Ellipse::Range w =
        e.squared_radii(column0 - e.x, (column0 + side) - e.x, row0 - e.y, (row0 + side) - e.y);
    return {w.low, w.high, law.decay(w.low), law.decay(w.high)};
  }
};

/// Edge integrals of one tile in team scratch. An edge's value is its term of the boundary integral
/// (1/2) contour of (X dY - Y dX) times the radial mean, run towards +x or +y. Horizontal edges
/// come first, [row line][column], then the vertical ones, [column line][row].
template <int Side>
struct TileEdges {
  using Tile = BoundaryTile<Side>;
  double* value;
  bool* tail;  ///< which form each holds

  KOKKOS_FORCEINLINE_FUNCTION static int horizontal(int line, int column) {
    return line * Side + column;
  }
  KOKKOS_FORCEINLINE_FUNCTION static int vertical(int line, int row) {
    return Tile::edges + line * Side + row;
  }
  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return Tile::edges * (2 * sizeof(double) + 2 * sizeof(bool));
  }
};

/// One edge of a tile relative to a profile.
struct EdgePlace {
  bool is_vertical;
  double along;   ///< of its start
  double across;  ///< fixed
  double factor;  ///< of the integral in the contour

  template <class Tile>
  KOKKOS_FORCEINLINE_FUNCTION static EdgePlace of(const Tile& tile, const Ellipse& e, int edge) {
    const bool is_vertical = edge >= Tile::edges;
    const int item = is_vertical ? edge - Tile::edges : edge;
    const int line = item / Tile::side, step = item % Tile::side;
    const double across = is_vertical ? (tile.column0 + line) - e.x : (tile.row0 + line) - e.y;
    const double along = is_vertical ? (tile.row0 + step) - e.y : (tile.column0 + step) - e.x;
    return {is_vertical, along, across, is_vertical ? 0.5 * across : -0.5 * across};
  }
};

/// How the edges of a (tile, profile) pair are integrated.
struct TileScheme {
  int horizontal_order = 0, vertical_order = 0;  ///< both 0: every edge on its own
  RadialForm form = RadialForm::tail;

  template <class Tile, class Law>
  KOKKOS_INLINE_FUNCTION static TileScheme choose(const Tile& tile, const Profile<Law>& profile,
                                                  const TileRadii& radii,
                                                  const EdgeDemand& demand) {
    // The inside form may reach a little past the switch, at a bounded loss of digits.
    constexpr double overlap = 6.0;
    const Law& law = profile.law;
    TileScheme scheme;
    scheme.form = radii.y_low >= law.y_tail ? RadialForm::tail : RadialForm::inside;
    if (scheme.form == RadialForm::inside && radii.y_high > law.y_tail + overlap) return scheme;
    const Ellipse& e = profile.ellipse;
    const double arm = math::fabs(tile.column0 - e.x) + math::fabs(tile.row0 - e.y) + Tile::side;
    // 4: the constant of the error bound and the four edges; arm: edges cancel down to a pixel.
    const double digits =
        4.0 + math::log(arm) + needed_digits(demand, profile.log_peak, radii.y_low);
    const int h = edge_order(law, radii, e.axx, digits);
    const int v = h ? edge_order(law, radii, e.ayy, digits) : 0;
    if (h && v) scheme.horizontal_order = h, scheme.vertical_order = v;
    return scheme;
  }
};

/// Fills `edges`, W at a time; returns how often the radial function was evaluated. Called by all
/// threads of the team.
template <int W, int Side, class Team, class Law, class Radial>
KOKKOS_INLINE_FUNCTION int integrate_tile_edges(const Team& team, const BoundaryTile<Side>& tile,
                                                const Profile<Law>& profile, const Radial& radial,
                                                const EdgeRules& rules, const EdgeDemand& demand,
                                                const TileScheme& scheme,
                                                const TileEdges<Side>& edges) {
  using Tile = BoundaryTile<Side>;
  static_assert(2 * Tile::edges % W == 0);
  constexpr int alone = W > 8 ? 8 : W;  // nodes at once on a single edge, whose panels have 16
  const Ellipse& e = profile.ellipse;
  const EdgeFrame frames[2] = {EdgeFrame::horizontal(e), EdgeFrame::vertical(e)};
  const auto integrate_block = [&](int block, int& evaluations) {
    const int first = block * W;
    if (scheme.horizontal_order) {
      EdgeLanes<W> lanes;
      int order = 0;
      for (int k = 0; k < W; ++k) {
        const EdgePlace edge = EdgePlace::of(tile, e, first + k);
        lanes.set(k, frames[edge.is_vertical], edge.along + 0.5, edge.across);
        const int wanted = edge.is_vertical ? scheme.vertical_order : scheme.horizontal_order;
        if (wanted > order) order = wanted;
      }
      double integral[W];
      if (scheme.form == RadialForm::tail)
        integrate_edges<RadialForm::tail>(lanes, radial, rules, order, integral);
      else
        integrate_edges<RadialForm::inside>(lanes, radial, rules, order, integral);
      for (int k = 0; k < W; ++k)
        edges.value[first + k] = EdgePlace::of(tile, e, first + k).factor * integral[k];
      evaluations += order * W;
      return;
    }
    EdgeBatch<W> batch;
    for (int k = 0; k < W; ++k) {
      const EdgePlace edge = EdgePlace::of(tile, e, first + k);
      batch.set(k, frames[edge.is_vertical], edge.along, edge.across);
    }
    batch.choose(profile.law, demand, profile.log_peak);
    const int order = batch.largest_order();
    double integral[W];
    if (order > 0) integrate_edges(batch.lanes, batch.tail, radial, rules, order, integral);
    evaluations += order * W;
    for (int k = 0; k < W; ++k) {
      const EdgePlace edge = EdgePlace::of(tile, e, first + k);
      const EdgeFrame& frame = frames[edge.is_vertical];
      const bool tail = batch.tail[k] > 0.0;
      if (batch.order[k] == 0.0)
        integral[k] = tail ? integrate_edge<RadialForm::tail, alone>(frame, profile.law, radial,
                                                                     rules, demand, edge.along,
                                                                     edge.across, evaluations)
                           : integrate_edge<RadialForm::inside, alone>(frame, profile.law, radial,
                                                                       rules, demand, edge.along,
                                                                       edge.across, evaluations);
      edges.tail[first + k] = tail;
      edges.value[first + k] = edge.factor * integral[k];
    }
  };
  int evaluations = 0;
  Kokkos::parallel_reduce(Kokkos::TeamThreadRange(team, 2 * Tile::edges / W), integrate_block,
                          evaluations);
  return evaluations;
}

/// Flux of one pixel of the tile from its four edges, counter-clockwise.
template <int Side, class Law>
KOKKOS_INLINE_FUNCTION double pixel_flux(const BoundaryTile<Side>& tile,
                                         const Profile<Law>& profile, const TileScheme& scheme,
                                         const TileEdges<Side>& edges, int row, int column) {
  const int bottom = edges.horizontal(row, column), top = edges.horizontal(row + 1, column);
  const int left = edges.vertical(column, row), right = edges.vertical(column + 1, row);
  double flux = (edges.value[bottom] - edges.value[top]) + (edges.value[right] - edges.value[left]);
  if (scheme.horizontal_order) return profile.amplitude * flux;

  const Ellipse& e = profile.ellipse;
  const double x0 = (tile.column0 + column) - e.x, x1 = (tile.column0 + (column + 1)) - e.x;
  const double y0 = (tile.row0 + row) - e.y, y1 = (tile.row0 + (row + 1)) - e.y;
  const bool b = edges.tail[bottom], t = edges.tail[top];
  const bool l = edges.tail[left], r = edges.tail[right];
  const bool holds_centre = x0 <= 0.0 && x1 >= 0.0 && y0 <= 0.0 && y1 >= 0.0;
  const bool all_tails = b && t && l && r;
  if ((b || t || l || r) && !(all_tails && !holds_centre)) {
    // Forms are mixed, or the contour goes round the centre: give the tail edges back the flux at
    // infinity times their angle. Round a contour without the centre the angles cancel.
    const EdgeFrame h = EdgeFrame::horizontal(e), v = EdgeFrame::vertical(e);
    double angle = 0.0;
    if (b) angle -= h.angle(x0, y0);
    if (t) angle += h.angle(x0, y1);
    if (r) angle += v.angle(y0, x1);
    if (l) angle -= v.angle(y0, x0);
    flux += 0.5 * profile.law.total / e.det * angle;
  }
  return profile.amplitude * flux;
}

}  // namespace glint::impl

#endif
