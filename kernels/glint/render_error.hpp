// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_RENDER_ERROR_HPP
#define GLINT_RENDER_ERROR_HPP

#include <glint/model.hpp>
#include <glint/render.hpp>

namespace glint {

/// What an error map says in a few numbers.
struct ErrorSummary {
  std::size_t unmet = 0;  ///< pixels whose error exceeds what was asked for
  double worst = 0.0;     ///< largest error of a pixel, in flux
  double share = 0.0;     ///< largest error over what was asked for; above 1 where unmet > 0
};

/// Device memory of render_error() for a scene, SersicProfiles or a Model (or Profiles of a law of
/// your own): nothing is allocated after the first call of a size.
template <class Scene>
struct ErrorWorkspace {
  typename WorkspaceOf<Scene>::type render;
  Image<double, typename Scene::memory_space> reference, magnitude;
  Scene positive;  ///< the same profiles without their signs
};

/// Throws Error unless the integrator has an error that a map can show: `centre` and the fixed
/// rules are samples, whatever their error.
void expect_error_map(Integrator integrator);

namespace impl {
template <class ExecutionSpace, class Scene, class T>
ErrorSummary map_error(const ExecutionSpace& space, const PixelGrid& grid, const Scene& scene,
                       const StridedOutput<const T***, ExecutionSpace>& image,
                       const StridedOutput<T***, ExecutionSpace>& error,
                       const RenderOptions& options, ErrorWorkspace<Scene>& workspace);
}  // namespace impl

/// Bound on the error of every pixel of an image that render() made of this scene with these
/// options: error(i, j) >= |image(i, j) - exact(i, j)| in at least 99.9 % of the pixels, and within
/// some percent of it where it is more than rounding.
///
/// The image is compared with a second one, rendered to a thousandth of the tolerance (1e-14 at
/// best), and an allowance for that one's rounding is added. A pixel is unmet when its error
/// exceeds the contract of RenderOptions::tolerance; for `refine`, when it exceeds precision_goal.
///
/// `image`, `error`: (NY, NX) of the same type, float or double, any layout and strides. Throws
/// Error on other shapes, on illegal options and as expect_error_map(). Synchronous (it returns the
/// summary). Cost: 2 to 3 renders.
template <class ExecutionSpace, class Scene, class ImageView, class ErrorView>
ErrorSummary render_error(const ExecutionSpace& space, const PixelGrid& grid, const Scene& scene,
                          const ImageView& image, const ErrorView& error,
                          const RenderOptions& options, ErrorWorkspace<Scene>& workspace) {
  using T = typename ErrorView::non_const_value_type;
  const std::array<std::size_t, 2> shape{grid.ny, grid.nx};
  validate(grid);
  expect_shape("render_error", "image", image, shape);
  expect_shape("render_error", "error", error, shape);
  return impl::map_error<ExecutionSpace, Scene, T>(
      space, grid, scene, impl::as_single_input<ExecutionSpace>(image),
      impl::as_single_plane<ExecutionSpace>(error), options, workspace);
}

/// The same with a workspace of its own, allocated by the call.
template <class ExecutionSpace, class Scene, class ImageView, class ErrorView>
ErrorSummary render_error(const ExecutionSpace& space, const PixelGrid& grid, const Scene& scene,
                          const ImageView& image, const ErrorView& error,
                          const RenderOptions& options = {}) {
  ErrorWorkspace<Scene> workspace;
  return render_error(space, grid, scene, image, error, options, workspace);
}

#define GLINT_EXTERN_TYPE(Space, Scene, T)                                                   \
  extern template ErrorSummary impl::map_error<Space, Scene, T>(                             \
      const Space&, const PixelGrid&, const Scene&, const StridedOutput<const T***, Space>&, \
      const StridedOutput<T***, Space>&, const RenderOptions&, ErrorWorkspace<Scene>&);
#define GLINT_EXTERN(Space)                               \
  GLINT_EXTERN_TYPE(Space, SersicProfiles<Space>, double) \
  GLINT_EXTERN_TYPE(Space, SersicProfiles<Space>, float)  \
  GLINT_EXTERN_TYPE(Space, Model<Space>, double)          \
  GLINT_EXTERN_TYPE(Space, Model<Space>, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
