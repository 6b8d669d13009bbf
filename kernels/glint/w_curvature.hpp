// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_W_CURVATURE_HPP
#define GLINT_W_CURVATURE_HPP

#include <glint/linalg.hpp>
#include <glint/omega.hpp>

/// The curvature matrix F = T^T W T by the routes that are common elsewhere: from a W in memory,
/// from sums over pairs of pixels and through Omega = W T. CurvaturePlan in curvature.hpp is the
/// one to use; these serve small problems, comparisons and tests.
///
/// `curvature` (S, S): of the mapping's type, any layout; overwritten, exactly symmetric. Sums are
/// kept in that type: errors are some 1e-15 of the largest entry in double, 1e-6 in float. All
/// throw Error on wrong shapes and are asynchronous.

namespace glint {

/// How F is made of a W in memory.
enum class WCurvature {
  dense,     ///< T as a dense matrix, two products: M^2 S + M S^2 multiply-adds
  sparse,    ///< W T by the non-zeros of T, W read once, then T^T of that: nnz (M + S / 2)
  products,  ///< the same as two products of a sparse and a dense matrix by linalg.hpp: nnz (M + S)
};

struct WCurvatureOptions {
  WCurvature method = WCurvature::sparse;
  Linalg linalg = Linalg::automatic;  ///< who multiplies, for dense and products
};

/// "dense", "sparse", "products".
const std::string& w_curvature_name(WCurvature method);

/// Working memory: M S sizeof T bytes for all but the pairs (S^2 for those), for `products` twice
/// that, for `dense` S^2 more, and what OmegaWorkspace says. Nothing is allocated as long as sizes
/// stay.
template <class ExecutionSpace, class T = double>
struct WCurvatureWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  OmegaWorkspace<ExecutionSpace, T> omega;
  Vector<T, Memory> product, other, result;
};

namespace impl {
template <class ExecutionSpace, class T>
void curvature_from_w(const ExecutionSpace& space, const InputMatrix<T, ExecutionSpace>& w,
                      const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                      const StridedOutput<T**, ExecutionSpace>& curvature,
                      const WCurvatureOptions& options,
                      WCurvatureWorkspace<ExecutionSpace, T>& workspace);

/// Which layout a kernel of W is in.
enum class PairLayout { compact, preload };

template <class ExecutionSpace, class T>
void curvature_pairs(const ExecutionSpace& space, PairLayout layout,
                     const StridedInput<const double**, ExecutionSpace>& kernel,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                     const StridedOutput<T**, ExecutionSpace>& curvature,
                     WCurvatureWorkspace<ExecutionSpace, T>& workspace);

/// Without a Hankel part `hankel` is null.
template <class ExecutionSpace, class T>
void curvature_products(const ExecutionSpace& space,
                        const StridedInput<const double**, ExecutionSpace>& compact,
                        const StridedInput<const double**, ExecutionSpace>* hankel,
                        const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                        const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                        const StridedOutput<T**, ExecutionSpace>& curvature,
                        WCurvatureWorkspace<ExecutionSpace, T>& workspace);

template <class View, class MemorySpace, class T>
void expect_curvature(const char* function, const View& curvature,
                      const SparseMapping<MemorySpace, T>& mapping) {
  expect_shape(function, "curvature", curvature,
               std::array<std::size_t, 2>{mapping.sources, mapping.sources});
}
}  // namespace impl

/// F from `w` (M, M): W, symmetric, row-major, of the mapping's type. KokkosKernels waits, see
/// Linalg. Throws Error on Linalg::kokkos_kernels in a build without it.
template <class ExecutionSpace, class WView, class MemorySpace, class T, class CurvatureView>
void curvature_from_w(const ExecutionSpace& space, const WView& w,
                      const SparseMapping<MemorySpace, T>& mapping, const CurvatureView& curvature,
                      const WCurvatureOptions& options,
                      WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  expect_shape("curvature_from_w", "w", w,
               std::array<std::size_t, 2>{mapping.pixels, mapping.pixels});
  impl::expect_curvature("curvature_from_w", curvature, mapping);
  impl::curvature_from_w<ExecutionSpace, T>(space, input_matrix<ExecutionSpace>(w), mapping,
                                            strided_output<ExecutionSpace>(curvature), options,
                                            workspace);
}

