// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PRECISION_OPERATOR_HPP
#define GLINT_PRECISION_OPERATOR_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/impl/operator/frame_product.hpp>
#include <glint/sky_grid.hpp>
#include <string>

/// Products W x with the precision of an image given the visibilities, from its kernel alone: what
/// iterative solvers ask for. W (M x M) is never in memory.

namespace glint {

/// How W x is computed.
enum class OperatorMethod {
  automatic,  ///< the one that operator_cost() says is faster; direct in builds without an FFT
              ///< library
  direct,     ///< the sum over pairs of pixels, h w M multiply-adds. Every result is right to
              ///< rounding of its own terms
  fft,        ///< by Fourier transforms of n >= (2 h - 1)(2 w - 1) numbers. Errors are some 1e-16
              ///< log2 n of the largest result everywhere
};

struct OperatorOptions {
  OperatorMethod method = OperatorMethod::automatic;
  std::size_t batch = 1;  ///< images that fft transforms at once
};

/// "automatic", "direct", "fft".
const std::string& operator_method_name(OperatorMethod method);

/// W for one set of image pixels, which lie in a rectangle of h x w pixels:
///   (W x)_i = sum over j of W_ij x_j,  W_ij = compact(offset of i, j) [+ hankel(sum of i, j)],
/// the kernels in the layout of w_compact().
///
/// Memory: fft 12 n (batch + 1/3) bytes or a little more, and 8 n for a Hankel part; direct some
/// 48 h w, and 32 h w for a Hankel part. It is allocated by the constructor and the first
/// set_kernel() of its kind.
/// Copies share the memory. One operator serves one thread at a time.
template <class ExecutionSpace>
class PrecisionOperator {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  /// `pixels`: M of them, in row-major order. Throws Error on an empty set, pixels outside their
  /// frame or out of order, a batch of 0, more memory than the machine has, and
  /// OperatorMethod::fft where the build has no FFT library. Synchronous.
  PrecisionOperator(const ExecutionSpace& space, const SkyPixels<MemorySpace>& pixels,
                    const OperatorOptions& options = {});

  /// M.
  std::size_t pixels() const { return pixels_; }
  /// direct or fft: what was chosen.
  OperatorMethod method() const { return method_; }
  /// Bytes it holds.
  std::size_t bytes() const;

  /// W from `compact` and, where the noises of real and imaginary parts differ, `hankel`: (NY,
  /// 2 NX - 1), double, any layout. They are not needed afterwards. Throws Error on wrong shapes.
  /// Asynchronous.
  template <class CompactView>
  void set_kernel(const ExecutionSpace& space, const CompactView& compact) {
    check_kernel("compact", compact);
    load(space, strided_input<ExecutionSpace>(compact), nullptr);
  }
  template <class CompactView, class HankelView>
  void set_kernel(const ExecutionSpace& space, const CompactView& compact,
                  const HankelView& hankel) {
    check_kernel("compact", compact);
    check_kernel("hankel", hankel);
    const Kernel second = strided_input<ExecutionSpace>(hankel);
    load(space, strided_input<ExecutionSpace>(compact), &second);
  }

  /// results = W images, for one image, (M), or any number of them, (b, M): double, any layout.
  /// `results` may be `images`. Throws Error on wrong shapes and before set_kernel(). Asynchronous;
  /// no allocation.
  template <class ImageView, class ResultView>
  void apply(const ExecutionSpace& space, const ImageView& images,
             const ResultView& results) const {
    constexpr std::size_t rank = compat::rank_v<ImageView>;
    static_assert(rank == 1 || rank == 2, "glint: images are (M) or (b, M)");
    std::array<std::size_t, rank> needed{};
    needed.fill(pixels_);
    if constexpr (rank == 2) needed[0] = images.extent(0);
    expect_shape("PrecisionOperator::apply", "images", images, needed);
    expect_shape("PrecisionOperator::apply", "results", results, needed);
    GLINT_EXPECTS(has_kernel_, "PrecisionOperator::apply: set_kernel() comes first");
    run(space, as_list(strided_input<ExecutionSpace>(images)),
        as_list(strided_output<ExecutionSpace>(results)));
  }

 private:
  using Kernel = StridedInput<const double**, ExecutionSpace>;
  using Images = StridedInput<const double**, ExecutionSpace>;
  using Results = StridedOutput<double**, ExecutionSpace>;

  template <class View>
  void check_kernel(const char* name, const View& kernel) const {
    expect_shape("PrecisionOperator::set_kernel", name, kernel,
                 std::array<std::size_t, 2>{grid_.ny, 2 * grid_.nx - 1});
  }

  /// One image as a list of one.
  static Images as_list(const StridedInput<const double*, ExecutionSpace>& image) {
    return Images(image.data(), Kokkos::LayoutStride(1, 0, image.extent(0), image.stride(0)));
  }
  static Results as_list(const StridedOutput<double*, ExecutionSpace>& image) {
    return Results(image.data(), Kokkos::LayoutStride(1, 0, image.extent(0), image.stride(0)));
  }
  static const Images& as_list(const Images& images) { return images; }
  static const Results& as_list(const Results& results) { return results; }

  void prepare_direct(const ExecutionSpace& space);
  void load(const ExecutionSpace& space, const Kernel& compact, const Kernel* hankel);
  void run(const ExecutionSpace& space, const Images& images, const Results& results) const;
  void run_direct(const ExecutionSpace& space, const Images& images, const Results& results) const;

  SkyGrid grid_;
  std::size_t pixels_ = 0;
  OperatorMethod method_ = OperatorMethod::direct;
  bool has_kernel_ = false, has_hankel_ = false;
  impl::PixelRows<MemorySpace> rows_;
  impl::FrameProduct<ExecutionSpace> product_;  // fft
  Cube<double, MemorySpace> grouped_, frame_;   // direct: the image, and what comes out
  Matrix<double, MemorySpace> toeplitz_, hankel_;
};

#define GLINT_EXTERN(Space) extern template class PrecisionOperator<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
