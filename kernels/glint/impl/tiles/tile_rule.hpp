// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_RULE_HPP
#define GLINT_IMPL_TILES_TILE_RULE_HPP

#include <glint/impl/tiles/tile_profile.hpp>

/// Decides from geometry alone, before anything is evaluated, whether a profile may be interpolated
/// at the Chebyshev nodes of a tile (docs/mathematics.md, "Spectral tiles"). Many (tile, profile)
/// pairs at once, step by step in short loops over them: see elementary.hpp.

namespace glint::impl {

enum class TileVerdict : unsigned char {
  drop,   ///< too faint here to be rendered
  main,   ///< interpolate with the renderer's usual number of nodes
  fine,   ///< with its larger number
  split,  ///< look at the tile's quarters
};

struct TileRule {
  double main_nodes, fine_nodes;  ///< per axis
  double log_tolerance;           ///< ln of the tolerance
  double log_rounding;            ///< ln of the relative rounding error of a node's value
};

/// W pairs of a tile and a profile, and what the rule makes of them.
template <int W>
struct TilePairs {
  double x[W], y[W], half[W];  ///< centre of the tile relative to the profile's, and half its side
  double ux[W], uy[W], vx[W], vy[W], axx[W], axy[W], ayy[W], det[W];
  double log2_b[W], p[W], y_floor[W], y_cut[W];

  KOKKOS_INLINE_FUNCTION void set(int l, const TileProfile& profile, double tile_x, double tile_y,
                                  double tile_half) {
    const Ellipse& e = profile.ellipse;
    x[l] = tile_x - e.x, y[l] = tile_y - e.y, half[l] = tile_half;
    ux[l] = e.ux, uy[l] = e.uy, vx[l] = e.vx, vy[l] = e.vy;
    axx[l] = e.axx, axy[l] = e.axy, ayy[l] = e.ayy, det[l] = e.det;
    log2_b[l] = profile.log2_b, p[l] = profile.p;
    y_floor[l] = profile.y_floor, y_cut[l] = profile.y_cut;
  }

