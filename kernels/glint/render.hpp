// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_RENDER_HPP
#define GLINT_RENDER_HPP

#include <glint/checks.hpp>
#include <glint/image.hpp>
#include <glint/impl/tiles/tile_workspace.hpp>
#include <glint/pixel_workspace.hpp>
#include <glint/profiles.hpp>
#include <glint/views.hpp>
#include <string>

namespace glint {

/// How a pixel's flux is found.
enum class Integrator {
  exact,            ///< integrated to the tolerance: tiles, or boundary for laws without them
  boundary,         ///< boundary integral of the enclosed flux along the pixel's edges
  tiles,            ///< spectral tiles, with boundary integrals near the cores
  centre,           ///< brightness at the pixel centre: not an integral, the plain oracle
  gauss_legendre,   ///< tensor rule of order x order nodes in every pixel
  clenshaw_curtis,  ///< the same with this rule, nodes on the pixel's edges included
  midpoint,         ///< the same with order x order equal parts of the pixel
  gauss_kronrod,    ///< the same with this rule; order counts all its nodes
  refine,           ///< cells with the largest error estimates are split (refine.hpp)
};

struct RenderOptions {
  Integrator integrator = Integrator::exact;

  /// Requested accuracy, 1e-12 to 0.1. Every pixel satisfies
  /// |error| <= tolerance * sum over profiles of max(|its flux in the pixel|, floor * |its flux|).
  /// A float image adds its own rounding. Ignored by `centre`, the rules and `refine`.
  double tolerance = 1e-8;

  /// Share of a profile's flux below which a pixel's error is measured against the share instead
  /// of the pixel; 1e-15 to 1e-3.
  double floor = 1e-12;

  /// Nodes per axis of the rules and of the error estimate of `refine`: 1 to 33; gauss_kronrod 7,
  /// 11, 15, 21 or 31; refine 2 to 33. 0 is the default, 3 and for gauss_kronrod 15.
  int order = 0;

  // For `refine` alone; per profile, see RefinementOptions.
  int oversample = 3;            ///< a split cell has oversample x oversample children
  int base_oversample = 1;       ///< cells per pixel and axis before any is split
  double precision_goal = 1e-6;  ///< for the estimate of every cell, absolute, in flux
  double refine_fraction = 0.1;  ///< share of the cells that each level splits
  int max_level = 5;             ///< deepest level

  /// Share of a profile's flux that may be left out of the image far from its centre, 0 to 0.5.
  /// Used by `tiles`, which then ends each profile where less than this share lies beyond.
  double neglect = 0.0;
};

/// The names of the integrators: those of the enumerators with '-' for '_'.
const std::string& integrator_name(Integrator integrator);

/// Whether the integrator works to RenderOptions::tolerance.
bool keeps_tolerance(Integrator integrator);

/// Throws Error unless every option has a legal value; those of other integrators are not looked
/// at.
void validate(const RenderOptions& options);

/// The order that options.order = 0 stands for; 0 for integrators without one.
int rule_order(const RenderOptions& options);

/// What `refine` is asked for. Throws nothing; validate() has the last word.
RefinementOptions refinement_options(const RenderOptions& options);

/// Device memory a render needs besides its output. Hand the same one to every call and nothing is
/// allocated after the first of a kind. Rules and radial tables take at most 64 MB, whatever the
/// catalogue; `tiles` adds 8 bytes per pixel and, per profile, some 200 bytes and the lists of the
/// tiles around its core; `refine` what Refinement says and 8 bytes per pixel.
template <class ExecutionSpace>
struct RenderWorkspace {
  Vector<double, typename ExecutionSpace::memory_space> rules, tables;
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> evaluations;
  impl::TileWorkspace<ExecutionSpace> tiles;
  PixelWorkspace<ExecutionSpace> pixels;
};

/// The workspace that rendering a set of profiles takes, as `type`.
template <class Scene>
struct WorkspaceOf;
template <class Law, class ExecutionSpace>
struct WorkspaceOf<Profiles<Law, ExecutionSpace>> {
  using type = RenderWorkspace<ExecutionSpace>;
};

/// How many times the last render with this workspace evaluated a radial function: brightnesses at
/// nodes of tiles, mean brightnesses on edges near the cores. Counted by `tiles` only, 0 otherwise.
/// Synchronous.
template <class ExecutionSpace>
std::uint64_t radial_evaluations(const ExecutionSpace& space,
                                 const RenderWorkspace<ExecutionSpace>& workspace) {
  std::uint64_t count = 0;
  if (workspace.evaluations.extent(0) == 0) return count;
  copy(space, Kokkos::View<std::uint64_t, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&count),
       Kokkos::subview(workspace.evaluations, 0));
  compat::fence(space, "glint::radial_evaluations::read_back");
  return count;
}

