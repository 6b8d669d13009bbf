// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <numbers>

#include "catalogue_fixture.hpp"

namespace glint::test {
namespace {

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

}  // namespace
}  // namespace glint::test
