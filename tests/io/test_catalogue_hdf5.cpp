// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/catalogue_io.hpp>
#include <limits>
#include <map>
#include <numbers>

#include "files.hpp"
#include "raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::HasSubstr;

using Columns = std::map<std::string, std::vector<double>>;
constexpr PixelGrid grid{10, 7};  // middle: y 4.5, x 3

Columns plain_columns() {
  return {{"x", {1.5, -2}}, {"y", {0, 3}},     {"flux", {100, -1}}, {"re", {2, 0.5}},
          {"n", {1, 4}},    {"q", {0.5, 1.0}}, {"theta", {0, 0.25}}};
}

/// The plain columns with the column `old` replaced.
Columns with(const std::string& old, const std::string& name, std::vector<double> values) {
  Columns columns = plain_columns();
  columns.erase(old);
  columns[name] = std::move(values);
  return columns;
}

void fill(RawHdf5& file, const Columns& columns) {
  file.group("/catalogue");
  for (const auto& [name, values] : columns)
    file.dataset("/catalogue/" + name, {values.size()}, values);
}

class CatalogueHdf5 : public ::testing::Test {
 protected:
  Catalogue<> read() const { return read_catalogue(path_, grid); }

  Catalogue<> read(const Columns& columns) const {
    {
      RawHdf5 file(path_);
      fill(file, columns);
    }
    return read();
  }

  std::string sentence(const Columns& columns) const {
    return sentence_of([&] { read(columns); });
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "catalogue.h5";
};

TEST_F(CatalogueHdf5, PlainColumnsAreTakenAsTheyAre) {
  const Catalogue<> catalogue = read(plain_columns());
  ASSERT_EQ(catalogue.size(), 2U);
  EXPECT_EQ(catalogue.x(0), 1.5);
  EXPECT_EQ(catalogue.y(1), 3.0);
  EXPECT_EQ(catalogue.flux(1), -1.0);
  EXPECT_EQ(catalogue.re(1), 0.5);
  EXPECT_EQ(catalogue.n(1), 4.0);
  EXPECT_EQ(catalogue.q(0), 0.5);
  EXPECT_EQ(catalogue.theta(1), 0.25);
}

TEST_F(CatalogueHdf5, WriteThenReadIsBitForBit) {
  Catalogue<> written(3);
  for (std::size_t row = 0; row < 3; ++row) {
    const double third = (1.0 + static_cast<double>(row)) / 3.0;
    written.x(row) = -1e3 * third;
    written.y(row) = 0.1 * third;
    written.flux(row) = 1e-300 * third;
    written.re(row) = 7 * third;
    written.n(row) = 0.3 + third;
    written.q(row) = third;
    written.theta(row) = -third;
  }
  write_catalogue(path_, written);
  const Catalogue<> back = read_catalogue(path_, PixelGrid{31, 8});
  ASSERT_EQ(back.size(), 3U);
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(back.x(row), written.x(row));
    EXPECT_EQ(back.y(row), written.y(row));
    EXPECT_EQ(back.flux(row), written.flux(row));
    EXPECT_EQ(back.re(row), written.re(row));
    EXPECT_EQ(back.n(row), written.n(row));
    EXPECT_EQ(back.q(row), written.q(row));
    EXPECT_EQ(back.theta(row), written.theta(row));
  }
}

TEST_F(CatalogueHdf5, NoRowsIsACatalogueOfNoProfiles) {
  write_catalogue(path_, Catalogue<>(0));
  EXPECT_EQ(read().size(), 0U);
}

TEST_F(CatalogueHdf5, AlternativeColumnsAreConverted) {
  EXPECT_NEAR(read(with("flux", "mag", {-5, 2.5})).flux(0), 100.0, 1e-12);
  EXPECT_NEAR(read(with("flux", "mag", {-5, 2.5})).flux(1), 0.1, 1e-15);
  EXPECT_NEAR(read(with("re", "log_re", {2, -1})).re(0), 100.0, 1e-12);
  EXPECT_NEAR(read(with("re", "log_re", {2, -1})).re(1), 0.1, 1e-16);
  EXPECT_NEAR(read(with("n", "log_n", {0, std::log10(4.0)})).n(1), 4.0, 1e-14);
  EXPECT_EQ(read(with("n", "sersic", {2.5, 1})).n(0), 2.5);
  EXPECT_EQ(read(with("q", "ellip", {0.25, 0})).q(0), 0.75);
  EXPECT_EQ(read(with("q", "ellip", {0.25, 0})).q(1), 1.0);
}

