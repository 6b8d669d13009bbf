// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_SETUP_HPP
#define GLINT_IMPL_TILES_TILE_SETUP_HPP

#include <glint/impl/tiles/tile_levels.hpp>
#include <glint/profiles.hpp>

/// What happens before the first level of tiles and after the last one.

namespace glint::impl {

/// Whether tiles know a law: brightness exp(-b w^p).
template <class Law>
inline constexpr bool has_tiles_v = requires(const Law& law) {
  law.log2_b;
  law.table_cells(1.0);
  law.decay_of_tail(0.1);
  Law::cell_doubles;
};

/// What tiles need of every profile; reduces to the largest |amplitude|.
template <class ExecutionSpace, class Law>
struct PrepareTiles {
  InputVector<Profile<Law>, ExecutionSpace> profiles;
  Vector<TileProfile, typename ExecutionSpace::memory_space> tile_profiles;
  double log_floor, log_negligible, neglect;

  KOKKOS_FUNCTION void operator()(std::size_t p, double& largest) const {
    const Profile<Law>& profile = profiles(p);
    TileProfile t;
    t.ellipse = profile.ellipse;
    t.amplitude = profile.amplitude;
    t.log2_b = profile.law.log2_b;
    t.p = 0.5 * profile.law.power;
    t.y_floor = profile.log_peak - log_floor;
    t.y_cut = profile.log_peak - log_negligible;
    if (neglect > 0.0) {
      const double y = profile.law.decay_of_tail(neglect);
      if (y < t.y_cut) t.y_cut = y;
    }
    tile_profiles(p) = t;
    const double amplitude = math::fabs(t.amplitude);
    if (amplitude > largest) largest = amplitude;
  }
};

/// The first level: four tiles per plane, whose candidates are the plane's profiles.
template <class ExecutionSpace>
struct PlantRoots {
  TileLevel<ExecutionSpace> level;
  Vector<std::uint32_t, typename ExecutionSpace::memory_space> pair_tiles;
  std::uint32_t first_profile, profiles_per_plane;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::uint32_t p = static_cast<std::uint32_t>(index);
    const std::uint32_t plane = p / profiles_per_plane, first = plane * profiles_per_plane;
    level.candidates(index) = first_profile + p;
    for (std::uint32_t c = 0; c < 4; ++c) {
      const std::uint32_t pairs = 4 * first + c * profiles_per_plane;
      pair_tiles(pairs + (p - first)) = 4 * plane + c;
      if (p != first) continue;
      const int row = static_cast<int>(c / 2) * level.size;
      const int column = static_cast<int>(c % 2) * level.size;
      level.start(4 * plane + c, {row, column, plane, first, profiles_per_plane, pairs, -1});
    }
  }
};

/// Rounds the sums to the image's type and leaves zeros for the next render; one index per run of
/// `lanes` pixels.
template <class ExecutionSpace, class T>
struct StorePixels {
  static constexpr std::size_t lanes = is_host_execution_v<ExecutionSpace> ? 64 : 1;
  PixelGrid grid;
  Cube<double, typename ExecutionSpace::memory_space> pixels;
  StridedOutput<T***, ExecutionSpace> planes;
  std::size_t first_plane;
  bool add;

  KOKKOS_FUNCTION std::size_t runs() const { return (grid.nx + lanes - 1) / lanes; }
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t column = index % runs() * lanes, row = index / runs() % grid.ny;
    const std::size_t plane = index / runs() / grid.ny;
    const std::size_t count = grid.nx - column < lanes ? grid.nx - column : lanes;
    double* KOKKOS_RESTRICT from = &pixels(plane, row, column);
    T* KOKKOS_RESTRICT to = &planes(first_plane + plane, row, column);
    const std::size_t stride = planes.stride(2);
    if (add)
      for (std::size_t k = 0; k < count; ++k) to[k * stride] += static_cast<T>(from[k]);
    else if (stride == 1)  // what compilers make vector instructions of
      for (std::size_t k = 0; k < count; ++k) to[k] = static_cast<T>(from[k]);
    else
      for (std::size_t k = 0; k < count; ++k) to[k * stride] = static_cast<T>(from[k]);
    for (std::size_t k = 0; k < count; ++k) from[k] = 0.0;
  }
};

}  // namespace glint::impl

#endif
