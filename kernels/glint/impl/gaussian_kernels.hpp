// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_GAUSSIAN_KERNELS_HPP
#define GLINT_IMPL_GAUSSIAN_KERNELS_HPP

#include <glint/gaussians.hpp>
#include <glint/pack_elementary.hpp>
#include <glint/streaming.hpp>

/// Loops of gaussians() and gaussian_mixture().

namespace glint::impl {

/// sqrt(log2(e) / 2) / |w|, so that exp(-d^2 / (2 w^2)) = 2^-(d rate)^2. Finite for any w, else a
/// point in the centre of a very narrow Gaussian would be 0 times infinity.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION T gaussian_rate(T width) {
  constexpr T largest = sizeof(T) == 8 ? T(1e308) : T(1e38);
  const T rate = T(0.84932180028801904272) / (width < T(0) ? -width : width);
  return rate > largest ? largest : rate;
}

/// Points per index of the loops below.
inline constexpr std::size_t gaussian_stretch = 1024;
/// Gaussians whose constants are kept at hand.
inline constexpr int gaussian_block = 128;

/// One Gaussian of one stretch of contiguous points into contiguous memory; on the host. Stretches
/// vary slowest, so that their points stay in the cache.
template <class ExecutionSpace, class T, bool Streaming>
struct GaussianRows {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  GaussianInputs<ExecutionSpace, T> inputs;
  T* y;
  std::size_t row_stride;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t count = inputs.amplitude.extent(0), g = index % count;
    const std::size_t first = index / count * gaussian_stretch, points = inputs.x.extent(0);
    const std::size_t size = points - first < gaussian_stretch ? points - first : gaussian_stretch;
    const T* const x = inputs.x.data() + first;
    T* const target = y + g * row_stride + first;
    const auto centre = broadcast_pack<T, lanes>(inputs.centre(g)),
               rate = broadcast_pack<T, lanes>(gaussian_rate(inputs.width(g)));
    const ScaledExp2<T, lanes> scaled(inputs.amplitude(g));
    const auto values = [&](const T* at) {
      const Pack<T, lanes> d = (load_pack<T, lanes>(at) - centre) * rate;
      Pack<T, lanes> power, factor;
      scaled.factors(d * d, power, factor);
      return power * factor;
    };
    // Less than a pack is worked out as a pack too: the same numbers, wherever memory begins.
    const auto few = [&](std::size_t begin, std::size_t end) {
      T numbers[lanes] = {};
      for (std::size_t i = begin; i < end; ++i) numbers[i - begin] = x[i];
      store_pack<T, lanes>(numbers, values(numbers));
      for (std::size_t i = begin; i < end; ++i) target[i] = numbers[i - begin];
    };
    std::size_t i = 0;
    if constexpr (Streaming) {
      const std::size_t head = to_aligned<T, lanes>(target);
      i = head < size ? head : size;
      few(0, i);
    }
    for (; i + lanes <= size; i += lanes) {
      if constexpr (Streaming)
        store_streaming<T, lanes>(target + i, values(x + i));
      else
        store_pack<T, lanes>(target + i, values(x + i));
    }
    few(i, size);
    if constexpr (Streaming) finish_streaming();
  }
};

/// The constants of up to gaussian_block Gaussians, the last pack filled up with zeros.
template <class ExecutionSpace, class T>
struct GaussianBlock {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  T amplitude[gaussian_block], centre[gaussian_block], rate[gaussian_block];

  KOKKOS_FUNCTION GaussianBlock(const GaussianInputs<ExecutionSpace, T>& inputs, std::size_t first,
                                int size) {
    for (int g = 0; g < size; ++g) {
      amplitude[g] = inputs.amplitude(first + g);
      centre[g] = inputs.centre(first + g);
      rate[g] = gaussian_rate(inputs.width(first + g));
    }
    for (int g = size; g % lanes != 0; ++g) amplitude[g] = centre[g] = rate[g] = T(0);
  }
};

/// Some Gaussians of some points, y with its Gaussians contiguous; on the host. Rows are made in a
/// small buffer and leave it in whole packs, wherever the rows of y begin.
template <class ExecutionSpace, class T, bool Streaming>
struct GaussianColumns {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr std::size_t rows_per_index = 256;
  GaussianInputs<ExecutionSpace, T> inputs;
  T* y;
  std::size_t row_stride, blocks;

