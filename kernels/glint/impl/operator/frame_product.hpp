// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_OPERATOR_FRAME_PRODUCT_HPP
#define GLINT_IMPL_OPERATOR_FRAME_PRODUCT_HPP

#include <glint/impl/operator/pixel_rows.hpp>
#include <glint/pruned_fft.hpp>
#include <memory>

namespace glint::impl {

/// Frames x of h x w numbers to W x, by Fourier transforms of n >= 2 h - 1 by 2 w - 1 numbers.
///
/// With x^ the spectrum of x and k the kernel's, the Toeplitz part is k^ x^, k^ real because k is
/// even. The Hankel part, sum over j of g(p_i + p_j) x_j, has the spectrum g^ conj(x^): both are
/// one pass over the spectrum. Nothing wraps around where it is taken.
template <class ExecutionSpace>
class FrameProduct {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;
  using Kernel = StridedInput<const double**, ExecutionSpace>;

  FrameProduct() = default;

  /// `batch`: frames transformed at once. Throws Error without an FFT library, naming `user`, and
  /// when memory does not suffice. Synchronous.
  FrameProduct(const ExecutionSpace& space, const PixelRows<MemorySpace>& rows, std::size_t batch,
               const char* user);

  /// Bytes of one frame and its spectrum.
  static std::size_t frame_bytes(int height, int width);

  std::size_t batch() const { return shape_.batch; }
  /// The numbers in a row of a frame; all must be set before run().
  std::size_t columns() const { return shape_.nx; }
  /// (batch, h, columns() or more)
  const Cube<double, MemorySpace>& frames() const { return frames_; }

  /// Asynchronous; allocates at the first `hankel`, which may be null. Uses the frames.
  void set_kernel(const ExecutionSpace& space, const SkyGrid& grid, const Kernel& compact,
                  const Kernel* hankel);

  /// Frames 0 to count - 1 become W times what they are. Asynchronous.
  void run(const ExecutionSpace& space, std::size_t count) const;

  std::size_t bytes() const;

 private:
  using Complex = Kokkos::complex<double>;
  using Plan = PrunedFftPlan<ExecutionSpace, double>;

  void transform_first(const ExecutionSpace& space) const;

  PixelRows<MemorySpace> rows_;
  PrunedFftShape shape_;
  std::shared_ptr<const Plan> plan_, single_;  // of the batch, of one frame
  Cube<double, MemorySpace> frames_;
  Cube<Complex, MemorySpace> spectrum_;
  Matrix<double, MemorySpace> toeplitz_;  // spectra of the kernels over the size of the transform
  Matrix<Complex, MemorySpace> hankel_;
  bool has_hankel_ = false;
};

}  // namespace glint::impl

#endif
