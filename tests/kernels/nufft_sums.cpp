// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/fft.hpp>
#include <glint/uv_sums.hpp>
#include <reference/visibility_oracle.hpp>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

/// Dirty images, and all sums at once, by non-uniform Fourier transform.

namespace glint {
namespace {

KernelOptions by(KernelMethod method, double tolerance) {
  KernelOptions options;
  options.method = method;
  options.tolerance = tolerance;
  return options;
}

/// Sums of the sizes of what is added up.
struct Totals {
  double kernel = 0.0, image = 0.0, ratio = 0.0;

  explicit Totals(const UvData<>& data) {
    for (std::size_t k = 0; k < data.size(); ++k) {
      const double re = 1.0 / (data.noise_re(k) * data.noise_re(k));
      const double im = 1.0 / (data.noise_im(k) * data.noise_im(k));
      kernel += 0.5 * (re + im);
      image += std::abs(data.re(k)) * re + std::abs(data.im(k)) * im;
      ratio += std::pow(re * data.re(k), -2.0);
    }
    if (data.size() == 0) kernel = image = ratio = 1.0;
  }
};

template <class T>
void expect_close(const std::vector<T>& got, const std::vector<double>& wanted, double total,
                  double tolerance, const std::string& what) {
  ASSERT_EQ(got.size(), wanted.size()) << what;
  if (std::is_same_v<T, float>) tolerance += 6e-8;  // its own rounding
  test::Worst worst(tolerance, total);
  for (std::size_t k = 0; k < got.size(); ++k)
    worst.compare(static_cast<double>(got[k]), wanted[k], concat(k));
  EXPECT_TRUE(worst.result()) << what;
}

template <class Case>
class NufftImage : public testing::Test {};
TYPED_TEST_SUITE(NufftImage, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(NufftImage, KeepsEveryTolerance) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  if (fft_library<Space>().empty()) {
    EXPECT_EQ(fft_library<Space>(), "");  // NufftKernel looks at the refusal
    return;
  }
  KernelWorkspace<Space> workspace;
  for (const auto& [ny, nx] :
       {std::array<std::size_t, 2>{1, 1}, {1, 8}, {7, 1}, {2, 2}, {16, 23}, {31, 12}, {24, 30}})
    for (const std::size_t count : {0, 1, 120}) {
      const SkyGrid grid{ny, nx, 0.05};
      const SkyPixels<> pixels = ny > 20 ? test::island_pixels(grid) : test::all_pixels(grid);
      const UvData<> data = test::random_visibilities(count, 0.5 / grid.step());
      const Totals totals(data);
      std::vector<double> dirty, ratio;
      for (std::size_t m = 0; m < pixels.size(); ++m) {
        const int row = pixels.row(m), column = pixels.column(m);
        dirty.push_back(static_cast<double>(oracle::dirty(grid, data, row, column)));
        ratio.push_back(static_cast<double>(oracle::ratio_image(grid, data, row, column)));
      }
      const auto there = to_space(space, data);
      const auto image = test::device_vector<T>(space, pixels.size());
      for (const double tolerance : {1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-13}) {
        const KernelOptions options = by(KernelMethod::nufft, tolerance);
        const std::string what = concat(ny, " x ", nx, ", K ", count, ", ", tolerance);
        fill(space, image, static_cast<T>(constants::nan));
        dirty_image(space, to_space(space, pixels), there, image, options, workspace);
        expect_close(test::to_host(space, image), dirty, totals.image, tolerance, what);
        w_tilde_data(space, to_space(space, pixels), there.re, there.noise_re, there.u, there.v,
                     image, options, workspace);
        expect_close(test::to_host(space, image), ratio, totals.ratio, tolerance, what);
      }
    }
}

/// What a UvSums holds, on the host.
struct Gathered {
  std::vector<double> compact, hankel, dirty;
};

template <class Space>
Gathered sums_of(const SkyPixels<>& pixels, const std::vector<UvData<>>& chunks,
                 const KernelOptions& kernel, NoiseWeights noise = NoiseWeights::exact) {
  const Space space;
  UvSumsOptions options;
  options.kernel = kernel;
  options.noise = noise;
  UvSums<Space> sums(space, to_space(space, pixels), options);
  for (int round = 0; round < 2; ++round) {  // the second time with a workspace that was used
    sums.clear(space);
    for (const UvData<>& chunk : chunks) accumulate(space, to_space(space, chunk), sums);
  }
  Gathered all;
  all.compact = test::matrix_numbers(space, sums.compact());
  if (sums.has_hankel()) all.hankel = test::matrix_numbers(space, sums.hankel());
  all.dirty = test::to_host(space, sums.dirty_image());
  return all;
}

void expect_same(const Gathered& got, const Gathered& wanted, const UvData<>& data,
                 double tolerance, const std::string& what) {
  const Totals totals(data);
  expect_close(got.compact, wanted.compact, totals.kernel, tolerance, what + ", compact");
  EXPECT_EQ(got.hankel.empty(), wanted.hankel.empty()) << what;
  if (!wanted.hankel.empty())
    expect_close(got.hankel, wanted.hankel, totals.kernel, tolerance, what + ", hankel");
  expect_close(got.dirty, wanted.dirty, totals.image, tolerance, what + ", dirty image");
}

template <class Case>
class NufftSums : public testing::Test {
 public:
  using Space = typename Case::space;
  /// False, after a look at the refusal, in builds without an FFT library.
  static bool transforms() {
    if (!fft_library<Space>().empty()) return true;
    EXPECT_EQ(
        test::sentence_of([] {
          sums_of<Space>(test::all_pixels({2, 2, 0.05}), {}, by(KernelMethod::nufft, 1e-6));
        }),
        concat("the method 'nufft' needs an FFT library, and this build of glint has none for "
               "the backend '",
               backend_name<Space>(), "'; 'separable' needs none"));
    return false;
  }
};
TYPED_TEST_SUITE(NufftSums, test::Spaces, test::CaseName);

TYPED_TEST(NufftSums, AreThoseOfProducts) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  for (const SkyGrid& grid :
       {SkyGrid{1, 1, 0.05}, {9, 12, 0.05}, {14, 7, 0.05}, {33, 31, 0.05}, {40, 64, 0.05}}) {
    const SkyPixels<> pixels = grid.ny > 1 ? test::island_pixels(grid) : test::all_pixels(grid);
    for (const bool equal : {true, false})
      for (const NoiseWeights noise : {NoiseWeights::exact, NoiseWeights::real}) {
        const UvData<> data = test::random_visibilities(700, 0.7 / grid.step(), equal);
        for (const double tolerance : {1e-3, 1e-8, 1e-13})
          expect_same(sums_of<Space>(pixels, {data}, by(KernelMethod::nufft, tolerance), noise),
                      sums_of<Space>(pixels, {data}, by(KernelMethod::separable, 1e-12), noise),
                      data, 1.1 * tolerance,
                      concat(grid.ny, " x ", grid.nx, ", ", equal, ", ", noise_weights_name(noise),
                             ", ", tolerance));
      }
  }
}

/// Even at loose tolerances chunks agree closely: errors are the same for a visibility in any
/// chunk.
TYPED_TEST(NufftSums, DoNotDependOnChunksOrOrder) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  const std::size_t count = 5000;
  const SkyPixels<> pixels = test::all_pixels({16, 13, 0.05});
  const UvData<> equal = test::random_visibilities(count, 4e6, true);
  const UvData<> other = test::random_visibilities(count, 4e6, false, 3);
  for (const double tolerance : {1e-3, 1e-12}) {
    const KernelOptions options = by(KernelMethod::nufft, tolerance);
    // Unequal noises appear half-way.
    const auto whole = sums_of<Space>(pixels, {equal, other}, options);
    std::vector<UvData<>> chunks;
    for (const UvData<>& data : {equal, other})
      for (std::size_t first = 0; first < count; first += 997)
        chunks.push_back(test::part_of(data, first, std::min(first + 997, count)));
    expect_same(sums_of<Space>(pixels, chunks, options), whole, equal, 1e-14, "chunks");
    std::vector<std::size_t> order(count);
    for (std::size_t k = 0; k < count; ++k) order[k] = (k * 4001) % count;
    expect_same(
        sums_of<Space>(pixels, {test::reordered(equal, order), test::reordered(other, order)},
                       options),
        whole, equal, 1e-14, "order");
  }
}

/// Long enough that products would cost more.
TYPED_TEST(NufftSums, AreWithinTheToleranceWhateverIsChosen) {
  using Space = typename TypeParam::space;
  const SkyPixels<> pixels = test::all_pixels({64, 64, 0.05});
  const UvData<> data = test::random_visibilities(20000, 4e6, true);
  expect_same(sums_of<Space>(pixels, {data}, by(KernelMethod::automatic, 1e-6)),
              sums_of<Space>(pixels, {data}, by(KernelMethod::separable, 1e-6)), data, 1e-6,
              "automatic");
}

}  // namespace
}  // namespace glint
