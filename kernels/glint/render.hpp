// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_RENDER_HPP
#define GLINT_RENDER_HPP

#include <glint/checks.hpp>
#include <glint/image.hpp>
#include <glint/impl/tiles/tile_workspace.hpp>
#include <glint/profiles.hpp>
#include <glint/views.hpp>
#include <string>

namespace glint {

/// How a pixel's flux is found.
enum class Integrator {
  exact,     ///< integrated to the tolerance, by tiles or boundary, whichever is faster
  boundary,  ///< boundary integral of the enclosed flux along the pixel's edges
  tiles,     ///< spectral tiles, with boundary integrals near the cores
  centre,    ///< brightness at the pixel centre: not an integral, the plain oracle
};

struct RenderOptions {
  Integrator integrator = Integrator::exact;

  /// Requested accuracy, 1e-12 to 0.1. Every pixel satisfies
  /// |error| <= tolerance * sum over profiles of max(|its flux in the pixel|, floor * |its flux|).
  /// A float image adds its own rounding. Ignored by `centre`.
  double tolerance = 1e-8;

  /// Share of a profile's flux below which a pixel's error is measured against the share instead
  /// of the pixel; 1e-15 to 1e-3.
  double floor = 1e-12;

  /// Share of a profile's flux that may be left out of the image far from its centre, 0 to 0.5.
  /// Used by `tiles`, which then ends each profile where less than this share lies beyond.
  double neglect = 0.0;
};

/// "exact", "boundary", "tiles", "centre": the names of the integrators, in the order of the enumerators.
const std::string& integrator_name(Integrator integrator);

/// Throws Error unless every option has a legal value.
void validate(const RenderOptions& options);

/// Device memory a render needs besides its output. Hand the same one to every call and nothing is
/// allocated after the first of a kind. Rules and radial tables take at most 64 MB, whatever the
/// catalogue; tiles add an image in double precision and, per profile, some 200 bytes and lists of
/// the tiles around its core.
template <class ExecutionSpace>
struct RenderWorkspace {
  Vector<double, typename ExecutionSpace::memory_space> rules, tables;
  Vector<std::uint64_t, typename ExecutionSpace::memory_space> evaluations;
  impl::TileWorkspace<ExecutionSpace> tiles;
};

/// How many times the last render with this workspace evaluated a radial function: brightnesses at
/// nodes of tiles, mean brightnesses on edges near the cores. Counted by `tiles` only, 0 otherwise.
/// Synchronous.
template <class ExecutionSpace>
std::uint64_t radial_evaluations(const ExecutionSpace& space,
                                 const RenderWorkspace<ExecutionSpace>& workspace) {
  std::uint64_t count = 0;
  if (workspace.evaluations.extent(0) == 0) return count;
  copy(space,
       Kokkos::View<std::uint64_t, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&count),
       Kokkos::subview(workspace.evaluations, 0));
  compat::fence(space, "glint::radial_evaluations");
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
/// Throws Error on a shape that is not the grid's and on illegal options. Asynchronous on `space`
/// (the first call with a new workspace waits for its small table of quadrature nodes).
/// Cost: O(P NY NX); the boundary form spends 4 to 12 radial evaluations per profile and pixel.
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
