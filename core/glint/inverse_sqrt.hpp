// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INVERSE_SQRT_HPP
#define GLINT_INVERSE_SQRT_HPP

#include <cstdint>
#include <glint/elementary.hpp>
#include <glint/pack.hpp>

#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace glint {

namespace impl {
template <class T>
struct InverseSqrtGuess;  // bits of a guess at 1/sqrt(x): these minus half of x's
template <>
struct InverseSqrtGuess<double> {
  using Bits = std::int64_t;
  static constexpr Bits bits = 0x5fe6eb50c7b537a9;
};
template <>
struct InverseSqrtGuess<float> {
  using Bits = std::int32_t;
  static constexpr Bits bits = 0x5f375a86;
};

/// y (1 - e)^(-1/2), e = 1 - x y^2, by the given terms of the series.
template <class T, class P, class... Terms>
KOKKOS_FORCEINLINE_FUNCTION P improve_inverse_sqrt(const P& x, const P& y, Terms... terms) {
  const P e = T(1) - x * y * y;
  P sum{};
  const T list[] = {T(terms)...};
  GLINT_UNROLL
  for (int k = static_cast<int>(sizeof...(Terms)) - 1; k >= 0; --k) sum = sum * e + list[k];
  return y + y * e * sum;
}
}  // namespace impl

/// 1/sqrt of N positive normal numbers without the divider. Relative error 4e-16, in single
/// precision 2e-7.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> fast_inverse_sqrt(const Pack<T, N>& x) {
#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__AVX512F__)
  // The instruction's guess is within 2^-14, and one step is enough.
  if constexpr (std::is_same_v<T, double> && N == 8)
    return impl::improve_inverse_sqrt<T>(x, (Pack<T, N>)_mm512_maskz_rsqrt14_pd(0xff, (__m512d)x),
                                         0.5, 0.375, 0.3125);
  if constexpr (std::is_same_v<T, float> && N == 16)
    return impl::improve_inverse_sqrt<T>(x, (Pack<T, N>)_mm512_maskz_rsqrt14_ps(0xffff, (__m512)x),
                                         0.5);
#endif
  using Bits = typename impl::InverseSqrtGuess<T>::Bits;
  constexpr Bits guess = impl::InverseSqrtGuess<T>::bits;  // within 3.5 %
  Pack<T, N> y;
  if constexpr (N == 1)
    y = compat::bit_cast<T>(guess - (compat::bit_cast<Bits>(x) >> 1));
  else
    y = (Pack<T, N>)(guess - ((Pack<Bits, N>)x >> 1));
  if constexpr (sizeof(T) == 8) {
    y = impl::improve_inverse_sqrt<T>(x, y, 0.5, 0.375, 0.3125);  // within 1e-5
    return impl::improve_inverse_sqrt<T>(x, y, 0.5, 0.375, 0.3125);
  } else {
    y = impl::improve_inverse_sqrt<T>(x, y, 0.5, 0.375);  // within 1.1e-4
    return impl::improve_inverse_sqrt<T>(x, y, 0.5);
  }
}

}  // namespace glint

#endif
