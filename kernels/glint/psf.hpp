// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PSF_HPP
#define GLINT_PSF_HPP

#include <glint/fft.hpp>
#include <glint/psf_image.hpp>
#include <glint/render.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Images as a telescope sees them: every profile convolved with a point-spread function.
///
/// With a PSF of KY x KX sub-pixels, o of them to a pixel, centre (cy, cx) = ((KY-1)/2, (KX-1)/2),
///   image(i, j) = sum over a, b of psf(a, b) F(y_i - (a - cy)/o, x_j - (b - cx)/o),
/// F(y, x) the exact flux in the unit square about (x, y). For o = 1 and odd sides that is
/// sum psf(a, b) exact(i - a + cy, j - b + cx). F is rendered as far outside the image as the PSF
/// reaches, so light from there is right too.

namespace glint {

namespace impl {
/// sums(p) = sum of the image's pixels. Asynchronous.
template <class ExecutionSpace>
void sum_pixels(const ExecutionSpace& space,
                const Matrix<double, typename ExecutionSpace::memory_space>& image,
                const Vector<double, typename ExecutionSpace::memory_space>& sums, std::size_t p);
}  // namespace impl

/// How the convolution is computed.
enum class PsfMethod {
  automatic,  ///< direct where it needs at most 4 F log2 F multiplications (F: see fft) or where
              ///< the build has no FFT library, otherwise fft
  direct,     ///< the sum above: NY NX (KY+o-1)(KX+o-1) multiplications. Every pixel is right
              ///< relative to its own value
  fft,        ///< by Fourier transforms of F >= (o NY + KY - 1)(o NX + KX - 1) numbers. Errors are
              ///< about 1e-16 of the brightest pixels everywhere
};

struct PsfOptions {
  PsfMethod method = PsfMethod::automatic;
};

/// "automatic", "direct", "fft".
const std::string& psf_method_name(PsfMethod method);

/// A PSF prepared for images of one size, with all the memory that convolving takes:
/// 8 (o NY + KY - 1)(o NX + KX - 1) bytes for direct (rows a little longer on the host), 24 F for
/// fft. Made once and used for any number of images; one plan serves one thread at a time.
template <class ExecutionSpace>
class PsfPlan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  /// Throws Error on an illegal PSF or grid, more memory than the machine has, and
  /// PsfMethod::fft where the build has no FFT library. Synchronous.
  PsfPlan(const ExecutionSpace& space, const PixelGrid& grid, const PsfImage& psf,
          const PsfOptions& options = {});

  /// The images that come out.
  const PixelGrid& grid() const { return grid_; }

  /// What must be rendered: o NY + KY - 1 by o NX + KX - 1 sub-pixels about the same centre.
  const PixelGrid& frame() const { return frame_; }
  std::size_t oversampling() const { return oversampling_; }

  /// direct or fft: what was chosen.
  PsfMethod method() const { return method_; }

  /// Share of a point's light that the PSF, as used, holds: its sum, or 1 after normalisation.
  double captured() const { return captured_; }

  /// The plan's own frame, zero and ready to be rendered into. Asynchronous.
  auto clear_frame(const ExecutionSpace& space) const {
    fill(space, real_, 0.0);
    return Kokkos::subview(real_, std::pair<std::size_t, std::size_t>(0, frame_.ny),
                           std::pair<std::size_t, std::size_t>(0, frame_.nx));
  }

  /// Convolves what the frame holds, which is lost, to (NY, NX) pixels. Asynchronous; on the host,
  /// fft waits for `space`.
  template <class T>
  void convolve_frame(const ExecutionSpace& space,
                      const StridedOutput<T**, ExecutionSpace>& image) const;

  /// Copies an exact image of frame() into the frame. Asynchronous.
  template <class T>
  void load_frame(const ExecutionSpace& space,
                  const StridedInput<const T**, ExecutionSpace>& exact) const;

 private:
  void prepare_direct(const ExecutionSpace& space, const std::vector<double>& blocks);
  void prepare_fft(const ExecutionSpace& space, const std::vector<double>& blocks);

  PixelGrid grid_, frame_;
  std::size_t oversampling_ = 1;
  PsfMethod method_ = PsfMethod::direct;
  double captured_ = 1.0;
  std::size_t ky_ = 0, kx_ = 0;          // sides of the PSF once summed over o x o blocks
  Matrix<double, MemorySpace> real_;     // holds the frame in its first rows and columns
  Matrix<double, MemorySpace> weights_;  // direct: the summed PSF, turned by 180 degrees
  Matrix<Kokkos::complex<double>, MemorySpace> spectrum_, psf_spectrum_;  // fft
  std::shared_ptr<const FftPlan<ExecutionSpace, double>> transform_;
};

/// Convolves an exact image of plan.frame(), rendered from a magnified catalogue, to an image of
/// plan.grid(). Both of any layout and strides, float or double; sums are kept in double.
/// Throws Error on wrong shapes. Asynchronous on `space`; on the host, fft waits for it.
template <class ExecutionSpace, class ExactView, class ImageView>
void convolve(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
              const ExactView& exact, const ImageView& image) {
  const PixelGrid &frame = plan.frame(), &grid = plan.grid();
  expect_shape("convolve", "exact", exact, std::array<std::size_t, 2>{frame.ny, frame.nx});
  expect_shape("convolve", "image", image, std::array<std::size_t, 2>{grid.ny, grid.nx});
  plan.clear_frame(space);
  plan.template load_frame<typename ExactView::non_const_value_type>(
      space, strided_input<ExecutionSpace>(exact));
  plan.template convolve_frame<typename ImageView::non_const_value_type>(
      space, strided_output<ExecutionSpace>(image));
}

