// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_EDGE_ORDER_HPP
#define GLINT_IMPL_EDGE_ORDER_HPP

#include <glint/constants.hpp>
#include <glint/elementary.hpp>
#include <glint/impl/edge_rules.hpp>

namespace glint::impl {

/// What the choice of an order needs to know about a tile and a profile.
struct TileRadii {
  double w_low, w_high;  ///< smallest and largest squared radius in the tile
  double y_low, y_high;  ///< and what the law makes of them
};

/// What edges must be good for, as logarithms. The error of a pixel may reach
/// tolerance * max(pixel, floor * flux) and flux_error * flux.
struct EdgeDemand {
  double log_tolerance, log_floor, log_flux_error;

  /// Below 1e-15 of the flux sums over pixels telescope whatever the tolerance.
  static constexpr double telescoping = -34.5;
  static constexpr double any_flux_error = 100.0;

  /// Longest panel near the centre, and the largest fall of the brightness over one: 16 nodes then
  /// leave 1e-12, or 1e-15 where more than the usual tolerances is asked for.
  KOKKOS_FORCEINLINE_FUNCTION double panel_length() const {
    return log_tolerance < -27.7 ? 1.2 : 2.0;
  }
  KOKKOS_FORCEINLINE_FUNCTION double panel_decay() const {
    return log_tolerance < -27.7 ? 4.0 : 9.0;
  }
};

/// ln of (pixel / admissible error) for edges of the tile.
KOKKOS_INLINE_FUNCTION double needed_digits(const EdgeDemand& demand, double log_peak,
                                            double y_low) {
  const double below_floor = y_low - (log_peak - demand.log_floor);
  const double contract = -demand.log_tolerance - (below_floor > 0.0 ? below_floor : 0.0);
  const double telescoping = log_peak - y_low - demand.log_flux_error;
  return contract > telescoping ? contract : telescoping;
}

/// Smallest Gauss-Legendre order that integrates every edge of one direction in the tile, or 0
/// when none up to 12 does.
///
/// A rule with K nodes errs by about M rho^-2K, M the integrand's maximum on the ellipse with foci
/// at the edge's ends and semi-axes (rho +- 1/rho)/4 (Trefethen, Approximation Theory and
/// Approximation Practice, theorem 19.3). rho is limited by the zeros of w; inside, |w| shrinks by
/// at most ((sigma0 - sigma)/(sigma0 - 1))^2, so the brightness grows by exp of `growth`.
/// The best of a few ellipses is taken. `a_along`: coefficient of along^2 in w.
template <class Law>
KOKKOS_INLINE_FUNCTION int edge_order(const Law& law, const TileRadii& tile, double a_along,
                                      double digits) {
  const double sigma0 = 2.0 * math::sqrt(tile.w_low / a_along);
  if (!(sigma0 > 1.2)) return 0;
  const double sigma0_high = 2.0 * math::sqrt(tile.w_high / a_along);
  const double log2_rho0 = fast_log2(sigma0 + math::sqrt(sigma0 * sigma0 - 1.0));
  double best = 1e30;
  for (int k = 0; k < 4; ++k) {
    const double share = 0.3 + 0.2 * k;
    const double log2_rho = share * log2_rho0;
    const double rho = fast_exp2(log2_rho);
    const double sigma = 0.5 * (rho + 1.0 / rho);
    const double shrink = (sigma0 - sigma) / (sigma0 - 1.0);
    double growth = tile.y_low * (1.0 - fast_exp2(law.power * fast_log2(shrink)));
    if (law.power > 1.0) {
      // Steeper than an exponential: y grows faster than r, worst at the far side of the tile, and
      // its real part falls off the real axis.
      const double shrink_high = (sigma0_high - sigma) / (sigma0_high - 1.0);
      const double far = tile.y_high * (1.0 - fast_exp2(law.power * fast_log2(shrink_high)));
      if (far > growth) growth = far;
      growth += 0.5 * (law.power - 1.0) * law.decay(0.25 * a_along * (sigma * sigma - 1.0));
    }
    const double order = (digits + growth) / (2.0 * constants::ln2 * log2_rho);
    if (order < best) best = order;
  }
  return best <= 12.0 ? (best <= 2.0 ? 2 : static_cast<int>(best) + 1) : 0;
}

}  // namespace glint::impl

#endif
