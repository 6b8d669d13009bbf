// SPDX-License-Identifier: BSD-3-Clause
#include <glint/catalogue_io.hpp>
#include <glint/hdf5_file.hpp>
#include <glint/image_io.hpp>
#include <numeric>

#include "driver.hpp"
#include "io/raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// Three galaxies and PSFs of 3 x 4 values.
class DriverPsf : public ::testing::Test {
 protected:
  static constexpr int rows = 3, columns = 4;
  const std::vector<double> values_{0.02, 0.05, 0.04, 0.01, 0.1,  0.3,
                                    0.2,  0.08, 0.03, 0.1,  0.05, 0.02};

  void write_psf(const std::string& name, double scale, int oversampling, int normalize = 0) {
    std::vector<double> scaled(values_);
    for (double& value : scaled) value *= scale;
    RawHdf5 file(directory_ / name);
    file.dataset("/psf", {rows, columns}, scaled);
    file.number("/psf", "oversampling", oversampling);
    if (normalize) file.number("/psf", "normalize", normalize);
  }

  Image<double> image(const std::string& arguments, const std::string& warning = "") {
    outcome_ = run_driver(directory_.path(), three_galaxies + " -o image.h5 " + arguments);
    EXPECT_EQ(outcome_.code, 0) << outcome_.err;
    if (warning.empty())
      EXPECT_EQ(outcome_.err, "");
    else
      EXPECT_THAT(outcome_.err, HasSubstr(warning));
    return read_image(directory_ / "image.h5");
  }

  TemporaryDirectory directory_;
  Outcome outcome_;
};

/// A wider exact image, itself checked elsewhere, convolved by the definition. The PSF is even
/// along x, so the wider frame is one column narrower or wider than a symmetric one: its pixels lie
/// half a pixel aside.
TEST_F(DriverPsf, PixelsAreTheDefinitionsSum) {
  write_psf("psf.h5", 1.0, 1);
  const Image<double> exact = image("--size 42 53 --tolerance 1e-10");
  const Image<double> seen = image("--size 40 50 --psf psf.h5 --tolerance 1e-10");
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 50; ++j) {
      double sum = 0.0;
      for (int a = 0; a < rows; ++a)
        for (int b = 0; b < columns; ++b)
          sum += values_[static_cast<std::size_t>(columns * a + b)] *
                 exact(i + rows - 1 - a, j + columns - 1 - b);
      ASSERT_NEAR(seen(i, j), sum, 1e-11 * sum) << i << " " << j;
    }
  EXPECT_EQ(read_image_metadata(directory_ / "image.h5").psf, "psf.h5");
  EXPECT_EQ(std::count(outcome_.out.begin(), outcome_.out.end(), '\n'), 6) << outcome_.out;
  EXPECT_THAT(outcome_.out, HasSubstr("psf        psf.h5: 3 x 4, oversampling 1, sum 1, direct"));
  EXPECT_THAT(outcome_.out, HasSubstr("flux captured: "));
}

TEST_F(DriverPsf, ASumOffOneIsUsedAsGivenAndSaidSo) {
  write_psf("psf.h5", 1.0, 2);
  write_psf("short.h5", 0.95, 2);
  write_psf("scaled.h5", 0.95, 2, 1);
  write_psf("close.h5", 0.9995, 2);
  const Image<double> whole = image("--size 20 21 --psf psf.h5");
  const Image<double> part =
      image("--size 20 21 --psf short.h5",
            "render_catalogue: warning: the PSF 'short.h5' sums to 0.95, not 1");
  EXPECT_EQ(outcome_.error_lines(), 1U);
  EXPECT_THAT(outcome_.out, HasSubstr("oversampling 2, sum 0.95,"));
  const Image<double> scaled = image("--size 20 21 --psf scaled.h5");
  EXPECT_THAT(outcome_.out, HasSubstr("sum 0.95 normalised to 1"));
  image("--size 20 21 --psf close.h5");
  for (std::size_t k = 0; k < whole.size(); ++k) {
    EXPECT_NEAR(part.data()[k], 0.95 * whole.data()[k], 1e-13 * whole.data()[k]);
    EXPECT_NEAR(scaled.data()[k], whole.data()[k], 1e-13 * whole.data()[k]);
  }
}

TEST_F(DriverPsf, StackPrecisionAndIntegrators) {
  write_psf("psf.h5", 1.0, 2);
  const Image<double> plain = image("--size 30 29 --psf psf.h5 --stack");
  const ImageStack<double> stack = read_image_stack(directory_ / "image.h5");
  ASSERT_EQ(stack.extent(0), 3U);
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 29; ++j)
      EXPECT_NEAR(stack(0, i, j) + stack(1, i, j) + stack(2, i, j), plain(i, j),
                  1e-12 * plain(i, j));
  const Image<double> narrow = image("--size 30 29 --psf psf.h5 --precision single");
  EXPECT_TRUE(Hdf5Reader(directory_ / "image.h5").is_single_precision("/image"));
  const Image<double> boundary = image("--size 30 29 --psf psf.h5 --integrator boundary");
  const Image<double> centre = image("--size 30 29 --psf psf.h5 --integrator centre");
  double farthest = 0.0;
  for (std::size_t k = 0; k < plain.size(); ++k) {
    EXPECT_NEAR(narrow.data()[k], plain.data()[k], 1e-7 * plain.data()[k]);
    EXPECT_NEAR(boundary.data()[k], plain.data()[k], 2e-8 * plain.data()[k]);
    farthest = std::max(farthest, std::abs(centre.data()[k] / plain.data()[k] - 1.0));
  }
  EXPECT_LT(farthest, 1e-3);  // samples of sub-pixels, here without a core: close, not exact
  EXPECT_GT(farthest, 1e-6);
}

TEST_F(DriverPsf, AnEmptyCatalogueStaysEmpty) {
  write_psf("psf.h5", 1.0, 1);
  write_catalogue(directory_ / "none.h5", Catalogue<>(0));
  const Outcome outcome =
      run_driver(directory_.path(), "none.h5 --size 4 5 -o zero.h5 --psf psf.h5 --stack");
  expect_success(outcome);
  EXPECT_THAT(outcome.out, Not(HasSubstr("flux captured")));
  const Image<double> zero = read_image(directory_ / "zero.h5");
  for (std::size_t k = 0; k < zero.size(); ++k) EXPECT_EQ(zero.data()[k], 0.0);
}

TEST_F(DriverPsf, WhatIsWrongIsSaidInOneSentence) {
  write_psf("psf.h5", 1.0, 1);
  write_psf("bad.h5", 1.0, 0);
  const auto refused = [&](const std::string& arguments, const std::string& words) {
    SCOPED_TRACE(arguments);
    const auto before = directory_.contents();
    const Outcome outcome =
        run_driver(directory_.path(), three_galaxies + " --size 20 20 " + arguments);
    expect_refusal(outcome, words);
    EXPECT_EQ(outcome.error_lines(), 1U);
    EXPECT_EQ(directory_.contents(), before);
  };
  refused("-o image.h5 --psf missing.h5", "'missing.h5' does not exist");
  refused("-o image.h5 --psf " + three_galaxies, "is not an HDF5 file");
  refused("-o image.h5 --psf bad.h5", "the attribute oversampling of /psf in 'bad.h5' is 0");
  refused("-o image.h5 --psf ''", "the path after --psf is empty");
  refused("-o ./psf.h5 --psf psf.h5", "the output path './psf.h5' is the PSF itself");
  refused("-o image.h5 --png psf.h5 --psf psf.h5", "the output path 'psf.h5' is the PSF itself");
}

}  // namespace
}  // namespace glint::test
