// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_FFT_KERNELS_HPP
#define GLINT_IMPL_CURVATURE_FFT_KERNELS_HPP

#include <glint/impl/operator/pixel_rows.hpp>
#include <glint/pack.hpp>

/// The kernels of FftCurvature: columns of T to frames, and products W T from frames to F.

namespace glint::impl {

/// frames(b, ., .) = column first + b of T. One team a row.
template <class ExecutionSpace, class T>
struct LoadSources {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  PixelRows<Memory> rows;
  Vector<int, Memory> offsets, pixels;  // of the transposed mapping
  Vector<T, Memory> values;
  Cube<double, Memory> frames;
  int first, columns;

  /// The first non-zero of a stretch whose pixel is `pixel` or a later one.
  KOKKOS_FUNCTION int first_at(int begin, int end, int pixel) const {
    while (begin < end) {
      const int middle = begin + (end - begin) / 2;
      if (pixels(middle) < pixel)
        begin = middle + 1;
      else
        end = middle;
    }
    return begin;
  }

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int b = team.league_rank() / rows.height, r = team.league_rank() % rows.height;
    double* const line = &frames(b, r, 0);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, columns), [&](int c) { line[c] = 0.0; });
    team.team_barrier();
    const int last = offsets(first + b + 1);
    const int begin = first_at(offsets(first + b), last, rows.begin(r));
    const int end = first_at(begin, last, rows.begin(r + 1));
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, begin, end), [&](int k) {
      line[rows.column(pixels(k))] = static_cast<double>(values(k));
    });
  }
};

/// responses(m, first + b) = frames(b, row of m, column of m), b < count. One team a row.
template <class ExecutionSpace>
struct CollectResponses {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  PixelRows<Memory> rows;
  Cube<double, Memory> frames;
  Matrix<double, Memory> responses;
  int first, count;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int r = team.league_rank();
    const std::ptrdiff_t step = frames.stride(0);
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, rows.begin(r), rows.begin(r + 1)),
                         [&](int m) {
                           const double* const from = &frames(0, r, rows.column(m));
                           double* const to = &responses(m, first);
                           for (int b = 0; b < count; ++b) to[b] = from[b * step];
                         });
  }
};

/// F(t, s) = F(s, t) = sum over m of T(m, t) responses(m, s - first) for the sources s of a block
/// and t >= s: all s for one t per index on the host, one number on devices.
template <class ExecutionSpace, class T, int Block>
struct ProjectResponses {
  using Memory = typename ExecutionSpace::memory_space;
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, double>;
  static constexpr int packs = is_host_execution_v<ExecutionSpace> ? Block / lanes : 1;
  static constexpr int parts = Block / (packs * lanes);

  Vector<int, Memory> offsets, pixels;  // of the transposed mapping
  Vector<T, Memory> values;
  Matrix<double, Memory> responses;  // (M, Block)
  StridedOutput<T**, ExecutionSpace> curvature;
  int first, sources;

  std::size_t items() const { return static_cast<std::size_t>(sources - first) * parts; }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const int t = first + static_cast<int>(index / parts);
    const int slot = static_cast<int>(index % parts) * packs * lanes;
    Pack<double, lanes> sum[packs] = {};
    for (int k = offsets(t); k < offsets(t + 1); ++k) {
      const double* const row = &responses(pixels(k), slot);
      const auto weight = broadcast_pack<double, lanes>(static_cast<double>(values(k)));
      GLINT_UNROLL
      for (int v = 0; v < packs; ++v) sum[v] += weight * load_pack<double, lanes>(row + v * lanes);
    }
    double numbers[packs * lanes];
    GLINT_UNROLL
    for (int v = 0; v < packs; ++v) store_pack<double, lanes>(numbers + v * lanes, sum[v]);
    for (int j = 0; j < packs * lanes; ++j) {
      const int s = first + slot + j;
      if (s > t) break;
      curvature(t, s) = curvature(s, t) = static_cast<T>(numbers[j]);
    }
  }
};

}  // namespace glint::impl

#endif
