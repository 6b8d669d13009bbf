// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/psf_io.hpp>

#include "files.hpp"
#include "raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class PsfIo : public ::testing::Test {
 protected:
  /// A PSF with these attributes; nothing where an attribute is empty.
  void write(const std::vector<hsize_t>& shape, const std::vector<double>& values,
             std::vector<double> oversampling, std::vector<double> normalize = {}) {
    RawHdf5 file(path_);
    file.dataset("/psf", shape, values);
    if (!oversampling.empty()) file.numbers("/psf", "oversampling", oversampling);
    if (!normalize.empty()) file.numbers("/psf", "normalize", normalize);
  }
  std::string sentence() const {
    return sentence_of([&] { read_psf(path_); });
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "psf.h5";
};

TEST_F(PsfIo, ValuesAndAttributesAreTakenAsTheyAre) {
  write({2, 3}, {0.1, 0.2, 0.3, 0.05, -0.01, 0.15}, {3});
  const PsfImage psf = read_psf(path_);
  ASSERT_EQ(psf.values.extent(0), 2U);
  ASSERT_EQ(psf.values.extent(1), 3U);
  EXPECT_EQ(psf.values(0, 2), 0.3);
  EXPECT_EQ(psf.values(1, 1), -0.01);
  EXPECT_EQ(psf.oversampling, 3U);
  EXPECT_FALSE(psf.normalize);
  EXPECT_NEAR(psf_sum(psf), 0.79, 1e-15);
}

TEST_F(PsfIo, NumbersOfAnyType) {
  {
    RawHdf5 file(path_);
    file.dataset("/psf", {1, 2}, {1, 3}, H5T_STD_I16BE);
    file.number("/psf", "oversampling", 100);
    file.number("/psf", "normalize", 1);
  }
  const PsfImage psf = read_psf(path_);
  EXPECT_EQ(psf.values(0, 1), 3.0);
  EXPECT_EQ(psf.oversampling, 100U);
  EXPECT_TRUE(psf.normalize);
}

/// True and false as h5py writes them.
TEST_F(PsfIo, TruthIsAnEnumeration) {
  for (const signed char value : {0, 1}) {
    {
      RawHdf5 file(path_);
      file.dataset("/psf", {1, 1}, {2});
      file.number("/psf", "oversampling", 1);
      const hid_t type = H5Tenum_create(H5T_STD_I8LE);
      for (signed char member : {0, 1}) H5Tenum_insert(type, member ? "TRUE" : "FALSE", &member);
      const hid_t space = H5Screate(H5S_SCALAR);
      const hid_t id = H5Acreate_by_name(file.id(), "/psf", "normalize", type, space, H5P_DEFAULT,
                                         H5P_DEFAULT, H5P_DEFAULT);
      H5Awrite(id, type, &value);
      H5Aclose(id);
      H5Sclose(space);
      H5Tclose(type);
    }
    EXPECT_EQ(read_psf(path_).normalize, value == 1);
  }
}

TEST_F(PsfIo, FilesThatHoldNoPsf) {
  EXPECT_THAT(sentence(), HasSubstr("psf.h5' does not exist"));
  write_text(path_, "no HDF5");
  EXPECT_THAT(sentence(), HasSubstr("psf.h5' is not an HDF5 file"));
  {
    RawHdf5 file(path_);
    file.group("/image");
  }
  EXPECT_THAT(sentence(), EndsWith("psf.h5' has no dataset /psf"));
  {
    RawHdf5 file(path_);
    file.group("/psf");
  }
  EXPECT_THAT(sentence(), EndsWith("is not a dataset"));
  write({4}, {1, 2, 3, 4}, {1});
  EXPECT_THAT(sentence(), EndsWith("psf.h5' has 1 dimensions where 2 are needed"));
  write({1, 2, 2}, {1, 2, 3, 4}, {1});
  EXPECT_THAT(sentence(), EndsWith("psf.h5' has 3 dimensions where 2 are needed"));
  write({0, 3}, {}, {1});
  EXPECT_THAT(sentence(), EndsWith("psf.h5' has no pixels: its shape is 0 x 3"));
}

TEST_F(PsfIo, IllegalValuesAndAttributes) {
  const std::vector<double> good{0.5, 0.5};
  write({2, 1}, {0.5, std::nan("")}, {1});
  EXPECT_THAT(sentence(), EndsWith("psf.h5': the PSF's value in row 1, column 0 is nan, not a "
                                   "finite number"));
  write({2, 1}, {HUGE_VAL, 0.5}, {1});
  EXPECT_THAT(sentence(), HasSubstr("row 0, column 0 is inf"));
  write({2, 1}, good, {});
  EXPECT_THAT(sentence(), EndsWith("psf.h5' has no attribute oversampling"));
  for (const double illegal : {0.0, -1.0, 1.5, 101.0, std::nan("")}) {
    write({2, 1}, good, {illegal});
    EXPECT_THAT(sentence(),
                EndsWith(concat("is ", illegal, ", but it must be a whole number from 1 to 100")));
  }
  write({2, 1}, good, {1, 2});
  EXPECT_THAT(sentence(), HasSubstr("oversampling"));
  write({2, 1}, good, {1}, {2});
  EXPECT_THAT(sentence(), EndsWith("is 2, but it must be 0 or 1"));
  for (const double negative : {-0.5, -1.0}) {
    write({2, 1}, {0.5, negative}, {1}, {1});
    EXPECT_THAT(sentence(), EndsWith(concat("the PSF cannot be normalised, because its values sum "
                                            "to ",
                                            0.5 + negative)));
  }
  write({2, 1}, {0.5, -0.5}, {1}, {0});
  EXPECT_EQ(sentence(), "");
}

}  // namespace
}  // namespace glint::test
