// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PACK_HPP
#define GLINT_PACK_HPP

#include <cstring>
#include <glint/execution.hpp>
#include <utility>

/// Several numbers in one vector register, for kernels whose innermost loop is all arithmetic:
/// there compilers must not be left to choose what to vectorise. On devices, and with compilers
/// that have no vector types, a pack is one plain number, and the same code runs.

namespace glint {

namespace impl {
#if (defined(__GNUC__) || defined(__clang__)) && !defined(__CUDACC__) && !defined(__HIPCC__)
#define GLINT_HAS_VECTOR_TYPES 1
#if defined(__AVX512F__)
inline constexpr int vector_bytes = 64;
#elif defined(__AVX__)
inline constexpr int vector_bytes = 32;
#else
inline constexpr int vector_bytes = 16;
#endif
template <class T, int N>
struct PackOf {
  using type __attribute__((vector_size(N * sizeof(T)))) = T;
};
template <class T>
struct PackOf<T, 1> {
  using type = T;
};
#else
inline constexpr int vector_bytes = 0;
template <class T, int N>
struct PackOf {
  static_assert(N == 1);
  using type = T;
};
#endif
}  // namespace impl

/// Numbers of type T that one vector register of the space holds; 1 where there are no packs.
template <class ExecutionSpace, class T>
inline constexpr int pack_lanes_v = is_host_execution_v<ExecutionSpace>&& impl::vector_bytes > 0
                                        ? impl::vector_bytes / static_cast<int>(sizeof(T))
                                        : 1;

/// N numbers with +, -, * between packs and with single numbers. N is 1 or pack_lanes_v.
template <class T, int N>
using Pack = typename impl::PackOf<T, N>::type;

/// The pack at p, p + 1, ...; any alignment.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> load_pack(const T* p) {
  if constexpr (N == 1) {
    return *p;
  } else {
    Pack<T, N> pack;
    std::memcpy(&pack, p, sizeof(pack));
    return pack;
  }
}

template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION void store_pack(T* p, const Pack<T, N>& pack) {
  if constexpr (N == 1)
    *p = pack;
  else
    std::memcpy(p, &pack, sizeof(pack));
}

/// Has a pack that was loaded stay in a register: left alone, compilers read it again from memory
/// for every use, and the loads become what a tile of products waits for.
template <class P>
KOKKOS_FORCEINLINE_FUNCTION void keep_in_register([[maybe_unused]] P& pack) {
#if defined(GLINT_HAS_VECTOR_TYPES) && defined(__AVX__)
  asm("" : "+v"(pack));
#endif
}

/// A pack of N equal numbers. (x - 0 is x, also for -0, and compilers know; x + 0 they compute.)
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> broadcast_pack(T value) {
  return value - Pack<T, N>{};
}

namespace impl {
#if defined(GLINT_HAS_VECTOR_TYPES)
/// One step of the transposition: blocks of Half elements change places between two rows.
template <int Half, class P, int... E>
KOKKOS_FORCEINLINE_FUNCTION void exchange_blocks(P& upper, P& lower,
                                                 std::integer_sequence<int, E...>) {
  constexpr int n = sizeof...(E);
  const P a = upper, b = lower;
  upper = __builtin_shufflevector(a, b, ((E & Half) ? E - Half + n : E)...);
  lower = __builtin_shufflevector(a, b, ((E & Half) ? E + n : E + Half)...);
}

template <int Half, class T, int N>
KOKKOS_FORCEINLINE_FUNCTION void exchange_all(Pack<T, N> (&rows)[N]) {
  if constexpr (Half < N) {
    GLINT_UNROLL
    for (int i = 0; i < N; ++i)
      if ((i & Half) == 0)
        exchange_blocks<Half>(rows[i], rows[i + Half], std::make_integer_sequence<int, N>());
    exchange_all<2 * Half, T, N>(rows);
  }
}
#endif
}  // namespace impl

/// The sum of a pack's numbers, first to last.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION T sum_of_pack(const Pack<T, N>& pack) {
  T numbers[N];
  store_pack<T, N>(numbers, pack);
  T sum = T(0);
  for (int i = 0; i < N; ++i) sum += numbers[i];
  return sum;
}

namespace impl {
#if defined(GLINT_HAS_VECTOR_TYPES)
template <class P, int... E>
KOKKOS_FORCEINLINE_FUNCTION P reversed(const P& pack, std::integer_sequence<int, E...>) {
  return __builtin_shufflevector(pack, pack, (static_cast<int>(sizeof...(E)) - 1 - E)...);
}
#endif
}  // namespace impl

/// The same numbers, last one first.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> reverse_pack(const Pack<T, N>& pack) {
  if constexpr (N == 1) {
    return pack;
  } else {
#if defined(GLINT_HAS_VECTOR_TYPES)
    return impl::reversed(pack, std::make_integer_sequence<int, N>());
#endif
  }
}

/// target(j, i) = source(i, j) for an N x N block; strides in elements. On the host only, N as
/// above.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION void transpose_block(const T* source, std::size_t source_stride,
                                                 T* target, std::size_t target_stride) {
  if constexpr (N == 1) {
    *target = *source;
  } else {
#if defined(GLINT_HAS_VECTOR_TYPES)
    Pack<T, N> rows[N];
    GLINT_UNROLL
    for (int i = 0; i < N; ++i) rows[i] = load_pack<T, N>(source + i * source_stride);
    impl::exchange_all<1, T, N>(rows);
    GLINT_UNROLL
    for (int i = 0; i < N; ++i) store_pack<T, N>(target + i * target_stride, rows[i]);
#endif
  }
}

}  // namespace glint

#endif
