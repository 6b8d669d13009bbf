// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INTERFEROMETER_DERIVED_HPP
#define GLINT_INTERFEROMETER_DERIVED_HPP

#include <glint/interferometry_io.hpp>

/// The data sets and attributes of an interferometer file that follow from the others.

namespace glint::impl {

/// Row and column of every kept pixel, row-major: (M, 2).
std::vector<std::int64_t> kept_pixels(const SourceModel& model);

/// The number of entries before the first -1 of a row.
inline std::int64_t row_size(const Matrix<std::int64_t>& table, std::size_t row) {
  std::int64_t size = 0;
  while (size < static_cast<std::int64_t>(table.extent(1)) &&
         table(row, static_cast<std::size_t>(size)) != -1)
    ++size;
  return size;
}

/// Throws Error where the file holds one of them and it disagrees with the model or with K.
void expect_derived(const Hdf5Reader& file, const SourceModel& model, std::size_t visibilities);

}  // namespace glint::impl

#endif