/// F from the layout of w_preload(), `preload` (2 NY, 2 NX): the pairs of pixels i < j and the
/// diagonal apart, then made symmetric. Cost: nnz^2 / 2 multiply-adds.
template <class ExecutionSpace, class PreloadView, class MemorySpace, class T, class CurvatureView>
void curvature_from_preload(const ExecutionSpace& space, const PreloadView& preload,
                            const SkyPixels<MemorySpace>& pixels,
                            const SparseMapping<MemorySpace, T>& mapping,
                            const CurvatureView& curvature,
                            WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  expect_shape("curvature_from_preload", "preload", preload,
               std::array<std::size_t, 2>{2 * pixels.grid.ny, 2 * pixels.grid.nx});
  impl::expect_pixels("curvature_from_preload", pixels, mapping);
  impl::expect_curvature("curvature_from_preload", curvature, mapping);
  impl::curvature_pairs<ExecutionSpace, T>(space, impl::PairLayout::preload,
                                           strided_input<ExecutionSpace>(preload), pixels, mapping,
                                           strided_output<ExecutionSpace>(curvature), workspace);
}

/// F from the layout of w_compact(), `compact` (NY, 2 NX - 1), by its definition: all pairs of
/// pixels and of their sources. Cost: nnz^2 multiply-adds.
template <class ExecutionSpace, class CompactView, class MemorySpace, class T, class CurvatureView>
void curvature_from_compact_pairs(const ExecutionSpace& space, const CompactView& compact,
                                  const SkyPixels<MemorySpace>& pixels,
                                  const SparseMapping<MemorySpace, T>& mapping,
                                  const CurvatureView& curvature,
                                  WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("curvature_from_compact_pairs", "compact", compact, pixels, mapping);
  impl::expect_curvature("curvature_from_compact_pairs", curvature, mapping);
  impl::curvature_pairs<ExecutionSpace, T>(space, impl::PairLayout::compact,
                                           strided_input<ExecutionSpace>(compact), pixels, mapping,
                                           strided_output<ExecutionSpace>(curvature), workspace);
}

/// F = T^T omega() from the layout of w_compact(). Cost: nnz (M + S / 2) multiply-adds.
template <class ExecutionSpace, class CompactView, class MemorySpace, class T, class CurvatureView>
void curvature_from_compact_products(const ExecutionSpace& space, const CompactView& compact,
                                     const SkyPixels<MemorySpace>& pixels,
                                     const SparseMapping<MemorySpace, T>& mapping,
                                     const CurvatureView& curvature,
                                     WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("curvature_from_compact_products", "compact", compact, pixels, mapping);
  impl::expect_curvature("curvature_from_compact_products", curvature, mapping);
  impl::curvature_products<ExecutionSpace, T>(space, strided_input<ExecutionSpace>(compact),
                                              nullptr, pixels, mapping,
                                              strided_output<ExecutionSpace>(curvature), workspace);
}

/// The same where real and imaginary noise differ, with the Hankel part of omega(): nnz (2 M +
/// S / 2).
template <class ExecutionSpace, class CompactView, class HankelView, class MemorySpace, class T,
          class CurvatureView>
void curvature_from_compact_products(const ExecutionSpace& space, const CompactView& compact,
                                     const HankelView& hankel, const SkyPixels<MemorySpace>& pixels,
                                     const SparseMapping<MemorySpace, T>& mapping,
                                     const CurvatureView& curvature,
                                     WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("curvature_from_compact_products", "compact", compact, pixels, mapping);
  impl::expect_kernel("curvature_from_compact_products", "hankel", hankel, pixels, mapping);
  impl::expect_curvature("curvature_from_compact_products", curvature, mapping);
  const StridedInput<const double**, ExecutionSpace> second = strided_input<ExecutionSpace>(hankel);
  impl::curvature_products<ExecutionSpace, T>(space, strided_input<ExecutionSpace>(compact),
                                              &second, pixels, mapping,
                                              strided_output<ExecutionSpace>(curvature), workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                               \
  extern template void impl::curvature_from_w<Space, T>(                                          \
      const Space&, const InputMatrix<T, Space>&,                                                 \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      const WCurvatureOptions&, WCurvatureWorkspace<Space, T>&);                                  \
  extern template void impl::curvature_pairs<Space, T>(                                           \
      const Space&, impl::PairLayout, const StridedInput<const double**, Space>&,                 \
      const SkyPixels<typename Space::memory_space>&,                                             \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      WCurvatureWorkspace<Space, T>&);                                                            \
  extern template void impl::curvature_products<Space, T>(                                        \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      WCurvatureWorkspace<Space, T>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
