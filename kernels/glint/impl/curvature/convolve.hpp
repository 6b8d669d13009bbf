// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_CONVOLVE_HPP
#define GLINT_IMPL_CURVATURE_CONVOLVE_HPP

#include <glint/impl/curvature/runs.hpp>
#include <glint/impl/curvature/shape.hpp>

/// P = transpose(T) L T without L or L T in memory: for a block of source pixels and a tile of
/// image pixels at a time, the columns of L T in the tile (stage 1), and from them what they add to
/// the block's columns of P (stage 2).

namespace glint::impl {

template <class ExecutionSpace, class T>
struct Convolve {
  using Shape = ConvolutionShape<ExecutionSpace, T>;
  using MemorySpace = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Lanes = Pack<T, Shape::lanes>;
  using Scratch = Kokkos::View<T*, typename ExecutionSpace::scratch_memory_space,
                               Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  using IntScratch = Kokkos::View<int*, typename ExecutionSpace::scratch_memory_space,
                                  Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  static constexpr int classes = ArrangedMapping<MemorySpace, T>::classes;
  static_assert(classes == Shape::longest_run);
  /// Threads that store a tile's column side by side then use different memory banks.
  static constexpr int tile_stride = Shape::sources + (Shape::packed ? 0 : 1);
  /// Sums wait here until as many sources as a pack has lanes are done.
  static constexpr int staged = Shape::packed ? Shape::lanes * Shape::pixels : 0;
  /// Kokkos keeps 32 KB of the first level for host threads; there both levels are the same memory.
  static constexpr int scratch_level = Shape::packed ? 1 : 0;
  static constexpr int columns_per_thread = Shape::packed ? Shape::sources : 1;

  ArrangedMapping<MemorySpace, T> mapping;
  ConvolutionGeometry<MemorySpace> geometry;
  const T* lower;                  ///< table element of offset (0, -(width - 1))
  const T* hankel;                 ///< the same of the Hankel part, or null
  Matrix<T, MemorySpace> product;  ///< P, (S, blocks x sources); zero unless `blocks` == league
  int blocks, groups;              ///< a league of blocks x groups, the bands dealt to groups

  static std::size_t scratch_bytes() {
    return Scratch::shmem_size(Shape::pixels * tile_stride) + Scratch::shmem_size(staged) +
           IntScratch::shmem_size(classes * Shape::sources);
  }

  /// A run of `length` vertical neighbours whose table element for the thread's first pixel is at
  /// k: every row of the table is read once and serves all of them.
  template <int Length>
  KOKKOS_FORCEINLINE_FUNCTION void add_run(
      const T* k, const T* weight, Lanes (&sum)[Shape::thread_rows][Shape::thread_packs]) const {
    const std::ptrdiff_t stride = geometry.stride;
    k -= (Length - 1) * stride;
    Lanes weights[Length];
    GLINT_UNROLL
    for (int a = 0; a < Length; ++a) weights[a] = broadcast_pack<T, Shape::lanes>(weight[a]);
    GLINT_UNROLL
    for (int m = 0; m < Shape::thread_rows + Length - 1; ++m, k += stride) {
      Lanes row[Shape::thread_packs];
      GLINT_UNROLL
      for (int v = 0; v < Shape::thread_packs; ++v) {
        row[v] = load_pack<T, Shape::lanes>(k + v * Shape::lanes);
        keep_in_register(row[v]);
      }
      GLINT_UNROLL
      for (int a = 0; a < Length; ++a) {
        const int r = m - (Length - 1) + a;
        if (r < 0 || r >= Shape::thread_rows) continue;
        GLINT_UNROLL
        for (int v = 0; v < Shape::thread_packs; ++v) sum[r][v] += weights[a] * row[v];
      }
    }
  }

  template <int Length>
  KOKKOS_FORCEINLINE_FUNCTION void add_class(
      const T* k, const int* offset, int count, const T* weight,
      Lanes (&sum)[Shape::thread_rows][Shape::thread_packs]) const {
    for (int j = 0; j < count; ++j) add_run<Length>(k + offset[j], weight + j * Length, sum);
  }

