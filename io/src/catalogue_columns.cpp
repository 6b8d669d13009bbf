// SPDX-License-Identifier: BSD-3-Clause
#include "catalogue_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <glint/hdf5_file.hpp>
#include <numbers>

#include "io_error.hpp"

namespace glint {
namespace impl {
namespace {

// One quantity and the columns that may give it, the library's own first.
struct Quantity {
  std::vector<std::string> forms;
};

const std::array<Quantity, 7>& quantities() {
  static const std::array<Quantity, 7> list{{{{"x"}},
                                             {{"y"}},
                                             {{"flux", "mag"}},
                                             {{"re", "log_re"}},
                                             {{"n", "log_n", "sersic"}},
                                             {{"q", "ellip"}},
                                             {{"theta", "pa"}}}};
  return list;
}

// The place of an extra column, or -1.
int extra_index(const std::string& name) {
  for (int k = 0; k < extra_columns; ++k)
    if (name == extra_column_rules[k].name) return k;
  return -1;
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

// Pixels to subtract from a coordinate along an axis of `size` pixels.
double origin_shift(const RawCatalogue& raw, std::size_t size) {
  const double middle = 0.5 * (static_cast<double>(size) - 1.0);
  if (raw.origin == "centre") return 0.0;
  if (raw.origin == "zero") return middle;
  GLINT_EXPECTS(raw.origin == "one", "the origin '", raw.origin, "' of the catalogue ",
                quoted(raw.path), " is unknown; legal origins: centre, zero, one");
  return middle + 1.0;
}

// theta = base + sign * pa, in degrees.
double pa_sign(const RawCatalogue& raw) {
  if (raw.pa_convention == "galfit") return 1.0;
  if (raw.pa_convention == "y_to_x") return -1.0;
  const std::string legal =
      "pa_convention must be y_to_x (theta = 90 - pa) or galfit "
      "(theta = 90 + pa)";
  GLINT_EXPECTS(!raw.pa_convention.empty(), "the catalogue ", quoted(raw.path),
                " has a column pa but does not say which way it turns: ", legal);
  throw Error("the catalogue " + quoted(raw.path) + " has pa_convention '" + raw.pa_convention +
              "'; " + legal);
}

ProfileKind read_kind(const RawCatalogue& raw, std::size_t row) {
  const std::string& name = raw.profiles[row];
  if (name.empty()) return ProfileKind::sersic;
  std::vector<std::string> legal;
  for (int kind = 0; kind < profile_kinds; ++kind) {
    if (name == profile_kind_names[kind]) return static_cast<ProfileKind>(kind);
    legal.push_back(profile_kind_names[kind]);
  }
  throw Error(concat("the catalogue ", quoted(raw.path), " has the unknown profile '", name,
                     "' in ", raw.row_name(row), "; legal profiles: ", joined(legal, ", ")));
}

// Extra columns that every row leaves empty are left out.
void convert_extra_columns(const RawCatalogue& raw, Catalogue<>& catalogue) {
  for (const auto& [name, values] : raw.columns) {
    const int index = extra_index(name);
    if (index < 0) continue;
    const auto column = static_cast<ExtraColumn>(index);
    const bool may_be_infinite = column == ExtraColumn::r_truncation;
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (std::isnan(values[row])) continue;
      GLINT_EXPECTS(std::isfinite(values[row]) || may_be_infinite, "the catalogue ",
                    quoted(raw.path), " has ", name, " = ", values[row], " in ", raw.row_name(row),
                    "; every value must be finite");
      catalogue.add({column});
      catalogue[column](row) = values[row];
    }
  }
}

// Writes formula(value) for every row of the file's column `source` to `target`; rows for which
// `optional` holds may have NaN.
template <class Formula>
void convert(const RawCatalogue& raw, const std::string& source, const std::string& quantity,
             const Vector<double>& target, Formula formula,
             const std::function<bool(std::size_t)>& optional = {}) {
  const std::vector<double>& values = raw.columns.at(source);
  for (std::size_t row = 0; row < values.size(); ++row) {
    const bool empty = std::isnan(values[row]) && optional && optional(row);
    if (empty) {
      target(row) = values[row];
      continue;
    }
    GLINT_EXPECTS(std::isfinite(values[row]), "the catalogue ", quoted(raw.path), " has ", source,
                  " = ", values[row], " in ", raw.row_name(row), "; every value must be finite");
    target(row) = formula(values[row]);
    GLINT_EXPECTS(std::isfinite(target(row)), "the catalogue ", quoted(raw.path), " has ", source,
                  " = ", values[row], " in ", raw.row_name(row), ", too large for a finite ",
                  quantity);
  }
}

}  // namespace

bool may_be_empty(const std::string& name) {
  return extra_index(name) >= 0 || name == "n" || name == "log_n" || name == "sersic";
}

void expect_catalogue_columns(const std::filesystem::path& path,
                              const std::vector<std::string>& names) {
  std::vector<std::string> legal;
  for (const Quantity& quantity : quantities())
    legal.insert(legal.end(), quantity.forms.begin(), quantity.forms.end());
  legal.push_back("profile");
  for (const ExtraColumnRule& rule : extra_column_rules) legal.push_back(rule.name);
  for (const std::string& name : names) {
    GLINT_EXPECTS(std::find(legal.begin(), legal.end(), name) != legal.end(), "the catalogue ",
                  quoted(path), " has an unknown column '", name,
                  "'; legal columns: ", joined(legal, ", "));
    GLINT_EXPECTS(std::count(names.begin(), names.end(), name) == 1, "the catalogue ", quoted(path),
                  " has the column '", name, "' more than once");
  }
  for (const Quantity& quantity : quantities()) {
    std::vector<std::string> given;
    for (const std::string& form : quantity.forms)
      if (std::find(names.begin(), names.end(), form) != names.end()) given.push_back(form);
    GLINT_EXPECTS(!given.empty(), "the catalogue ", quoted(path), " has no column ",
                  joined(quantity.forms, " or "));
    GLINT_EXPECTS(given.size() == 1, "the catalogue ", quoted(path), " has both ",
                  joined(given, " and "), "; give one of them");
  }
}

Catalogue<> convert_catalogue(const RawCatalogue& raw, const PixelGrid& grid) {
  const auto& [first_name, first] = *raw.columns.begin();
  for (const auto& [name, values] : raw.columns)
    GLINT_EXPECTS(values.size() == first.size(), "the catalogue ", quoted(raw.path),
                  " has columns of unequal length: ", first_name, " has ", first.size(),
                  " rows and ", name, " has ", values.size());
  GLINT_EXPECTS(raw.profiles.empty() || raw.profiles.size() == first.size(), "the catalogue ",
                quoted(raw.path), " has columns of unequal length: ", first_name, " has ",
                first.size(), " rows and profile has ", raw.profiles.size());
  GLINT_EXPECTS(std::isfinite(raw.zero_point), "the catalogue ", quoted(raw.path),
                " has zero_point = ", raw.zero_point, ", which is not finite");

  const auto same = [](double value) { return value; };
  const auto power_of_ten = [](double value) { return std::pow(10.0, value); };
  const auto has = [&](const char* name) { return raw.columns.count(name) > 0; };
  Catalogue<> catalogue(first.size());

  const double x_shift = origin_shift(raw, grid.nx);
  const double y_shift = origin_shift(raw, grid.ny);
  convert(raw, "x", "x", catalogue.x, [&](double value) { return value - x_shift; });
  convert(raw, "y", "y", catalogue.y, [&](double value) { return value - y_shift; });

  if (has("flux")) convert(raw, "flux", "flux", catalogue.flux, same);
  if (has("mag"))
    convert(raw, "mag", "flux", catalogue.flux,
            [&](double mag) { return std::pow(10.0, -0.4 * (mag - raw.zero_point)); });

  if (has("re")) convert(raw, "re", "re", catalogue.re, same);
  if (has("log_re")) convert(raw, "log_re", "re", catalogue.re, power_of_ten);

  if (!raw.profiles.empty()) catalogue.add({});
  for (std::size_t row = 0; row < raw.profiles.size(); ++row)
    catalogue.kind(row) = read_kind(raw, row);
  const auto no_n = [&](std::size_t row) {
    if (raw.profiles.empty()) return false;
    const ProfileKind kind = catalogue.kind(row);
    return kind != ProfileKind::sersic && kind != ProfileKind::core_sersic;
  };
  if (has("n")) convert(raw, "n", "n", catalogue.n, same, no_n);
  if (has("sersic")) convert(raw, "sersic", "n", catalogue.n, same, no_n);
  if (has("log_n")) convert(raw, "log_n", "n", catalogue.n, power_of_ten, no_n);
  convert_extra_columns(raw, catalogue);

  if (has("q")) convert(raw, "q", "q", catalogue.q, same);
  if (has("ellip")) convert(raw, "ellip", "q", catalogue.q, [](double e) { return 1.0 - e; });

  // A setting that is there must be right even where no column needs it.
  const bool needs_sign = has("pa") || !raw.pa_convention.empty();
  const double sign = needs_sign ? pa_sign(raw) : 0.0;
  if (has("theta")) convert(raw, "theta", "theta", catalogue.theta, same);
  if (has("pa"))
    convert(raw, "pa", "theta", catalogue.theta,
            [&](double pa) { return (90.0 + sign * pa) * std::numbers::pi / 180.0; });
  return catalogue;
}

}  // namespace impl

Catalogue<> read_catalogue(const std::filesystem::path& path, const PixelGrid& grid) {
  if (has_hdf5_signature(path)) return impl::convert_catalogue(impl::read_hdf5(path), grid);
  const std::string extension = path.extension().string();
  GLINT_EXPECTS(extension != ".h5" && extension != ".hdf5" && extension != ".hdf", "the file ",
                impl::quoted(path), " is not an HDF5 file");
  return impl::convert_catalogue(impl::read_csv(path), grid);
}

}  // namespace glint
