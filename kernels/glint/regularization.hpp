// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REGULARIZATION_HPP
#define GLINT_REGULARIZATION_HPP

#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>

/// Constant regularization: neighbouring source pixels should be equally bright,
///   H = c^2 (diag(number of neighbours) - adjacency) + 1e-8 I,
/// so that x^T H x = c^2 sum over pairs of neighbours (x_s - x_t)^2 + 1e-8 x^T x (Warren & Dye
/// 2003, Suyu et al. 2006). Row s of a neighbour table (S, P) lists the neighbours of s; -1 marks
/// unused columns and must only be followed by -1.

namespace glint {

/// The multiple of the identity in H, which makes it positive definite.
inline constexpr double regularization_excess = 1e-8;

namespace impl {
template <class ExecutionSpace, class Index>
void check_neighbours(const ExecutionSpace& space,
                      const StridedInput<const Index**, ExecutionSpace>& neighbours);
template <class ExecutionSpace, class Index, class T>
void add_regularization(const ExecutionSpace& space, double coefficient,
                        const StridedInput<const Index**, ExecutionSpace>& neighbours,
                        const StridedOutput<T**, ExecutionSpace>& matrix, bool overwrite);
}  // namespace impl

/// Throws Error unless every index is from 0 to S-1 or -1, -1 is only followed by -1, no pixel is
/// its own neighbour or one twice, and t is a neighbour of s wherever s is one of t; the sentence
/// names the first row that breaks a rule. `neighbours` (S, P): int or std::int64_t, any layout.
/// Synchronous. Cost: O(S P^2); needed once per mesh.
template <class ExecutionSpace, class NeighbourView>
void check_neighbours(const ExecutionSpace& space, const NeighbourView& neighbours) {
  static_assert(compat::rank_v<NeighbourView> == 2, "glint: a neighbour table has two dimensions");
  impl::check_neighbours<ExecutionSpace, typename NeighbourView::non_const_value_type>(
      space, strided_input<ExecutionSpace>(neighbours));
}

/// matrix = H, (S, S), float or double, any layout. `coefficient`: c, any finite number.
///
/// Throws Error on a wrong shape and a coefficient that is not finite. The table's values are
/// those that check_neighbours() accepts; indices outside are passed over. Asynchronous. Cost:
/// O(S^2 + S P).
template <class ExecutionSpace, class NeighbourView, class MatrixView>
void constant_regularization(const ExecutionSpace& space, double coefficient,
                             const NeighbourView& neighbours, const MatrixView& matrix) {
  const std::size_t sources = neighbours.extent(0);
  expect_shape("constant_regularization", "matrix", matrix,
               std::array<std::size_t, 2>{sources, sources});
  impl::add_regularization<ExecutionSpace, typename NeighbourView::non_const_value_type,
                           typename MatrixView::non_const_value_type>(
      space, coefficient, strided_input<ExecutionSpace>(neighbours),
      strided_output<ExecutionSpace>(matrix), true);
}

/// matrix += H, touching only the non-zeros of H. Otherwise as constant_regularization(). Cost:
/// O(S P).
template <class ExecutionSpace, class NeighbourView, class MatrixView>
void add_constant_regularization(const ExecutionSpace& space, double coefficient,
                                 const NeighbourView& neighbours, const MatrixView& matrix) {
  const std::size_t sources = neighbours.extent(0);
  expect_shape("add_constant_regularization", "matrix", matrix,
               std::array<std::size_t, 2>{sources, sources});
  impl::add_regularization<ExecutionSpace, typename NeighbourView::non_const_value_type,
                           typename MatrixView::non_const_value_type>(
      space, coefficient, strided_input<ExecutionSpace>(neighbours),
      strided_output<ExecutionSpace>(matrix), false);
}

#define GLINT_EXTERN_TABLE(Space, Index)                               \
  extern template void impl::check_neighbours<Space, Index>(           \
      const Space&, const StridedInput<const Index**, Space>&);        \
  extern template void impl::add_regularization<Space, Index, double>( \
      const Space&, double, const StridedInput<const Index**, Space>&, \
      const StridedOutput<double**, Space>&, bool);                    \
  extern template void impl::add_regularization<Space, Index, float>(  \
      const Space&, double, const StridedInput<const Index**, Space>&, \
      const StridedOutput<float**, Space>&, bool);
#define GLINT_EXTERN(Space)      \
  GLINT_EXTERN_TABLE(Space, int) \
  GLINT_EXTERN_TABLE(Space, std::int64_t)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TABLE

}  // namespace glint

#endif
