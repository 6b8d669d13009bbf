// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_LIMIT_KERNELS_HPP
#define GLINT_PERF_LIMIT_KERNELS_HPP

#include <glint/elementary.hpp>
#include <glint/execution.hpp>
#include <glint/pack.hpp>
#include <glint/pack_elementary.hpp>
#include <glint/streaming.hpp>

/// Kernels that do nothing but load one part of the machine. Every work item is a thread of the
/// execution space and repeats its share many times, so that launches do not count.

namespace glint::perf {

/// Has the compiler forget what it knows of memory, so that a repetition is one.
KOKKOS_FORCEINLINE_FUNCTION void forget_memory() {
#if defined(GLINT_HAS_VECTOR_TYPES)
  asm volatile("" ::: "memory");
#endif
}

/// Independent chains of x = x a + b.
template <class ExecutionSpace, class T>
struct MultiplyAdds {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  // Enough to hide the latency, few enough for 16 registers.
  static constexpr int chains = 12;
  static constexpr double flops = 2.0 * chains * lanes;  // of one repetition

  Vector<T, typename ExecutionSpace::memory_space> sink;
  T factor, term;
  std::size_t repetitions;

  KOKKOS_FUNCTION void operator()(std::size_t thread) const {
    using P = Pack<T, lanes>;
    const P a = broadcast_pack<T, lanes>(factor), b = broadcast_pack<T, lanes>(term);
    P x[chains];
    GLINT_UNROLL
    for (int c = 0; c < chains; ++c) x[c] = broadcast_pack<T, lanes>(factor + T(c) + T(thread % 2));
    for (std::size_t k = 0; k < repetitions; ++k) {
      GLINT_UNROLL
      for (int c = 0; c < chains; ++c) x[c] = x[c] * a + b;
    }
    P sum = x[0];
    GLINT_UNROLL
    for (int c = 1; c < chains; ++c) sum += x[c];
    sink(thread) = sum_of_pack<T, lanes>(sum);
  }
};

/// 2^x - 1 of some values again and again, by glint's polynomial of a degree (0: by the standard
/// library).
template <class ExecutionSpace, class T, int Degree>
struct Exponentials {
  static constexpr int values = is_host_execution_v<ExecutionSpace> ? 64 : 4;

  Vector<T, typename ExecutionSpace::memory_space> sink;
  T first;
  std::size_t repetitions;

  KOKKOS_FUNCTION static T power(T x) {
    if constexpr (Degree == 0)
      return math::exp2(x);
    else if constexpr (std::is_same_v<T, float>)
      return fast_exp2(x);
    else
      return fast_exp2<Degree>(x);
  }

  KOKKOS_FUNCTION void operator()(std::size_t thread) const {
    T x[values];
    for (int v = 0; v < values; ++v) x[v] = first * T(v + 1 + static_cast<int>(thread % 2));
    for (std::size_t k = 0; k < repetitions; ++k)
      for (int v = 0; v < values; ++v) x[v] = power(x[v]) - T(1);
    T total = 0;
    for (int v = 0; v < values; ++v) total += x[v];
    sink(thread) = total;
  }
};

/// 2^-x of some packs again and again, by the polynomial of a degree.
template <class ExecutionSpace, class T, int Degree, int Packs>
struct PackExponentials {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr int values = Packs * lanes;

  Vector<T, typename ExecutionSpace::memory_space> sink;
  T first;
  std::size_t repetitions;

  /// As exp2_of_minus(), to the accuracy of the degree.
  KOKKOS_FORCEINLINE_FUNCTION static Pack<T, lanes> power(const Pack<T, lanes>& x) {
    using Format = impl::Exp2Format<T>;
    const Pack<T, lanes> clamped = impl::lesser<T, lanes>(x, Format::largest);
    const Pack<T, lanes> shifted = Format::shift - clamped;
    const Pack<T, lanes> f = (Format::shift - shifted) - clamped;
    return impl::scale_by_power<T, lanes>(impl::exp2_series<Degree, Pack<T, lanes>, T>(f), shifted);
  }

