// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TURNS_HPP
#define GLINT_IMPL_TURNS_HPP

#include <glint/trigonometry.hpp>

/// Phases in turns (of 2 pi) that stay exact when thousands of whole turns are taken off.

namespace glint::impl {

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

/// Cosine and sine of 2 pi times n times the phase, |n| <= 2^16, to 2e-16.
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
