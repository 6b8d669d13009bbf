// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/dirty_image.hpp>
#include <reference/visibility_oracle.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

constexpr KernelMethod methods[] = {KernelMethod::direct, KernelMethod::separable};

double sum_of_weights(const UvData<>& data) {
  double sum = 0.0;
  for (std::size_t k = 0; k < data.size(); ++k)
    sum += std::abs(data.re(k)) / (data.noise_re(k) * data.noise_re(k)) +
           std::abs(data.im(k)) / (data.noise_im(k) * data.noise_im(k));
  return sum;
}

template <class Space, class T>
std::vector<T> image_of(const SkyPixels<>& pixels, const UvData<>& data, KernelMethod method) {
  const Space space;
  const auto image = test::device_vector<T>(space, pixels.size());
  fill(space, image, static_cast<T>(constants::nan));
  KernelOptions options;
  options.method = method;
  dirty_image(space, to_space(space, pixels), to_space(space, data), image, options);
  return test::to_host(space, image);
}

template <class T>
void expect_image(const SkyPixels<>& pixels, const UvData<>& data, const std::vector<T>& got,
                  std::size_t stride, double tolerance) {
  if (std::is_same_v<T, float>) tolerance += 6e-8;  // its own rounding
  const double total = sum_of_weights(data);
  test::Worst worst(tolerance, total > 0.0 ? total : 1.0);
  for (std::size_t m = 0; m < got.size(); m += stride)
    worst.compare(
        static_cast<double>(got[m]),
        static_cast<double>(oracle::dirty(pixels.grid, data, pixels.row(m), pixels.column(m))),
        concat("pixel ", pixels.row(m), ", ", pixels.column(m)));
  EXPECT_TRUE(worst.result()) << pixels.grid.ny << " x " << pixels.grid.nx << ", K " << data.size();
}

template <class Case>
class DirtyImages : public testing::Test {};
TYPED_TEST_SUITE(DirtyImages, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(DirtyImages, AreTheDefinitionsSum) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const KernelMethod method : methods) {
    SCOPED_TRACE(kernel_method_name(method));
    for (const auto& [ny, nx] : {std::array<std::size_t, 2>{1, 1},
                                 {1, 8},
                                 {7, 1},
                                 {2, 2},
                                 {5, 12},
                                 {16, 7},
                                 {31, 33},
                                 {34, 32}})
      for (const std::size_t count : {0, 1, 2, 7, 16, 131}) {
        const SkyGrid grid{ny, nx, 0.05};
        const UvData<> data = test::random_visibilities(count, 9e6);
        const SkyPixels<> pixels =
            ny > 4 && nx > 4 ? test::island_pixels(grid) : test::all_pixels(grid);
        expect_image(pixels, data, image_of<Space, T>(pixels, data, method), 1, 3e-15);
      }
  }
}

TYPED_TEST(DirtyImages, KeepTheirDigitsOnLongBaselinesAndLargeFrames) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const SkyGrid& grid : {SkyGrid{700, 301, 0.05}, SkyGrid{299, 700, 0.05}})
    for (const std::size_t count : {1, 3, 300}) {
      const UvData<> data = test::random_visibilities(count, 1e7, false, 5);
      const SkyPixels<> pixels = test::all_pixels(grid);
      expect_image(pixels, data, image_of<Space, T>(pixels, data, KernelMethod::separable), 499,
                   1e-14);
    }
}

TYPED_TEST(DirtyImages, OfOnePixelIsAWeightedSum) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const SkyPixels<> pixels = test::all_pixels({1, 1, 0.05});
  UvData<> data = test::random_visibilities(2, 1e6);
  data.re(0) = 3.0, data.re(1) = -1.0;
  data.noise_re(0) = 0.5, data.noise_re(1) = 2.0;
  for (const KernelMethod method : methods)
    EXPECT_FLOAT_EQ(static_cast<float>((image_of<Space, T>(pixels, data, method)[0])), 11.75F);
}

