// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_CENTRE_HPP
#define GLINT_IMPL_RENDER_CENTRE_HPP

#include <glint/execution.hpp>
#include <glint/impl/power_exponential.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/profiles.hpp>
#include <glint/views.hpp>

namespace glint::impl {

/// A run of pixels of one row of one plane: the brightness at their centres, summed over the
/// plane's profiles. A float image evaluates the law to single precision.
template <class ExecutionSpace, class Law, class T>
struct RenderCentre {
  static constexpr std::size_t lanes = is_host_execution_v<ExecutionSpace> ? 64 : 1;
  using Digits = std::conditional_t<std::is_same_v<T, float>, SixDigits, AllDigits>;
  PixelGrid grid;
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  StridedOutput<T***, ExecutionSpace> planes;
  std::size_t profiles_per_plane;

  KOKKOS_FUNCTION std::size_t runs() const { return (grid.nx + lanes - 1) / lanes; }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t column = index % runs() * lanes, row = index / runs() % grid.ny;
    const std::size_t plane = index / runs() / grid.ny;
    const double x = grid.x_centre(static_cast<double>(column));
    const double y = grid.y_centre(static_cast<double>(row));
    alignas(64) double total[lanes], at[lanes];
    for (std::size_t l = 0; l < lanes; ++l) total[l] = 0.0, at[l] = x + static_cast<double>(l);
    const std::size_t first = plane * profiles_per_plane;
    for (std::size_t p = first; p < first + profiles_per_plane; ++p) {
      const Profile<Law>& profile = profiles(p);
      const Ellipse e = profile.ellipse;  // by value: nothing the stores below could alias
      if constexpr (is_power_exponential_v<Law>) {
        PowerExponential<double>::over(e, profile.amplitude, profile.law.log2_b,
                                       0.5 * profile.law.power, 0.0, 0.0, 1.0)
            .template add_at<Digits, lanes>(
                [&](int l) { return e.squared_radius(at[l] - e.x, y - e.y); }, total);
      } else {
        for (std::size_t l = 0; l < lanes; ++l) {
          total[l] += profile.template brightness<T>(at[l], y);
        }
      }
    }
    for (std::size_t l = 0; l < lanes && column + l < grid.nx; ++l)
      planes(plane, row, column + l) = static_cast<T>(total[l]);
  }
};

template <class ExecutionSpace, class Law, class T>
void render_centre(const ExecutionSpace& space, const PixelGrid& grid,
                   const Profiles<Law, ExecutionSpace>& profiles,
                   const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane) {
  const RenderCentre<ExecutionSpace, Law, T> functor{grid, profiles.data, planes,
                                                     profiles_per_plane};
  Kokkos::parallel_for("glint::render::centre",
                       range(space, planes.extent(0) * grid.ny * functor.runs()), functor);
}

}  // namespace glint::impl

#endif
