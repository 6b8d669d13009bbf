// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PICTURE_HPP
#define GLINT_PICTURE_HPP

#include <array>
#include <glint/image.hpp>

/// How pixel values become colours.

namespace glint::impl {

using Rgb = std::array<unsigned char, 3>;

/// 256 colours from black to white whose perceived lightness rises evenly.
struct ColourMap {
  std::array<Rgb, 256> positive, negative;
};
ColourMap make_colour_map();

/// s(v) = asinh(v / knee) / asinh(top / knee), from -1 to 1.
struct Stretch {
  double top = 0.0;   ///< largest finite |value|
  double knee = 0.0;  ///< where the stretch turns from linear to logarithmic

  double operator()(double value) const;
};

/// The knee is set by the image's own faint parts, so that both wings and cores are seen.
template <class T>
Stretch choose_stretch(const Image<T>& image);

}  // namespace glint::impl

#endif
