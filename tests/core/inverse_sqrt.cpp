// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/error.hpp>
#include <glint/inverse_sqrt.hpp>
#include <limits>
#include <support/near.hpp>

namespace glint {
namespace {

template <class T, int N>
void expect_inverse_roots(double tolerance) {
  test::Worst worst(tolerance);
  const double least = std::log2(static_cast<double>(std::numeric_limits<T>::min()));
  for (int k = 0; k < 5000; ++k) {
    alignas(64) T x[N], y[N];
    for (int l = 0; l < N; ++l)
      x[l] = static_cast<T>(std::exp2(least * std::sin(0.1 + 0.7 * k + 0.001 * l) * 0.999));
    store_pack<T, N>(y, fast_inverse_sqrt<T, N>(load_pack<T, N>(x)));
    for (int l = 0; l < N; ++l)
      worst.compare(static_cast<double>(y[l]), 1.0 / std::sqrt(static_cast<double>(x[l])),
                    concat(x[l]));
  }
  EXPECT_TRUE(worst.result());
}

TEST(FastInverseSqrt, IsAccurateForAllNormalNumbers) {
  using Host = Kokkos::DefaultHostExecutionSpace;
  expect_inverse_roots<double, pack_lanes_v<Host, double>>(4e-16);
  expect_inverse_roots<double, 1>(4e-16);
  expect_inverse_roots<float, pack_lanes_v<Host, float>>(2.5e-7);
  expect_inverse_roots<float, 1>(2.5e-7);
}

TEST(FastInverseSqrt, IsNearlyOneForOne) {
  EXPECT_NEAR((fast_inverse_sqrt<double, 1>(1.0)), 1.0, 4e-16);
  EXPECT_NEAR((fast_inverse_sqrt<float, 1>(1.0F)), 1.0F, 1.2e-7);
}

}  // namespace
}  // namespace glint
