// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_CENTRE_HPP
#define GLINT_IMPL_RENDER_CENTRE_HPP

#include <glint/impl/pixel_runs.hpp>

namespace glint::impl {

/// The brightness at the pixels' centres. For a float image the law is evaluated to single
/// precision, but in double: in the outskirts its exponent is large, and rounding would show.
template <class ExecutionSpace, class Law, class T>
struct CentreSample {
  static constexpr std::size_t lanes = is_host_execution_v<ExecutionSpace> ? 64 : 1;
  using Digits = std::conditional_t<std::is_same_v<T, float>, SixDigits, AllDigits>;

  KOKKOS_FORCEINLINE_FUNCTION void add(const Profile<Law>& profile, const double* at, double y,
                                       double* total) const {
    const Ellipse e = profile.ellipse;  // by value: nothing the stores below could alias
    if constexpr (is_power_exponential_v<Law>) {
      alignas(64) double w[lanes];
      for (std::size_t l = 0; l < lanes; ++l) w[l] = e.squared_radius(at[l] - e.x, y - e.y);
      PowerExponential<double>::over(e, profile.amplitude, profile.law.log2_b,
                                     0.5 * profile.law.power, 0.0, 0.0, 1.0)
          .template add_at<Digits, lanes>([&](int l) { return w[l]; }, total);
    } else {
      for (std::size_t l = 0; l < lanes; ++l) total[l] += profile.template brightness<T>(at[l], y);
    }
  }
};

template <class ExecutionSpace, class Law, class T>
void render_centre(const ExecutionSpace& space, const PixelGrid& grid,
                   const Profiles<Law, ExecutionSpace>& profiles,
                   const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane) {
  render_runs(space, "glint::render::centre", grid, profiles,
              CentreSample<ExecutionSpace, Law, T>(), planes, profiles_per_plane);
}

}  // namespace glint::impl

#endif
