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
  static constexpr std::size_t block = normal_block_size, width = 32 * block;

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
    const T gain = data.gain(d), offset = data.offset(d);
    alignas(64) T values[width];
    // All blocks are computed whole, so that no sample depends on where its array begins and ends.
    const std::size_t begin = tile * width < first_sample ? first_sample : tile * width;
    const std::size_t past = first_sample + samples, next = (tile + 1) * width;
    const std::size_t end = next < past ? next : past;
    for (std::size_t b = begin / block; b * block < end; ++b)
      fill_block(b, gain, offset, first_detector + d, values + (b * block - tile * width));
    store(values + (begin - tile * width), end - begin, d, begin - first_sample);
    if (streaming) finish_streaming();
  }

  KOKKOS_FUNCTION void fill_block(std::size_t b, T gain, T offset, std::size_t detector,
                                  T* KOKKOS_RESTRICT values) const {
    const std::size_t samples = data.signal.extent(1);
    alignas(64) T source[block], glitch[block], noise[block];
    if (b * block >= first_sample && (b + 1) * block <= first_sample + samples) {
      const std::size_t t = b * block - first_sample;
      for (std::size_t k = 0; k < block; ++k) {
        source[k] = data.source(t + k);
        glitch[k] = data.glitch(t + k);
      }
    } else {
      for (std::size_t k = 0; k < block; ++k) {
        const std::size_t t = b * block + k - first_sample;  // wraps before the first
        source[k] = t < samples ? data.source(t) : T(0);
        glitch[k] = t < samples ? data.glitch(t) : T(0);
      }
    }
    for (std::size_t k = 0; k < block; ++k) values[k] = gain * source[k] + glitch[k] + offset;
    if (sigma > T(0)) {
      normal_block<ExecutionSpace>({seed, detector}, b, noise);
      for (std::size_t k = 0; k < block; ++k) values[k] += sigma * noise[k];
    }
  }

  KOKKOS_FUNCTION void store(const T* values, std::size_t count, std::size_t d,
                             std::size_t t) const {
    if (data.signal.stride(1) != 1) {
      for (std::size_t k = 0; k < count; ++k) data.signal(d, t + k) = values[k];
      return;
    }
    constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
    T* const to = &data.signal(d, t);
    std::size_t k = 0, head = streaming ? to_aligned<T, lanes>(to) : count;
    if (head > count) head = count;
    for (; k < head; ++k) to[k] = values[k];
    for (; k + lanes <= count; k += lanes)
      store_streaming<T, lanes>(to + k, load_pack<T, lanes>(values + k));
    for (; k < count; ++k) to[k] = values[k];
  }
};

}  // namespace glint::impl

#endif
