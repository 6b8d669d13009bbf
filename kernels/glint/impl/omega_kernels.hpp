// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_OMEGA_KERNELS_HPP
#define GLINT_IMPL_OMEGA_KERNELS_HPP

#include <cstddef>
#include <glint/execution.hpp>
#include <glint/pack.hpp>
#include <glint/views.hpp>

/// Products W T. The kernel of W is spread out over all offsets, so that row i of W at pixel j is
/// table(position(i) - position(j)) and pixels beside each other read values beside each other.

namespace glint::impl {

/// Pixels beside each other that one index works on: stretches of a row of the frame for kernels,
/// of the columns of a W in memory.
template <class ExecutionSpace>
inline constexpr int kernel_stretch = is_host_execution_v<ExecutionSpace> ? 16 : 1;
template <class ExecutionSpace>
inline constexpr int matrix_stretch = is_host_execution_v<ExecutionSpace> ? 128 : 1;

/// table((D0 + NY - 1) (2 NX - 1) + D1 + NX - 1) = kernel at offset (D0, D1), from one half of the
/// offsets; the last places, beyond the last offset, are read by incomplete stretches of pixels.
template <class ExecutionSpace, class T>
struct SpreadKernel {
  StridedInput<const double**, ExecutionSpace> compact;
  Vector<T, typename ExecutionSpace::memory_space> table;

  KOKKOS_FUNCTION void operator()(std::size_t row) const {
    const std::size_t middle = compact.extent(0) - 1, columns = compact.extent(1);
    for (std::size_t column = 0; column < columns; ++column) {
      const double value = row >= middle ? compact(row - middle, column)
                                         : compact(middle - row, columns - 1 - column);
      table(row * columns + column) = static_cast<T>(value);
    }
    if (row != 2 * middle) return;
    for (std::size_t k = (row + 1) * columns; k < table.extent(0); ++k) table(k) = T(0);
  }
};

/// slim(r, c) = which pixel that is; masked ones keep their -1.
template <class ExecutionSpace>
struct NumberPixels {
  Vector<int, typename ExecutionSpace::memory_space> row, column, slim;
  std::size_t nx;
  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    slim(row(m) * nx + column(m)) = static_cast<int>(m);
  }
};

/// places(k) = position of the pixel of non-zero k.
template <class ExecutionSpace>
struct PlacePixels {
  Vector<int, typename ExecutionSpace::memory_space> row, column, offsets, pixels, places;
  int width;  // 2 NX - 1

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    for (int k = offsets(s); k < offsets(s + 1); ++k)
      places(k) = row(pixels(k)) * width + column(pixels(k));
  }
};

/// omega(i, s) = sum over the pixels j of s of W_ij T(j, s): stretches of pixels of one row of the
/// frame on the host, for as many sources as a pack has lanes and then turned round; one element
/// per index on devices.
template <class ExecutionSpace, class T, bool Hankel>
struct OmegaFromKernel {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int stretch = kernel_stretch<ExecutionSpace>;
  static constexpr int packs = stretch / lanes;

  Vector<int, typename ExecutionSpace::memory_space> row, column, slim, offsets, places;
  Vector<T, typename ExecutionSpace::memory_space> values, table, hankel;
  OutputMatrix<T, ExecutionSpace> omega;  // columns beyond the sources may be written
  std::size_t nx, stretches, sources;
  std::ptrdiff_t width, middle;  // 2 NX - 1, place of the offset zero