TEST_F(CatalogueHdf5, ZeroPointShiftsMagnitudes) {
  {
    RawHdf5 file(path_);
    fill(file, with("flux", "mag", {20, 25}));
    file.number("/catalogue", "zero_point", 25);
  }
  EXPECT_NEAR(read().flux(0), 100.0, 1e-12);
  EXPECT_EQ(read().flux(1), 1.0);
}

TEST_F(CatalogueHdf5, PositionAnglesTurnEitherWay) {
  for (const auto& [convention, degrees] :
       std::map<std::string, double>{{"y_to_x", 60.0}, {"galfit", 120.0}}) {
    {
      RawHdf5 file(path_);
      fill(file, with("theta", "pa", {30, 0}));
      file.text("/catalogue", "pa_convention", convention);
    }
    EXPECT_NEAR(read().theta(0), degrees / 180.0 * std::numbers::pi, 1e-15) << convention;
    EXPECT_NEAR(read().theta(1), std::numbers::pi / 2, 1e-15) << convention;
  }
}

TEST_F(CatalogueHdf5, OriginsCountPixelsFromTheCornerOrTheCentre) {
  struct Expected {
    const char* origin;
    double x, y;
  };
  for (const auto& [origin, x, y] :
       {Expected{"centre", 1.5, 0.0}, Expected{"zero", -1.5, -4.5}, Expected{"one", -2.5, -5.5}}) {
    {
      RawHdf5 file(path_);
      fill(file, plain_columns());
      file.fixed_text("/catalogue", "origin", origin, 8, H5T_STR_SPACEPAD);
    }
    EXPECT_EQ(read().x(0), x) << origin;
    EXPECT_EQ(read().y(0), y) << origin;
  }
}

TEST_F(CatalogueHdf5, AcceptsAnyNumberType) {
  {
    RawHdf5 file(path_);
    fill(file, with("flux", "mag", {0, 0}));
    H5Ldelete(file.id(), "/catalogue/n", H5P_DEFAULT);
    file.dataset("/catalogue/n", {2}, {1, 4}, H5T_STD_I32BE);
    H5Ldelete(file.id(), "/catalogue/q", H5P_DEFAULT);
    file.dataset("/catalogue/q", {2}, {0.1, 1}, H5T_IEEE_F32LE);
  }
  EXPECT_EQ(read().n(1), 4.0);
  EXPECT_EQ(read().q(0), static_cast<double>(0.1F));
}

TEST_F(CatalogueHdf5, NamesMissingUnknownAndDoubledColumns) {
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
  columns["profile"] = {0, 0};
  EXPECT_THAT(sentence(columns),
              HasSubstr("unknown column 'profile'; legal columns: x, y, flux, mag, re, log_re, n, "
                        "log_n, sersic, q, ellip, theta, pa"));
}

TEST_F(CatalogueHdf5, NamesColumnsOfUnequalLength) {
  EXPECT_THAT(sentence(with("y", "y", {1, 2, 3})),
              HasSubstr("columns of unequal length: flux has 2 rows and y has 3"));
}

TEST_F(CatalogueHdf5, NamesTheRowOfAValueThatIsNotFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THAT(sentence(with("q", "q", {1, nan})), HasSubstr("has q = nan in row 1"));
  EXPECT_THAT(sentence(with("x", "x", {-infinity, 0})), HasSubstr("has x = -inf in row 0"));
  EXPECT_THAT(sentence(with("flux", "mag", {0, infinity})), HasSubstr("has mag = inf in row 1"));
  EXPECT_THAT(sentence(with("re", "log_re", {0, 400})),
              HasSubstr("has log_re = 400 in row 1, too large for a finite re"));
}

TEST_F(CatalogueHdf5, RefusesUnknownSettings) {
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

TEST_F(CatalogueHdf5, RefusesOtherShapesOfFile) {
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

TEST_F(CatalogueHdf5, RefusesALengthThatCannotBeRead) {
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
