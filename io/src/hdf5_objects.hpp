// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_HDF5_OBJECTS_HPP
#define GLINT_HDF5_OBJECTS_HPP

#include <algorithm>
#include <glint/checks.hpp>
#include <glint/hdf5_file.hpp>

#include "hdf5_handle.hpp"
#include "io_error.hpp"

/// Objects of an HDF5 file by name, and their extents.

namespace glint::impl {

inline std::string named(const std::string& object, const std::filesystem::path& path) {
  return concat(object, " in ", quoted(path));
}

inline Handle open_object(hid_t file, const std::string& name, const std::filesystem::path& path) {
  return Handle(H5Oopen(file, name.c_str(), H5P_DEFAULT), H5Oclose,
                concat("cannot open ", named(name, path)));
}

inline Handle open_dataset(hid_t file, const std::string& name, const std::filesystem::path& path) {
  GLINT_EXPECTS(H5Iget_type(open_object(file, name, path)) == H5I_DATASET, named(name, path),
                " is not a dataset");
  return Handle(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose,
                concat("cannot open ", named(name, path)));
}

inline Hdf5Shape extents_of(hid_t space, const std::string& what) {
  GLINT_EXPECTS(H5Sget_simple_extent_type(space) != H5S_NULL, what, " is empty (no dataspace)");
  const int rank = checked(H5Sget_simple_extent_ndims(space), "cannot read the shape of " + what);
  std::vector<hsize_t> extents(static_cast<std::size_t>(rank));
  checked(H5Sget_simple_extent_dims(space, extents.data(), nullptr),
          "cannot read the shape of " + what);
  return Hdf5Shape(extents.begin(), extents.end());
}

inline Hdf5Shape dataset_shape(hid_t data, const std::string& what) {
  const Handle space(H5Dget_space(data), H5Sclose, "cannot read the shape of " + what);
  return extents_of(space, what);
}

}  // namespace glint::impl

#endif