/// Profiles for render_convolved(): prepare() of the catalogue magnified() to the plan's
/// sub-pixels. Values are checked as given. Synchronous. Cost: O(P).
template <class ExecutionSpace, class MemorySpace>
SersicProfiles<ExecutionSpace> prepare(const ExecutionSpace& space,
                                       const PsfPlan<ExecutionSpace>& plan,
                                       const Catalogue<MemorySpace>& catalogue) {
  auto profiles = prepare(space, catalogue);
  if (plan.oversampling() == 1) return profiles;
  return prepare(space, magnified(space, catalogue, static_cast<double>(plan.oversampling())));
}

/// Sum image of all profiles as seen through the PSF. `scene`: anything render() takes, prepared
/// from a catalogue that is magnified() to the plan's sub-pixels, as prepare(space, plan,
/// catalogue) does; `workspace`: what its render() uses.
///
/// `image`: (NY, NX), float or double, any layout; overwritten. Every sub-pixel is rendered to
/// options.tolerance, so with a PSF without negative values render()'s contract holds for the
/// convolved values; the method's rounding comes on top.
/// Throws Error on a wrong shape and on illegal options. Asynchronous on `space` as render() is; on
/// the host, fft waits for it. Cost: render() of the frame plus the method's.
template <class ExecutionSpace, class Scene, class ImageView, class Workspace>
void render_convolved(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
                      const Scene& scene, const ImageView& image, const RenderOptions& options,
                      Workspace& workspace) {
  using T = typename ImageView::non_const_value_type;
  expect_shape("render_convolved", "image", image,
               std::array<std::size_t, 2>{plan.grid().ny, plan.grid().nx});
  render(space, plan.frame(), scene, plan.clear_frame(space), options, workspace);
  plan.template convolve_frame<T>(space, strided_output<ExecutionSpace>(image));
}

/// The same with a workspace of its own, allocated by the call.
template <class ExecutionSpace, class Scene, class ImageView>
void render_convolved(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
                      const Scene& scene, const ImageView& image,
                      const RenderOptions& options = {}) {
  typename WorkspaceOf<Scene>::type workspace;
  render_convolved(space, plan, scene, image, options, workspace);
}

/// One image per profile: stack(p, row, column), (P, NY, NX); otherwise as render_convolved(). The
/// profiles are rendered one after the other, so that one frame is all the memory it takes; a scene
/// of one's own needs size() and single(scene, p), its profile p alone.
template <class ExecutionSpace, class Scene, class StackView, class Workspace>
void render_convolved_stack(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
                            const Scene& scene, const StackView& stack,
                            const RenderOptions& options, Workspace& workspace) {
  expect_shape("render_convolved_stack", "stack", stack,
               std::array<std::size_t, 3>{scene.size(), plan.grid().ny, plan.grid().nx});
  validate(options);
  for (std::size_t p = 0; p < scene.size(); ++p)
    render_convolved(space, plan, single(scene, p),
                     Kokkos::subview(stack, p, Kokkos::ALL, Kokkos::ALL), options, workspace);
}

template <class ExecutionSpace, class Scene, class StackView>
void render_convolved_stack(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
                            const Scene& scene, const StackView& stack,
                            const RenderOptions& options = {}) {
  typename WorkspaceOf<Scene>::type workspace;
  render_convolved_stack(space, plan, scene, stack, options, workspace);
}

/// captured(p): what of profile p's flux arrives inside the image, (P), after the PSF has spread it
/// (and has lost 1 - plan.captured() of it). Divide by the profile's flux for the share.
///
/// Throws Error on a wrong shape and on illegal options. Asynchronous as render_convolved(). Cost:
/// that of render_convolved_stack(), with one image of memory, allocated by the call.
template <class ExecutionSpace, class Scene, class Workspace>
void captured_flux(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
                   const Scene& scene,
                   const Vector<double, typename ExecutionSpace::memory_space>& captured,
                   const RenderOptions& options, Workspace& workspace) {
  expect_shape("captured_flux", "captured", captured, std::array<std::size_t, 1>{scene.size()});
  validate(options);
  const auto image = make_image<double>(space, plan.grid(), "glint::captured_flux::image");
  for (std::size_t p = 0; p < scene.size(); ++p) {
    render_convolved(space, plan, single(scene, p), image, options, workspace);
    impl::sum_pixels(space, image, captured, p);
  }
}

template <class ExecutionSpace, class Scene>
void captured_flux(const ExecutionSpace& space, const PsfPlan<ExecutionSpace>& plan,
                   const Scene& scene,
                   const Vector<double, typename ExecutionSpace::memory_space>& captured,
                   const RenderOptions& options = {}) {
  typename WorkspaceOf<Scene>::type workspace;
  captured_flux(space, plan, scene, captured, options, workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                               \
  extern template void PsfPlan<Space>::convolve_frame<T>(const Space&,                            \
                                                         const StridedOutput<T**, Space>&) const; \
  extern template void PsfPlan<Space>::load_frame<T>(const Space&,                                \
                                                     const StridedInput<const T**, Space>&) const;
#define GLINT_EXTERN(Space)                                              \
  extern template class PsfPlan<Space>;                                  \
  extern template void impl::sum_pixels<Space>(                          \
      const Space&, const Matrix<double, typename Space::memory_space>&, \
      const Vector<double, typename Space::memory_space>&, std::size_t); \
  GLINT_EXTERN_TYPE(Space, double)                                       \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
