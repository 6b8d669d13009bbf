// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_NUFFT_HPP
#define GLINT_IMPL_NUFFT_NUFFT_HPP

#include <glint/backends.hpp>
#include <glint/impl/nufft/payload.hpp>
#include <glint/impl/nufft/sort.hpp>
#include <glint/impl/nufft/spectrum.hpp>
#include <glint/impl/nufft/spread.hpp>
#include <glint/pruned_fft.hpp>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

/// Sums over visibilities by a fast Fourier transform: spread over a fine grid, transform, undo the
/// window. Nothing depends on the number of threads: tiles of the grid get their points in order,
/// and tiles that share cells take turns.

namespace glint::impl {

/// Points that are sorted at a time: some megabytes. The same for any number of threads, since
/// sums of several chunks are rounded otherwise than one.
template <class ExecutionSpace>
inline constexpr std::size_t nufft_chunk = is_host_execution_v<ExecutionSpace>
                                               ? std::size_t(1) << 18
                                               : std::size_t(1) << 19;

enum class NufftDirection { to_image, from_image };

/// What is prepared once for a shape and a number of grids.
template <class ExecutionSpace>
struct NufftSetup {
  using Memory = typename ExecutionSpace::memory_space;

  NufftShape shape;
  int grids = 0;
  NufftDirection direction = NufftDirection::to_image;
  std::shared_ptr<PrunedFftPlan<ExecutionSpace>> transform;
  Vector<double, Memory> coefficients;
  Vector<Kokkos::complex<double>, Memory> factors;
};

/// Setups that were used, and memory that all of them share.
template <class ExecutionSpace>
class NufftWorkspace {
 public:
  using Memory = typename ExecutionSpace::memory_space;
  using Grids = Kokkos::View<double***, Kokkos::LayoutRight, Memory, Kokkos::MemoryUnmanaged>;
  using Spectra = Kokkos::View<Kokkos::complex<double>***, Kokkos::LayoutRight, Memory,
                               Kokkos::MemoryUnmanaged>;

  /// Throws Error where the memory of the machine is too small.
  const NufftSetup<ExecutionSpace>& setup(const ExecutionSpace& space, const NufftShape& shape,
                                          int grids, NufftDirection direction);
  /// Uninitialised.
  Grids grids(const ExecutionSpace& space, const NufftSetup<ExecutionSpace>& setup);
  Spectra spectra(const ExecutionSpace& space, const NufftSetup<ExecutionSpace>& setup);

  SortedPoints<ExecutionSpace> sorted;
  Vector<int, Memory> places;

 private:
  std::vector<std::shared_ptr<const NufftSetup<ExecutionSpace>>> setups_;
  Vector<double, Memory> grids_;
  Vector<Kokkos::complex<double>, Memory> spectra_;
};

#define GLINT_EXTERN(Space) extern template class NufftWorkspace<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

template <class ExecutionSpace>
NufftWorkspace<ExecutionSpace>& workspace_of(
    std::shared_ptr<NufftWorkspace<ExecutionSpace>>& pointer) {
  if (!pointer) pointer = std::make_shared<NufftWorkspace<ExecutionSpace>>();
  return *pointer;
}

template <class ExecutionSpace>
SpreadTask spread_task(const NufftSetup<ExecutionSpace>& setup,
                       const typename NufftWorkspace<ExecutionSpace>::Grids& grids,
                       const SortedPoints<ExecutionSpace>& sorted) {
  const NufftShape& shape = setup.shape;
  const NufftWindow& window = shape.window;
  return {setup.coefficients.data(),
          sorted.begin.data(),
          sorted.records.data(),
          setup.grids,
          window.width,
          window.span(),
          window.pairs(),
          grids.data(),
          grids.extent(2),
          grids.extent(1) * grids.extent(2),
          shape.nx,
          shape.tiles_x(),
          shape.tiles_y(),
          0};
}

template <class ExecutionSpace>
NufftSpectrum spectrum_of(const NufftSetup<ExecutionSpace>& setup,
                          const typename NufftWorkspace<ExecutionSpace>::Spectra& spectra) {
  return {spectra.data(),
          spectra.extent(2),
          spectra.extent(1) * spectra.extent(2),
          setup.factors.data(),
          setup.factors.data() + setup.shape.modes_x + 1,
          setup.shape.ny};
}

/// The transforms of all sums: one grid for each kind of Kernel's weights, then two for Image's
/// (NoWeights where there is none). `function`: for labels, "glint::" and a name. Asynchronous.
template <class Kernel, class Image, class ExecutionSpace>
NufftSpectrum nufft_sums(const ExecutionSpace& space, const std::string& function,
                         const SkyGrid& grid, const NufftShape& shape,
                         const InputVector<double, ExecutionSpace>& u,
                         const InputVector<double, ExecutionSpace>& v, const Kernel& kernel,
                         const Image& image, NufftWorkspace<ExecutionSpace>& workspace) {
  using Payload = SumPayload<Kernel, Image>;
  using Column = InputVector<double, ExecutionSpace>;
  const auto& setup = workspace.setup(space, shape, Payload::count, NufftDirection::to_image);
  const auto grids = workspace.grids(space, setup);
  const auto spectra = workspace.spectra(space, setup);
  fill(space, grids, 0.0);
  const Payload payload{kernel, image, HalfPixels(grid)};
  constexpr std::size_t chunk = nufft_chunk<ExecutionSpace>;
  for (std::size_t first = 0; first < u.extent(0); first += chunk) {
    const std::size_t last = std::min(first + chunk, static_cast<std::size_t>(u.extent(0)));
    sort_points(space, function, shape, PointChunk<Column>{u, v, grid.step(), first, last, 0},
                payload, workspace.sorted);
    spread_points(space, function, spread_task(setup, grids, workspace.sorted));
  }
  setup.transform->forward(space, grids, spectra);
  return spectrum_of(setup, spectra);
}

/// A kernel from grid g of a spectrum.
template <class ExecutionSpace>
void take_kernel(const ExecutionSpace& space, const std::string& function,
                 const NufftSpectrum& spectrum, int g, const SkyGrid& grid,
                 const StridedOutput<double**, ExecutionSpace>& compact,
                 const SumTarget<double>& target) {
  const TakeKernel<ExecutionSpace> take{
      spectrum, g, static_cast<int>(grid.ny), static_cast<int>(grid.nx), compact, target};
  Kokkos::parallel_for(function + "::take_kernel", range(space, take.indices()), take);
}

/// An image from grids g and g + 1 of a spectrum.
template <class ExecutionSpace, class T>
void take_image(const ExecutionSpace& space, const std::string& function,
                const NufftSpectrum& spectrum, int g,
                const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                const StridedOutput<T*, ExecutionSpace>& image,
                const std::type_identity_t<SumTarget<T>>& target) {
  Kokkos::parallel_for(function + "::take_image", range(space, pixels.size()),
                       TakeImage<ExecutionSpace, T>{spectrum, g, pixels, image, target});
}

}  // namespace glint::impl

#endif
