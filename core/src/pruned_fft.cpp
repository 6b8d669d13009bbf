// SPDX-License-Identifier: BSD-3-Clause
#include <glint/execution.hpp>
#include <limits>

#include "fft_library.hpp"
#include "pruned_fft_device.hpp"
#include "pruned_fft_host.hpp"

namespace glint {

namespace {

void validate(const PrunedFftShape& shape) {
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
  GLINT_EXPECTS(shape.ny > 0 && shape.nx > 0 && shape.rows > 0 && shape.columns > 0 &&
                    shape.batch > 0 && shape.rows <= shape.ny && shape.columns <= shape.half(),
                "PrunedFftPlan: ", shape.rows, " rows and ", shape.columns, " columns of ",
                shape.batch, " images of ", shape.ny, " x ", shape.nx, " cannot be transformed");
  GLINT_EXPECTS(shape.batch <= limit && shape.nx < limit && shape.ny <= limit / (shape.nx + 64),
                "PrunedFftPlan: ", shape.batch, " images of ", shape.ny, " x ", shape.nx,
                " are more than the FFT libraries can count");
}

}  // namespace

template <class ExecutionSpace, class T>
PrunedFftPlan<ExecutionSpace, T>::PrunedFftPlan(const ExecutionSpace& space,
                                                const PrunedFftShape& shape,
                                                [[maybe_unused]] const FftOptions& options)
    : shape_(shape) {
  validate(shape);
  constexpr auto chosen = impl::fft_library_of<ExecutionSpace, T>();
  GLINT_EXPECTS(chosen != impl::FftLibrary::none,
                "PrunedFftPlan: this build of glint has no FFT library for ",
                std::is_same_v<T, double> ? "double" : "float", " on the backend '",
                backend_name<ExecutionSpace>(), "'");
  if constexpr (chosen == impl::FftLibrary::fftw) {
    const auto sizes = [](std::size_t lines, int k) {
      return k == 0 ? (lines < impl::fft_group ? 0 : impl::fft_group) : lines % impl::fft_group;
    };
    for (int k = 0; k < 2; ++k) {
      if (const std::size_t count = sizes(shape.rows, k))
        rows_[k] = impl::make_fftw_rows<T>(
            {shape.nx, count, shape.real_pitch(), impl::scratch_pitch(shape)}, options);
      if (const std::size_t count = sizes(shape.columns, k))
        columns_[k] = impl::make_fftw_lines<T>({shape.ny, count, shape.spectrum_pitch()}, options);
    }
  }
  [[maybe_unused]] const impl::FftRows rows{shape.nx, shape.batch * shape.rows, shape.real_pitch(),
                                            shape.half()};
  [[maybe_unused]] const impl::FftLines lines{shape.ny, shape.batch * shape.columns,
                                              shape.spectrum_pitch()};
  if constexpr (chosen == impl::FftLibrary::cufft) {
    rows_[0] = impl::make_cufft_rows<T>(rows);
    columns_[0] = impl::make_cufft_lines<T>(lines);
  }
  if constexpr (chosen == impl::FftLibrary::hipfft) {
    rows_[0] = impl::make_hipfft_rows<T>(rows);
    columns_[0] = impl::make_hipfft_lines<T>(lines);
  }
  if constexpr (!is_host_execution_v<ExecutionSpace>)
    row_spectra_ = allocate<decltype(row_spectra_)>(space, "glint::pruned_fft::row_spectra",
                                                    rows.count * shape.half());
}

namespace {

/// Rows of all images on hosts: `input` and `output` are what the direction makes them.
template <bool Backward, class ExecutionSpace, class T>
void run_rows(const ExecutionSpace& space, const PrunedFftShape& shape,
              const std::shared_ptr<impl::FftEngine<T>> (&engines)[2], const T* input, T* output) {
  using Rows = impl::FftRowGroup<ExecutionSpace, T, Backward>;
  const Rows rows{shape, {engines[0].get(), engines[1].get()}, input, output};
  Kokkos::TeamPolicy<ExecutionSpace> teams(
      space, static_cast<int>(shape.batch * impl::fft_groups(shape.rows)), 1);
  teams.set_scratch_size(Rows::scratch_level,
                         Kokkos::PerTeam(static_cast<int>(rows.scratch_bytes() + 64)));
  Kokkos::parallel_for("glint::pruned_fft::rows", teams, rows);
}

}  // namespace

template <class ExecutionSpace, class T>
void PrunedFftPlan<ExecutionSpace, T>::rows_forward(const ExecutionSpace& space, const T* real,
                                                    Complex* spectrum) const {
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    run_rows<false>(space, shape_, rows_, real, reinterpret_cast<T*>(spectrum));
  } else {
    rows_[0]->forward(impl::FftStream<ExecutionSpace>(space).pointer(), real,
                      reinterpret_cast<T*>(row_spectra_.data()));
    Kokkos::parallel_for(
        "glint::pruned_fft::turn", range(space, shape_.batch * shape_.columns * shape_.ny),
        impl::TurnSpectrum<T, false>{shape_.ny, shape_.rows, shape_.columns, shape_.half(),
                                     shape_.spectrum_pitch(), row_spectra_.data(), spectrum});
  }
}

template <class ExecutionSpace, class T>
void PrunedFftPlan<ExecutionSpace, T>::rows_backward(const ExecutionSpace& space,
                                                     const Complex* spectrum, T* real) const {
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    run_rows<true>(space, shape_, rows_, reinterpret_cast<const T*>(spectrum), real);
  } else {
    Kokkos::parallel_for(
        "glint::pruned_fft::turn_back", range(space, shape_.batch * shape_.columns * shape_.rows),
        impl::TurnSpectrum<T, true>{shape_.ny, shape_.rows, shape_.columns, shape_.half(),
                                    shape_.spectrum_pitch(), spectrum, row_spectra_.data()});
    rows_[0]->backward(impl::FftStream<ExecutionSpace>(space).pointer(),
                       reinterpret_cast<T*>(row_spectra_.data()), real);
  }
}

template <class ExecutionSpace, class T>
void PrunedFftPlan<ExecutionSpace, T>::columns(const ExecutionSpace& space, Complex* spectrum,
                                               Pass pass, const T* factors,
                                               const Complex* reflected) const {
  const bool forward = pass != Pass::backward, backward = pass != Pass::forward;
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    Kokkos::parallel_for("glint::pruned_fft::columns",
                         range(space, shape_.batch * impl::fft_groups(shape_.columns)),
                         impl::FftColumnGroup<T>{shape_,
                                                 {columns_[0].get(), columns_[1].get()},
                                                 reinterpret_cast<T*>(spectrum),
                                                 forward,
                                                 backward,
                                                 factors,
                                                 reinterpret_cast<const T*>(reflected)});
  } else {
    const impl::FftStream<ExecutionSpace> stream(space);
    T* const lines = reinterpret_cast<T*>(spectrum);
    if (forward) columns_[0]->run(stream.pointer(), lines, false);
    if (factors != nullptr)
      Kokkos::parallel_for(
          "glint::pruned_fft::filter", range(space, shape_.batch * shape_.columns * shape_.ny),
          impl::FilterSpectrum<T>{shape_.ny, shape_.columns, shape_.spectrum_pitch(), factors,
                                  reflected, spectrum});
    if (backward) columns_[0]->run(stream.pointer(), lines, true);
  }
}

#define GLINT_INSTANTIATE(Space)               \
  template class PrunedFftPlan<Space, double>; \
  template class PrunedFftPlan<Space, float>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
