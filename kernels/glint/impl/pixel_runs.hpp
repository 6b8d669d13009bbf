// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_PIXEL_RUNS_HPP
#define GLINT_IMPL_PIXEL_RUNS_HPP

#include <glint/execution.hpp>
#include <glint/impl/power_exponential.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/profiles.hpp>
#include <glint/views.hpp>

namespace glint::impl {

/// A run of pixels of one row of one plane, summed over the plane's profiles.
/// `sample.add(profile, at, y, total)` adds a profile's share at Sample::lanes pixels, their x in
/// `at`.
template <class ExecutionSpace, class Law, class T, class Sample>
struct PixelRuns {
  static constexpr std::size_t lanes = Sample::lanes;
  PixelGrid grid;
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  Sample sample;
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
    for (std::size_t p = first; p < first + profiles_per_plane; ++p)
      sample.add(profiles(p), at, y, total);
    for (std::size_t l = 0; l < lanes && column + l < grid.nx; ++l)
      planes(plane, row, column + l) = static_cast<T>(total[l]);
  }
};

template <class ExecutionSpace, class Law, class T, class Sample>
void render_runs(const ExecutionSpace& space, const char* label, const PixelGrid& grid,
                 const Profiles<Law, ExecutionSpace>& profiles, const Sample& sample,
                 const StridedOutput<T***, ExecutionSpace>& planes,
                 std::size_t profiles_per_plane) {
  const PixelRuns<ExecutionSpace, Law, T, Sample> functor{grid, profiles.data, sample, planes,
                                                          profiles_per_plane};
  Kokkos::parallel_for(label, range(space, planes.extent(0) * grid.ny * functor.runs()), functor);
}

}  // namespace glint::impl

#endif
