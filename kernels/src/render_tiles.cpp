// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/tiles/render_tiles.hpp>

namespace glint {

#define GLINT_INSTANTIATE_TYPE(Space, T)                                    \
  template void impl::render_tiles<Space, SersicLaw, T>(                    \
      const Space&, const PixelGrid&, const SersicProfiles<Space>&,         \
      const StridedOutput<T***, Space>&, std::size_t, const RenderOptions&, \
      RenderWorkspace<Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
