// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_POWER_EXPONENTIAL_HPP
#define GLINT_IMPL_POWER_EXPONENTIAL_HPP

#include <glint/elementary.hpp>
#include <glint/ellipse.hpp>

namespace glint::impl {

/// Whether a law is amplitude exp(-b w^p), which has a fast form for many points at once.
template <class Law>
inline constexpr bool is_power_exponential_v = requires(const Law& law) {
  law.log2_b;
  law.power;
};

/// Degrees of the polynomials that evaluate a brightness, by the tolerance.
struct FourDigits {
  static constexpr int log2 = 2, inner = 5, outer = 4;
};
struct SixDigits {
  static constexpr int log2 = 3, inner = 7, outer = 6;
};
struct EightDigits {
  static constexpr int log2 = 4, inner = 8, outer = 7;
};
struct AllDigits {
  static constexpr int log2 = 7, inner = 11, outer = 11;
};

/// The brightness amplitude exp(-b w^p) of a profile in coordinates x, y of some unit about some
/// origin, ready for many points at once.
template <class Real>
struct PowerExponential {
  Real ux, uy, u0, vx, vy, v0;
  Real amplitude, log2_c, p;  ///< brightness = amplitude 2^-(c w^p)

  /// `x`, `y`: the origin relative to the profile's centre, and `unit`, in pixels.
  KOKKOS_INLINE_FUNCTION static PowerExponential over(const Ellipse& e, double amplitude,
                                                      double log2_b, double p, double x, double y,
                                                      double unit) {
    constexpr double log2_log2_e = 0.5287663729448976904;
    return {static_cast<Real>(e.ux * unit),
            static_cast<Real>(e.uy * unit),
            static_cast<Real>(e.ux * x + e.uy * y),
            static_cast<Real>(e.vx * unit),
            static_cast<Real>(e.vy * unit),
            static_cast<Real>(e.vx * x + e.vy * y),
            static_cast<Real>(amplitude),
            static_cast<Real>(log2_b + log2_log2_e),
            static_cast<Real>(p)};
  }

  /// Adds the brightness at W points.
  template <class Digits, int W>
  KOKKOS_INLINE_FUNCTION void add(const Real* KOKKOS_RESTRICT x, const Real* KOKKOS_RESTRICT y,
                                  Real* KOKKOS_RESTRICT sum) const {
    const PowerExponential t = *this;  // nothing the stores could alias
    add_at<Digits, W>(
        [&](int l) {
          const Real u = t.ux * x[l] + (t.uy * y[l] + t.u0), v = t.vx * x[l] + (t.vy * y[l] + t.v0);
          return u * u + v * v;
        },
        sum);
  }

  /// The same at W squared radii w(l). Three loops, not one: see elementary.hpp.
  template <class Digits, int W, class SquaredRadius>
  KOKKOS_FORCEINLINE_FUNCTION void add_at(const SquaredRadius& w, Real* KOKKOS_RESTRICT sum) const {
    const Real peak = amplitude, log2_scale = log2_c, power = p;
    alignas(64) Real work[W];
    constexpr Real least = sizeof(Real) == 4 ? Real(0x1p-126) : Real(0x1p-1022);
    for (int l = 0; l < W; ++l) {
      const Real x = w(l), exponent = log2_scale + power * log2_of<Digits>(x);
      work[l] = x < least ? Real(-100) : exponent;  // the centre itself
    }
    for (int l = 0; l < W; ++l) {
      const Real exponent = work[l] < Real(100) ? work[l] : Real(100);
      work[l] = -exp2_of<Digits::inner>(exponent);
    }
    for (int l = 0; l < W; ++l) sum[l] += peak * exp2_of<Digits::outer>(work[l]);
  }

 private:
  template <class Digits>
  KOKKOS_FORCEINLINE_FUNCTION static Real log2_of(Real x) {
    if constexpr (std::is_same_v<Real, double>)
      return fast_log2<Digits::log2>(x);
    else
      return fast_log2(x);
  }
  template <int Degree>
  KOKKOS_FORCEINLINE_FUNCTION static Real exp2_of(Real x) {
    if constexpr (std::is_same_v<Real, double>)
      return fast_exp2<Degree>(x);
    else
      return fast_exp2(x);
  }
};

}  // namespace glint::impl

#endif
