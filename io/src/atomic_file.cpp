// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <cstdio>
#include <fstream>
#include <glint/atomic_file.hpp>
#include <random>

#include "io_error.hpp"

#if __has_include(<unistd.h>) && __has_include(<fcntl.h>)
#include <fcntl.h>
#include <unistd.h>
#define GLINT_HAS_FSYNC 1
#endif

namespace glint {
namespace {

namespace fs = std::filesystem;

// Follows links, so that writing to a link replaces the file and keeps the link.
fs::path resolve(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
  const fs::path resolved = fs::canonical(path, error);
  GLINT_EXPECTS(!error, "the output path ", impl::quoted(path),
                " is a symbolic link that leads nowhere");
  return resolved;
}

fs::path directory_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// Creates a new empty file beside `target`; the mode "x" never touches an existing one.
fs::path create_beside(const fs::path& target, const fs::path& named) {
  std::random_device random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), ".glint-%08x%08x.tmp", random(), random());
    const fs::path candidate = directory_of(target) / name.data();
    if (std::FILE* file = std::fopen(candidate.string().c_str(), "wbx")) {
      std::fclose(file);
      return candidate;
    }
    const int reason = errno;
    if (reason != EEXIST) impl::throw_io_error("write", named, reason);
  }
  throw Error("cannot find a free temporary name beside " + impl::quoted(named));
}

// The checks that need no writing; returns the file that will be replaced.
fs::path expect_regular_target(const fs::path& path) {
  GLINT_EXPECTS(!path.empty(), "the output path is empty");
  GLINT_EXPECTS(path.has_filename(), "the output path ", impl::quoted(path),
                " names a directory, not a file");
  const fs::path target = resolve(path);
  std::error_code error;
  const fs::file_status there = fs::status(target, error);
  if (there.type() == fs::file_type::none) impl::throw_io_error("write", path, error.value());
  const bool exists = fs::exists(there);
  GLINT_EXPECTS(!exists || fs::is_regular_file(there), "the output path ", impl::quoted(path),
                " is ", fs::is_directory(there) ? "a directory" : "not a regular file");
  const fs::path directory = directory_of(target);
  const fs::file_status parent = fs::status(directory, error);
  GLINT_EXPECTS(fs::exists(parent), "the directory ", impl::quoted(directory),
                " of the output path ", impl::quoted(path), " does not exist");
  GLINT_EXPECTS(fs::is_directory(parent), impl::quoted(directory), " in the output path ",
                impl::quoted(path), " is not a directory");
  // Renaming would replace even a write-protected file; its owner protected it for a reason.
  if (exists) {
    errno = 0;
    if (!std::ofstream(target, std::ios::app)) impl::throw_io_error("write", path, errno);
  }
  return target;
}

void force_to_disk([[maybe_unused]] const fs::path& file, [[maybe_unused]] const fs::path& named) {
#ifdef GLINT_HAS_FSYNC
  const int descriptor = ::open(file.c_str(), O_RDONLY);
  if (descriptor < 0) impl::throw_io_error("write", named, errno);
  const int reason = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  // Some file systems cannot sync and say EINVAL; that is no loss of data.
  if (reason != 0 && reason != EINVAL) impl::throw_io_error("write", named, reason);
#endif
}

}  // namespace

namespace impl {
void expect_readable(const std::filesystem::path& path) {
  std::error_code error;
  const fs::file_status there = fs::status(path, error);
  if (there.type() == fs::file_type::none) throw_io_error("read", path, error.value());
  GLINT_EXPECTS(fs::exists(there), "the file ", quoted(path), " does not exist");
  GLINT_EXPECTS(fs::is_regular_file(there), quoted(path), " is ",
                fs::is_directory(there) ? "a directory" : "not a regular file");
  errno = 0;
  if (!std::ifstream(path, std::ios::binary)) throw_io_error("read", path, errno);
}
}  // namespace impl

void check_output_path(const std::filesystem::path& path) {
  const fs::path target = expect_regular_target(path);
  std::error_code ignored;
  fs::remove(create_beside(target, path), ignored);
}

AtomicFile::AtomicFile(const std::filesystem::path& path)
    : path_(path), target_(expect_regular_target(path)), temporary_(create_beside(target_, path)) {}

AtomicFile::~AtomicFile() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove(temporary_, ignored);
}

void AtomicFile::expect_room(std::uint64_t bytes) const {
  // A block of real bytes finds a full disk, one byte at the far end finds a limit on file size.
  const std::array<char, 65536> block{};
  errno = 0;
  {
    std::ofstream file(temporary_, std::ios::binary | std::ios::trunc);
    file.write(block.data(), block.size());
    file.flush();
    if (file && bytes > block.size()) {
      file.seekp(static_cast<std::streamoff>(bytes - 1));
      file.put(0);
      file.flush();
    }
    if (!file) impl::throw_io_error("write", path_, errno);
  }
  std::error_code error;
  fs::resize_file(temporary_, 0, error);
  if (error) impl::throw_io_error("write", path_, error.value());
}

void AtomicFile::commit() {
  force_to_disk(temporary_, path_);
  std::error_code error;
  const fs::file_status previous = fs::status(target_, error);
  if (fs::is_regular_file(previous)) fs::permissions(temporary_, previous.permissions(), error);
  fs::rename(temporary_, target_, error);
  if (error) impl::throw_io_error("write", path_, error.value());
  temporary_.clear();
  try {
    force_to_disk(directory_of(target_), path_);  // so that the new name survives a power cut
  } catch (const Error&) {
    // The file is complete and in place; not every system lets a directory be synced.
  }
}

}  // namespace glint
