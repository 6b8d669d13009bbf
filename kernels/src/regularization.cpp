// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdint>
#include <glint/impl/zero_matrix.hpp>
#include <glint/region.hpp>
#include <glint/regularization.hpp>
#include <limits>

namespace glint {

namespace impl {

/// What a neighbour table can do wrong.
struct NeighbourProblem {
  static constexpr std::int64_t after_end = 1, outside = 2, itself = 3, twice = 4, one_sided = 5;
};

/// The first entry that breaks a rule, as (row * columns + column) * 8 + NeighbourProblem.
template <class ExecutionSpace, class Index>
struct FirstBadNeighbour {
  StridedInput<const Index**, ExecutionSpace> neighbours;

  KOKKOS_FUNCTION bool lists(std::int64_t row, std::int64_t wanted, std::size_t columns) const {
    for (std::size_t column = 0; column < columns && neighbours(row, column) != -1; ++column)
      if (neighbours(row, column) == wanted) return true;
    return false;
  }
  KOKKOS_FUNCTION std::int64_t problem(std::size_t row, std::size_t column, bool& ended) const {
    const auto s = static_cast<std::int64_t>(row);
    const auto t = static_cast<std::int64_t>(neighbours(row, column));
    if (t == -1) ended = true;
    if (t == -1) return 0;
    if (t < 0 || t >= static_cast<std::int64_t>(neighbours.extent(0)))
      return NeighbourProblem::outside;
    if (ended) return NeighbourProblem::after_end;
    if (t == s) return NeighbourProblem::itself;
    if (lists(s, t, column)) return NeighbourProblem::twice;
    if (lists(t, s, neighbours.extent(1))) return 0;
    return NeighbourProblem::one_sided;
  }
  KOKKOS_FUNCTION void operator()(std::size_t row, std::int64_t& first) const {
    bool ended = false;
    for (std::size_t column = 0; column < neighbours.extent(1); ++column) {
      const std::int64_t found = problem(row, column, ended);
      if (found == 0) continue;
      const auto bad = static_cast<std::int64_t>(row * neighbours.extent(1) + column) * 8 + found;
      if (bad < first) first = bad;
      return;
    }
  }
};

template <class ExecutionSpace, class Index>
void check_neighbours(const ExecutionSpace& space,
                      const StridedInput<const Index**, ExecutionSpace>& neighbours) {
  const ScopedRegion region("glint::check_neighbours");
  constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
  std::int64_t first = none;
  if (neighbours.extent(0) == 0) return;
  Kokkos::parallel_reduce("glint::check_neighbours::first_bad", range(space, neighbours.extent(0)),
                          FirstBadNeighbour<ExecutionSpace, Index>{neighbours},
                          Kokkos::Min<std::int64_t>(first));
  if (first == none) return;
  const auto columns = static_cast<std::int64_t>(neighbours.extent(1));
  const std::int64_t row = first / 8 / columns, column = first / 8 % columns;
  Index t{};
  copy(space, Kokkos::View<Index, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&t),
       Kokkos::subview(neighbours, row, column));
  compat::fence(space, "glint::check_neighbours::read_back");
  const std::string place = concat("neighbour table row ", row, ", column ", column, ": ");
  switch (first % 8) {
    case NeighbourProblem::outside:
      throw Error(concat(place, "the index is ", t, ", but it must lie in 0 to ",
                         neighbours.extent(0) - 1, ", or be -1 for none"));
    case NeighbourProblem::after_end:
      throw Error(
          concat(place, "the index is ", t, " after a -1, but -1 must only be followed by -1"));
    case NeighbourProblem::itself:
      throw Error(concat(place, "source pixel ", t, " is listed as its own neighbour"));
    case NeighbourProblem::twice:
      throw Error(concat(place, "source pixel ", t, " is listed twice"));
    default:
      throw Error(concat(place, "source pixel ", t, " is listed as a neighbour of ", row, ", but ",
                         row, " is not listed as one of ", t));
  }
}

/// Row s of matrix += H.
template <class ExecutionSpace, class Index, class T>
struct AddRegularization {
  StridedInput<const Index**, ExecutionSpace> neighbours;
  StridedOutput<T**, ExecutionSpace> matrix;
  double strength;  // c^2

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const auto sources = static_cast<std::int64_t>(neighbours.extent(0));
    int count = 0;
    for (std::size_t column = 0; column < neighbours.extent(1); ++column) {
      const auto t = static_cast<std::int64_t>(neighbours(s, column));
      if (t < 0) break;
      if (t >= sources) continue;
      ++count;
      matrix(s, t) -= static_cast<T>(strength);
    }
    matrix(s, s) += static_cast<T>(strength * count + regularization_excess);
  }
};

template <class ExecutionSpace, class Index, class T>
void add_regularization(const ExecutionSpace& space, double coefficient,
                        const StridedInput<const Index**, ExecutionSpace>& neighbours,
                        const StridedOutput<T**, ExecutionSpace>& matrix, bool overwrite) {
  GLINT_EXPECTS(std::isfinite(coefficient), "the regularization coefficient is ", coefficient,
                ", not a finite number");
  if (overwrite)
    zero_matrix<ExecutionSpace, T>(space, "glint::constant_regularization::zero", matrix);
  Kokkos::parallel_for(
      "glint::constant_regularization::add", range(space, neighbours.extent(0)),
      AddRegularization<ExecutionSpace, Index, T>{neighbours, matrix, coefficient * coefficient});
}

}  // namespace impl

#define GLINT_INSTANTIATE_TABLE(Space, Index)                                                    \
  template void impl::check_neighbours<Space, Index>(const Space&,                               \
                                                     const StridedInput<const Index**, Space>&); \
  template void impl::add_regularization<Space, Index, double>(                                  \
      const Space&, double, const StridedInput<const Index**, Space>&,                           \
      const StridedOutput<double**, Space>&, bool);                                              \
  template void impl::add_regularization<Space, Index, float>(                                   \
      const Space&, double, const StridedInput<const Index**, Space>&,                           \
      const StridedOutput<float**, Space>&, bool);
#define GLINT_INSTANTIATE(Space)      \
  GLINT_INSTANTIATE_TABLE(Space, int) \
  GLINT_INSTANTIATE_TABLE(Space, std::int64_t)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TABLE

}  // namespace glint
