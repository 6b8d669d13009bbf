// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_COUNTER_RANDOM_HPP
#define GLINT_COUNTER_RANDOM_HPP

#include <cstdint>
#include <glint/execution.hpp>
#include <glint/pack.hpp>
#include <glint/trigonometry.hpp>

#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__SSE2__)
#include <immintrin.h>
#endif

/// Random numbers without a state: number i of a stream is a function of the seed, the stream and
/// i, so that any thread can make any of them, in any order, and gets the same.
///
/// Philox 4x32 with 10 rounds: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011. A counter of 128 bits becomes four random words.

namespace glint {

/// A sequence of random numbers: of 2^64 to a seed. Numbers of different kinds (uniform and normal,
/// single and double) share the words underneath, so give each purpose a stream of its own.
struct RandomStream {
  std::uint64_t seed = 0, stream = 0;
};

namespace impl {

/// Four words of 32 bits, in the low halves of 64-bit lanes; what the high halves hold does not
/// count.
template <class Lanes>
struct RandomWords {
  Lanes a, b, c, d;
};

/// Products of the low halves of 64-bit lanes.
template <int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<std::uint64_t, N> multiply_low_halves(
    const Pack<std::uint64_t, N>& x, const Pack<std::uint64_t, N>& y) {
#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__SSE2__)
#if defined(__AVX512F__)
  if constexpr (N == 8)
    return (Pack<std::uint64_t, N>)_mm512_maskz_mul_epu32(0xff, (__m512i)x, (__m512i)y);
#endif
#if defined(__AVX2__)
  if constexpr (N == 4) return (Pack<std::uint64_t, N>)_mm256_mul_epu32((__m256i)x, (__m256i)y);
#endif
  if constexpr (N == 2) return (Pack<std::uint64_t, N>)_mm_mul_epu32((__m128i)x, (__m128i)y);
#endif
  constexpr std::uint64_t low = 0xffffffff;
  return (x & low) * (y & low);
}

/// The words of counter, counter + 1, ...: G packs of N. Several packs at a time keep a core busy,
/// since each round waits for the one before.
template <int N, int G>
KOKKOS_FORCEINLINE_FUNCTION void philox(const Pack<std::uint64_t, N>& counter,
                                        const RandomStream& stream,
                                        RandomWords<Pack<std::uint64_t, N>> (&w)[G]) {
  using Lanes = Pack<std::uint64_t, N>;
  const Lanes factor_a = broadcast_pack<std::uint64_t, N>(0xd2511f53);
  const Lanes factor_c = broadcast_pack<std::uint64_t, N>(0xcd9e8d57);
  GLINT_UNROLL
  for (int g = 0; g < G; ++g) {
    const Lanes own = counter + static_cast<std::uint64_t>(g * N);
    w[g] = {own, own >> 32, broadcast_pack<std::uint64_t, N>(stream.stream),
            broadcast_pack<std::uint64_t, N>(stream.stream >> 32)};
  }
  std::uint64_t key_a = stream.seed, key_b = stream.seed >> 32;
  GLINT_UNROLL
  for (int round = 0; round < 10; ++round) {
    GLINT_UNROLL
    for (int g = 0; g < G; ++g) {
      const Lanes p = multiply_low_halves<N>(factor_a, w[g].a);
      const Lanes q = multiply_low_halves<N>(factor_c, w[g].c);
      w[g] = {(q >> 32) ^ w[g].b ^ key_a, q, (p >> 32) ^ w[g].d ^ key_b, p};
    }
    key_a += 0x9e3779b9;  // carries stay in the high half, which does not count
    key_b += 0xbb67ae85;
  }
  constexpr std::uint64_t low = 0xffffffff;
  GLINT_UNROLL
  for (int g = 0; g < G; ++g) w[g] = {w[g].a & low, w[g].b & low, w[g].c & low, w[g].d & low};
}

/// The words of one counter.
KOKKOS_FORCEINLINE_FUNCTION RandomWords<std::uint64_t> philox(std::uint64_t counter,
                                                              const RandomStream& stream) {
  RandomWords<std::uint64_t> w[1];
  philox<1, 1>(counter, stream, w);
  return w[0];
}

/// Two words as 1 + uniform [0, 1) in steps of 2^-52, by its bits.
template <int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<double, N> one_to_two(const Pack<std::uint64_t, N>& high,
                                                       const Pack<std::uint64_t, N>& low) {
  const Pack<std::uint64_t, N> bits = (high << 20) | (low >> 12) | 0x3ff0000000000000;
  if constexpr (N == 1)
    return compat::bit_cast<double>(bits);
  else
    return (Pack<double, N>)bits;
}

/// Radius and angle of two normal numbers (Box and Muller 1958), from u in (0, 1] and turns.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION T normal_radius(T u) {
  return math::sqrt(T(-2.0 * constants::ln2) * fast_log2(u));
}
template <class T>
KOKKOS_FORCEINLINE_FUNCTION void normal_pair(T u, T turns, T& first, T& second) {
  const T radius = normal_radius(u);
  T cosine, sine;
  cosine_and_sine(turns, cosine, sine);
  first = radius * cosine;
  second = radius * sine;
}

/// Uniform (0, 1] and [-1/2, 1/2] of a word in single precision; the smallest u is 2^-32, and the
/// largest normal number 6.7.
KOKKOS_FORCEINLINE_FUNCTION float single_unit(std::uint32_t word) {
  return static_cast<float>(static_cast<std::int32_t>(word >> 1)) * 4.656612873077393e-10f +
         2.3283064365386963e-10f;
}
KOKKOS_FORCEINLINE_FUNCTION float single_turns(std::uint32_t word) {
  return static_cast<float>(static_cast<std::int32_t>(word)) * 2.3283064365386963e-10f;
}

}  // namespace impl

