// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/constants.hpp>
#include <glint/madhava.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class Case>
class Madhava : public testing::Test {};
TYPED_TEST_SUITE(Madhava, test::Spaces, test::CaseName);

TYPED_TEST(Madhava, ThirtyTermsGivePi) {
  const typename TypeParam::space space;
  EXPECT_NEAR(madhava_pi(space), constants::pi, 1e-15);
  for (const std::size_t terms : {31, 64, 700, 20011})
    EXPECT_NEAR(madhava_pi(space, terms), constants::pi, 1e-15) << terms;
}

TYPED_TEST(Madhava, FewTermsGiveTheirSum) {
  const typename TypeParam::space space;
  long double sum = 0.0L;
  for (std::size_t terms = 0; terms < 30; ++terms) {
    EXPECT_NEAR(madhava_pi(space, terms), static_cast<double>(std::sqrt(12.0L) * sum), 1e-15);
    sum +=
        std::pow(-1.0L / 3.0L, static_cast<int>(terms)) / (2.0L * static_cast<int>(terms) + 1.0L);
  }
}

}  // namespace
}  // namespace glint
