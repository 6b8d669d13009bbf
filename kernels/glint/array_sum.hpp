// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_SUM_HPP
#define GLINT_ARRAY_SUM_HPP

#include <glint/backends.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <string>

namespace glint {

enum class SumMethod {
  automatic,  ///< pairwise
  wide,       ///< every number is made a double before anything is added to it
  pairwise,   ///< eight numbers as a tree in their own type, these sums as doubles
  serial      ///< one after another in double by one thread; the oracle
};

/// "automatic", "wide", "pairwise" or "serial".
const std::string& sum_method_name(SumMethod method);

struct SumOptions {
  SumMethod method = SumMethod::automatic;
};

namespace impl {
template <class ExecutionSpace>
using ScalarResult = Kokkos::View<double, typename ExecutionSpace::memory_space,
                                  Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

template <class ExecutionSpace, class T>
double array_sum(const ExecutionSpace& space, const StridedInput<const T*, ExecutionSpace>& x,
                 SumMethod method);
template <class ExecutionSpace, class T>
void array_sum(const ExecutionSpace& space, const StridedInput<const T*, ExecutionSpace>& x,
               SumMethod method, const ScalarResult<ExecutionSpace>& result);
}  // namespace impl

/// sum over k of x_k.
///
/// `x`: (n), float or double, any stride; contiguous is fastest. 0 for n = 0. The result is a
/// double for both: within 2^-52 log2(n) sum |x_k| for doubles and, of floats, 2^-22 sum |x_k|
/// (pairwise) or as for doubles (wide, serial). The sums of stretches of 4096 numbers do not depend
/// on the number of threads, and how these are joined does not change the result where they are
/// integers below 2^53: a sum of integers is the same for any number of threads. Eight floats that
/// overflow together overflow the pairwise sum.
///
/// Waits for the result. Cost: one read of x, at the bandwidth of memory.
template <class ExecutionSpace, class View>
double sum(const ExecutionSpace& space, const View& x, const SumOptions& options = {}) {
  return impl::array_sum<ExecutionSpace, typename View::non_const_value_type>(
      space, strided_input<ExecutionSpace>(x), options.method);
}

/// The same into `result`, a View of rank 0 in memory of the space. Asynchronous on `space`.
template <class ExecutionSpace, class View, class ResultView,
          std::enable_if_t<Kokkos::is_view<ResultView>::value, int> = 0>
void sum(const ExecutionSpace& space, const View& x, const ResultView& result,
         const SumOptions& options = {}) {
  static_assert(
      compat::rank_v<ResultView> == 0 && std::is_same_v<typename ResultView::value_type, double>,
      "glint: the result of sum must be a View of one double");
  static_assert(
      Kokkos::SpaceAccessibility<ExecutionSpace, typename ResultView::memory_space>::accessible,
      "glint: the output View must be accessible from the execution space");
  impl::array_sum<ExecutionSpace, typename View::non_const_value_type>(
      space, strided_input<ExecutionSpace>(x), options.method,
      impl::ScalarResult<ExecutionSpace>(result.data()));
}

#define GLINT_EXTERN_TYPE(Space, T)                                                               \
  extern template double impl::array_sum<Space, T>(                                               \
      const Space&, const StridedInput<const T*, Space>&, SumMethod);                             \
  extern template void impl::array_sum<Space, T>(const Space&,                                    \
                                                 const StridedInput<const T*, Space>&, SumMethod, \
                                                 const impl::ScalarResult<Space>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
