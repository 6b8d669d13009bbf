// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(Catalogue, DefaultIsEmpty) { EXPECT_EQ(Catalogue<>().size(), 0u); }

}  // namespace
}  // namespace glint
