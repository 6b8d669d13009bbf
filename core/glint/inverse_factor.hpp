// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INVERSE_FACTOR_HPP
#define GLINT_INVERSE_FACTOR_HPP

#include <glint/dense_solve.hpp>

/// The inverse of a Cholesky factor, for what needs more of A^-1 than its product with a vector.

namespace glint {

namespace impl {
template <class ExecutionSpace>
void inverse_factor(const ExecutionSpace& space, std::size_t size, const DenseMatrix& u,
                    const DenseMatrix& v, double* panels);
/// Numbers that inverse_factor() needs as `panels`.
template <class ExecutionSpace>
std::size_t inverse_factor_numbers(const ExecutionSpace& space, std::size_t size);
}  // namespace impl

/// Working memory of inverse_factor(), which only grows: 512 bytes for every unknown and thread of
/// a host.
template <class ExecutionSpace>
struct InverseFactorWorkspace {
  Vector<double, typename ExecutionSpace::memory_space> panels;
};

/// V = U^-T for the U that CholeskyPlan::factor() left, so that A^-1 = V^T V: the lower triangle of
/// `v` (S, S), and zeros above it. `u` and `v` apart from each other, rows contiguous. Throws Error
/// on wrong shapes. Asynchronous. Cost: S^3/6 multiply-adds.
template <class ExecutionSpace, class MatrixView, class InverseView>
void inverse_factor(const ExecutionSpace& space, const MatrixView& u, const InverseView& v,
                    InverseFactorWorkspace<ExecutionSpace>& workspace) {
  const std::size_t size = u.extent(0);
  const auto from = impl::dense_matrix<ExecutionSpace>("inverse_factor", "U", u, size);
  const auto to = impl::dense_matrix<ExecutionSpace>("inverse_factor", "V", v, size);
  grow(space, "glint::inverse_factor::panels",
       impl::inverse_factor_numbers<ExecutionSpace>(space, size), workspace.panels);
  impl::inverse_factor<ExecutionSpace>(space, size, from, to, workspace.panels.data());
}

#define GLINT_EXTERN(Space)                                                                    \
  extern template void impl::inverse_factor<Space>(                                            \
      const Space&, std::size_t, const impl::DenseMatrix&, const impl::DenseMatrix&, double*); \
  extern template std::size_t impl::inverse_factor_numbers<Space>(const Space&, std::size_t);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
