// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <support/gaussians.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class Case>
class GaussianMixture : public testing::Test {};
TYPED_TEST_SUITE(GaussianMixture, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(GaussianMixture, IsTheSumOfGaussians) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const std::size_t count : {0, 1, 3, 100, 128, 131, 300})
    for (const std::size_t points : {0, 1, 31, 257, 1024, 1025, 3001}) {
      const test::GaussianScene<Space, T> scene(count, points);
      std::vector<double> wanted(points), allowance(points);
      for (std::size_t g = 0; g < count; ++g)
        for (std::size_t i = 0; i < points; ++i) {
          wanted[i] += scene.wanted(g, i);
          allowance[i] += scene.allowance(g, i) +
                          64.0 * std::numeric_limits<T>::epsilon() * std::abs(scene.wanted(g, i));
        }
      for (const GaussianMethod method : test::gaussian_methods)
        for (const bool strided : {false, true}) {
          const auto sums = scene.array(points, 2);
          const auto packed = test::vector_of(scene.space, std::vector<T>(points, T(-99)));
          GaussianOptions options;
          options.method = method;
          const auto run = [&](const auto& view) {
            gaussian_mixture(scene.space, scene.x_there, scene.amplitude_there, scene.centre_there,
                             scene.width_there, view, options);
          };
          if (strided)
            run(Kokkos::subview(sums, Kokkos::ALL(), 1));
          else
            run(packed);
          const auto got = test::list_of(scene.space, packed);
          const auto apart = test::list_of(scene.space, sums);
          std::size_t wrong = 0;
          for (std::size_t i = 0; i < points; ++i) {
            const double value = strided ? apart[2 * i + 1] : got[i];
            wrong += !(std::abs(value - wanted[i]) <= allowance[i]);
          }
          EXPECT_EQ(wrong, 0u) << gaussian_method_name(method) << ", " << count << " x " << points;
        }
    }
}

}  // namespace
}  // namespace glint
