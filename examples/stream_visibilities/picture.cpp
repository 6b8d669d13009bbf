// SPDX-License-Identifier: BSD-3-Clause
#include "picture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

glint::Image<double> side_by_side(std::size_t side, const glint::Vector<double>& dirty,
                                  const glint::Matrix<double>& kernel) {
  const std::size_t zoom = std::max<std::size_t>(1, 300 / side), gap = 8;
  const glint::Image<double> picture("stream_visibilities::picture", zoom * side,
                                     2 * zoom * side + gap);
  Kokkos::deep_copy(picture, std::numeric_limits<double>::quiet_NaN());
  const auto draw = [&](std::size_t first_column, const auto& value) {
    double largest = 0.0;
    for (std::size_t i = 0; i < side; ++i)
      for (std::size_t j = 0; j < side; ++j) largest = std::max(largest, std::fabs(value(i, j)));
    for (std::size_t i = 0; i < zoom * side; ++i)
      for (std::size_t j = 0; j < zoom * side; ++j)
        picture(zoom * side - 1 - i, first_column + j) =
            largest > 0.0 ? value(i / zoom, j / zoom) / largest : 0.0;
  };
  draw(0, [&](std::size_t i, std::size_t j) { return dirty(i * side + j); });
  draw(zoom * side + gap, [&](std::size_t i, std::size_t j) {
    // Offsets from the middle; the kernel is even and holds half of them.
    const auto middle = static_cast<std::ptrdiff_t>(side / 2),
               n = static_cast<std::ptrdiff_t>(side);
    std::ptrdiff_t down = static_cast<std::ptrdiff_t>(i) - middle,
                   right = static_cast<std::ptrdiff_t>(j) - middle;
    if (down < 0) down = -down, right = -right;
    return kernel(static_cast<std::size_t>(down), static_cast<std::size_t>(right + n - 1));
  });
  return picture;
}
