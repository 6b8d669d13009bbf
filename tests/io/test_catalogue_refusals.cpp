// SPDX-License-Identifier: BSD-3-Clause
#include <limits>

#include "catalogue_fixture.hpp"

namespace glint::test {
namespace {

using ::testing::HasSubstr;
using CatalogueRefusals = CatalogueHdf5;

TEST_F(CatalogueRefusals, NamesMissingUnknownAndDoubledColumns) {
  Columns columns = plain_columns();
  columns.erase("flux");
  EXPECT_THAT(sentence(columns), HasSubstr("catalogue.h5' has no column flux or mag"));
  columns = plain_columns();
  columns.erase("x");
  EXPECT_THAT(sentence(columns), HasSubstr("has no column x"));
  columns = plain_columns();
  columns["mag"] = {1, 2};
  EXPECT_THAT(sentence(columns), HasSubstr("has both flux and mag; give one of them"));
  columns = with("n", "sersic", {1, 1});
  columns["log_n"] = {0, 0};
  EXPECT_THAT(sentence(columns), HasSubstr("has both log_n and sersic"));
  columns = plain_columns();
  columns["colour"] = {0, 0};
  EXPECT_THAT(sentence(columns),
              HasSubstr("unknown column 'colour'; legal columns: x, y, flux, mag, re, log_re, n, "
                        "log_n, sersic, q, ellip, theta, pa, profile, alpha, beta, gamma"));
  columns = plain_columns();
  columns["profile"] = {0, 0};
  EXPECT_THAT(sentence(columns), HasSubstr("/catalogue/profile in"));
  EXPECT_THAT(sentence(columns), HasSubstr("does not hold strings"));
}

TEST_F(CatalogueRefusals, NamesColumnsOfUnequalLength) {
  EXPECT_THAT(sentence(with("y", "y", {1, 2, 3})),
              HasSubstr("columns of unequal length: flux has 2 rows and y has 3"));
}

TEST_F(CatalogueRefusals, NamesTheRowOfAValueThatIsNotFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THAT(sentence(with("q", "q", {1, nan})), HasSubstr("has q = nan in row 1"));
  EXPECT_THAT(sentence(with("x", "x", {-infinity, 0})), HasSubstr("has x = -inf in row 0"));
  EXPECT_THAT(sentence(with("flux", "mag", {0, infinity})), HasSubstr("has mag = inf in row 1"));
  EXPECT_THAT(sentence(with("re", "log_re", {0, 400})),
              HasSubstr("has log_re = 400 in row 1, too large for a finite re"));
}

TEST_F(CatalogueRefusals, RefusesUnknownSettings) {
  EXPECT_THAT(sentence(with("theta", "pa", {0, 0})),
              HasSubstr("has a column pa but does not say which way it turns: pa_convention must "
                        "be y_to_x (theta = 90 - pa) or galfit (theta = 90 + pa)"));
  {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    file.text("/catalogue", "pa_convention", "north");
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("has pa_convention 'north'"));
  {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    file.text("/catalogue", "origin", "middle");
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("the origin 'middle' of the catalogue"));
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("legal origins: centre, zero, one"));
  {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    file.text("/catalogue", "zero_point", "25");
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("zero_point of /catalogue"));
}

TEST_F(CatalogueRefusals, RefusesOtherShapesOfFile) {
  { RawHdf5 file(path_); }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("has no group /catalogue"));
  {
    RawHdf5 file(path_);
    file.dataset("/catalogue", {2}, {1, 2});
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("is not a group"));
  {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    H5Ldelete(file.id(), "/catalogue/q", H5P_DEFAULT);
    file.dataset("/catalogue/q", {2, 1}, {1, 1});
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("the column q of the catalogue"));
  {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    H5Ldelete(file.id(), "/catalogue/q", H5P_DEFAULT);
    file.group("/catalogue/q");
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("/catalogue/q in"));
  write_text(path_, "x,y,flux,re,n,q,theta\n");
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("is not an HDF5 file"));
}

TEST_F(CatalogueRefusals, RefusesALengthThatCannotBeRead) {
  {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    H5Ldelete(file.id(), "/catalogue/q", H5P_DEFAULT);
    // Chunked and never written: the file is small whatever the length says.
    const hsize_t length = hsize_t(1) << 50, chunk = 1024;
    const hid_t space = H5Screate_simple(1, &length, nullptr);
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &chunk);
    H5Dclose(H5Dcreate2(file.id(), "/catalogue/q", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties,
                        H5P_DEFAULT));
    H5Pclose(properties);
    H5Sclose(space);
  }
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("bytes"));
}

}  // namespace
}  // namespace glint::test
