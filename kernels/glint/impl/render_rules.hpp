// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_RULES_HPP
#define GLINT_IMPL_RENDER_RULES_HPP

#include <glint/impl/rule_planes.hpp>
#include <glint/render.hpp>

namespace glint::impl {

/// Prepared profiles as f(p, i, j); the law is evaluated in T.
template <class ExecutionSpace, class Law, class T>
struct ProfileBrightness {
  InputVector<Profile<Law>, ExecutionSpace> profiles;

  KOKKOS_FORCEINLINE_FUNCTION double operator()(std::size_t p, double i, double j) const {
    return profiles(p).template brightness<T>(j, i);
  }
};

inline RuleKind rule_of(Integrator integrator) {
  switch (integrator) {
    case Integrator::clenshaw_curtis:
      return RuleKind::clenshaw_curtis;
    case Integrator::midpoint:
      return RuleKind::midpoint;
    case Integrator::gauss_kronrod:
      return RuleKind::gauss_kronrod;
    default:
      return RuleKind::gauss_legendre;
  }
}

template <class ExecutionSpace, class Law, class T>
void render_rules(const ExecutionSpace& space, const PixelGrid& grid,
                  const Profiles<Law, ExecutionSpace>& profiles,
                  const StridedOutput<T***, ExecutionSpace>& planes, std::size_t profiles_per_plane,
                  const RenderOptions& options, RenderWorkspace<ExecutionSpace>& workspace) {
  rule_planes(space, "glint::render::rule", grid,
              ProfileBrightness<ExecutionSpace, Law, T>{profiles.data}, planes, profiles_per_plane,
              1, 1, rule_of(options.integrator), rule_order(options), workspace.pixels);
}

}  // namespace glint::impl

#endif
