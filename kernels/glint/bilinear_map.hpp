// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_BILINEAR_MAP_HPP
#define GLINT_BILINEAR_MAP_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>

namespace glint {

/// The numbers of a x y + b y + c.
struct BilinearCoefficients {
  double a = 2.0, b = 3.0, c = 1.0;
};

namespace impl {
template <class ExecutionSpace, class T>
void bilinear_map(const ExecutionSpace& space, const StridedInput<const T*, ExecutionSpace>& x,
                  const StridedInput<const T*, ExecutionSpace>& y,
                  const StridedOutput<T*, ExecutionSpace>& out,
                  const BilinearCoefficients& coefficients);
}  // namespace impl

/// out_k = a x_k y_k + b y_k + c in one pass, as (a x_k + b) y_k + c.
///
/// `x`, `y`, `out`: (n), all float or all double, any strides; contiguous is fastest. `out` may be
/// x or y itself, but must not overlap them otherwise. Throws Error where the shapes differ or
/// contiguous arrays overlap in part. Asynchronous on `space`.
///
/// Cost: x and y are read and out is written once, at the bandwidth of memory; an output that does
/// not fit the caches is written around them.
template <class ExecutionSpace, class XView, class YView, class OutView>
void bilinear_map(const ExecutionSpace& space, const XView& x, const YView& y, const OutView& out,
                  const BilinearCoefficients& coefficients = {}) {
  using T = typename OutView::non_const_value_type;
  static_assert(std::is_same_v<typename XView::non_const_value_type, T> &&
                    std::is_same_v<typename YView::non_const_value_type, T>,
                "glint: x, y and out of bilinear_map must hold the same type");
  expect_shape("bilinear_map", "y", y, std::array<std::size_t, 1>{x.extent(0)});
  expect_shape("bilinear_map", "out", out, std::array<std::size_t, 1>{x.extent(0)});
  impl::bilinear_map<ExecutionSpace, T>(space, strided_input<ExecutionSpace>(x),
                                        strided_input<ExecutionSpace>(y),
                                        strided_output<ExecutionSpace>(out), coefficients);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                             \
  extern template void impl::bilinear_map<Space, T>(                                            \
      const Space&, const StridedInput<const T*, Space>&, const StridedInput<const T*, Space>&, \
      const StridedOutput<T*, Space>&, const BilinearCoefficients&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
