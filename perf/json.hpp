// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_JSON_HPP
#define GLINT_PERF_JSON_HPP

#include <cmath>
#include <glint/error.hpp>
#include <string>
#include <vector>

/// JSON on one line, written and never read.

namespace glint::perf {

/// A text in quotes.
inline std::string json_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += {'\\', c};
    else if (c == '\n')
      quoted += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20)
      quoted += ' ';
    else
      quoted += c;
  }
  return quoted + "\"";
}

/// A number; null where JSON has none for it.
inline std::string json_number(double value) {
  return std::isfinite(value) ? number_text(value) : "null";
}

/// An object whose members are added one by one.
class JsonObject {
 public:
  JsonObject& raw(const std::string& name, const std::string& json) {
    if (!members_.empty()) members_ += ", ";
    members_ += concat(json_text(name), ": ", json);
    return *this;
  }
  JsonObject& text(const std::string& name, const std::string& value) {
    return raw(name, json_text(value));
  }
  JsonObject& number(const std::string& name, double value) {
    return raw(name, json_number(value));
  }
  std::string str() const { return concat("{", members_, "}"); }

 private:
  std::string members_;
};

/// An array of finished values.
inline std::string json_array(const std::vector<std::string>& values) {
  std::string all = "[";
  for (const std::string& value : values) all += (all.size() > 1 ? ", " : "") + value;
  return all + "]";
}

}  // namespace glint::perf

#endif
