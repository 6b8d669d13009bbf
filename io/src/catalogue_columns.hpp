// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CATALOGUE_COLUMNS_HPP
#define GLINT_CATALOGUE_COLUMNS_HPP

#include <filesystem>
#include <functional>
#include <glint/catalogue_io.hpp>
#include <map>
#include <string>
#include <vector>

/// What HDF5 and CSV catalogues have in common: named columns, settings, and their conversion.

namespace glint::impl {

/// A catalogue as the file has it.
struct RawCatalogue {
  std::filesystem::path path;
  std::map<std::string, std::vector<double>> columns;
  std::vector<std::string> profiles;  ///< the column `profile`, empty where there is none
  std::string origin = "centre";
  std::string pa_convention;  ///< empty when the file does not say
  double zero_point = 0.0;
  /// Where a row is, for messages: "row 3" or "row 3 (line 7)".
  std::function<std::string(std::size_t)> row_name = [](std::size_t row) {
    return "row " + std::to_string(row);
  };
};

/// Throws Error unless `names` has every quantity exactly once and besides only the column
/// `profile` and extra columns.
void expect_catalogue_columns(const std::filesystem::path& path,
                              const std::vector<std::string>& names);

/// Whether rows may leave the column empty: an extra one, or n (as any of its forms), which not
/// every profile has.
bool may_be_empty(const std::string& name);

/// The columns of `raw`, whose names are known to be right, in the library's convention.
Catalogue<> convert_catalogue(const RawCatalogue& raw, const PixelGrid& grid);

RawCatalogue read_csv(const std::filesystem::path& path);
RawCatalogue read_hdf5(const std::filesystem::path& path);

}  // namespace glint::impl

#endif
