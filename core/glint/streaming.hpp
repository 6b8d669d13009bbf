// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_STREAMING_HPP
#define GLINT_STREAMING_HPP

#include <cstdint>
#include <glint/memory.hpp>
#include <glint/pack.hpp>

#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__SSE2__)
#define GLINT_HAS_STREAMING_STORES 1
#include <immintrin.h>
#endif

/// Stores around the caches. A plain store to memory that is not cached first reads what it then
/// overwrites: a third of all traffic where one array is read and one written. Worth it only for
/// results that do not fit the caches, since the next reader of a smaller one would miss it there.

namespace glint {

/// True where the output of a call that touches so many bytes, inputs included, is better written
/// around the caches of the host: beyond half of the largest.
template <class ExecutionSpace>
bool prefer_streaming(std::size_t touched_bytes) {
#if defined(GLINT_HAS_STREAMING_STORES)
  return is_host_execution_v<ExecutionSpace> && touched_bytes > last_cache_bytes() / 2;
#else
  (void)touched_bytes;
  return false;
#endif
}

/// Elements from p to the first address that is a multiple of the pack's size; 0 for N = 1.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION std::size_t to_aligned(const T* p) {
  if constexpr (N == 1) return 0;
  constexpr std::size_t bytes = N * sizeof(T);
  return (bytes - reinterpret_cast<std::uintptr_t>(p) % bytes) % bytes / sizeof(T);
}

/// Stores a pack at p, a multiple of the pack's size, around the caches; a plain store on devices
/// and where the host has no such instruction. The thread that stored calls finish_streaming()
/// before others may read.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION void store_streaming(T* p, const Pack<T, N>& pack) {
#if defined(GLINT_HAS_STREAMING_STORES)
  constexpr int bytes = N * static_cast<int>(sizeof(T));
#if defined(__AVX512F__)
  if constexpr (bytes == 64) {
    _mm512_stream_si512(reinterpret_cast<__m512i*>(p), (__m512i)pack);
    return;
  }
#endif
#if defined(__AVX__)
  if constexpr (bytes == 32) {
    _mm256_stream_si256(reinterpret_cast<__m256i*>(p), (__m256i)pack);
    return;
  }
#endif
  if constexpr (bytes == 16) {
    _mm_stream_si128(reinterpret_cast<__m128i*>(p), (__m128i)pack);
    return;
  }
#endif
  store_pack<T, N>(p, pack);
}

/// to[k] = from[k] around the caches, wherever `to` begins. finish_streaming() as above.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION void copy_streaming(const T* from, T* to, std::size_t count) {
  const std::size_t head = to_aligned<T, N>(to);
  std::size_t k = 0;
  for (; k < head && k < count; ++k) to[k] = from[k];
  for (; k + N <= count; k += N) store_streaming<T, N>(to + k, load_pack<T, N>(from + k));
  for (; k < count; ++k) to[k] = from[k];
}

/// Orders this thread's streaming stores before whatever tells others that it is done.
KOKKOS_FORCEINLINE_FUNCTION void finish_streaming() {
#if defined(GLINT_HAS_STREAMING_STORES)
  _mm_sfence();
#endif
}

}  // namespace glint

#endif
