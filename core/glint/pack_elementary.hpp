// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PACK_ELEMENTARY_HPP
#define GLINT_PACK_ELEMENTARY_HPP

#include <cstdint>
#include <glint/elementary.hpp>
#include <glint/pack.hpp>

#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace glint {

namespace impl {
template <class T>
struct Exp2Format;
template <>
struct Exp2Format<double> {
  using Integer = std::uint64_t;
  static constexpr int degree = 11, mantissa = 52;
  static constexpr double shift = 6755399441055744.0, largest = 1023.0;  // 1.5 * 2^52
};
template <>
struct Exp2Format<float> {
  using Integer = std::uint32_t;
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

/// amplitude 2^-v for packs of v >= 0, as the product of two packs, so that a sum of such numbers
/// takes one multiply-add. The amplitude itself at v = 0. Made once for an amplitude.
///
/// Where a register can be indexed (AVX-512) sixteenths come from a table and the polynomial is
/// half as long: relative error 4e-16 or 2e-7, 0 from v = 1022 or 126 on. Elsewhere by
/// exp2_of_minus().
#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__AVX512F__)
template <class T, int N>
class ScaledExp2 {
 public:
  KOKKOS_FORCEINLINE_FUNCTION explicit ScaledExp2(T amplitude) {
    GLINT_UNROLL
    for (int r = 0; r < rows; ++r) table_[r] = amplitude * load_pack<T, N>(sixteenths + r * N);
  }
  KOKKOS_FORCEINLINE_FUNCTION void factors(const Pack<T, N>& v, Pack<T, N>& power,
                                           Pack<T, N>& factor) const {
    using Integer = typename Format::Integer;
    using Integers = Pack<Integer, N>;
    constexpr T shift = Format::shift / T(16), zero_from = Format::largest - T(1);
    const Pack<T, N> shifted = shift - v;
    const Pack<T, N> f = (shift - shifted) - v;
    const Integers index = (Integers)shifted;  // v = -index / 16 - f
    const Integers exponent = (index & ~Integer(15)) << (Format::mantissa - 4);
    power = (Pack<T, N>)((Integers)series(f) + exponent);
    power = v >= zero_from ? Pack<T, N>{} : power;
    factor = look_up(index);
  }

 private:
  static_assert(N * sizeof(T) == 64);
  using Format = impl::Exp2Format<T>;
  static constexpr int rows = 16 / N;
  /// 2^(j/16 - 1).
  static constexpr T sixteenths[16] = {T(0.5),
                                       T(0.5221368912137069202),
                                       T(0.5452538663326288296),
                                       T(0.5693943173783458269),
                                       T(0.5946035575013605334),
                                       T(0.6209289060367420243),
                                       T(0.648419777325504833),
                                       T(0.6771277734684463641),
                                       T(0.7071067811865475244),
                                       T(0.7384130729697496557),
                                       T(0.7711054127039704118),
                                       T(0.8052451659746271541),
                                       T(0.840896415253714543),
                                       T(0.8781260801866497416),
                                       T(0.9170040432046712317),
                                       T(0.9576032806985736469)};
  Pack<T, N> table_[rows];

  /// 2^(1 + f), |f| <= 1/32 (core/src/fit_elementary.py): error 7e-18 and 1.2e-9.
  static KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> series(const Pack<T, N>& f) {
    if constexpr (sizeof(T) == 8)
      return impl::horner(f, 2.0, 1.3862943611198937263, 0.4804530139182016939,
                          0.1110082173041871445, 0.01923625821305136333, 0.002666763763077847863,
                          0.0003080751249091541744);
    else
      return impl::horner(f, 2.0F, 1.386294360801990269F, 0.4804717995836907558F,
                          0.1110108215656745222F);
  }
  KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> look_up(
      const Pack<typename Format::Integer, N>& index) const {
    if constexpr (sizeof(T) == 8)
      return (Pack<T, N>)_mm512_permutex2var_pd((__m512d)table_[0], (__m512i)index,
                                                (__m512d)table_[rows - 1]);
    else
      // By mask, since GCC 12 warns of its own header otherwise.
      return (Pack<T, N>)_mm512_maskz_permutexvar_ps(0xffff, (__m512i)index, (__m512)table_[0]);
  }
};
#else
template <class T, int N>
class ScaledExp2 {
 public:
  KOKKOS_FORCEINLINE_FUNCTION explicit ScaledExp2(T amplitude)
      : amplitude_(broadcast_pack<T, N>(amplitude)) {}
  KOKKOS_FORCEINLINE_FUNCTION void factors(const Pack<T, N>& v, Pack<T, N>& power,
                                           Pack<T, N>& factor) const {
    power = exp2_of_minus<T, N>(v);
    factor = amplitude_;
  }

 private:
  Pack<T, N> amplitude_;
};
#endif

}  // namespace glint

#endif
