// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/uv_sums.hpp>
#include <limits>
#include <reference/visibility_oracle.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

/// What a UvSums holds, on the host.
struct Gathered {
  std::vector<double> compact, hankel, dirty;
  double data_term = 0.0, noise_normalization = 0.0;
  std::size_t count = 0;
};

template <class Space>
Gathered gathered(const Space& space, const UvSums<Space>& sums) {
  Gathered all;
  all.compact = test::matrix_numbers(space, sums.compact());
  if (sums.has_hankel()) all.hankel = test::matrix_numbers(space, sums.hankel());
  all.dirty = test::to_host(space, sums.dirty_image());
  all.data_term = sums.data_term();
  all.noise_normalization = sums.noise_normalization();
  all.count = sums.count();
  return all;
}

template <class Space>
Gathered sums_of(const SkyPixels<>& pixels, const std::vector<UvData<>>& chunks,
                 const UvSumsOptions& options = {}) {
  const Space space;
  UvSums<Space> sums(space, to_space(space, pixels), options);
  for (const UvData<>& chunk : chunks) accumulate(space, to_space(space, chunk), sums);
  return gathered(space, sums);
}

/// Sums of the sizes of what is added up, for kernels and images.
struct Totals {
  double kernel = 0.0, image = 0.0;

  explicit Totals(const UvData<>& data) {
    for (std::size_t k = 0; k < data.size(); ++k) {
      const double re = 1.0 / (data.noise_re(k) * data.noise_re(k));
      const double im = 1.0 / (data.noise_im(k) * data.noise_im(k));
      kernel += 0.5 * (re + im);
      image += std::abs(data.re(k)) * re + std::abs(data.im(k)) * im;
    }
  }
};

void expect_close(const std::vector<double>& got, const std::vector<double>& wanted, double total,
                  double tolerance, const char* what) {
  ASSERT_EQ(got.size(), wanted.size()) << what;
  test::Worst worst(tolerance, total);
  for (std::size_t k = 0; k < got.size(); ++k) worst.compare(got[k], wanted[k], concat(k));
  EXPECT_TRUE(worst.result()) << what;
}

void expect_same_sums(const Gathered& a, const Gathered& b, const Totals& totals,
                      double tolerance) {
  expect_close(a.compact, b.compact, totals.kernel, tolerance, "compact");
  if (!b.hankel.empty()) expect_close(a.hankel, b.hankel, totals.kernel, tolerance, "hankel");
  expect_close(a.dirty, b.dirty, totals.image, tolerance, "dirty image");
  EXPECT_NEAR(a.data_term / b.data_term, 1.0, tolerance);
  EXPECT_NEAR(a.noise_normalization / b.noise_normalization, 1.0, tolerance);
  EXPECT_EQ(a.count, b.count);
}

/// The same from the definitions; `real`: weights of the real parts alone.
Gathered expected(const SkyPixels<>& pixels, const UvData<>& data, bool real = false) {
  Gathered all;
  const SkyGrid& grid = pixels.grid;
  std::vector<double> a, h;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const double re = 1.0 / (data.noise_re(k) * data.noise_re(k));
    const double im = 1.0 / (data.noise_im(k) * data.noise_im(k));
    a.push_back(real ? re : 0.5 * (re + im)), h.push_back(0.5 * (re - im));
  }
  const auto u = test::numbers_of(data.u), v = test::numbers_of(data.v);
  const int ny = static_cast<int>(grid.ny), nx = static_cast<int>(grid.nx);
  for (int row = 0; row < ny; ++row)
    for (int column = 1 - nx; column < nx; ++column) {
      all.compact.push_back(static_cast<double>(oracle::kernel(grid, u, v, a, row, column)));
      all.hankel.push_back(static_cast<double>(oracle::kernel(grid, u, v, h, row, column)));
    }
  for (std::size_t m = 0; m < pixels.size(); ++m)
    all.dirty.push_back(
        static_cast<double>(oracle::dirty(grid, data, pixels.row(m), pixels.column(m))));
  all.data_term = static_cast<double>(oracle::data_term(data));
  all.noise_normalization = static_cast<double>(oracle::noise_normalization(data));
  all.count = data.size();
  return all;
}

UvSumsOptions options_of(KernelMethod method, NoiseWeights noise = NoiseWeights::exact) {
  UvSumsOptions options;
  options.kernel.method = method;
  options.noise = noise;
  return options;
}

template <class Case>
class UvSumsOf : public testing::Test {};
TYPED_TEST_SUITE(UvSumsOf, test::Spaces, test::CaseName);

