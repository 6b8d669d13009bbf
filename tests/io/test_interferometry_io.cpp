// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <limits>

#include "interferometer_fixture.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class View>
std::vector<double> row_major(const View& matrix) {
  std::vector<double> values;
  for (std::size_t k = 0; k < matrix.size(); ++k)
    values.push_back(static_cast<double>(matrix.data()[k]));
  return values;
}

std::vector<double> numbers(const Vector<double>& column) { return row_major(column); }

TEST_F(InterferometerFiles, ReadsEveryPart) {
  const RawDataSet raw;
  raw.write(path_);
  const InterferometerFile file(path_);
  EXPECT_EQ(file.count(), 5U);
  EXPECT_TRUE(file.has_coefficient());
  const SourceModel& model = file.model();
  EXPECT_EQ(model.grid.ny, 3U);
  EXPECT_EQ(model.grid.nx, 3U);
  EXPECT_EQ(model.grid.pixel_scale, 0.1);
  EXPECT_EQ(model.coefficient, 2.5);
  EXPECT_EQ(model.pixels(), 4U);
  EXPECT_EQ(model.sources(), 3U);
  EXPECT_EQ(row_major(model.mask), raw.inputs.at("mask").values);
  EXPECT_EQ(row_major(model.indexes), raw.inputs.at("pix_indexes_for_sub_slim_index").values);
  EXPECT_EQ(row_major(model.weights), raw.inputs.at("pix_weights_for_sub_slim_index").values);
  EXPECT_EQ(row_major(model.neighbours), raw.inputs.at("neighbors").values);

  const UvData<> middle = file.visibilities(1, 3);
  EXPECT_THAT(numbers(middle.u), ElementsAre(3, 5, 7));
  EXPECT_THAT(numbers(middle.v), ElementsAre(4, 6, 8));
  EXPECT_THAT(numbers(middle.re), ElementsAre(-2, -3, -4));
  EXPECT_THAT(numbers(middle.im), ElementsAre(2, 3, 4));
  EXPECT_THAT(numbers(middle.noise_re), ElementsAre(1, 1, 1));
  EXPECT_THAT(numbers(middle.noise_im), ElementsAre(2, 2, 2));
  EXPECT_EQ(file.visibilities(5, 0).size(), 0U);
  EXPECT_THAT(sentence_of([&] { file.visibilities(4, 2); }),
              HasSubstr("visibilities 4 to 6 were asked for where"));
}

TEST_F(InterferometerFiles, ACoefficientIsNotNeeded) {
  RawDataSet data;
  data.attributes.erase("coefficient");
  data.write(path_);
  const InterferometerFile file(path_);
  EXPECT_FALSE(file.has_coefficient());
  EXPECT_EQ(file.model().coefficient, 1.0);
}

TEST_F(InterferometerFiles, FlaggedVisibilitiesAreLeftOutWhateverTheyHold) {
  RawDataSet data;
  data.inputs["flag"] = {{5}, {0, 1, 0, 0, 1}, H5T_STD_U8LE};
  data.inputs.at("data").values[2] = std::numeric_limits<double>::quiet_NaN();
  data.inputs.at("noise_map").values[9] = 0.0;
  data.write(path_);
  {
    const InterferometerFile file(path_);
    EXPECT_EQ(file.count(), 5U);
    EXPECT_THAT(numbers(file.visibilities(0, 5).u), ElementsAre(1, 5, 7));
    EXPECT_THAT(numbers(file.visibilities(1, 1).u), ElementsAre());
    EXPECT_THAT(numbers(file.visibilities(3, 2).im), ElementsAre(4));
  }

  // The index in a message counts flagged visibilities too.
  data.inputs.at("data").values[6] = std::numeric_limits<double>::infinity();
  EXPECT_THAT(sentence(data), HasSubstr("the real part of data of visibility 3 is inf"));
}

TEST_F(InterferometerFiles, TypesThatOthersWrite) {
  RawDataSet data;
  data.inputs.at("mask").stored = H5T_STD_I64BE;
  data.inputs.at("neighbors").stored = H5T_STD_I16LE;
  data.inputs.at("noise_map").stored = H5T_IEEE_F32LE;
  EXPECT_EQ(sentence(data), "");
}

// A model of every awkward part: one row of pixels, widths beyond need, a source alone.
SourceModel small_model() {
  SourceModel model;
  model.grid = {2, 2, 0.25};
  model.coefficient = 0.7;
  model.mask = Matrix<std::uint8_t>("mask", 2, 2);
  model.mask(0, 0) = 1;
  model.indexes = Matrix<std::int64_t>("indexes", 3, 2);
  model.weights = Matrix<double>("weights", 3, 2);
  model.neighbours = Matrix<std::int64_t>("neighbours", 3, 2);
  for (std::size_t row = 0; row < 3; ++row) {
    model.indexes(row, 0) = static_cast<std::int64_t>(2 - row);
    model.indexes(row, 1) = -1;
    model.weights(row, 0) = 1.0;
    model.neighbours(row, 0) = row == 0 ? 1 : row == 1 ? 0 : -1;
    model.neighbours(row, 1) = -1;
  }
  return model;
}

