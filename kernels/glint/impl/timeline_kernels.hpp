// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TIMELINE_KERNELS_HPP
#define GLINT_IMPL_TIMELINE_KERNELS_HPP

#include <glint/detector_timelines.hpp>
#include <glint/normal_block.hpp>
#include <glint/streaming.hpp>

namespace glint::impl {

/// The samples of one counter of one detector per index.
template <class ExecutionSpace, class T>
struct TimelinePoints {
  static constexpr std::size_t width = normals_per_counter<T>;

  Timelines<ExecutionSpace, T> data;
  T sigma;
  std::uint64_t seed;
  std::size_t first_detector, first_sample;

  std::size_t groups() const {  // of a detector
    return (first_sample % width + data.signal.extent(1) + width - 1) / width;
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t samples = data.signal.extent(1);
    const std::size_t count = (first_sample % width + samples + width - 1) / width;
    const std::size_t d = index / count, counter = first_sample / width + index % count;
    T noise[width] = {};
    if (sigma > T(0)) random_normals({seed, first_detector + d}, counter, noise);
    for (std::size_t k = 0; k < width; ++k) {
      const std::size_t t = counter * width + k - first_sample;  // wraps before the first
      if (t < samples)
        data.signal(d, t) =
            data.gain(d) * data.source(t) + data.glitch(t) + data.offset(d) + sigma * noise[k];
    }
  }
};

/// A stretch of samples of one detector per index. Neighbouring indices are the same stretch of
/// other detectors, whose source and glitches are then in a cache.
template <class ExecutionSpace, class T>
struct TimelineTiles {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr std::size_t block = normal_block_size, width = 128 * block;

  Timelines<ExecutionSpace, T> data;
  T sigma;
  std::uint64_t seed;
  std::size_t first_detector, first_sample;
  bool streaming;

  std::size_t tiles() const {
    return (first_sample % width + data.signal.extent(1) + width - 1) / width;
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t detectors = data.signal.extent(0), samples = data.signal.extent(1);
    const std::size_t d = index % detectors, tile = first_sample / width + index / detectors;
    const std::size_t begin = tile * width < first_sample ? first_sample : tile * width;
    const std::size_t past = first_sample + samples, next = (tile + 1) * width;
    const std::size_t end = next < past ? next : past;
    for (std::size_t b = begin / block; b * block < end; ++b) fill_block(d, b);
    if (streaming) finish_streaming();
  }

  /// All blocks are computed whole and by the same instructions, so that no sample depends on where
  /// its array begins and ends.
  KOKKOS_FUNCTION void fill_block(std::size_t d, std::size_t b) const {
    const std::size_t samples = data.signal.extent(1), t = b * block - first_sample;
    const bool whole = b * block >= first_sample && t + block <= samples;
    alignas(64) T source[block], glitch[block], noise[block], values[block];
    const T *from_source = source, *from_glitch = glitch;
    if (whole) {
      from_source = &data.source(t);
      from_glitch = &data.glitch(t);
    } else {
      for (std::size_t k = 0; k < block; ++k) {  // t + k wraps before the first sample
        source[k] = t + k < samples ? data.source(t + k) : T(0);
        glitch[k] = t + k < samples ? data.glitch(t + k) : T(0);
      }
    }
    if (sigma > T(0)) normal_block<ExecutionSpace>({seed, first_detector + d}, b, noise);
    const bool direct = whole && data.signal.stride(1) == 1;
    T* const to = direct ? &data.signal(d, t) : values;
    combine(data.gain(d), data.offset(d), from_source, from_glitch, noise, to,
            streaming && direct && to_aligned<T, lanes>(to) == 0);
    if (direct) return;
    for (std::size_t k = 0; k < block; ++k)
      if (t + k < samples) data.signal(d, t + k) = values[k];
  }

  KOKKOS_FORCEINLINE_FUNCTION void combine(T gain, T offset, const T* source, const T* glitch,
                                           const T* noise, T* to, bool stream) const {
    const auto gains = broadcast_pack<T, lanes>(gain), offsets = broadcast_pack<T, lanes>(offset),
               sigmas = broadcast_pack<T, lanes>(sigma);
    Pack<T, lanes> sums[block / lanes];
    for (std::size_t k = 0; k < block / lanes; ++k)
      sums[k] = gains * load_pack<T, lanes>(source + k * lanes) +
                load_pack<T, lanes>(glitch + k * lanes) + offsets;
    if (sigma > T(0))
      for (std::size_t k = 0; k < block / lanes; ++k)
        sums[k] += sigmas * load_pack<T, lanes>(noise + k * lanes);
    if (stream)
      for (std::size_t k = 0; k < block / lanes; ++k)
        store_streaming<T, lanes>(to + k * lanes, sums[k]);
    else
      for (std::size_t k = 0; k < block / lanes; ++k) store_pack<T, lanes>(to + k * lanes, sums[k]);
  }
};

}  // namespace glint::impl

#endif
