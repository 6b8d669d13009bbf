// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_PREDICT_HPP
#define GLINT_IMPL_NUFFT_PREDICT_HPP

#include <glint/impl/nufft/interpolate.hpp>
#include <glint/impl/nufft/nufft.hpp>

/// Visibilities of an image by a fast Fourier transform. With whole frequencies n, m counted from
/// the middle of the frame, U = sum of I(m, n) exp(-2 pi i (n a - m b)) over the image has a real
/// part that is even and an imaginary part that is odd in (a, b): two real functions, known from
/// half a plane. Pixels that lie half a step off whole ones turn U by a phase of the visibility.

namespace glint::impl {

/// One element of both spectra per index, by columns.
template <class ExecutionSpace>
struct SpectraOfImage {
  NufftSpectrum spectrum;
  int columns, modes_y, modes_x;
  int frame_ny, frame_nx;
  const double* frame;

  KOKKOS_FORCEINLINE_FUNCTION double pixel(int n, int m) const {
    const int row = m + frame_ny / 2, column = n + frame_nx / 2;
    return row >= 0 && row < frame_ny && column >= 0 && column < frame_nx
               ? frame[static_cast<std::size_t>(row) * static_cast<std::size_t>(frame_nx) +
                       static_cast<std::size_t>(column)]
               : 0.0;
  }
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const auto rows = static_cast<std::size_t>(spectrum.ny);
    const int kx = static_cast<int>(index / rows);
    int ky = static_cast<int>(index % rows);
    if (2 * ky > spectrum.ny) ky -= spectrum.ny;
    Kokkos::complex<double> even(0.0, 0.0), odd(0.0, 0.0);
    if (kx <= modes_x && ky <= modes_y && ky >= -modes_y) {
      const double a = 0.5 * pixel(kx, -ky), b = 0.5 * pixel(-kx, ky);
      double re, im;
      spectrum.factor(kx, ky, re, im);
      im = -im;  // the grid is shifted the other way
      even = Kokkos::complex<double>((a + b) * re, (a + b) * im);
      odd = Kokkos::complex<double>(-(a - b) * im, (a - b) * re);
    }
    spectrum.stored(0, kx, ky) = even;
    spectrum.stored(1, kx, ky) = odd;
  }
};

/// Some visibilities per index, from the values at their places.
template <class ExecutionSpace>
struct CollectVisibilities {
  static constexpr int lanes = fold_lanes<ExecutionSpace>;
  using Input = StridedInput<const double*, ExecutionSpace>;
  using Output = StridedOutput<double*, ExecutionSpace>;

  Input u, v;
  Output re, im;
  HalfPixels half;
  const int* places;
  const double* records;
  std::size_t first, last;  ///< of the chunk

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t k = first + index * lanes;
    const int count =
        last - k < static_cast<std::size_t>(lanes) ? static_cast<int>(last - k) : lanes;
    alignas(64) double along_u[lanes], along_v[lanes], c[lanes], s[lanes];
    for (int l = 0; l < lanes; ++l) {
      const std::size_t at = l < count ? k + static_cast<std::size_t>(l) : k;
      along_u[l] = u(at), along_v[l] = v(at);
    }
    for (int l = 0; l < lanes; ++l) half.phase(along_u[l], along_v[l], c[l], s[l]);
    for (int l = 0; l < count; ++l) {
      const std::size_t at = k + static_cast<std::size_t>(l);
      const int place = places[at - first];
      const double* const record =
          records + 2 * static_cast<std::size_t>(place < 0 ? ~place : place);
      const double even = record[0], odd = place < 0 ? -record[1] : record[1];
      re(at) = even * c[l] + odd * s[l];
      im(at) = odd * c[l] - even * s[l];
    }
  }
};

/// All visibilities of an image on its frame. `function`: for labels. Asynchronous.
template <class ExecutionSpace>
void nufft_predict(const ExecutionSpace& space, const std::string& function, const SkyGrid& grid,
                   double tolerance, const double* frame,
                   const StridedInput<const double*, ExecutionSpace>& u,
                   const StridedInput<const double*, ExecutionSpace>& v,
                   const StridedOutput<double*, ExecutionSpace>& re,
                   const StridedOutput<double*, ExecutionSpace>& im,
                   NufftWorkspace<ExecutionSpace>& workspace) {
  using Column = StridedInput<const double*, ExecutionSpace>;
  using Collect = CollectVisibilities<ExecutionSpace>;
  const NufftShape shape = image_nufft_shape(grid, tolerance);
  const auto& setup = workspace.setup(space, shape, 2, NufftDirection::from_image);
  const auto grids = workspace.grids(space, setup);
  const auto spectra = workspace.spectra(space, setup);
  const auto columns = static_cast<int>(spectra.extent(1));
  Kokkos::parallel_for(
      function + "::spectra",
      range(space, static_cast<std::size_t>(columns) * static_cast<std::size_t>(shape.ny)),
      SpectraOfImage<ExecutionSpace>{spectrum_of(setup, spectra), columns, shape.modes_y,
                                     shape.modes_x, static_cast<int>(grid.ny),
                                     static_cast<int>(grid.nx), frame});
  setup.transform->backward(space, spectra, grids);
  constexpr std::size_t chunk = nufft_chunk<ExecutionSpace>;
  const std::size_t count = u.extent(0);
  grow(space, "glint::nufft::places", std::min(chunk, count), workspace.places);
  for (std::size_t first = 0; first < count; first += chunk) {
    const std::size_t last = std::min(first + chunk, count);
    sort_points(space, function, shape, PointChunk<Column>{u, v, grid.step(), first, last, 0},
                PlacePayload{workspace.places.data(), first}, workspace.sorted);
    const NufftWindow& window = shape.window;
    interpolate_points(
        space, function,
        {setup.coefficients.data(), workspace.sorted.begin.data(), workspace.sorted.records.data(),
         window.width, window.span(), window.pairs(), grids.data(), grids.extent(2),
         grids.extent(1) * grids.extent(2), shape.nx, shape.tiles_x(), shape.tiles()});
    Kokkos::parallel_for(function + "::collect",
                         range(space, (last - first + Collect::lanes - 1) / Collect::lanes),
                         Collect{u, v, re, im, HalfPixels(grid), workspace.places.data(),
                                 workspace.sorted.records.data(), first, last});
  }
}

}  // namespace glint::impl

#endif
