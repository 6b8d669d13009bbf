// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/impl/psf_kernels.hpp>
#include <glint/memory.hpp>
#include <glint/psf.hpp>
#include <glint/region.hpp>
#include <limits>

namespace glint {

const std::string& psf_method_name(PsfMethod method) {
  static const std::string names[] = {"automatic", "direct", "fft"};
  return names[static_cast<int>(method)];
}

namespace {

using HostMatrix =
    Kokkos::View<const double**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;

/// Values of the PSF, as used, summed over o x o blocks that begin at every sub-pixel (with zeros
/// outside): (KY + o - 1, KX + o - 1), row-major. Along columns first, then along rows.
std::vector<double> block_sums(const PsfImage& psf, double scale) {
  const std::size_t ky = psf.values.extent(0), kx = psf.values.extent(1), o = psf.oversampling;
  const std::size_t width = kx + o - 1;
  std::vector<double> rows(ky * width, 0.0), sums((ky + o - 1) * width, 0.0);
  for (std::size_t a = 0; a < ky; ++a)
    for (std::size_t s = 0; s < o; ++s)
      for (std::size_t b = 0; b < kx; ++b) rows[a * width + b + s] += scale * psf.values(a, b);
  for (std::size_t s = 0; s < o; ++s)
    for (std::size_t k = 0; k < rows.size(); ++k) sums[s * width + k] += rows[k];
  return sums;
}

PixelGrid frame_of(const PixelGrid& grid, const PsfImage& psf) {
  const PixelGrid frame{psf.oversampling * grid.ny + psf.values.extent(0) - 1,
                        psf.oversampling * grid.nx + psf.values.extent(1) - 1};
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max() / 2);
  GLINT_EXPECTS(frame.ny <= limit && frame.nx <= limit, "an image of ", grid.ny, " x ", grid.nx,
                " pixels needs ", frame.ny, " x ", frame.nx,
                " sub-pixels for this PSF, more than can be counted");
  return frame;
}

/// The rule that PsfMethod::automatic states.
template <class ExecutionSpace>
PsfMethod choose(const PixelGrid& grid, const PixelGrid& frame, std::size_t ky, std::size_t kx) {
  if (fft_library<ExecutionSpace>().empty()) return PsfMethod::direct;
  const auto count = [](std::size_t n, std::size_t m) {
    return static_cast<double>(n) * static_cast<double>(m);
  };
  const double f = count(good_fft_size(frame.ny), good_fft_size(frame.nx));
  const double multiplications = count(grid.ny, grid.nx) * count(ky, kx);
  return multiplications <= 4.0 * f * std::log2(f) ? PsfMethod::direct : PsfMethod::fft;
}

void expect_room(const PixelGrid& frame, std::size_t rows, std::size_t columns,
                 std::size_t element_bytes) {
  const std::string what = concat("the PSF's frame of ", frame.ny, " x ", frame.nx, " sub-pixels");
  expect_memory(what, array_bytes(what, {rows, columns}, element_bytes));
}

}  // namespace

template <class ExecutionSpace>
PsfPlan<ExecutionSpace>::PsfPlan(const ExecutionSpace& space, const PixelGrid& grid,
                                 const PsfImage& psf, const PsfOptions& options)
    : grid_(grid), oversampling_(psf.oversampling), method_(options.method) {
  validate(grid);
  validate(psf);
  frame_ = frame_of(grid, psf);
  const double sum = psf_sum(psf);
  captured_ = psf.normalize ? 1.0 : sum;
  ky_ = psf.values.extent(0) + oversampling_ - 1;
  kx_ = psf.values.extent(1) + oversampling_ - 1;
  if (method_ == PsfMethod::automatic) method_ = choose<ExecutionSpace>(grid, frame_, ky_, kx_);
  const std::vector<double> blocks = block_sums(psf, psf.normalize ? 1.0 / sum : 1.0);
  if (method_ == PsfMethod::direct)
    prepare_direct(space, blocks);
  else
    prepare_fft(space, blocks);
}

template <class ExecutionSpace>
void PsfPlan<ExecutionSpace>::prepare_direct(const ExecutionSpace& space,
                                             const std::vector<double>& blocks) {
  const std::size_t columns = frame_.nx + oversampling_ * (lanes_v<ExecutionSpace> - 1);
  expect_room(frame_, frame_.ny, columns, sizeof(double));
  real_ = allocate<Matrix<double, MemorySpace>>(space, "glint::PsfPlan::frame", frame_.ny, columns);
  weights_ = allocate<Matrix<double, MemorySpace>>(space, "glint::PsfPlan::weights", ky_, kx_);
  const std::vector<double> turned(blocks.rbegin(), blocks.rend());
  copy(space, weights_, HostMatrix(turned.data(), ky_, kx_));
  compat::fence(space, "glint::PsfPlan::weights");  // `turned` ends here
}

