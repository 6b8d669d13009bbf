// SPDX-License-Identifier: BSD-3-Clause
#include "picture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

glint::Vector<double> lensed(const glint::SourceModel& model, const glint::Vector<double>& source) {
  const glint::Vector<double> image("reconstruct_source::lensed", model.pixels());
  for (std::size_t m = 0; m < model.pixels(); ++m)
    for (std::size_t b = 0; b < model.indexes.extent(1) && model.indexes(m, b) >= 0; ++b)
      image(m) += model.weights(m, b) * source(static_cast<std::size_t>(model.indexes(m, b)));
  return image;
}

glint::Image<double> side_by_side(const glint::SourceModel& model,
                                  const glint::Vector<double>& left,
                                  const glint::Vector<double>& right) {
  const std::size_t side = model.grid.ny;
  const std::size_t zoom = std::max<std::size_t>(1, 300 / side), gap = 8;
  const glint::Image<double> picture("reconstruct_source::picture", zoom * side,
                                     2 * zoom * side + gap);
  Kokkos::deep_copy(picture, std::numeric_limits<double>::quiet_NaN());
  const auto draw = [&](const glint::Vector<double>& image, std::size_t first_column) {
    double largest = 0.0;
    for (std::size_t m = 0; m < image.extent(0); ++m)
      largest = std::max(largest, std::fabs(image(m)));
    std::size_t m = 0;
    for (std::size_t i = 0; i < side; ++i)
      for (std::size_t j = 0; j < side; ++j) {
        if (model.mask(i, j) != 0) continue;
        const double value = largest > 0.0 ? image(m) / largest : 0.0;
        ++m;
        for (std::size_t y = 0; y < zoom; ++y)
          for (std::size_t x = 0; x < zoom; ++x)
            picture(zoom * (side - 1 - i) + y, first_column + zoom * j + x) = value;
      }
  };
  draw(left, 0);
  draw(right, zoom * side + gap);
  return picture;
}
