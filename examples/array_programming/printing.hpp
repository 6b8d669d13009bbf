// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_PRINTING_HPP
#define GLINT_ARRAY_PROGRAMMING_PRINTING_HPP

#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <string>
#include <vector>

/// Lines that look the same here and in the NumPy twin.

/// A number with at most so many digits, as printf's %g.
std::string number(double value, int digits = 6);

/// "[1 2.5 3]".
std::string list(const std::vector<double>& values, int digits = 6);

void title(const std::string& text);
void line(const std::string& name, const std::string& text);

/// A contiguous array of any rank on the host, row by row.
template <class ExecutionSpace, class View>
std::vector<double> on_host(const ExecutionSpace& space, const View& view) {
  using T = typename View::non_const_value_type;
  std::vector<T> values(view.size());
  glint::copy(space,
              Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
                  values.data(), values.size()),
              Kokkos::View<const T*, Kokkos::LayoutRight, typename View::memory_space,
                           Kokkos::MemoryUnmanaged>(view.data(), view.size()));
  glint::compat::fence(space, "array_programming::on_host");
  return {values.begin(), values.end()};
}

#endif