  KOKKOS_FUNCTION void operator()(std::size_t thread) const {
    Pack<T, lanes> x[Packs];
    GLINT_UNROLL
    for (int p = 0; p < Packs; ++p)
      x[p] = broadcast_pack<T, lanes>(first * T(p + 1 + static_cast<int>(thread % 2)));
    for (std::size_t k = 0; k < repetitions; ++k) {
      GLINT_UNROLL
      for (int p = 0; p < Packs; ++p) x[p] = power(x[p]);
    }
    Pack<T, lanes> sum = x[0];
    GLINT_UNROLL
    for (int p = 1; p < Packs; ++p) sum += x[p];
    sink(thread) = sum_of_pack<T, lanes>(sum);
  }
};

/// c = a + b, or any part of that, for `count` numbers of the arrays from `first` on.
/// Places: several at once keep more cache lines under way when a core only reads from memory.
template <class ExecutionSpace, int Reads, bool Writes, bool Streaming, int Places>
struct Stream {
  using Array = Vector<double, typename ExecutionSpace::memory_space>;
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, double>;
  static constexpr int unroll = 8;
  static constexpr std::size_t block = std::size_t(lanes) * unroll;
  static_assert(Places == 1 || (Places == 4 && Reads == 1 && !Writes));
  using P = Pack<double, lanes>;

  Array a, b, c, sink;
  std::size_t threads, first = 0, count, repetitions;

  KOKKOS_FORCEINLINE_FUNCTION void visit(std::size_t start, std::size_t offset, P* sums) const {
    GLINT_UNROLL
    for (int u = 0; u < unroll; ++u) {
      const std::size_t k = start + std::size_t(u) * offset;
      P value = broadcast_pack<double, lanes>(2.0);
      if constexpr (Reads > 0) value = load_pack<double, lanes>(a.data() + k);
      if constexpr (Reads > 1) value += load_pack<double, lanes>(b.data() + k);
      if constexpr (!Writes)
        sums[u] += value;
      else if constexpr (Streaming)
        store_streaming<double, lanes>(c.data() + k, value);
      else
        store_pack<double, lanes>(c.data() + k, value);
    }
  }

  KOKKOS_FUNCTION void operator()(std::size_t thread) const {
    P sums[unroll];
    GLINT_UNROLL
    for (int u = 0; u < unroll; ++u) sums[u] = broadcast_pack<double, lanes>(0.0);
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      const std::size_t share = count / block / threads * block, stretch = share / Places;
      for (std::size_t k = 0; k < repetitions; ++k) {
        if constexpr (Places > 1) {
          for (std::size_t i = 0; i < stretch; i += 2 * lanes)
            visit_places(first + thread * share + i, stretch, sums);
        } else {
          for (std::size_t i = 0; i < share; i += block)
            visit(first + thread * share + i, lanes, sums);
        }
        forget_memory();
      }
      if constexpr (Streaming) finish_streaming();
    } else {
      for (std::size_t i = first + thread; i + unroll * threads <= first + count;
           i += unroll * threads)
        visit(i, threads, sums);
    }
    P sum = sums[0];
    GLINT_UNROLL
    for (int u = 1; u < unroll; ++u) sum += sums[u];
    sink(thread) = sum_of_pack<double, lanes>(sum);
  }

  /// One block of what is read, two packs from each of four places.
  KOKKOS_FORCEINLINE_FUNCTION void visit_places(std::size_t start, std::size_t stretch,
                                                P* sums) const {
    GLINT_UNROLL
    for (int u = 0; u < unroll; ++u)
      sums[u] += load_pack<double, lanes>(a.data() + start + std::size_t(u / 2) * stretch +
                                          std::size_t(u % 2) * lanes);
  }
};

}  // namespace glint::perf

#endif