  KOKKOS_FUNCTION static void flush(const T* from, T* to, std::size_t size) {
    if constexpr (Streaming) {
      copy_streaming<T, lanes>(from, to, size);
    } else {
      std::size_t k = 0;
      for (; k + lanes <= size; k += lanes)
        store_pack<T, lanes>(to + k, load_pack<T, lanes>(from + k));
      for (; k < size; ++k) to[k] = from[k];
    }
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    constexpr std::size_t room = 2048;
    const std::size_t count = inputs.amplitude.extent(0), points = inputs.x.extent(0);
    const std::size_t first_g = index % blocks * gaussian_block;
    const std::size_t left = count - first_g;
    const int size = left < gaussian_block ? static_cast<int>(left) : gaussian_block;
    const GaussianBlock<ExecutionSpace, T> block(inputs, first_g, size);
    const std::size_t first = index / blocks * rows_per_index;
    const std::size_t last = points - first < rows_per_index ? points : first + rows_per_index;
    const bool together = row_stride == static_cast<std::size_t>(size);
    const ScaledExp2<T, lanes> unit(T(1));
    T buffer[room + lanes];
    for (std::size_t i = first; i < last;) {
      const std::size_t begin = i;
      std::size_t filled = 0;
      for (; i < last && filled + size <= room; ++i, filled += size) {
        const auto x = broadcast_pack<T, lanes>(inputs.x(i));
        // The last pack may reach beyond the row: the next row covers it.
        for (int g = 0; g < size; g += lanes) {
          const Pack<T, lanes> d =
              (x - load_pack<T, lanes>(block.centre + g)) * load_pack<T, lanes>(block.rate + g);
          Pack<T, lanes> power, factor;
          unit.factors(d * d, power, factor);
          store_pack<T, lanes>(buffer + filled + g,
                               load_pack<T, lanes>(block.amplitude + g) * (power * factor));
        }
      }
      if (together)
        flush(buffer, y + begin * row_stride, filled);
      else
        for (std::size_t row = begin; row < i; ++row)
          flush(buffer + (row - begin) * size, y + row * row_stride + first_g, size);
    }
    if constexpr (Streaming) finish_streaming();
  }
};

/// The sum of all Gaussians at one stretch of contiguous points; on the host.
template <class ExecutionSpace, class T>
struct MixtureStretch {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>, packs = 8;
  static constexpr std::size_t tile = packs * lanes, stretch = 1024;
  GaussianInputs<ExecutionSpace, T> inputs;
  StridedOutput<T*, ExecutionSpace> sum;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first = index * stretch, left = sum.extent(0) - first;
    const std::size_t size = left < stretch ? left : stretch;
    const std::size_t padded = (size + tile - 1) / tile * tile, count = inputs.amplitude.extent(0);
    T x[stretch], sums[stretch];
    if (inputs.x.stride(0) == 1) {
      const T* const points = inputs.x.data() + first;
      for (std::size_t i = 0; i < size; ++i) x[i] = points[i];
    } else {
      for (std::size_t i = 0; i < size; ++i) x[i] = inputs.x(first + i);
    }
    for (std::size_t i = size; i < padded; ++i) x[i] = T(0);
    for (std::size_t i = 0; i < padded; ++i) sums[i] = T(0);
    for (std::size_t g = 0; g < count; g += gaussian_block) {
      const int some = count - g < gaussian_block ? static_cast<int>(count - g) : gaussian_block;
      add(GaussianBlock<ExecutionSpace, T>(inputs, g, some), some, padded, x, sums);
    }
    if (sum.stride(0) == 1) {
      T* const target = sum.data() + first;
      for (std::size_t i = 0; i < size; ++i) target[i] = sums[i];
    } else {
      for (std::size_t i = 0; i < size; ++i) sum(first + i) = sums[i];
    }
  }

  KOKKOS_FUNCTION static void add(const GaussianBlock<ExecutionSpace, T>& block, int size,
                                  std::size_t padded, const T* x, T* sums) {
    for (std::size_t i = 0; i < padded; i += tile) {
      Pack<T, lanes> points[packs], part[packs];
      GLINT_UNROLL
      for (int p = 0; p < packs; ++p) {
        points[p] = load_pack<T, lanes>(x + i + p * lanes);
        part[p] = Pack<T, lanes>{};
      }
      for (int g = 0; g < size; ++g) {
        const auto centre = broadcast_pack<T, lanes>(block.centre[g]),
                   rate = broadcast_pack<T, lanes>(block.rate[g]);
        const ScaledExp2<T, lanes> scaled(block.amplitude[g]);
        GLINT_UNROLL
        for (int p = 0; p < packs; ++p) {
          const Pack<T, lanes> d = (points[p] - centre) * rate;
          Pack<T, lanes> power, factor;
          scaled.factors(d * d, power, factor);
          part[p] += power * factor;
        }
      }
      GLINT_UNROLL
      for (int p = 0; p < packs; ++p)
        store_pack<T, lanes>(sums + i + p * lanes,
                             load_pack<T, lanes>(sums + i + p * lanes) + part[p]);
    }
  }
};

}  // namespace glint::impl

#endif
