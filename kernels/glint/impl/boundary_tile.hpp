// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_BOUNDARY_TILE_HPP
#define GLINT_IMPL_BOUNDARY_TILE_HPP

#include <glint/execution.hpp>
#include <glint/impl/edge_integral.hpp>
#include <glint/impl/edge_order.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/profiles.hpp>

/// A square of 8 x 8 pixels and its 144 edges: what one team works on.

namespace glint::impl {

struct Tile {
  static constexpr int side = 8;
  static constexpr int edges = side * (side + 1);  ///< of each direction
  static constexpr int pixels = side * side;

  std::size_t first_row, first_column;  ///< of the lower left pixel
  double row0, column0;  ///< image-centred coordinates of its lower left corner, half-integers

  /// Tiles that cover `pixels` pixels of a side; the last one may reach past the frame.
  KOKKOS_FORCEINLINE_FUNCTION static std::size_t along(std::size_t pixels) {
    return (pixels + side - 1) / side;
  }
  static std::size_t count(const PixelGrid& grid) { return along(grid.ny) * along(grid.nx); }

  KOKKOS_FORCEINLINE_FUNCTION static Tile at(const PixelGrid& grid, std::size_t index) {
    const std::size_t row = index / along(grid.nx) * side, column = index % along(grid.nx) * side;
    return {row, column, grid.y_centre(static_cast<double>(row)) - 0.5,
            grid.x_centre(static_cast<double>(column)) - 0.5};
  }

  /// Smallest and largest squared radius over the tile, and their decay.
  template <class Law>
  KOKKOS_INLINE_FUNCTION TileRadii radii(const Ellipse& e, const Law& law) const {
    const double x0 = column0 - e.x, x1 = (column0 + side) - e.x;
    const double y0 = row0 - e.y, y1 = (row0 + side) - e.y;
    const auto inside = [](double v, double lo, double hi) {
      return v < lo ? lo : v > hi ? hi : v;
    };
    const auto larger = [](double a, double b) { return a > b ? a : b; };
    const auto smaller = [](double a, double b) { return a < b ? a : b; };
    double low = 0.0;
    if (x0 > 0.0 || x1 < 0.0 || y0 > 0.0 || y1 < 0.0) {
      const double mx = -e.axy / e.axx, my = -e.axy / e.ayy;
      low = smaller(smaller(e.squared_radius(inside(mx * y0, x0, x1), y0),
                            e.squared_radius(inside(mx * y1, x0, x1), y1)),
                    smaller(e.squared_radius(x0, inside(my * x0, y0, y1)),
                            e.squared_radius(x1, inside(my * x1, y0, y1))));
    }
    const double high = larger(larger(e.squared_radius(x0, y0), e.squared_radius(x1, y0)),
                               larger(e.squared_radius(x0, y1), e.squared_radius(x1, y1)));
    return {low, high, law.decay(low), law.decay(high)};
  }
};

/// Edge integrals of one tile in team scratch. An edge's value is its term of the boundary integral
/// (1/2) contour of (X dY - Y dX) times the radial mean, run towards +x or +y.
struct TileEdges {
  double* horizontal;     ///< [row line 0..8][column 0..7]
  double* vertical;       ///< [column line 0..8][row 0..7]
  bool* horizontal_tail;  ///< which form each holds
  bool* vertical_tail;

  KOKKOS_FUNCTION static constexpr std::size_t scratch_bytes() {
    return Tile::edges * (2 * sizeof(double) + 2 * sizeof(bool));
  }
};

/// How the edges of a (tile, profile) pair are integrated.
struct TileScheme {
  int horizontal_order = 0, vertical_order = 0;  ///< both 0: every edge on its own
  RadialForm form = RadialForm::tail;

