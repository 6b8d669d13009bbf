// SPDX-License-Identifier: BSD-3-Clause
#include "timelines.hpp"

#include <algorithm>
#include <cmath>
#include <glint/hdf5_file.hpp>
#include <glint/image_io.hpp>
#include <limits>

void write_timelines(glint::AtomicFile& target, const Timelines& timelines) {
  const std::size_t detectors = timelines.gain.size(), samples = timelines.time.size();
  glint::Hdf5Writer file(target,
                         sizeof(double) * (timelines.signal.size() + 2 * detectors + 3 * samples));
  file.dataset("/signal", {detectors, samples}, timelines.signal.data());
  file.attribute("/signal", "sigma", timelines.sigma);
  file.attribute("/signal", "seed", std::to_string(timelines.seed));
  file.dataset("/gain", {detectors}, timelines.gain.data());
  file.dataset("/offset", {detectors}, timelines.offset.data());
  file.dataset("/time", {samples}, timelines.time.data());
  file.dataset("/source", {samples}, timelines.source.data());
  file.dataset("/glitch", {samples}, timelines.glitch.data());
  file.finish();
}

namespace {

constexpr std::size_t band = 30, gap = 10, spacing = 40, lines_height = 420;  // in pixels

/// Colours every pixel of a column between two heights, so that steep lines have no holes.
void stroke(const glint::Image<double>& image, std::size_t column, double from, double to,
            double level) {
  const auto row = [](double height) {
    return static_cast<std::size_t>(
        std::lround(std::clamp(height, 0.0, static_cast<double>(lines_height - 1))));
  };
  for (std::size_t k = row(std::min(from, to)); k <= row(std::max(from, to)); ++k)
    image(k, column) = level;
}

}  // namespace

void write_picture(glint::AtomicFile& file, const Timelines& timelines) {
  const std::size_t detectors = timelines.gain.size(), samples = timelines.time.size();
  const std::size_t image_height = band * detectors;
  const auto [least, most] = std::minmax_element(timelines.signal.begin(), timelines.signal.end());
  const double low = *least, span = *most > *least ? *most - *least : 1.0;
  const auto signal = [&](std::size_t d, std::size_t t) {
    return timelines.signal[d * samples + t];
  };
  // Rows count upwards, and the first detector is at the top of the image and the lines.
  const glint::Image<double> picture("array_programming::picture",
                                     lines_height + gap + image_height, samples);
  for (std::size_t t = 0; t < samples; ++t) {
    for (std::size_t k = 0; k < gap; ++k)
      picture(lines_height + k, t) = std::numeric_limits<double>::quiet_NaN();  // grey
    for (std::size_t k = 0; k < image_height; ++k)
      picture(lines_height + gap + k, t) = (signal(detectors - 1 - k / band, t) - low) / span;
  }
  const double scale = static_cast<double>(lines_height - (detectors - 1) * spacing) / span;
  for (std::size_t d = 0; d < detectors; ++d) {
    const auto height = [&](std::size_t t) {
      return static_cast<double>((detectors - 1 - d) * spacing) + (signal(d, t) - low) * scale;
    };
    const double level = 0.25 + 0.75 * static_cast<double>(d + 1) / static_cast<double>(detectors);
    for (std::size_t t = 0; t < samples; ++t)
      stroke(picture, t, height(t > 0 ? t - 1 : 0), height(t), level);
  }
  glint::write_png(file, picture);
}