/// Number `index` of a uniform sequence in [0, 1), a multiple of 2^-52.
KOKKOS_FORCEINLINE_FUNCTION double random_uniform(const RandomStream& stream, std::uint64_t index) {
  const auto w = impl::philox(index / 2, stream);
  return (index % 2 == 0 ? impl::one_to_two<1>(w.a, w.b) : impl::one_to_two<1>(w.c, w.d)) - 1.0;
}

/// Normal numbers that one counter makes.
template <class T>
inline constexpr int normals_per_counter = sizeof(T) == 8 ? 2 : 4;

/// Normal numbers (mean 0, variance 1) of one counter: those with index normals_per_counter counter
/// and on.
KOKKOS_FORCEINLINE_FUNCTION void random_normals(const RandomStream& stream, std::uint64_t counter,
                                                double (&out)[2]) {
  const auto w = impl::philox(counter, stream);
  impl::normal_pair(2.0 - impl::one_to_two<1>(w.a, w.b), impl::one_to_two<1>(w.c, w.d) - 1.5,
                    out[0], out[1]);
}
KOKKOS_FORCEINLINE_FUNCTION void random_normals(const RandomStream& stream, std::uint64_t counter,
                                                float (&out)[4]) {
  const auto w = impl::philox(counter, stream);
  impl::normal_pair(impl::single_unit(static_cast<std::uint32_t>(w.a)),
                    impl::single_turns(static_cast<std::uint32_t>(w.b)), out[0], out[1]);
  impl::normal_pair(impl::single_unit(static_cast<std::uint32_t>(w.c)),
                    impl::single_turns(static_cast<std::uint32_t>(w.d)), out[2], out[3]);
}

/// Number `index` of a normal sequence. |number| < 8.5, in single precision 6.7.
template <class T = double>
KOKKOS_FORCEINLINE_FUNCTION T random_normal(const RandomStream& stream, std::uint64_t index) {
  constexpr int count = normals_per_counter<T>;
  T numbers[count];
  random_normals(stream, index / count, numbers);
  T number = numbers[0];
  for (int k = 1; k < count; ++k) number = index % count == std::uint64_t(k) ? numbers[k] : number;
  return number;
}

}  // namespace glint

#endif
