// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/shape.hpp>

/// What `automatic` takes, and which window a tolerance.

namespace glint {
namespace {

constexpr double tolerances[] = {1e-1, 1e-2, 1e-3,  1e-4,  1e-5,  1e-6, 1e-7,
                                 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13};

TEST(NufftChoice, FollowsTheCost) {
  const auto kernel = [](std::size_t side, std::size_t count, double tolerance = 1e-12) {
    return impl::cheapest_method({side, side, 0.05}, {count, 1, false}, tolerance);
  };
  EXPECT_EQ(kernel(30, 190), KernelMethod::separable);
  EXPECT_EQ(kernel(30, 1000000), KernelMethod::nufft);
  EXPECT_EQ(kernel(128, 100), KernelMethod::separable);
  EXPECT_EQ(kernel(128, 100000), KernelMethod::nufft);
  EXPECT_EQ(kernel(128, 100000, 9e-14), KernelMethod::separable);
  EXPECT_EQ(kernel(3, 1000000), KernelMethod::separable);
  // Sums of more kinds cost more either way, and more visibilities never favour products.
  for (const std::size_t side : {40, 64, 300})
    for (const impl::SumsWanted kinds :
         {impl::SumsWanted{0, 1, false}, {0, 0, true}, {0, 2, true}}) {
      bool transformed = false;
      for (std::size_t count = 1; count <= 100000000; count *= 10) {
        const bool now =
            impl::cheapest_method({side, side, 0.05}, {count, kinds.kernels, kinds.image}, 1e-9) ==
            KernelMethod::nufft;
        EXPECT_TRUE(now || !transformed) << side << " " << count;
        transformed = now;
      }
      EXPECT_TRUE(transformed) << side;
    }
}

TEST(NufftChoice, LooserTolerancesAreCheaper) {
  double cost = 0.0;
  for (const double tolerance : tolerances) {
    const impl::NufftShape shape = impl::kernel_nufft_shape({128, 100, 0.05}, tolerance);
    EXPECT_GE(shape.nx, 2.0 * shape.window.sigma * 99);
    EXPECT_GE(shape.ny, 2.0 * shape.window.sigma * 127);
    const impl::NufftCost now = impl::nufft_cost(shape, 1);
    const double seconds = now.fixed + 1e5 * now.each;
    EXPECT_GE(seconds, cost) << tolerance;
    cost = seconds;
  }
}

}  // namespace
}  // namespace glint
