// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PRUNED_FFT_HPP
#define GLINT_PRUNED_FFT_HPP

#include <glint/fft.hpp>

/// Fourier transforms of real images that are mostly zero, or of whose transform only a part is
/// wanted: what convolutions by zero-padding and non-uniform transforms need. The passes along rows
/// leave the empty rows out, and all passes are shared among the threads of the space.

namespace glint {

/// `batch` images of ny x nx, of which the first `rows` rows are there (the others are zero when an
/// image is transformed, and not made on the way back), and of whose half spectra the first
/// `columns` columns are kept.
struct PrunedFftShape {
  std::size_t ny = 0, nx = 0, rows = 0, columns = 0, batch = 1;

  /// Columns of a whole half spectrum.
  std::size_t half() const { return nx / 2 + 1; }

  /// Numbers between the rows of an image. Not a multiple of large powers of two, so that
  /// neighbouring rows do not compete for the same part of a cache; a multiple of 8.
  std::size_t real_pitch() const { return spread((nx + 7) / 8 * 8, 8); }

  /// Complex numbers between the columns of a spectrum, in the same way.
  std::size_t spectrum_pitch() const { return spread((ny + 3) / 4 * 4, 4); }

  static std::size_t spread(std::size_t pitch, std::size_t step) {
    return pitch % 32 == 0 ? pitch + step : pitch;
  }
};

/// A prepared transform between real images x and spectra S that are stored by columns, so that all
/// passes run along memory:
///
///   forward:  S(kx, ky) = sum over r < rows, c of x(r, c) exp(-2 pi sqrt(-1) (ky r/ny + kx c/nx)),
///   backward: x(r, c) = the same sum with +, over the whole spectrum, not divided by ny nx.
///
/// Images are (batch, rows, real_pitch()) of T, of each row the first nx numbers; spectra are
/// (batch, columns, spectrum_pitch()) of Kokkos::complex<T>, of each column the first ny numbers.
/// What lies behind those is not read, and may be anything in results. Views are row-major.
///
/// Cost: 5/2 nx log2 nx flops a row and 5 ny log2 ny a column. Asynchronous on `space`. On devices
/// a plan holds 16 batch rows half() bytes (float: 8), on hosts nothing but the library's plans.
/// Plans may be copied; copies share all that. One plan serves one thread at a time.
template <class ExecutionSpace, class T = double>
class PrunedFftPlan {
 public:
  /// Throws Error when the build has no FFT library for the space and type (see fft_library()), or
  /// when an extent is 0 or does not fit the others.
  PrunedFftPlan(const ExecutionSpace& space, const PrunedFftShape& shape,
                const FftOptions& options = {});

  const PrunedFftShape& shape() const { return shape_; }

  /// `real` is kept. Throws Error on wrong shapes.
  template <class RealView, class SpectrumView>
  void forward(const ExecutionSpace& space, const RealView& real,
               const SpectrumView& spectrum) const {
    const char* const function = "PrunedFftPlan::forward";
    check_image(function, "real", real);
    check_spectrum(function, spectrum);
    rows_forward(space, real.data(), spectrum.data());
    columns(space, spectrum.data(), Pass::forward, nullptr, nullptr);
  }

  /// `spectrum` is used as working space: its contents are lost. Needs a plan whose columns are
  /// half(). Throws Error otherwise, and on wrong shapes.
  template <class SpectrumView, class RealView>
  void backward(const ExecutionSpace& space, const SpectrumView& spectrum,
                const RealView& real) const {
    const char* const function = "PrunedFftPlan::backward";
    check_image(function, "real", real);
    check_spectrum(function, spectrum);
    check_whole(function);
    columns(space, spectrum.data(), Pass::backward, nullptr, nullptr);
    rows_backward(space, spectrum.data(), real.data());
  }

  /// out = backward(factors S + reflected conj(S)), S = forward(in), where conj(S) is the spectrum
  /// of the image turned by half a turn about its first pixel. A column is transformed, multiplied
  /// and transformed back while it is in cache.
  ///
  /// `factors`: (columns, spectrum_pitch()) of T; `reflected`: the same of Kokkos::complex<T>, or
  /// an empty View for none; both in the order of one spectrum, for all images. `in` and `out` may
  /// be the same View; `spectrum` is working space. Needs a plan whose columns are half(). Throws
  /// Error otherwise, and on wrong shapes.
  template <class InView, class SpectrumView, class FactorView, class ReflectedView, class OutView>
  void filter(const ExecutionSpace& space, const InView& in, const SpectrumView& spectrum,
              const FactorView& factors, const ReflectedView& reflected, const OutView& out) const {
    const char* const function = "PrunedFftPlan::filter";
    check_image(function, "in", in);
    check_image(function, "out", out);
    check_spectrum(function, spectrum);
    check_whole(function);
    const std::array<std::size_t, 2> needed{shape_.columns, shape_.spectrum_pitch()};
    static_assert(std::is_same_v<typename FactorView::non_const_value_type, T>);
    static_assert(std::is_same_v<typename ReflectedView::non_const_value_type, Complex>);
    expect_shape(function, "factors", factors, needed);
    const bool reflects = reflected.size() > 0;
    if (reflects) expect_shape(function, "reflected", reflected, needed);
    rows_forward(space, in.data(), spectrum.data());
    columns(space, spectrum.data(), Pass::filter, factors.data(),
            reflects ? reflected.data() : nullptr);
    rows_backward(space, spectrum.data(), out.data());
  }

 private:
  using Complex = Kokkos::complex<T>;
  enum class Pass { forward, backward, filter };

  template <class View>
  static void check_view() {
    static_assert(std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>,
                  "glint: transforms need row-major Views");
    static_assert(
        Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
        "glint: the View must be accessible from the execution space");
  }
  template <class View>
  void check_image(const char* function, const char* name, const View& view) const {
    check_view<View>();
    static_assert(std::is_same_v<typename View::non_const_value_type, T>);
    expect_shape(function, name, view,
                 std::array<std::size_t, 3>{shape_.batch, shape_.rows, shape_.real_pitch()});
  }
  template <class View>
  void check_spectrum(const char* function, const View& view) const {
    check_view<View>();
    static_assert(std::is_same_v<typename View::value_type, Complex>);
    expect_shape(function, "spectrum", view,
                 std::array<std::size_t, 3>{shape_.batch, shape_.columns, shape_.spectrum_pitch()});
  }
  void check_whole(const char* function) const {
    GLINT_EXPECTS(shape_.columns == shape_.half(), function, ": the plan keeps ", shape_.columns,
                  " of the ", shape_.half(), " columns of a spectrum; all are needed");
  }

  void rows_forward(const ExecutionSpace& space, const T* real, Complex* spectrum) const;
  void rows_backward(const ExecutionSpace& space, const Complex* spectrum, T* real) const;
  void columns(const ExecutionSpace& space, Complex* spectrum, Pass pass, const T* factors,
               const Complex* reflected) const;

  PrunedFftShape shape_;
  // Of full groups of lines, and of what is left over; on devices the first is for all lines.
  std::shared_ptr<impl::FftEngine<T>> rows_[2];
  std::shared_ptr<impl::FftLinesEngine<T>> columns_[2];
  Vector<Complex, typename ExecutionSpace::memory_space> row_spectra_;  // devices only
};

#define GLINT_EXTERN(Space)                           \
  extern template class PrunedFftPlan<Space, double>; \
  extern template class PrunedFftPlan<Space, float>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
