// SPDX-License-Identifier: BSD-3-Clause
#include <glint/pack.hpp>
#include <glint/reduced_sum.hpp>

namespace glint::impl {
namespace {

/// (m a_k)^2 b_k.
template <class ExecutionSpace, class T>
struct ScaledSquare {
  StridedInput<const T*, ExecutionSpace> a, b;

  KOKKOS_FORCEINLINE_FUNCTION T operator()(std::size_t m, std::size_t k) const {
    const T product = static_cast<T>(m) * a(k);
    return product * product * b(k);
  }
};

/// Some packs of neighbouring m per index, over one stretch of k after another; on the host.
template <class ExecutionSpace, class T>
struct SquareTiles {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>, packs = 8, tile = lanes * packs;
  ScaledSquare<ExecutionSpace, T> term;
  StridedOutput<T*, ExecutionSpace> f;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first_m = index * tile, count = f.extent(0), terms = term.a.extent(0);
    T numbers[tile], totals[tile];
    for (int i = 0; i < tile; ++i) numbers[i] = static_cast<T>(first_m + i), totals[i] = T(0);
    for (std::size_t first = 0; first < terms; first += reduced_sum_block) {
      const std::size_t left = terms - first;
      const int size = static_cast<int>(left < reduced_sum_block ? left : reduced_sum_block);
      T a[reduced_sum_block], b[reduced_sum_block];
      for (int k = 0; k < size; ++k) a[k] = term.a(first + k), b[k] = term.b(first + k);
      Pack<T, lanes> m[packs], part[packs];
      GLINT_UNROLL
      for (int p = 0; p < packs; ++p) {
        m[p] = load_pack<T, lanes>(numbers + p * lanes);
        keep_in_register(m[p]);
        part[p] = Pack<T, lanes>{};
      }
      for (int k = 0; k < size; ++k) {
        const auto ak = broadcast_pack<T, lanes>(a[k]), bk = broadcast_pack<T, lanes>(b[k]);
        GLINT_UNROLL
        for (int p = 0; p < packs; ++p) {
          const auto product = m[p] * ak;
          part[p] += product * product * bk;
        }
      }
      GLINT_UNROLL
      for (int p = 0; p < packs; ++p)
        store_pack<T, lanes>(totals + p * lanes, load_pack<T, lanes>(totals + p * lanes) + part[p]);
    }
    for (int i = 0; i < tile; ++i)
      if (first_m + i < count) f(first_m + i) = totals[i];
  }
};

}  // namespace

template <class ExecutionSpace, class T>
void reduced_sum_of_squares(const ExecutionSpace& space,
                            const StridedInput<const T*, ExecutionSpace>& a,
                            const StridedInput<const T*, ExecutionSpace>& b,
                            const StridedOutput<T*, ExecutionSpace>& f, ReducedSumMethod method) {
  const ScaledSquare<ExecutionSpace, T> term{a, b};
  if (is_host_execution_v<ExecutionSpace> &&
      (method == ReducedSumMethod::automatic || method == ReducedSumMethod::tiled)) {
    using Tiles = SquareTiles<ExecutionSpace, T>;
    Kokkos::parallel_for("glint::reduced_sum::squares",
                         range(space, (f.extent(0) + Tiles::tile - 1) / Tiles::tile),
                         Tiles{term, f});
    return;
  }
  run_reduced_sum<ExecutionSpace, T>(space, a.extent(0), term, f, method);
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                        \
  template void reduced_sum_of_squares<Space, T>(                                               \
      const Space&, const StridedInput<const T*, Space>&, const StridedInput<const T*, Space>&, \
      const StridedOutput<T*, Space>&, ReducedSumMethod);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint::impl
