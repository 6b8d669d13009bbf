// SPDX-License-Identifier: BSD-3-Clause
// Profile kinds and extra columns in both forms of file.
#include <cmath>
#include <limits>

#include "catalogue_fixture.hpp"

namespace glint::test {
namespace {

using ::testing::HasSubstr;
using E = ExtraColumn;

class CatalogueProfiles : public CatalogueHdf5 {
 protected:
  Catalogue<> csv(const std::string& text) const {
    write_text(directory_ / "c.csv", text);
    return read_catalogue(directory_ / "c.csv", grid);
  }

  /// The plain columns with a column of strings, of fixed or variable length.
  void write_profiles(const std::vector<const char*>& names, bool variable) const {
    RawHdf5 file(path_);
    fill(file, plain_columns());
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, variable ? H5T_VARIABLE : 12);
    if (!variable) H5Tset_strpad(type, H5T_STR_SPACEPAD);
    const hsize_t count = names.size();
    const hid_t space = H5Screate_simple(1, &count, nullptr);
    const hid_t data = H5Dcreate2(file.id(), "/catalogue/profile", type, space, H5P_DEFAULT,
                                  H5P_DEFAULT, H5P_DEFAULT);
    std::string packed;
    for (std::string name : names) {
      name.resize(12, ' ');
      packed += name;
    }
    const void* values = variable ? static_cast<const void*>(names.data()) : packed.data();
    H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    H5Dclose(data), H5Sclose(space), H5Tclose(type);
  }
};

const std::string header = "profile,x,y,flux,re,n,q,theta,beta,r_truncation\n";

TEST_F(CatalogueProfiles, CsvCellsMayBeEmpty) {
  const Catalogue<> catalogue =
      csv(header + "moffat,0,0,1,2,,1,0,2.5,\n,0,0,1,2,4,1,0,,9\nsersic,0,0,1,2,4,1,0,,\n");
  ASSERT_EQ(catalogue.size(), 3U);
  EXPECT_EQ(catalogue.kind(0), ProfileKind::moffat);
  EXPECT_EQ(catalogue.kind(1), ProfileKind::sersic);
  EXPECT_TRUE(std::isnan(catalogue.n(0)));
  EXPECT_EQ(catalogue[E::beta](0), 2.5);
  EXPECT_TRUE(std::isnan(catalogue[E::beta](1)));
  EXPECT_EQ(catalogue[E::r_truncation](1), 9.0);
  EXPECT_EQ(catalogue[E::alpha].extent(0), 0U);
}

TEST_F(CatalogueProfiles, EmptyExtraColumnsLeaveAPlainCatalogue) {
  const Catalogue<> catalogue = csv("x,y,flux,re,n,q,theta,boxiness\n0,0,1,2,4,1,0,\n");
  EXPECT_TRUE(is_plain(catalogue));
}

TEST_F(CatalogueProfiles, RefusesUnknownProfilesAndMissingIndices) {
  EXPECT_THAT(
      sentence_of([&] { csv(header + "moffet,0,0,1,2,4,1,0,,\n"); }),
      HasSubstr("has the unknown profile 'moffet' in row 0 (line 2); legal profiles: sersic, "
                "gaussian, moffat, core_sersic, king, ferrer"));
  EXPECT_THAT(sentence_of([&] { csv(header + "sersic,0,0,1,2,,1,0,,\n"); }),
              HasSubstr("has n = nan in row 0 (line 2)"));
  EXPECT_THAT(sentence_of([&] { csv(header + "moffat,0,0,1,2,,1,0,inf,\n"); }),
              HasSubstr("has beta = inf in row 0 (line 2)"));
  EXPECT_THAT(sentence_of([&] { csv(header + "moffat,0,0,,2,,1,0,2,\n"); }),
              HasSubstr("flux = '' is not a number"));
}

TEST_F(CatalogueProfiles, Hdf5StringsOfBothLengthKinds) {
  for (const bool variable : {false, true}) {
    write_profiles({"king", ""}, variable);
    const Catalogue<> catalogue = read();
    EXPECT_EQ(catalogue.kind(0), ProfileKind::king) << variable;
    EXPECT_EQ(catalogue.kind(1), ProfileKind::sersic) << variable;
  }
  write_profiles({"king"}, true);
  EXPECT_THAT(sentence_of([&] { read(); }), HasSubstr("has 2 rows and profile has 1"));
}

TEST_F(CatalogueProfiles, WriteThenReadIsBitForBit) {
  Catalogue<> written(2);
  written.add({E::beta, E::f3, E::r_truncation});
  for (int row = 0; row < 2; ++row) {
    written.flux(row) = written.re(row) = written.q(row) = 1.0 / (row + 3.0);
    written.n(row) = std::numeric_limits<double>::quiet_NaN();
    written[E::f3](row) = 0.1 * row;
  }
  written.kind(0) = ProfileKind::moffat;
  written.kind(1) = ProfileKind::gaussian;
  written[E::beta](0) = 2.7;
  write_catalogue(path_, written);
  const Catalogue<> back = read();
  EXPECT_EQ(back.kind(0), ProfileKind::moffat);
  EXPECT_EQ(back.kind(1), ProfileKind::gaussian);
  EXPECT_EQ(back[E::beta](0), 2.7);
  EXPECT_TRUE(std::isnan(back[E::beta](1)));
  EXPECT_EQ(back[E::f3](1), 0.1);
  EXPECT_EQ(back[E::r_truncation].extent(0), 0U);
  EXPECT_TRUE(std::isnan(back.n(0)));
}

}  // namespace
}  // namespace glint::test
