// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TURNS_HPP
#define GLINT_IMPL_TURNS_HPP

#include <glint/compat.hpp>
#include <glint/constants.hpp>

/// Phases in turns (of 2 pi) that stay exact when thousands of whole turns are taken off, and their
/// sines and cosines without a branch, which compilers vectorise.

namespace glint::impl {

/// The nearest integer, for |x| < 2^51.
KOKKOS_FORCEINLINE_FUNCTION double nearest_integer(double x) {
  constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52
  return (x + shift) - shift;
}

/// A phase modulo one turn as coarse + fine: coarse is a multiple of 2^-38 in [-1/2, 1/2], so that
/// its product with an integer up to 2^16 is exact; |fine| <= 2^-39.
struct Turns {
  double coarse, fine;
};

/// a b modulo one turn, to 1e-28 turns. |a b| < 2^51.
KOKKOS_FORCEINLINE_FUNCTION Turns turns_of_product(double a, double b) {
  const double product = a * b;
  const double rounding = math::fma(a, b, -product);
  const double folded = product - nearest_integer(product);  // exact
  constexpr double grid = 274877906944.0;                    // 2^38
  const double coarse = nearest_integer(folded * grid) / grid;
  return {coarse, (folded - coarse) + rounding};
}

/// n times the phase, modulo one turn: in [-1/2, 1/2] but for 2^-23, to 2^-54. n is an integer (a
/// fraction of a turn that was taken off would be lost), |n| <= 2^16.
KOKKOS_FORCEINLINE_FUNCTION double multiple_of(const Turns& turns, double n) {
  const double product = n * turns.coarse;  // exact
  return (product - nearest_integer(product)) + n * turns.fine;
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
  const double quarter = k * k;  // 1: a quarter turn, k says which way; 4: half a turn
  const bool odd = quarter == 1.0;
  const double sign = quarter == 4.0 ? -1.0 : 1.0;
  cosine = odd ? -k * s : sign * c;
  sine = odd ? k * c : sign * s;
}

/// Cosine and sine of 2 pi turns, |turns| <= 0.6, to 2e-16 and what `turns` was rounded by.
KOKKOS_FORCEINLINE_FUNCTION void cosine_and_sine(double turns, double& cosine, double& sine) {
  const double k = nearest_integer(4.0 * turns);
  cosine_and_sine_series(k, 2.0 * constants::pi * (turns - 0.25 * k), cosine, sine);
}

/// Those of n times the phase, |n| <= 2^16, without that rounding: to 2e-16.
KOKKOS_FORCEINLINE_FUNCTION void cosine_and_sine(const Turns& turns, double n, double& cosine,
                                                 double& sine) {
  const double product = n * turns.coarse;                   // exact
  const double folded = product - nearest_integer(product);  // exact
  const double k = nearest_integer(4.0 * folded);
  const double rest = (folded - 0.25 * k) + n * turns.fine;
  cosine_and_sine_series(k, 2.0 * constants::pi * rest, cosine, sine);
}

}  // namespace glint::impl

#endif