UvData<> many_visibilities(std::size_t count) {
  UvData<> data(count);
  for (std::size_t k = 0; k < count; ++k) {
    const double x = static_cast<double>(k);
    data.u(k) = x;
    data.v(k) = -2 * x;
    data.re(k) = std::sin(x);
    data.im(k) = std::cos(x);
    data.noise_re(k) = 1 + 1 / (1 + x);
    data.noise_im(k) = 2 + x;
  }
  return data;
}

TEST_F(InterferometerFiles, ADataSetComesBackBitForBit) {
  const SourceModel model = small_model();
  const std::size_t count = 20001;  // more than is written at a time
  const UvData<> data = many_visibilities(count);
  write_data_set(path_, model, data);
  const InterferometerFile file(path_);
  ASSERT_EQ(file.count(), count);
  EXPECT_EQ(file.model().coefficient, 0.7);
  EXPECT_EQ(file.model().grid.pixel_scale, 0.25);
  EXPECT_EQ(row_major(file.model().mask), row_major(model.mask));
  EXPECT_EQ(row_major(file.model().indexes), row_major(model.indexes));
  EXPECT_EQ(row_major(file.model().weights), row_major(model.weights));
  EXPECT_EQ(row_major(file.model().neighbours), row_major(model.neighbours));
  const UvData<> back = file.visibilities(0, count);
  for_each_column(data, [&](const char* name, const Vector<double>& column) {
    for_each_column(back, [&](const char* other, const Vector<double>& read) {
      if (std::string(name) == other) {
        EXPECT_EQ(numbers(read), numbers(column)) << name;
      }
    });
  });

  const Hdf5Reader raw(path_);  // the derived part, which reading has compared
  EXPECT_EQ(raw.shape("/inputs/grid_radians_2d"), (Hdf5Shape{2, 2, 2}));
  EXPECT_EQ(raw.shape("/inputs/grid_radians_slim"), (Hdf5Shape{3, 2}));
  EXPECT_EQ(raw.shape("/inputs/native_index_for_slim_index"), (Hdf5Shape{3, 2}));
  std::vector<std::int64_t> sizes(3);
  raw.read("/inputs/neighbors_sizes", {3}, sizes.data());
  EXPECT_THAT(sizes, ElementsAre(1, 1, 0));
  raw.read("/inputs/pix_size_for_sub_slim_index", {3}, sizes.data());
  EXPECT_THAT(sizes, ElementsAre(1, 1, 1));
  EXPECT_EQ(raw.number_attribute("/", "K"), 20001.0);
}

TEST_F(InterferometerFiles, WhatCannotBeReadIsNotWritten) {
  SourceModel model = small_model();
  model.neighbours(2, 0) = 0;
  EXPECT_THAT(sentence_of([&] { write_data_set(path_, model, many_visibilities(3)); }),
              HasSubstr("neighbors is not symmetric"));
  const UvData<> data = many_visibilities(3);
  data.noise_im(1) = 0.0;
  EXPECT_THAT(sentence_of([&] { write_data_set(path_, small_model(), data); }),
              HasSubstr("the imaginary part of noise_map of visibility 1 is 0"));
  EXPECT_THAT(sentence_of([&] { write_data_set(path_, small_model(), UvData<>(0)); }),
              HasSubstr("at least one visibility"));
  EXPECT_THAT(directory_.contents(), ElementsAre());
}

TEST_F(InterferometerFiles, AReconstructionIsWrittenWithItsFormulae) {
  const std::vector<double> x{1, 2, 3};
  const double evidence = -12.5;
  ReconstructionMetadata metadata;
  metadata.data_set = "data.h5";
  metadata.coefficient = 0.5;
  metadata.noise = "exact";
  AtomicFile target(path_);
  EXPECT_THAT(sentence_of([&] {
                write_reconstruction(target, {{"source", {3}, x.data()}}, metadata);
              }),
              HasSubstr("a reconstruction has no output 'source'"));
  write_reconstruction(
      target, {{"reconstruction", {3}, x.data()}, {"log_likelihood", {}, &evidence}}, metadata);
  target.commit();
  const Hdf5Reader file(path_);
  EXPECT_THAT(file.names("/outputs"), ElementsAre("log_likelihood", "reconstruction"));
  std::vector<double> back(3);
  file.read("/outputs/reconstruction", {3}, back.data());
  EXPECT_EQ(back, x);
  double number = 0.0;
  file.read("/outputs/log_likelihood", {}, &number);
  EXPECT_EQ(number, evidence);
  EXPECT_THAT(file.text_attribute("/outputs/reconstruction", "doc"), HasSubstr("(F + H) x = D"));
  EXPECT_EQ(file.text_attribute("/", "noise"), "exact");
  EXPECT_EQ(file.number_attribute("/", "coefficient"), 0.5);
  EXPECT_EQ(reconstruction_output_names().size(), 21U);
}

}  // namespace
}  // namespace glint::test
