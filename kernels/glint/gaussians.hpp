// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_GAUSSIANS_HPP
#define GLINT_GAUSSIANS_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <string>

/// Gaussians A exp(-(x - c)^2 / (2 w^2)) of many points: each by itself, or their sum.

namespace glint {

enum class GaussianLayout {
  gaussian_first,  ///< y is (G, I)
  point_first      ///< y is (I, G)
};

enum class GaussianMethod {
  automatic,   ///< vectorised
  vectorised,  ///< a polynomial for exp2, several numbers at a time where memory allows it
  direct       ///< the formula, number by number; the oracle
};

/// "automatic", "vectorised" or "direct".
const std::string& gaussian_method_name(GaussianMethod method);

struct GaussianOptions {
  GaussianLayout layout = GaussianLayout::gaussian_first;  ///< of y; the sum has none
  GaussianMethod method = GaussianMethod::automatic;

  /// Look for widths that are 0 or NaN before anything else. The call waits for the answer, and is
  /// asynchronous without.
  bool check_width = true;
};

namespace impl {
template <class ExecutionSpace, class T>
struct GaussianInputs {
  StridedInput<const T*, ExecutionSpace> x, amplitude, centre, width;
};

template <class ExecutionSpace, class T>
void gaussians(const ExecutionSpace& space, const GaussianInputs<ExecutionSpace, T>& inputs,
               const StridedOutput<T**, ExecutionSpace>& y, const GaussianOptions& options);
template <class ExecutionSpace, class T>
void gaussian_mixture(const ExecutionSpace& space, const GaussianInputs<ExecutionSpace, T>& inputs,
                      const StridedOutput<T*, ExecutionSpace>& sum, const GaussianOptions& options);

template <class ExecutionSpace, class T, class XView, class AView, class CView, class WView>
GaussianInputs<ExecutionSpace, T> gaussian_inputs(const char* function, const XView& x,
                                                  const AView& amplitude, const CView& centre,
                                                  const WView& width) {
  static_assert(std::is_same_v<typename XView::non_const_value_type, T> &&
                    std::is_same_v<typename AView::non_const_value_type, T> &&
                    std::is_same_v<typename CView::non_const_value_type, T> &&
                    std::is_same_v<typename WView::non_const_value_type, T>,
                "glint: points, amplitudes, centres, widths and results must hold the same type");
  const std::array<std::size_t, 1> count{amplitude.extent(0)};
  expect_shape(function, "centre", centre, count);
  expect_shape(function, "width", width, count);
  return {strided_input<ExecutionSpace>(x), strided_input<ExecutionSpace>(amplitude),
          strided_input<ExecutionSpace>(centre), strided_input<ExecutionSpace>(width)};
}
}  // namespace impl

/// y(g, i) = amplitude_g exp(-(x_i - centre_g)^2 / (2 width_g^2)), or y(i, g) with the option
/// point_first.
///
/// `x`: (I); `amplitude`, `centre`, `width`: (G), a width of any sign but not 0; `y`: (G, I) or
/// (I, G), overwritten, must not overlap the inputs. All float or all double, any strides; fastest
/// where x and one axis of y are contiguous. Throws Error on a wrong shape and, unless told not to
/// look, for a width that is 0 or NaN. Waits for that check; asynchronous on `space` without it.
///
/// Relative error: that of the exponent e in the formula, e 2^-52 or e 2^-23, and a few units in
/// the last place; exactly the amplitude at the centre. 0 where the amplitude is multiplied by less
/// than the smallest normal number, so also for an x that is infinite.
///
/// Cost: G I exponentials and one write of y, which goes around the caches where it does not fit.
template <class ExecutionSpace, class XView, class AView, class CView, class WView, class YView>
void gaussians(const ExecutionSpace& space, const XView& x, const AView& amplitude,
               const CView& centre, const WView& width, const YView& y,
               const GaussianOptions& options = {}) {
  using T = typename YView::non_const_value_type;
  const auto inputs =
      impl::gaussian_inputs<ExecutionSpace, T>("gaussians", x, amplitude, centre, width);
  const std::size_t count = amplitude.extent(0), points = x.extent(0);
  const bool points_first = options.layout == GaussianLayout::point_first;
  expect_shape("gaussians", "y", y,
               points_first ? std::array<std::size_t, 2>{points, count}
                            : std::array<std::size_t, 2>{count, points});
  impl::gaussians<ExecutionSpace, T>(space, inputs, strided_output<ExecutionSpace>(y), options);
}

/// sum_i = sum over g of amplitude_g exp(-(x_i - centre_g)^2 / (2 width_g^2)), without storing the
/// single Gaussians. `sum`: (I), overwritten, must not overlap the inputs; everything else as for
/// gaussians(). Sums over 128 Gaussians are added in the type of the arrays, and these then to one
/// another. Cost: G I exponentials, nearly nothing else.
template <class ExecutionSpace, class XView, class AView, class CView, class WView, class SumView>
void gaussian_mixture(const ExecutionSpace& space, const XView& x, const AView& amplitude,
                      const CView& centre, const WView& width, const SumView& sum,
                      const GaussianOptions& options = {}) {
  using T = typename SumView::non_const_value_type;
  const auto inputs =
      impl::gaussian_inputs<ExecutionSpace, T>("gaussian_mixture", x, amplitude, centre, width);
  expect_shape("gaussian_mixture", "sum", sum, std::array<std::size_t, 1>{x.extent(0)});
  impl::gaussian_mixture<ExecutionSpace, T>(space, inputs, strided_output<ExecutionSpace>(sum),
                                            options);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                          \
  extern template void impl::gaussians<Space, T>(                                            \
      const Space&, const impl::GaussianInputs<Space, T>&, const StridedOutput<T**, Space>&, \
      const GaussianOptions&);                                                               \
  extern template void impl::gaussian_mixture<Space, T>(                                     \
      const Space&, const impl::GaussianInputs<Space, T>&, const StridedOutput<T*, Space>&,  \
      const GaussianOptions&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
