// SPDX-License-Identifier: BSD-3-Clause
#include "picture.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace glint::impl {
namespace {

// Colours as lightness and two opponent axes (green-red, blue-yellow), the Oklab space of
// B. Ottosson, in which equal steps look equal.
struct Lab {
  double lightness, a, b;
};

unsigned char to_byte(double linear) {
  const double clipped = std::clamp(linear, 0.0, 1.0);
  const double display =
      clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * std::pow(clipped, 1.0 / 2.4) - 0.055;
  return static_cast<unsigned char>(std::lround(255.0 * display));
}

Rgb to_rgb(const Lab& colour) {
  const auto cube = [](double v) { return v * v * v; };
  const double l = cube(colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b);
  const double m = cube(colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b);
  const double s = cube(colour.lightness - 0.0894841775 * colour.a - 1.2914855480 * colour.b);
  return {to_byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          to_byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          to_byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

// Straight lines between five anchors, lightness rising evenly from black to near white.
std::array<Rgb, 256> ramp(const std::array<Lab, 5>& anchors) {
  std::array<Rgb, 256> colours{};
  for (int k = 0; k < 256; ++k) {
    const double place = 4.0 * k / 255.0;
    const int left = std::min(static_cast<int>(place), 3);
    const double share = place - left;
    const Lab &from = anchors[left], &to = anchors[left + 1];
    colours[k] = to_rgb({from.lightness + share * (to.lightness - from.lightness),
                         from.a + share * (to.a - from.a), from.b + share * (to.b - from.b)});
  }
  return colours;
}

}  // namespace

ColourMap make_colour_map() {
  return {ramp({{{0.0, 0.0, 0.0},
                 {0.27, 0.06, -0.11},
                 {0.50, 0.17, -0.02},
                 {0.74, 0.09, 0.13},
                 {0.98, -0.01, 0.05}}}),
          ramp({{{0.0, 0.0, 0.0},
                 {0.27, -0.02, -0.05},
                 {0.50, -0.05, -0.09},
                 {0.74, -0.08, -0.07},
                 {0.98, -0.02, -0.01}}})};
}

double Stretch::operator()(double value) const {
  if (!(top > 0.0) || std::isnan(value)) return std::isnan(value) ? value : 0.0;
  const double clipped = std::clamp(value, -top, top);
  // Dividing by the top first keeps the smallest and largest doubles in range.
  const double sharpness = top / knee;
  return std::asinh(clipped / top * sharpness) / std::asinh(sharpness);
}

template <class T>
Stretch choose_stretch(const Image<T>& image) {
  const T* const first = image.data();
  const T* const last = first + image.size();
  Stretch stretch;
  for (const T* p = first; p != last; ++p)
    if (std::isfinite(*p)) stretch.top = std::max(stretch.top, std::fabs(static_cast<double>(*p)));

  // The median brightness of at most 65536 pixels spread over the image.
  const std::size_t step = image.size() / 65536 + 1;
  std::vector<double> sample;
  for (std::size_t k = 0; k < image.size(); k += step)
    if (std::isfinite(first[k]) && first[k] != T(0))
      sample.push_back(std::fabs(static_cast<double>(first[k])));
  double median = stretch.top;
  if (!sample.empty()) {
    const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
    std::nth_element(sample.begin(), middle, sample.end());
    median = *middle;
  }
  // Between a thousandth and a third of the top: empty sky must not use up the colours, nor may a
  // flat image be all one shade.
  stretch.knee = std::clamp(median, 1e-3 * stretch.top, 0.3 * stretch.top);
  if (!(stretch.knee > 0.0)) stretch.knee = stretch.top;
  return stretch;
}

template Stretch choose_stretch(const Image<float>&);
template Stretch choose_stretch(const Image<double>&);

}  // namespace glint::impl
