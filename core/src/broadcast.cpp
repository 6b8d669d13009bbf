// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/broadcast.hpp>

namespace glint {
namespace {

/// Extent of the axis that lies `back` axes before the end; 1 in front of the first.
std::size_t extent_from_end(const Shape& shape, std::size_t back) {
  return back < shape.size() ? shape[shape.size() - 1 - back] : 1;
}

}  // namespace

Shape broadcast_shape(const std::vector<Shape>& shapes) {
  std::size_t rank = 0;
  for (const Shape& shape : shapes) rank = std::max(rank, shape.size());
  Shape result(rank, 1);
  for (std::size_t back = 0; back < rank; ++back) {
    std::size_t& extent = result[rank - 1 - back];
    const Shape* stretching = nullptr;  // the first shape that has more than 1 here, or 0
    for (const Shape& shape : shapes) {
      const std::size_t own = extent_from_end(shape, back);
      if (own == 1) continue;
      GLINT_EXPECTS(stretching == nullptr || own == extent, "broadcast_shape: the shapes ",
                    shape_text(*stretching), " and ", shape_text(shape), " do not fit: ", extent,
                    " meets ", own, " in axis ", back + 1, " from the end");
      extent = own;
      stretching = &shape;
    }
  }
  return result;
}

std::vector<std::size_t> impl::stretched_strides(const Shape& shape,
                                                 const std::vector<std::size_t>& strides,
                                                 const Shape& target) {
  std::vector<std::size_t> result(target.size(), 0);
  for (std::size_t back = 0; back < shape.size(); ++back) {
    const std::size_t own = extent_from_end(shape, back), wanted = extent_from_end(target, back);
    GLINT_EXPECTS(back < target.size() && (own == wanted || own == 1),
                  "broadcast_view: a View of shape ", shape_text(shape), " does not stretch to ",
                  shape_text(target));
    if (own == wanted && own != 1)
      result[target.size() - 1 - back] = strides[shape.size() - 1 - back];
  }
  return result;
}

}  // namespace glint
