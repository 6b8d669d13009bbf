// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TRIGONOMETRY_HPP
#define GLINT_TRIGONOMETRY_HPP

#include <glint/constants.hpp>
#include <glint/elementary.hpp>

/// Sines and cosines without a branch, which compilers vectorise.

namespace glint::impl {

/// The nearest integer, for |x| < 2^51.
KOKKOS_FORCEINLINE_FUNCTION double nearest_integer(double x) {
  constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52
  return (x + shift) - shift;
}

/// In single precision, for |x| < 2^22.
KOKKOS_FORCEINLINE_FUNCTION float nearest_integer(float x) {
  constexpr float shift = 12582912.0f;  // 1.5 * 2^23
  return (x + shift) - shift;
}

/// Turns the cosine and sine of x into those of x + k pi/2, k = -2 to 2.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION void turn_by_quarters(T k, T c, T s, T& cosine, T& sine) {
  const T quarter = k * k;  // 1: a quarter turn, k says which way; 4: half a turn
  const bool odd = quarter == T(1);
  const T sign = quarter == T(4) ? T(-1) : T(1);
  cosine = odd ? -k * s : sign * c;
  sine = odd ? k * c : sign * s;
}

/// Cosine and sine of x + k pi/2, x in [-pi/4, pi/4] but for little, k = -2 to 2, to 2e-16.
KOKKOS_FORCEINLINE_FUNCTION void cosine_and_sine_series(double k, double x, double& cosine,
                                                        double& sine) {
  const double t = x * x;
  double s = 1.0 / 355687428096000.0;  // 1/17!, -1/15!, ...
  s = s * t - 1.0 / 1307674368000.0;
  s = s * t + 1.0 / 6227020800.0;
  s = s * t - 1.0 / 39916800.0;
  s = s * t + 1.0 / 362880.0;
  s = s * t - 1.0 / 5040.0;
  s = s * t + 1.0 / 120.0;
  s = s * t - 1.0 / 6.0;
  s = x + x * (t * s);
  double c = 1.0 / 20922789888000.0;  // 1/16!, -1/14!, ...
  c = c * t - 1.0 / 87178291200.0;
  c = c * t + 1.0 / 479001600.0;
  c = c * t - 1.0 / 3628800.0;
  c = c * t + 1.0 / 40320.0;
  c = c * t - 1.0 / 720.0;
  c = c * t + 1.0 / 24.0;
  c = c * t - 0.5;
  c = 1.0 + t * c;
  turn_by_quarters(k, c, s, cosine, sine);
}

/// In single precision, to 1e-7.
KOKKOS_FORCEINLINE_FUNCTION void cosine_and_sine_series(float k, float x, float& cosine,
                                                        float& sine) {
  const float t = x * x;
  const float s =
      x + x * t * horner(t, -1.0f / 6.0f, 1.0f / 120.0f, -1.0f / 5040.0f, 1.0f / 362880.0f);
  const float c = 1.0f + t * horner(t, -0.5f, 1.0f / 24.0f, -1.0f / 720.0f, 1.0f / 40320.0f,
                                    -1.0f / 3628800.0f);
  turn_by_quarters(k, c, s, cosine, sine);
}

/// Cosine and sine of 2 pi turns, |turns| <= 0.6, to 2e-16 (1e-7 in single precision) and what
/// `turns` was rounded by.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION void cosine_and_sine(T turns, T& cosine, T& sine) {
  const T k = nearest_integer(T(4) * turns);
  cosine_and_sine_series(k, T(2.0 * constants::pi) * (turns - T(0.25) * k), cosine, sine);
}

}  // namespace glint::impl

#endif
