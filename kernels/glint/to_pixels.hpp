// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TO_PIXELS_HPP
#define GLINT_TO_PIXELS_HPP

#include <glint/impl/refine_planes.hpp>

/// Images of any brightness: a catalogue and a functor instead of glint's own profiles.

namespace glint {

struct ToPixelsOptions {
  int oversample = 1;             ///< cells per pixel and axis; 1 to 1000
  bool keep_oversampling = true;  ///< the image has the cells; otherwise their block sums
  bool adaptive = true;           ///< cells are refined (refine.hpp), each profile on its own;
                                  ///< otherwise Gauss-Legendre of `order` in every cell
  int order = 3;                  ///< nodes per axis; 2 to 33, without adaptive 1 to 33

  // With adaptive alone, see RefinementOptions.
  int refine_oversample = 3;
  double precision = 1e-6;
  double frac_refine = 0.1;
  int k_max = 5;
};

namespace impl {

inline RefinementOptions refinement_options(const ToPixelsOptions& options) {
  return {options.oversample, options.order,       options.refine_oversample,
          options.precision,  options.frac_refine, options.k_max};
}

template <class ExecutionSpace, class Function, class T>
void to_planes(const ExecutionSpace& space, const PixelGrid& grid, const Function& f,
               const StridedOutput<T***, ExecutionSpace>& planes, std::size_t profiles_per_plane,
               const ToPixelsOptions& options, PixelWorkspace<ExecutionSpace>& workspace) {
  const int block = options.keep_oversampling ? 1 : options.oversample;
  // Without profiles the image is zero, which an empty sum writes.
  if (options.adaptive && profiles_per_plane > 0)
    refine_planes(space, "glint::to_pixels::refined", grid, f, planes, profiles_per_plane, block,
                  refinement_options(options), workspace);
  else
    rule_planes(space, "glint::to_pixels::rule", grid, f, planes, profiles_per_plane,
                options.oversample, block, RuleKind::gauss_legendre, options.order, workspace);
}

/// Sides of the image: those of the frame, or `oversample` times as many.
inline std::array<std::size_t, 2> image_sides(const PixelGrid& grid,
                                              const ToPixelsOptions& options) {
  const std::size_t factor =
      options.keep_oversampling ? static_cast<std::size_t>(options.oversample) : 1;
  return {grid.ny * factor, grid.nx * factor};
}

}  // namespace impl

/// Throws Error unless every option has a legal value.
inline void validate(const ToPixelsOptions& options) {
  RefinementOptions refinement = impl::refinement_options(options);
  if (!options.adaptive) {
    GLINT_EXPECTS(options.order >= 1 && options.order <= 33,
                  "to_pixels: the order must lie in 1 to 33, not ", options.order);
    refinement.order = 2;
  }
  validate(refinement);
}

/// Sum image of `profiles` profiles: the flux of every cell of side 1/oversample,
///   image(row, column) = sum over p of the integral of f(p, i, j) over the cell.
///
/// `f(p, i, j)`: device functor, brightness per pixel area of profile p at row coordinate i and
/// column coordinate j, in pixels from the image centre; it holds its catalogue, whatever that is.
/// `image`: (oversample NY, oversample NX) or, without keep_oversampling, (NY, NX) with block sums;
/// float or double, any layout; overwritten. Sums are kept in double and rounded once.
/// Throws Error on another shape and on illegal options. Asynchronous on `space` (the first call
/// with a workspace waits for its small table of nodes).
/// Cost per profile and cell: order^2 evaluations, or as prepare_refinement() says; adaptive
/// profiles run one after the other.
template <class ExecutionSpace, class Function, class ImageView>
void to_pixels(const ExecutionSpace& space, const PixelGrid& grid, const Function& f,
               std::size_t profiles, const ImageView& image, const ToPixelsOptions& options,
               PixelWorkspace<ExecutionSpace>& workspace) {
  validate(grid);
  validate(options);
  expect_shape("to_pixels", "image", image, impl::image_sides(grid, options));
  impl::to_planes(space, grid, f, impl::as_single_plane<ExecutionSpace>(image), profiles, options,
                  workspace);
}

/// The same with a workspace of its own; it waits for its kernels before it frees that.
template <class ExecutionSpace, class Function, class ImageView>
void to_pixels(const ExecutionSpace& space, const PixelGrid& grid, const Function& f,
               std::size_t profiles, const ImageView& image, const ToPixelsOptions& options = {}) {
  PixelWorkspace<ExecutionSpace> workspace;
  to_pixels(space, grid, f, profiles, image, options, workspace);
}

/// One image per profile: stack(p, row, column), (P, ...), P the number of profiles; otherwise as
/// to_pixels().
template <class ExecutionSpace, class Function, class StackView>
void to_pixels_stack(const ExecutionSpace& space, const PixelGrid& grid, const Function& f,
                     const StackView& stack, const ToPixelsOptions& options,
                     PixelWorkspace<ExecutionSpace>& workspace) {
  validate(grid);
  validate(options);
  const auto sides = impl::image_sides(grid, options);
  expect_shape("to_pixels_stack", "stack", stack,
               std::array<std::size_t, 3>{stack.extent(0), sides[0], sides[1]});
  impl::to_planes(space, grid, f, strided_output<ExecutionSpace>(stack), 1, options, workspace);
}

template <class ExecutionSpace, class Function, class StackView>
void to_pixels_stack(const ExecutionSpace& space, const PixelGrid& grid, const Function& f,
                     const StackView& stack, const ToPixelsOptions& options = {}) {
  PixelWorkspace<ExecutionSpace> workspace;
  to_pixels_stack(space, grid, f, stack, options, workspace);
}

}  // namespace glint

#endif
