// SPDX-License-Identifier: BSD-3-Clause
#include "linalg_library.hpp"

#if defined(GLINT_HAVE_KOKKOS_KERNELS)
#include <KokkosBlas3_gemm.hpp>
#include <KokkosSparse_CrsMatrix.hpp>
#include <KokkosSparse_spmv.hpp>

namespace glint::impl {
namespace {

/// Newer versions take an instance, older ones use the default one: then `space` waits on both
/// sides.
template <class ExecutionSpace, class... Arguments>
concept GemmOnInstance = requires(const ExecutionSpace& space, const Arguments&... arguments) {
  KokkosBlas::gemm(space, arguments...);
};
template <class ExecutionSpace, class... Arguments>
concept SpmvOnInstance = requires(const ExecutionSpace& space, const Arguments&... arguments) {
  KokkosSparse::spmv(space, arguments...);
};

}  // namespace

template <class ExecutionSpace, class T>
void library_gemm(const ExecutionSpace& space, Op op_a, Op op_b, T alpha,
                  const InputMatrix<T, ExecutionSpace>& a, const InputMatrix<T, ExecutionSpace>& b,
                  T beta, const OutputMatrix<T, ExecutionSpace>& c) {
  const char* const mode_a = op_a == Op::transpose ? "T" : "N";
  const char* const mode_b = op_b == Op::transpose ? "T" : "N";
  if constexpr (GemmOnInstance<ExecutionSpace, const char*, const char*, T,
                               InputMatrix<T, ExecutionSpace>, InputMatrix<T, ExecutionSpace>, T,
                               OutputMatrix<T, ExecutionSpace>>) {
    KokkosBlas::gemm(space, mode_a, mode_b, alpha, a, b, beta, c);
  } else {
    compat::fence(space, "glint::gemm::before");
    KokkosBlas::gemm(mode_a, mode_b, alpha, a, b, beta, c);
    compat::fence(ExecutionSpace(), "glint::gemm::after");
  }
}

template <class ExecutionSpace, class T>
void library_sparse(const ExecutionSpace& space,
                    const SparseMapping<typename ExecutionSpace::memory_space, T>& a,
                    const InputMatrix<T, ExecutionSpace>& x,
                    const OutputMatrix<T, ExecutionSpace>& y) {
  using Device = Kokkos::Device<ExecutionSpace, typename ExecutionSpace::memory_space>;
  using Crs = KokkosSparse::CrsMatrix<T, int, Device, void, int>;
  const Crs matrix("glint::sparse_times_dense::matrix", static_cast<int>(a.pixels),
                   static_cast<int>(a.sources), static_cast<int>(a.values.extent(0)), a.values,
                   Kokkos::subview(a.offsets, std::make_pair(std::size_t(0), a.pixels + 1)),
                   a.columns);
  const char mode[] = "N";
  if constexpr (SpmvOnInstance<ExecutionSpace, char[2], T, Crs, InputMatrix<T, ExecutionSpace>, T,
                               OutputMatrix<T, ExecutionSpace>>) {
    KokkosSparse::spmv(space, mode, T(1), matrix, x, T(0), y);
  } else {
    compat::fence(space, "glint::sparse_times_dense::before");
    KokkosSparse::spmv(mode, T(1), matrix, x, T(0), y);
    compat::fence(ExecutionSpace(), "glint::sparse_times_dense::after");
  }
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                      \
  template void library_gemm<Space, T>(const Space&, Op, Op, T, const InputMatrix<T, Space>&, \
                                       const InputMatrix<T, Space>&, T,                       \
                                       const OutputMatrix<T, Space>&);                        \
  template void library_sparse<Space, T>(                                                     \
      const Space&, const SparseMapping<typename Space::memory_space, T>&,                    \
      const InputMatrix<T, Space>&, const OutputMatrix<T, Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint::impl
#endif
