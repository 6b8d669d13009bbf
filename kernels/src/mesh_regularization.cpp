// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/impl/mesh_rows.hpp>
#include <glint/impl/zero_matrix.hpp>
#include <glint/mesh_regularization.hpp>
#include <glint/region.hpp>

namespace glint {
namespace impl {
namespace {

/// Row s of the table and its numbers. What fits no int is no index either, see MeshElimination.
template <class ExecutionSpace, class Index>
struct AssignRegularization {
  using Memory = typename ExecutionSpace::memory_space;

  StridedInput<const Index**, ExecutionSpace> from;
  StridedInput<const double*, ExecutionSpace> given;
  double constant;
  bool has_given;
  Vector<int, Memory> neighbours;
  Vector<double, Memory> strengths, excess;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const std::size_t columns = from.extent(1);
    constexpr std::int64_t largest = 2147483647;
    for (std::size_t p = 0; p < columns; ++p) {
      const auto t = static_cast<std::int64_t>(from(s, p));
      neighbours(s * columns + p) = static_cast<int>(t < -1 ? -2 : t > largest ? largest : t);
    }
    strengths(s) = has_given ? given(s) : constant;
    excess(s) = regularization_excess;
  }
};

template <class ExecutionSpace>
struct ApplyRegularization {
  MeshRows<ExecutionSpace> h;
  StridedInput<const double*, ExecutionSpace> x;
  StridedOutput<double*, ExecutionSpace> y;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { y(s) = h.apply(s, x); }
};

template <class ExecutionSpace>
struct AddMeshMatrix {
  MeshRows<ExecutionSpace> h;
  StridedOutput<double**, ExecutionSpace> matrix;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    matrix(s, s) += h.diagonal(s);
    h.for_each(s, [&](std::size_t t, double weight) { matrix(s, t) -= weight; });
  }
};

template <class ExecutionSpace>
struct MeshTerm {
  MeshRows<ExecutionSpace> h;
  StridedInput<const double*, ExecutionSpace> x;

  KOKKOS_FUNCTION void operator()(std::size_t s, double& sum) const {
    const double mine = x(s);
    double pairs = 0.0;
    h.for_each(s, [&](std::size_t t, double weight) {
      const double difference = mine - x(t);
      pairs += weight * difference * difference;
    });
    sum += 0.5 * pairs + h.excess(s) * mine * mine;  // every pair is met twice
  }
};

template <class ExecutionSpace>
void make_room(const ExecutionSpace& space, std::size_t sources, std::size_t columns,
               MeshRegularization<typename ExecutionSpace::memory_space>& h) {
  constexpr std::size_t limit = 2147483646;
  GLINT_EXPECTS(sources <= limit && (columns == 0 || sources <= limit / columns),
                "a neighbour table of ", sources, " x ", columns,
                " entries is more than can be counted");
  h.sources = sources;
  h.columns = columns;
  grow(space, "glint::assign_regularization::neighbours", sources * columns, h.neighbours);
  grow(space, "glint::assign_regularization::strengths", sources, h.strengths);
  grow(space, "glint::assign_regularization::excess", sources, h.excess);
}

template <class T, class View, class ExecutionSpace>
void read_back(const ExecutionSpace& space, const View& view, std::size_t count,
               std::vector<T>& values) {
  values.resize(count);
  copy(space,
       Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           values.data(), count),
       Kokkos::subview(view, std::make_pair(std::size_t(0), count)));
}

void expect_weights(const char* name, const std::vector<double>& values) {
  for (std::size_t s = 0; s < values.size(); ++s)
    GLINT_EXPECTS(values[s] >= 0.0 && std::isfinite(values[s]), "the ", name, " of source pixel ",
                  s, " is ", values[s], ", not a finite number from 0 up");
}

}  // namespace

template <class ExecutionSpace, class Index>
void assign_regularization(const ExecutionSpace& space,
                           const StridedInput<const Index**, ExecutionSpace>& neighbours,
                           const StridedInput<const double*, ExecutionSpace>* strengths,
                           double coefficient,
                           MeshRegularization<typename ExecutionSpace::memory_space>& h) {
  const double strength = 0.5 * coefficient * coefficient;
  GLINT_EXPECTS(std::isfinite(strength), "the regularization coefficient is ", coefficient,
                ", whose square is not a finite number");
  make_room(space, neighbours.extent(0), neighbours.extent(1), h);
  const StridedInput<const double*, ExecutionSpace> none;
  Kokkos::parallel_for("glint::assign_regularization::copy", range(space, h.sources),
                       AssignRegularization<ExecutionSpace, Index>{
                           neighbours, strengths ? *strengths : none, strength,
                           strengths != nullptr, h.neighbours, h.strengths, h.excess});
}

