// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/elementary.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Worst;

/// log2 and exp2 of many numbers on a device.
template <class Space>
struct Elementary {
  Vector<double, typename Space::memory_space> x, log2_of_x, exp2_of_y, y;
  KOKKOS_FUNCTION void operator()(int k) const {
    log2_of_x(k) = fast_log2(x(k));
    exp2_of_y(k) = fast_exp2(y(k));
  }
};

template <class Case>
class ElementaryOn : public testing::Test {};
TYPED_TEST_SUITE(ElementaryOn, test::Spaces, test::CaseName);

TYPED_TEST(ElementaryOn, MatchesExtendedPrecision) {
  using Space = typename TypeParam::space;
  using Doubles = Vector<double, typename Space::memory_space>;
  constexpr int count = 8000;
  const Space space;
  const Vector<double> x("x", count), y("y", count), l("l", count), e("e", count);
  for (int k = 0; k < count; ++k) {
    x(k) = std::pow(10.0, -280.0 + 570.0 * k / count);
    if (k % 3 == 0) x(k) = 0.5 + 1.5 * k / count;  // where log2 crosses zero
    y(k) = -1020.0 + 2040.0 * k / count + 1e-3 * std::sin(k);
    if (k % 3 == 0) y(k) = -2.0 + 4.0 * k / count;
  }
  const Elementary<Space> functor{Doubles("dx", count), Doubles("dl", count), Doubles("de", count),
                                  Doubles("dy", count)};
  copy(space, functor.x, x);
  copy(space, functor.y, y);
  Kokkos::parallel_for("glint::test::elementary", range(space, count), functor);
  copy(space, l, functor.log2_of_x);
  copy(space, e, functor.exp2_of_y);
  compat::fence(space, "glint::test::elementary");

  Worst log_error(4e-16, 1e-3), exp_error(5e-16);
  for (int k = 0; k < count; ++k) {
    const long double exact_log = std::log2(static_cast<long double>(x(k)));
    const long double exact_exp = std::exp2(static_cast<long double>(y(k)));
    log_error.compare(l(k), static_cast<double>(exact_log), "log2 " + std::to_string(x(k)));
    exp_error.compare(e(k), static_cast<double>(exact_exp), "exp2 " + std::to_string(y(k)));
  }
  EXPECT_TRUE(log_error.result());
  EXPECT_TRUE(exp_error.result());
}

TEST(Elementary, ClampsBelowTheSmallestNormalNumber) {
  EXPECT_LT(fast_exp2(-5000.0), 1e-300);
  EXPECT_GT(fast_exp2(-5000.0), 0.0);
  EXPECT_EQ(fast_exp2(10.0), 1024.0);
  EXPECT_EQ(fast_log2(1024.0), 10.0);
  EXPECT_EQ(fast_log2(1.0), 0.0);
}

}  // namespace
}  // namespace glint
