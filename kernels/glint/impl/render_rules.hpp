// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_RULES_HPP
#define GLINT_IMPL_RENDER_RULES_HPP

#include <glint/impl/pixel_runs.hpp>
#include <glint/impl/rule_planes.hpp>
#include <glint/render.hpp>

namespace glint::impl {

/// Prepared profiles as f(p, i, j); the law is evaluated in T.
template <class ExecutionSpace, class Law, class T>
struct ProfileBrightness {
  static constexpr bool evaluates_many =
      is_host_execution_v<ExecutionSpace> && is_power_exponential_v<Law>;
  using Digits = std::conditional_t<std::is_same_v<T, float>, SixDigits, AllDigits>;
  InputVector<Profile<Law>, ExecutionSpace> profiles;

  KOKKOS_FORCEINLINE_FUNCTION double operator()(std::size_t p, double i, double j) const {
    return profiles(p).template brightness<T>(j, i);
  }

  /// At many_points points.
  KOKKOS_FORCEINLINE_FUNCTION void values(std::size_t p, const double* i, const double* j,
                                          double* out) const {
    const Profile<Law>& profile = profiles(p);
    for (int k = 0; k < many_points; ++k) out[k] = 0.0;
    PowerExponential<double>::over(profile.ellipse, profile.amplitude, profile.law.log2_b,
                                   0.5 * profile.law.power, -profile.ellipse.x, -profile.ellipse.y,
                                   1.0)
        .template add<Digits, many_points>(j, i, out);
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

/// A tensor rule, for laws with a fast form for many points at once: every node is taken at all
/// pixels of a run, so that its weight goes into the amplitude.
template <class ExecutionSpace, class Law, class T>
struct RuleSample {
  static constexpr std::size_t lanes = is_host_execution_v<ExecutionSpace> ? 32 : 1;
  using Digits = std::conditional_t<std::is_same_v<T, float>, SixDigits, AllDigits>;
  DeviceRule<typename ExecutionSpace::memory_space> rule;

  KOKKOS_FORCEINLINE_FUNCTION void add(const Profile<Law>& profile, const double* at, double y,
                                       double* total) const {
    const Ellipse e = profile.ellipse;  // by value: nothing the stores below could alias
    for (int a = 0; a < rule.order; ++a) {
      const double dy = y + 0.5 * rule.node(a) - e.y;
      for (int b = 0; b < rule.order; ++b) {
        const double dx = 0.5 * rule.node(b) - e.x;
        const double weight = 0.25 * rule.weight(a) * rule.weight(b);
        PowerExponential<double>::over(e, weight * profile.amplitude, profile.law.log2_b,
                                       0.5 * profile.law.power, 0.0, 0.0, 1.0)
            .template add_at<Digits, static_cast<int>(lanes)>(
                [&](int l) { return e.squared_radius(at[l] + dx, dy); }, total);
      }
    }
  }
};

template <class ExecutionSpace, class Law, class T>
void render_rules(const ExecutionSpace& space, const PixelGrid& grid,
                  const Profiles<Law, ExecutionSpace>& profiles,
                  const StridedOutput<T***, ExecutionSpace>& planes, std::size_t profiles_per_plane,
                  const RenderOptions& options, RenderWorkspace<ExecutionSpace>& workspace) {
  const RuleKind kind = rule_of(options.integrator);
  if constexpr (is_power_exponential_v<Law>) {
    const RuleSample<ExecutionSpace, Law, T> sample{
        device_rule(space, kind, rule_order(options), workspace.pixels)};
    render_runs(space, "glint::render::rule", grid, profiles, sample, planes, profiles_per_plane);
  } else {
    rule_planes(space, "glint::render::rule", grid,
                ProfileBrightness<ExecutionSpace, Law, T>{profiles.data}, planes,
                profiles_per_plane, 1, 1, kind, rule_order(options), workspace.pixels);
  }
}

}  // namespace glint::impl

#endif
