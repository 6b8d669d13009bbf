// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FFT_HPP
#define GLINT_FFT_HPP

#include <array>
#include <cstddef>
#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/views.hpp>
#include <memory>
#include <string>
#include <type_traits>

/// Two-dimensional Fourier transforms of real images: FFTW (or MKL through FFTW's interface) on the
/// host, cuFFT and hipFFT on devices. The libraries are found when glint is configured and stay out
/// of this header.

namespace glint {

/// The library that transforms for an execution space in this build: "FFTW", "cuFFT" or "hipFFT";
/// "" when there is none. T is float or double.
template <class ExecutionSpace, class T = double>
std::string fft_library();

/// The smallest number >= `size` that has no prime factor above 7: such lengths transform fastest.
/// Cost: negligible. Throws Error above 2^30.
std::size_t good_fft_size(std::size_t size);

/// What is transformed: `batch` images of `ny` rows and `nx` columns, one after the other.
struct FftShape {
  std::size_t ny = 0, nx = 0, batch = 1;

  /// Columns of a spectrum. The others follow from S(-ky, -kx) = conj S(ky, kx).
  std::size_t half() const { return nx / 2 + 1; }
};

struct FftOptions {
  /// Let FFTW try its algorithms instead of estimating: seconds spent once, for plans used often.
  bool measure = false;
};

namespace impl {
template <class T>
class FftEngine;
template <class T>
class FftLinesEngine;
}

/// A prepared transform between real images x (ny, nx) and half spectra S (ny, nx/2 + 1):
///
///   forward:  S(ky, kx) = sum over i, j of x(i, j) exp(-2 pi sqrt(-1) (ky i / ny + kx j / nx)),
///   backward: the same sum with +, over the whole spectrum, not divided by ny nx:
///             backward(forward(x)) = ny nx x.
///
/// Any size from 1 up, primes included. With a batch the arrays are (batch, ny, nx) and
/// (batch, ny, nx/2 + 1). Cost: about 2.5 N log2 N flops for N = batch ny nx.
///
/// On devices a transform is asynchronous on the given instance. On the host it runs in the calling
/// thread: it first waits for the instance, and is complete on return.
/// Plans may be copied (copies share the library's plan). Making plans is safe from several
/// threads; one plan serves one thread at a time.
template <class ExecutionSpace, class T = double>
class FftPlan {
 public:
  /// Throws Error when the build has no library for the space and type, or a side is 0, or one
  /// image has more than 2^31 - 1 elements.
  FftPlan(const ExecutionSpace& space, const FftShape& shape, const FftOptions& options = {});

  const FftShape& shape() const { return shape_; }

  /// real: T, spectrum: Kokkos::complex<T>; row-major, contiguous, rank 3, or rank 2 when the batch
  /// is 1; they must not overlap. Throws Error on a wrong shape. `real` is kept.
  template <class RealView, class SpectrumView>
  void forward(const ExecutionSpace& space, const RealView& real,
               const SpectrumView& spectrum) const {
    static_assert(!std::is_const_v<typename SpectrumView::value_type>);
    check("FftPlan::forward", real, spectrum);
    run_forward(space, real.data(), reinterpret_cast<T*>(spectrum.data()));
  }

  /// The way back. `spectrum` is used as working space: its contents are lost.
  template <class SpectrumView, class RealView>
  void backward(const ExecutionSpace& space, const SpectrumView& spectrum,
                const RealView& real) const {
    static_assert(!std::is_const_v<typename SpectrumView::value_type>);
    check("FftPlan::backward", real, spectrum);
    run_backward(space, reinterpret_cast<T*>(spectrum.data()), real.data());
  }

 private:
  template <class View>
  void check_view(const char* function, const char* name, const View& view,
                  std::size_t columns) const {
    static_assert(std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>,
                  "glint: transforms need row-major Views");
    static_assert(
        Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
        "glint: the View must be accessible from the execution space");
    if constexpr (compat::rank_v<View> == 2) {
      GLINT_EXPECTS(shape_.batch == 1, function, ": ", name, " is one image where a batch of ",
                    shape_.batch, " is needed");
      expect_shape(function, name, view, std::array<std::size_t, 2>{shape_.ny, columns});
    } else {
      expect_shape(function, name, view,
                   std::array<std::size_t, 3>{shape_.batch, shape_.ny, columns});
    }
    GLINT_EXPECTS(view.span_is_contiguous(), function, ": ", name, " is not contiguous");
  }

  template <class RealView, class SpectrumView>
  void check(const char* function, const RealView& real, const SpectrumView& spectrum) const {
    static_assert(std::is_same_v<typename RealView::non_const_value_type, T>);
    static_assert(std::is_same_v<typename SpectrumView::non_const_value_type, Kokkos::complex<T>>);
    check_view(function, "real", real, shape_.nx);
    check_view(function, "spectrum", spectrum, shape_.half());
  }

  void run_forward(const ExecutionSpace& space, const T* real, T* spectrum) const;
  void run_backward(const ExecutionSpace& space, T* spectrum, T* real) const;

  FftShape shape_;
  std::shared_ptr<impl::FftEngine<T>> engine_;
};

#define GLINT_EXTERN(Space)                                 \
  extern template class FftPlan<Space, double>;             \
  extern template class FftPlan<Space, float>;              \
  extern template std::string fft_library<Space, double>(); \
  extern template std::string fft_library<Space, float>();
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
