// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PREDICT_VISIBILITIES_HPP
#define GLINT_PREDICT_VISIBILITIES_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/sky_grid.hpp>

namespace glint {

/// Memory of predict_visibilities() between calls, 16 NY NX bytes; it only grows. One workspace
/// serves one call at a time.
template <class ExecutionSpace>
struct PredictWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<double, Memory> frame;   ///< the image on its whole frame
  Vector<double, Memory> folded;  ///< even and odd parts of that about both axes
};

namespace impl {
template <class ExecutionSpace>
struct PredictColumns {
  using Input = StridedInput<const double*, ExecutionSpace>;
  using Output = StridedOutput<double*, ExecutionSpace>;

  Input u, v;
  Output re, im;
};

template <class ExecutionSpace>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const StridedInput<const double*, ExecutionSpace>& image,
                          const PredictColumns<ExecutionSpace>& columns,
                          PredictWorkspace<ExecutionSpace>& workspace);

#define GLINT_EXTERN(Space)                                                    \
  extern template void predict_visibilities<Space>(                            \
      const Space&, const SkyPixels<Space::memory_space>&,                     \
      const StridedInput<const double*, Space>&, const PredictColumns<Space>&, \
      PredictWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
}  // namespace impl

/// What an interferometer would measure of an image:
///
///     re(k) + sqrt(-1) im(k) = sum over m of image(m) exp(-2 pi sqrt(-1) (x_m u(k) + y_m v(k))),
///
/// with x_m, y_m of the pixels' SkyGrid in radians, u and v in wavelengths. `image` (M), `u`, `v`,
/// `re`, `im` (K) of double, any layout; visibilities come out in the unit of the image. No pixel
/// may be listed twice.
///
/// Errors stay below 1e-14 of the sum of |image| for sides up to 700 pixels and any baseline below
/// 2^50 / step wavelengths: phases are folded exactly modulo one turn before anything else.
/// Cost: NY NX multiply-adds a visibility, whatever M, and some NY + NX for the tables of cosines
/// (the image is first split into its even and odd parts about both axes of the frame).
/// Throws Error on wrong shapes and an illegal grid. Asynchronous.
template <class ExecutionSpace, class ImageView, class UView, class VView, class ReView,
          class ImView>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const ImageView& image, const UView& u, const VView& v, const ReView& re,
                          const ImView& im, PredictWorkspace<ExecutionSpace>& workspace) {
  validate(pixels.grid);
  const std::array<std::size_t, 1> m{pixels.size()}, k{u.extent(0)};
  expect_shape("predict_visibilities", "pixels.column", pixels.column, m);
  expect_shape("predict_visibilities", "image", image, m);
  expect_shape("predict_visibilities", "v", v, k);
  expect_shape("predict_visibilities", "re", re, k);
  expect_shape("predict_visibilities", "im", im, k);
  impl::predict_visibilities<ExecutionSpace>(
      space, pixels, strided_input<ExecutionSpace>(image),
      {strided_input<ExecutionSpace>(u), strided_input<ExecutionSpace>(v),
       strided_output<ExecutionSpace>(re), strided_output<ExecutionSpace>(im)},
      workspace);
}

/// The same with memory of its own, which it waits to free.
template <class ExecutionSpace, class ImageView, class UView, class VView, class ReView,
          class ImView>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const ImageView& image, const UView& u, const VView& v, const ReView& re,
                          const ImView& im) {
  PredictWorkspace<ExecutionSpace> workspace;
  predict_visibilities(space, pixels, image, u, v, re, im, workspace);
  compat::fence(space, "glint::predict_visibilities::workspace");
}

}  // namespace glint

#endif
