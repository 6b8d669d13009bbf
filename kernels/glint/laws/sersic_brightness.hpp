// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_SERSIC_BRIGHTNESS_HPP
#define GLINT_LAWS_SERSIC_BRIGHTNESS_HPP

#include <glint/sersic.hpp>

namespace glint {

namespace impl {
/// A step from r to r + reach/2 along which r^(1/n) grows by a bounded factor once it matters.
KOKKOS_INLINE_FUNCTION double sersic_reach(double r, double n, double b) {
  if (n >= 0.5 || b * math::pow(4.0 * r, 1.0 / n) < 1e-3) return 2.0 * r;
  return 4.0 * n * r;
}
}  // namespace impl

/// Sersic: g = exp(-b r^(1/n)), r in units of the half-light radius.
struct SersicBrightness {
  double n = 1.0, b = 1.0;

  KOKKOS_FUNCTION static SersicBrightness from_index(double n) { return {n, sersic_bn(n)}; }

  KOKKOS_FUNCTION double brightness(double r, double) const {
    return math::exp(-b * math::pow(r, 1.0 / n));
  }
  /// No singularity, but for small n a sudden fall.
  KOKKOS_FUNCTION double reach(double r) const { return impl::sersic_reach(r, n, b); }
  KOKKOS_FUNCTION double cusp() const { return 0.0; }
  KOKKOS_FUNCTION double outer_power() const { return 0.0; }
};

}  // namespace glint

#endif
