// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_RENDER_TILES_HPP
#define GLINT_IMPL_TILES_RENDER_TILES_HPP

#include <algorithm>
#include <glint/impl/tiles/tile_renderer.hpp>

/// Spectral tiles (docs/mathematics.md): far from their cores profiles are interpolated on a
/// quad-tree of tiles and expanded into exact pixels once for all of them; the cores are left to
/// boundary integrals.

namespace glint::impl {

/// Planes in batches that keep the sums in bounds, and profiles in batches that 32-bit lists can
/// count.
template <class Renderer, class ExecutionSpace, class T>
void render_batches(Renderer renderer, const PixelGrid& grid,
                    const StridedOutput<T***, ExecutionSpace>& planes, std::size_t profiles,
                    std::size_t profiles_per_plane) {
  constexpr std::size_t most_profiles = std::size_t(1) << 18;
  constexpr std::size_t most_pixels = std::size_t(1) << 22;
  if (planes.extent(0) == 1) {
    for (std::size_t begin = 0; begin < profiles; begin += most_profiles)
      renderer.render(planes, 0, 1, begin, std::min(profiles, begin + most_profiles), begin > 0);
    return;
  }
  const std::size_t pixels = grid.ny * grid.nx;
  const std::size_t batch = std::min(most_profiles, std::max<std::size_t>(1, most_pixels / pixels));
  for (std::size_t first = 0; first < planes.extent(0); first += batch) {
    const std::size_t last = std::min(planes.extent(0), first + batch);
    renderer.render(planes, first, last, first * profiles_per_plane, last * profiles_per_plane,
                    false);
  }
}

template <class ExecutionSpace, class Law, class T>
void render_tiles(const ExecutionSpace& space, const PixelGrid& grid,
                  const Profiles<Law, ExecutionSpace>& profiles,
                  const StridedOutput<T***, ExecutionSpace>& planes, std::size_t profiles_per_plane,
                  const RenderOptions& options, RenderWorkspace<ExecutionSpace>& workspace) {
  const auto with = [&](auto method) {
    using Renderer = TileRenderer<ExecutionSpace, Law, decltype(method)>;
    render_batches<Renderer, ExecutionSpace, T>(Renderer(space, grid, profiles, options, workspace),
                                                grid, planes, profiles.size(), profiles_per_plane);
  };
  if (options.tolerance >= 5e-5)
    with(TileMethod<12, 16, FourDigits, float>());
  else if (options.tolerance >= 1e-6)
    with(TileMethod<12, 20, SixDigits, double>());
  else if (options.tolerance >= 1e-8)
    with(TileMethod<16, 24, EightDigits, double>());
  else
    with(TileMethod<24, 32, AllDigits, double>());
}

// The many variants of the Sersic law are a source of their own.
#define GLINT_EXTERN_TYPE(Space, T)                                         \
  extern template void render_tiles<Space, SersicLaw, T>(                   \
      const Space&, const PixelGrid&, const SersicProfiles<Space>&,         \
      const StridedOutput<T***, Space>&, std::size_t, const RenderOptions&, \
      RenderWorkspace<Space>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint::impl

#endif
