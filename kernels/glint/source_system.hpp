// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SOURCE_SYSTEM_HPP
#define GLINT_SOURCE_SYSTEM_HPP

#include <glint/mesh_regularization.hpp>
#include <glint/sky_grid.hpp>
#include <glint/source_mapping.hpp>

/// The equations of a source, (T^T W T + H) x = D, without F = T^T W T in memory.
///
/// W is handed to every call as `precision`: anything with
///   precision.apply(space, image, result)
/// that launches result = W image on `space`, image and result Views of M doubles, not the same.
/// It may be asynchronous and must be symmetric.

namespace glint {

/// All of the system but W. The members share memory with what they were made from.
template <class MemorySpace>
struct SourceSystem {
  SparseMapping<MemorySpace> mapping;              ///< T
  SourceMapping<MemorySpace> by_source;            ///< T^T: transpose() of the mapping
  MeshRegularization<MemorySpace> regularization;  ///< H

  /// The diagonal of T^T W T, (S) or longer, as curvature_diagonal() gives it. Empty where nobody
  /// asks for it.
  Vector<double, MemorySpace> diagonal;

  std::size_t pixels() const { return mapping.pixels; }
  std::size_t sources() const { return mapping.sources; }
};

/// Throws Error unless the parts of the system are of the same sizes.
template <class MemorySpace>
void expect_system(const char* function, const SourceSystem<MemorySpace>& system) {
  GLINT_EXPECTS(system.by_source.image_pixels == system.pixels() &&
                    system.by_source.sources == system.sources(),
                function, ": the mapping is for ", system.pixels(), " image and ", system.sources(),
                " source pixels, its transpose for ", system.by_source.image_pixels, " and ",
                system.by_source.sources);
  GLINT_EXPECTS(system.regularization.sources == system.sources(), function,
                ": the mapping is for ", system.sources(),
                " source pixels, the regularization for ", system.regularization.sources);
}

namespace impl {
template <class ExecutionSpace>
void map_to_image(const ExecutionSpace& space,
                  const SparseMapping<typename ExecutionSpace::memory_space>& mapping,
                  const StridedInput<const double*, ExecutionSpace>& x,
                  const Vector<double, typename ExecutionSpace::memory_space>& image);
template <class ExecutionSpace>
void system_rows(const ExecutionSpace& space,
                 const SourceSystem<typename ExecutionSpace::memory_space>& system,
                 const Vector<double, typename ExecutionSpace::memory_space>& response,
                 const StridedInput<const double*, ExecutionSpace>& x,
                 const StridedOutput<double*, ExecutionSpace>& y);
template <class ExecutionSpace>
void curvature_diagonal(const ExecutionSpace& space,
                        const StridedInput<const double**, ExecutionSpace>& compact,
                        const StridedInput<const double**, ExecutionSpace>* hankel,
                        const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                        const SourceMapping<typename ExecutionSpace::memory_space>& by_source,
                        const StridedOutput<double*, ExecutionSpace>& diagonal);
}  // namespace impl

/// Two images, of T x and of W T x.
template <class ExecutionSpace>
struct SystemWorkspace {
  using Memory = typename ExecutionSpace::memory_space;
  Vector<double, Memory> image, response;

