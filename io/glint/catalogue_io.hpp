// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CATALOGUE_IO_HPP
#define GLINT_CATALOGUE_IO_HPP

#include <filesystem>
#include <glint/catalogue.hpp>
#include <glint/pixel_grid.hpp>

namespace glint {

/// Reads a catalogue of P profiles from an HDF5 file (known by its signature) or a CSV text and
/// converts it to the library's columns for the image frame `grid`.
///
/// HDF5: group /catalogue with 1-D datasets of equal length, any number type. CSV: the same names
/// in a header row. For each quantity exactly one of:
///
///     x, y                                          pixels, see origin
///     flux  | mag       flux = 10^(-0.4 (mag - zero_point))
///     re    | log_re    re = 10^log_re              pixels along the major axis
///     n     | log_n | sersic      n = 10^log_n
///     q     | ellip     q = 1 - ellip
///     theta | pa        theta in radians; pa in degrees, see pa_convention
///
/// Optional: `profile`, the names of profile_kind_names (HDF5: strings of fixed or variable length;
/// default sersic), and the extra columns of extra_column_rules under their names. Empty CSV cells
/// and NaN stand for the default of an extra column, and for n where the profile has none; a column
/// without any value is left out of the catalogue.
///
/// Settings are attributes of /catalogue, or lines "# name = value" before the CSV header:
/// `zero_point` (default 0); `pa_convention`, required with pa: y_to_x (theta = 90 - pa degrees) or
/// galfit (theta = 90 + pa degrees); `origin`: centre (default; 0 is the image centre), zero (pixel
/// (0, 0) has its centre at 0) or one (FITS: at 1). In CSV other "#" lines and blank lines are
/// skipped. Rows are counted from 0; a header alone is a catalogue of no profiles.
///
/// Throws Error naming the file and what is wrong with it: unreadable, a column missing, unknown or
/// given in two forms, unequal lengths, a value that is not finite (column and row). Ranges of
/// values are checked by prepare(). Synchronous.
Catalogue<> read_catalogue(const std::filesystem::path& path, const PixelGrid& grid);

/// Writes the HDF5 form of a catalogue, origin = centre, which read_catalogue() returns bit for bit
/// for any grid. The file appears under its name only when complete. Throws Error. Synchronous.
void write_catalogue(const std::filesystem::path& path, const Catalogue<>& catalogue);

}  // namespace glint

#endif
