// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PACK_MATH_HPP
#define GLINT_PACK_MATH_HPP

#include <cstdint>
#include <glint/pack.hpp>

/// log2 and exp2 of packs by branch-free polynomials (coefficients: core/src/fit_elementary.py).
/// Relative accuracy 2e-16 (log2: absolute below 1); no denormals, no infinities, no NaN.

namespace glint {

namespace impl {
KOKKOS_FORCEINLINE_FUNCTION double log2_normal(double x) {
  // Splits x = 2^e m with m in [sqrt(1/2), sqrt(2)), then log2(m) = s Q(s^2), s = (m-1)/(m+1).
  constexpr std::int64_t root_half = 0x3fe6a09e667f3bcd;
  const std::int64_t bits = compat::bit_cast<std::int64_t>(x);
  const std::int64_t exponent = (bits - root_half) >> 52;
  const double m = compat::bit_cast<double>(bits - (exponent << 52));
  const double s = (m - 1.0) / (m + 1.0);
  const double t = s * s;
  double q = 0.2136589569431926943;
  q = q * t + 0.2209130842311767962;
  q = q * t + 0.262334352504183019;
  q = q * t + 0.320598534913959861;
  q = q * t + 0.4121985858409005345;
  q = q * t + 0.5770780163455202295;
  q = q * t + 0.9617966939259897288;
  q = q * t + 2.885390081777926811;
  return static_cast<double>(exponent) + s * q;
}

KOKKOS_FORCEINLINE_FUNCTION double exp2_normal(double x) {
  // Adding 1.5 * 2^52 leaves the nearest integer in the low bits of the sum.
  constexpr double shift = 6755399441055744.0;
  const double clamped = x < -1021.0 ? -1021.0 : x;
  const double shifted = clamped + shift;
  const double f = clamped - (shifted - shift);
  double p = 4.455817908336064493e-10;
  p = p * f + 7.074194297288521006e-9;
  p = p * f + 1.01780570877339411e-7;
  p = p * f + 1.321543253591237617e-6;
  p = p * f + 0.00001525273384155677259;
  p = p * f + 0.0001540353046372435421;
  p = p * f + 0.00133335581464064707;
  p = p * f + 0.009618129107587256668;
  p = p * f + 0.05550410866482162704;
  p = p * f + 0.2402265069591015957;
  p = p * f + 0.6931471805599453093;
  p = p * f + 0.9999999999999999969;
  const std::int64_t bits = compat::bit_cast<std::int64_t>(shifted) << 52;
  return compat::bit_cast<double>(compat::bit_cast<std::int64_t>(p) + bits);
}
}  // namespace impl

/// log2 of positive normal numbers.
template <int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<double, W> log2(const Pack<double, W>& x) {
  Pack<double, W> r;
  for (int k = 0; k < W; ++k) r.lane[k] = impl::log2_normal(x.lane[k]);
  return r;
}

/// exp2 for arguments below 1023; those below -1021 give 2^-1021.
template <int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<double, W> exp2(const Pack<double, W>& x) {
  Pack<double, W> r;
  for (int k = 0; k < W; ++k) r.lane[k] = impl::exp2_normal(x.lane[k]);
  return r;
}

}  // namespace glint

#endif
