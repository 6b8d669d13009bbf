// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_RENDER_CENTRE_HPP
#define GLINT_IMPL_RENDER_CENTRE_HPP

#include <glint/execution.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/profiles.hpp>
#include <glint/views.hpp>

namespace glint::impl {

/// One pixel of one plane: the brightness at its centre, summed over the plane's profiles. Kept as
/// plain as can be; a float image evaluates the law in float.
template <class ExecutionSpace, class Law, class T>
struct RenderCentre {
  PixelGrid grid;
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  StridedOutput<T***, ExecutionSpace> planes;
  std::size_t profiles_per_plane;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t column = index % grid.nx, row = index / grid.nx % grid.ny;
    const std::size_t plane = index / (grid.nx * grid.ny);
    const double x = grid.x_centre(static_cast<double>(column));
    const double y = grid.y_centre(static_cast<double>(row));
    double total = 0.0;
    const std::size_t first = plane * profiles_per_plane;
    for (std::size_t p = first; p < first + profiles_per_plane; ++p)
      total += profiles(p).template brightness<T>(x, y);
    planes(plane, row, column) = static_cast<T>(total);
  }
};

template <class ExecutionSpace, class Law, class T>
void render_centre(const ExecutionSpace& space, const PixelGrid& grid,
                   const Profiles<Law, ExecutionSpace>& profiles,
                   const StridedOutput<T***, ExecutionSpace>& planes,
                   std::size_t profiles_per_plane) {
  Kokkos::parallel_for(
      "glint::render::centre", range(space, planes.extent(0) * grid.ny * grid.nx),
      RenderCentre<ExecutionSpace, Law, T>{grid, profiles.data, planes, profiles_per_plane});
}

}  // namespace glint::impl

#endif
