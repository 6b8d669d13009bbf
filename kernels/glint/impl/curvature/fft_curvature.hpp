// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_FFT_CURVATURE_HPP
#define GLINT_IMPL_CURVATURE_FFT_CURVATURE_HPP

#include <glint/impl/operator/frame_product.hpp>
#include <glint/source_mapping.hpp>

namespace glint::impl {

/// F = transpose(T) W T with W by Fourier transforms: blocks of columns of T become images, these W
/// times themselves, and those the block's columns of F on and below the diagonal. No (M, S) array.
///
/// Cost: S transforms forward and back, nnz S / 2 multiply-adds. Memory: on hosts 200 h w bytes and
/// a MiB or a little more, 32 h w with a Hankel part, on devices 400 h w and some 32 MiB; and the
/// mapping once more.
template <class ExecutionSpace, class T>
class FftCurvature {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;
  using Kernel = StridedInput<const double**, ExecutionSpace>;

  /// Columns of F at a time.
  static constexpr int block = is_host_execution_v<ExecutionSpace> ? 16 : 32;

  /// Throws Error as PrecisionOperator does with the method fft. Synchronous.
  FftCurvature(const ExecutionSpace& space, const SkyPixels<MemorySpace>& pixels);

  /// Without a Hankel part `hankel` is null. Asynchronous; allocates where a mapping or the first
  /// Hankel part need it.
  void execute(const ExecutionSpace& space, const Kernel& compact, const Kernel* hankel,
               const SparseMapping<MemorySpace, T>& mapping,
               const StridedOutput<T**, ExecutionSpace>& curvature);

  std::size_t bytes() const;

 private:
  SkyGrid grid_;
  PixelRows<MemorySpace> rows_;
  FrameProduct<ExecutionSpace> product_;
  Matrix<double, MemorySpace> responses_;
  SourceMapping<MemorySpace, T> by_source_;
};

}  // namespace glint::impl

#endif
