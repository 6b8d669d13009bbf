// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_ARRAYS_HPP
#define GLINT_TESTS_ARRAYS_HPP

#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <vector>

/// Arrays of any element type to and from the memory of a space, matrices row by row.

namespace glint::test {

template <class T>
using HostList = Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
template <class T>
using HostTable =
    Kokkos::View<T**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;

template <class T, class Space>
Vector<T, typename Space::memory_space> vector_of(const Space& space, const std::vector<T>& list) {
  const auto view =
      allocate<Vector<T, typename Space::memory_space>>(space, "glint::test::vector", list.size());
  copy(space, view, HostList<const T>(list.data(), list.size()));
  compat::fence(space, "glint::test::vector_of");
  return view;
}

template <class T, class Space>
Matrix<T, typename Space::memory_space> matrix_of(const Space& space, std::size_t rows,
                                                  std::size_t columns, const std::vector<T>& list) {
  const auto view = allocate<Matrix<T, typename Space::memory_space>>(space, "glint::test::matrix",
                                                                      rows, columns);
  copy(space, view, HostTable<const T>(list.data(), rows, columns));
  compat::fence(space, "glint::test::matrix_of");
  return view;
}

/// The elements of a row-major view of any rank.
template <class Space, class View>
std::vector<typename View::non_const_value_type> list_of(const Space& space, const View& view) {
  using T = typename View::non_const_value_type;
  std::vector<T> list(view.size());
  if constexpr (compat::rank_v<View> == 1)
    copy(space, HostList<T>(list.data(), view.extent(0)), view);
  else
    copy(space, HostTable<T>(list.data(), view.extent(0), view.extent(1)), view);
  compat::fence(space, "glint::test::list_of");
  return list;
}

}  // namespace glint::test

#endif
