// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <string_view>

#include "catalogue_columns.hpp"
#include "io_error.hpp"

namespace glint::impl {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\v\f";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const auto comma = line.find(',');
    fields.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

/// Reads a catalogue line by line; knows where it is, for messages.
class CsvParser {
 public:
  explicit CsvParser(const std::filesystem::path& path) { raw_.path = path; }

  void parse(std::string_view line) {
    ++line_;
    // Spreadsheets mark UTF-8 text with three bytes in front.
    if (line_ == 1 && line.substr(0, 3) == "\xef\xbb\xbf") line.remove_prefix(3);
    line = trimmed(line);
    if (line.empty()) return;
    if (line.front() == '#')
      comment(line.substr(1));
    else if (names_.empty())
      header(line);
    else
      row(line);
  }

  RawCatalogue finish() {
    GLINT_EXPECTS(!names_.empty(), "the catalogue ", quoted(raw_.path),
                  " has no header row with column names");
    for (std::size_t k = 0; k < names_.size(); ++k)
      if (names_[k] != "profile") raw_.columns.emplace(names_[k], std::move(columns_[k]));
    raw_.row_name = [lines = std::move(lines_)](std::size_t row) {
      return "row " + std::to_string(row) + " (line " + std::to_string(lines[row]) + ")";
    };
    return std::move(raw_);
  }

 private:
  std::string here() const { return "line " + std::to_string(line_) + " of " + quoted(raw_.path); }

  double number(std::string_view text, const std::string& what) const {
    std::string_view digits = text;
    if (digits.size() > 1 && digits.front() == '+' && digits[1] != '-') digits.remove_prefix(1);
    double value = 0.0;
    const char* end = digits.data() + digits.size();
    const auto [stop, status] = std::from_chars(digits.data(), end, value);
    GLINT_EXPECTS(status != std::errc::result_out_of_range, here(), ": ", what, " = '", text,
                  "' is outside the range of a double");
    GLINT_EXPECTS(status == std::errc() && stop == end, here(), ": ", what, " = '", text,
                  "' is not a number");
    return value;
  }

  void comment(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return;
    const std::string name(trimmed(text.substr(0, equals)));
    const std::string value(trimmed(text.substr(equals + 1)));
    if (name != "origin" && name != "pa_convention" && name != "zero_point") return;
    GLINT_EXPECTS(names_.empty(), here(), ": '", name, "' must stand before the header row");
    GLINT_EXPECTS(std::find(settings_.begin(), settings_.end(), name) == settings_.end(), here(),
                  ": '", name, "' is given a second time");
    settings_.push_back(name);
    if (name == "origin") raw_.origin = value;
    if (name == "pa_convention") raw_.pa_convention = value;
    if (name == "zero_point") raw_.zero_point = number(value, name);
  }

  void header(std::string_view line) {
    for (const std::string_view name : fields_of(line)) names_.emplace_back(name);
    // Binary files and tables without a header come here; their bytes do not belong in a message.
    GLINT_EXPECTS(
        std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 32 && c != '\t'; }),
        "the file ", quoted(raw_.path), " is neither HDF5 nor a CSV text");
    expect_catalogue_columns(raw_.path, names_);
    columns_.resize(names_.size());
  }

  void row(std::string_view line) {
    const std::vector<std::string_view> fields = fields_of(line);
    GLINT_EXPECTS(fields.size() == names_.size(), here(), " has ", fields.size(),
                  " fields where the header has ", names_.size());
    for (std::size_t k = 0; k < fields.size(); ++k) {
      if (names_[k] == "profile")
        raw_.profiles.emplace_back(fields[k]);
      else if (fields[k].empty() && may_be_empty(names_[k]))
        columns_[k].push_back(std::numeric_limits<double>::quiet_NaN());
      else
        columns_[k].push_back(number(fields[k], names_[k]));
    }
    lines_.push_back(line_);
  }

  RawCatalogue raw_;
  std::vector<std::string> names_, settings_;
  std::vector<std::vector<double>> columns_;
  std::vector<std::size_t> lines_;
  std::size_t line_ = 0;
};

}  // namespace

RawCatalogue read_csv(const std::filesystem::path& path) {
  CsvParser parser(path);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw_io_error("read", path, errno);
  std::string line;
  while (std::getline(file, line)) parser.parse(line);
  GLINT_EXPECTS(file.eof(), "cannot read ", quoted(path), ": ", reason_text(errno));
  return parser.finish();
}

}  // namespace glint::impl
