// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/mesh_rows.hpp>
#include <glint/impl/system_kernels.hpp>
#include <glint/source_system.hpp>

namespace glint {
namespace impl {
namespace {

/// Row s of T^T response + H x, for whoever needs no scalar products.
template <class ExecutionSpace>
struct PlainRows {
  SystemRows<ExecutionSpace> rows;
  StridedInput<const double*, ExecutionSpace> x;
  StridedOutput<double*, ExecutionSpace> y;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { y(s) = rows.value(s, x); }
};

/// (T^T W T)(s, s). Pixels come in row-major order, so the later of two lies in no higher row, and
/// the kernel of its offset is in the half that is stored.
template <class ExecutionSpace>
struct CurvatureDiagonal {
  using Memory = typename ExecutionSpace::memory_space;

  StridedInput<const double**, ExecutionSpace> compact, hankel;
  bool has_hankel;
  Vector<int, Memory> row, column, offsets, pixels;
  Vector<double, Memory> values;
  StridedOutput<double*, ExecutionSpace> diagonal;

  KOKKOS_FUNCTION double hankel_at(int down, int right, int middle) const {
    return down < 0 ? hankel(-down, middle - right) : hankel(down, middle + right);
  }
  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const int middle = static_cast<int>(compact.extent(1)) / 2;  // NX - 1
    const int last = static_cast<int>(compact.extent(0)) - 1;    // NY - 1
    double total = 0.0;
    for (int k = offsets(s); k < offsets(s + 1); ++k) {
      const int i = row(pixels(k)), j = column(pixels(k));
      double sum = 0.5 * values(k) * compact(0, middle);
      for (int n = k + 1; n < offsets(s + 1); ++n)
        sum += values(n) * compact(row(pixels(n)) - i, column(pixels(n)) - j + middle);
      if (has_hankel) {
        sum += 0.5 * values(k) * hankel_at(2 * i - last, 2 * j - middle, middle);
        for (int n = k + 1; n < offsets(s + 1); ++n)
          sum += values(n) *
                 hankel_at(row(pixels(n)) + i - last, column(pixels(n)) + j - middle, middle);
      }
      total += values(k) * sum;
    }
    diagonal(s) = 2.0 * total;
  }
};

}  // namespace

template <class ExecutionSpace>
void map_to_image(const ExecutionSpace& space,
                  const SparseMapping<typename ExecutionSpace::memory_space>& mapping,
                  const StridedInput<const double*, ExecutionSpace>& x,
                  const Vector<double, typename ExecutionSpace::memory_space>& image) {
  Kokkos::parallel_for("glint::apply_system::image", range(space, mapping.pixels),
                       MapToImage<ExecutionSpace, StridedInput<const double*, ExecutionSpace>>{
                           mapping.offsets, mapping.columns, mapping.values, x, image});
}

template <class ExecutionSpace>
void system_rows(const ExecutionSpace& space,
                 const SourceSystem<typename ExecutionSpace::memory_space>& system,
                 const Vector<double, typename ExecutionSpace::memory_space>& response,
                 const StridedInput<const double*, ExecutionSpace>& x,
                 const StridedOutput<double*, ExecutionSpace>& y) {
  Kokkos::parallel_for(
      "glint::apply_system::rows", range(space, system.sources()),
      PlainRows<ExecutionSpace>{SystemRows<ExecutionSpace>::of(system, response), x, y});
}

template <class ExecutionSpace>
void curvature_diagonal(const ExecutionSpace& space,
                        const StridedInput<const double**, ExecutionSpace>& compact,
                        const StridedInput<const double**, ExecutionSpace>* hankel,
                        const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                        const SourceMapping<typename ExecutionSpace::memory_space>& by_source,
                        const StridedOutput<double*, ExecutionSpace>& diagonal) {
  Kokkos::parallel_for(
      "glint::curvature_diagonal::pairs", range(space, by_source.sources),
      CurvatureDiagonal<ExecutionSpace>{compact, hankel ? *hankel : compact, hankel != nullptr,
                                        pixels.row, pixels.column, by_source.offsets,
                                        by_source.pixels, by_source.values, diagonal});
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                                                                  \
  template void impl::map_to_image<Space>(const Space&,                                           \
                                          const SparseMapping<typename Space::memory_space>&,     \
                                          const StridedInput<const double*, Space>&,              \
                                          const Vector<double, typename Space::memory_space>&);   \
  template void impl::system_rows<Space>(                                                         \
      const Space&, const SourceSystem<typename Space::memory_space>&,                            \
      const Vector<double, typename Space::memory_space>&,                                        \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&);           \
  template void impl::curvature_diagonal<Space>(                                                  \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SourceMapping<typename Space::memory_space>&, const StridedOutput<double*, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
