// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_MATRICES_HPP
#define GLINT_TESTS_MATRICES_HPP

#include <glint/dense_solve.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <string>
#include <vector>

/// Matrices, row by row, to and from the memory of a space.

namespace glint::test {

/// The methods to solve and decompose by that this build has on a space.
template <class Space>
std::vector<SolveOptions> solve_methods() {
  std::vector<SolveOptions> options{{SolveMethod::automatic}, {SolveMethod::plain}};
  if (!solve_library<Space>().empty()) options.push_back({SolveMethod::library});
  return options;
}

template <class Space>
Matrix<double, typename Space::memory_space> matrix_on(const Space& space, std::size_t rows,
                                                       std::size_t columns,
                                                       const std::vector<double>& numbers) {
  const auto matrix = allocate<Matrix<double, typename Space::memory_space>>(
      space, "glint::test::matrix", rows, columns);
  copy(
      space, matrix,
      Kokkos::View<const double**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
          numbers.data(), rows, columns));
  compat::fence(space, "glint::test::matrix_on");
  return matrix;
}

template <class Space, class View>
std::vector<double> numbers_of(const Space& space, const View& matrix) {
  std::vector<double> numbers(matrix.extent(0) * matrix.extent(1));
  copy(space,
       Kokkos::View<double**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           numbers.data(), matrix.extent(0), matrix.extent(1)),
       matrix);
  compat::fence(space, "glint::test::numbers_of");
  return numbers;
}

}  // namespace glint::test

#endif