  void resize(const ExecutionSpace& space, std::size_t pixels) {
    if (image.extent(0) == pixels && response.extent(0) == pixels) return;
    image = allocate<Vector<double, Memory>>(space, "glint::SystemWorkspace::image", pixels);
    response = allocate<Vector<double, Memory>>(space, "glint::SystemWorkspace::response", pixels);
  }
};

/// y = (T^T W T + H) x. `x`, `y` (S): double, any stride, not the same. Throws Error on shapes that
/// do not fit. Asynchronous where `precision` is. Cost: one product with W, 2 M B + S P
/// multiply-adds.
template <class ExecutionSpace, class Operator, class MemorySpace, class InView, class OutView>
void apply_system(const ExecutionSpace& space, const Operator& precision,
                  const SourceSystem<MemorySpace>& system, const InView& x, const OutView& y,
                  SystemWorkspace<ExecutionSpace>& workspace) {
  expect_system("apply_system", system);
  expect_shape("apply_system", "x", x, std::array<std::size_t, 1>{system.sources()});
  expect_shape("apply_system", "y", y, std::array<std::size_t, 1>{system.sources()});
  workspace.resize(space, system.pixels());
  impl::map_to_image<ExecutionSpace>(space, system.mapping, strided_input<ExecutionSpace>(x),
                                     workspace.image);
  precision.apply(space, workspace.image, workspace.response);
  impl::system_rows<ExecutionSpace>(space, system, workspace.response,
                                    strided_input<ExecutionSpace>(x),
                                    strided_output<ExecutionSpace>(y));
}

namespace impl {
template <class KernelView, class MemorySpace, class DiagonalView>
void expect_diagonal(const char* name, const KernelView& kernel,
                     const SkyPixels<MemorySpace>& pixels,
                     const SourceMapping<MemorySpace>& by_source, const DiagonalView& diagonal) {
  const SkyGrid& grid = pixels.grid;
  expect_shape("curvature_diagonal", name, kernel,
               std::array<std::size_t, 2>{grid.ny, 2 * grid.nx - 1});
  expect_shape("curvature_diagonal", "diagonal", diagonal,
               std::array<std::size_t, 1>{by_source.sources});
  GLINT_EXPECTS(by_source.image_pixels == pixels.size(), "curvature_diagonal: the mapping is for ",
                by_source.image_pixels, " image pixels, not for ", pixels.size());
}
}  // namespace impl

/// diagonal(s) = (T^T W T)(s, s), exactly: the sum over all pairs of pixels that see s.
///
/// `compact` (NY, 2 NX - 1): kernel of W in the layout of w_compact(), double, any layout;
/// `diagonal` (S): double, any stride. Throws Error on wrong shapes. Asynchronous. Cost: c^2/2
/// multiply-adds for a source that c pixels see.
template <class ExecutionSpace, class CompactView, class MemorySpace, class DiagonalView>
void curvature_diagonal(const ExecutionSpace& space, const CompactView& compact,
                        const SkyPixels<MemorySpace>& pixels,
                        const SourceMapping<MemorySpace>& by_source, const DiagonalView& diagonal) {
  impl::expect_diagonal("compact", compact, pixels, by_source, diagonal);
  impl::curvature_diagonal<ExecutionSpace>(space, strided_input<ExecutionSpace>(compact), nullptr,
                                           pixels, by_source,
                                           strided_output<ExecutionSpace>(diagonal));
}

/// The same where real and imaginary noise differ, with the kernel of the Hankel part (UvSums).
template <class ExecutionSpace, class CompactView, class HankelView, class MemorySpace,
          class DiagonalView>
void curvature_diagonal(const ExecutionSpace& space, const CompactView& compact,
                        const HankelView& hankel, const SkyPixels<MemorySpace>& pixels,
                        const SourceMapping<MemorySpace>& by_source, const DiagonalView& diagonal) {
  impl::expect_diagonal("compact", compact, pixels, by_source, diagonal);
  impl::expect_diagonal("hankel", hankel, pixels, by_source, diagonal);
  const StridedInput<const double**, ExecutionSpace> second = strided_input<ExecutionSpace>(hankel);
  impl::curvature_diagonal<ExecutionSpace>(space, strided_input<ExecutionSpace>(compact), &second,
                                           pixels, by_source,
                                           strided_output<ExecutionSpace>(diagonal));
}

#define GLINT_EXTERN(Space)                                                                       \
  extern template void impl::map_to_image<Space>(                                                 \
      const Space&, const SparseMapping<typename Space::memory_space>&,                           \
      const StridedInput<const double*, Space>&,                                                  \
      const Vector<double, typename Space::memory_space>&);                                       \
  extern template void impl::system_rows<Space>(                                                  \
      const Space&, const SourceSystem<typename Space::memory_space>&,                            \
      const Vector<double, typename Space::memory_space>&,                                        \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&);           \
  extern template void impl::curvature_diagonal<Space>(                                           \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SourceMapping<typename Space::memory_space>&, const StridedOutput<double*, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
