// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/nufft/nufft.hpp>
#include <glint/memory.hpp>

namespace glint::impl {

template <class ExecutionSpace>
const NufftSetup<ExecutionSpace>& NufftWorkspace<ExecutionSpace>::setup(const ExecutionSpace& space,
                                                                        const NufftShape& shape,
                                                                        int grids,
                                                                        NufftDirection direction) {
  for (const auto& known : setups_)
    if (known->shape == shape && known->grids == grids && known->direction == direction)
      return *known;
  constexpr std::size_t most = 8;
  if (setups_.size() == most) setups_.erase(setups_.begin());

  PrunedFftShape transform;
  transform.ny = static_cast<std::size_t>(shape.ny);
  transform.nx = static_cast<std::size_t>(shape.nx);
  transform.rows = static_cast<std::size_t>(shape.rows());
  transform.columns = direction == NufftDirection::to_image
                          ? static_cast<std::size_t>(shape.modes_x + 1)
                          : transform.half();
  transform.batch = static_cast<std::size_t>(grids);
  const std::string what = concat("the fine grid of ", shape.ny, " x ", shape.nx, " cells");
  expect_memory(what, array_bytes(what, {transform.batch, transform.ny, transform.nx}, 16));

  auto made = std::make_shared<NufftSetup<ExecutionSpace>>();
  made->shape = shape;
  made->grids = grids;
  made->direction = direction;
  made->transform = std::make_shared<PrunedFftPlan<ExecutionSpace>>(space, transform);
  const std::vector<double> coefficients = window_coefficients(shape.window);
  const WindowTransform window = window_transform(shape.window, coefficients);
  made->coefficients = upload(space, "glint::nufft::coefficients", coefficients);
  const auto node = upload(space, "glint::nufft::nodes", window.node);
  const auto weight = upload(space, "glint::nufft::nodes", window.weight);
  const int factors = shape.modes_x + shape.modes_y + 2;
  made->factors = allocate<Vector<Kokkos::complex<double>, Memory>>(
      space, "glint::nufft::factors", static_cast<std::size_t>(factors));
  Kokkos::parallel_for(
      "glint::nufft::factors", Kokkos::RangePolicy<ExecutionSpace, int>(space, 0, factors),
      WindowFactors<ExecutionSpace>{
          node.data(), weight.data(), static_cast<int>(window.node.size()), shape.nx, shape.ny,
          shape.modes_x, shape.window.span() / 2 - 1, made->factors.data()});
  compat::fence(space, "glint::nufft::factors");  // the nodes end here
  setups_.push_back(made);
  return *setups_.back();
}

template <class ExecutionSpace>
typename NufftWorkspace<ExecutionSpace>::Grids NufftWorkspace<ExecutionSpace>::grids(
    const ExecutionSpace& space, const NufftSetup<ExecutionSpace>& setup) {
  const PrunedFftShape& shape = setup.transform->shape();
  grow(space, "glint::nufft::grids", shape.batch * shape.rows * shape.real_pitch(), grids_);
  return Grids(grids_.data(), shape.batch, shape.rows, shape.real_pitch());
}

template <class ExecutionSpace>
typename NufftWorkspace<ExecutionSpace>::Spectra NufftWorkspace<ExecutionSpace>::spectra(
    const ExecutionSpace& space, const NufftSetup<ExecutionSpace>& setup) {
  const PrunedFftShape& shape = setup.transform->shape();
  grow(space, "glint::nufft::spectra", shape.batch * shape.columns * shape.spectrum_pitch(),
       spectra_);
  return Spectra(spectra_.data(), shape.batch, shape.columns, shape.spectrum_pitch());
}

#define GLINT_INSTANTIATE(Space) template class NufftWorkspace<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
