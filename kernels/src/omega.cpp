// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/omega_kernels.hpp>
#include <glint/omega.hpp>
#include <glint/region.hpp>

namespace glint {

namespace impl {

template <class ExecutionSpace, class T>
void omega(const ExecutionSpace& space, const StridedInput<const double**, ExecutionSpace>& compact,
           const StridedInput<const double**, ExecutionSpace>* hankel,
           const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
           const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
           const OutputMatrix<T, ExecutionSpace>& omega,
           OmegaWorkspace<ExecutionSpace, T>& workspace) {
  constexpr std::size_t lanes = kernel_stretch<ExecutionSpace>;
  const ScopedRegion region("glint::omega");
  const SkyGrid& grid = pixels.grid;
  const std::size_t width = 2 * grid.nx - 1, offsets = (2 * grid.ny - 1) * width;
  const auto& by_source = workspace.by_source;
  transpose(space, mapping, workspace.by_source);

  const auto spread = [&](const auto& kernel, auto& table) {
    grow(space, "glint::omega::table", offsets + lanes, table);
    Kokkos::parallel_for("glint::omega::spread", range(space, 2 * grid.ny - 1),
                         SpreadKernel<ExecutionSpace, T>{kernel, table});
  };
  spread(compact, workspace.toeplitz);
  if (hankel) spread(*hankel, workspace.hankel);
  grow(space, "glint::omega::slim", grid.ny * grid.nx, workspace.slim);
  grow(space, "glint::omega::places", by_source.pixels.extent(0), workspace.places);
  if constexpr (lanes > 1) {
    fill(space, workspace.slim, -1);
    Kokkos::parallel_for(
        "glint::omega::number", range(space, pixels.size()),
        NumberPixels<ExecutionSpace>{pixels.row, pixels.column, workspace.slim, grid.nx});
  }
  Kokkos::parallel_for(
      "glint::omega::places", range(space, mapping.sources),
      PlacePixels<ExecutionSpace>{pixels.row, pixels.column, by_source.offsets, by_source.pixels,
                                  workspace.places, static_cast<int>(width)});

  const std::size_t stretches = (grid.nx + lanes - 1) / lanes;
  const std::size_t count = lanes > 1 ? grid.ny * stretches : mapping.pixels * mapping.sources;
  const auto run = [&](auto functor) {
    functor.row = pixels.row;
    functor.column = pixels.column;
    functor.slim = workspace.slim;
    functor.offsets = by_source.offsets;
    functor.places = workspace.places;
    functor.values = by_source.values;
    functor.table = workspace.toeplitz;
    functor.hankel = workspace.hankel;
    functor.omega = omega;
    functor.nx = grid.nx;
    functor.stretches = stretches;
    functor.sources = mapping.sources;
    functor.width = static_cast<std::ptrdiff_t>(width);
    functor.middle = static_cast<std::ptrdiff_t>((offsets - 1) / 2);
    Kokkos::parallel_for("glint::omega::products", range(space, count), functor);
  };
  if (hankel)
    run(OmegaFromKernel<ExecutionSpace, T, true>());
  else
    run(OmegaFromKernel<ExecutionSpace, T, false>());
}

}  // namespace impl

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                        \
  template void impl::omega<Space, T>(const Space&, const StridedInput<const double**, Space>&, \
                                      const StridedInput<const double**, Space>*,               \
                                      const SkyPixels<typename Space::memory_space>&,           \
                                      const SparseMapping<typename Space::memory_space, T>&,    \
                                      const OutputMatrix<T, Space>&, OmegaWorkspace<Space, T>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
