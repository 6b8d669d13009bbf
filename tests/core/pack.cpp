// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/execution.hpp>
#include <glint/pack_math.hpp>
#include <glint/views.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Worst;

/// log2 and exp2 of many numbers on a device, W at a time.
template <class Space, int W>
struct Elementary {
  Vector<double, typename Space::memory_space> x, log2_of_x, exp2_of_y, y;
  KOKKOS_FUNCTION void operator()(int group) const {
    Pack<double, W> a, b;
    for (int k = 0; k < W; ++k) a[k] = x(group * W + k), b[k] = y(group * W + k);
    const Pack<double, W> l = log2(a), e = exp2(b);
    for (int k = 0; k < W; ++k) log2_of_x(group * W + k) = l[k], exp2_of_y(group * W + k) = e[k];
  }
};

template <class Case>
class PackMath : public testing::Test {};
TYPED_TEST_SUITE(PackMath, test::Spaces, test::CaseName);

TYPED_TEST(PackMath, MatchesExtendedPrecision) {
  using Space = typename TypeParam::space;
  using Doubles = Vector<double, typename Space::memory_space>;
  constexpr int count = 8000, width = pack_width_v<Space>;
  const Space space;
  const Vector<double> x("x", count), y("y", count), l("l", count), e("e", count);
  for (int k = 0; k < count; ++k) {
    x(k) = std::pow(10.0, -280.0 + 570.0 * k / count);
    if (k % 3 == 0) x(k) = 0.5 + 1.5 * k / count;  // where log2 crosses zero
    y(k) = -1020.0 + 2040.0 * k / count + 1e-3 * std::sin(k);
    if (k % 3 == 0) y(k) = -2.0 + 4.0 * k / count;
  }
  const Elementary<Space, width> functor{Doubles("dx", count), Doubles("dl", count),
                                         Doubles("de", count), Doubles("dy", count)};
  copy(space, functor.x, x);
  copy(space, functor.y, y);
  Kokkos::parallel_for("glint::test::elementary", range(space, count / width), functor);
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

TEST(Pack, ArithmeticIsLaneByLane) {
  using P = Pack<double, 4>;
  const P a = P::counting(1.0), b(2.0);
  const P r = (a + b) * a - b / a;
  for (int k = 0; k < 4; ++k) {
    const double v = k + 1.0;
    EXPECT_DOUBLE_EQ(r[k], (v + 2.0) * v - 2.0 / v);
  }
  EXPECT_EQ(sum(a), 10.0);
  EXPECT_EQ(sum(map(a, [](double v) { return v * v; })), 30.0);
}

TEST(PackMath, ClampsBelowTheSmallestNormalNumber) {
  const Pack<double, 1> tiny = exp2(Pack<double, 1>(-5000.0));
  EXPECT_LT(tiny[0], 1e-300);
  EXPECT_GT(tiny[0], 0.0);
}

}  // namespace
}  // namespace glint
