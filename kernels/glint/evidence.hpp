// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_EVIDENCE_HPP
#define GLINT_EVIDENCE_HPP

#include <cstdint>
#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/impl/mesh_elimination.hpp>
#include <glint/uv_data.hpp>
#include <vector>

/// The terms of the evidence of a source reconstruction (Suyu et al. 2006, equation 19):
///
///   ln likelihood = -1/2 [chi^2 + x^T H x + ln det(F + H) - ln det H + sum of ln(2 pi sigma^2)],
///   chi^2 = x^T F x - 2 x^T D + sum of (data/sigma)^2.

namespace glint {

/// All terms, named as in the files.
struct Evidence {
  double chi_squared = 0.0;
  double regularization_term = 0.0;    ///< x^T H x
  double data_term = 0.0;              ///< sum over both parts of (data/sigma)^2
  double noise_normalization = 0.0;    ///< sum over both parts of ln(2 pi sigma^2)
  double logdet_curvature_reg = 0.0;   ///< ln det(F + H)
  double logdet_regularization = 0.0;  ///< ln det H
  double log_likelihood = 0.0;
};

/// The log likelihood of the other terms.
inline double log_likelihood(const Evidence& terms) {
  return -0.5 * (terms.chi_squared + terms.regularization_term + terms.logdet_curvature_reg -
                 terms.logdet_regularization + terms.noise_normalization);
}

namespace impl {
/// The table on the host, row by row, where it is not there already.
template <class ExecutionSpace>
struct HostNeighbours {
  Vector<int, typename ExecutionSpace::memory_space> packed;
  std::vector<int> values;
};

template <class ExecutionSpace>
double visibility_sum(const ExecutionSpace& space,
                      const UvData<typename ExecutionSpace::memory_space>& data, bool logarithms);
template <class ExecutionSpace>
double chi_squared(const ExecutionSpace& space,
                   const StridedInput<const double**, ExecutionSpace>& curvature,
                   const StridedInput<const double*, ExecutionSpace>& data_vector,
                   const StridedInput<const double*, ExecutionSpace>& x);
template <class ExecutionSpace, class Index>
double regularization_term(const ExecutionSpace& space, double coefficient,
                           const StridedInput<const Index**, ExecutionSpace>& neighbours,
                           const StridedInput<const double*, ExecutionSpace>& x);
template <class ExecutionSpace, class Index>
void assign_mesh(const ExecutionSpace& space,
                 const StridedInput<const Index**, ExecutionSpace>& neighbours,
                 HostNeighbours<ExecutionSpace>& host, MeshElimination& mesh);
double log_determinant_regularization(double coefficient, MeshElimination& mesh);
/// The same and its derivative with respect to coefficient^2.
Slope log_determinant_regularization_slope(double coefficient, MeshElimination& mesh);
}  // namespace impl

/// Sum over the visibilities of ln(2 pi noise_re^2) + ln(2 pi noise_im^2). UvSums has it without
/// another pass. Throws Error on columns of different lengths. Synchronous.
template <class ExecutionSpace>
double noise_normalization(const ExecutionSpace& space,
                           const UvData<typename ExecutionSpace::memory_space>& data) {
  return impl::visibility_sum(space, data, true);
}

/// Sum over the visibilities of (re/noise_re)^2 + (im/noise_im)^2. UvSums has it without another
/// pass. Throws Error on columns of different lengths. Synchronous.
template <class ExecutionSpace>
double data_term(const ExecutionSpace& space,
                 const UvData<typename ExecutionSpace::memory_space>& data) {
  return impl::visibility_sum(space, data, false);
}

/// x^T F x - 2 x^T D + data_term. `curvature` F: (S, S), all of it; `data_vector` D and `x`: (S);
/// double, of any layout. Terms of the size of data_term cancel, so the result is right to rounding
/// of that. Throws Error on wrong shapes. Synchronous. Cost: S^2.
template <class ExecutionSpace, class MatrixView, class DataView, class VectorView>
double chi_squared(const ExecutionSpace& space, const MatrixView& curvature,
                   const DataView& data_vector, const VectorView& x, double data_term) {
  const std::size_t size = curvature.extent(0);
  expect_shape("chi_squared", "curvature", curvature, std::array<std::size_t, 2>{size, size});
  expect_shape("chi_squared", "data_vector", data_vector, std::array<std::size_t, 1>{size});
  expect_shape("chi_squared", "x", x, std::array<std::size_t, 1>{size});
  return data_term + impl::chi_squared<ExecutionSpace>(space,
                                                       strided_input<ExecutionSpace>(curvature),
                                                       strided_input<ExecutionSpace>(data_vector),
                                                       strided_input<ExecutionSpace>(x));
}

/// x^T H x = coefficient^2 sum over pairs of neighbours (x_s - x_t)^2 + 1e-8 x^T x, H as
/// constant_regularization() makes it. `neighbours` (S, P): a table that check_neighbours()
/// accepts, int or std::int64_t; `x` (S): double. Throws Error on a wrong shape. Synchronous. Cost:
/// S P.
template <class ExecutionSpace, class NeighbourView, class VectorView>
double regularization_term(const ExecutionSpace& space, double coefficient,
                           const NeighbourView& neighbours, const VectorView& x) {
  expect_shape("regularization_term", "x", x, std::array<std::size_t, 1>{neighbours.extent(0)});
  return impl::regularization_term<ExecutionSpace, typename NeighbourView::non_const_value_type>(
      space, coefficient, strided_input<ExecutionSpace>(neighbours),
      strided_input<ExecutionSpace>(x));
}

/// Working memory of log_determinant_regularization(), which only grows.
template <class ExecutionSpace>
struct RegularizationWorkspace {
  impl::HostNeighbours<ExecutionSpace> neighbours;
  impl::MeshElimination mesh;
};

/// ln det H, H = coefficient^2 (diag(number of neighbours) - adjacency) + 1e-8 I, of a neighbour
/// table (S, P), int or std::int64_t, any layout.
///
/// By elimination without subtractions on the host (impl/mesh_elimination.hpp), so that the pivot
/// of about 1e-8 S that each connected part of the mesh has is right to rounding, which a
/// factorization of the stored matrix cannot give: its diagonal has lost half the digits of 1e-8.
/// Throws Error when check_neighbours() would, and for a coefficient whose square is not finite.
/// Synchronous. Cost: about S B^2/2 multiply-adds, B some 1.5 sqrt(S) for a plane mesh: less than
/// the factorization of F + H by a factor of 20 at S = 1000 and more above.
template <class ExecutionSpace, class NeighbourView>
double log_determinant_regularization(const ExecutionSpace& space, double coefficient,
                                      const NeighbourView& neighbours,
                                      RegularizationWorkspace<ExecutionSpace>& workspace) {
  impl::assign_mesh<ExecutionSpace, typename NeighbourView::non_const_value_type>(
      space, strided_input<ExecutionSpace>(neighbours), workspace.neighbours, workspace.mesh);
  return impl::log_determinant_regularization(coefficient, workspace.mesh);
}
template <class ExecutionSpace, class NeighbourView>
double log_determinant_regularization(const ExecutionSpace& space, double coefficient,
                                      const NeighbourView& neighbours) {
  RegularizationWorkspace<ExecutionSpace> workspace;
  return log_determinant_regularization(space, coefficient, neighbours, workspace);
}

#define GLINT_EXTERN_INDEX(Space, Index)                                                     \
  extern template double impl::regularization_term<Space, Index>(                            \
      const Space&, double, const StridedInput<const Index**, Space>&,                       \
      const StridedInput<const double*, Space>&);                                            \
  extern template void impl::assign_mesh<Space, Index>(                                      \
      const Space&, const StridedInput<const Index**, Space>&, impl::HostNeighbours<Space>&, \
      impl::MeshElimination&);
#define GLINT_EXTERN(Space)                                                                  \
  extern template double impl::visibility_sum<Space>(                                        \
      const Space&, const UvData<typename Space::memory_space>&, bool);                      \
  extern template double impl::chi_squared<Space>(                                           \
      const Space&, const StridedInput<const double**, Space>&,                              \
      const StridedInput<const double*, Space>&, const StridedInput<const double*, Space>&); \
  GLINT_EXTERN_INDEX(Space, int)                                                             \
  GLINT_EXTERN_INDEX(Space, std::int64_t)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_INDEX

}  // namespace glint

#endif