  KOKKOS_INLINE_FUNCTION void judge(const TileRule& rule, TileVerdict (&verdict)[W]) const {
    double y_low[W], y_high[W], reference[W], main_error[W], fine_error[W];
    bool holds_centre[W];
    radii(y_low, y_high, holds_centre);
    for (int l = 0; l < W; ++l) {
      y_low[l] = decay(l, y_low[l]);
      y_high[l] = decay(l, y_high[l]);
      // What an error is measured against is exp(-reference) of the peak or more.
      reference[l] = smaller(y_high[l], y_floor[l]);
      // Node values round relative to the largest of them.
      main_error[l] = fine_error[l] = reference[l] - y_low[l] + rule.log_rounding;
    }
    add_axis(rule, x, y, axx, ayy, y_low, reference, main_error, fine_error);
    add_axis(rule, y, x, ayy, axx, y_low, reference, main_error, fine_error);
    for (int l = 0; l < W; ++l)
      verdict[l] = y_low[l] > y_cut[l]                   ? TileVerdict::drop
                   : holds_centre[l]                     ? TileVerdict::split
                   : main_error[l] <= rule.log_tolerance ? TileVerdict::main
                   : fine_error[l] <= rule.log_tolerance ? TileVerdict::fine
                                                         : TileVerdict::split;
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION static double smaller(double a, double b) { return a < b ? a : b; }
  KOKKOS_FORCEINLINE_FUNCTION static double larger(double a, double b) { return a > b ? a : b; }
  KOKKOS_FORCEINLINE_FUNCTION static double between(double v, double low, double high) {
    return larger(low, smaller(v, high));
  }
  KOKKOS_FORCEINLINE_FUNCTION double squared_radius(int l, double at_x, double at_y) const {
    const double u = ux[l] * at_x + uy[l] * at_y, v = vx[l] * at_x + vy[l] * at_y;
    return u * u + v * v;
  }
  KOKKOS_FORCEINLINE_FUNCTION double decay(int l, double w) const {
    return fast_exp2<6>(smaller(log2_b[l] + p[l] * fast_log2<4>(larger(w, 1e-280)), 500.0));
  }

  /// Smallest and largest squared radius in the tile, as Ellipse::squared_radii.
  KOKKOS_INLINE_FUNCTION void radii(double (&low)[W], double (&high)[W],
                                    bool (&holds_centre)[W]) const {
    for (int l = 0; l < W; ++l) {
      const double x0 = x[l] - half[l], x1 = x[l] + half[l];
      const double y0 = y[l] - half[l], y1 = y[l] + half[l];
      high[l] = larger(larger(squared_radius(l, x0, y0), squared_radius(l, x1, y0)),
                       larger(squared_radius(l, x0, y1), squared_radius(l, x1, y1)));
      const double to_x = -axy[l] / axx[l], to_y = -axy[l] / ayy[l];
      const double on_sides = smaller(smaller(squared_radius(l, between(to_x * y0, x0, x1), y0),
                                              squared_radius(l, between(to_x * y1, x0, x1), y1)),
                                      smaller(squared_radius(l, x0, between(to_y * x0, y0, y1)),
                                              squared_radius(l, x1, between(to_y * x1, y0, y1))));
      const double outside =
          larger(math::fabs(x[l]) - half[l], math::fabs(y[l]) - half[l]);  // of the centre
      holds_centre[l] = outside <= 0.0;
      low[l] = outside <= 0.0 ? 0.0 : on_sides;
    }
  }

  /// Raises the two ln errors to those of interpolating along one axis ("along"), the worst over
  /// the lines of the tile. On a line w is a quadratic whose complex zeros limit the ellipses on
  /// which the brightness is analytic; a few ellipses are tried and the best bound counts.
  KOKKOS_INLINE_FUNCTION void add_axis(const TileRule& rule, const double (&along)[W],
                                       const double (&across)[W], const double (&a_along)[W],
                                       const double (&a_across)[W], const double (&y_low)[W],
                                       const double (&reference)[W], double (&main_error)[W],
                                       double (&fine_error)[W]) const {
    constexpr double safety = -1.0;
    double sigma0[W], log2_rho0[W], fine_nodes[W], best_main[W], best_fine[W];
    bool steep = false;
    for (int l = 0; l < W; ++l) {
      // The line whose zeros come nearest: by reflection, the sum of their distances to the ends
      // of the tile is smallest here.
      const double beyond = along[l] * along[l] - half[l] * half[l];
      const double reflected = -(axy[l] / a_across[l]) * (beyond / along[l]);
      const double line =
          between(beyond > 0.0 ? reflected : 0.0, across[l] - half[l], across[l] + half[l]);
      const double real = (-(axy[l] / a_along[l]) * line - along[l]) / half[l];
      const double imaginary = det[l] / a_along[l] * line / half[l];
      const double i2 = imaginary * imaginary;
      sigma0[l] = 0.5 * (math::sqrt((real - 1.0) * (real - 1.0) + i2) +
                         math::sqrt((real + 1.0) * (real + 1.0) + i2));
      steep = steep || p[l] > 0.5;
    }
    for (int l = 0; l < W; ++l) {
      const double sigma = larger(sigma0[l], 1.0);
      log2_rho0[l] = fast_log2<4>(sigma + math::sqrt(sigma * sigma - 1.0));
      // Large tiles hand the fine polynomial down to halves that have the main number of nodes, but
      // zeros at least this far.
      const double of_half = 2.0 * sigma - 1.0;
      const double handed_down = rule.main_nodes *
                                 fast_log2<4>(of_half + math::sqrt(of_half * of_half - 1.0)) /
                                 larger(log2_rho0[l], 1e-3);
      fine_nodes[l] = half[l] > 32.0 ? smaller(rule.fine_nodes, handed_down) : rule.fine_nodes;
      best_main[l] = best_fine[l] = constants::infinity;
    }
    for (int k = 0; k < 4; ++k) {
      const double share = k == 0 ? 0.3 : k == 1 ? 0.55 : k == 2 ? 0.78 : 1.0;
      double y[W], sigma[W];
      for (int l = 0; l < W; ++l) {
        const double rho = fast_exp2<6>(share * log2_rho0[l]);
        sigma[l] = 0.5 * (rho + 1.0 / rho);
        // On the ellipse |w| is at least the tile's smallest times the square of this.
        y[l] = larger((sigma0[l] - sigma[l]) / (sigma0[l] - 1.0), 1e-30);
      }
      for (int l = 0; l < W; ++l) y[l] = y_low[l] * fast_exp2<6>(2.0 * p[l] * fast_log2<3>(y[l]));
      if (steep)
        for (int l = 0; l < W; ++l) {
          // Steeper than an exponential the real part of y falls off the axis.
          const double w = a_along[l] * half[l] * half[l] * (sigma[l] * sigma[l] - 1.0);
          y[l] -= larger(p[l] - 0.5, 0.0) * decay(l, w);
        }
      for (int l = 0; l < W; ++l) {
        const double bound = reference[l] - y[l] + safety;
        const double per_node = constants::ln2 * share * log2_rho0[l];
        best_main[l] = smaller(best_main[l], bound - rule.main_nodes * per_node);
        best_fine[l] = smaller(best_fine[l], bound - fine_nodes[l] * per_node);
      }
    }
    for (int l = 0; l < W; ++l) {
      const bool too_near = !(sigma0[l] > 1.25);
      main_error[l] = larger(main_error[l], too_near ? constants::infinity : best_main[l]);
      fine_error[l] = larger(fine_error[l], too_near ? constants::infinity : best_fine[l]);
    }
  }
};

}  // namespace glint::impl

#endif
