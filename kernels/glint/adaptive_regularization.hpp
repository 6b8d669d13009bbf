// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ADAPTIVE_REGULARIZATION_HPP
#define GLINT_ADAPTIVE_REGULARIZATION_HPP

#include <glint/mesh_regularization.hpp>
#include <glint/source_mapping.hpp>

/// Regularization that follows the brightness of the source: weak where it is bright and holds
/// detail, strong where there is nothing to see (Nightingale & Dye 2015; Nightingale, Dye & Massey
/// 2018). Every source pixel has a signal s from 0 to 1 and a weight
///   l = (inner s + outer (1 - s))^2,
/// and x^T H x = sum over s and its neighbours t of l_s^2 (x_s - x_t)^2 + 1e-8 x^T x: a
/// MeshRegularization of strengths l^2. With inner = outer = c the strengths are c^4, that is
/// constant regularization with the coefficient sqrt(2) c^2.

namespace glint {

namespace impl {
template <class ExecutionSpace, class Pixel>
void source_signals(const ExecutionSpace& space,
                    const SourceMapping<typename ExecutionSpace::memory_space>& by_source,
                    const StridedInput<const Pixel*, ExecutionSpace>& image, double scale,
                    const StridedOutput<double*, ExecutionSpace>& signals);
template <class ExecutionSpace>
void adaptive_strengths(const ExecutionSpace& space,
                        const StridedInput<const double*, ExecutionSpace>& signals, double inner,
                        double outer, const StridedOutput<double*, ExecutionSpace>& strengths);
}  // namespace impl

/// How bright the source pixels look in an image of the lensed source:
///   signals(s) = (mean over the non-zeros T(m, s) of T(m, s) image(m) / the largest mean)^scale.
///
/// `image` (M): float or double, of a fit before this one; means below 0 count as 0, source pixels
/// that no image pixel sees have 0. `signals` (S): double; both of any stride. Throws Error on
/// wrong shapes, unless `scale` is a positive finite number, and when no mean is a positive finite
/// number. Synchronous (one value is read back). Cost: M B multiply-adds.
template <class ExecutionSpace, class MemorySpace, class ImageView, class SignalView>
void source_signals(const ExecutionSpace& space, const SourceMapping<MemorySpace>& by_source,
                    const ImageView& image, double scale, const SignalView& signals) {
  expect_shape("source_signals", "image", image,
               std::array<std::size_t, 1>{by_source.image_pixels});
  expect_shape("source_signals", "signals", signals, std::array<std::size_t, 1>{by_source.sources});
  impl::source_signals<ExecutionSpace, typename ImageView::non_const_value_type>(
      space, by_source, strided_input<ExecutionSpace>(image), scale,
      strided_output<ExecutionSpace>(signals));
}

/// strengths(s) = (inner signals(s) + outer (1 - signals(s)))^4, for assign_regularization().
///
/// `signals`, `strengths` (S): double, any stride; they may be the same. Throws Error on wrong
/// shapes and unless the coefficients are finite and from 0 up. Asynchronous.
template <class ExecutionSpace, class SignalView, class StrengthView>
void adaptive_strengths(const ExecutionSpace& space, const SignalView& signals, double inner,
                        double outer, const StrengthView& strengths) {
  expect_shape("adaptive_strengths", "strengths", strengths,
               std::array<std::size_t, 1>{signals.extent(0)});
  impl::adaptive_strengths<ExecutionSpace>(space, strided_input<ExecutionSpace>(signals), inner,
                                           outer, strided_output<ExecutionSpace>(strengths));
}

#define GLINT_EXTERN(Space)                                                                     \
  extern template void impl::source_signals<Space, double>(                                     \
      const Space&, const SourceMapping<typename Space::memory_space>&,                         \
      const StridedInput<const double*, Space>&, double, const StridedOutput<double*, Space>&); \
  extern template void impl::source_signals<Space, float>(                                      \
      const Space&, const SourceMapping<typename Space::memory_space>&,                         \
      const StridedInput<const float*, Space>&, double, const StridedOutput<double*, Space>&);  \
  extern template void impl::adaptive_strengths<Space>(                                         \
      const Space&, const StridedInput<const double*, Space>&, double, double,                  \
      const StridedOutput<double*, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