TYPED_TEST(UvSumsOf, AreTheDefinitions) {
  using Space = typename TypeParam::space;
  const UvData<> data = test::random_visibilities(150, 4e6);
  for (const SkyGrid& grid : {SkyGrid{9, 12, 0.05}, SkyGrid{14, 7, 0.05}}) {
    const SkyPixels<> pixels = test::island_pixels(grid);
    for (const KernelMethod method : {KernelMethod::direct, KernelMethod::separable})
      for (const NoiseWeights noise : {NoiseWeights::exact, NoiseWeights::real}) {
        SCOPED_TRACE(concat(kernel_method_name(method), " ", noise_weights_name(noise)));
        const bool real = noise == NoiseWeights::real;
        const auto got = sums_of<Space>(pixels, {data}, options_of(method, noise));
        Gathered wanted = expected(pixels, data, real);
        if (real) {
          EXPECT_TRUE(got.hankel.empty());
          wanted.hankel.clear();
        }
        expect_same_sums(got, wanted, Totals(data), 3e-15);
      }
  }
}

TYPED_TEST(UvSumsOf, EqualNoisesHaveNoHankelPart) {
  using Space = typename TypeParam::space;
  const UvData<> equal = test::random_visibilities(90, 4e6, true);
  const UvData<> unequal = test::random_visibilities(70, 4e6, false, 2);
  const SkyPixels<> pixels = test::island_pixels({9, 12, 0.05});
  Gathered wanted = expected(pixels, equal);
  wanted.hankel.clear();
  const auto got = sums_of<Space>(pixels, {equal});
  EXPECT_TRUE(got.hankel.empty());
  expect_same_sums(got, wanted, Totals(equal), 3e-15);
  // Its first appearance in a later chunk comes in time.
  expect_close(sums_of<Space>(pixels, {equal, unequal, equal}).hankel,
               expected(pixels, unequal).hankel, Totals(unequal).kernel, 3e-15, "hankel");
}

TYPED_TEST(UvSumsOf, DoNotDependOnChunksOrOrder) {
  using Space = typename TypeParam::space;
  const std::size_t count = 9001;
  const UvData<> data = test::random_visibilities(count, 4e6);
  const SkyPixels<> pixels = test::all_pixels({6, 7, 0.05});
  const auto whole = sums_of<Space>(pixels, {data});
  for (const std::size_t size : {17, 1000, 8192, 9000}) {
    std::vector<UvData<>> chunks;
    for (std::size_t first = 0; first < count; first += size)
      chunks.push_back(test::part_of(data, first, std::min(first + size, count)));
    chunks.push_back(test::part_of(data, 0, 0));
    SCOPED_TRACE(concat("chunks of ", size));
    expect_same_sums(sums_of<Space>(pixels, chunks), whole, Totals(data), 5e-15);
  }
  std::vector<std::size_t> order(count);
  for (std::size_t k = 0; k < count; ++k) order[k] = (k * 4001) % count;
  expect_same_sums(sums_of<Space>(pixels, {test::reordered(data, order)}), whole, Totals(data),
                   5e-15);
}

TYPED_TEST(UvSumsOf, OnePixelAndOneVisibility) {
  using Space = typename TypeParam::space;
  UvData<> data = test::random_visibilities(1, 4e6);
  data.re(0) = 3.0, data.im(0) = 8.0, data.noise_re(0) = 0.5, data.noise_im(0) = 2.0;
  const auto got = sums_of<Space>(test::all_pixels({1, 1, 0.05}), {data});
  EXPECT_NEAR(got.compact[0], 2.125, 1e-15);
  EXPECT_NEAR(got.hankel[0], 1.875, 1e-15);
  EXPECT_NEAR(got.dirty[0], 12.0, 1e-14);
  EXPECT_NEAR(got.data_term, 52.0, 1e-14);
  EXPECT_NEAR(got.noise_normalization, 4.0 * std::log(2.0 * constants::pi) / 2.0, 1e-14);
}

TYPED_TEST(UvSumsOf, NoVisibilityAreZero) {
  using Space = typename TypeParam::space;
  const auto got = sums_of<Space>(test::all_pixels({2, 3, 0.05}), {test::host_visibilities(0)});
  EXPECT_EQ(got.compact, std::vector<double>(10, 0.0));
  EXPECT_EQ(got.dirty, std::vector<double>(6, 0.0));
  EXPECT_EQ(got.data_term, 0.0);
  EXPECT_EQ(got.noise_normalization, 0.0);
  EXPECT_EQ(got.count, 0u);
}

