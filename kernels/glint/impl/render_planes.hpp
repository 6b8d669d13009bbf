// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_PLANES_HPP
#define GLINT_IMPL_RENDER_PLANES_HPP

#include <glint/impl/render_boundary.hpp>
#include <glint/impl/render_centre.hpp>
#include <glint/impl/render_refine.hpp>
#include <glint/impl/render_rules.hpp>
#include <glint/impl/tiles/render_tiles.hpp>
#include <glint/region.hpp>

/// Include this, besides render.hpp, to render profiles of a law of your own: it holds the bodies
/// that the library compiles for the Sersic law.

namespace glint::impl {

/// The options must be legal, but for a tolerance below the smallest legal one.
template <class ExecutionSpace, class Law, class T>
void render_planes_unchecked(const ExecutionSpace& space, const PixelGrid& grid,
                             const Profiles<Law, ExecutionSpace>& profiles,
                             const StridedOutput<T***, ExecutionSpace>& planes,
                             std::size_t profiles_per_plane, const RenderOptions& options,
                             RenderWorkspace<ExecutionSpace>& workspace) {
  // Without profiles every integrator's image is zero, which the plainest one writes.
  switch (profiles.size() == 0 ? Integrator::centre : options.integrator) {
    case Integrator::centre:
      return render_centre(space, grid, profiles, planes, profiles_per_plane);
    case Integrator::exact:
    case Integrator::tiles:
      if constexpr (has_tiles_v<Law>)
        return render_tiles(space, grid, profiles, planes, profiles_per_plane, options, workspace);
      [[fallthrough]];
    case Integrator::boundary:
      return render_boundary(space, grid, profiles, planes, profiles_per_plane, options, workspace);
    case Integrator::gauss_legendre:
    case Integrator::clenshaw_curtis:
    case Integrator::midpoint:
    case Integrator::gauss_kronrod:
      return render_rules(space, grid, profiles, planes, profiles_per_plane, options, workspace);
    case Integrator::refine:
      return render_refine(space, grid, profiles, planes, profiles_per_plane, options, workspace);
  }
}

template <class ExecutionSpace, class Law, class T>
void render_planes(const ExecutionSpace& space, const PixelGrid& grid,
                   const Profiles<Law, ExecutionSpace>& profiles,
                   const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane, const RenderOptions& options,
                   RenderWorkspace<ExecutionSpace>& workspace) {
  const ScopedRegion region("glint::render");
  validate(options);
  render_planes_unchecked(space, grid, profiles, planes, profiles_per_plane, options, workspace);
}

}  // namespace glint::impl

#endif
