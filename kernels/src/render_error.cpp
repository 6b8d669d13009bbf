// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/map_error.hpp>

namespace glint {

void expect_error_map(Integrator integrator) {
  GLINT_EXPECTS(keeps_tolerance(integrator) || integrator == Integrator::refine, "the integrator '",
                integrator_name(integrator),
                "' has no error map; it belongs to: exact, boundary, tiles, refine");
}

#define GLINT_INSTANTIATE_TYPE(Space, Scene, T)                                              \
  template ErrorSummary impl::map_error<Space, Scene, T>(                                    \
      const Space&, const PixelGrid&, const Scene&, const StridedOutput<const T***, Space>&, \
      const StridedOutput<T***, Space>&, const RenderOptions&, ErrorWorkspace<Scene>&);
#define GLINT_INSTANTIATE(Space)                               \
  GLINT_INSTANTIATE_TYPE(Space, SersicProfiles<Space>, double) \
  GLINT_INSTANTIATE_TYPE(Space, SersicProfiles<Space>, float)  \
  GLINT_INSTANTIATE_TYPE(Space, Model<Space>, double)          \
  GLINT_INSTANTIATE_TYPE(Space, Model<Space>, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
