// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LINALG_LIBRARY_HPP
#define GLINT_LINALG_LIBRARY_HPP

#include <glint/linalg.hpp>

/// The products by KokkosKernels, which exist where glint is configured with it
/// (GLINT_HAVE_KOKKOS_KERNELS).

namespace glint::impl {

template <class ExecutionSpace, class T>
void library_gemm(const ExecutionSpace& space, Op op_a, Op op_b, T alpha,
                  const InputMatrix<T, ExecutionSpace>& a, const InputMatrix<T, ExecutionSpace>& b,
                  T beta, const OutputMatrix<T, ExecutionSpace>& c);
template <class ExecutionSpace, class T>
void library_sparse(const ExecutionSpace& space,
                    const SparseMapping<typename ExecutionSpace::memory_space, T>& a,
                    const InputMatrix<T, ExecutionSpace>& x,
                    const OutputMatrix<T, ExecutionSpace>& y);

}  // namespace glint::impl

#endif
