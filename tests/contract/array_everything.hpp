// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_ARRAY_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_ARRAY_EVERYTHING_HPP

#include <glint/array_sum.hpp>
#include <glint/bilinear_map.hpp>
#include <glint/gaussians.hpp>
#include <glint/madhava.hpp>
#include <glint/reduced_sum.hpp>

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
void gaussians_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const std::size_t count = 20, points = 50;
  const auto numbers = allocate<Vector<T, Memory>>(space, "glint::test::numbers", count);
  const auto x = allocate<Vector<T, Memory>>(space, "glint::test::x", points);
  const auto sum = allocate<Vector<T, Memory>>(space, "glint::test::sum", points);
  const auto y = allocate<Matrix<T, Memory>>(space, "glint::test::y", count, points);
  const auto z = allocate<Matrix<T, Memory>>(space, "glint::test::z", points, count);
  fill(space, numbers, T(2));
  fill(space, x, T(1));
  for (const GaussianMethod method : {GaussianMethod::vectorised, GaussianMethod::direct}) {
    gaussians(space, x, numbers, numbers, numbers, y, {GaussianLayout::gaussian_first, method});
    gaussians(space, x, numbers, numbers, numbers, z, {GaussianLayout::point_first, method, false});
    gaussian_mixture(space, x, numbers, numbers, numbers, sum,
                     {GaussianLayout::gaussian_first, method});
  }
}

template <class T>
struct Ones {
  KOKKOS_FUNCTION T operator()(std::size_t, std::size_t) const { return T(1); }
};

template <class T, class ExecutionSpace>
void reduced_sum_everything(const ExecutionSpace& space) {
  const auto numbers =
      allocate<Vector<T, typename ExecutionSpace::memory_space>>(space, "glint::test::numbers", 9);
  const auto f =
      allocate<Vector<T, typename ExecutionSpace::memory_space>>(space, "glint::test::f", 70);
  fill(space, numbers, T(2));
  for (const ReducedSumMethod method :
       {ReducedSumMethod::team, ReducedSumMethod::tiled, ReducedSumMethod::outer}) {
    reduced_sum(space, numbers, numbers, f, {method});
    reduced_sum(space, 9, Ones<T>(), f, {method});
  }
}

template <class T, class ExecutionSpace>
void array_everything(const ExecutionSpace& space) {
  sum_everything<T>(space);
  madhava_pi(space);
  reduced_sum_everything<T>(space);
  gaussians_everything<T>(space);
}

}  // namespace glint::test

#endif
