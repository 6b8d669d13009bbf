// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NORMALIZE_LONG_HPP
#define GLINT_IMPL_NORMALIZE_LONG_HPP

#include <glint/impl/vector_length.hpp>
#include <glint/streaming.hpp>

/// Long contiguous vectors, or pieces of them.

namespace glint::impl {

/// As many doubles as a register holds, from numbers of either precision.
template <class T, int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<double, N> load_doubles(const T* p) {
  if constexpr (N == 1 || std::is_same_v<T, double>) {
    return load_pack<T, N>(p);
  } else {
#if defined(GLINT_HAS_VECTOR_TYPES)
    return __builtin_convertvector((load_pack<T, N>(p)), Pack<double, N>);
#endif
  }
}

/// Sum of squares in double precision, in an order that depends on the count alone.
template <class ExecutionSpace, class T>
struct SquareSum {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, double>, chains = lanes > 1 ? 8 : 1;
  static constexpr std::size_t stretch = std::size_t(lanes) * chains;

  Pack<double, lanes> sums[chains] = {};

  /// `stretch` numbers.
  KOKKOS_FORCEINLINE_FUNCTION void add(const T* v) {
    GLINT_UNROLL
    for (int c = 0; c < chains; ++c) {
      const auto x = load_doubles<T, lanes>(v + c * lanes);
      sums[c] += x * x;
    }
  }

  /// The sum, once the last numbers, fewer than `stretch`, are in.
  KOKKOS_FORCEINLINE_FUNCTION double finish(const T* v, std::size_t count) {
    std::size_t k = 0;
    for (; k + lanes <= count; k += lanes) {
      const auto x = load_doubles<T, lanes>(v + k);
      sums[0] += x * x;
    }
    GLINT_UNROLL
    for (int half = chains / 2; half > 0; half /= 2)
      for (int c = 0; c < half; ++c) sums[c] += sums[c + half];
    alignas(64) double parts[lanes];
    store_pack<double, lanes>(parts, sums[0]);
    for (int half = lanes / 2; half > 0; half /= 2)
      for (int l = 0; l < half; ++l) parts[l] += parts[l + half];
    double sum = parts[0];
    for (; k < count; ++k) sum += double(v[k]) * double(v[k]);
    return sum;
  }
};

template <class ExecutionSpace, class T>
KOKKOS_FUNCTION double sum_of_squares(const T* v, std::size_t count) {
  SquareSum<ExecutionSpace, T> sum;
  std::size_t k = 0;
  for (; k + sum.stretch <= count; k += sum.stretch) sum.add(v + k);
  return sum.finish(v + k, count - k);
}

/// Whether components times the factor, in their own precision, are what the scale makes of them.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION bool is_plain(const UnitScale& scale) {
  return scale.largest == 0.0 && (sizeof(T) == 8 || (scale.factor > 1e-37 && scale.factor < 1e37));
}

/// out = scale(v), in the elements' own precision where that is safe; the caller ends streaming.
template <class ExecutionSpace, class T>
KOKKOS_FUNCTION void apply_scale(const UnitScale& scale, const T* v, T* out, std::size_t count,
                                 bool streaming) {
  constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  std::size_t k = 0;
  if (is_plain<T>(scale)) {
    const T factor = static_cast<T>(scale.factor);
    const auto factors = broadcast_pack<T, lanes>(factor);
    std::size_t head = to_aligned<T, lanes>(out);
    if (head > count) head = count;
    for (; k < head; ++k) out[k] = v[k] * factor;
    if (streaming)
      for (; k + lanes <= count; k += lanes)
        store_streaming<T, lanes>(out + k, load_pack<T, lanes>(v + k) * factors);
    else
      for (; k + lanes <= count; k += lanes)
        store_pack<T, lanes>(out + k, load_pack<T, lanes>(v + k) * factors);
    for (; k < count; ++k) out[k] = v[k] * factor;
  }
  for (; k < count; ++k) out[k] = scale(v[k]);
}

