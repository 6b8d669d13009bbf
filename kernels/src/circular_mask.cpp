// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/circular_mask.hpp>

namespace glint {

YX mask_centre(const PixelGrid& grid, const YX& scales, const YX& centre) {
  validate(grid);
  GLINT_EXPECTS(
      scales.y > 0.0 && scales.x > 0.0 && std::isfinite(scales.y) && std::isfinite(scales.x),
      "mask_centre: the pixel scales must be positive numbers of arcseconds, not ", scales.y,
      " and ", scales.x);
  GLINT_EXPECTS(std::isfinite(centre.y) && std::isfinite(centre.x),
                "mask_centre: the centre must be two numbers of arcseconds, not ", centre.y,
                " and ", centre.x);
  return {-grid.y_centre(0.0) - centre.y / scales.y, -grid.x_centre(0.0) + centre.x / scales.x};
}

namespace impl {
namespace {

/// A stretch of a row per index.
template <class ExecutionSpace>
struct CircleFunctor {
  static constexpr int stretch = 8 * lanes_v<ExecutionSpace>;

  StridedOutput<std::uint8_t**, ExecutionSpace> mask;
  YX scales, centre;
  double limit;
  std::size_t stretches;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / stretches, first = index % stretches * stretch;
    const double y = (static_cast<double>(row) - centre.y) * scales.y;
    std::uint8_t outside[stretch];
    for (int l = 0; l < stretch; ++l) {
      const double x = (static_cast<double>(static_cast<int>(first) + l) - centre.x) * scales.x;
      outside[l] = y * y + x * x <= limit ? 0 : 1;
    }
    const std::size_t count = mask.extent(1) - first;
    for (std::size_t l = 0; l < stretch && l < count; ++l) mask(row, first + l) = outside[l];
  }
};

template <class ExecutionSpace>
struct CountKept {
  StridedInput<const std::uint8_t**, ExecutionSpace> mask;

  KOKKOS_FUNCTION void operator()(std::size_t cell, std::size_t& count) const {
    if (mask(cell / mask.extent(1), cell % mask.extent(1)) == 0) ++count;
  }
};

template <class ExecutionSpace>
struct ListKept {
  using Indices = Vector<int, typename ExecutionSpace::memory_space>;

  StridedInput<const std::uint8_t**, ExecutionSpace> mask;
  Indices rows, columns;

  KOKKOS_FUNCTION void operator()(std::size_t cell, std::size_t& position, bool last_pass) const {
    const std::size_t row = cell / mask.extent(1), column = cell % mask.extent(1);
    if (mask(row, column) != 0) return;
    if (last_pass) {
      rows(position) = static_cast<int>(row);
      columns(position) = static_cast<int>(column);
    }
    ++position;
  }
};

}  // namespace

template <class ExecutionSpace>
void circular_mask(const ExecutionSpace& space, const YX& scales, double radius,
                   const StridedOutput<std::uint8_t**, ExecutionSpace>& mask, const YX& centre) {
  const PixelGrid grid{mask.extent(0), mask.extent(1)};
  GLINT_EXPECTS(radius >= 0.0 && std::isfinite(radius),
                "circular_mask: the radius must be a number of arcseconds from 0 up, not ", radius);
  const YX pixel = mask_centre(grid, scales, centre);
  using Circle = CircleFunctor<ExecutionSpace>;
  const std::size_t stretches = (grid.nx + Circle::stretch - 1) / Circle::stretch;
  Kokkos::parallel_for("glint::circular_mask::pixels", range(space, grid.ny * stretches),
                       Circle{mask, scales, pixel, radius * radius * (1.0 + 1e-12), stretches});
}

template <class ExecutionSpace>
SkyPixels<typename ExecutionSpace::memory_space> unmasked_pixels(
    const ExecutionSpace& space, const StridedInput<const std::uint8_t**, ExecutionSpace>& mask,
    double pixel_scale) {
  using Pixels = SkyPixels<typename ExecutionSpace::memory_space>;
  Pixels pixels;
  pixels.grid = {mask.extent(0), mask.extent(1), pixel_scale};
  validate(pixels.grid);
  const std::size_t cells = mask.extent(0) * mask.extent(1);
  std::size_t count = 0;
  Kokkos::parallel_reduce("glint::unmasked_pixels::count", range(space, cells),
                          CountKept<ExecutionSpace>{mask}, count);
  compat::fence(space, "glint::unmasked_pixels::count");
  GLINT_EXPECTS(count > 0, "the mask of ", mask.extent(0), " x ", mask.extent(1),
                " pixels keeps none of them");
  using Indices = typename Pixels::Indices;
  pixels.row = allocate<Indices>(space, "glint::unmasked_pixels::row", count);
  pixels.column = allocate<Indices>(space, "glint::unmasked_pixels::column", count);
  Kokkos::parallel_scan("glint::unmasked_pixels::list", range(space, cells),
                        ListKept<ExecutionSpace>{mask, pixels.row, pixels.column});
  return pixels;
}

#define GLINT_INSTANTIATE(Space)                                                              \
  template void circular_mask<Space>(const Space&, const YX&, double,                         \
                                     const StridedOutput<std::uint8_t**, Space>&, const YX&); \
  template SkyPixels<Space::memory_space> unmasked_pixels<Space>(                             \
      const Space&, const StridedInput<const std::uint8_t**, Space>&, double);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace impl
}  // namespace glint
