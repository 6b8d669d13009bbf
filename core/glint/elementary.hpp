// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ELEMENTARY_HPP
#define GLINT_ELEMENTARY_HPP

#include <cstdint>
#include <glint/compat.hpp>

/// log2 and exp2 by polynomials without a branch (coefficients: core/src/fit_elementary.py), so that
/// compilers turn a loop over them into vector instructions. No denormals, infinities or NaN.

namespace glint {

/// log2 of a positive normal number. Absolute error 2e-16 near 1, relative elsewhere.
KOKKOS_FORCEINLINE_FUNCTION double fast_log2(double x) {
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

/// 2^x for x below 1023; below -1021 it stays at 2^-1021. Relative error 3e-16.
KOKKOS_FORCEINLINE_FUNCTION double fast_exp2(double x) {
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
}  // namespace glint

#endif
