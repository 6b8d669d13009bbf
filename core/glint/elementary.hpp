// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ELEMENTARY_HPP
#define GLINT_ELEMENTARY_HPP

#include <cstdint>
#include <glint/compat.hpp>

/// log2 and exp2 by polynomials without a branch (coefficients: core/src/fit_elementary.py), so
/// that compilers turn a loop over them into vector instructions. No denormals, infinities or NaN.
///
/// Each comes in several degrees: the accuracy asked for decides what is paid. A chain of dependent
/// calls is fastest on the host as one short loop per call over some 64 values, so that a core has
/// independent work to overlap.

namespace glint {

namespace impl {
/// c[0] + c[1] t + ..., highest term last in the list; t may be a pack.
template <class P, class T>
KOKKOS_FORCEINLINE_FUNCTION constexpr T horner(P, T constant) {
  return constant;
}
template <class P, class T, class... Rest>
KOKKOS_FORCEINLINE_FUNCTION constexpr P horner(P t, T constant, T next, Rest... rest) {
  return horner(t, next, rest...) * t + constant;
}

/// log2(m) = s Q(s^2), s = (m-1)/(m+1), m in [sqrt(1/2), sqrt(2)). Absolute error of the result:
/// 6e-8 (degree 2), 4e-10 (3), 2e-12 (4), below rounding (7).
template <int Degree, class T>
KOKKOS_FORCEINLINE_FUNCTION T log2_series(T t) {
  static_assert(Degree == 2 || Degree == 3 || Degree == 4 || Degree == 7);
  if constexpr (Degree == 2)
    return horner(t, T(2.885390421961832653), T(0.9615889466940780881), T(0.5957596069003719391));
  else if constexpr (Degree == 3)
    return horner(t, T(2.88539007980333633), T(0.9617988388021100037), T(0.5767151860190234273),
                  T(0.4317176974588738401));
  else if constexpr (Degree == 4)
    return horner(t, T(2.885390081789987049), T(0.9617966734515484749), T(0.5770835660048658612),
                  T(0.4116737662377105922), T(0.3407120415619085983));
  else
    return horner(t, T(2.885390081777926811), T(0.9617966939259897288), T(0.5770780163455202295),
                  T(0.4121985858409005345), T(0.320598534913959861), T(0.262334352504183019),
                  T(0.2209130842311767962), T(0.2136589569431926943));
}

/// 2^f, f in [-1/2, 1/2]. Relative error 3e-6 (degree 4), 8e-8 (5), 2e-9 (6), 4e-11 (7),
/// 8e-13 (8), below rounding (11). f: a number of type T, or a pack of them.
template <int Degree, class P, class T = P>
KOKKOS_FORCEINLINE_FUNCTION P exp2_series(P f) {
  static_assert((Degree >= 4 && Degree <= 8) || Degree == 11);
  if constexpr (Degree == 4)
    return horner(f, T(1.0), T(0.6931210452034271047), T(0.2402234903802036137),
                  T(0.05592197584225584918), T(0.009666368515385448309));
  else if constexpr (Degree == 5)
    return horner(f, T(1.000000075454897193), T(0.6931471880262287811), T(0.2402210748530833755),
                  T(0.05550357114219077819), T(0.009676031918322054079),
                  T(0.001339086336467123438));
  else if constexpr (Degree == 6)
    return horner(f, T(1.0), T(0.6931472067028325958), T(0.2402265092228875807),
                  T(0.05550327226670302059), T(0.009618056678524638075), T(0.001340042817761583794),
                  T(0.0001546144469856912908));
  else if constexpr (Degree == 7)
    return horner(f, T(0.9999999999595617507), T(0.6931471805568324135), T(0.2402265121349809266),
                  T(0.05550410906325866612), T(0.009618025613318034249), T(0.001333347847368541528),
                  T(0.0001546972921411829709), T(0.00001530370071136569394));
  else if constexpr (Degree == 8)
    return horner(f, T(1.0), T(0.6931471805459334549), T(0.2402265069581298821),
                  T(0.05550410941205932993), T(0.009618129159402558188), T(0.001333345056800064568),
                  T(0.0001540345585245383944), T(0.00001531007940224929744),
                  T(1.325522487866881698e-6));
  else
    return horner(f, T(0.9999999999999999969), T(0.6931471805599453093), T(0.2402265069591015957),
                  T(0.05550410866482162704), T(0.009618129107587256668), T(0.00133335581464064707),
                  T(0.0001540353046372435421), T(0.00001525273384155677259),
                  T(1.321543253591237617e-6), T(1.01780570877339411e-7), T(7.074194297288521006e-9),
                  T(4.455817908336064493e-10));
}
}  // namespace impl

/// log2 of a positive normal number. At the highest degree: absolute error 2e-16 near 1, relative
/// elsewhere.
template <int Degree = 7>
KOKKOS_FORCEINLINE_FUNCTION double fast_log2(double x) {
  constexpr std::int64_t root_half = 0x3fe6a09e667f3bcd;
  const std::int64_t bits = compat::bit_cast<std::int64_t>(x);
  const std::int64_t exponent = (bits - root_half) >> 52;
  const double m = compat::bit_cast<double>(bits - (exponent << 52));
  const double s = (m - 1.0) / (m + 1.0);
  return static_cast<double>(exponent) + s * impl::log2_series<Degree>(s * s);
}

/// In single precision: error 1e-7, absolute near 1, relative elsewhere.
KOKKOS_FORCEINLINE_FUNCTION float fast_log2(float x) {
  constexpr std::int32_t root_half = 0x3f3504f3;
  const std::int32_t bits = compat::bit_cast<std::int32_t>(x);
  const std::int32_t exponent = (bits - root_half) >> 23;
  const float m = compat::bit_cast<float>(bits - (exponent << 23));
  const float s = (m - 1.0f) / (m + 1.0f);
  return static_cast<float>(exponent) + s * impl::log2_series<2>(s * s);
}

/// 2^x for x below 1023; below -1021 it stays at 2^-1021. Relative error 3e-16 at the highest
/// degree.
template <int Degree = 11>
KOKKOS_FORCEINLINE_FUNCTION double fast_exp2(double x) {
  // Adding 1.5 * 2^52 leaves the nearest integer in the low bits of the sum.
  constexpr double shift = 6755399441055744.0;
  const double clamped = x < -1021.0 ? -1021.0 : x;
  const double shifted = clamped + shift;
  const double f = clamped - (shifted - shift);
  const double p = impl::exp2_series<Degree>(f);
  const std::int64_t bits = compat::bit_cast<std::int64_t>(shifted) << 52;
  return compat::bit_cast<double>(compat::bit_cast<std::int64_t>(p) + bits);
}

/// In single precision, for x below 127; below -125 it stays at 2^-125. Relative error 2e-7.
KOKKOS_FORCEINLINE_FUNCTION float fast_exp2(float x) {
  constexpr float shift = 12582912.0f;  // 1.5 * 2^23
  const float clamped = x < -125.0f ? -125.0f : x;
  const float shifted = clamped + shift;
  const float f = clamped - (shifted - shift);
  const float p = impl::exp2_series<5>(f);
  const std::int32_t bits = compat::bit_cast<std::int32_t>(shifted) << 23;
  return compat::bit_cast<float>(compat::bit_cast<std::int32_t>(p) + bits);
}
}  // namespace glint

#endif
