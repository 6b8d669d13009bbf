// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PICTURE_HPP
#define GLINT_PICTURE_HPP

#include <glint/image.hpp>

/// The dirty image (N, N) and the middle of the kernel, (N, 2N-1) as w_compact, side by side, each
/// divided by its largest size, row 0 of the sky at the top of a picture that is drawn from the
/// bottom. Small frames are enlarged.
glint::Image<double> side_by_side(std::size_t side, const glint::Vector<double>& dirty,
                                  const glint::Matrix<double>& kernel);

#endif
