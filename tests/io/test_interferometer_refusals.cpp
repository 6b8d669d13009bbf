// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <limits>

#include "interferometer_fixture.hpp"

namespace glint::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const double nan = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();
const std::string indexes = "pix_indexes_for_sub_slim_index";
const std::string weights = "pix_weights_for_sub_slim_index";

TEST_F(InterferometerFiles, TheUnchangedDataSetIsFine) { EXPECT_EQ(sentence(RawDataSet()), ""); }

TEST_F(InterferometerFiles, MissingParts) {
  for (const auto& [name, unused] : RawDataSet().inputs) {
    RawDataSet data;
    data.inputs.erase(name);
    EXPECT_THAT(sentence(data),
                AllOf(HasSubstr("data.h5"), HasSubstr("has no dataset /inputs/" + name)));
  }
  for (const char* name : {"N", "pixel_scale_arcsec"}) {
    RawDataSet data;
    data.attributes.erase(name);
    EXPECT_THAT(sentence(data), HasSubstr(std::string("has no attribute ") + name));
  }
  { const RawHdf5 empty(path_); }
  EXPECT_THAT(sentence_of([&] { const InterferometerFile file(path_); }),
              HasSubstr("has no group /inputs, so it is not an interferometer data set"));
}

TEST_F(InterferometerFiles, WrongShapes) {
  for (const auto& [name, good] : RawDataSet().inputs) {
    RawDataSet data;
    data.inputs.at(name).shape = {good.values.size()};
    EXPECT_THAT(sentence(data), HasSubstr("/inputs/" + name + " in"));
    EXPECT_THAT(sentence(data), HasSubstr("but it must have 2 dimensions"));
  }
  const auto reshaped = [&](const std::string& name, std::vector<hsize_t> shape) {
    RawDataSet data;
    RawDataset& set = data.inputs.at(name);
    set.shape = shape;
    set.values.assign(shape[0] * shape[1], 0.0);
    return sentence(data);
  };
  EXPECT_THAT(reshaped("mask", {3, 4}), HasSubstr("has shape (3, 4) where the attribute N is 3"));
  EXPECT_THAT(reshaped(indexes, {5, 2}), HasSubstr(indexes + " has 5 rows where the mask keeps 4"));
  EXPECT_THAT(reshaped(indexes, {4, 0}), HasSubstr(indexes + " has no columns"));
  EXPECT_THAT(reshaped(weights, {4, 3}),
              HasSubstr(weights + " has shape (4, 3) where " + indexes + " has (4, 2)"));
  EXPECT_THAT(reshaped("neighbors", {0, 2}), HasSubstr("neighbors must have from 1 to"));
  EXPECT_THAT(reshaped("uv_wavelengths", {0, 2}), HasSubstr("holds no visibilities"));
  EXPECT_THAT(reshaped("data", {4, 2}), HasSubstr("has shape (4, 2) where (5, 2) is needed"));
  EXPECT_THAT(reshaped("noise_map", {5, 1}), HasSubstr("has shape (5, 1) where (5, 2) is needed"));
  EXPECT_THAT(reshaped("uv_wavelengths", {5, 3}), HasSubstr("has shape (5, 3) where (5, 2)"));
}

