// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_VIEWS_HPP
#define GLINT_VIEWS_HPP

#include <glint/compat.hpp>

/// Views by role. Owning arrays are row-major on every backend; what kernels receive are the
/// unmanaged forms below, which any caller's View converts to without a copy.

namespace glint {

template <class T, class MemorySpace = Kokkos::HostSpace>
using Vector = Kokkos::View<T*, Kokkos::LayoutRight, MemorySpace>;

template <class T, class MemorySpace = Kokkos::HostSpace>
using Matrix = Kokkos::View<T**, Kokkos::LayoutRight, MemorySpace>;

template <class T, class MemorySpace = Kokkos::HostSpace>
using Cube = Kokkos::View<T***, Kokkos::LayoutRight, MemorySpace>;

/// An output of any layout and strides, as kernels see it.
template <class DataType, class ExecutionSpace>
using StridedOutput =
    Kokkos::View<DataType, Kokkos::LayoutStride, typename ExecutionSpace::memory_space,
                 Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

/// An input of any layout and strides, as kernels see it.
template <class DataType, class ExecutionSpace>
using StridedInput =
    Kokkos::View<DataType, Kokkos::LayoutStride, typename ExecutionSpace::memory_space,
                 Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

/// Read-only contiguous input, as kernels see it.
template <class T, class ExecutionSpace>
using InputVector =
    Kokkos::View<const T*, Kokkos::LayoutRight, typename ExecutionSpace::memory_space,
                 Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

/// Row-major matrices, rows contiguous, as kernels that stream along rows see them.
template <class T, class ExecutionSpace>
using InputMatrix =
    Kokkos::View<const T**, Kokkos::LayoutRight, typename ExecutionSpace::memory_space,
                 Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
template <class T, class ExecutionSpace>
using OutputMatrix = Kokkos::View<T**, Kokkos::LayoutRight, typename ExecutionSpace::memory_space,
                                  Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

namespace impl {
template <class View>
Kokkos::LayoutStride stride_layout(const View& view) {
  Kokkos::LayoutStride layout;
  for (std::size_t d = 0; d < compat::rank_v<View>; ++d) {
    layout.dimension[d] = view.extent(d);
    layout.stride[d] = view.stride(static_cast<int>(d));
  }
  return layout;
}
}  // namespace impl

/// The caller's View as a StridedOutput of the given execution space. No copy.
template <class ExecutionSpace, class View>
auto strided_output(const View& view) {
  static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
                "glint: the output View must be accessible from the execution space");
  return StridedOutput<typename View::non_const_data_type, ExecutionSpace>(
      view.data(), impl::stride_layout(view));
}

/// The caller's View as a StridedInput of the given execution space. No copy.
template <class ExecutionSpace, class View>
auto strided_input(const View& view) {
  static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
                "glint: the input View must be accessible from the execution space");
  return StridedInput<typename View::const_data_type, ExecutionSpace>(view.data(),
                                                                      impl::stride_layout(view));
}

/// The caller's row-major matrix as kernels see it. No copy.
template <class ExecutionSpace, class View>
auto input_matrix(const View& view) {
  static_assert(std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>,
                "glint: this matrix must be row-major (Kokkos::LayoutRight)");
  return InputMatrix<typename View::non_const_value_type, ExecutionSpace>(view);
}
template <class ExecutionSpace, class View>
auto output_matrix(const View& view) {
  static_assert(std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>,
                "glint: this matrix must be row-major (Kokkos::LayoutRight)");
  return OutputMatrix<typename View::non_const_value_type, ExecutionSpace>(view);
}

namespace impl {
/// A rank-2 output as the only plane of a rank-3 one.
template <class ExecutionSpace, class View>
auto as_single_plane(const View& view) {
  const auto plane = strided_output<ExecutionSpace>(view);
  const Kokkos::LayoutStride layout(1, 0, plane.extent(0), plane.stride(0), plane.extent(1),
                                    plane.stride(1));
  return StridedOutput<typename View::non_const_value_type***, ExecutionSpace>(plane.data(),
                                                                               layout);
}

/// A rank-2 input as the only plane of a rank-3 one.
template <class ExecutionSpace, class View>
auto as_single_input(const View& view) {
  static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, typename View::memory_space>::accessible,
                "glint: the input View must be accessible from the execution space");
  const Kokkos::LayoutStride plane = stride_layout(view);
  const Kokkos::LayoutStride layout(1, 0, plane.dimension[0], plane.stride[0], plane.dimension[1],
                                    plane.stride[1]);
  return StridedOutput<const typename View::non_const_value_type***, ExecutionSpace>(view.data(),
                                                                                     layout);
}
}  // namespace impl

}  // namespace glint

#endif
