// SPDX-License-Identifier: BSD-3-Clause
#include "export.hpp"

#include <filesystem>
#include <fstream>
#include <glint/error.hpp>

namespace glint::perf {

Export::Export(const std::string& directory) : directory_(directory) {
  GLINT_EXPECTS(std::filesystem::is_directory(directory), "export: '", directory,
                "' is not a directory");
}

void Export::array(const std::string& name, const std::vector<std::size_t>& shape,
                   const double* values) {
  write(name, shape, "<f8", values, sizeof(double));
}

void Export::array(const std::string& name, const std::vector<std::size_t>& shape,
                   const int* values) {
  write(name, shape, "<i4", values, sizeof(int));
}

void Export::write(const std::string& name, const std::vector<std::size_t>& shape, const char* type,
                   const void* values, std::size_t element_bytes) {
  std::string header = concat("{'descr': '", type, "', 'fortran_order': False, 'shape': (");
  std::size_t bytes = element_bytes;
  for (const std::size_t extent : shape) header += concat(extent, ","), bytes *= extent;
  header += "), }";
  // Ten bytes stand before the header, and the values start at a multiple of 64.
  header.append(63 - (10 + header.size()) % 64, ' ').append("\n");
  const std::string magic("\x93NUMPY\x01\x00", 8);
  const std::string length{static_cast<char>(header.size() % 256),
                           static_cast<char>(header.size() / 256)};

  const std::filesystem::path place = std::filesystem::path(directory_) / (name + ".npy");
  const std::filesystem::path part = place.string() + ".part";
  std::ofstream file(part, std::ios::binary);
  file << magic << length << header;
  file.write(static_cast<const char*>(values), static_cast<std::streamsize>(bytes));
  file.close();
  std::error_code failure;
  if (file) std::filesystem::rename(part, place, failure);
  GLINT_EXPECTS(file && !failure, "export: '", place.string(), "' could not be written");
  files_.push_back(name + ".npy");
}

}  // namespace glint::perf