namespace impl {
template <class ExecutionSpace, class Law, class T>
void render_planes(const ExecutionSpace& space, const PixelGrid& grid,
                   const Profiles<Law, ExecutionSpace>& profiles,
                   const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane, const RenderOptions& options,
                   RenderWorkspace<ExecutionSpace>& workspace);
}  // namespace impl

/// Sum image of all profiles: image(row, column) = sum over p of the integral of profile p over the
/// unit square about (x, y) = (column - (NX-1)/2, row - (NY-1)/2).
///
/// `image`: (NY, NX), float or double, any layout and strides; overwritten (zero when there are no
/// profiles). Sums are kept in double and rounded once to the image's type.
/// Throws Error on a shape that is not the grid's and on illegal options. `tiles` waits for
/// `space` once per level of tiles, to learn the sizes of its lists, and returns with its last
/// launches under way; the others are asynchronous on `space` (but the first call with a new
/// workspace waits for its small table of quadrature nodes).
/// Cost: `tiles` 20 to 90 thousand radial evaluations per profile, in whatever frame (up to 7 per
/// pixel for one flat galaxy in a small one), and O(NY NX) once for all; otherwise O(P NY NX): the
/// boundary form spends 4 to 12 evaluations per profile and pixel, the rules order^2, `refine` at
/// order 3 and its other defaults 22 to 121.
template <class ExecutionSpace, class Law, class ImageView>
void render(const ExecutionSpace& space, const PixelGrid& grid,
            const Profiles<Law, ExecutionSpace>& profiles, const ImageView& image,
            const RenderOptions& options, RenderWorkspace<ExecutionSpace>& workspace) {
  using T = typename ImageView::non_const_value_type;
  validate(grid);
  expect_shape("render", "image", image, std::array<std::size_t, 2>{grid.ny, grid.nx});
  impl::render_planes<ExecutionSpace, Law, T>(space, grid, profiles,
                                              impl::as_single_plane<ExecutionSpace>(image),
                                              profiles.size(), options, workspace);
}

/// The same with a workspace of its own, allocated by the call; it waits for its kernels before it
/// frees that.
template <class ExecutionSpace, class Law, class ImageView>
void render(const ExecutionSpace& space, const PixelGrid& grid,
            const Profiles<Law, ExecutionSpace>& profiles, const ImageView& image,
            const RenderOptions& options = {}) {
  RenderWorkspace<ExecutionSpace> workspace;
  render(space, grid, profiles, image, options, workspace);
}

/// One image per profile: stack(p, row, column), (P, NY, NX); otherwise as render().
template <class ExecutionSpace, class Law, class StackView>
void render_stack(const ExecutionSpace& space, const PixelGrid& grid,
                  const Profiles<Law, ExecutionSpace>& profiles, const StackView& stack,
                  const RenderOptions& options, RenderWorkspace<ExecutionSpace>& workspace) {
  using T = typename StackView::non_const_value_type;
  validate(grid);
  expect_shape("render_stack", "stack", stack,
               std::array<std::size_t, 3>{profiles.size(), grid.ny, grid.nx});
  impl::render_planes<ExecutionSpace, Law, T>(
      space, grid, profiles, strided_output<ExecutionSpace>(stack), 1, options, workspace);
}

template <class ExecutionSpace, class Law, class StackView>
void render_stack(const ExecutionSpace& space, const PixelGrid& grid,
                  const Profiles<Law, ExecutionSpace>& profiles, const StackView& stack,
                  const RenderOptions& options = {}) {
  RenderWorkspace<ExecutionSpace> workspace;
  render_stack(space, grid, profiles, stack, options, workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                         \
  extern template void impl::render_planes<Space, SersicLaw, T>(            \
      const Space&, const PixelGrid&, const SersicProfiles<Space>&,         \
      const StridedOutput<T***, Space>&, std::size_t, const RenderOptions&, \
      RenderWorkspace<Space>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
