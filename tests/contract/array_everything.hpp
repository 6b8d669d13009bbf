// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_ARRAY_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_ARRAY_EVERYTHING_HPP

#include <glint/array_sum.hpp>
#include <glint/bilinear_map.hpp>

/// Array kernels, for call_everything().

namespace glint::test {

template <class T, class ExecutionSpace>
void sum_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const auto table = allocate<Matrix<T, Memory>>(space, "glint::test::table", 3, 5000);
  const auto result = allocate<Vector<double, Memory>>(space, "glint::test::result", 1);
  fill(space, table, T(1));
  const auto row = [&](int r) { return Kokkos::subview(table, r, Kokkos::ALL()); };
  for (const SumMethod method : {SumMethod::wide, SumMethod::pairwise, SumMethod::serial})
    sum(space, row(0), {method});
  sum(space, Kokkos::subview(table, Kokkos::ALL(), 1));
  sum(space, row(0), Kokkos::subview(result, 0));
  bilinear_map(space, row(0), row(1), row(2));
  bilinear_map(space, Kokkos::subview(table, Kokkos::ALL(), 0),
               Kokkos::subview(table, Kokkos::ALL(), 1), Kokkos::subview(table, Kokkos::ALL(), 2));
}

template <class T, class ExecutionSpace>
void array_everything(const ExecutionSpace& space) {
  sum_everything<T>(space);
}

}  // namespace glint::test

#endif
