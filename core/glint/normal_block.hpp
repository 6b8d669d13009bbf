// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_NORMAL_BLOCK_HPP
#define GLINT_NORMAL_BLOCK_HPP

#include <glint/counter_random.hpp>
#include <glint/execution.hpp>

/// Many normal numbers at a time, for the host's vector registers.

namespace glint::impl {

/// Normal numbers of a block, for either precision.
inline constexpr int normal_block_size = 64;

/// Packs of counters at a time: what the registers hold.
template <class ExecutionSpace>
inline constexpr int counter_packs_v = pack_lanes_v<ExecutionSpace, double> == 8   ? 4
                                       : pack_lanes_v<ExecutionSpace, double> == 1 ? 1
                                                                                   : 2;

/// `first`, first + 1, ... in the lanes of a pack.
template <int N>
KOKKOS_FORCEINLINE_FUNCTION Pack<std::uint64_t, N> counting_pack(std::uint64_t first) {
  alignas(64) std::uint64_t steps[N];
  for (int l = 0; l < N; ++l) steps[l] = first + static_cast<std::uint64_t>(l);
  return load_pack<std::uint64_t, N>(steps);
}

/// Words of successive counters as the numbers that Box and Muller's method takes.
template <class ExecutionSpace, int Pairs>
KOKKOS_FORCEINLINE_FUNCTION void block_uniforms(const RandomStream& stream, std::uint64_t first,
                                                double* u, double* turns) {
  constexpr int lanes = pack_lanes_v<ExecutionSpace, double>,
                packs = counter_packs_v<ExecutionSpace>;
  static_assert(Pairs % (lanes * packs) == 0);
  auto counter = counting_pack<lanes>(first);
  for (int k = 0; k < Pairs; k += lanes * packs, counter += lanes * packs) {
    RandomWords<Pack<std::uint64_t, lanes>> w[packs];
    philox<lanes, packs>(counter, stream, w);
    GLINT_UNROLL
    for (int g = 0; g < packs; ++g) {
      store_pack<double, lanes>(u + k + g * lanes, 2.0 - one_to_two<lanes>(w[g].a, w[g].b));
      store_pack<double, lanes>(turns + k + g * lanes, one_to_two<lanes>(w[g].c, w[g].d) - 1.5);
    }
  }
}

/// Two pairs to a counter in single precision.
template <class ExecutionSpace, int Pairs>
KOKKOS_FORCEINLINE_FUNCTION void block_uniforms(const RandomStream& stream, std::uint64_t first,
                                                float* u, float* turns) {
  constexpr int lanes = pack_lanes_v<ExecutionSpace, double>, counters = Pairs / 2;
  constexpr int packs = counter_packs_v<ExecutionSpace> == 4 ? 2 : counter_packs_v<ExecutionSpace>;
  static_assert(counters % (lanes * packs) == 0);
  alignas(64) std::uint64_t words[4][counters];
  auto counter = counting_pack<lanes>(first);
  for (int k = 0; k < counters; k += lanes * packs, counter += lanes * packs) {
    RandomWords<Pack<std::uint64_t, lanes>> w[packs];
    philox<lanes, packs>(counter, stream, w);
    GLINT_UNROLL
    for (int g = 0; g < packs; ++g) {
      store_pack<std::uint64_t, lanes>(words[0] + k + g * lanes, w[g].a);
      store_pack<std::uint64_t, lanes>(words[1] + k + g * lanes, w[g].b);
      store_pack<std::uint64_t, lanes>(words[2] + k + g * lanes, w[g].c);
      store_pack<std::uint64_t, lanes>(words[3] + k + g * lanes, w[g].d);
    }
  }
  for (int k = 0; k < counters; ++k) {
    u[2 * k] = single_unit(static_cast<std::uint32_t>(words[0][k]));
    u[2 * k + 1] = single_unit(static_cast<std::uint32_t>(words[2][k]));
    turns[2 * k] = single_turns(static_cast<std::uint32_t>(words[1][k]));
    turns[2 * k + 1] = single_turns(static_cast<std::uint32_t>(words[3][k]));
  }
}

/// Normal numbers block normal_block_size, ... of a stream: those of random_normal(), to rounding,
/// and the same to the last bit whoever makes the block.
template <class ExecutionSpace, class T>
KOKKOS_FUNCTION void normal_block(const RandomStream& stream, std::uint64_t block, T* out) {
  constexpr int pairs = normal_block_size / 2;
  alignas(64) T u[pairs], turns[pairs], first[pairs], second[pairs];
  block_uniforms<ExecutionSpace, pairs>(
      stream, block * (normal_block_size / normals_per_counter<T>), u, turns);
  for (int k = 0; k < pairs; ++k) u[k] = normal_radius(u[k]);
  for (int k = 0; k < pairs; ++k) {
    T cosine, sine;
    cosine_and_sine(turns[k], cosine, sine);
    first[k] = u[k] * cosine;
    second[k] = u[k] * sine;
  }
  for (int k = 0; k < pairs; ++k) {
    out[2 * k] = first[k];
    out[2 * k + 1] = second[k];
  }
}

}  // namespace glint::impl

#endif
