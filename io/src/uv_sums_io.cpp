// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <glint/checks.hpp>
#include <glint/hdf5_file.hpp>
#include <glint/memory.hpp>
#include <glint/uv_sums_io.hpp>
#include <glint/version.hpp>

#include "io_error.hpp"

namespace glint {
namespace {

using impl::quoted;

constexpr const char* kind = "glint checkpoint";
constexpr const char* sums_group = "/sums";
constexpr const char* extra_group = "/extra";

/// Whole numbers as text: attributes are read as double.
std::string hexadecimal(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

/// Of everything that is read back, in the order of the file.
class Checksum {
 public:
  void add(const std::string& text) { add(text.data(), text.size() + 1); }
  void add(const std::vector<double>& values) {
    add(static_cast<std::uint64_t>(values.size()));
    add(values.data(), values.size() * sizeof(double));
  }
  void add(std::uint64_t number) { add(&number, sizeof number); }
  void add(double number) { add(&number, sizeof number); }
  void add(const UvSumsState& state) {
    for (const std::uint64_t number :
         {std::uint64_t(state.ny), std::uint64_t(state.nx), std::uint64_t(state.pixels),
          state.pixels_hash, std::uint64_t(state.count), std::uint64_t(state.has_hankel)})
      add(number);
    add(state.pixel_scale);
    add(state.kernel_tolerance);
    add(state.noise);
    add(state.kernel);
  }
  std::uint64_t value() const { return hash_; }

 private:
  void add(const void* data, std::size_t bytes) { hash_ = hash_bytes(data, bytes, hash_); }
  std::uint64_t hash_ = hash_bytes(nullptr, 0);
};

std::uint64_t checksum_of(const UvCheckpoint& checkpoint) {
  Checksum sum;
  sum.add(checkpoint.source);
  sum.add(checkpoint.next);
  sum.add(checkpoint.chunk);
  for (const auto& [name, state] : checkpoint.sums) {
    sum.add(name);
    sum.add(state);
    // By name: a file lists them in alphabetical order.
    const std::map<std::string, std::vector<double>> arrays(state.arrays.begin(),
                                                            state.arrays.end());
    for (const auto& [array, values] : arrays) {
      sum.add(array);
      sum.add(values);
    }
  }
  for (const auto& [name, values] : checkpoint.extra) {
    sum.add(name);
    sum.add(values);
  }
  return sum.value();
}

void write_state(Hdf5Writer& file, const std::string& group, const UvSumsState& state) {
  file.group(group);
  const auto whole = [&](const char* name, std::uint64_t number) {
    file.attribute(group, name, hexadecimal(number));
  };
  whole("ny", state.ny);
  whole("nx", state.nx);
  whole("pixels", state.pixels);
  whole("pixels_hash", state.pixels_hash);
  whole("count", state.count);
  whole("has_hankel", state.has_hankel ? 1 : 0);
  file.attribute(group, "pixel_scale", state.pixel_scale);
  file.attribute(group, "kernel_tolerance", state.kernel_tolerance);
  file.attribute(group, "noise", state.noise);
  file.attribute(group, "kernel", state.kernel);
  for (const auto& [name, values] : state.arrays)
    file.dataset(concat(group, "/", name), {values.size()}, values.data());
}

std::uint64_t whole_attribute(const Hdf5Reader& file, const std::string& object, const char* name) {
  const std::string text = file.text_attribute(object, name);
  char* end = nullptr;
  const auto number = std::strtoull(text.c_str(), &end, 16);
  GLINT_EXPECTS(text.size() == 16 && *end == '\0', "the attribute ", name, " of ", object, " is '",
                text, "', not 16 hexadecimal digits");
  return number;
}

std::vector<double> read_numbers(const Hdf5Reader& file, const std::string& name) {
  const Hdf5Shape shape = file.shape(name);
  GLINT_EXPECTS(shape.size() == 1, name, " has shape ", shape_text(shape),
                ", but it must have 1 dimension");
  const std::string what = concat(name, " in ", quoted(file.path()));
  expect_memory(what, array_bytes(what, {shape[0]}, sizeof(double)));
  std::vector<double> values(shape[0]);
  file.read(name, shape, values.data());
  return values;
}

UvSumsState read_state(const Hdf5Reader& file, const std::string& group) {
  UvSumsState state;
  state.ny = whole_attribute(file, group, "ny");
  state.nx = whole_attribute(file, group, "nx");
  state.pixels = whole_attribute(file, group, "pixels");
  state.pixels_hash = whole_attribute(file, group, "pixels_hash");
  state.count = whole_attribute(file, group, "count");
  state.has_hankel = whole_attribute(file, group, "has_hankel") != 0;
  state.pixel_scale = file.number_attribute(group, "pixel_scale");
  state.kernel_tolerance = file.number_attribute(group, "kernel_tolerance");
  state.noise = file.text_attribute(group, "noise");
  state.kernel = file.text_attribute(group, "kernel");
  for (const std::string& name : file.names(group))
    state.arrays.emplace_back(name, read_numbers(file, concat(group, "/", name)));
  return state;
}

UvCheckpoint read(const Hdf5Reader& file) {
  UvCheckpoint checkpoint;
  checkpoint.source = file.text_attribute("/", "source");
  checkpoint.next = whole_attribute(file, "/", "next");
  checkpoint.chunk = whole_attribute(file, "/", "chunk");
  for (const std::string& name : file.names(sums_group))
    checkpoint.sums.emplace(name, read_state(file, concat(sums_group, "/", name)));
  for (const std::string& name : file.names(extra_group))
    checkpoint.extra.emplace(name, read_numbers(file, concat(extra_group, "/", name)));
  GLINT_EXPECTS(checksum_of(checkpoint) == whole_attribute(file, "/", "checksum"),
                "its numbers are not those that were written");
  return checkpoint;
}

}  // namespace

void write_checkpoint(const std::filesystem::path& path, const UvCheckpoint& checkpoint) {
  std::uint64_t bytes = 0;
  for (const auto& entry : checkpoint.sums)
    for (const auto& array : entry.second.arrays) bytes += array.second.size() * sizeof(double);
  for (const auto& entry : checkpoint.extra) bytes += entry.second.size() * sizeof(double);
  AtomicFile target(path);
  {
    Hdf5Writer file(target, bytes);
    file.attribute("/", "kind", std::string(kind));
    file.attribute("/", "glint_version", std::string(GLINT_VERSION));
    file.attribute("/", "source", checkpoint.source);
    file.attribute("/", "next", hexadecimal(checkpoint.next));
    file.attribute("/", "chunk", hexadecimal(checkpoint.chunk));
    file.attribute("/", "checksum", hexadecimal(checksum_of(checkpoint)));
    file.group(sums_group);
    for (const auto& [name, state] : checkpoint.sums)
      write_state(file, concat(sums_group, "/", name), state);
    file.group(extra_group);
    for (const auto& [name, values] : checkpoint.extra)
      file.dataset(concat(extra_group, "/", name), {values.size()}, values.data());
    file.finish();
  }
  target.commit();
}

UvCheckpoint read_checkpoint(const std::filesystem::path& path) {
  const Hdf5Reader file(path);
  GLINT_EXPECTS(file.has_attribute("/", "kind") && file.text_attribute("/", "kind") == kind,
                "the HDF5 file ", quoted(path), " is no checkpoint");
  try {
    return read(file);
  } catch (const Error& error) {
    throw Error(concat("the checkpoint ", quoted(path), " is damaged: ", error.sentence()));
  }
}

}  // namespace glint
