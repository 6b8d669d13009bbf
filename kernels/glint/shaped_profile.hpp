// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SHAPED_PROFILE_HPP
#define GLINT_SHAPED_PROFILE_HPP

#include <glint/isophote.hpp>
#include <glint/laws/radial_brightness.hpp>
#include <glint/laws/radial_table.hpp>

namespace glint {

/// One profile of any kind and any shape of isophotes, ready to evaluate and to integrate.
struct ShapedProfile {
  Isophote isophote;
  RadialBrightness law;
  RadialTable table;       ///< of the law; its numbers are kept elsewhere
  double flux = 0.0;       ///< total
  double amplitude = 0.0;  ///< flux per pixel area where a and g are 1

  /// Flux per pixel area at X, Y relative to the centre.
  KOKKOS_FUNCTION double brightness_from_centre(double X, double Y) const {
    const Isophote::Value value = isophote.at(X, Y);
    // Cusps are infinite at the centre; what a sample should be there is as arbitrary as its place.
    const double m = value.m < RadialTable::innermost ? RadialTable::innermost : value.m;
    return amplitude * value.a * law(m);
  }

  /// The same at (x, y), in pixels from the image centre.
  KOKKOS_FUNCTION double brightness(double at_x, double at_y) const {
    return brightness_from_centre(at_x - isophote.ellipse.x, at_y - isophote.ellipse.y);
  }
};

}  // namespace glint

#endif
