// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_EDGE_BATCH_HPP
#define GLINT_IMPL_EDGE_BATCH_HPP

#include <glint/impl/edge_integral.hpp>
#include <glint/impl/edge_order.hpp>

namespace glint::impl {

/// W edges near the centre, each with the form and the Gauss-Legendre order that suit it, as
/// edge_order() finds them for whole tiles; here from the edge's own distance to the zeros of w.
template <int W>
struct EdgeBatch {
  EdgeLanes<W> lanes;
  double across[W], a_along[W], offset[W],
      d[W];         ///< w = a ((t - offset)^2 + d^2), t from the middle
  double tail[W];   ///< 1 for the tail form, 0 for the inside form
  double order[W];  ///< 0: no order up to the largest will do

  KOKKOS_FORCEINLINE_FUNCTION void set(int l, const EdgeFrame& frame, double along,
                                       double across_at) {
    const double middle = along + 0.5;
    lanes.set(l, frame, middle, across_at);
    across[l] = across_at;
    a_along[l] = frame.a_along;
    offset[l] = -frame.a_mixed * across_at / frame.a_along - middle;
    d[l] = frame.det * math::fabs(across_at) / frame.a_along;
  }

  template <class Law>
  KOKKOS_INLINE_FUNCTION void choose(const Law& profile_law, const EdgeDemand& demand,
                                     double log_peak) {
    constexpr double largest = 12.0;
    const Law law = profile_law;  // by value: nothing the stores below could alias
    double sigma0[W], sigma0_high[W], log2_rho0[W], y_low[W], y_high[W], digits[W], best[W];
    for (int l = 0; l < W; ++l) {
      const double t = math::fabs(offset[l]);
      const double nearest = t > 0.5 ? t - 0.5 : 0.0, farthest = t + 0.5;
      const double d2 = d[l] * d[l];
      y_low[l] = law.decay(a_along[l] * (nearest * nearest + d2));
      y_high[l] = law.decay(a_along[l] * (farthest * farthest + d2));
      tail[l] = y_low[l] >= law.y_tail ? 1.0 : 0.0;
      // Distances of a zero from the two ends, the edge being [-1, 1].
      sigma0[l] = math::sqrt((t - 0.5) * (t - 0.5) + d2) + math::sqrt((t + 0.5) * (t + 0.5) + d2);
      sigma0_high[l] = 2.0 * math::sqrt(farthest * farthest + d2);
      best[l] = 1e30;
    }
    for (int l = 0; l < W; ++l) {
      const double sigma = sigma0[l] > 1.0 ? sigma0[l] : 1.0;
      log2_rho0[l] = fast_log2<4>(sigma + math::sqrt(sigma * sigma - 1.0));
      // 4: the constant of the error bound and the four edges of a pixel.
      digits[l] = 4.0 + constants::ln2 * fast_log2<3>(1.0 + 2.0 * math::fabs(across[l])) +
                  needed_digits(demand, log_peak, y_low[l]);
    }
    for (int k = 0; k < 4; ++k) {
      const double share = 0.3 + 0.2 * k;
      double sigma[W], growth[W];
      for (int l = 0; l < W; ++l) {
        const double rho = fast_exp2<6>(share * log2_rho0[l]);
        sigma[l] = 0.5 * (rho + 1.0 / rho);
        growth[l] = (sigma0[l] - sigma[l]) / (sigma0[l] - 1.0);
        growth[l] = growth[l] > 1e-30 ? growth[l] : 1e-30;
      }
      for (int l = 0; l < W; ++l)
        growth[l] = y_low[l] * (1.0 - fast_exp2<6>(law.power * fast_log2<3>(growth[l])));
      if (law.power > 1.0)
        for (int l = 0; l < W; ++l) {
          // Steeper than an exponential: worst at the far end, and falling off the real axis.
          const double shrink = (sigma0_high[l] - sigma[l]) / (sigma0_high[l] - 1.0);
          const double far =
              y_high[l] *
              (1.0 - fast_exp2<6>(law.power * fast_log2<3>(shrink > 1e-30 ? shrink : 1e-30)));
          const double worst = far > growth[l] ? far : growth[l];
          growth[l] = worst + 0.5 * (law.power - 1.0) *
                                  law.decay(0.25 * a_along[l] * (sigma[l] * sigma[l] - 1.0));
        }
      for (int l = 0; l < W; ++l) {
        const double wanted =
            (digits[l] + growth[l]) / (2.0 * constants::ln2 * share * log2_rho0[l]);
        best[l] = wanted < best[l] ? wanted : best[l];
      }
    }
    for (int l = 0; l < W; ++l) {
      const bool possible = sigma0[l] > 1.2 && best[l] <= largest;
      order[l] = possible ? (best[l] > 1.0 ? best[l] + 1.0 : 2.0) : 0.0;
    }
  }

  KOKKOS_INLINE_FUNCTION int largest_order() const {
    double largest = 0.0;
    for (int l = 0; l < W; ++l) largest = order[l] > largest ? order[l] : largest;
    return static_cast<int>(largest);
  }
};

}  // namespace glint::impl

#endif
