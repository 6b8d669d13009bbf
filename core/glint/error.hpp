// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ERROR_HPP
#define GLINT_ERROR_HPP

#include <charconv>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace glint {

/// The one exception glint throws, always on the host.
///
/// `what()` is the full report; `sentence()` is the part meant for a user: one sentence that names
/// the thing and its value. `condition()` and `location()` say which check failed and where.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& sentence) : std::runtime_error(sentence), sentence_(sentence) {}

  Error(const std::string& sentence, const std::string& condition, const std::string& location)
      : std::runtime_error(sentence + " [expected " + condition + " at " + location + "]"),
        sentence_(sentence),
        condition_(condition),
        location_(location) {}

  const std::string& sentence() const { return sentence_; }
  const std::string& condition() const { return condition_; }
  const std::string& location() const { return location_; }

 private:
  std::string sentence_;
  std::string condition_;
  std::string location_;
};

/// A number with the fewest digits that read back as the same number.
template <class T>
std::string number_text(T value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), value).ptr;
  return std::string(text, end);
}

/// Joins any printable values to one string; floating-point numbers keep all their digits.
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::ostringstream out;
  const auto put = [&out](const auto& part) {
    if constexpr (std::is_floating_point_v<std::decay_t<decltype(part)>>)
      out << number_text(part);
    else
      out << part;
  };
  (put(parts), ...);
  return out.str();
}

namespace impl {
[[noreturn]] inline void throw_error(const std::string& sentence, const char* condition,
                                     const char* file, int line, const char* function) {
  std::string name(file);
  const auto slash = name.find_last_of('/');
  if (slash != std::string::npos) name.erase(0, slash + 1);
  throw Error(sentence, condition, concat(name, ":", line, " in ", function));
}
}  // namespace impl
}  // namespace glint

/// Throws glint::Error unless `condition` holds; the further arguments are joined to its sentence.
#define GLINT_EXPECTS(condition, ...)                                                          \
  do {                                                                                         \
    if (!(condition))                                                                          \
      ::glint::impl::throw_error(::glint::concat(__VA_ARGS__), #condition, __FILE__, __LINE__, \
                                 __func__);                                                    \
  } while (false)

#endif
