// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MESH_REGULARIZATION_HPP
#define GLINT_MESH_REGULARIZATION_HPP

#include <glint/evidence.hpp>
#include <glint/regularization.hpp>

/// Regularization by the edges of the source mesh, without a matrix of S x S numbers:
///
///   x^T H x = sum over pairs of neighbours s, t of (q_s + q_t) (x_s - x_t)^2 + sum of e_s x_s^2,
///
/// q >= 0 the strength of a source pixel, e >= 0 what keeps H positive definite. Constant
/// regularization with coefficient c has q = c^2/2 and e = 1e-8 (regularization.hpp). Strengths
/// that follow the brightness: adaptive_regularization.hpp.

namespace glint {

/// H of S source pixels. All arrays only ever grow; assign_regularization() fills them.
template <class MemorySpace>
struct MeshRegularization {
  std::size_t sources = 0;  ///< S
  std::size_t columns = 0;  ///< P of the neighbour table

  Vector<int, MemorySpace> neighbours;    ///< (S P) or longer, row by row, -1 marks unused columns
  Vector<double, MemorySpace> strengths;  ///< q, (S) or longer
  Vector<double, MemorySpace> excess;     ///< e, (S) or longer
};

namespace impl {
template <class ExecutionSpace, class Index>
void assign_regularization(const ExecutionSpace& space,
                           const StridedInput<const Index**, ExecutionSpace>& neighbours,
                           const StridedInput<const double*, ExecutionSpace>* strengths,
                           double coefficient,
                           MeshRegularization<typename ExecutionSpace::memory_space>& h);
template <class ExecutionSpace>
void assign_diagonal(const ExecutionSpace& space, std::size_t sources, double excess,
                     MeshRegularization<typename ExecutionSpace::memory_space>& h);
template <class ExecutionSpace>
void apply_regularization(const ExecutionSpace& space,
                          const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                          const StridedInput<const double*, ExecutionSpace>& x,
                          const StridedOutput<double*, ExecutionSpace>& y);
template <class ExecutionSpace>
void mesh_matrix(const ExecutionSpace& space,
                 const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                 const StridedOutput<double**, ExecutionSpace>& matrix, bool overwrite);
template <class ExecutionSpace>
double mesh_term(const ExecutionSpace& space,
                 const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                 const StridedInput<const double*, ExecutionSpace>& x);
}  // namespace impl

/// h = constant regularization, as constant_regularization() has it.
///
/// `neighbours` (S, P): a table that check_neighbours() accepts, int or std::int64_t, any layout;
/// indices outside are passed over. Throws Error for a coefficient whose square is not finite.
/// Asynchronous; allocates where `h` is too small.
template <class ExecutionSpace, class NeighbourView, class MemorySpace>
void assign_regularization(const ExecutionSpace& space, const NeighbourView& neighbours,
                           double coefficient, MeshRegularization<MemorySpace>& h) {
  static_assert(compat::rank_v<NeighbourView> == 2, "glint: a neighbour table has two dimensions");
  impl::assign_regularization<ExecutionSpace, typename NeighbourView::non_const_value_type>(
      space, strided_input<ExecutionSpace>(neighbours), nullptr, coefficient, h);
}

/// h of strengths q, `strengths` (S), double, from 0 up and finite, which is not checked; e = 1e-8.
/// Throws Error on a wrong shape. Asynchronous; allocates where `h` is too small.
template <class ExecutionSpace, class NeighbourView, class StrengthView, class MemorySpace,
          class = std::enable_if_t<Kokkos::is_view<StrengthView>::value>>
void assign_regularization(const ExecutionSpace& space, const NeighbourView& neighbours,
                           const StrengthView& strengths, MeshRegularization<MemorySpace>& h) {
  static_assert(compat::rank_v<NeighbourView> == 2, "glint: a neighbour table has two dimensions");
  expect_shape("assign_regularization", "strengths", strengths,
               std::array<std::size_t, 1>{neighbours.extent(0)});
  const StridedInput<const double*, ExecutionSpace> q = strided_input<ExecutionSpace>(strengths);
  impl::assign_regularization<ExecutionSpace, typename NeighbourView::non_const_value_type>(
      space, strided_input<ExecutionSpace>(neighbours), &q, 0.0, h);
}

/// h = `excess` times the identity of `sources` rows, for what has no mesh; 0 is no regularization
/// at all. Throws Error unless it is a finite number from 0 up. Asynchronous; allocates where `h`
/// is too small.
template <class ExecutionSpace, class MemorySpace>
void assign_diagonal(const ExecutionSpace& space, std::size_t sources, double excess,
                     MeshRegularization<MemorySpace>& h) {
  impl::assign_diagonal<ExecutionSpace>(space, sources, excess, h);
}

/// y = H x. `x`, `y` (S): double, any stride, not the same. Throws Error on wrong shapes.
/// Asynchronous. Cost: S P.
template <class ExecutionSpace, class MemorySpace, class InView, class OutView>
void apply_regularization(const ExecutionSpace& space, const MeshRegularization<MemorySpace>& h,
                          const InView& x, const OutView& y) {
  expect_shape("apply_regularization", "x", x, std::array<std::size_t, 1>{h.sources});
  expect_shape("apply_regularization", "y", y, std::array<std::size_t, 1>{h.sources});
  impl::apply_regularization<ExecutionSpace>(space, h, strided_input<ExecutionSpace>(x),
                                             strided_output<ExecutionSpace>(y));
}

/// matrix = H, dense (S, S), double, any layout. Throws Error on a wrong shape. Asynchronous.
/// Cost: S^2 + S P.
template <class ExecutionSpace, class MemorySpace, class MatrixView>
void regularization_matrix(const ExecutionSpace& space, const MeshRegularization<MemorySpace>& h,
                           const MatrixView& matrix) {
  expect_shape("regularization_matrix", "matrix", matrix,
               std::array<std::size_t, 2>{h.sources, h.sources});
  impl::mesh_matrix<ExecutionSpace>(space, h, strided_output<ExecutionSpace>(matrix), true);
}

/// matrix += H, touching only the non-zeros of H. Otherwise as regularization_matrix(). Cost: S P.
template <class ExecutionSpace, class MemorySpace, class MatrixView>
void add_regularization_matrix(const ExecutionSpace& space,
                               const MeshRegularization<MemorySpace>& h, const MatrixView& matrix) {
  expect_shape("add_regularization_matrix", "matrix", matrix,
               std::array<std::size_t, 2>{h.sources, h.sources});
  impl::mesh_matrix<ExecutionSpace>(space, h, strided_output<ExecutionSpace>(matrix), false);
}

/// x^T H x, as the sum of squares above. `x` (S): double. Throws Error on a wrong shape.
/// Synchronous. Cost: S P.
template <class ExecutionSpace, class MemorySpace, class VectorView>
double regularization_term(const ExecutionSpace& space, const MeshRegularization<MemorySpace>& h,
                           const VectorView& x) {
  expect_shape("regularization_term", "x", x, std::array<std::size_t, 1>{h.sources});
  return impl::mesh_term<ExecutionSpace>(space, h, strided_input<ExecutionSpace>(x));
}

/// Working memory of log_determinant(), which only grows.
template <class ExecutionSpace>
struct MeshWorkspace {
  std::vector<int> neighbours;
  std::vector<double> strengths, excess;
  impl::MeshElimination mesh;
};

namespace impl {
template <class ExecutionSpace>
double mesh_log_determinant(const ExecutionSpace& space,
                            const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                            MeshWorkspace<ExecutionSpace>& workspace);
}  // namespace impl

/// ln det H without subtractions, on the host, as log_determinant_regularization() does and at its
/// cost. Source pixels with neither neighbours nor excess are no part of it; -infinity where H is
/// singular all the same. Throws Error when check_neighbours() would, and when a strength or an
/// excess is not a finite number from 0 up, naming the first. Synchronous.
template <class ExecutionSpace, class MemorySpace>
double log_determinant(const ExecutionSpace& space, const MeshRegularization<MemorySpace>& h,
                       MeshWorkspace<ExecutionSpace>& workspace) {
  return impl::mesh_log_determinant<ExecutionSpace>(space, h, workspace);
}

#define GLINT_EXTERN(Space)                                                                  \
  extern template void impl::assign_regularization<Space, int>(                              \
      const Space&, const StridedInput<const int**, Space>&,                                 \
      const StridedInput<const double*, Space>*, double,                                     \
      MeshRegularization<typename Space::memory_space>&);                                    \
  extern template void impl::assign_regularization<Space, std::int64_t>(                     \
      const Space&, const StridedInput<const std::int64_t**, Space>&,                        \
      const StridedInput<const double*, Space>*, double,                                     \
      MeshRegularization<typename Space::memory_space>&);                                    \
  extern template void impl::assign_diagonal<Space>(                                         \
      const Space&, std::size_t, double, MeshRegularization<typename Space::memory_space>&); \
  extern template void impl::apply_regularization<Space>(                                    \
      const Space&, const MeshRegularization<typename Space::memory_space>&,                 \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&);      \
  extern template void impl::mesh_matrix<Space>(                                             \
      const Space&, const MeshRegularization<typename Space::memory_space>&,                 \
      const StridedOutput<double**, Space>&, bool);                                          \
  extern template double impl::mesh_term<Space>(                                             \
      const Space&, const MeshRegularization<typename Space::memory_space>&,                 \
      const StridedInput<const double*, Space>&);                                            \
  extern template double impl::mesh_log_determinant<Space>(                                  \
      const Space&, const MeshRegularization<typename Space::memory_space>&,                 \
      MeshWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
