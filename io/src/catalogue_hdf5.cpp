// SPDX-License-Identifier: BSD-3-Clause
#include <glint/hdf5_file.hpp>
#include <glint/memory.hpp>
#include <glint/version.hpp>
#include <utility>

#include "catalogue_columns.hpp"
#include "io_error.hpp"

namespace glint {

impl::RawCatalogue impl::read_hdf5(const std::filesystem::path& path) {
  const std::string group = "/catalogue";
  const Hdf5Reader file(path);
  GLINT_EXPECTS(file.has(group), "the HDF5 file ", quoted(path), " has no group ", group);
  GLINT_EXPECTS(file.is_group(group), group, " in ", quoted(path), " is not a group");

  RawCatalogue raw;
  raw.path = path;
  const std::vector<std::string> names = file.names(group);
  expect_catalogue_columns(path, names);
  for (const std::string& name : names) {
    const std::string dataset = group + "/" + name;
    if (name == "profile") {
      raw.profiles = file.read_texts(dataset);
      continue;
    }
    const Hdf5Shape shape = file.shape(dataset);
    GLINT_EXPECTS(shape.size() == 1, "the column ", name, " of the catalogue ", quoted(path),
                  " has ", shape.size(), " dimensions where 1 is needed");
    // Columns as read and as converted; a damaged length must not reach the allocator.
    expect_memory("the catalogue " + quoted(path),
                  array_bytes("the catalogue " + quoted(path), {shape[0], 14}, sizeof(double)));
    std::vector<double> values(shape[0]);
    file.read(dataset, shape, values.data());
    raw.columns.emplace(name, std::move(values));
  }
  if (file.has_attribute(group, "origin")) raw.origin = file.text_attribute(group, "origin");
  if (file.has_attribute(group, "pa_convention"))
    raw.pa_convention = file.text_attribute(group, "pa_convention");
  if (file.has_attribute(group, "zero_point"))
    raw.zero_point = file.number_attribute(group, "zero_point");
  return raw;
}

void write_catalogue(const std::filesystem::path& path, const Catalogue<>& catalogue) {
  expect_equal_columns("write_catalogue", catalogue);
  const std::pair<const char*, const Vector<double>*> columns[] = {
      {"x", &catalogue.x}, {"y", &catalogue.y}, {"flux", &catalogue.flux},  {"re", &catalogue.re},
      {"n", &catalogue.n}, {"q", &catalogue.q}, {"theta", &catalogue.theta}};
  AtomicFile target(path);
  constexpr std::size_t most_columns = 7 + extra_columns, longest_name = 16;
  Hdf5Writer file(target, (most_columns * sizeof(double) + longest_name) * catalogue.size());
  file.group("/catalogue");
  const auto write = [&](const std::string& name, const Vector<double>& values) {
    file.dataset("/catalogue/" + name, {catalogue.size()}, values.data());
  };
  for (const auto& [name, values] : columns) write(name, *values);
  for (int k = 0; k < extra_columns; ++k)
    if (catalogue.extra[k].extent(0) != 0) write(extra_column_rules[k].name, catalogue.extra[k]);
  std::vector<std::string> names;
  for (std::size_t row = 0; row < catalogue.kind.extent(0); ++row) {
    const int kind = static_cast<int>(catalogue.kind(row));
    GLINT_EXPECTS(kind >= 0 && kind < profile_kinds, "write_catalogue: row ", row,
                  " has the profile ", kind, ", but it must lie in 0 to ", profile_kinds - 1);
    names.push_back(profile_kind_names[kind]);
  }
  if (!names.empty()) file.texts("/catalogue/profile", names);
  file.attribute("/catalogue", "origin", "centre");
  file.attribute("/catalogue", "glint_version", GLINT_VERSION);
  file.finish();
  target.commit();
}

}  // namespace glint
