// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/catalogue.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class Case>
class CatalogueTest : public testing::Test {};
TYPED_TEST_SUITE(CatalogueTest, test::Spaces, test::CaseName);

TYPED_TEST(CatalogueTest, TravelsToASpaceAndBack) {
  const typename TypeParam::space space;
  Catalogue<> host(3);
  for (int p = 0; p < 3; ++p) {
    host.x(p) = p, host.y(p) = 10 + p, host.flux(p) = 20 + p, host.re(p) = 30 + p;
    host.n(p) = 40 + p, host.q(p) = 50 + p, host.theta(p) = 60 + p;
  }
  const auto there = to_space(space, host);
  Catalogue<> back(3);
  copy(space, back.x, there.x), copy(space, back.y, there.y), copy(space, back.flux, there.flux);
  copy(space, back.re, there.re), copy(space, back.n, there.n), copy(space, back.q, there.q);
  copy(space, back.theta, there.theta);
  compat::fence(space, "glint::test::catalogue");
  for (int p = 0; p < 3; ++p) {
    EXPECT_EQ(back.x(p), p);
    EXPECT_EQ(back.y(p), 10 + p);
    EXPECT_EQ(back.flux(p), 20 + p);
    EXPECT_EQ(back.re(p), 30 + p);
    EXPECT_EQ(back.n(p), 40 + p);
    EXPECT_EQ(back.q(p), 50 + p);
    EXPECT_EQ(back.theta(p), 60 + p);
  }
}

TYPED_TEST(CatalogueTest, RefusesColumnsOfUnequalLength) {
  const typename TypeParam::space space;
  Catalogue<> broken(3);
  broken.re = Vector<double>("glint::test::short", 2);
  try {
    to_space(space, broken);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_THAT(error.sentence(), testing::HasSubstr("column re has shape (2) where (3)"));
  }
}

TYPED_TEST(CatalogueTest, KindsAndExtraColumnsTravelToo) {
  const typename TypeParam::space space;
  Catalogue<> host(2);
  EXPECT_TRUE(is_plain(host));
  host.add({ExtraColumn::beta});
  EXPECT_FALSE(is_plain(host));
  host.kind(1) = ProfileKind::moffat;
  host[ExtraColumn::beta](1) = 2.5;
  const auto there = to_space(space, host);
  EXPECT_EQ(there[ExtraColumn::alpha].extent(0), 0u);
  Catalogue<> back(2);
  back.add({ExtraColumn::beta});
  copy(space, back.kind, there.kind);
  copy(space, back[ExtraColumn::beta], there[ExtraColumn::beta]);
  compat::fence(space, "glint::test::catalogue");
  EXPECT_EQ(back.kind(0), ProfileKind::sersic);
  EXPECT_EQ(back.kind(1), ProfileKind::moffat);
  EXPECT_TRUE(std::isnan(back[ExtraColumn::beta](0)));
  EXPECT_EQ(back[ExtraColumn::beta](1), 2.5);
  host[ExtraColumn::f1] = Vector<double>("glint::test::short", 1);
  try {
    to_space(space, host);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_THAT(error.sentence(), testing::HasSubstr("column f1 has shape (1) where (2)"));
  }
}

TYPED_TEST(CatalogueTest, MagnifyingScalesLengthsAlone) {
  const typename TypeParam::space space;
  Catalogue<> host(1);
  host.x(0) = 1, host.y(0) = 2, host.flux(0) = 3, host.re(0) = 4;
  host.n(0) = 5, host.q(0) = 6, host.theta(0) = 7;
  host.add({ExtraColumn::r_break, ExtraColumn::alpha, ExtraColumn::r_truncation});
  host[ExtraColumn::r_break](0) = 8, host[ExtraColumn::alpha](0) = 9;
  std::vector<double> values;
  for_each_column(magnified(space, host, 10.0), [&](const char*, const auto& column, ColumnUnit) {
    Vector<double> back("glint::test::column", 1);
    copy(space, back, column);
    compat::fence(space, "glint::test::column");
    values.push_back(back(0));
  });
  EXPECT_THAT(values, testing::ElementsAre(10, 20, 3, 40, 5, 6, 7, 9, 80, testing::IsNan()));
}

TEST(Catalogue, DefaultIsEmpty) { EXPECT_EQ(Catalogue<>().size(), 0u); }

}  // namespace
}  // namespace glint
