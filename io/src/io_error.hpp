// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IO_ERROR_HPP
#define GLINT_IO_ERROR_HPP

#include <cctype>
#include <cerrno>
#include <filesystem>
#include <glint/error.hpp>
#include <string>
#include <system_error>

namespace glint::impl {

/// "'name'" for messages.
inline std::string quoted(const std::filesystem::path& path) {
  return concat("'", path.string(), "'");
}

/// The system's words for an error number, as the end of a sentence.
inline std::string reason_text(int error_number) {
  std::string text = std::generic_category().message(error_number ? error_number : EIO);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

[[noreturn]] inline void throw_io_error(const std::string& action,
                                        const std::filesystem::path& path, int error_number) {
  throw Error("cannot " + action + " " + quoted(path) + ": " + reason_text(error_number));
}

/// Throws Error unless `path` can be opened and is a regular file; opening a pipe would wait.
void expect_readable(const std::filesystem::path& path);

}  // namespace glint::impl

#endif
