// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OMEGA_HPP
#define GLINT_OMEGA_HPP

#include <glint/mapping.hpp>
#include <glint/sky_grid.hpp>

namespace glint {

/// Working memory of omega(). Hand the same one to every call: nothing is allocated as long as
/// sizes stay. (2 NY - 1)(2 NX - 1) sizeof T, the same for a Hankel part, 4 NY NX and some
/// M B (8 + sizeof T) bytes.
template <class ExecutionSpace, class T = double>
struct OmegaWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<T, Memory> toeplitz, hankel;  ///< kernels at all offsets
  Vector<int, Memory> slim, places;
  SourceMapping<Memory, T> by_source;
};

namespace impl {
/// Without a Hankel part `hankel` is null.
template <class ExecutionSpace, class T>
void omega(const ExecutionSpace& space, const StridedInput<const double**, ExecutionSpace>& compact,
           const StridedInput<const double**, ExecutionSpace>* hankel,
           const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
           const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
           const OutputMatrix<T, ExecutionSpace>& omega,
           OmegaWorkspace<ExecutionSpace, T>& workspace);

/// That a mapping is one of these pixels.
template <class MemorySpace, class T>
void expect_pixels(const char* function, const SkyPixels<MemorySpace>& pixels,
                   const SparseMapping<MemorySpace, T>& mapping) {
  GLINT_EXPECTS(mapping.pixels == pixels.size(), function, ": the mapping is for ", mapping.pixels,
                " image pixels, but there are ", pixels.size());
}

/// Shapes of a kernel, of the pixels and of a mapping of them.
template <class KernelView, class MemorySpace, class T>
void expect_kernel(const char* function, const char* name, const KernelView& kernel,
                   const SkyPixels<MemorySpace>& pixels,
                   const SparseMapping<MemorySpace, T>& mapping) {
  expect_shape(function, name, kernel,
               std::array<std::size_t, 2>{pixels.grid.ny, 2 * pixels.grid.nx - 1});
  expect_pixels(function, pixels, mapping);
}
}  // namespace impl

/// Omega = W T, the dirty response to every source pixel:
///   omega(i, s) = sum over j of W_ij T(j, s),
/// W_ij = compact at the offset of pixels i and j in the layout of w_compact(), gathered, never
/// stored.
///
/// `compact` (NY, 2 NX - 1): double, any layout; `omega` (M, S): row-major, of the mapping's type,
/// in which sums are kept; overwritten. Errors in float are some 1e-7 of the largest entry. Throws
/// Error on wrong shapes. Asynchronous. Cost: nnz M multiply-adds, nnz the non-zeros of T.
template <class ExecutionSpace, class CompactView, class MemorySpace, class T, class OmegaView>
void omega(const ExecutionSpace& space, const CompactView& compact,
           const SkyPixels<MemorySpace>& pixels, const SparseMapping<MemorySpace, T>& mapping,
           const OmegaView& omega, OmegaWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("omega", "compact", compact, pixels, mapping);
  expect_shape("omega", "omega", omega,
               std::array<std::size_t, 2>{mapping.pixels, mapping.sources});
  impl::omega<ExecutionSpace, T>(space, strided_input<ExecutionSpace>(compact), nullptr, pixels,
                                 mapping, output_matrix<ExecutionSpace>(omega), workspace);
}

/// The same where real and imaginary noise differ: W_ij has another term, `hankel` at
/// (r_i + r_j - (NY - 1), c_i + c_j - (NX - 1)), in the same layout. Twice the cost.
template <class ExecutionSpace, class CompactView, class HankelView, class MemorySpace, class T,
          class OmegaView>
void omega(const ExecutionSpace& space, const CompactView& compact, const HankelView& hankel,
           const SkyPixels<MemorySpace>& pixels, const SparseMapping<MemorySpace, T>& mapping,
           const OmegaView& omega, OmegaWorkspace<ExecutionSpace, T>& workspace) {
  impl::expect_kernel("omega", "compact", compact, pixels, mapping);
  impl::expect_kernel("omega", "hankel", hankel, pixels, mapping);
  expect_shape("omega", "omega", omega,
               std::array<std::size_t, 2>{mapping.pixels, mapping.sources});
  const StridedInput<const double**, ExecutionSpace> second = strided_input<ExecutionSpace>(hankel);
  impl::omega<ExecutionSpace, T>(space, strided_input<ExecutionSpace>(compact), &second, pixels,
                                 mapping, output_matrix<ExecutionSpace>(omega), workspace);
}

/// The same with a workspace of its own, allocated by the call.
template <class ExecutionSpace, class CompactView, class MemorySpace, class T, class OmegaView>
void omega(const ExecutionSpace& space, const CompactView& compact,
           const SkyPixels<MemorySpace>& pixels, const SparseMapping<MemorySpace, T>& mapping,
           const OmegaView& omega) {
  OmegaWorkspace<ExecutionSpace, T> workspace;
  glint::omega(space, compact, pixels, mapping, omega, workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                               \
  extern template void impl::omega<Space, T>(                                                     \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SparseMapping<typename Space::memory_space, T>&, const OutputMatrix<T, Space>&,       \
      OmegaWorkspace<Space, T>&);
#define GLINT_EXTERN(Space)        \
  GLINT_EXTERN_TYPE(Space, double) \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
