// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CATALOGUE_FIXTURE_HPP
#define GLINT_CATALOGUE_FIXTURE_HPP

#include <glint/catalogue_io.hpp>
#include <map>

#include "files.hpp"
#include "raw_hdf5.hpp"

/// Small HDF5 catalogues, good ones and ones with a column changed.

namespace glint::test {

using Columns = std::map<std::string, std::vector<double>>;
inline constexpr PixelGrid grid{10, 7};  // middle: y 4.5, x 3

inline Columns plain_columns() {
  return {{"x", {1.5, -2}}, {"y", {0, 3}},     {"flux", {100, -1}}, {"re", {2, 0.5}},
          {"n", {1, 4}},    {"q", {0.5, 1.0}}, {"theta", {0, 0.25}}};
}

/// The plain columns with the column `old` replaced.
inline Columns with(const std::string& old, const std::string& name, std::vector<double> values) {
  Columns columns = plain_columns();
  columns.erase(old);
  columns[name] = std::move(values);
  return columns;
}

inline void fill(RawHdf5& file, const Columns& columns) {
  file.group("/catalogue");
  for (const auto& [name, values] : columns)
    file.dataset("/catalogue/" + name, {values.size()}, values);
}

class CatalogueHdf5 : public ::testing::Test {
 protected:
  Catalogue<> read() const { return read_catalogue(path_, grid); }

  Catalogue<> read(const Columns& columns) const {
    {
      RawHdf5 file(path_);
      fill(file, columns);
    }
    return read();
  }

  std::string sentence(const Columns& columns) const {
    return sentence_of([&] { read(columns); });
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "catalogue.h5";
};

}  // namespace glint::test

#endif
