// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PICTURE_HPP
#define GLINT_PICTURE_HPP

#include <glint/image.hpp>
#include <glint/interferometry_io.hpp>

/// The source as the lens shows it, T x, (M).
glint::Vector<double> lensed(const glint::SourceModel& model, const glint::Vector<double>& source);

/// Two images (M) side by side, each divided by its largest size, masked pixels NaN, row 0 of the
/// sky at the top of a picture that is drawn from the bottom. Small frames are enlarged.
glint::Image<double> side_by_side(const glint::SourceModel& model,
                                  const glint::Vector<double>& left,
                                  const glint::Vector<double>& right);

#endif
