// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CURVATURE_HPP
#define GLINT_CURVATURE_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/impl/curvature/runs.hpp>
#include <glint/impl/curvature/triangle.hpp>
#include <glint/sky_grid.hpp>
#include <glint/sparse_mapping.hpp>
#include <glint/views.hpp>

/// The curvature matrix F = transpose(T) W T of a source reconstruction at the sizes people have,
/// without W (M x M) or W T (M x S) in memory.

namespace glint {

/// Forms F for one set of image pixels and any number of mappings of up to `width` non-zeros a row.
///
/// W_ij = compact(offset of pixels i, j) [+ hankel(...)], see w_compact.hpp. With L the part of W
/// in which pixel i lies in a lower row than j, plus half of that in which it lies in the same, F =
/// P + transpose(P), P = transpose(T) L T. L T is made for a tile of image pixels and a block of
/// source pixels at a time, in registers, from shifted rows of the kernel, and used up at once.
///
/// Cost: nnz M / 2 + nnz S / 2 multiply-adds (nnz the non-zeros of T, at most M B), three times
/// that with a Hankel part. Memory of the plan, double: 8 (h + 24)(2 w + 40) + 8 (S + 32)^2 + 60 M
/// B + O(M + S) bytes, h x w the smallest rectangle that holds the pixels; with a Hankel part
/// another 8 (2 h + 8)(2 w + 40). Rounding: a few units in the last place of T of the largest
/// entry.
///
/// Plans may be copied; copies share the memory. One plan serves one thread at a time.
template <class ExecutionSpace, class T = double>
class CurvaturePlan {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  /// `pixels`: in row-major order; S = `sources`; B = `width`. Throws Error on an empty set, pixels
  /// outside their frame or out of order, and more memory than the machine has. Synchronous.
  CurvaturePlan(const ExecutionSpace& space, const SkyPixels<MemorySpace>& pixels,
                std::size_t sources, std::size_t width);

  std::size_t pixels() const { return pixels_; }
  std::size_t sources() const { return sources_; }
  std::size_t width() const { return width_; }

  /// `compact` and, where the two parts of the noise differ, `hankel`: (NY, 2 NX - 1), float64, any
  /// layout. `mapping`: M pixels, S sources, rows of at most B. `curvature`: (S, S) of T, any
  /// layout; overwritten. Throws Error on wrong shapes. Asynchronous on `space`; no allocation
  /// after the first call of its kind.
  template <class CompactView, class CurvatureView>
  void execute(const ExecutionSpace& space, const CompactView& compact,
               const SparseMapping<MemorySpace, T>& mapping, const CurvatureView& curvature,
               Triangle triangle = Triangle::both) {
    check_kernel("compact", compact);
    check("execute", mapping);
    check_curvature(curvature);
    load_kernel(space, strided_input<ExecutionSpace>(compact), nullptr);
    arrange(space, mapping);
    run(space, strided_output<ExecutionSpace>(curvature), triangle);
  }

  template <class CompactView, class HankelView, class CurvatureView>
  void execute(const ExecutionSpace& space, const CompactView& compact, const HankelView& hankel,
               const SparseMapping<MemorySpace, T>& mapping, const CurvatureView& curvature,
               Triangle triangle = Triangle::both) {
    check_kernel("compact", compact);
    check_kernel("hankel", hankel);
    check("execute", mapping);
    check_curvature(curvature);
    const Kernel second = strided_input<ExecutionSpace>(hankel);
    load_kernel(space, strided_input<ExecutionSpace>(compact), &second);
    arrange(space, mapping);
    run(space, strided_output<ExecutionSpace>(curvature), triangle);
  }

  /// The same in parts, for many mappings of one kernel and for many kernels (the channels of a
  /// cube) of one mapping: compute() is execute() with what was set last, to the last bit.
  template <class CompactView>
  void set_kernel(const ExecutionSpace& space, const CompactView& compact) {
    check_kernel("compact", compact);
    load_kernel(space, strided_input<ExecutionSpace>(compact), nullptr);
  }
  template <class CompactView, class HankelView>
  void set_kernel(const ExecutionSpace& space, const CompactView& compact,
                  const HankelView& hankel) {
    check_kernel("compact", compact);
    check_kernel("hankel", hankel);
    const Kernel second = strided_input<ExecutionSpace>(hankel);
    load_kernel(space, strided_input<ExecutionSpace>(compact), &second);
  }

  void set_mapping(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& mapping) {
    check("set_mapping", mapping);
    arrange(space, mapping);
  }

  /// Throws Error on a wrong shape, and unless set_kernel() and then set_mapping() were called; a
  /// kernel that has a Hankel part where the last one had none wants set_mapping() again.
  template <class CurvatureView>
  void compute(const ExecutionSpace& space, const CurvatureView& curvature,
               Triangle triangle = Triangle::both) {
    check_curvature(curvature);
    GLINT_EXPECTS(has_kernel_ && has_mapping_ && (mirrored_ || !has_hankel_),
                  "CurvaturePlan::compute: ",
                  has_kernel_ ? "set_mapping() comes after set_kernel() and before this"
                              : "set_kernel() comes first");
    run(space, strided_output<ExecutionSpace>(curvature), triangle);
  }

  /// Bytes the plan holds.
  std::size_t bytes() const;

 private:
  using Kernel = StridedInput<const double**, ExecutionSpace>;
  using Indices = Vector<int, MemorySpace>;

  template <class KernelView>
  void check_kernel(const char* name, const KernelView& kernel) const {
    expect_shape("CurvaturePlan", name, kernel,
                 std::array<std::size_t, 2>{grid_.ny, 2 * grid_.nx - 1});
  }
  template <class CurvatureView>
  void check_curvature(const CurvatureView& curvature) const {
    expect_shape("CurvaturePlan", "curvature", curvature,
                 std::array<std::size_t, 2>{sources_, sources_});
  }
  void check(const char* function, const SparseMapping<MemorySpace, T>& mapping) const {
    GLINT_EXPECTS(mapping.pixels == pixels_ && mapping.sources == sources_,
                  "CurvaturePlan::", function, ": the mapping is for ", mapping.pixels,
                  " image and ", mapping.sources, " source pixels, the plan for ", pixels_, " and ",
                  sources_);
    GLINT_EXPECTS(mapping.width <= width_, "CurvaturePlan::", function, ": the mapping has up to ",
                  mapping.width, " source pixels per image pixel, the plan is for ", width_);
  }

  void allocate_arrays(const ExecutionSpace& space);
  void load_kernel(const ExecutionSpace& space, const Kernel& compact, const Kernel* hankel);
  void arrange(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& mapping);
  void run(const ExecutionSpace& space, const StridedOutput<T**, ExecutionSpace>& curvature,
           Triangle triangle);

  SkyGrid grid_;
  std::size_t pixels_ = 0, sources_ = 0, width_ = 0;
  bool has_kernel_ = false, has_hankel_ = false;
  bool has_mapping_ = false, mirrored_ = false;  // arranged for a Hankel part too
  impl::ConvolutionGeometry<MemorySpace> geometry_;
  impl::ArrangedMapping<MemorySpace, T> mapping_;
  impl::SortWorkspace<ExecutionSpace> sort_;
  Matrix<T, MemorySpace> lower_, hankel_;  // tables of the kernel
  Matrix<T, MemorySpace> product_;
};

#define GLINT_EXTERN(Space)                           \
  extern template class CurvaturePlan<Space, double>; \
  extern template class CurvaturePlan<Space, float>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
