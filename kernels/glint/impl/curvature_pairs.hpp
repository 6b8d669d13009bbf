// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_PAIRS_HPP
#define GLINT_IMPL_CURVATURE_PAIRS_HPP

#include <glint/execution.hpp>
#include <glint/pack.hpp>
#include <glint/views.hpp>

/// The plain forms of F = T^T W T: sums over pairs of pixels, the last product of T^T (W T), and
/// making the result symmetric. One thread fills one row, so results do not depend on threads.

namespace glint::impl {

/// W_ij read from w_preload()'s layout: offsets modulo the doubled frame.
template <class ExecutionSpace>
struct PreloadKernel {
  StridedInput<const double**, ExecutionSpace> preload;
  Vector<int, typename ExecutionSpace::memory_space> row, column;

  KOKKOS_FUNCTION double operator()(int i, int j) const {
    int d0 = row(i) - row(j), d1 = column(i) - column(j);
    if (d0 < 0) d0 += static_cast<int>(preload.extent(0));
    if (d1 < 0) d1 += static_cast<int>(preload.extent(1));
    return preload(d0, d1);
  }
};

/// W_ij read from w_compact()'s layout: the half of the offsets with D0 >= 0.
template <class ExecutionSpace>
struct CompactKernel {
  StridedInput<const double**, ExecutionSpace> compact;
  Vector<int, typename ExecutionSpace::memory_space> row, column;

  KOKKOS_FUNCTION double operator()(int i, int j) const {
    const int d0 = row(i) - row(j), d1 = column(i) - column(j);
    const int middle = static_cast<int>(compact.extent(1) / 2);
    return d0 < 0 ? compact(-d0, middle - d1) : compact(d0, middle + d1);
  }
};

/// Row s of P: over the pixels i of s and the pixels j, T(i, s) W_ij T(j, t). With `half`, j > i
/// only and half the diagonal, so that F = P + P^T; without, all j, so that F = (P + P^T) / 2.
template <class ExecutionSpace, class T, class Kernel>
struct CurvaturePairs {
  Kernel kernel;
  Vector<int, typename ExecutionSpace::memory_space> offsets, columns;
  Vector<T, typename ExecutionSpace::memory_space> values;
  Vector<int, typename ExecutionSpace::memory_space> source_offsets, source_pixels;
  Vector<T, typename ExecutionSpace::memory_space> source_values;
  OutputMatrix<T, ExecutionSpace> curvature;
  int pixels;
  bool half;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    T* const out = &curvature(s, 0);
    const auto count = static_cast<int>(curvature.extent(1));
    for (int t = 0; t < count; ++t) out[t] = T(0);
    for (int k = source_offsets(s); k < source_offsets(s + 1); ++k) {
      const int i = source_pixels(k);
      for (int j = half ? i : 0; j < pixels; ++j) {
        const double share = half && i == j ? 0.5 : 1.0;
        const T factor = source_values(k) * static_cast<T>(share * kernel(i, j));
        for (int b = offsets(j); b < offsets(j + 1); ++b) out[columns(b)] += factor * values(b);
      }
    }
  }
};

/// Sides of the square tiles that symmetric results are made in.
template <class ExecutionSpace>
inline constexpr int symmetric_tile = is_host_execution_v<ExecutionSpace> ? 32 : 1;

/// F = T^T omega for an omega that makes it symmetric: only tiles on and above the diagonal are
/// formed, and written twice.
template <class ExecutionSpace, class T>
struct SymmetricProduct {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int tile = symmetric_tile<ExecutionSpace>;
  static constexpr int packs = tile / lanes;

