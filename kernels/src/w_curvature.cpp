// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/curvature_pairs.hpp>
#include <glint/impl/omega_kernels.hpp>
#include <glint/region.hpp>
#include <glint/w_curvature.hpp>

namespace glint {

const std::string& w_curvature_name(WCurvature method) {
  static const std::string names[] = {"dense", "sparse", "products"};
  return names[static_cast<int>(method)];
}

namespace impl {

namespace {

/// A row-major matrix in a vector that grows.
template <class ExecutionSpace, class T>
OutputMatrix<T, ExecutionSpace> matrix_in(const ExecutionSpace& space, const char* label,
                                          std::size_t rows, std::size_t columns,
                                          Vector<T, typename ExecutionSpace::memory_space>& room) {
  grow(space, label, rows * columns, room);
  return OutputMatrix<T, ExecutionSpace>(room.data(), rows, columns);
}

template <class ExecutionSpace>
std::size_t tiles_of(std::size_t size) {
  return (size + symmetric_tile<ExecutionSpace> - 1) / symmetric_tile<ExecutionSpace>;
}

/// `size` rounded up, so that rows can be read and written in whole tiles.
template <class ExecutionSpace>
std::size_t padded(std::size_t size) {
  return tiles_of<ExecutionSpace>(size) * symmetric_tile<ExecutionSpace>;
}

/// curvature = factor (p + p^T).
template <class ExecutionSpace, class T>
void make_symmetric(const ExecutionSpace& space, const InputMatrix<T, ExecutionSpace>& p, T factor,
                    const StridedOutput<T**, ExecutionSpace>& curvature) {
  const std::size_t tiles = tiles_of<ExecutionSpace>(curvature.extent(0));
  Kokkos::parallel_for("glint::curvature_from_w::make_symmetric", range(space, tiles * tiles),
                       AddTranspose<ExecutionSpace, T>{p, curvature, factor, tiles});
}

/// curvature = T^T omega.
template <class ExecutionSpace, class T>
void finish(const ExecutionSpace& space,
            const SourceMapping<typename ExecutionSpace::memory_space, T>& by_source,
            const InputMatrix<T, ExecutionSpace>& omega,
            const StridedOutput<T**, ExecutionSpace>& curvature) {
  const std::size_t tiles = tiles_of<ExecutionSpace>(by_source.sources);
  Kokkos::parallel_for(
      "glint::curvature_from_w::finish", range(space, tiles * tiles),
      SymmetricProduct<ExecutionSpace, T>{by_source.offsets, by_source.pixels, by_source.values,
                                          omega, curvature, tiles});
}

}  // namespace

template <class ExecutionSpace, class T>
void curvature_from_w(const ExecutionSpace& space, const InputMatrix<T, ExecutionSpace>& w,
                      const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                      const StridedOutput<T**, ExecutionSpace>& curvature,
                      const WCurvatureOptions& options,
                      WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  const ScopedRegion region("glint::curvature_from_w");
  const std::size_t pixels = mapping.pixels, sources = mapping.sources;
  if (sources == 0) return;
  auto& by_source = workspace.omega.by_source;
  if (options.method == WCurvature::sparse) {
    constexpr std::size_t stretch = matrix_stretch<ExecutionSpace>;
    const auto omega =
        matrix_in<ExecutionSpace, T>(space, "glint::curvature_from_w::omega", pixels,
                                     padded<ExecutionSpace>(sources), workspace.product);
    transpose(space, mapping, by_source);
    const std::size_t count = stretch > 1 ? (pixels + stretch - 1) / stretch : pixels * sources;
    Kokkos::parallel_for("glint::curvature_from_w::omega", range(space, count),
                         OmegaFromMatrix<ExecutionSpace, T>{by_source.offsets, by_source.pixels,
                                                            by_source.values, w, omega, sources});
    return finish<ExecutionSpace, T>(space, by_source, omega, curvature);
  }
  const auto omega = matrix_in<ExecutionSpace, T>(space, "glint::curvature_from_w::omega", pixels,
                                                  sources, workspace.product);
  // Both others end with a product that is symmetric but for rounding.
  const std::size_t room = sources * (pixels > sources ? pixels : sources);
  grow(space, "glint::curvature_from_w::other", room, workspace.other);
  const OutputMatrix<T, ExecutionSpace> square(workspace.other.data(), sources, sources);
  if (options.method == WCurvature::dense) {
    const OutputMatrix<T, ExecutionSpace> dense(workspace.other.data(), pixels, sources);
    mapping_matrix(space, mapping, dense);
    gemm(space, Op::none, Op::none, T(1), w, dense, T(0), omega, options.linalg);
    const auto result = matrix_in<ExecutionSpace, T>(space, "glint::curvature_from_w::result",
                                                     sources, sources, workspace.result);
    gemm(space, Op::transpose, Op::none, T(1), dense, omega, T(0), result, options.linalg);
    return make_symmetric<ExecutionSpace, T>(space, result, T(0.5), curvature);
  }
  transpose(space, mapping, by_source);
  const auto transposed = as_rows(by_source);
  const OutputMatrix<T, ExecutionSpace> sideways(workspace.other.data(), sources, pixels);
  sparse_times_dense(space, transposed, w, sideways, options.linalg);
  const std::size_t tiles = tiles_of<ExecutionSpace>(pixels);
  Kokkos::parallel_for("glint::curvature_from_w::transpose",
                       range(space, tiles_of<ExecutionSpace>(sources) * tiles),
                       TransposeMatrix<ExecutionSpace, T>{sideways, omega, tiles});
  sparse_times_dense(space, transposed, omega, square, options.linalg);
  make_symmetric<ExecutionSpace, T>(space, square, T(0.5), curvature);
}

template <class ExecutionSpace, class T>
void curvature_pairs(const ExecutionSpace& space, PairLayout layout,
                     const StridedInput<const double**, ExecutionSpace>& kernel,
                     const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                     const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                     const StridedOutput<T**, ExecutionSpace>& curvature,
                     WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  const ScopedRegion region("glint::curvature_pairs");
  const std::size_t sources = mapping.sources;
  if (sources == 0) return;
  auto& by_source = workspace.omega.by_source;
  transpose(space, mapping, by_source);
  const auto sums = matrix_in<ExecutionSpace, T>(space, "glint::curvature_pairs::sums", sources,
                                                 sources, workspace.product);
  const bool half = layout == PairLayout::preload;
  const auto run = [&](const auto& reader) {
    Kokkos::parallel_for(
        "glint::curvature_pairs::rows", range(space, sources),
        CurvaturePairs<ExecutionSpace, T, std::decay_t<decltype(reader)>>{
            reader, mapping.offsets, mapping.columns, mapping.values, by_source.offsets,
            by_source.pixels, by_source.values, sums, static_cast<int>(mapping.pixels), half});
  };
  if (half)
    run(PreloadKernel<ExecutionSpace>{kernel, pixels.row, pixels.column});
  else
    run(CompactKernel<ExecutionSpace>{kernel, pixels.row, pixels.column});
  make_symmetric<ExecutionSpace, T>(space, sums, half ? T(1) : T(0.5), curvature);
}

template <class ExecutionSpace, class T>
void curvature_products(const ExecutionSpace& space,
                        const StridedInput<const double**, ExecutionSpace>& compact,
                        const StridedInput<const double**, ExecutionSpace>* hankel,
                        const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                        const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                        const StridedOutput<T**, ExecutionSpace>& curvature,
                        WCurvatureWorkspace<ExecutionSpace, T>& workspace) {
  const auto product =
      matrix_in<ExecutionSpace, T>(space, "glint::curvature_products::omega", mapping.pixels,
                                   padded<ExecutionSpace>(mapping.sources), workspace.product);
  impl::omega<ExecutionSpace, T>(space, compact, hankel, pixels, mapping, product, workspace.omega);
  finish<ExecutionSpace, T>(space, workspace.omega.by_source, product, curvature);
}

}  // namespace impl

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                          \
  template void impl::curvature_from_w<Space, T>(                                                 \
      const Space&, const InputMatrix<T, Space>&,                                                 \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      const WCurvatureOptions&, WCurvatureWorkspace<Space, T>&);                                  \
  template void impl::curvature_pairs<Space, T>(                                                  \
      const Space&, impl::PairLayout, const StridedInput<const double**, Space>&,                 \
      const SkyPixels<typename Space::memory_space>&,                                             \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      WCurvatureWorkspace<Space, T>&);                                                            \
  template void impl::curvature_products<Space, T>(                                               \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      WCurvatureWorkspace<Space, T>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
