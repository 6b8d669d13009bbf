// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FILES_HPP
#define GLINT_FILES_HPP

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <glint/error.hpp>
#include <iterator>
#include <set>
#include <string>

/// What file tests share: a directory of their own and a look at what a call threw.

namespace glint::test {

namespace fs = std::filesystem;

/// A new directory, open to every user, removed with all it holds.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (fs::temp_directory_path() / "glint-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw Error("cannot make a temporary directory");
    path_ = name;
    fs::permissions(path_, fs::perms(0755));
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  fs::path operator/(const std::string& name) const { return path_ / name; }
  const fs::path& path() const { return path_; }

  /// Names of everything below, relative to the directory.
  std::set<std::string> contents() const {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path_))
      names.insert(fs::relative(entry.path(), path_).string());
    return names;
  }

 private:
  fs::path path_;
};

inline std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_text(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// The sentence of the Error that `action` throws; "" when it throws none.
template <class Action>
std::string sentence_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.sentence();
  }
  return "";
}

}  // namespace glint::test

#endif
