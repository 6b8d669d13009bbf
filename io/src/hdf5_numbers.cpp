// SPDX-License-Identifier: BSD-3-Clause
#include <cstdint>

#include "hdf5_objects.hpp"

/// Reading numbers: the part of Hdf5Reader that knows element types.

namespace glint {
namespace {

using impl::checked;
using impl::Handle;
using impl::named;
using impl::QuietHdf5;

// A dataset that is known to hold numbers.
class Numbers {
 public:
  Numbers(hid_t file, const std::string& name, const std::filesystem::path& path)
      : what_(named(name, path)),
        id_(impl::open_dataset(file, name, path)),
        type_(H5Dget_type(id_), H5Tclose, "cannot read the type of " + what_),
        kind_(H5Tget_class(type_)) {
    // h5py stores true and false as an enumeration of 1 and 0.
    GLINT_EXPECTS(kind_ == H5T_INTEGER || kind_ == H5T_FLOAT || kind_ == H5T_ENUM, what_,
                  " does not hold numbers");
  }

  Hdf5Shape shape() const { return impl::dataset_shape(id_, what_); }
  bool is_integer() const { return kind_ != H5T_FLOAT; }
  std::size_t element_bytes() const { return H5Tget_size(type_); }

  // Reads the selection `file_space` to contiguous memory.
  template <class T>
  void read(hid_t memory_space, hid_t file_space, T* destination) const {
    GLINT_EXPECTS(!std::is_integral_v<T> || is_integer(), what_,
                  " holds floating-point numbers where whole numbers are needed");
    const std::string sentence = "cannot read " + what_ + ": its contents are damaged";
    const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose, sentence);
    bool beyond = false;
    if constexpr (std::is_integral_v<T>)  // HDF5 alone would cut such values off in silence
      checked(H5Pset_type_conv_cb(transfer, refuse_range, &beyond), sentence);
    const herr_t status =
        H5Dread(id_, impl::native_type<T>(), memory_space, file_space, transfer, destination);
    GLINT_EXPECTS(!beyond, what_, " holds a number that does not fit in ", 8 * sizeof(T), " bits");
    checked(status, sentence);
  }

  void expect(const Hdf5Shape& expected) const {
    const Hdf5Shape there = shape();
    GLINT_EXPECTS(there == expected, what_, " has shape ", shape_text(there), " where ",
                  shape_text(expected), " is needed");
  }

  hid_t id() const { return id_; }
  const std::string& what() const { return what_; }

 private:
  static H5T_conv_ret_t refuse_range(H5T_conv_except_t reason, hid_t, hid_t, void*, void*,
                                     void* beyond) {
    if (reason != H5T_CONV_EXCEPT_RANGE_HI && reason != H5T_CONV_EXCEPT_RANGE_LOW)
      return H5T_CONV_UNHANDLED;
    *static_cast<bool*>(beyond) = true;
    return H5T_CONV_ABORT;
  }

  std::string what_;
  Handle id_;
  Handle type_;
  H5T_class_t kind_;
};

bool has_elements(const Hdf5Shape& shape) {
  return std::find(shape.begin(), shape.end(), 0U) == shape.end();
}

}  // namespace

Hdf5Shape Hdf5Reader::shape(const std::string& name) const {
  const QuietHdf5 quiet;
  return Numbers(file_, name, path_).shape();
}

bool Hdf5Reader::is_single_precision(const std::string& name) const {
  const QuietHdf5 quiet;
  const Numbers data(file_, name, path_);
  return !data.is_integer() && data.element_bytes() == 4;
}

bool Hdf5Reader::is_integer(const std::string& name) const {
  const QuietHdf5 quiet;
  return Numbers(file_, name, path_).is_integer();
}

template <class T>
void Hdf5Reader::read(const std::string& name, const Hdf5Shape& expected, T* destination) const {
  const QuietHdf5 quiet;
  const Numbers data(file_, name, path_);
  data.expect(expected);
  // An extent of 0 has no elements and perhaps no memory to name.
  if (has_elements(expected)) data.read(H5S_ALL, H5S_ALL, destination);
}

template <class T>
void Hdf5Reader::read_rows(const std::string& name, const Hdf5Shape& expected, std::size_t first,
                           std::size_t count, T* destination) const {
  const QuietHdf5 quiet;
  const Numbers data(file_, name, path_);
  data.expect(expected);
  GLINT_EXPECTS(!expected.empty() && first <= expected[0] && count <= expected[0] - first,
                data.what(), " has no rows ", first, " to ", first + count, " in its shape ",
                shape_text(expected));
  const std::string sentence = "cannot select rows of " + data.what();
  std::vector<hsize_t> start(expected.size(), 0), extents(expected.begin(), expected.end());
  start[0] = first;
  extents[0] = count;
  if (count == 0 || !has_elements(expected)) return;
  const Handle file_space(H5Dget_space(data.id()), H5Sclose, sentence);
  checked(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, extents.data(),
                              nullptr),
          sentence);
  const Handle memory_space(
      H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), H5Sclose,
      sentence);
  data.read(memory_space, file_space, destination);
}

#define GLINT_INSTANTIATE(T)                                                             \
  template void Hdf5Reader::read(const std::string&, const Hdf5Shape&, T*) const;        \
  template void Hdf5Reader::read_rows(const std::string&, const Hdf5Shape&, std::size_t, \
                                      std::size_t, T*) const;
GLINT_INSTANTIATE(float)
GLINT_INSTANTIATE(double)
GLINT_INSTANTIATE(std::int32_t)
GLINT_INSTANTIATE(std::int64_t)
GLINT_INSTANTIATE(std::uint8_t)
#undef GLINT_INSTANTIATE

}  // namespace glint
