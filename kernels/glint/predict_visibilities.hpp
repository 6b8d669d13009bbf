// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PREDICT_VISIBILITIES_HPP
#define GLINT_PREDICT_VISIBILITIES_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/sky_grid.hpp>
#include <memory>
#include <string>

namespace glint {

/// How model visibilities are computed.
enum class PredictMethod {
  automatic,  ///< the cheaper one, by predictions; separable without an FFT library
  separable,  ///< products of tables of cosines and sines along rows and columns
  nufft,      ///< one Fourier transform of the image, and W x W of its values for every visibility
};

struct PredictOptions {
  PredictMethod method = PredictMethod::automatic;

  /// Largest error of `automatic` and `nufft`, over the sum of |image|; 1e-15 to 0.1, for `nufft`
  /// from 1e-13 (automatic takes the other below). `separable` stays below 1e-14 and ignores it.
  double tolerance = 1e-12;
};

/// "automatic", "separable", "nufft".
const std::string& predict_method_name(PredictMethod method);

/// Throws Error unless every option has a legal value.
void validate(const PredictOptions& options);

namespace impl {
template <class ExecutionSpace>
class NufftWorkspace;
}

/// Memory of predict_visibilities() between calls: 16 NY NX bytes, by `nufft` some 60 NY NX and
/// some megabytes; it only grows. One workspace serves one call at a time.
template <class ExecutionSpace>
struct PredictWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<double, Memory> frame;   ///< the image on its whole frame
  Vector<double, Memory> folded;  ///< even and odd parts of that about both axes
  std::shared_ptr<impl::NufftWorkspace<ExecutionSpace>> nufft;
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
                          const PredictOptions& options,
                          PredictWorkspace<ExecutionSpace>& workspace);

#define GLINT_EXTERN(Space)                                                    \
  extern template void predict_visibilities<Space>(                            \
      const Space&, const SkyPixels<Space::memory_space>&,                     \
      const StridedInput<const double*, Space>&, const PredictColumns<Space>&, \
      const PredictOptions&, PredictWorkspace<Space>&);
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
/// Errors of `separable` stay below 1e-14 of the sum of |image| for sides up to 700 pixels and any
/// baseline below 2^50 / step wavelengths: phases are folded exactly modulo one turn before
/// anything else. Those of `nufft`, and of what `automatic` may make of that, stay below the
/// tolerance. The same to the last bit for any number of threads. Cost: separable NY NX
/// multiply-adds a visibility, whatever M, and some NY + NX for the tables of cosines (the image is
/// first split into its even and odd parts about both axes of the frame); nufft 2 W^2 + 80 W, W
/// from 4 to 16 by the tolerance, and two transforms of some 5 NX NY numbers. Throws Error on wrong
/// shapes, an illegal grid, illegal options and where `nufft` is asked for and the build has no FFT
/// library. Asynchronous, but for the first call of a shape by `nufft`.
template <class ExecutionSpace, class ImageView, class UView, class VView, class ReView,
          class ImView>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const ImageView& image, const UView& u, const VView& v, const ReView& re,
                          const ImView& im, const PredictOptions& options,
                          PredictWorkspace<ExecutionSpace>& workspace) {
  validate(pixels.grid);
  validate(options);
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
      options, workspace);
}

/// The same with the options as they are.
template <class ExecutionSpace, class ImageView, class UView, class VView, class ReView,
          class ImView>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const ImageView& image, const UView& u, const VView& v, const ReView& re,
                          const ImView& im, PredictWorkspace<ExecutionSpace>& workspace) {
  predict_visibilities(space, pixels, image, u, v, re, im, PredictOptions(), workspace);
}

/// The same with memory of its own, which it waits to free.
template <class ExecutionSpace, class ImageView, class UView, class VView, class ReView,
          class ImView>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const ImageView& image, const UView& u, const VView& v, const ReView& re,
                          const ImView& im, const PredictOptions& options = {}) {
  PredictWorkspace<ExecutionSpace> workspace;
  predict_visibilities(space, pixels, image, u, v, re, im, options, workspace);
  compat::fence(space, "glint::predict_visibilities::workspace");
}

}  // namespace glint

#endif
