// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NORMALIZE_ROWS_HPP
#define GLINT_IMPL_NORMALIZE_ROWS_HPP

#include <glint/impl/vector_length.hpp>
#include <glint/inverse_sqrt.hpp>
#include <glint/streaming.hpp>

/// Contiguous vectors on the host's cores: registers full of components, one pass over memory.

namespace glint::impl {

#if defined(GLINT_HAS_VECTOR_TYPES)
/// Lane r takes component K of vector r if that is in pack `Source`; else it keeps what it has,
/// which at first is pack 0.
template <int K, int Source, int Length, class P, int... R>
KOKKOS_FORCEINLINE_FUNCTION P take_component(const P& have, const P& pack,
                                             std::integer_sequence<int, R...>) {
  constexpr int n = sizeof...(R);
  return __builtin_shufflevector(have, pack,
                                 ((R * Length + K) / n == Source ? n + (R * Length + K) % n
                                  : Source == 1 && (R * Length + K) / n == 0 ? (R * Length + K) % n
                                                                             : R)...);
}

/// Lane i takes the number of the vector that element i of pack J is of.
template <int J, int Length, class P, int... I>
KOKKOS_FORCEINLINE_FUNCTION P repeat_lanes(const P& pack, std::integer_sequence<int, I...>) {
  constexpr int n = sizeof...(I);
  return __builtin_shufflevector(pack, pack, ((J * n + I) / Length)...);
}
#endif

/// Component K of as many vectors as a pack has lanes, which fill `Length` packs.
template <int K, int Length, class T, int N, int Source = 1>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> component(const Pack<T, N> (&packs)[Length],
                                                 const Pack<T, N>& have) {
  if constexpr (N == 1) {
    return packs[K];
  } else if constexpr (Source == Length) {
    return have;
  } else {
#if defined(GLINT_HAS_VECTOR_TYPES)
    return component<K, Length, T, N, Source + 1>(
        packs, take_component<K, Source, Length>(have, packs[Source],
                                                 std::make_integer_sequence<int, N>()));
#endif
  }
}

/// A number for each vector, as pack J of their components needs it.
template <int J, int Length, class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, N> repeated(const Pack<T, N>& numbers) {
  if constexpr (N == 1) {
    return numbers;
  } else {
#if defined(GLINT_HAS_VECTOR_TYPES)
    return repeat_lanes<J, Length>(numbers, std::make_integer_sequence<int, N>());
#endif
  }
}

/// Sums of squares to be taken from as they are, in the vectors' own precision.
template <class T>
inline constexpr T least_safe = sizeof(T) == 4 ? T(1e-25) : T(1e-270);
template <class T>
inline constexpr T most_safe = sizeof(T) == 4 ? T(1e37) : T(1e300);

/// Replaces such sums by 1/sqrt(sum) and others by 1; `unsafe` is 1 in lanes that had one of those.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION void unit_factors(Pack<T, N>& sums, Pack<T, N>& unsafe) {
  constexpr T least = least_safe<T>, most = most_safe<T>;
  if constexpr (N == 1) {
    const bool safe = sums >= least && sums <= most;
    sums = safe ? fast_inverse_sqrt<T, 1>(sums) : T(1);
    unsafe = safe ? unsafe : T(1);
  } else {
    const auto safe = (sums >= least) & (sums <= most);
    const Pack<T, N> one = broadcast_pack<T, N>(T(1));
    sums = safe ? fast_inverse_sqrt<T, N>(sums) : one;
    unsafe = safe ? unsafe : one;
  }
}

/// Up to this length vectors are treated in blocks.
inline constexpr std::size_t short_vector = 32;

/// Blocks of short vectors.
template <class ExecutionSpace, class T>
struct NormalizeShort {
  static constexpr int vectors = 64;  // of a block
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  using P = Pack<T, lanes>;

  const T* v;
  T* out;
  std::size_t count, length;
  bool streaming;

  /// Blocks of an index: many when streaming, which ends with a fence that waits for memory.
  KOKKOS_FUNCTION std::size_t group() const { return streaming ? 64 : 1; }
  std::size_t indices() const {
    const std::size_t per_index = group() * vectors;
    return (count + per_index - 1) / per_index;
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    for (std::size_t block = index * group(); block < (index + 1) * group(); ++block)
      if (block * vectors < count) normalize_block(block);
    if (streaming) finish_streaming();
  }

