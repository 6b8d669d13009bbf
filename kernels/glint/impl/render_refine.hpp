// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_REFINE_HPP
#define GLINT_IMPL_RENDER_REFINE_HPP

#include <glint/impl/refine_planes.hpp>
#include <glint/impl/render_rules.hpp>

namespace glint::impl {

template <class ExecutionSpace, class Law, class T>
void render_refine(const ExecutionSpace& space, const PixelGrid& grid,
                   const Profiles<Law, ExecutionSpace>& profiles,
                   const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane, const RenderOptions& options,
                   RenderWorkspace<ExecutionSpace>& workspace) {
  refine_planes(space, "glint::render::refined", grid,
                ProfileBrightness<ExecutionSpace, Law, T>{profiles.data}, planes,
                profiles_per_plane, options.base_oversample, refinement_options(options),
                workspace.pixels);
}

}  // namespace glint::impl

#endif
