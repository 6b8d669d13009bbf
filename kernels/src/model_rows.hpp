// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MODEL_ROWS_HPP
#define GLINT_MODEL_ROWS_HPP

#include <glint/shaped_profile.hpp>

/// Rows of a mixed catalogue on the host: what is legal, and what they become.

namespace glint::impl {

struct ModelRow {
  double x, y, flux, re, n, q, theta;
  ProfileKind kind = ProfileKind::sersic;
  double extra[extra_columns];  ///< NaN where not given

  double given(ExtraColumn column) const { return extra[static_cast<int>(column)]; }

  /// The value or the column's default.
  double value(ExtraColumn column) const;
};

/// Throws Error naming the row, the column and the value of the first thing that is illegal.
void expect_legal(const ModelRow& row, std::size_t index);

/// Whether the row is a plain Sersic profile or a Gaussian, which is one with n = 1/2.
bool is_plain(const ModelRow& row);

/// All of a profile but what depends on its radial table.
ShapedProfile make_shaped_profile(const ModelRow& row);

}  // namespace glint::impl

#endif