  template <class Law>
  KOKKOS_INLINE_FUNCTION static TileScheme choose(const Tile& tile, const Profile<Law>& profile,
                                                  const TileRadii& radii, double log_tolerance,
                                                  double log_floor) {
    // The inside form may reach a little past the switch, at a bounded loss of digits.
    constexpr double overlap = 6.0;
    const Law& law = profile.law;
    TileScheme scheme;
    scheme.form = radii.y_low >= law.y_tail ? RadialForm::tail : RadialForm::inside;
    if (scheme.form == RadialForm::inside && radii.y_high > law.y_tail + overlap) return scheme;
    const Ellipse& e = profile.ellipse;
    const double arm = math::fabs(tile.column0 - e.x) + math::fabs(tile.row0 - e.y) + Tile::side;
    // 4: the constant of the error bound and the four edges; arm: edges cancel down to a pixel.
    const double digits = 4.0 + math::log(arm) +
                          needed_digits(log_tolerance, log_floor, profile.log_peak, radii.y_low);
    const int h = edge_order(law, radii, e.axx, digits);
    const int v = h ? edge_order(law, radii, e.ayy, digits) : 0;
    if (h && v) scheme.horizontal_order = h, scheme.vertical_order = v;
    return scheme;
  }
};

/// Fills `edges`, W at a time. Called by all threads of the team.
template <int W, class Team, class Law, class Radial>
KOKKOS_INLINE_FUNCTION void integrate_tile_edges(const Team& team, const Tile& tile,
                                                 const Profile<Law>& profile, const Radial& radial,
                                                 const EdgeRules& rules, const TileScheme& scheme,
                                                 const TileEdges& edges) {
  constexpr int groups = Tile::side / W;
  const Ellipse& e = profile.ellipse;
  Kokkos::parallel_for(
      Kokkos::TeamThreadRange(team, 2 * groups * (Tile::side + 1)), [&](int index) {
        const bool is_vertical = index >= groups * (Tile::side + 1);
        const int item = is_vertical ? index - groups * (Tile::side + 1) : index;
        const int line = item / groups, first = item % groups * W;
        const EdgeFrame frame = is_vertical ? EdgeFrame::vertical(e) : EdgeFrame::horizontal(e);
        const double across = is_vertical ? (tile.column0 + line) - e.x : (tile.row0 + line) - e.y;
        const double start = is_vertical ? tile.row0 + first : tile.column0 + first;
        const double origin = is_vertical ? e.y : e.x;
        const double factor = is_vertical ? 0.5 * across : -0.5 * across;
        double* value =
            (is_vertical ? edges.vertical : edges.horizontal) + line * Tile::side + first;
        bool* tail =
            (is_vertical ? edges.vertical_tail : edges.horizontal_tail) + line * Tile::side + first;
        const int order = is_vertical ? scheme.vertical_order : scheme.horizontal_order;
        if (order) {
          double middle[W], integral[W];
          for (int k = 0; k < W; ++k) middle[k] = (start + (k + 0.5)) - origin;
          if (scheme.form == RadialForm::tail)
            integrate_edges<RadialForm::tail>(frame, radial, rules, order, middle, across,
                                              integral);
          else
            integrate_edges<RadialForm::inside>(frame, radial, rules, order, middle, across,
                                                integral);
          for (int k = 0; k < W; ++k) value[k] = factor * integral[k];
        } else {
          for (int k = 0; k < W; ++k) {
            const Law& law = profile.law;
            const double along = (start + k) - origin;
            tail[k] = law.decay(frame.smallest(along, across)) >= law.y_tail;
            value[k] = factor * (tail[k] ? integrate_edge<RadialForm::tail, W>(frame, law, radial,
                                                                               rules, along, across)
                                         : integrate_edge<RadialForm::inside, W>(
                                               frame, law, radial, rules, along, across));
          }
        }
      });
}

/// Flux of one pixel of the tile from its four edges, counter-clockwise.
template <class Law>
KOKKOS_INLINE_FUNCTION double pixel_flux(const Tile& tile, const Profile<Law>& profile,
                                         const TileScheme& scheme, const TileEdges& edges, int row,
                                         int column) {
  const int bottom = row * Tile::side + column, top = bottom + Tile::side;
  const int left = column * Tile::side + row, right = left + Tile::side;
  double flux = (edges.horizontal[bottom] - edges.horizontal[top]) +
                (edges.vertical[right] - edges.vertical[left]);
  if (scheme.horizontal_order) return profile.amplitude * flux;

  const Ellipse& e = profile.ellipse;
  const double x0 = (tile.column0 + column) - e.x, x1 = (tile.column0 + (column + 1)) - e.x;
  const double y0 = (tile.row0 + row) - e.y, y1 = (tile.row0 + (row + 1)) - e.y;
  const bool b = edges.horizontal_tail[bottom], t = edges.horizontal_tail[top];
  const bool l = edges.vertical_tail[left], r = edges.vertical_tail[right];
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
