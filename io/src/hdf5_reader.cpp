// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <cstring>
#include <fstream>
#include <glint/memory.hpp>

#include "hdf5_objects.hpp"

namespace glint {
namespace {

using impl::checked;
using impl::Handle;
using impl::named;
using impl::open_object;
using impl::QuietHdf5;
using impl::quoted;

// Whether HDF5's report of the failure just seen contains `words`.
bool failure_mentions(const std::string& words) {
  struct Search {
    const std::string& words;
    bool found = false;
  } search{words};
  const auto look = [](unsigned, const H5E_error2_t* entry, void* data) -> herr_t {
    auto& state = *static_cast<Search*>(data);
    if (entry->desc && std::strstr(entry->desc, state.words.c_str())) state.found = true;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, look, &search);
  return search.found;
}

// An attribute id whose value is known to be a single element.
class Attribute {
 public:
  Attribute(hid_t file, const std::string& object, const std::string& name,
            const std::filesystem::path& path)
      : what_("the attribute " + name + " of " + named(object, path)),
        id_(H5Aopen_by_name(file, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
            "cannot open " + what_),
        type_(H5Aget_type(id_), H5Tclose, "cannot read the type of " + what_) {
    const Handle space(H5Aget_space(id_), H5Sclose, "cannot read the shape of " + what_);
    const Hdf5Shape shape = impl::extents_of(space, what_);
    GLINT_EXPECTS(std::all_of(shape.begin(), shape.end(), [](std::size_t e) { return e == 1; }),
                  what_, " has shape ", shape_text(shape), " where a single value is needed");
  }

  double number() const {
    const H5T_class_t kind = H5Tget_class(type_);
    // h5py stores true and false as an enumeration of 1 and 0.
    GLINT_EXPECTS(kind == H5T_INTEGER || kind == H5T_FLOAT || kind == H5T_ENUM, what_,
                  " is not a number");
    double value = 0.0;
    checked(H5Aread(id_, H5T_NATIVE_DOUBLE, &value), "cannot read " + what_);
    return value;
  }

  std::string text() const {
    GLINT_EXPECTS(H5Tget_class(type_) == H5T_STRING, what_, " is not a string");
    if (checked(H5Tis_variable_str(type_), "cannot read the type of " + what_)) {
      char* value = nullptr;
      checked(H5Aread(id_, type_, &value), "cannot read " + what_);
      const std::string result = value ? value : "";
      H5free_memory(value);
      return result;
    }
    std::string buffer(H5Tget_size(type_), '\0');
    checked(H5Aread(id_, type_, buffer.data()), "cannot read " + what_);
    buffer.resize(std::strlen(buffer.c_str()));
    if (H5Tget_strpad(type_) == H5T_STR_SPACEPAD) buffer.erase(buffer.find_last_not_of(' ') + 1);
    return buffer;
  }

 private:
  std::string what_;
  Handle id_;
  Handle type_;
};

}  // namespace

bool has_hdf5_signature(const std::filesystem::path& path) {
  impl::expect_readable(path);
  static constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::ifstream file(path, std::ios::binary);
  // The format allows a user block of 512 bytes or any power of two above in front.
  for (std::streamoff offset = 0; file; offset = offset ? 2 * offset : 512) {
    std::array<char, 8> bytes{};
    file.seekg(offset);
    if (file.read(bytes.data(), bytes.size()) && bytes == signature) return true;
  }
  return false;
}

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path) : path_(path) {
  const QuietHdf5 quiet;
  GLINT_EXPECTS(has_hdf5_signature(path), "the file ", quoted(path), " is not an HDF5 file");
  file_ = H5Fopen(path.string().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  GLINT_EXPECTS(
      file_ >= 0 || !failure_mentions("unable to lock"), "the HDF5 file ", quoted(path),
      " is locked: another program is writing it, or its file system knows no locks (then "
      "set HDF5_USE_FILE_LOCKING=FALSE)");
  GLINT_EXPECTS(file_ >= 0, "the HDF5 file ", quoted(path), " is truncated or damaged (it has ",
                std::filesystem::file_size(path), " bytes)");
}

Hdf5Reader::~Hdf5Reader() {
  const QuietHdf5 quiet;
  H5Fclose(file_);
}

bool Hdf5Reader::has(const std::string& name) const {
  const QuietHdf5 quiet;
  return checked(H5Lexists(file_, name.c_str(), H5P_DEFAULT),
                 "cannot look for " + named(name, path_)) > 0;
}

bool Hdf5Reader::is_group(const std::string& name) const {
  const QuietHdf5 quiet;
  return H5Iget_type(open_object(file_, name, path_)) == H5I_GROUP;
}

std::vector<std::string> Hdf5Reader::names(const std::string& group) const {
  const QuietHdf5 quiet;
  const std::string sentence = "cannot list " + named(group, path_);
  const Handle id(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose, sentence);
  H5G_info_t info{};
  checked(H5Gget_info(id, &info), sentence);
  std::vector<std::string> result;
  for (hsize_t k = 0; k < info.nlinks; ++k) {
    const auto name = [&](char* text, std::size_t size) {
      return checked(
          H5Lget_name_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, k, text, size, H5P_DEFAULT),
          sentence);
    };
    std::string text(static_cast<std::size_t>(name(nullptr, 0)), '\0');
    name(text.data(), text.size() + 1);
    result.push_back(text);
  }
  return result;
}

std::vector<std::string> Hdf5Reader::read_texts(const std::string& name) const {
  const QuietHdf5 quiet;
  const std::string what = named(name, path_);
  const Handle data = impl::open_dataset(file_, name, path_);
  const Handle type(H5Dget_type(data), H5Tclose, "cannot read the type of " + what);
  GLINT_EXPECTS(H5Tget_class(type) == H5T_STRING, what, " does not hold strings");
  const Hdf5Shape shape = impl::dataset_shape(data, what);
  GLINT_EXPECTS(shape.size() == 1, what, " has ", shape.size(), " dimensions where 1 is needed");
  const std::string damaged = "cannot read " + what + ": its contents are damaged";
  std::vector<std::string> texts;
  if (shape[0] == 0) return texts;
  const auto trimmed = [](std::string text) {
    text.resize(std::strlen(text.c_str()));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  };
  if (checked(H5Tis_variable_str(type), "cannot read the type of " + what)) {
    expect_memory(what, array_bytes(what, {shape[0], 2}, sizeof(std::string)));
    std::vector<char*> values(shape[0], nullptr);
    checked(H5Dread(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), damaged);
    for (char* value : values) {
      texts.push_back(trimmed(value ? value : ""));
      H5free_memory(value);
    }
    return texts;
  }
  const std::size_t length = H5Tget_size(type);
  expect_memory(what, array_bytes(what, {shape[0], length + sizeof(std::string)}, 1));
  std::string buffer(shape[0] * length, '\0');
  checked(H5Dread(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer.data()), damaged);
  for (std::size_t row = 0; row < shape[0]; ++row)
    texts.push_back(trimmed(buffer.substr(row * length, length)));
  return texts;
}

bool Hdf5Reader::has_attribute(const std::string& object, const std::string& name) const {
  const QuietHdf5 quiet;
  return checked(H5Aexists_by_name(file_, object.c_str(), name.c_str(), H5P_DEFAULT),
                 "cannot look for the attribute " + name + " of " + named(object, path_)) > 0;
}

double Hdf5Reader::number_attribute(const std::string& object, const std::string& name) const {
  const QuietHdf5 quiet;
  return Attribute(file_, object, name, path_).number();
}

std::string Hdf5Reader::text_attribute(const std::string& object, const std::string& name) const {
  const QuietHdf5 quiet;
  return Attribute(file_, object, name, path_).text();
}

}  // namespace glint
