// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/backends.hpp>
#include <glint/impl/curvature/geometry.hpp>
#include <glint/impl/pixel_rectangle.hpp>
#include <limits>
#include <vector>

namespace glint::impl {
namespace {

/// Tiles of all bands, for pixels counted from the rectangle's corner.
struct Tiling {
  Tiling(const std::vector<int>& row, const std::vector<int>& column, int bands, int tile_rows,
         int tile_columns)
      : tile(row.size()), place(row.size()) {
    std::size_t first = 0;
    for (int band = 0; band < bands; ++band) {
      band_begin.push_back(static_cast<int>(tile_column.size()));
      std::size_t end = first;
      int left = std::numeric_limits<int>::max(), right = -1;
      for (; end < row.size() && row[end] < (band + 1) * tile_rows; ++end) {
        left = std::min(left, column[end]);
        right = std::max(right, column[end]);
      }
      std::vector<int> index((right < 0 ? 0 : (right - left) / tile_columns + 1), -1);
      for (std::size_t m = first; m < end; ++m) index[(column[m] - left) / tile_columns] = 0;
      for (std::size_t t = 0; t < index.size(); ++t) {
        if (index[t] < 0) continue;  // a hole
        index[t] = static_cast<int>(tile_column.size());
        tile_column.push_back(left + static_cast<int>(t) * tile_columns);
      }
      for (std::size_t m = first; m < end; ++m) {
        const int t = (column[m] - left) / tile_columns;
        tile[m] = index[t];
        place[m] = (row[m] - band * tile_rows) * tile_columns + column[m] - left - t * tile_columns;
      }
      first = end;
    }
    band_begin.push_back(static_cast<int>(tile_column.size()));
  }
  std::vector<int> tile, place, band_begin, tile_column;
};

}  // namespace

template <class ExecutionSpace>
ConvolutionGeometry<typename ExecutionSpace::memory_space> make_geometry(
    const ExecutionSpace& space, const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
    int tile_rows, int tile_columns) {
  const PixelRectangle pixel = read_rectangle(space, pixels, "CurvaturePlan");
  ConvolutionGeometry<typename ExecutionSpace::memory_space> geometry;
  geometry.first_row = pixel.first_row;
  geometry.first_column = pixel.first_column;
  geometry.height = pixel.height;
  geometry.width = pixel.width;
  // An odd number of cache lines from row to row, so that rows do not compete for the same places.
  geometry.stride = 16 * ((2 * geometry.width - 2 + tile_columns + 7) / 16) + 8;
  geometry.bands = (geometry.height + tile_rows - 1) / tile_rows;

  const Tiling tiling(pixel.row, pixel.column, geometry.bands, tile_rows, tile_columns);
  geometry.tiles = static_cast<int>(tiling.tile_column.size());
  geometry.pixel_row = upload_indices(space, "glint::curvature::pixel_row", pixel.row);
  geometry.pixel_column = upload_indices(space, "glint::curvature::pixel_column", pixel.column);
  geometry.pixel_tile = upload_indices(space, "glint::curvature::pixel_tile", tiling.tile);
  geometry.pixel_place = upload_indices(space, "glint::curvature::pixel_place", tiling.place);
  geometry.band_begin = upload_indices(space, "glint::curvature::band_begin", tiling.band_begin);
  geometry.tile_column = upload_indices(space, "glint::curvature::tile_column", tiling.tile_column);
  return geometry;
}

#define GLINT_INSTANTIATE(Space)                                                   \
  template ConvolutionGeometry<typename Space::memory_space> make_geometry<Space>( \
      const Space&, const SkyPixels<typename Space::memory_space>&, int, int);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
