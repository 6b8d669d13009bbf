// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <support/errors.hpp>
#include <support/galaxies.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Galaxy;
using test::make_catalogue;
using testing::HasSubstr;

template <class Case>
class Prepare : public testing::Test {
 protected:
  using Space = typename Case::space;

  static std::string complaint(const std::vector<Galaxy>& galaxies) {
    return test::sentence_of([&] { prepare(Space(), make_catalogue(galaxies)); });
  }
  static std::string complaint(const Galaxy& bad) {
    return complaint(std::vector<Galaxy>{{}, bad});
  }
};
TYPED_TEST_SUITE(Prepare, test::Spaces, test::CaseName);

TYPED_TEST(Prepare, ComputesConstants) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto profiles = prepare(
      space, make_catalogue(std::vector<test::Galaxy>{{8.0, 2.0, 0.5, 3.0, -1.0, 0.5, 0.0}}));
  ASSERT_EQ(profiles.size(), 1u);
  const Kokkos::View<Profile<SersicLaw>*, Kokkos::LayoutRight, Kokkos::HostSpace> host("host", 1);
  copy(space, host, profiles.data);
  compat::fence(space, "glint::test::prepare");
  const Profile<SersicLaw>& profile = host(0);
  EXPECT_DOUBLE_EQ(profile.law.b, constants::ln2);
  EXPECT_DOUBLE_EQ(profile.ellipse.squared_radius(2.0, 0.0), 1.0);
  EXPECT_DOUBLE_EQ(profile.ellipse.squared_radius(0.0, 1.0), 1.0);
  EXPECT_DOUBLE_EQ(profile.ellipse.det, 0.5);
  EXPECT_DOUBLE_EQ(profile.amplitude, sersic_central_brightness(8.0, 2.0, 0.5, 0.5));
  EXPECT_DOUBLE_EQ(std::exp(profile.log_peak) * 8.0, profile.amplitude);
}

TYPED_TEST(Prepare, AcceptsTheWholeLegalRange) {
  EXPECT_EQ(this->complaint(Galaxy{1.0, 3.0, 0.02}), "accepted");
  EXPECT_EQ(this->complaint(Galaxy{1.0, 3.0, 20.0}), "accepted");
  EXPECT_EQ(this->complaint(Galaxy{-5.0, 3.0, 1.0}), "accepted");
  EXPECT_EQ(this->complaint(Galaxy{0.0, 3.0, 1.0}), "accepted");
  EXPECT_EQ(this->complaint(std::vector<Galaxy>{}), "accepted");
}

TYPED_TEST(Prepare, NamesRowColumnAndValue) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double inf = std::numeric_limits<double>::infinity();
  EXPECT_THAT(this->complaint({1.0, 3.0, 0.01}), HasSubstr("catalogue row 1: n is 0.01, but"));
  EXPECT_THAT(this->complaint({1.0, 3.0, 20.5}), HasSubstr("row 1: n is 20.5"));
  EXPECT_THAT(this->complaint({1.0, 0.0, 1.0}), HasSubstr("row 1: re is 0,"));
  EXPECT_THAT(this->complaint({1.0, -2.0, 1.0}), HasSubstr("row 1: re is -2"));
  EXPECT_THAT(this->complaint({1.0, 3.0, 1.0, 0, 0, 0.0}), HasSubstr("row 1: q is 0,"));
  EXPECT_THAT(this->complaint({1.0, 3.0, 1.0, 0, 0, 1.1}), HasSubstr("row 1: q is 1.1"));
  EXPECT_THAT(this->complaint({nan, 3.0, 1.0}), HasSubstr("row 1: flux is nan"));
  EXPECT_THAT(this->complaint({1.0, inf, 1.0}), HasSubstr("row 1: re is inf"));
  EXPECT_THAT(this->complaint({1.0, 3.0, 1.0, nan}), HasSubstr("row 1: x is nan"));
  EXPECT_THAT(this->complaint({1.0, 3.0, 1.0, 0, -inf}), HasSubstr("row 1: y is -inf"));
  EXPECT_THAT(this->complaint({1.0, 3.0, 1.0, 0, 0, 1.0, nan}), HasSubstr("row 1: theta is nan"));
}

TYPED_TEST(Prepare, ReportsTheFirstBadRow) {
  std::vector<Galaxy> galaxies(1000);
  galaxies[997].n = 30.0;
  galaxies[613].q = 2.0;
  galaxies[614].re = -1.0;
  EXPECT_THAT(this->complaint(galaxies), HasSubstr("row 613: q is 2,"));
}

}  // namespace
}  // namespace glint
