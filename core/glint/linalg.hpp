// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LINALG_HPP
#define GLINT_LINALG_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/sparse_mapping.hpp>
#include <string>

/// Matrix products of glint's own and of KokkosKernels behind one interface.

namespace glint {

/// Who multiplies.
enum class Linalg {
  automatic,       ///< kokkos_kernels on devices where the build has it, otherwise plain
  plain,           ///< glint's own kernels, in every build
  kokkos_kernels,  ///< KokkosKernels; waits for the instance before and after where its functions
                   ///< take none
};

/// "automatic", "plain", "kokkos-kernels".
const std::string& linalg_name(Linalg linalg);

/// Whether this build of glint has KokkosKernels.
bool has_kokkos_kernels();

/// Whether a factor is used as it is or transposed.
enum class Op { none, transpose };

namespace impl {
template <class ExecutionSpace, class T>
void gemm(const ExecutionSpace& space, Op op_a, Op op_b, T alpha,
          const InputMatrix<T, ExecutionSpace>& a, const InputMatrix<T, ExecutionSpace>& b, T beta,
          const OutputMatrix<T, ExecutionSpace>& c, Linalg linalg);
template <class ExecutionSpace, class T>
void sparse_times_dense(const ExecutionSpace& space,
                        const SparseMapping<typename ExecutionSpace::memory_space, T>& a,
                        const InputMatrix<T, ExecutionSpace>& x,
                        const OutputMatrix<T, ExecutionSpace>& y, Linalg linalg);
}  // namespace impl

/// C = alpha op(A) op(B) + beta C; what C held is not read when beta is 0.
///
/// Row-major matrices of double or float, C apart from A and B. Throws Error on shapes that do not
/// fit and on Linalg::kokkos_kernels in a build without it. Asynchronous, but see Linalg. Cost: one
/// multiply-add for each row, column and term.
template <class ExecutionSpace, class AView, class BView, class CView>
void gemm(const ExecutionSpace& space, Op op_a, Op op_b, typename CView::non_const_value_type alpha,
          const AView& a, const BView& b, typename CView::non_const_value_type beta, const CView& c,
          Linalg linalg = Linalg::automatic) {
  using T = typename CView::non_const_value_type;
  const bool ta = op_a == Op::transpose, tb = op_b == Op::transpose;
  const std::size_t rows = a.extent(ta ? 1 : 0), terms = a.extent(ta ? 0 : 1);
  expect_shape("gemm", "b", b,
               tb ? std::array<std::size_t, 2>{b.extent(0), terms}
                  : std::array<std::size_t, 2>{terms, b.extent(1)});
  expect_shape("gemm", "c", c, std::array<std::size_t, 2>{rows, b.extent(tb ? 0 : 1)});
  impl::gemm<ExecutionSpace, T>(space, op_a, op_b, alpha, input_matrix<ExecutionSpace>(a),
                                input_matrix<ExecutionSpace>(b), beta,
                                output_matrix<ExecutionSpace>(c), linalg);
}

/// Y = A X with a sparse A of a.pixels rows and a.sources columns.
///
/// `x` (columns of A, C) and `y` (rows of A, C): row-major, of A's type; `y` is overwritten. Throws
/// Error on shapes that do not fit and on Linalg::kokkos_kernels in a build without it.
/// Asynchronous, but see Linalg. Cost: C multiply-adds for each non-zero.
template <class ExecutionSpace, class MemorySpace, class T, class XView, class YView>
void sparse_times_dense(const ExecutionSpace& space, const SparseMapping<MemorySpace, T>& a,
                        const XView& x, const YView& y, Linalg linalg = Linalg::automatic) {
  expect_shape("sparse_times_dense", "x", x, std::array<std::size_t, 2>{a.sources, x.extent(1)});
  expect_shape("sparse_times_dense", "y", y, std::array<std::size_t, 2>{a.pixels, x.extent(1)});
  impl::sparse_times_dense<ExecutionSpace, T>(space, a, input_matrix<ExecutionSpace>(x),
                                              output_matrix<ExecutionSpace>(y), linalg);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                                \
  extern template void impl::gemm<Space, T>(const Space&, Op, Op, T, const InputMatrix<T, Space>&, \
                                            const InputMatrix<T, Space>&, T,                       \
                                            const OutputMatrix<T, Space>&, Linalg);                \
  extern template void impl::sparse_times_dense<Space, T>(                                         \
      const Space&, const SparseMapping<typename Space::memory_space, T>&,                         \
      const InputMatrix<T, Space>&, const OutputMatrix<T, Space>&, Linalg);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
