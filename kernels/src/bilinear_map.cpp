// SPDX-License-Identifier: BSD-3-Clause
#include <glint/bilinear_map.hpp>
#include <glint/streaming.hpp>

namespace glint {
namespace {

/// Numbers per index on the host.
template <class ExecutionSpace>
inline constexpr std::size_t map_stretch = is_host_execution_v<ExecutionSpace> ? 4096 : 1;

/// `Streaming`: the output is written around the caches.
template <class ExecutionSpace, class T, bool Streaming>
struct MapStretch {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  // May be one array: no promise to the compiler that they are not.
  const T* x;
  const T* y;
  T* out;
  std::size_t count;
  T a, b, c;

  KOKKOS_FORCEINLINE_FUNCTION void one(std::size_t k) const { out[k] = (a * x[k] + b) * y[k] + c; }
  template <int Packs>
  KOKKOS_FORCEINLINE_FUNCTION void several(std::size_t k) const {
    Pack<T, lanes> result[Packs];
    GLINT_UNROLL
    for (int i = 0; i < Packs; ++i) {
      const auto xs = load_pack<T, lanes>(x + k + i * lanes);
      const auto ys = load_pack<T, lanes>(y + k + i * lanes);
      result[i] = (a * xs + b) * ys + c;
    }
    GLINT_UNROLL
    for (int i = 0; i < Packs; ++i) {
      if constexpr (Streaming)
        store_streaming<T, lanes>(out + k + i * lanes, result[i]);
      else
        store_pack<T, lanes>(out + k + i * lanes, result[i]);
    }
  }
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    constexpr std::size_t length = map_stretch<ExecutionSpace>;
    const std::size_t first = index * length;
    const std::size_t last = count - first < length ? count : first + length;
    std::size_t k = first;
    if constexpr (Streaming)
      for (; k < last && to_aligned<T, lanes>(out + k) != 0; ++k) one(k);
    for (; k + 4 * lanes <= last; k += 4 * lanes) several<4>(k);
    for (; k + lanes <= last; k += lanes) several<1>(k);
    for (; k < last; ++k) one(k);
    if constexpr (Streaming) finish_streaming();
  }
};

template <class ExecutionSpace, class T>
struct MapStrided {
  StridedInput<const T*, ExecutionSpace> x, y;
  StridedOutput<T*, ExecutionSpace> out;
  T a, b, c;

  KOKKOS_FUNCTION void operator()(std::size_t k) const { out(k) = (a * x(k) + b) * y(k) + c; }
};

template <class T>
void expect_apart(const char* name, const T* input, const T* output, std::size_t count) {
  const auto in = reinterpret_cast<std::uintptr_t>(input);
  const auto out = reinterpret_cast<std::uintptr_t>(output);
  const std::uintptr_t distance = in < out ? out - in : in - out;
  GLINT_EXPECTS(distance == 0 || distance >= count * sizeof(T), "bilinear_map: out overlaps ", name,
                " ", distance, " bytes apart; it may be ", name, " itself or apart from it");
}

}  // namespace

template <class ExecutionSpace, class T>
void impl::bilinear_map(const ExecutionSpace& space,
                        const StridedInput<const T*, ExecutionSpace>& x,
                        const StridedInput<const T*, ExecutionSpace>& y,
                        const StridedOutput<T*, ExecutionSpace>& out,
                        const BilinearCoefficients& coefficients) {
  const T a = static_cast<T>(coefficients.a), b = static_cast<T>(coefficients.b),
          c = static_cast<T>(coefficients.c);
  const std::size_t count = out.extent(0);
  if (x.stride(0) != 1 || y.stride(0) != 1 || out.stride(0) != 1) {
    Kokkos::parallel_for("glint::bilinear_map::strided", range(space, count),
                         MapStrided<ExecutionSpace, T>{x, y, out, a, b, c});
    return;
  }
  expect_apart("x", x.data(), out.data(), count);
  expect_apart("y", y.data(), out.data(), count);
  const std::size_t length = map_stretch<ExecutionSpace>, indices = (count + length - 1) / length;
  const bool in_place = out.data() == x.data() || out.data() == y.data();
  // What is overwritten in place was read before: nothing to save there.
  if (!in_place && prefer_streaming<ExecutionSpace>(3 * count * sizeof(T)))
    Kokkos::parallel_for(
        "glint::bilinear_map::streaming", range(space, indices),
        MapStretch<ExecutionSpace, T, true>{x.data(), y.data(), out.data(), count, a, b, c});
  else
    Kokkos::parallel_for(
        "glint::bilinear_map::contiguous", range(space, indices),
        MapStretch<ExecutionSpace, T, false>{x.data(), y.data(), out.data(), count, a, b, c});
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                        \
  template void impl::bilinear_map<Space, T>(                                                   \
      const Space&, const StridedInput<const T*, Space>&, const StridedInput<const T*, Space>&, \
      const StridedOutput<T*, Space>&, const BilinearCoefficients&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