  KOKKOS_FORCEINLINE_FUNCTION void add(std::ptrdiff_t position, std::size_t s,
                                       Pack<T, lanes> (&sum)[packs]) const {
    const int last = offsets(s + 1);
    for (int k = offsets(s); k < last; ++k) {
      const auto value = broadcast_pack<T, lanes>(values(k));
      const T* const toeplitz = table.data() + (position + middle - places(k));
      GLINT_UNROLL
      for (int v = 0; v < packs; ++v) sum[v] += value * load_pack<T, lanes>(toeplitz + v * lanes);
      if constexpr (Hankel) {
        const T* const other = hankel.data() + (position + places(k));
        GLINT_UNROLL
        for (int v = 0; v < packs; ++v) sum[v] += value * load_pack<T, lanes>(other + v * lanes);
      }
    }
  }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      work_on_stretch(index);
    } else {
      const std::size_t i = index % omega.extent(0), s = index / omega.extent(0);
      Pack<T, lanes> sum[packs] = {};
      add(row(i) * width + column(i), s, sum);
      omega(i, s) = sum[0];
    }
  }

  KOKKOS_FUNCTION void work_on_stretch(std::size_t index) const {
    const std::size_t r = index / stretches, c = index % stretches * stretch;
    const int used = static_cast<int>(nx - c < stretch ? nx - c : stretch);
    const int* const pixel = &slim(r * nx + c);
    bool any = false;
    for (int l = 0; l < used; ++l) any = any || pixel[l] >= 0;
    if (!any) return;
    const auto position = static_cast<std::ptrdiff_t>(r) * width + static_cast<std::ptrdiff_t>(c);
    alignas(64) T sums[lanes * stretch] = {};
    alignas(64) T turned[stretch * lanes];
    for (std::size_t first = 0; first < sources; first += lanes) {
      const std::size_t left = sources - first;
      const int count = static_cast<int>(left < lanes ? left : lanes);
      for (int q = 0; q < count; ++q) {
        Pack<T, lanes> sum[packs] = {};
        add(position, first + q, sum);
        GLINT_UNROLL
        for (int v = 0; v < packs; ++v)
          store_pack<T, lanes>(sums + q * stretch + v * lanes, sum[v]);
      }
      for (int v = 0; v < packs; ++v)
        transpose_block<T, lanes>(sums + v * lanes, stretch, turned + v * lanes * lanes, lanes);
      const bool whole = first + lanes <= omega.extent(1);
      for (int l = 0; l < used; ++l) {
        if (pixel[l] < 0) continue;
        T* const out = &omega(pixel[l], first);
        if (whole)
          store_pack<T, lanes>(out, load_pack<T, lanes>(turned + l * lanes));
        else
          for (int q = 0; q < count; ++q) out[q] = turned[l * lanes + q];
      }
    }
  }
};

/// omega(i, s) = sum over the pixels j of s of w(j, i) T(j, s), for a stretch of pixels i.
template <class ExecutionSpace, class T>
struct OmegaFromMatrix {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int stretch = matrix_stretch<ExecutionSpace>;
  static constexpr int held = 4;  // packs of sums in registers

  Vector<int, typename ExecutionSpace::memory_space> offsets, pixels;
  Vector<T, typename ExecutionSpace::memory_space> values;
  InputMatrix<T, ExecutionSpace> w;
  OutputMatrix<T, ExecutionSpace> omega;  // whole packs of columns
  std::size_t sources;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t count = omega.extent(0);
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      const std::size_t begin = index * stretch;
      const std::size_t end = begin + stretch < count ? begin + stretch : count;
      for (std::size_t first = 0; first < sources; first += lanes) {
        std::size_t i = begin;
        for (; i + held * lanes <= end; i += held * lanes) work<held>(i, first);
        for (; i + lanes <= end; i += lanes) work<1>(i, first);
        const std::size_t last = first + lanes < sources ? first + lanes : sources;
        for (; i < end; ++i)
          for (std::size_t s = first; s < last; ++s) omega(i, s) = element(i, s);
      }
    } else {
      omega(index % count, index / count) = element(index % count, index / count);
    }
  }

  KOKKOS_FUNCTION T element(std::size_t i, std::size_t s) const {
    T sum = T(0);
    for (int k = offsets(s); k < offsets(s + 1); ++k) sum += values(k) * w(pixels(k), i);
    return sum;
  }

  /// `Packs` packs of pixels for `lanes` sources, turned round in registers.
  template <int Packs>
  KOKKOS_FUNCTION void work(std::size_t i, std::size_t first) const {
    alignas(64) T sums[lanes * Packs * lanes] = {};
    const std::size_t left = sources - first;
    const int count = static_cast<int>(left < lanes ? left : lanes);
    for (int q = 0; q < count; ++q) {
      Pack<T, lanes> sum[Packs] = {};
      const int last = offsets(first + q + 1);
      for (int k = offsets(first + q); k < last; ++k) {
        const auto value = broadcast_pack<T, lanes>(values(k));
        const T* const row = &w(pixels(k), i);
        GLINT_UNROLL
        for (int v = 0; v < Packs; ++v) sum[v] += value * load_pack<T, lanes>(row + v * lanes);
      }
      GLINT_UNROLL
      for (int v = 0; v < Packs; ++v)
        store_pack<T, lanes>(sums + q * Packs * lanes + v * lanes, sum[v]);
    }
    for (int v = 0; v < Packs; ++v)
      transpose_block<T, lanes>(sums + v * lanes, Packs * lanes, &omega(i + v * lanes, first),
                                omega.stride(0));
  }
};

}  // namespace glint::impl

#endif
