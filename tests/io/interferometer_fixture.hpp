// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INTERFEROMETER_FIXTURE_HPP
#define GLINT_INTERFEROMETER_FIXTURE_HPP

#include <glint/interferometry_io.hpp>
#include <map>

#include "files.hpp"
#include "raw_hdf5.hpp"

/// A small interferometer data set by its names, and ones with a part changed.

namespace glint::test {

struct RawDataset {
  std::vector<hsize_t> shape;
  std::vector<double> values;
  hid_t stored = H5T_IEEE_F64LE;
};

/// A data set of N = 3, M = 4, S = 3, B = 2, P = 2, K = 5.
struct RawDataSet {
  std::map<std::string, double> attributes{
      {"N", 3}, {"pixel_scale_arcsec", 0.1}, {"coefficient", 2.5}};
  std::map<std::string, RawDataset> inputs{
      {"mask", {{3, 3}, {1, 0, 1, 0, 0, 1, 1, 1, 0}, H5T_STD_U8LE}},
      {"pix_indexes_for_sub_slim_index", {{4, 2}, {0, -1, 1, 2, 2, 0, 1, -1}, H5T_STD_I64LE}},
      {"pix_weights_for_sub_slim_index", {{4, 2}, {1, 0, 0.25, 0.75, 0.5, 0.5, 1, 0}}},
      {"neighbors", {{3, 2}, {1, -1, 0, 2, 1, -1}, H5T_STD_I32LE}},
      {"uv_wavelengths", {{5, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}},
      {"data", {{5, 2}, {-1, 1, -2, 2, -3, 3, -4, 4, -5, 5}}},
      {"noise_map", {{5, 2}, {1, 2, 1, 2, 1, 2, 1, 2, 1, 2}}}};

  void write(const fs::path& path) const {
    RawHdf5 file(path);
    for (const auto& [name, value] : attributes) file.numbers("/", name, {value});
    file.group("/inputs");
    for (const auto& [name, data] : inputs)
      file.dataset("/inputs/" + name, data.shape, data.values, data.stored);
  }
};

class InterferometerFiles : public ::testing::Test {
 protected:
  /// What reading all of the data set throws: "" for nothing.
  std::string sentence(const RawDataSet& data) const {
    data.write(path_);
    return sentence_of([&] {
      const InterferometerFile file(path_);
      file.visibilities(0, file.count());
    });
  }

  /// The same after changing one element of one data set.
  std::string sentence_with(const std::string& name, std::size_t element, double value) const {
    RawDataSet data;
    data.inputs.at(name).values.at(element) = value;
    return sentence(data);
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "data.h5";
};

}  // namespace glint::test

#endif
