// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_NORMALIZE_HPP
#define GLINT_NORMALIZE_HPP

#include <array>
#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/views.hpp>
#include <string>

/// Vectors to unit length.

namespace glint {

/// Who works on a vector.
enum class NormalizeMethod {
  automatic,  ///< what is best for the sizes and strides
  plain,      ///< one index per vector, component by component, any strides
  rows,       ///< contiguous arrays: whole vectors per index, on devices long ones by a team; a
              ///< vector that fits a cache is read from memory once
  chunks,     ///< contiguous arrays: many indices to a vector, read twice; for few long ones
};

struct NormalizeOptions {
  NormalizeMethod method = NormalizeMethod::automatic;
};

/// "automatic", "plain", "rows", "chunks".
const std::string& normalize_method_name(NormalizeMethod method);

/// Memory of method `chunks`. Hand the same one to every call and nothing is allocated after the
/// largest.
template <class ExecutionSpace>
struct NormalizeWorkspace {
  Vector<double, typename ExecutionSpace::memory_space> partial, largest, factor;
};

namespace impl {
/// Vectors of `length` components in up to three more dimensions, slowest first; strides in
/// elements, those of the components last.
template <class T>
struct VectorArray {
  T* data;
  std::size_t stride[4];
};

struct VectorExtents {
  std::size_t outer[3];  // missing ones are 1
  std::size_t length;

  std::size_t count() const { return outer[0] * outer[1] * outer[2]; }
};

template <class View>
VectorExtents vector_extents(const View& view) {
  constexpr std::size_t rank = compat::rank_v<View>;
  VectorExtents extents{{1, 1, 1}, view.extent(rank - 1)};
  for (std::size_t d = 0; d + 1 < rank; ++d) extents.outer[d + 4 - rank] = view.extent(d);
  return extents;
}

template <class T, class View>
VectorArray<T> vector_array(const View& view) {
  constexpr std::size_t rank = compat::rank_v<View>;
  VectorArray<T> array{view.data(), {0, 0, 0, 0}};
  for (std::size_t d = 0; d < rank; ++d)
    array.stride[d + 4 - rank] = static_cast<std::size_t>(view.stride(static_cast<int>(d)));
  return array;
}

template <class ExecutionSpace, class T>
void normalize_vectors(const ExecutionSpace& space, const VectorExtents& extents,
                       const VectorArray<const T>& v, const VectorArray<T>& out,
                       const NormalizeOptions& options,
                       NormalizeWorkspace<ExecutionSpace>& workspace);
}  // namespace impl

/// out(..., k) = v(..., k) / sqrt(sum over k of v(..., k)^2): the vectors along the last axis,
/// divided by their lengths.
///
/// `v` and `out`: the same shape of 1 to 4 dimensions, float or double, any layouts; either the
/// same array (in place) or without common elements. A vector of zeros stays one. Components of any
/// size are welcome, those whose squares overflow or vanish too: such vectors are scaled by their
/// largest component and cost more. NaN anywhere in a vector makes all of it NaN; an infinite
/// component becomes NaN and the finite ones beside it zero, as the division does. Error: 2 units
/// in the last place for short vectors; sums are in double precision beyond 32 components, whatever
/// the type. Throws Error on shapes that differ and on a method that the layouts do not allow.
/// Asynchronous on `space`. Cost: one read and one write of the array.
template <class ExecutionSpace, class InputView, class OutputView>
void normalize(const ExecutionSpace& space, const InputView& v, const OutputView& out,
               const NormalizeOptions& options, NormalizeWorkspace<ExecutionSpace>& workspace) {
  using T = typename OutputView::non_const_value_type;
  constexpr std::size_t rank = compat::rank_v<OutputView>;
  static_assert(rank >= 1 && rank <= 4, "glint: normalize takes Views of 1 to 4 dimensions");
  static_assert(std::is_same_v<typename InputView::non_const_value_type, T>,
                "glint: normalize takes two Views of the same element type");
  static_assert(
      Kokkos::SpaceAccessibility<ExecutionSpace, typename InputView::memory_space>::accessible &&
          Kokkos::SpaceAccessibility<ExecutionSpace, typename OutputView::memory_space>::accessible,
      "glint: the Views must be accessible from the execution space");
  expect_shape("normalize", "out", out, shape_of(v));
  impl::normalize_vectors<ExecutionSpace, T>(space, impl::vector_extents(v),
                                             impl::vector_array<const T>(v),
                                             impl::vector_array<T>(out), options, workspace);
}

template <class ExecutionSpace, class InputView, class OutputView>
void normalize(const ExecutionSpace& space, const InputView& v, const OutputView& out,
               const NormalizeOptions& options = {}) {
  NormalizeWorkspace<ExecutionSpace> workspace;
  normalize(space, v, out, options, workspace);
}

/// The same in place.
template <class ExecutionSpace, class View>
void normalize(const ExecutionSpace& space, const View& v, const NormalizeOptions& options = {}) {
  normalize(space, v, v, options);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                           \
  extern template void impl::normalize_vectors<Space, T>(                                     \
      const Space&, const VectorExtents&, const VectorArray<const T>&, const VectorArray<T>&, \
      const NormalizeOptions&, NormalizeWorkspace<Space>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
