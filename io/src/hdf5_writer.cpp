// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <fstream>
#include <glint/hdf5_file.hpp>
#include <ostream>
#include <utility>

#include "hdf5_handle.hpp"
#include "io_error.hpp"

namespace glint {
namespace {

using impl::checked;
using impl::Handle;
using impl::QuietHdf5;

std::size_t element_count(const Hdf5Shape& shape) {
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  return count;
}

void write_bytes(std::ostream& out, const void* source, std::size_t bytes) {
  out.write(static_cast<const char*>(source), static_cast<std::streamsize>(bytes));
}

}  // namespace

Hdf5Writer::Hdf5Writer(AtomicFile& file, std::uint64_t data_bytes) : target_(file) {
  constexpr std::uint64_t structure_bytes = 65536;
  file.expect_room(data_bytes + structure_bytes);
  const QuietHdf5 quiet;
  const std::string sentence = "cannot create " + impl::quoted(file.path());
  // The oldest format: any HDF5 reads it, and it keeps no times, so equal contents are equal files.
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, sentence);
  checked(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST), sentence);
  file_ = checked(H5Fcreate(file.temporary().string().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access),
                  sentence);
}

Hdf5Writer::~Hdf5Writer() {
  const QuietHdf5 quiet;
  if (file_ >= 0) H5Fclose(file_);
}

void Hdf5Writer::group(const std::string& name) {
  const QuietHdf5 quiet;
  const Handle created(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                       H5Gclose,
                       "cannot create the group " + name + " in " + impl::quoted(target_.path()));
}

void Hdf5Writer::reserve_dataset(const std::string& name, const Hdf5Shape& shape, std::int64_t type,
                                 WriteBlock write) {
  const QuietHdf5 quiet;
  const std::string sentence = "cannot create " + name + " in " + impl::quoted(target_.path());
  const std::vector<hsize_t> extents(shape.begin(), shape.end());
  const Handle space(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr),
                     H5Sclose, sentence);
  // Space is reserved in the file at once and not filled, so that its place is known now.
  const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, sentence);
  checked(H5Pset_layout(properties, H5D_CONTIGUOUS), sentence);
  checked(H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY), sentence);
  checked(H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER), sentence);
  // Without time stamps equal contents make equal files.
  checked(H5Pset_obj_track_times(properties, false), sentence);
  const Handle data(
      H5Dcreate2(file_, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
      sentence);
  if (element_count(shape) == 0) return;
  const haddr_t offset = H5Dget_offset(data);
  GLINT_EXPECTS(offset != HADDR_UNDEF, sentence);
  blocks_.push_back({offset, std::move(write)});
}

template <class T>
void Hdf5Writer::dataset(const std::string& name, const Hdf5Shape& shape, const T* source) {
  const std::size_t bytes = element_count(shape) * sizeof(T);
  reserve_dataset(name, shape, impl::native_type<T>(),
                  [source, bytes](std::ostream& out) { write_bytes(out, source, bytes); });
}

template <class T>
void Hdf5Writer::streamed(const std::string& name, const Hdf5Shape& shape,
                          std::function<void(std::size_t, std::size_t, T*)> source) {
  const std::size_t rows = shape.empty() ? 1 : shape[0];
  const std::size_t row_length = element_count(shape) / std::max<std::size_t>(rows, 1);
  reserve_dataset(name, shape, impl::native_type<T>(),
                  [rows, row_length, source = std::move(source)](std::ostream& out) {
                    const std::size_t most = std::max<std::size_t>(16384 / row_length, 1);
                    std::vector<T> buffer(std::min(most, rows) * row_length);
                    for (std::size_t first = 0; first < rows && out; first += most) {
                      const std::size_t count = std::min(most, rows - first);
                      source(first, count, buffer.data());
                      write_bytes(out, buffer.data(), count * row_length * sizeof(T));
                    }
                  });
}

void Hdf5Writer::texts(const std::string& name, const std::vector<std::string>& values) {
  std::size_t length = 1;
  for (const std::string& value : values) length = std::max(length, value.size());
  std::string& packed = texts_.emplace_back();
  for (const std::string& value : values) {
    packed += value;
    packed.append(length - value.size(), '\0');
  }
  const QuietHdf5 quiet;
  const std::string sentence = "cannot create " + name + " in " + impl::quoted(target_.path());
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, sentence);
  checked(H5Tset_size(type, length), sentence);
  checked(H5Tset_strpad(type, H5T_STR_NULLPAD), sentence);
  reserve_dataset(name, {values.size()}, type,
                  [&packed](std::ostream& out) { write_bytes(out, packed.data(), packed.size()); });
}

#define GLINT_INSTANTIATE(T)                                                         \
  template void Hdf5Writer::dataset(const std::string&, const Hdf5Shape&, const T*); \
  template void Hdf5Writer::streamed(const std::string&, const Hdf5Shape&,           \
                                     std::function<void(std::size_t, std::size_t, T*)>);
GLINT_INSTANTIATE(float)
GLINT_INSTANTIATE(double)
GLINT_INSTANTIATE(std::int32_t)
GLINT_INSTANTIATE(std::int64_t)
GLINT_INSTANTIATE(std::uint8_t)
#undef GLINT_INSTANTIATE

namespace {
void write_attribute(hid_t file, const std::string& object, const std::string& name, hid_t type,
                     const void* value, const std::string& sentence) {
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, sentence);
  const Handle id(H5Acreate_by_name(file, object.c_str(), name.c_str(), type, space, H5P_DEFAULT,
                                    H5P_DEFAULT, H5P_DEFAULT),
                  H5Aclose, sentence);
  checked(H5Awrite(id, type, value), sentence);
}
}  // namespace

void Hdf5Writer::attribute(const std::string& object, const std::string& name, double value) {
  const QuietHdf5 quiet;
  write_attribute(file_, object, name, H5T_NATIVE_DOUBLE, &value,
                  "cannot write the attribute " + name + " in " + impl::quoted(target_.path()));
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, std::int64_t value) {
  const QuietHdf5 quiet;
  write_attribute(file_, object, name, H5T_NATIVE_INT64, &value,
                  "cannot write the attribute " + name + " in " + impl::quoted(target_.path()));
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name,
                           const std::string& text) {
  const QuietHdf5 quiet;
  const std::string sentence =
      "cannot write the attribute " + name + " in " + impl::quoted(target_.path());
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, sentence);
  checked(H5Tset_size(type, H5T_VARIABLE), sentence);
  checked(H5Tset_cset(type, H5T_CSET_UTF8), sentence);
  const char* value = text.c_str();
  write_attribute(file_, object, name, type, &value, sentence);
}

void Hdf5Writer::finish() {
  {
    const QuietHdf5 quiet;
    const hid_t file = file_;
    file_ = -1;
    checked(H5Fclose(file), "cannot write the structure of " + impl::quoted(target_.path()));
  }
  errno = 0;
  std::fstream out(target_.temporary(), std::ios::binary | std::ios::in | std::ios::out);
  for (const Block& block : blocks_) {
    out.seekp(static_cast<std::streamoff>(block.offset));
    block.write(out);
    out.flush();
    if (!out) impl::throw_io_error("write", target_.path(), errno);
  }
  out.close();
  if (!out) impl::throw_io_error("write", target_.path(), errno);
}

}  // namespace glint