/// Whole vectors, one after the other: while one is multiplied, which writes to memory and reads
/// from a cache, the squares of the next are added up, which reads from memory.
template <class ExecutionSpace, class T>
struct NormalizeLong {
  const T* v;
  T* out;
  std::size_t count, length, group;
  bool streaming;

  std::size_t indices() const { return (count + group - 1) / group; }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first = index * group, end = first + group < count ? first + group : count;
    double squares = sum_of_squares<ExecutionSpace>(v + first * length, length);
    for (std::size_t k = first; k < end; ++k) {
      const T* const from = v + k * length;
      const UnitScale scale = scale_of_vector(squares, from, 1, length);
      if (k + 1 < end)
        squares = multiply_and_add(scale, from, out + k * length);
      else
        apply_scale<ExecutionSpace>(scale, from, out + k * length, length, streaming);
    }
    if (streaming) finish_streaming();
  }

  /// Multiplies the vector at `from` and returns the sum of squares of the next one.
  KOKKOS_FUNCTION double multiply_and_add(const UnitScale& scale, const T* from, T* to) const {
    constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
    const bool aligned = to_aligned<T, lanes>(to) == 0;
    if (is_plain<T>(scale) && streaming && aligned) return both<true>(scale, from, to);
    if (is_plain<T>(scale) && !streaming) return both<false>(scale, from, to);
    apply_scale<ExecutionSpace>(scale, from, to, length, streaming);
    return sum_of_squares<ExecutionSpace>(from + length, length);
  }

  template <bool Streaming>
  KOKKOS_FUNCTION double both(const UnitScale& scale, const T* from, T* to) const {
    using Sum = SquareSum<ExecutionSpace, T>;
    constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
    constexpr int packs = static_cast<int>(Sum::stretch) / lanes;
    const auto factors = broadcast_pack<T, lanes>(static_cast<T>(scale.factor));
    const T* const after = from + length;
    Sum next;
    std::size_t k = 0;
    for (; k + Sum::stretch <= length; k += Sum::stretch) {
      next.add(after + k);
      GLINT_UNROLL
      for (int c = 0; c < packs; ++c) {
        const auto unit = load_pack<T, lanes>(from + k + c * lanes) * factors;
        if constexpr (Streaming)
          store_streaming<T, lanes>(to + k + c * lanes, unit);
        else
          store_pack<T, lanes>(to + k + c * lanes, unit);
      }
    }
    apply_scale<ExecutionSpace>(scale, from + k, to + k, length - k, Streaming);
    return next.finish(after + k, length - k);
  }
};

/// Vectors cut into chunks: sums of squares of chunks.
template <class ExecutionSpace, class T>
struct ChunkSquares {
  const T* v;
  std::size_t length, chunk, chunks;  // chunks of a vector
  double* partial;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first = index % chunks * chunk;
    const std::size_t count = first + chunk < length ? chunk : length - first;
    partial[index] = sum_of_squares<ExecutionSpace>(v + index / chunks * length + first, count);
  }
};

/// Scales of vectors from those sums, chunks ascending.
template <class T>
struct ChunkScales {
  const T* v;
  std::size_t length, chunks;
  const double* partial;
  double *largest, *factor;

  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    double sum = 0.0;
    for (std::size_t c = 0; c < chunks; ++c) sum += partial[k * chunks + c];
    const UnitScale scale = scale_of_vector(sum, v + k * length, 1, length);
    largest[k] = scale.largest;
    factor[k] = scale.factor;
  }
};

template <class ExecutionSpace, class T>
struct ScaleChunks {
  const T* v;
  T* out;
  std::size_t length, chunk, chunks;
  const double *largest, *factor;
  bool streaming;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t k = index / chunks, first = index % chunks * chunk;
    const std::size_t count = first + chunk < length ? chunk : length - first;
    apply_scale<ExecutionSpace>({largest[k], factor[k]}, v + k * length + first,
                                out + k * length + first, count, streaming);
    if (streaming) finish_streaming();
  }
};

}  // namespace glint::impl

#endif
