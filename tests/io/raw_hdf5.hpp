// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_RAW_HDF5_HPP
#define GLINT_RAW_HDF5_HPP

#include <hdf5.h>

#include <filesystem>
#include <string>
#include <vector>

/// HDF5 files written by HDF5 itself, so that glint's readers do not only see what glint writes.

namespace glint::test {

class RawHdf5 {
 public:
  explicit RawHdf5(const std::filesystem::path& path)
      : file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}
  ~RawHdf5() { H5Fclose(file_); }
  RawHdf5(const RawHdf5&) = delete;
  RawHdf5& operator=(const RawHdf5&) = delete;

  hid_t id() const { return file_; }

  void group(const std::string& name) {
    H5Gclose(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }

  /// A dataset stored as `stored`, e.g. H5T_STD_I16BE.
  void dataset(const std::string& name, const std::vector<hsize_t>& shape,
               const std::vector<double>& values, hid_t stored = H5T_IEEE_F64LE) {
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t data =
        H5Dcreate2(file_, name.c_str(), stored, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(data);
    H5Sclose(space);
  }

  void number(const std::string& object, const std::string& name, int value) {
    attribute(object, name, H5T_NATIVE_INT, H5Screate(H5S_SCALAR), &value);
  }

  void numbers(const std::string& object, const std::string& name, std::vector<double> values) {
    const hsize_t count = values.size();
    attribute(object, name, H5T_NATIVE_DOUBLE, H5Screate_simple(1, &count, nullptr), values.data());
  }

  /// A string of fixed length, filled up as `padding` says.
  void fixed_text(const std::string& object, const std::string& name, std::string text,
                  std::size_t length, H5T_str_t padding) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, length);
    H5Tset_strpad(type, padding);
    text.resize(length, padding == H5T_STR_SPACEPAD ? ' ' : '\0');
    attribute(object, name, type, H5Screate(H5S_SCALAR), text.data());
    H5Tclose(type);
  }

  void text(const std::string& object, const std::string& name, const std::string& text) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    const char* value = text.c_str();
    attribute(object, name, type, H5Screate(H5S_SCALAR), &value);
    H5Tclose(type);
  }

 private:
  void attribute(const std::string& object, const std::string& name, hid_t type, hid_t space,
                 const void* value) {
    const hid_t id = H5Acreate_by_name(file_, object.c_str(), name.c_str(), type, space,
                                       H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(id, type, value);
    H5Aclose(id);
    H5Sclose(space);
  }

  hid_t file_;
};

}  // namespace glint::test

#endif
