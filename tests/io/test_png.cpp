// SPDX-License-Identifier: BSD-3-Clause
#include <png.h>

#include <array>
#include <cmath>
#include <glint/image_io.hpp>
#include <limits>
#include <vector>

#include "files.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Colour = std::array<int, 3>;

/// A picture read back by libpng; row 0 is the top one.
struct Picture {
  std::size_t height = 0, width = 0;
  std::vector<unsigned char> bytes;

  explicit Picture(const fs::path& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    EXPECT_TRUE(png_image_begin_read_from_file(&image, path.c_str())) << image.message;
    image.format = PNG_FORMAT_RGB;
    height = image.height;
    width = image.width;
    bytes.resize(PNG_IMAGE_SIZE(image));
    EXPECT_TRUE(png_image_finish_read(&image, nullptr, bytes.data(), 0, nullptr)) << image.message;
  }

  Colour at(std::size_t row, std::size_t column) const {
    const unsigned char* pixel = &bytes[3 * (row * width + column)];
    return {pixel[0], pixel[1], pixel[2]};
  }
};

int brightness(const Colour& colour) { return colour[0] + colour[1] + colour[2]; }

constexpr Colour black{0, 0, 0}, grey{128, 128, 128};

class Png : public ::testing::Test {
 protected:
  Picture draw(const Image<double>& image) const {
    write_png(path_, image);
    return Picture(path_);
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "picture.png";
};

TEST_F(Png, DrawsRowZeroAtTheBottom) {
  Image<double> image("image", 2, 3);
  image(0, 2) = 1.0;
  const Picture picture = draw(image);
  EXPECT_EQ(picture.height, 2U);
  EXPECT_EQ(picture.width, 3U);
  EXPECT_GT(brightness(picture.at(1, 2)), 600);
  EXPECT_EQ(picture.at(0, 2), black);
  EXPECT_EQ(picture.at(1, 0), black);
  EXPECT_THAT(directory_.contents(), ElementsAre("picture.png"));
}

TEST_F(Png, BrighterPixelsAreLighterOnBothSidesOfZero) {
  Image<double> image("image", 1, 201);
  for (int k = 0; k < 201; ++k) image(0, k) = k - 100;
  const Picture picture = draw(image);
  EXPECT_EQ(picture.at(0, 100), black);
  for (std::size_t k = 101; k < 201; ++k)
    EXPECT_GE(brightness(picture.at(0, k)), brightness(picture.at(0, k - 1))) << k;
  for (std::size_t k = 0; k < 100; ++k)
    EXPECT_GE(brightness(picture.at(0, k)), brightness(picture.at(0, k + 1))) << k;
  EXPECT_GT(picture.at(0, 150)[0], picture.at(0, 150)[1]) << "positive light is warm";
  EXPECT_LT(picture.at(0, 50)[0], picture.at(0, 50)[2]) << "negative light is blue";
}

TEST_F(Png, AcceptsAnyValues) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  Image<double> image("image", 1, 6);
  const double values[] = {nan, infinity, -infinity, 0.0, 1.0, -1.0};
  for (int k = 0; k < 6; ++k) image(0, k) = values[k];
  const Picture picture = draw(image);
  EXPECT_EQ(picture.at(0, 0), grey);
  EXPECT_EQ(picture.at(0, 1), picture.at(0, 4));
  EXPECT_EQ(picture.at(0, 2), picture.at(0, 5));
  EXPECT_EQ(picture.at(0, 3), black);
}

TEST_F(Png, DrawsFlatAndExtremeImages) {
  for (const double value :
       {0.0, 1.0, -3.0, 1e308, 5e-324, 1e-310, std::numeric_limits<double>::quiet_NaN()}) {
    Image<double> image("image", 3, 2);
    Kokkos::deep_copy(image, value);
    const Picture picture = draw(image);
    const Colour first = picture.at(0, 0);
    EXPECT_EQ(picture.at(2, 1), first) << value;
    if (value == 0.0)
      EXPECT_EQ(first, black);
    else if (std::isnan(value))
      EXPECT_EQ(first, grey);
    else
      EXPECT_GT(brightness(first), 600) << value;
  }
}

TEST_F(Png, FloatAndDoubleGiveTheSamePicture) {
  Image<double> wide("image", 4, 4);
  Image<float> narrow("image", 4, 4);
  for (int k = 0; k < 16; ++k) narrow.data()[k] = static_cast<float>(wide.data()[k] = k * k);
  write_png(directory_ / "narrow.png", narrow);
  EXPECT_EQ(draw(wide).bytes, Picture(directory_ / "narrow.png").bytes);
}

TEST_F(Png, RefusesWhatAPngCannotHold) {
  EXPECT_THAT(sentence_of([] {
                expect_png_size({1, 1000001});
              }),
              HasSubstr("1 x 1000001 is too large for a PNG"));
  EXPECT_EQ(sentence_of([] { expect_png_size({1000000, 1}); }), "");
  EXPECT_THAT(sentence_of([&] { write_png(path_, Image<double>("image", 0, 4)); }),
              HasSubstr("at least 1 x 1, not 0 x 4"));
  EXPECT_THAT(sentence_of([&] { write_png(directory_.path(), Image<double>("image", 1, 1)); }),
              HasSubstr("is a directory"));
  EXPECT_TRUE(directory_.contents().empty());
}

}  // namespace
}  // namespace glint::test
