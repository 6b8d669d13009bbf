// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CURVATURE_MATRIX_HPP
#define GLINT_CURVATURE_MATRIX_HPP

#include <algorithm>
#include <glint/curvature.hpp>
#include <glint/curvature_cost.hpp>
#include <glint/impl/curvature/fft_curvature.hpp>
#include <glint/w_curvature.hpp>
#include <optional>
#include <string>

/// The curvature matrix in one call, by any of its routes.

namespace glint {

/// How F = transpose(T) W T is formed from the kernel of W.
enum class CurvatureMethod {
  automatic,  ///< the one of the next four that curvature_cost() says is fastest
  direct,     ///< CurvaturePlan: nnz M / 2 multiply-adds, neither W nor W T in memory
  fft,       ///< W by Fourier transforms of the columns of T: S n log2 n, for sources that are seen
             ///< in very many pixels. Neither W nor W T in memory. Needs an FFT library
  products,  ///< transpose(T) (W T): nnz M, with W T (M, S) in memory
  dense,     ///< W (M, M) in memory, then its sparse products: nnz M. Up to w_tilde_limit pixels
  pairs,     ///< all pairs of non-zeros, nnz^2: the oracle. Without a Hankel part only
};

struct CurvatureOptions {
  CurvatureMethod method = CurvatureMethod::automatic;
};

/// "automatic", "direct", "fft", "products", "dense", "pairs".
const std::string& curvature_method_name(CurvatureMethod method);

/// What automatic stands for: direct, fft, products or dense.
template <class ExecutionSpace>
CurvatureMethod fastest_curvature(const ExecutionSpace& space, const CurvatureShape& shape) {
  const CurvatureCost cost = curvature_cost(space, shape);
  const double least = std::min({cost.direct, cost.fft, cost.products, cost.dense});
  return cost.direct == least     ? CurvatureMethod::direct
         : cost.fft == least      ? CurvatureMethod::fft
         : cost.products == least ? CurvatureMethod::products
                                  : CurvatureMethod::dense;
}

/// Working memory of curvature_matrix(); what a method needs is made at its first call and kept for
/// calls with the same pixels (the same Views), S and B.
template <class ExecutionSpace, class T = double>
struct CurvatureWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  CurvatureMethod used = CurvatureMethod::automatic;  ///< by the last call

  std::optional<CurvaturePlan<ExecutionSpace, T>> plan;
  std::optional<impl::FftCurvature<ExecutionSpace, T>> transforms;
  SkyPixels<Memory> pixels;  ///< these were made for
  CurvatureShape shape;      ///< of the last call
  WCurvatureWorkspace<ExecutionSpace, T> routes;
  Matrix<double, Memory> w;
  Matrix<T, Memory> converted;
};

namespace impl {
/// F by `options.method`. Without a Hankel part `hankel` is null.
template <class ExecutionSpace, class T>
void curvature_matrix(const ExecutionSpace& space,
                      const StridedInput<const double**, ExecutionSpace>& compact,
                      const StridedInput<const double**, ExecutionSpace>* hankel,
                      const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                      const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                      const StridedOutput<T**, ExecutionSpace>& curvature,
                      const CurvatureOptions& options,
                      CurvatureWorkspace<ExecutionSpace, T>& workspace);
}  // namespace impl

/// F = transpose(T) W T, W_ij = compact at the offset of pixels i and j (w_compact.hpp).
///
/// `compact`: (NY, 2 NX - 1), double, any layout; `pixels`: M, row-major order; `curvature`: (S, S)
/// of the mapping's type, any layout, overwritten, symmetric.
/// Errors: a few units in the last place of the type of the largest entry. `automatic` takes all
/// M B non-zeros for granted, since how many there are is known on the device only.
/// Throws Error on wrong shapes, on pixels outside their frame or out of order, on `fft` in a build
/// without an FFT library, on `dense` with more than w_tilde_limit pixels, on `pairs` with a Hankel
/// part. The first call with a workspace waits while its plan is laid out; further ones are
/// asynchronous on `space`.
template <class ExecutionSpace, class CompactView, class MemorySpace, class T, class CurvatureView>
void curvature_matrix(const ExecutionSpace& space, const CompactView& compact,
                      const SkyPixels<MemorySpace>& pixels,
                      const SparseMapping<MemorySpace, T>& mapping, const CurvatureView& curvature,
                      const CurvatureOptions& options,
                      CurvatureWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("curvature_matrix", "compact", compact, pixels, mapping);
  impl::expect_curvature("curvature_matrix", curvature, mapping);
  impl::curvature_matrix<ExecutionSpace, T>(
      space, strided_input<ExecutionSpace>(compact), nullptr, pixels, mapping,
      strided_output<ExecutionSpace>(curvature), options, workspace);
}

/// The same where real and imaginary noise differ: W_ij has `hankel`, of the same shape, at the sum
/// of the pixels' positions besides.
template <class ExecutionSpace, class CompactView, class HankelView, class MemorySpace, class T,
          class CurvatureView>
void curvature_matrix(const ExecutionSpace& space, const CompactView& compact,
                      const HankelView& hankel, const SkyPixels<MemorySpace>& pixels,
                      const SparseMapping<MemorySpace, T>& mapping, const CurvatureView& curvature,
                      const CurvatureOptions& options,
                      CurvatureWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("curvature_matrix", "compact", compact, pixels, mapping);
  impl::expect_kernel("curvature_matrix", "hankel", hankel, pixels, mapping);
  impl::expect_curvature("curvature_matrix", curvature, mapping);
  const StridedInput<const double**, ExecutionSpace> second = strided_input<ExecutionSpace>(hankel);
  impl::curvature_matrix<ExecutionSpace, T>(
      space, strided_input<ExecutionSpace>(compact), &second, pixels, mapping,
      strided_output<ExecutionSpace>(curvature), options, workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                               \
  extern template void impl::curvature_matrix<Space, T>(                                          \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      const CurvatureOptions&, CurvatureWorkspace<Space, T>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
