// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_HDF5_FILE_HPP
#define GLINT_HDF5_FILE_HPP

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <glint/atomic_file.hpp>
#include <iosfwd>
#include <string>
#include <vector>

/// HDF5 files behind two objects, one that reads and one that writes. Every HDF5 call is checked
/// and every failure is a glint::Error naming the file and the object; HDF5 itself never prints.
/// Objects are named by their absolute path in the file, e.g. "/catalogue/x".

namespace glint {

/// Extents of a dataset, slowest first; empty for a scalar.
using Hdf5Shape = std::vector<std::size_t>;

/// True when the file begins with the HDF5 signature (possibly after a user block).
/// Throws Error when it cannot be opened or is not a regular file.
bool has_hdf5_signature(const std::filesystem::path& path);

/// An HDF5 file opened for reading.
class Hdf5Reader {
 public:
  /// Throws Error when the file is missing, is not HDF5, or is truncated or damaged.
  explicit Hdf5Reader(const std::filesystem::path& path);
  ~Hdf5Reader();
  Hdf5Reader(const Hdf5Reader&) = delete;
  Hdf5Reader& operator=(const Hdf5Reader&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Whether a link of that name exists; every group on the way must.
  bool has(const std::string& name) const;
  bool is_group(const std::string& name) const;

  /// Names of the links in a group, sorted.
  std::vector<std::string> names(const std::string& group) const;

  /// Throws Error unless the name is a dataset of integers (or true and false as h5py stores them)
  /// or floating-point numbers.
  Hdf5Shape shape(const std::string& name) const;

  /// True for a dataset stored as 32-bit floating point.
  bool is_single_precision(const std::string& name) const;

  /// True for a dataset of integers of any width, or of true and false.
  bool is_integer(const std::string& name) const;

  /// Reads a whole dataset of the given shape, any number type, converted to T: float, double,
  /// std::int32_t, std::int64_t or std::uint8_t. Throws Error where T is an integer and the dataset
  /// holds floating-point numbers or a value T cannot hold.
  template <class T>
  void read(const std::string& name, const Hdf5Shape& expected, T* destination) const;

  /// The rows `first` to `first + count - 1` (along the slowest extent) of a dataset of the given
  /// shape, otherwise as read().
  template <class T>
  void read_rows(const std::string& name, const Hdf5Shape& expected, std::size_t first,
                 std::size_t count, T* destination) const;

  /// Reads a whole 1-D dataset of strings, of fixed or variable length; trailing blanks and zeros
  /// are left out. Throws Error when it is anything else.
  std::vector<std::string> read_texts(const std::string& name) const;

  bool has_attribute(const std::string& object, const std::string& name) const;

  /// A scalar attribute (or one of a single element); a number of any type, or a string of any
  /// length kind.
  double number_attribute(const std::string& object, const std::string& name) const;
  std::string text_attribute(const std::string& object, const std::string& name) const;

 private:
  std::filesystem::path path_;
  std::int64_t file_ = -1;
};

/// A new HDF5 file, laid out by HDF5 and filled by plain writes.
///
/// HDF5 1.10 cannot give up a file whose writes failed (it crashes at exit), so it only ever writes
/// the few kilobytes of structure, after a test that they fit; the numbers themselves are written
/// at their places in the file afterwards, where a full disk is an ordinary error.
class Hdf5Writer {
 public:
  /// Writes into `file`, whose commit() stays the caller's. `data_bytes`: what the datasets will
  /// hold in all, to find out early when that cannot fit.
  Hdf5Writer(AtomicFile& file, std::uint64_t data_bytes);
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void group(const std::string& name);

  /// Adds a contiguous dataset of T (float, double, std::int32_t, std::int64_t or std::uint8_t),
  /// row-major. `source` must stay valid until finish().
  template <class T>
  void dataset(const std::string& name, const Hdf5Shape& shape, const T* source);

  /// Adds a contiguous dataset whose rows are made when they are written, in finish(), a few
  /// thousand elements at a time: `source(first, count, rows)` puts the rows `first` to
  /// `first + count - 1` at `rows`, row-major. For arrays that are nowhere whole in memory.
  template <class T>
  void streamed(const std::string& name, const Hdf5Shape& shape,
                std::function<void(std::size_t first, std::size_t count, T* rows)> source);

  /// Adds a 1-D dataset of strings, stored at the length of the longest; keeps a copy of them.
  void texts(const std::string& name, const std::vector<std::string>& values);

  void attribute(const std::string& object, const std::string& name, double value);
  void attribute(const std::string& object, const std::string& name, std::int64_t value);
  void attribute(const std::string& object, const std::string& name, const std::string& text);

  /// Completes the file. Nothing may be added afterwards. Throws Error when the disk is full.
  void finish();

 private:
  using WriteBlock = std::function<void(std::ostream&)>;

  void reserve_dataset(const std::string& name, const Hdf5Shape& shape, std::int64_t type,
                       WriteBlock write);

  struct Block {
    std::uint64_t offset;
    WriteBlock write;
  };

  AtomicFile& target_;
  std::int64_t file_ = -1;
  std::vector<Block> blocks_;
  std::deque<std::string> texts_;  ///< what blocks of strings point to
};

}  // namespace glint

#endif
