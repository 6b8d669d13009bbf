// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REDUCED_SUM_HPP
#define GLINT_REDUCED_SUM_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/impl/reduced_sum_kernels.hpp>

namespace glint {

/// f_m = sum over k of term(m, k), m < M = f.extent(0), k < terms, for any term: a functor
/// `T operator()(std::size_t m, std::size_t k) const`, callable on the device, T float or double.
///
/// `f`: (M), any stride, overwritten. Sums over 256 terms are added in the type of f, and these
/// then to one another. No array of M x K terms is made but by the method outer, which throws Error
/// where memory has no room for it (and frees the array before it returns, for which it waits).
/// Otherwise asynchronous on `space`. Cost: M K terms.
template <class ExecutionSpace, class Term, class View>
void reduced_sum(const ExecutionSpace& space, std::size_t terms, const Term& term, const View& f,
                 const ReducedSumOptions& options = {}) {
  using T = typename View::non_const_value_type;
  impl::run_reduced_sum<ExecutionSpace, T>(space, terms, term, strided_output<ExecutionSpace>(f),
                                           options.method);
}

namespace impl {
template <class ExecutionSpace, class T>
void reduced_sum_of_squares(const ExecutionSpace& space,
                            const StridedInput<const T*, ExecutionSpace>& a,
                            const StridedInput<const T*, ExecutionSpace>& b,
                            const StridedOutput<T*, ExecutionSpace>& f, ReducedSumMethod method);
}  // namespace impl

/// f_m = sum over k of (m a_k)^2 b_k, every term worked out as it stands: the simplest sum over one
/// axis of a product that would not fit into memory.
///
/// `a`, `b`: (K), `f`: (M), all float or all double, any strides. Throws Error on a wrong shape;
/// everything else as above. In single precision m is exact up to 2^24. Cost: 3 M K operations, 4
/// by the count of additions and multiplications, as fast as a core can do them.
template <class ExecutionSpace, class AView, class BView, class View,
          std::enable_if_t<Kokkos::is_view<AView>::value, int> = 0>
void reduced_sum(const ExecutionSpace& space, const AView& a, const BView& b, const View& f,
                 const ReducedSumOptions& options = {}) {
  using T = typename View::non_const_value_type;
  static_assert(std::is_same_v<typename AView::non_const_value_type, T> &&
                    std::is_same_v<typename BView::non_const_value_type, T>,
                "glint: a, b and f of reduced_sum must hold the same type");
  expect_shape("reduced_sum", "b", b, std::array<std::size_t, 1>{a.extent(0)});
  impl::reduced_sum_of_squares<ExecutionSpace, T>(
      space, strided_input<ExecutionSpace>(a), strided_input<ExecutionSpace>(b),
      strided_output<ExecutionSpace>(f), options.method);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                             \
  extern template void impl::reduced_sum_of_squares<Space, T>(                                  \
      const Space&, const StridedInput<const T*, Space>&, const StridedInput<const T*, Space>&, \
      const StridedOutput<T*, Space>&, ReducedSumMethod);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