  /// End of the runs of source s in class c.
  KOKKOS_FORCEINLINE_FUNCTION int class_end(int s, int c) const {
    return c + 1 < classes ? mapping.class_begin(classes * s + c + 1) : mapping.run_end(s);
  }

  /// Adds the runs of one source: of each class the first active[c], or all where that is null.
  KOKKOS_FORCEINLINE_FUNCTION void add_source(
      const T* k, int s, const int* active, const int* offsets, const T* weights,
      Lanes (&sum)[Shape::thread_rows][Shape::thread_packs]) const {
    const int* begin = &mapping.class_begin(classes * s);
    const T* weight = weights + mapping.source_begin(s);
    const int n4 = begin[1] - begin[0], n3 = begin[2] - begin[1], n2 = begin[3] - begin[2];
    const int n1 = mapping.run_end(s) - begin[3];
    add_class<4>(k, offsets + begin[0], active ? active[0] : n4, weight, sum);
    add_class<3>(k, offsets + begin[1], active ? active[1] : n3, weight + 4 * n4, sum);
    add_class<2>(k, offsets + begin[2], active ? active[2] : n2, weight + 4 * n4 + 3 * n3, sum);
    add_class<1>(k, offsets + begin[3], active ? active[3] : n1, weight + 4 * n4 + 3 * n3 + 2 * n2,
                 sum);
  }