template <class ExecutionSpace>
void PsfPlan<ExecutionSpace>::prepare_fft(const ExecutionSpace& space,
                                          const std::vector<double>& blocks) {
  using Spectrum = Matrix<Kokkos::complex<double>, MemorySpace>;
  GLINT_EXPECTS(!fft_library<ExecutionSpace>().empty(), "the PSF method 'fft' needs an FFT ",
                "library, and this build of glint has none for the backend '",
                backend_name<ExecutionSpace>(), "'; 'direct' needs none");
  const FftShape shape{good_fft_size(frame_.ny), good_fft_size(frame_.nx)};
  expect_room(frame_, shape.ny, shape.half(), 3 * sizeof(Kokkos::complex<double>));
  // The wrap-around of the discrete transform only reaches results that are not taken.
  transform_ = std::make_shared<FftPlan<ExecutionSpace, double>>(space, shape);
  real_ = allocate<Matrix<double, MemorySpace>>(space, "glint::PsfPlan::frame", shape.ny, shape.nx);
  spectrum_ = allocate<Spectrum>(space, "glint::PsfPlan::spectrum", shape.ny, shape.half());
  psf_spectrum_ = allocate<Spectrum>(space, "glint::PsfPlan::psf_spectrum", shape.ny, shape.half());

  std::vector<double> scaled(blocks);
  for (double& value : scaled) value /= static_cast<double>(shape.ny * shape.nx);
  const auto psf =
      allocate<Matrix<double, MemorySpace>>(space, "glint::PsfPlan::weights", ky_, kx_);
  copy(space, psf, HostMatrix(scaled.data(), ky_, kx_));
  fill(space, real_, 0.0);
  Kokkos::parallel_for(
      "glint::PsfPlan::load", range(space, ky_ * kx_),
      impl::LoadFrame<ExecutionSpace, double>{strided_input<ExecutionSpace>(psf), real_});
  transform_->forward(space, real_, psf_spectrum_);
  compat::fence(space, "glint::PsfPlan::weights");  // `scaled` and `psf` end here
}

template <class ExecutionSpace>
template <class T>
void PsfPlan<ExecutionSpace>::load_frame(
    const ExecutionSpace& space, const StridedInput<const T**, ExecutionSpace>& exact) const {
  Kokkos::parallel_for("glint::convolve::load", range(space, frame_.ny * frame_.nx),
                       impl::LoadFrame<ExecutionSpace, T>{exact, real_});
}

template <class ExecutionSpace>
template <class T>
void PsfPlan<ExecutionSpace>::convolve_frame(
    const ExecutionSpace& space, const StridedOutput<T**, ExecutionSpace>& image) const {
  const ScopedRegion region("glint::convolve");
  if (method_ == PsfMethod::direct) {
    using Functor = impl::ConvolveDirect<ExecutionSpace, T>;
    const std::size_t stretches = (grid_.nx + Functor::lanes - 1) / Functor::lanes;
    Kokkos::parallel_for("glint::convolve::direct", range(space, grid_.ny * stretches),
                         Functor{grid_, real_, weights_, image, oversampling_, stretches});
    return;
  }
  transform_->forward(space, real_, spectrum_);
  Kokkos::parallel_for("glint::convolve::multiply", range(space, spectrum_.size()),
                       impl::MultiplySpectra<ExecutionSpace>{spectrum_, psf_spectrum_});
  transform_->backward(space, spectrum_, real_);
  Kokkos::parallel_for(
      "glint::convolve::pixels", range(space, grid_.ny * grid_.nx),
      impl::TakePixels<ExecutionSpace, T>{grid_, real_, image, oversampling_, ky_ - 1, kx_ - 1});
}

template <class ExecutionSpace>
void impl::sum_pixels(const ExecutionSpace& space,
                      const Matrix<double, typename ExecutionSpace::memory_space>& image,
                      const Vector<double, typename ExecutionSpace::memory_space>& sums,
                      std::size_t p) {
  using Sum = Kokkos::View<double, typename ExecutionSpace::memory_space, Kokkos::MemoryUnmanaged>;
  Kokkos::parallel_reduce("glint::captured_flux::sum", range(space, image.extent(0)),
                          SumPixels<ExecutionSpace>{image}, Sum(sums.data() + p));
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                           \
  template void PsfPlan<Space>::convolve_frame<T>(const Space&, const StridedOutput<T**, Space>&)  \
      const;                                                                                       \
  template void PsfPlan<Space>::load_frame<T>(const Space&, const StridedInput<const T**, Space>&) \
      const;
#define GLINT_INSTANTIATE(Space)                                         \
  template class PsfPlan<Space>;                                         \
  template void impl::sum_pixels<Space>(                                 \
      const Space&, const Matrix<double, typename Space::memory_space>&, \
      const Vector<double, typename Space::memory_space>&, std::size_t); \
  GLINT_INSTANTIATE_TYPE(Space, double)                                  \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