  KOKKOS_FUNCTION void normalize_block(std::size_t block) const {
    const T* const from = v + block * vectors * length;
    T* const to = out + block * vectors * length;
    const std::size_t left = count - block * vectors;
    const int present = left < std::size_t(vectors) ? static_cast<int>(left) : vectors;
    const int whole = present / lanes * lanes;
    const bool all_safe = length == 2   ? normalize_packs<2>(whole, from, to)
                          : length == 3 ? normalize_packs<3>(whole, from, to)
                          : length == 4 ? normalize_packs<4>(whole, from, to)
                                        : normalize_any(whole, from, to);
    for (int r = all_safe ? whole : 0; r < present; ++r)
      if (r >= whole || has_unsafe_length(from + r * length))
        normalize_one(from + r * length, 1, to + r * length, 1, length);
  }

  /// For vectors that were multiplied by 1, so that in place they are still there; the limits are
  /// narrower so that sums in another order pass none of them by.
  KOKKOS_FUNCTION bool has_unsafe_length(const T* from) const {
    T sum = T(0);
    for (std::size_t k = 0; k < length; ++k) sum += from[k] * from[k];
    constexpr T least = T(2) * least_safe<T>, most = most_safe<T> / T(2);
    return !(sum >= least && sum <= most);
  }

  KOKKOS_FORCEINLINE_FUNCTION bool is_zero(const P& pack) const {
    alignas(64) T list[lanes];
    store_pack<T, lanes>(list, pack);
    T sum = T(0);
    for (int l = 0; l < lanes; ++l) sum += list[l];
    return sum == T(0);
  }

  /// Registers at a time, from load to store, so that arithmetic hides behind memory. Returns
  /// whether all lengths were safe.
  template <int Length>
  KOKKOS_FORCEINLINE_FUNCTION bool normalize_packs(int whole, const T* from, T* to) const {
    P unsafe{};
    for (int r = 0; r < whole; r += lanes, from += Length * lanes, to += Length * lanes) {
      P packs[Length];
      GLINT_UNROLL
      for (int j = 0; j < Length; ++j) packs[j] = load_pack<T, lanes>(from + j * lanes);
      P factors = sum_of_squares(packs, std::make_integer_sequence<int, Length>());
      unit_factors<T, lanes>(factors, unsafe);
      multiply(packs, factors, to, std::make_integer_sequence<int, Length>());
    }
    return is_zero(unsafe);
  }

  template <int Length, int... K>
  KOKKOS_FORCEINLINE_FUNCTION P sum_of_squares(const P (&packs)[Length],
                                               std::integer_sequence<int, K...>) const {
    const P parts[Length] = {component<K, Length, T, lanes>(packs, packs[0])...};
    return ((parts[K] * parts[K]) + ...);
  }

  template <int Length, int... J>
  KOKKOS_FORCEINLINE_FUNCTION void multiply(const P (&packs)[Length], const P& factors, T* to,
                                            std::integer_sequence<int, J...>) const {
    if (streaming)
      (store_streaming<T, lanes>(to + J * lanes, packs[J] * repeated<J, Length, T, lanes>(factors)),
       ...);
    else
      (store_pack<T, lanes>(to + J * lanes, packs[J] * repeated<J, Length, T, lanes>(factors)),
       ...);
  }

  /// The same for any length.
  KOKKOS_FUNCTION bool normalize_any(int whole, const T* from, T* to) const {
    T factor[vectors];
    for (int r = 0; r < whole; ++r) {
      T sum = T(0);
      for (std::size_t k = 0; k < length; ++k) sum += from[r * length + k] * from[r * length + k];
      factor[r] = sum;
    }
    P unsafe{};
    for (int r = 0; r < whole; r += lanes) {
      P factors = load_pack<T, lanes>(factor + r);
      unit_factors<T, lanes>(factors, unsafe);
      store_pack<T, lanes>(factor + r, factors);
    }
    for (int r = 0; r < whole; ++r)
      for (std::size_t k = 0; k < length; ++k)
        to[r * length + k] = from[r * length + k] * factor[r];
    return is_zero(unsafe);
  }
};

}  // namespace glint::impl

#endif
