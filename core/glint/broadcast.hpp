// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_BROADCAST_HPP
#define GLINT_BROADCAST_HPP

#include <array>
#include <glint/checks.hpp>
#include <glint/views.hpp>
#include <initializer_list>
#include <vector>

/// Arrays of different shapes side by side, by NumPy's rule: shapes are aligned at their last axes,
/// and an axis of extent 1, or one that is missing in front, is read as often as the others need.

namespace glint {

/// The extents of an array, slowest axis first.
using Shape = std::vector<std::size_t>;

/// The shape that all of them stretch to; () for none. Throws Error, with two of the shapes, when
/// extents meet that differ and are not 1.
Shape broadcast_shape(const std::vector<Shape>& shapes);

/// The same for two shapes and more: broadcast_shape({7, 1}, {7, 4}) is (7, 4).
template <class... More>
Shape broadcast_shape(std::initializer_list<std::size_t> a, std::initializer_list<std::size_t> b,
                      const More&... more) {
  return broadcast_shape(std::vector<Shape>{Shape(a), Shape(b), Shape(more)...});
}
template <class... More>
Shape broadcast_shape(const Shape& a, const Shape& b, const More&... more) {
  return broadcast_shape(std::vector<Shape>{a, b, Shape(more)...});
}

namespace impl {
template <class T, int Rank>
struct PointerOfRank {
  using type = typename PointerOfRank<T, Rank - 1>::type*;
};
template <class T>
struct PointerOfRank<T, 0> {
  using type = T;
};

/// Strides of an array that is stretched to a shape. Throws Error when it does not stretch to it.
std::vector<std::size_t> stretched_strides(const Shape& shape,
                                           const std::vector<std::size_t>& strides,
                                           const Shape& target);
}  // namespace impl

/// What broadcast_view() returns: unmanaged, and read only, because many of its elements may be
/// one.
template <class View, int Rank>
using BroadcastView = Kokkos::View<
    typename impl::PointerOfRank<const typename View::non_const_value_type, Rank>::type,
    Kokkos::LayoutStride, typename View::memory_space, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

/// The elements of `view` as an array of `shape`, Rank extents: the same memory, with stride 0
/// along axes that are stretched. No copy and no launch; `view` must outlive it.
///
/// Throws Error when `shape` has not Rank extents and when the view does not stretch to it.
template <int Rank, class View>
BroadcastView<View, Rank> broadcast_view(const View& view, const Shape& shape) {
  static_assert(Rank >= static_cast<int>(compat::rank_v<View>) && Rank <= 8,
                "glint: a broadcast View has at least as many dimensions as before and at most 8");
  GLINT_EXPECTS(shape.size() == Rank, "broadcast_view: the shape ", shape_text(shape), " has ",
                shape.size(), " extents where ", Rank, " are needed");
  const auto extents = shape_of(view);
  std::vector<std::size_t> strides;
  for (std::size_t d = 0; d < extents.size(); ++d)
    strides.push_back(static_cast<std::size_t>(view.stride(static_cast<int>(d))));
  const std::vector<std::size_t> stretched =
      impl::stretched_strides(Shape(extents.begin(), extents.end()), strides, shape);
  Kokkos::LayoutStride layout;
  for (std::size_t d = 0; d < Rank; ++d) {
    layout.dimension[d] = shape[d];
    layout.stride[d] = stretched[d];
  }
  return BroadcastView<View, Rank>(view.data(), layout);
}

}  // namespace glint

#endif
