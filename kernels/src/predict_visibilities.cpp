// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/predict.hpp>
#include <glint/impl/uv/predict_products.hpp>
#include <glint/predict_visibilities.hpp>

namespace glint {

const std::string& predict_method_name(PredictMethod method) {
  static const std::string names[] = {"automatic", "separable", "nufft"};
  return names[static_cast<int>(method)];
}

void validate(const PredictOptions& options) {
  const bool nufft = options.method == PredictMethod::nufft;
  GLINT_EXPECTS(
      options.tolerance >= (nufft ? impl::finest_nufft : 1e-15) && options.tolerance <= 0.1,
      "the tolerance of predicted visibilities must lie in ", nufft ? "1e-13" : "1e-15",
      " to 0.1, not ", options.tolerance);
}

}  // namespace glint

namespace glint::impl {

template <class ExecutionSpace>
void predict_visibilities(const ExecutionSpace& space,
                          const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                          const StridedInput<const double*, ExecutionSpace>& image,
                          const PredictColumns<ExecutionSpace>& columns,
                          const PredictOptions& options,
                          PredictWorkspace<ExecutionSpace>& workspace) {
  using Functor = Predict<ExecutionSpace>;
  const SkyGrid& grid = pixels.grid;
  const std::size_t count = columns.u.extent(0);
  const bool nufft = predicts_by_nufft<ExecutionSpace>(options, grid, count);
  if (count == 0) return;
  grow(space, "glint::predict_visibilities::frame", grid.ny * grid.nx, workspace.frame);
  fill(space, workspace.frame, 0.0);
  Kokkos::parallel_for(
      "glint::predict_visibilities::scatter", range(space, pixels.size()),
      ScatterPixels<ExecutionSpace>{pixels.row, pixels.column, image, workspace.frame, grid.nx});
  if (nufft)
    return nufft_predict(space, "glint::predict_visibilities", grid, options.tolerance,
                         workspace.frame.data(), columns.u, columns.v, columns.re, columns.im,
                         workspace_of(workspace.nufft));
  const Quarter quarter = quarter_of(grid, Functor::rows_in_step);
  const std::size_t cells =
      static_cast<std::size_t>(quarter.padded_rows) * static_cast<std::size_t>(quarter.columns);
  grow(space, "glint::predict_visibilities::folded", 4 * cells, workspace.folded);
  Kokkos::parallel_for(
      "glint::predict_visibilities::fold", range(space, cells),
      FoldFrame<ExecutionSpace>{workspace.frame, workspace.folded, quarter,
                                static_cast<int>(grid.ny), static_cast<int>(grid.nx)});
  const std::size_t teams = (count + Functor::block - 1) / Functor::block;
  GLINT_EXPECTS(teams <= static_cast<std::size_t>(std::numeric_limits<int>::max()),
                "predict_visibilities: ", count, " visibilities are too many for one call");
  Kokkos::TeamPolicy<ExecutionSpace> policy(space, static_cast<int>(teams),
                                            Functor::threads * Functor::groups);
  constexpr std::size_t alignment = 64;  // what get_shmem_aligned may skip
  policy.set_scratch_size(Functor::scratch_level,
                          Kokkos::PerTeam(Functor::scratch_bytes() + alignment));
  Kokkos::parallel_for("glint::predict_visibilities::sums", policy,
                       Functor{workspace.folded, columns, quarter, 0.5 * grid.step()});
}

#define GLINT_INSTANTIATE(Space)                                                                 \
  template void predict_visibilities<Space>(const Space&, const SkyPixels<Space::memory_space>&, \
                                            const StridedInput<const double*, Space>&,           \
                                            const PredictColumns<Space>&, const PredictOptions&, \
                                            PredictWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