  Vector<int, typename ExecutionSpace::memory_space> offsets, pixels;
  Vector<T, typename ExecutionSpace::memory_space> values;
  InputMatrix<T, ExecutionSpace> omega;  // whole tiles of columns
  StridedOutput<T**, ExecutionSpace> curvature;
  std::size_t tiles;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t a = index / tiles, b = index % tiles;
    if (b < a) return;
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      work_on_tile(a * tile, b * tile);
    } else {
      T sum = T(0);
      for (int k = offsets(a); k < offsets(a + 1); ++k) sum += values(k) * omega(pixels(k), b);
      curvature(a, b) = sum;
      curvature(b, a) = sum;
    }
  }

  KOKKOS_FUNCTION void work_on_tile(std::size_t s, std::size_t t) const {
    const std::size_t sources = curvature.extent(0);
    const int rows = static_cast<int>(sources - s < tile ? sources - s : tile);
    const int columns = static_cast<int>(sources - t < tile ? sources - t : tile);
    alignas(64) T sums[tile * tile];
    alignas(64) T turned[tile * tile];
    for (int r = 0; r < tile; ++r) {
      Pack<T, lanes> sum[packs] = {};
      const int last = r < rows ? offsets(s + r + 1) : 0;
      for (int k = r < rows ? offsets(s + r) : 0; k < last; ++k) {
        const auto value = broadcast_pack<T, lanes>(values(k));
        const T* const row = &omega(pixels(k), t);
        GLINT_UNROLL
        for (int v = 0; v < packs; ++v) sum[v] += value * load_pack<T, lanes>(row + v * lanes);
      }
      GLINT_UNROLL
      for (int v = 0; v < packs; ++v) store_pack<T, lanes>(sums + r * tile + v * lanes, sum[v]);
    }
    if (s == t) {
      for (int r = 0; r < rows; ++r)
        for (int l = 0; l < r; ++l) sums[r * tile + l] = sums[l * tile + r];
      return store(s, t, rows, columns, sums);
    }
    store(s, t, rows, columns, sums);
    for (int r = 0; r < tile; r += lanes)
      for (int l = 0; l < tile; l += lanes)
        transpose_block<T, lanes>(sums + r * tile + l, tile, turned + l * tile + r, tile);
    store(t, s, columns, rows, turned);
  }

  KOKKOS_FUNCTION void store(std::size_t s, std::size_t t, int rows, int columns,
                             const T* sums) const {
    if (curvature.stride(1) == 1 && columns == tile) {
      for (int r = 0; r < rows; ++r)
        for (int l = 0; l < tile; l += lanes)
          store_pack<T, lanes>(&curvature(s + r, t + l), load_pack<T, lanes>(sums + r * tile + l));
      return;
    }
    for (int r = 0; r < rows; ++r)
      for (int l = 0; l < columns; ++l) curvature(s + r, t + l) = sums[r * tile + l];
  }
};

/// matrix = factor (p + p^T), in tiles so that columns are not read one by one; `matrix` may be p.
template <class ExecutionSpace, class T>
struct AddTranspose {
  static constexpr int tile = symmetric_tile<ExecutionSpace>;

  InputMatrix<T, ExecutionSpace> p;
  StridedOutput<T**, ExecutionSpace> matrix;
  T factor;
  std::size_t tiles;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t a = index / tiles, b = index % tiles, size = matrix.extent(0);
    if (b < a) return;
    for (std::size_t s = a * tile; s < size && s < (a + 1) * tile; ++s)
      for (std::size_t t = a == b ? s : b * tile; t < size && t < (b + 1) * tile; ++t) {
        const T sum = factor * (p(s, t) + p(t, s));
        matrix(s, t) = sum;
        matrix(t, s) = sum;
      }
  }
};

/// to = from^T, in tiles.
template <class ExecutionSpace, class T>
struct TransposeMatrix {
  static constexpr int tile = symmetric_tile<ExecutionSpace>;

  InputMatrix<T, ExecutionSpace> from;
  OutputMatrix<T, ExecutionSpace> to;
  std::size_t tiles;  // along the columns of `from`

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first_row = index / tiles * tile, first = index % tiles * tile;
    for (std::size_t r = first_row; r < from.extent(0) && r < first_row + tile; ++r)
      for (std::size_t c = first; c < from.extent(1) && c < first + tile; ++c)
        to(c, r) = from(r, c);
  }
};

}  // namespace glint::impl

#endif
