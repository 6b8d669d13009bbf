// SPDX-License-Identifier: BSD-3-Clause
#include <glint/linalg.hpp>
#include <limits>

#include "linalg_library.hpp"
#include "linalg_plain.hpp"

namespace glint {

const std::string& linalg_name(Linalg linalg) {
  static const std::string names[] = {"automatic", "plain", "kokkos-kernels"};
  return names[static_cast<int>(linalg)];
}

bool has_kokkos_kernels() {
#if defined(GLINT_HAVE_KOKKOS_KERNELS)
  return true;
#else
  return false;
#endif
}

namespace impl {

namespace {
template <class ExecutionSpace>
bool by_library(const char* function, Linalg linalg) {
  GLINT_EXPECTS(linalg != Linalg::kokkos_kernels || has_kokkos_kernels(), function,
                ": 'kokkos-kernels' was asked for, but this build of glint has no KokkosKernels; "
                "'plain' needs none");
  if (linalg == Linalg::automatic)
    return has_kokkos_kernels() && !is_host_execution_v<ExecutionSpace>;
  return linalg == Linalg::kokkos_kernels;
}
}  // namespace

template <class ExecutionSpace, class T>
void gemm(const ExecutionSpace& space, Op op_a, Op op_b, T alpha,
          const InputMatrix<T, ExecutionSpace>& a, const InputMatrix<T, ExecutionSpace>& b, T beta,
          const OutputMatrix<T, ExecutionSpace>& c, Linalg linalg) {
  using Gemm = PlainGemm<ExecutionSpace, T>;
  const bool library = by_library<ExecutionSpace>("gemm", linalg);
  if (c.size() == 0) return;
  const bool ta = op_a == Op::transpose, tb = op_b == Op::transpose;
  const std::size_t terms = a.extent(ta ? 0 : 1);
#if defined(GLINT_HAVE_KOKKOS_KERNELS)
  if (library && terms > 0)
    return library_gemm<ExecutionSpace, T>(space, op_a, op_b, alpha, a, b, beta, c);
#else
  static_cast<void>(library);
#endif
  const auto a_step = static_cast<std::size_t>(a.stride(0));
  const auto b_step = static_cast<std::size_t>(b.stride(0));
  const std::size_t blocks = (c.extent(1) + Gemm::columns - 1) / Gemm::columns;
  const std::size_t row_blocks = (c.extent(0) + Gemm::rows - 1) / Gemm::rows;
  Kokkos::parallel_for("glint::gemm::blocks", range(space, row_blocks * blocks),
                       Gemm{a.data(), b.data(), c, terms, ta ? 1 : a_step, ta ? a_step : 1,
                            tb ? 1 : b_step, tb ? b_step : 1, row_blocks, alpha, beta});
}

template <class ExecutionSpace, class T>
void sparse_times_dense(const ExecutionSpace& space,
                        const SparseMapping<typename ExecutionSpace::memory_space, T>& a,
                        const InputMatrix<T, ExecutionSpace>& x,
                        const OutputMatrix<T, ExecutionSpace>& y, Linalg linalg) {
  using Sparse = PlainSparse<ExecutionSpace, T>;
  const bool library = by_library<ExecutionSpace>("sparse_times_dense", linalg);
  if (y.size() == 0) return;
#if defined(GLINT_HAVE_KOKKOS_KERNELS)
  if (library && x.size() > 0) return library_sparse<ExecutionSpace, T>(space, a, x, y);
#else
  static_cast<void>(library);
#endif
  const std::size_t blocks = (y.extent(1) + Sparse::columns - 1) / Sparse::columns;
  Kokkos::parallel_for("glint::sparse_times_dense::rows", range(space, a.pixels * blocks),
                       Sparse{a.offsets, a.columns, a.values, x, y, blocks});
}

}  // namespace impl

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                    \
  template void impl::gemm<Space, T>(const Space&, Op, Op, T, const InputMatrix<T, Space>&, \
                                     const InputMatrix<T, Space>&, T,                       \
                                     const OutputMatrix<T, Space>&, Linalg);                \
  template void impl::sparse_times_dense<Space, T>(                                         \
      const Space&, const SparseMapping<typename Space::memory_space, T>&,                  \
      const InputMatrix<T, Space>&, const OutputMatrix<T, Space>&, Linalg);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
