// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ATOMIC_FILE_HPP
#define GLINT_ATOMIC_FILE_HPP

#include <cstdint>
#include <filesystem>

namespace glint {

/// Throws Error unless a file can be written at `path`: the path is not empty, its directory exists
/// and is writable, and what is there already, if anything, is a writable regular file (a symbolic
/// link counts as what it points to). Creates and changes nothing that outlives the call.
void check_output_path(const std::filesystem::path& path);

/// A file that appears under its name only when it is complete.
///
/// The constructor makes an empty file under a hidden, unique name in the directory of `path`; the
/// owner writes it through `temporary()`; commit() moves it to `path` in one step. Without commit()
/// the destructor removes it. Whatever happens, a reader of `path` sees the previous file or the
/// complete new one.
class AtomicFile {
 public:
  /// Throws Error as check_output_path().
  explicit AtomicFile(const std::filesystem::path& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// The path asked for: the one to name in messages.
  const std::filesystem::path& path() const { return path_; }

  /// The file to write.
  const std::filesystem::path& temporary() const { return temporary_; }

  /// Throws Error when a file of `bytes` would exceed a limit or the disk has no room at all. A
  /// quick test, not a reservation; leaves the temporary file empty.
  void expect_room(std::uint64_t bytes) const;

  /// Forces the contents to the disk, then renames. Throws Error when either fails.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path target_;
  std::filesystem::path temporary_;
};

}  // namespace glint

#endif
