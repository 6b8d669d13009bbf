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
KOKKOS_FUNCTION double sum_of_squares(const T* v, std::size_t count) {
  constexpr int lanes = pack_lanes_v<ExecutionSpace, double>, chains = lanes > 1 ? 8 : 1;
  Pack<double, lanes> sums[chains] = {};
  std::size_t k = 0;
  for (; k + chains * lanes <= count; k += chains * lanes) {
    GLINT_UNROLL
    for (int c = 0; c < chains; ++c) {
      const auto x = load_doubles<T, lanes>(v + k + c * lanes);
      sums[c] += x * x;
    }
  }
  alignas(64) double parts[chains * lanes];
  for (int c = 0; c < chains; ++c) store_pack<double, lanes>(parts + c * lanes, sums[c]);
  double sum = 0.0;
  for (int c = 0; c < chains * lanes; ++c) sum += parts[c];
  for (; k < count; ++k) sum += double(v[k]) * double(v[k]);
  return sum;
}

/// out = scale(v), in the elements' own precision where that is safe; the caller ends streaming.
template <class ExecutionSpace, class T>
KOKKOS_FUNCTION void apply_scale(const UnitScale& scale, const T* v, T* out, std::size_t count,
                                 bool streaming) {
  constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  const bool plain =
      scale.largest == 0.0 && (sizeof(T) == 8 || (scale.factor > 1e-37 && scale.factor < 1e37));
  std::size_t k = 0;
  if (plain) {
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

/// Whole vectors, one after the other.
template <class ExecutionSpace, class T>
struct NormalizeLong {
  const T* v;
  T* out;
  std::size_t count, length, group;
  bool streaming;

  std::size_t indices() const { return (count + group - 1) / group; }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    for (std::size_t k = index * group; k < (index + 1) * group && k < count; ++k) {
      const T* const from = v + k * length;
      const UnitScale scale =
          scale_of_vector(sum_of_squares<ExecutionSpace>(from, length), from, 1, length);
      apply_scale<ExecutionSpace>(scale, from, out + k * length, length, streaming);
    }
    if (streaming) finish_streaming();
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
