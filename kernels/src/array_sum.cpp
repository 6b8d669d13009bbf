// SPDX-License-Identifier: BSD-3-Clause
#include <glint/array_sum.hpp>
#include <glint/pack.hpp>

namespace glint {

const std::string& sum_method_name(SumMethod method) {
  static const std::string names[] = {"automatic", "wide", "pairwise", "serial"};
  return names[static_cast<int>(method)];
}

namespace {

/// Numbers per index on the host: long enough to hide what an index costs, short enough for many
/// threads at 65536 numbers.
template <class ExecutionSpace>
inline constexpr std::size_t stretch = is_host_execution_v<ExecutionSpace> ? 4096 : 1;

/// N numbers of type T as doubles, in registers.
template <class T, int N>
struct WideSum {
  // Lanes of one pack of doubles, and how many of these a pack of T fills.
  static constexpr int lanes = N == 1 ? 1 : N * static_cast<int>(sizeof(T)) / 8;
  static constexpr int packs = N / lanes;
  Pack<double, lanes> part[packs] = {};

  KOKKOS_FORCEINLINE_FUNCTION void add(const Pack<T, N>& numbers) {
    if constexpr (N == 1) {
      part[0] += static_cast<double>(numbers);
    } else if constexpr (packs == 1) {
      part[0] += numbers;
    } else {
#if defined(GLINT_HAS_VECTOR_TYPES)
      add_halves(numbers, std::make_integer_sequence<int, lanes>());
#endif
    }
  }
#if defined(GLINT_HAS_VECTOR_TYPES)
  template <int... E>
  KOKKOS_FORCEINLINE_FUNCTION void add_halves(const Pack<T, N>& numbers,
                                              std::integer_sequence<int, E...>) {
    using Doubles = Pack<double, lanes>;
    part[0] += __builtin_convertvector(__builtin_shufflevector(numbers, numbers, E...), Doubles);
    part[1] +=
        __builtin_convertvector(__builtin_shufflevector(numbers, numbers, (E + lanes)...), Doubles);
  }
#endif
  KOKKOS_FORCEINLINE_FUNCTION double total() const {
    if constexpr (packs == 1)
      return sum_of_pack<double, lanes>(part[0]);
    else
      return sum_of_pack<double, lanes>(part[0] + part[packs - 1]);
  }
};

/// The sum of one stretch of contiguous numbers.
template <class ExecutionSpace, class T, bool Tree>
struct SumStretch {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int tree = 8;
  const T* x;
  std::size_t count;

  KOKKOS_FUNCTION void operator()(std::size_t index, double& sum) const {
    constexpr std::size_t length = stretch<ExecutionSpace>;
    const std::size_t first = index * length;
    const T* const numbers = x + first;
    const std::size_t size = count - first < length ? count - first : length;
    WideSum<T, lanes> even, odd;
    std::size_t k = 0;
    for (; k + tree * lanes <= size; k += tree * lanes) {
      Pack<T, lanes> p[tree];
      GLINT_UNROLL
      for (int i = 0; i < tree; ++i) p[i] = load_pack<T, lanes>(numbers + k + i * lanes);
      if constexpr (Tree) {
        even.add(((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7])));
      } else {
        GLINT_UNROLL
        for (int i = 0; i < tree; i += 2) even.add(p[i]), odd.add(p[i + 1]);
      }
    }
    double rest = 0.0;
    for (; k < size; ++k) rest += static_cast<double>(numbers[k]);
    sum += even.total() + odd.total() + rest;
  }
};

template <class ExecutionSpace, class T>
struct SumStrided {
  StridedInput<const T*, ExecutionSpace> x;

  KOKKOS_FUNCTION void operator()(std::size_t index, double& sum) const {
    constexpr std::size_t length = stretch<ExecutionSpace>;
    const std::size_t first = index * length, count = x.extent(0);
    const std::size_t last = first + length < count ? first + length : count;
    // A few chains, since additions wait for one another.
    double parts[4] = {};
    std::size_t k = first;
    for (; k + 4 <= last; k += 4) {
      GLINT_UNROLL
      for (int i = 0; i < 4; ++i) parts[i] += static_cast<double>(x(k + i));
    }
    for (; k < last; ++k) parts[0] += static_cast<double>(x(k));
    sum += (parts[0] + parts[1]) + (parts[2] + parts[3]);
  }
};

template <class ExecutionSpace, class T>
struct SumSerially {
  StridedInput<const T*, ExecutionSpace> x;

  KOKKOS_FUNCTION void operator()(std::size_t, double& sum) const {
    for (std::size_t k = 0; k < x.extent(0); ++k) sum += static_cast<double>(x(k));
  }
};

/// `result`: a double of the host, or a View.
template <class ExecutionSpace, class T, class Result>
void launch(const ExecutionSpace& space, const StridedInput<const T*, ExecutionSpace>& x,
            SumMethod method, Result& result) {
  const std::size_t count = x.extent(0);
  const std::size_t length = stretch<ExecutionSpace>, indices = (count + length - 1) / length;
  if (method == SumMethod::serial)
    Kokkos::parallel_reduce("glint::sum::serial", range(space, 1),
                            SumSerially<ExecutionSpace, T>{x}, result);
  else if (x.stride(0) != 1)
    Kokkos::parallel_reduce("glint::sum::strided", range(space, indices),
                            SumStrided<ExecutionSpace, T>{x}, result);
  else if (method == SumMethod::wide)
    Kokkos::parallel_reduce("glint::sum::wide", range(space, indices),
                            SumStretch<ExecutionSpace, T, false>{x.data(), count}, result);
  else
    Kokkos::parallel_reduce("glint::sum::pairwise", range(space, indices),
                            SumStretch<ExecutionSpace, T, true>{x.data(), count}, result);
}

}  // namespace

template <class ExecutionSpace, class T>
double impl::array_sum(const ExecutionSpace& space, const StridedInput<const T*, ExecutionSpace>& x,
                       SumMethod method) {
  double result = 0.0;
  launch<ExecutionSpace, T>(space, x, method, result);
  return result;
}

template <class ExecutionSpace, class T>
void impl::array_sum(const ExecutionSpace& space, const StridedInput<const T*, ExecutionSpace>& x,
                     SumMethod method, const ScalarResult<ExecutionSpace>& result) {
  launch<ExecutionSpace, T>(space, x, method, result);
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                        \
  template double impl::array_sum<Space, T>(const Space&, const StridedInput<const T*, Space>&, \
                                            SumMethod);                                         \
  template void impl::array_sum<Space, T>(const Space&, const StridedInput<const T*, Space>&,   \
                                          SumMethod, const impl::ScalarResult<Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
