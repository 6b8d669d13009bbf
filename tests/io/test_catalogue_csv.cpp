// SPDX-License-Identifier: BSD-3-Clause
#include <glint/catalogue_io.hpp>

#include "files.hpp"

namespace glint::test {
namespace {

using ::testing::HasSubstr;

constexpr PixelGrid grid{10, 7};

class CatalogueCsv : public ::testing::Test {
 protected:
  Catalogue<> read(const std::string& text) const {
    write_text(path_, text);
    return read_catalogue(path_, grid);
  }

  std::string sentence(const std::string& text) const {
    return sentence_of([&] { read(text); });
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "table.csv";
  const std::string header_ = "x,y,flux,re,n,q,theta\n";
};

TEST_F(CatalogueCsv, ReadsEveryDigit) {
  const Catalogue<> catalogue =
      read(header_ + "-113.19999999999999,1e-3,+40000.0,.5,1.1,0.6,1.2828170002158323\n");
  ASSERT_EQ(catalogue.size(), 1U);
  EXPECT_EQ(catalogue.x(0), -113.19999999999999);
  EXPECT_EQ(catalogue.y(0), 1e-3);
  EXPECT_EQ(catalogue.flux(0), 40000.0);
  EXPECT_EQ(catalogue.re(0), 0.5);
  EXPECT_EQ(catalogue.n(0), 1.1);
  EXPECT_EQ(catalogue.q(0), 0.6);
  EXPECT_EQ(catalogue.theta(0), 1.2828170002158323);
}

TEST_F(CatalogueCsv, ToleratesSpacesBlankLinesCommentsAndDosText) {
  const Catalogue<> catalogue = read(
      "\xef\xbb\xbf# a = remark\r\n\r\n#origin=zero \r\n y , x,flux,re,n,q,theta\r\n"
      " 4.5,\t3 ,1,1,1,1,0\r\n\r\n# between\r\n5.5,4,1,1,1,1,0");
  ASSERT_EQ(catalogue.size(), 2U);
  EXPECT_EQ(catalogue.x(0), 0.0);
  EXPECT_EQ(catalogue.y(0), 0.0);
  EXPECT_EQ(catalogue.x(1), 1.0);
  EXPECT_EQ(catalogue.y(1), 1.0);
}

TEST_F(CatalogueCsv, AHeaderAloneIsACatalogueOfNoProfiles) { EXPECT_EQ(read(header_).size(), 0U); }

TEST_F(CatalogueCsv, SettingsConvertAsInHdf5) {
  const Catalogue<> catalogue = read(
      "# origin = one\n# zero_point = 25\n# pa_convention = galfit\n"
      "x,y,mag,log_re,log_n,ellip,pa\n4,5.5,20,1,0,0.25,-90\n");
  EXPECT_EQ(catalogue.x(0), 0.0);
  EXPECT_EQ(catalogue.y(0), 0.0);
  EXPECT_NEAR(catalogue.flux(0), 100.0, 1e-12);
  EXPECT_NEAR(catalogue.re(0), 10.0, 1e-14);
  EXPECT_EQ(catalogue.n(0), 1.0);
  EXPECT_EQ(catalogue.q(0), 0.75);
  EXPECT_EQ(catalogue.theta(0), 0.0);
}

TEST_F(CatalogueCsv, HasNoNeedOfAnExtension) {
  write_text(directory_ / "table", header_ + "0,0,1,1,1,1,0\n");
  EXPECT_EQ(read_catalogue(directory_ / "table", grid).size(), 1U);
}

TEST_F(CatalogueCsv, NamesTheLineOfABadField) {
  EXPECT_THAT(sentence("# note\n" + header_ + "\n0,0,1,1,1,1,0\n0,0,one,1,1,1,0\n"),
              HasSubstr("line 5 of"));
  EXPECT_THAT(sentence(header_ + "0,0,one,1,1,1,0\n"), HasSubstr("flux = 'one' is not a number"));
  EXPECT_THAT(sentence(header_ + "0,0,,1,1,1,0\n"), HasSubstr("flux = '' is not a number"));
  EXPECT_THAT(sentence(header_ + "0,0,1.5x,1,1,1,0\n"), HasSubstr("'1.5x' is not a number"));
  EXPECT_THAT(sentence(header_ + "0,0,+-1,1,1,1,0\n"), HasSubstr("'+-1' is not a number"));
  EXPECT_THAT(sentence(header_ + "0,0,1e999,1,1,1,0\n"),
              HasSubstr("'1e999' is outside the range of a double"));
  EXPECT_THAT(sentence(header_ + "0,0,1,1,1,1\n"),
              HasSubstr("has 6 fields where the header has 7"));
  EXPECT_THAT(sentence(header_ + "0,0,1,1,1,1,0,\n"),
              HasSubstr("has 8 fields where the header has 7"));
  EXPECT_THAT(sentence("# zero_point = bright\n" + header_), HasSubstr("line 1 of"));
  EXPECT_THAT(sentence(header_ + "# origin = one\n"),
              HasSubstr("'origin' must stand before the header row"));
  EXPECT_THAT(sentence("# origin = one\n# origin = zero\n" + header_),
              HasSubstr("'origin' is given a second time"));
}

TEST_F(CatalogueCsv, NamesTheRowOfAValueThatIsNotFinite) {
  EXPECT_THAT(sentence("\n" + header_ + "0,0,1,1,1,1,0\n0,0,nan,1,1,1,0\n"),
              HasSubstr("has flux = nan in row 1 (line 4)"));
  EXPECT_THAT(sentence(header_ + "0,0,1,inf,1,1,0\n"), HasSubstr("has re = inf in row 0"));
  EXPECT_THAT(sentence(header_ + "0,-infinity,1,1,1,1,0\n"), HasSubstr("has y = -inf in row 0"));
}

TEST_F(CatalogueCsv, NamesBadHeaders) {
  EXPECT_THAT(sentence("x,y,re,n,q,theta\n"), HasSubstr("has no column flux or mag"));
  EXPECT_THAT(sentence("x,y,flux,mag,re,n,q,theta\n"), HasSubstr("has both flux and mag"));
  EXPECT_THAT(sentence("x,x,y,flux,re,n,q,theta\n"), HasSubstr("the column 'x' more than once"));
  EXPECT_THAT(sentence("x,y,flux,re,n,q,angle\n"),
              HasSubstr("unknown column 'angle'; legal columns: x, y"));
  EXPECT_THAT(sentence("x,y,flux,re,n,q,pa\n0,0,1,1,1,1,0\n"), HasSubstr("pa_convention"));
  EXPECT_THAT(sentence("# origin = corner\n" + header_), HasSubstr("the origin 'corner'"));
  EXPECT_THAT(sentence(""), HasSubstr("has no header row"));
  EXPECT_THAT(sentence("# origin = one\n"), HasSubstr("has no header row"));
  EXPECT_THAT(sentence(std::string("\x01\x02\x00\x03", 4)),
              HasSubstr("is neither HDF5 nor a CSV text"));
}

TEST_F(CatalogueCsv, NamesAFileThatCannotBeRead) {
  EXPECT_THAT(sentence_of([&] { read_catalogue(directory_ / "none.csv", grid); }),
              HasSubstr("none.csv' does not exist"));
  EXPECT_THAT(sentence_of([&] { read_catalogue(directory_.path(), grid); }),
              HasSubstr("is a directory"));
}

}  // namespace
}  // namespace glint::test
