// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature.hpp>
#include <glint/impl/curvature/convolve.hpp>
#include <glint/impl/curvature/symmetrise.hpp>
#include <glint/impl/curvature/tables.hpp>
#include <glint/memory.hpp>
#include <limits>

namespace glint {

namespace {

template <class ExecutionSpace, class T>
constexpr int padded(int sources) {
  constexpr int block = impl::ConvolutionShape<ExecutionSpace, T>::sources;
  return (sources + block - 1) / block * block;
}

/// Teams per block of sources: one where the blocks alone keep the machine busy. More of them add
/// to the same numbers one after the other, and in any order.
template <class ExecutionSpace>
int band_groups(const ExecutionSpace& space, int blocks, int bands) {
  const int teams =
      is_host_execution_v<ExecutionSpace> ? static_cast<int>(space.concurrency()) : 1024;
  return teams <= blocks ? 1 : std::min(bands, (teams + blocks - 1) / blocks);
}

}  // namespace

template <class ExecutionSpace, class T>
CurvaturePlan<ExecutionSpace, T>::CurvaturePlan(const ExecutionSpace& space,
                                                const SkyPixels<MemorySpace>& pixels,
                                                std::size_t sources, std::size_t width)
    : grid_(pixels.grid), pixels_(pixels.size()), sources_(sources), width_(width) {
  using Shape = impl::ConvolutionShape<ExecutionSpace, T>;
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
  GLINT_EXPECTS(sources > 0 && width > 0, "CurvaturePlan: there must be source pixels, not ",
                sources, " of them with ", width, " per image pixel");
  GLINT_EXPECTS(sources < limit / 64 && pixels_ < limit / width, "CurvaturePlan: ", pixels_,
                " image pixels with ", width, " of ", sources,
                " source pixels each are more than can be counted");
  geometry_ = impl::make_geometry(space, pixels, Shape::rows, Shape::columns);
  const std::size_t side = padded<ExecutionSpace, T>(static_cast<int>(sources));
  const std::string what = concat("the curvature of ", sources, " source pixels");
  expect_memory(what, array_bytes(what, {side, side}, sizeof(T)));
  GLINT_EXPECTS(
      static_cast<std::size_t>(2 * geometry_.height + 2 * Shape::rows_above) * geometry_.stride <
          limit,
      "CurvaturePlan: an extent of ", geometry_.height, " x ", geometry_.width,
      " pixels is more than can be counted");
  allocate_arrays(space);
}

template <class ExecutionSpace, class T>
void CurvaturePlan<ExecutionSpace, T>::allocate_arrays(const ExecutionSpace& space) {
  using Shape = impl::ConvolutionShape<ExecutionSpace, T>;
  const std::size_t capacity = pixels_ * width_;
  const auto indices = [&](const char* label, std::size_t count) {
    return allocate<Indices>(space, label, count);
  };
  const auto values = [&](const char* label) {
    return allocate<Vector<T, MemorySpace>>(space, label, capacity);
  };
  auto& to = mapping_;
  to.sources = static_cast<int>(sources_);
  to.source_begin = indices("glint::curvature::source_begin", sources_ + 1);
  to.pixel = indices("glint::curvature::pixel", capacity);
  to.value = values("glint::curvature::value");
  to.class_begin = indices("glint::curvature::class_begin", to.classes * sources_);
  to.run_end = indices("glint::curvature::run_end", sources_);
  to.run_row = indices("glint::curvature::run_row", capacity);
  to.run_offset = indices("glint::curvature::run_offset", capacity);
  to.run_value = values("glint::curvature::run_value");
  to.below = indices("glint::curvature::below", capacity);
  to.length = indices("glint::curvature::length", capacity);
  to.tile_begin = indices("glint::curvature::tile_begin", geometry_.tiles + 1);
  to.entry_source = indices("glint::curvature::entry_source", capacity);
  to.entry_place = indices("glint::curvature::entry_place", capacity);
  to.entry_value = values("glint::curvature::entry_value");

  lower_ = allocate<Matrix<T, MemorySpace>>(space, "glint::curvature::lower",
                                            Shape::rows_above + geometry_.height + Shape::rows,
                                            geometry_.stride);
  const std::size_t side = padded<ExecutionSpace, T>(to.sources);
  product_ = allocate<Matrix<T, MemorySpace>>(space, "glint::curvature::product", side, side);
  fill(space, product_, T(0));
}

template <class ExecutionSpace, class T>
void CurvaturePlan<ExecutionSpace, T>::load_kernel(const ExecutionSpace& space,
                                                   const Kernel& compact, const Kernel* hankel) {
  using Shape = impl::ConvolutionShape<ExecutionSpace, T>;
  using Policy = Kokkos::TeamPolicy<ExecutionSpace>;
  const int threads = team_size<ExecutionSpace>(128);
  has_kernel_ = true;
  has_hankel_ = hankel != nullptr;
  Kokkos::parallel_for(
      "glint::curvature::lower", Policy(space, static_cast<int>(lower_.extent(0)), threads),
      impl::FillTable<ExecutionSpace, T, true>{compact, lower_, geometry_.height, geometry_.width,
                                               Shape::rows_above, 0, 0});
  if (!hankel) return;
  if (hankel_.extent(0) == 0)
    hankel_ =
        allocate<Matrix<T, MemorySpace>>(space, "glint::curvature::hankel",
                                         2 * geometry_.height - 1 + Shape::rows, geometry_.stride);
  // Offset 0 between a pixel and a mirrored one is where their rows sum to height - 1.
  const int row_shift =
      geometry_.height - 1 + 2 * geometry_.first_row - (static_cast<int>(grid_.ny) - 1);
  const int column_shift =
      geometry_.width - 1 + 2 * geometry_.first_column - (static_cast<int>(grid_.nx) - 1);
  Kokkos::parallel_for(
      "glint::curvature::hankel", Policy(space, static_cast<int>(hankel_.extent(0)), threads),
      impl::FillTable<ExecutionSpace, T, false>{*hankel, hankel_, geometry_.height, geometry_.width,
                                                geometry_.height - 1, row_shift, column_shift});
}

template <class ExecutionSpace, class T>
void CurvaturePlan<ExecutionSpace, T>::arrange(const ExecutionSpace& space,
                                               const SparseMapping<MemorySpace, T>& mapping) {
  auto& to = mapping_;
  has_mapping_ = true;
  mirrored_ = has_hankel_;
  if (mirrored_ && to.mirror_offset.extent(0) == 0) {
    to.mirror_offset =
        allocate<Indices>(space, "glint::curvature::mirror_offset", pixels_ * width_);
    to.mirror_value =
        allocate<Vector<T, MemorySpace>>(space, "glint::curvature::mirror_value", pixels_ * width_);
  }
  impl::counting_sort(
      space, "glint::curvature::by_source",
      impl::NonZerosBySource<MemorySpace, T>{static_cast<int>(pixels_), to.sources, mapping.offsets,
                                             mapping.columns, mapping.values, to.pixel, to.value},
      to.source_begin, sort_);
  Kokkos::parallel_for("glint::curvature::runs",
                       Kokkos::RangePolicy<ExecutionSpace>(space, 0, to.sources),
                       impl::BuildRuns<MemorySpace, T>{to, geometry_, mirrored_});
  impl::counting_sort(
      space, "glint::curvature::by_tile",
      impl::NonZerosByTile<MemorySpace, T>{to.sources, geometry_.tiles, to.source_begin, to.pixel,
                                           to.value, geometry_.pixel_tile, geometry_.pixel_place,
                                           to.entry_source, to.entry_place, to.entry_value},
      to.tile_begin, sort_);
}

template <class ExecutionSpace, class T>
void CurvaturePlan<ExecutionSpace, T>::run(const ExecutionSpace& space,
                                           const StridedOutput<T**, ExecutionSpace>& curvature,
                                           Triangle triangle) {
  using Convolve = impl::Convolve<ExecutionSpace, T>;
  using Symmetrise = impl::Symmetrise<ExecutionSpace, T>;
  using Shape = typename Convolve::Shape;
  const int blocks = static_cast<int>(product_.extent(1)) / Shape::sources;
  const int groups = band_groups(space, blocks, geometry_.bands);
  if (groups > 1) fill(space, product_, T(0));
  const T* lower =
      lower_.data() + static_cast<std::ptrdiff_t>(Shape::rows_above) * geometry_.stride;
  const T* second = nullptr;
  if (has_hankel_)
    second = hankel_.data() + static_cast<std::ptrdiff_t>(geometry_.height - 1) * geometry_.stride;
  Kokkos::TeamPolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>> teams(
      space, blocks * groups, team_size<ExecutionSpace>(128));
  teams.set_scratch_size(Convolve::scratch_level, Kokkos::PerTeam(Convolve::scratch_bytes()));
  Kokkos::parallel_for("glint::curvature::convolve", teams,
                       Convolve{mapping_, geometry_, lower, second, product_, blocks, groups});
  const Symmetrise symmetrise{product_, curvature, mapping_.sources, triangle};
  Kokkos::parallel_for("glint::curvature::symmetrise",
                       Kokkos::RangePolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>>(
                           space, 0, symmetrise.items()),
                       symmetrise);
}

template <class ExecutionSpace, class T>
std::size_t CurvaturePlan<ExecutionSpace, T>::bytes() const {
  const auto& to = mapping_;
  const auto& g = geometry_;
  const auto elements = [](const auto&... views) { return (views.size() + ...); };
  const std::size_t ints =
      elements(to.source_begin, to.pixel, to.class_begin, to.run_end, to.run_row, to.run_offset,
               to.mirror_offset, to.below, to.length, to.tile_begin, to.entry_source,
               to.entry_place, g.pixel_row, g.pixel_column, g.pixel_tile, g.pixel_place,
               g.band_begin, g.tile_column, sort_.counts);
  const std::size_t values =
      elements(to.value, to.run_value, to.mirror_value, to.entry_value, lower_, hankel_, product_);
  return sizeof(int) * ints + sizeof(T) * values;
}

#define GLINT_INSTANTIATE(Space)               \
  template class CurvaturePlan<Space, double>; \
  template class CurvaturePlan<Space, float>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
