// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_RECONSTRUCT_HPP
#define GLINT_TESTS_RECONSTRUCT_HPP

#include <glint/hdf5_file.hpp>

#include "driver.hpp"

/// Running reconstruct_source and looking at what it wrote.

namespace glint::test {

inline Outcome run_reconstruct(const fs::path& directory, const std::string& arguments) {
  return run_program(directory, GLINT_RECONSTRUCT_SOURCE, arguments);
}

/// An output of a result, row-major.
inline std::vector<double> read_output(const fs::path& result, const std::string& name) {
  const Hdf5Reader file(result);
  const Hdf5Shape shape = file.shape("/outputs/" + name);
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  std::vector<double> values(count);
  file.read("/outputs/" + name, shape, values.data());
  return values;
}

}  // namespace glint::test

#endif
