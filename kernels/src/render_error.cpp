// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/map_error.hpp>

namespace glint {

void expect_error_map(Integrator integrator) {
  GLINT_EXPECTS(keeps_tolerance(integrator) || integrator == Integrator::refine, "the integrator '",
                integrator_name(integrator),
                "' has no error map; it belongs to: exact, boundary, tiles, refine");
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                          \
  template ErrorSummary impl::map_error<Space, SersicLaw, T>(                     \
      const Space&, const PixelGrid&, const SersicProfiles<Space>&,               \
      const StridedOutput<const T***, Space>&, const StridedOutput<T***, Space>&, \
      const RenderOptions&, ErrorWorkspace<Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