/// Two pixels half a step to both sides of the middle, a quarter of a turn away from it.
TYPED_TEST(DirtyImages, OfTwoPixelsCanBeFoundByHand) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const SkyGrid row{1, 2, 0.05}, column{2, 1, 0.05};
  for (const KernelMethod method : methods)
    for (const bool along_x : {true, false}) {
      UvData<> data = test::random_visibilities(1, 1.0);
      data.re(0) = 5.0, data.im(0) = 8.0, data.noise_im(0) = 2.0;
      data.u(0) = along_x ? 0.5 / row.step() : 0.0;
      data.v(0) = along_x ? 0.0 : 0.5 / row.step();
      const SkyPixels<> pixels = test::all_pixels(along_x ? row : column);
      const auto image = image_of<Space, T>(pixels, data, method);
      // -im sin(p)/4, p = -90 degrees at the left, but +90 degrees at the top.
      EXPECT_NEAR(static_cast<double>(image[0]), along_x ? 2.0 : -2.0, 2e-6);
      EXPECT_NEAR(static_cast<double>(image[1]), along_x ? -2.0 : 2.0, 2e-6);
    }
}

TYPED_TEST(DirtyImages, DoNotDependOnTheOrderOfVisibilities) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const SkyPixels<> pixels = test::island_pixels({13, 10, 0.05});
  const UvData<> data = test::random_visibilities(1500, 3e6);
  std::vector<std::size_t> order(data.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::shuffle(order.begin(), order.end(), std::mt19937(3));
  const UvData<> shuffled = test::reordered(data, order);
  const auto a = image_of<Space, T>(pixels, data, KernelMethod::separable);
  const auto b = image_of<Space, T>(pixels, shuffled, KernelMethod::separable);
  test::Worst worst(std::is_same_v<T, float> ? 1e-7 : 1e-15, sum_of_weights(data));
  for (std::size_t m = 0; m < a.size(); ++m)
    worst.compare(static_cast<double>(a[m]), static_cast<double>(b[m]), concat("pixel ", m));
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(DirtyImages, TheOlderFormulaIsKept) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const UvData<> data = test::random_visibilities(60, 3e6);
  for (const SkyGrid& grid : {SkyGrid{9, 12, 0.05}, SkyGrid{14, 11, 0.05}})
    for (const KernelMethod method : methods) {
      const SkyPixels<> pixels = test::island_pixels(grid);
      const auto image = test::device_vector<T>(space, pixels.size());
      const auto there = to_space(space, data);
      KernelOptions options;
      options.method = method;
      w_tilde_data(space, to_space(space, pixels), there.re, there.noise_re, there.u, there.v,
                   image, options);
      double total = 0.0;
      for (std::size_t k = 0; k < data.size(); ++k)
        total += std::pow(data.noise_re(k) * data.noise_re(k) / data.re(k), 2);
      test::Worst worst(std::is_same_v<T, float> ? 7e-8 : 2e-15, total);
      const auto got = test::to_host(space, image);
      for (std::size_t m = 0; m < got.size(); ++m)
        worst.compare(
            static_cast<double>(got[m]),
            static_cast<double>(oracle::ratio_image(grid, data, pixels.row(m), pixels.column(m))),
            concat("pixel ", m));
      EXPECT_TRUE(worst.result()) << kernel_method_name(method);
    }
}

TYPED_TEST(DirtyImages, WrongShapesAreRefused) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto pixels = to_space(space, test::all_pixels({3, 4, 0.05}));
  const auto image = test::device_vector<T>(space, 12);
  const auto small = test::device_vector<T>(space, 11);
  auto data = to_space(space, test::random_visibilities(5, 1e6));
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  EXPECT_EQ(sentence([&] { dirty_image(space, pixels, data, image); }), "accepted");
  EXPECT_EQ(sentence([&] { dirty_image(space, pixels, data, small); }),
            "dirty_image: image has shape (11) where (12) is needed");
  EXPECT_EQ(
      sentence([&] { w_tilde_data(space, pixels, data.re, data.noise_re, data.u, data.v, small); }),
      "w_tilde_data: image has shape (11) where (12) is needed");
  data.noise_im = test::to_device(space, {1.0, 2.0});
  EXPECT_EQ(sentence([&] { dirty_image(space, pixels, data, image); }),
            "dirty_image: noise_im has shape (2) where (5) is needed");
}

}  // namespace
}  // namespace glint
