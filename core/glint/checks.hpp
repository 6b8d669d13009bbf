// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CHECKS_HPP
#define GLINT_CHECKS_HPP

#include <array>
#include <glint/compat.hpp>
#include <glint/error.hpp>
#include <string>

/// Shape checks made in every public call: they cost a few integers and name both shapes.

namespace glint {

/// "(3, 4)" for a list of extents.
template <class Extents>
std::string shape_text(const Extents& extents) {
  std::string text = "(";
  for (std::size_t d = 0; d < extents.size(); ++d)
    text += (d ? ", " : "") + std::to_string(extents[d]);
  return text + ")";
}

template <class View>
auto shape_of(const View& view) {
  std::array<std::size_t, compat::rank_v<View>> extents{};
  for (std::size_t d = 0; d < extents.size(); ++d) extents[d] = view.extent(d);
  return extents;
}

/// Throws Error unless `view` has exactly the given extents.
template <class View, std::size_t Rank>
void expect_shape(const char* function, const char* name, const View& view,
                  const std::array<std::size_t, Rank>& expected) {
  static_assert(compat::rank_v<View> == Rank, "glint: the View has the wrong number of dimensions");
  GLINT_EXPECTS(shape_of(view) == expected, function, ": ", name, " has shape ",
                shape_text(shape_of(view)), " where ", shape_text(expected), " is needed");
}

}  // namespace glint

#endif