TEST_F(InterferometerFiles, WrongTypes) {
  for (const std::string& name : {std::string("mask"), indexes, std::string("neighbors")}) {
    RawDataSet data;
    data.inputs.at(name).stored = H5T_IEEE_F64LE;
    EXPECT_THAT(sentence(data), HasSubstr("/inputs/" + name + " in"));
    EXPECT_THAT(sentence(data), HasSubstr("holds floating-point numbers where whole numbers"));
  }
  RawDataSet().write(path_);
  {
    const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    H5Ldelete(file, "/inputs/data", H5P_DEFAULT);
    const hid_t pair = H5Tcreate(H5T_COMPOUND, 16);  // complex numbers as h5py stores them
    H5Tinsert(pair, "r", 0, H5T_NATIVE_DOUBLE);
    H5Tinsert(pair, "i", 8, H5T_NATIVE_DOUBLE);
    const hsize_t count = 5;
    const hid_t space = H5Screate_simple(1, &count, nullptr);
    H5Dclose(H5Dcreate2(file, "/inputs/data", pair, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
    H5Tclose(pair);
    H5Fclose(file);
  }
  EXPECT_THAT(sentence_of([&] { const InterferometerFile file(path_); }),
              HasSubstr("does not hold numbers"));
}

TEST_F(InterferometerFiles, FrameAndMask) {
  const auto with = [&](const std::string& name, double value) {
    RawDataSet data;
    data.attributes[name] = value;
    return sentence(data);
  };
  EXPECT_THAT(with("N", 4), HasSubstr("has shape (3, 3) where the attribute N is 4"));
  for (const double side : {0.0, -3.0, 2.5, 1e9, nan})
    EXPECT_THAT(with("N", side), HasSubstr("must be a whole number from 1 to 32768"));
  for (const double scale : {0.0, -0.1, nan, infinity})
    EXPECT_THAT(with("pixel_scale_arcsec", scale), HasSubstr("the pixel scale must be a positive"));
  for (const double coefficient : {-1.0, nan, infinity})
    EXPECT_THAT(with("coefficient", coefficient), HasSubstr("the regularization coefficient is"));
  EXPECT_THAT(sentence_with("mask", 5, 2.0), HasSubstr("mask(1, 2) is 2, but it must be 0"));
  RawDataSet empty;
  empty.inputs.at("mask").values.assign(9, 1.0);
  EXPECT_THAT(sentence(empty), HasSubstr("mask keeps no pixel"));
  RawDataSet wide;
  wide.inputs.at("mask") = {{3, 3}, {1, 0, 1, 0, 0, 1, 1, 1, 256}, H5T_STD_I16LE};
  EXPECT_THAT(sentence(wide), HasSubstr("holds a number that does not fit in 8 bits"));
}

TEST_F(InterferometerFiles, SourceIndexes) {
  EXPECT_THAT(sentence_with(indexes, 3, 3.0),
              HasSubstr(indexes + "(1, 1) is 3, but with 3 source pixels it must be from -1"));
  EXPECT_THAT(sentence_with(indexes, 4, -2.0), HasSubstr(indexes + "(2, 0) is -2"));
  EXPECT_THAT(sentence_with(indexes, 2, -1.0),
              HasSubstr(indexes + "(1, 1) is 2 after a -1 in column 0"));
  EXPECT_THAT(sentence_with(weights, 3, nan), HasSubstr(weights + "(1, 1) is nan"));
  EXPECT_THAT(sentence_with(weights, 2, infinity), HasSubstr(weights + "(1, 0) is inf"));
  EXPECT_EQ(sentence_with(weights, 1, nan), "") << "beside a -1";
}

TEST_F(InterferometerFiles, Neighbours) {
  EXPECT_THAT(sentence_with("neighbors", 3, 3.0), HasSubstr("neighbors(1, 1) is 3"));
  EXPECT_THAT(sentence_with("neighbors", 3, -7.0), HasSubstr("neighbors(1, 1) is -7"));
  EXPECT_THAT(sentence_with("neighbors", 2, -1.0), HasSubstr("neighbors(1, 1) is 2 after a -1"));
  EXPECT_THAT(sentence_with("neighbors", 3, 0.0),
              HasSubstr("neighbors lists 0 twice among the neighbours of source pixel 1"));
  EXPECT_THAT(sentence_with("neighbors", 1, 0.0),
              HasSubstr("neighbors(0, 1) makes source pixel 0 its own neighbour"));
  EXPECT_THAT(sentence_with("neighbors", 1, 2.0),
              HasSubstr("neighbors is not symmetric: 2 is a neighbour of 0, but 0 is none of 2"));
}

TEST_F(InterferometerFiles, Visibilities) {
  for (const double noise : {0.0, -1.0, nan, infinity}) {
    EXPECT_THAT(sentence_with("noise_map", 6, noise),
                HasSubstr(concat("the real part of noise_map of visibility 3 is ", noise)));
    EXPECT_THAT(sentence_with("noise_map", 7, noise), HasSubstr("the imaginary part of noise_map"));
  }
  EXPECT_THAT(sentence_with("data", 4, nan),
              HasSubstr("the real part of data of visibility 2 is nan, but it must be finite"));
  EXPECT_THAT(sentence_with("data", 9, infinity), HasSubstr("visibility 4 is inf"));
  EXPECT_THAT(sentence_with("uv_wavelengths", 0, nan), HasSubstr("u of uv_wavelengths of visib"));
  EXPECT_THAT(sentence_with("uv_wavelengths", 1, nan), HasSubstr("v of uv_wavelengths of visib"));
}

TEST_F(InterferometerFiles, Flags) {
  RawDataSet data;
  data.inputs["flag"] = {{5}, {0, 1, 0, 2, 0}, H5T_STD_U8LE};
  EXPECT_THAT(sentence(data), HasSubstr("is 2 for visibility 3, but it must be 0 (used) or 1"));
  data.inputs["flag"] = {{4}, {0, 1, 0, 0}, H5T_STD_U8LE};
  EXPECT_THAT(sentence(data), HasSubstr("must hold 5 whole numbers, 0 or 1"));
  data.inputs["flag"] = {{5}, {0, 1, 0, 0, 0}};
  EXPECT_THAT(sentence(data), HasSubstr("must hold 5 whole numbers, 0 or 1"));
}

TEST_F(InterferometerFiles, DerivedDataThatDisagrees) {
  const auto with = [&](const std::string& name, RawDataset extra) {
    RawDataSet data;
    data.inputs[name] = std::move(extra);
    return sentence(data);
  };
  const std::string native = "native_index_for_slim_index", sizes = "pix_size_for_sub_slim_index";
  EXPECT_EQ(with(native, {{4, 2}, {0, 1, 1, 0, 1, 1, 2, 2}, H5T_STD_I64LE}), "");
  EXPECT_THAT(with(native, {{4, 2}, {0, 1, 1, 0, 1, 2, 2, 2}, H5T_STD_I64LE}),
              HasSubstr("does not agree with the other data sets: in row 2 it has 2 where they "
                        "give 1"));
  EXPECT_THAT(with(native, {{3, 2}, {0, 1, 1, 0, 1, 2}, H5T_STD_I64LE}), HasSubstr("has shape"));
  EXPECT_EQ(with(sizes, {{4}, {1, 2, 2, 1}, H5T_STD_I64LE}), "");
  EXPECT_THAT(with(sizes, {{4}, {1, 2, 1, 1}, H5T_STD_I64LE}), HasSubstr("in row 2 it has 1"));
  EXPECT_THAT(with("neighbors_sizes", {{3}, {1, 2, 2}, H5T_STD_I64LE}), HasSubstr("in row 2"));
  EXPECT_THAT(with("grid_radians_slim", {{4, 2}, std::vector<double>(8, 0.0)}),
              HasSubstr("/inputs/grid_radians_slim in"));
  EXPECT_THAT(with("grid_radians_2d", {{3, 3, 2}, std::vector<double>(18, nan)}),
              HasSubstr("in row 0 it has nan"));
  for (const auto& [name, right] :
       std::map<std::string, double>{{"M", 4}, {"K", 5}, {"S", 3}, {"B", 2}, {"P", 2}}) {
    RawDataSet data;
    data.attributes[name] = right;
    EXPECT_EQ(sentence(data), "");
    data.attributes[name] = right + 1;
    EXPECT_THAT(sentence(data), HasSubstr("the attribute " + name + " of"));
  }
}

TEST_F(InterferometerFiles, TruncatedAnywhere) {
  RawDataSet().write(path_);
  const std::string whole = read_text(path_);
  ASSERT_GT(whole.size(), 2000U);
  for (std::size_t length = 0; length < whole.size(); length += 97) {
    write_text(path_, whole.substr(0, length));
    EXPECT_NE(sentence_of([&] {
                const InterferometerFile file(path_);
                file.visibilities(0, file.count());
              }),
              "")
        << "cut after " << length << " bytes";
  }
}

}  // namespace
}  // namespace glint::test
