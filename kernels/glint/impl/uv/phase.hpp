// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_PHASE_HPP
#define GLINT_IMPL_UV_PHASE_HPP

#include <glint/compat.hpp>
#include <glint/constants.hpp>

namespace glint::impl {

/// The nearest integer; either of the two about half-way.
KOKKOS_FORCEINLINE_FUNCTION double nearest(double x) { return math::floor(x + 0.5); }

/// A phase in turns, modulo one: high + low. `high` lies in [-1/2, 1/2] and `low` carries what it
/// was rounded by, so that multiples of the phase keep their digits: at 1e7 wavelengths and 700
/// pixels a phase is a thousand turns, and one rounding of it would already cost 1e-12.
struct Phase {
  double high, low;

  /// step * u, exact but for the rounding of `low`.
  KOKKOS_FORCEINLINE_FUNCTION static Phase of(double step, double u) {
    const double product = step * u;
    const double rest = math::fma(step, u, -product);
    return {product - nearest(product), rest - nearest(rest)};
  }

  /// n times the phase, for integers n to 2^16 in size. (Half-integers would bring back halves of
  /// the whole turns that were folded away.)
  KOKKOS_FORCEINLINE_FUNCTION Phase times(double n) const {
    const double product = n * high;
    const double rest = math::fma(n, low, math::fma(n, high, -product));
    return {product - nearest(product), rest};
  }

  KOKKOS_FORCEINLINE_FUNCTION Phase operator-(const Phase& other) const {
    const double difference = high - other.high;
    return {difference - nearest(difference), low - other.low};
  }

  /// The nearest number to the phase, in [-1/2, 1/2] but for rounding.
  KOKKOS_FORCEINLINE_FUNCTION double turns() const { return high + low; }
};

/// cos(2 pi t), sin(2 pi t) by the mathematical library: the oracle's.
KOKKOS_FORCEINLINE_FUNCTION double cosine(const Phase& phase) {
  return math::cos(2.0 * constants::pi * phase.turns());
}
KOKKOS_FORCEINLINE_FUNCTION double sine(const Phase& phase) {
  return math::sin(2.0 * constants::pi * phase.turns());
}

}  // namespace glint::impl

#endif