  /// Stage 1: columns of L T in one tile, to tile(pixel, source).
  KOKKOS_FORCEINLINE_FUNCTION void convolve_tile(const Team& team, int first_source, int row,
                                                 int column, const int* active, T* tile,
                                                 T* stage) const {
    constexpr int parts = Shape::thread_parts, lanes = Shape::lanes;
    const std::ptrdiff_t corner =
        static_cast<std::ptrdiff_t>(row) * geometry.stride + column + geometry.width - 1;
    Kokkos::parallel_for(
        Kokkos::TeamThreadRange(team, Shape::sources / lanes * parts), [&](int item) {
          const int group = item / parts, part = item % parts;
          const int thread_row = part / (Shape::columns / Shape::thread_columns);
          const int thread_column = part % (Shape::columns / Shape::thread_columns);
          const std::ptrdiff_t shift =
              corner + static_cast<std::ptrdiff_t>(thread_row) * geometry.stride + thread_column;
          for (int j = 0; j < lanes; ++j) {
            const int slot = group * lanes + j, s = first_source + slot;
            Lanes sum[Shape::thread_rows][Shape::thread_packs] = {};
            if (s < mapping.sources) {
              add_source(lower + shift, s, active + classes * slot, mapping.run_offset.data(),
                         mapping.run_value.data(), sum);
              if (hankel)
                add_source(hankel + shift, s, nullptr, mapping.mirror_offset.data(),
                           mapping.mirror_value.data(), sum);
            }
            if constexpr (Shape::packed) {
              GLINT_UNROLL
              for (int r = 0; r < Shape::thread_rows; ++r) GLINT_UNROLL
              for (int v = 0; v < Shape::thread_packs; ++v)
                store_pack<T, lanes>(stage + j * Shape::pixels + r * Shape::columns + v * lanes,
                                     sum[r][v]);
            } else {
              tile[part * tile_stride + slot] = sum[0][0];
            }
          }
          if constexpr (Shape::packed)
            for (int i = 0; i < Shape::pixels; i += lanes)
              transpose_block<T, lanes>(stage + i, Shape::pixels,
                                        tile + i * tile_stride + group * lanes, tile_stride);
        });
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_to_product(
      int t, int column, const Lanes (&sum)[columns_per_thread / Shape::lanes]) const {
    T* const p = &product(t, column);
    constexpr int lanes = Shape::lanes;
    if (groups == 1) {
      GLINT_UNROLL
      for (int q = 0; q < columns_per_thread / lanes; ++q)
        store_pack<T, lanes>(p + q * lanes, load_pack<T, lanes>(p + q * lanes) + sum[q]);
    } else {  // other teams add to the same column
      T values[columns_per_thread];
      for (int q = 0; q < columns_per_thread / lanes; ++q)
        store_pack<T, lanes>(values + q * lanes, sum[q]);
      for (int q = 0; q < columns_per_thread; ++q) Kokkos::atomic_add(p + q, values[q]);
    }
  }

  /// Stage 2: P(t, s) += sum over the tile's pixels of T(pixel, t) tile(pixel, s).
  KOKKOS_FORCEINLINE_FUNCTION void project_tile(const Team& team, int first_source, int tile_index,
                                                const T* tile) const {
    constexpr int lanes = Shape::lanes, packs = columns_per_thread / lanes;
    constexpr int parts = Shape::sources / columns_per_thread;
    const int begin = mapping.tile_begin(tile_index), end = mapping.tile_begin(tile_index + 1);
    const int shares = team.team_size() > parts && groups > 1 ? team.team_size() / parts : 1;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, parts * shares), [&](int item) {
      const int part = item % parts, share = item / parts;
      const T* const column = tile + part * columns_per_thread;
      int k = begin + static_cast<int>(static_cast<long long>(end - begin) * share / shares);
      const int stop =
          begin + static_cast<int>(static_cast<long long>(end - begin) * (share + 1) / shares);
      while (k < stop) {
        const int t = mapping.entry_source(k);
        Lanes sum[packs] = {};
        for (; k < stop && mapping.entry_source(k) == t; ++k) {
          const T weight = mapping.entry_value(k);
          const T* const pixel = column + mapping.entry_place(k) * tile_stride;
          GLINT_UNROLL
          for (int q = 0; q < packs; ++q) sum[q] += weight * load_pack<T, lanes>(pixel + q * lanes);
        }
        add_to_product(t, first_source + part * columns_per_thread, sum);
      }
    });
  }

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int level = scratch_level;  // Kokkos takes its address
    const Scratch tile(team.team_scratch(level), Shape::pixels * tile_stride);
    const Scratch stage(team.team_scratch(level), staged);
    const IntScratch active(team.team_scratch(level), classes * Shape::sources);
    const int block = team.league_rank() % blocks, group = team.league_rank() / blocks;
    const int first_source = block * Shape::sources;

    if (groups == 1)
      Kokkos::parallel_for(Kokkos::TeamThreadRange(team, mapping.sources), [&](int t) {
        for (int q = 0; q < Shape::sources; ++q) product(t, first_source + q) = T(0);
      });
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, classes * Shape::sources),
                         [&](int k) { active(k) = 0; });
    team.team_barrier();

    for (int band = group; band < geometry.bands; band += groups) {
      const int row = band * Shape::rows, last_row = row + Shape::rows - 1;
      int any = 0;
      Kokkos::parallel_reduce(
          Kokkos::TeamThreadRange(team, classes * Shape::sources),
          [&](int k, int& sum) {
            const int s = first_source + k / classes, c = k % classes;
            if (s >= mapping.sources) return;
            const int begin = mapping.class_begin(classes * s + c), end = class_end(s, c);
            int count = active(k);
            while (begin + count < end && mapping.run_row(begin + count) <= last_row) ++count;
            active(k) = count;
            sum += count;
          },
          any);
      team.team_barrier();
      if (any == 0 && !hankel) continue;
      for (int t = geometry.band_begin(band); t < geometry.band_begin(band + 1); ++t) {
        convolve_tile(team, first_source, row, geometry.tile_column(t), active.data(), tile.data(),
                      stage.data());
        team.team_barrier();
        project_tile(team, first_source, t, tile.data());
        team.team_barrier();
      }
    }
  }
};

}  // namespace glint::impl

#endif
