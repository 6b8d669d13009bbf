// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_EXECUTION_HPP
#define GLINT_EXECUTION_HPP

#include <glint/compat.hpp>
#include <glint/views.hpp>
#include <string>
#include <vector>

/// GLINT_UNROLL before a loop of a small fixed length asks for all of it in a row, which lets host
/// compilers vectorise the loop around it.
#if defined(__GNUC__) && !defined(__clang__) && !defined(__NVCC__)
#define GLINT_UNROLL _Pragma("GCC unroll 32")
#else
#define GLINT_UNROLL _Pragma("unroll")
#endif

/// Helpers that take an execution-space instance first and use it for every launch. All are
/// asynchronous on `space` unless they say otherwise.

namespace glint {

/// True when kernels of the space run on the host's cores.
template <class ExecutionSpace>
inline constexpr bool is_host_execution_v =
    Kokkos::SpaceAccessibility<Kokkos::HostSpace,
                               typename ExecutionSpace::memory_space>::accessible&&
        Kokkos::SpaceAccessibility<ExecutionSpace, Kokkos::HostSpace>::accessible;

/// Values one thread handles in its innermost loop: enough for a vector register on the host, one
/// on devices, where neighbouring threads are the vector. Loops of this length over local arrays,
/// with bodies that have no branch, are what host compilers vectorise.
template <class ExecutionSpace>
inline constexpr int lanes_v = is_host_execution_v<ExecutionSpace> ? 8 : 1;

/// Threads per team for kernels whose team shares one tile of work.
template <class ExecutionSpace>
constexpr int team_size(int on_device) {
  return is_host_execution_v<ExecutionSpace> ? 1 : on_device;
}

template <class ExecutionSpace>
Kokkos::RangePolicy<ExecutionSpace> range(const ExecutionSpace& space, std::size_t count) {
  return Kokkos::RangePolicy<ExecutionSpace>(space, 0, count);
}

template <class ExecutionSpace, class View>
void fill(const ExecutionSpace& space, const View& view,
          const typename View::non_const_value_type& value) {
  Kokkos::deep_copy(space, view, value);
}

/// Copies between views of equal layout, in any memory spaces.
template <class ExecutionSpace, class Destination, class Source>
void copy(const ExecutionSpace& space, const Destination& destination, const Source& source) {
  Kokkos::deep_copy(space, destination, source);
}

/// A new view whose elements are not initialised, allocated without waiting for other instances.
template <class View, class ExecutionSpace, class... Extents>
View allocate(const ExecutionSpace& space, const std::string& label, Extents... extents) {
  return View(Kokkos::view_alloc(space, label, Kokkos::WithoutInitializing), extents...);
}

/// Makes room for `count` elements in a vector that only ever grows; what it held is lost then.
template <class View, class ExecutionSpace>
void grow(const ExecutionSpace& space, const std::string& label, std::size_t count, View& view) {
  if (view.extent(0) < count) view = allocate<View>(space, label, count);
}

/// A new vector with the host's values, converted to its element type. Waits for the copy.
template <class T = double, class ExecutionSpace>
Vector<T, typename ExecutionSpace::memory_space> upload(const ExecutionSpace& space,
                                                        const std::string& label,
                                                        const std::vector<double>& values) {
  // Not a host View: initialising one would run on the default instance of the host space.
  const std::vector<T> converted(values.begin(), values.end());
  const auto target =
      allocate<Vector<T, typename ExecutionSpace::memory_space>>(space, label, values.size());
  copy(space, target,
       Kokkos::View<const T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           converted.data(), converted.size()));
  compat::fence(space, label);
  return target;
}

}  // namespace glint

#endif