TYPED_TEST(UvSumsOf, ClearedOnesStartAfresh) {
  using Space = typename TypeParam::space;
  const Space space;
  const SkyPixels<> pixels = test::island_pixels({9, 12, 0.05});
  const UvData<> data = test::random_visibilities(90, 4e6, true);
  UvSums<Space> sums(space, to_space(space, pixels));
  accumulate(space, to_space(space, test::random_visibilities(50, 4e6, false, 2)), sums);
  EXPECT_TRUE(sums.has_hankel());
  sums.clear(space);
  EXPECT_FALSE(sums.has_hankel());
  accumulate(space, to_space(space, data), sums);
  const auto again = gathered(space, sums), wanted = sums_of<Space>(pixels, {data});
  EXPECT_EQ(again.compact, wanted.compact);
  EXPECT_EQ(again.dirty, wanted.dirty);
  EXPECT_EQ(again.data_term, wanted.data_term);
  EXPECT_EQ(again.noise_normalization, wanted.noise_normalization);
}

TYPED_TEST(UvSumsOf, BadValuesAreNamedAndLeaveTheSumsAlone) {
  using Space = typename TypeParam::space;
  const Space space;
  const SkyPixels<> pixels = test::all_pixels({3, 4, 0.05});
  UvSums<Space> sums(space, to_space(space, pixels));
  accumulate(space, to_space(space, test::random_visibilities(3000, 4e6)), sums);
  const auto before = gathered(space, sums);
  const auto refused = [&](const auto& spoil) {
    UvData<> data = test::random_visibilities(2500, 4e6, false, 3);
    spoil(data);
    try {
      accumulate(space, to_space(space, data), sums);
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(refused([](UvData<>& data) { data.noise_re(7) = 0.0; }),
            "visibility 3007: noise_re is 0, not a positive number from 1e-100 to 1e100");
  EXPECT_EQ(refused([](UvData<>& data) { data.noise_im(2499) = -1.5; }),
            "visibility 5499: noise_im is -1.5, not a positive number from 1e-100 to 1e100");
  EXPECT_EQ(refused([](UvData<>& data) { data.noise_im(0) = constants::nan; }),
            "visibility 3000: noise_im is nan, not a positive number from 1e-100 to 1e100");
  EXPECT_EQ(refused([](UvData<>& data) { data.noise_re(0) = infinity; }),
            "visibility 3000: noise_re is inf, not a positive number from 1e-100 to 1e100");
  EXPECT_EQ(refused([](UvData<>& data) { data.re(1024) = constants::nan; }),
            "visibility 4024: re is nan, not a finite number below 1e100 in size");
  EXPECT_EQ(refused([](UvData<>& data) { data.im(1023) = -infinity; }),
            "visibility 4023: im is -inf, not a finite number below 1e100 in size");
  EXPECT_EQ(refused([](UvData<>& data) { data.u(1) = constants::nan, data.u(2) = infinity; }),
            "visibility 3001: u is nan, not a finite number with less than 1e15 turns of phase to "
            "a pixel");
  EXPECT_THAT(refused([](UvData<>& data) { data.v(1) = 1e30; }),
              testing::StartsWith("visibility 3001: v is 1e+30, not a finite number"));
  EXPECT_EQ(refused([](UvData<>& data) { data.v = test::host_column(3); }),
            "to_space: v has shape (3) where (2500) is needed");
  const auto after = gathered(space, sums);
  EXPECT_EQ(after.compact, before.compact);
  EXPECT_EQ(after.hankel, before.hankel);
  EXPECT_EQ(after.dirty, before.dirty);
  EXPECT_EQ(after.data_term, before.data_term);
  EXPECT_EQ(after.noise_normalization, before.noise_normalization);
  EXPECT_EQ(after.count, 3000u);
}

TYPED_TEST(UvSumsOf, IllegalGridsAndOptionsAreRefused) {
  using Space = typename TypeParam::space;
  const auto refused = [](const SkyPixels<>& pixels, const UvSumsOptions& options) {
    try {
      const Space space;
      const UvSums<Space> sums(space, to_space(space, pixels), options);
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  SkyPixels<> pixels = test::all_pixels({3, 4, 0.05});
  UvSumsOptions options;
  options.kernel.tolerance = 0.0;
  EXPECT_EQ(refused(pixels, options), "the kernel's tolerance must lie in 1e-15 to 0.1, not 0");
  pixels.grid.pixel_scale = -1.0;
  EXPECT_THAT(refused(pixels, {}), testing::HasSubstr("the pixel scale must be a positive"));
}

}  // namespace
}  // namespace glint
