// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PACK_ELEMENTARY_HPP
#define GLINT_PACK_ELEMENTARY_HPP

#include <cstdint>
#include <glint/elementary.hpp>
#include <glint/pack.hpp>

namespace glint {

namespace impl {
template <class T>
struct Exp2Format;
template <>
struct Exp2Format<double> {
  using Integer = std::int64_t;
  static constexpr int degree = 11, mantissa = 52;
  static constexpr double shift = 6755399441055744.0, largest = 1023.0;  // 1.5 * 2^52
};
template <>
struct Exp2Format<float> {
  using Integer = std::int32_t;
  static constexpr int degree = 6, mantissa = 23;
  static constexpr float shift = 12582912.0F, largest = 127.0F;  // 1.5 * 2^23
};

template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> lesser(const Pack<T, N>& a, T b) {
  if constexpr (N == 1)
    return a > b ? b : a;
  else
    return a > b ? broadcast_pack<T, N>(b) : a;
}

/// x 2^n, where n stands in the low bits of the number n + shift.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> scale_by_power(const Pack<T, N>& x,
                                                      const Pack<T, N>& shifted) {
  using Format = Exp2Format<T>;
  using Integer = typename Format::Integer;
  if constexpr (N == 1) {
    const Integer power = compat::bit_cast<Integer>(shifted) << Format::mantissa;
    return compat::bit_cast<T>(compat::bit_cast<Integer>(x) + power);
  } else {
    using Integers = Pack<Integer, N>;
    return (Pack<T, N>)((Integers)x + ((Integers)shifted << Format::mantissa));
  }
}
}  // namespace impl

/// 2^-v for v >= 0: 1 at 0, and 0 from 1023 (double) or 127 (float) on. Relative error 3e-16 or
/// 1.3e-7 as long as the result is a normal number; in the last binary order before 0 the error is
/// below the smallest normal number. NaN stays.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> exp2_of_minus(const Pack<T, N>& v) {
  using Format = impl::Exp2Format<T>;
  // At the largest v the polynomial is exactly 1, and so its exponent comes down to that of zero.
  const Pack<T, N> clamped = impl::lesser<T, N>(v, Format::largest);
  const Pack<T, N> shifted = Format::shift - clamped;
  const Pack<T, N> f = (Format::shift - shifted) - clamped;
  return impl::scale_by_power<T, N>(impl::exp2_series<Format::degree, Pack<T, N>, T>(f), shifted);
}

}  // namespace glint

#endif