template <class ExecutionSpace>
void assign_diagonal(const ExecutionSpace& space, std::size_t sources, double excess,
                     MeshRegularization<typename ExecutionSpace::memory_space>& h) {
  GLINT_EXPECTS(excess >= 0.0 && std::isfinite(excess), "assign_diagonal: the excess is ", excess,
                ", not a finite number from 0 up");
  make_room(space, sources, 0, h);
  fill(space, h.strengths, 0.0);
  fill(space, h.excess, excess);
}

template <class ExecutionSpace>
void apply_regularization(const ExecutionSpace& space,
                          const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                          const StridedInput<const double*, ExecutionSpace>& x,
                          const StridedOutput<double*, ExecutionSpace>& y) {
  Kokkos::parallel_for("glint::apply_regularization::rows", range(space, h.sources),
                       ApplyRegularization<ExecutionSpace>{MeshRows<ExecutionSpace>::of(h), x, y});
}

template <class ExecutionSpace>
void mesh_matrix(const ExecutionSpace& space,
                 const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                 const StridedOutput<double**, ExecutionSpace>& matrix, bool overwrite) {
  if (overwrite)
    zero_matrix<ExecutionSpace, double>(space, "glint::regularization_matrix::zero", matrix);
  Kokkos::parallel_for("glint::regularization_matrix::add", range(space, h.sources),
                       AddMeshMatrix<ExecutionSpace>{MeshRows<ExecutionSpace>::of(h), matrix});
}

template <class ExecutionSpace>
double mesh_term(const ExecutionSpace& space,
                 const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                 const StridedInput<const double*, ExecutionSpace>& x) {
  double sum = 0.0;
  Kokkos::parallel_reduce("glint::regularization_term::mesh", range(space, h.sources),
                          MeshTerm<ExecutionSpace>{MeshRows<ExecutionSpace>::of(h), x}, sum);
  return sum;
}

template <class ExecutionSpace>
double mesh_log_determinant(const ExecutionSpace& space,
                            const MeshRegularization<typename ExecutionSpace::memory_space>& h,
                            MeshWorkspace<ExecutionSpace>& workspace) {
  const ScopedRegion region("glint::log_determinant");
  read_back(space, h.neighbours, h.sources * h.columns, workspace.neighbours);
  read_back(space, h.strengths, h.sources, workspace.strengths);
  read_back(space, h.excess, h.sources, workspace.excess);
  compat::fence(space, "glint::log_determinant::read");
  expect_weights("strength", workspace.strengths);
  expect_weights("excess", workspace.excess);
  workspace.mesh.assign(workspace.neighbours.data(), h.sources, h.columns, h.columns,
                        std::size_t(1));
  return workspace.mesh.log_determinant(workspace.strengths, workspace.excess);
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                                                                  \
  template void impl::assign_regularization<Space, int>(                                          \
      const Space&, const StridedInput<const int**, Space>&,                                      \
      const StridedInput<const double*, Space>*, double,                                          \
      MeshRegularization<typename Space::memory_space>&);                                         \
  template void impl::assign_regularization<Space, std::int64_t>(                                 \
      const Space&, const StridedInput<const std::int64_t**, Space>&,                             \
      const StridedInput<const double*, Space>*, double,                                          \
      MeshRegularization<typename Space::memory_space>&);                                         \
  template void impl::assign_diagonal<Space>(const Space&, std::size_t, double,                   \
                                             MeshRegularization<typename Space::memory_space>&);  \
  template void impl::apply_regularization<Space>(                                                \
      const Space&, const MeshRegularization<typename Space::memory_space>&,                      \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&);           \
  template void impl::mesh_matrix<Space>(const Space&,                                            \
                                         const MeshRegularization<typename Space::memory_space>&, \
                                         const StridedOutput<double**, Space>&, bool);            \
  template double impl::mesh_term<Space>(const Space&,                                            \
                                         const MeshRegularization<typename Space::memory_space>&, \
                                         const StridedInput<const double*, Space>&);              \
  template double impl::mesh_log_determinant<Space>(                                              \
      const Space&, const MeshRegularization<typename Space::memory_space>&,                      \
      MeshWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
