// SPDX-License-Identifier: BSD-3-Clause
#include <glint/hdf5_file.hpp>
#include <glint/image_io.hpp>
#include <glint/version.hpp>

#include "files.hpp"
#include "raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class T>
Image<T> numbered_image(std::size_t ny, std::size_t nx) {
  Image<T> image("image", ny, nx);
  for (std::size_t k = 0; k < image.size(); ++k)
    image.data()[k] = static_cast<T>(0.1) * static_cast<T>(k) - T(1);
  return image;
}

ImageMetadata some_metadata() {
  ImageMetadata metadata;
  metadata.integrator = "boundary";
  metadata.tolerance = 1e-10;
  metadata.precision = "double";
  metadata.backend = "serial";
  return metadata;
}

template <class T>
class ImageIo : public ::testing::Test {
 protected:
  TemporaryDirectory directory_;
  fs::path path_ = directory_ / "image.h5";
};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(ImageIo, Precisions);

TYPED_TEST(ImageIo, RoundTripInItsOwnPrecision) {
  for (const auto& [ny, nx] :
       {std::pair{3, 5}, std::pair{1, 1}, std::pair{1, 7}, std::pair{13, 1}}) {
    const Image<TypeParam> image = numbered_image<TypeParam>(ny, nx);
    write_image(this->path_, image, some_metadata());
    EXPECT_EQ(Hdf5Reader(this->path_).is_single_precision("/image"), sizeof(TypeParam) == 4);
    EXPECT_FALSE(Hdf5Reader(this->path_).has("/profiles"));
    const Image<TypeParam> back = read_image<TypeParam>(this->path_);
    ASSERT_EQ(back.extent(0), image.extent(0));
    ASSERT_EQ(back.extent(1), image.extent(1));
    for (std::size_t k = 0; k < image.size(); ++k) ASSERT_EQ(back.data()[k], image.data()[k]);
  }
  EXPECT_THAT(this->directory_.contents(), ElementsAre("image.h5"));
}

TYPED_TEST(ImageIo, CarriesItsMetadata) {
  write_image(this->path_, numbered_image<TypeParam>(2, 2), some_metadata());
  const ImageMetadata back = read_image_metadata(this->path_);
  EXPECT_EQ(back.units, "flux per pixel");
  EXPECT_EQ(back.integrator, "boundary");
  EXPECT_EQ(back.tolerance, 1e-10);
  EXPECT_EQ(back.precision, "double");
  EXPECT_EQ(back.backend, "serial");
  EXPECT_EQ(Hdf5Reader(this->path_).text_attribute("/image", "glint_version"), GLINT_VERSION);
}

TYPED_TEST(ImageIo, StackRoundTrip) {
  const Image<TypeParam> image = numbered_image<TypeParam>(3, 2);
  ImageStack<TypeParam> stack("stack", 4, 3, 2);
  for (std::size_t k = 0; k < stack.size(); ++k) stack.data()[k] = static_cast<TypeParam>(k) / 7;
  write_image(this->path_, image, some_metadata(), stack);
  const ImageStack<TypeParam> back = read_image_stack<TypeParam>(this->path_);
  ASSERT_EQ(back.extent(0), 4U);
  ASSERT_EQ(back.extent(1), 3U);
  ASSERT_EQ(back.extent(2), 2U);
  for (std::size_t k = 0; k < stack.size(); ++k) ASSERT_EQ(back.data()[k], stack.data()[k]);
  EXPECT_EQ(read_image<TypeParam>(this->path_)(2, 1), image(2, 1));
}

TYPED_TEST(ImageIo, AStackOfNoProfilesKeepsItsFrame) {
  write_image(this->path_, numbered_image<TypeParam>(3, 2), some_metadata(),
              ImageStack<TypeParam>("stack", 0, 3, 2));
  EXPECT_EQ(read_image_stack<TypeParam>(this->path_).extent(0), 0U);
  EXPECT_EQ(read_image_stack<TypeParam>(this->path_).extent(2), 2U);
}

TYPED_TEST(ImageIo, RefusesAStackOfAnotherFrame) {
  EXPECT_THAT(sentence_of([&] {
                write_image(this->path_, numbered_image<TypeParam>(3, 2), some_metadata(),
                            ImageStack<TypeParam>("stack", 1, 2, 3));
              }),
              HasSubstr("planes of (2, 3) where the image is (3, 2)"));
  EXPECT_TRUE(this->directory_.contents().empty());
}

TEST(ImageFile, KeepsAnErrorMap) {
  const TemporaryDirectory directory;
  const auto error = numbered_image<double>(2, 3);
  write_image(directory / "with.h5", numbered_image<double>(2, 3), some_metadata(), {}, error);
  const auto back = read_error_map(directory / "with.h5");
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j) EXPECT_EQ(back(i, j), error(i, j));
  write_image(directory / "without.h5", numbered_image<double>(2, 3), some_metadata());
  EXPECT_THAT(sentence_of([&] { read_error_map(directory / "without.h5"); }),
              HasSubstr("has no dataset /error"));
  EXPECT_THAT(sentence_of([&] {
                write_image(directory / "wrong.h5", numbered_image<double>(3, 2), some_metadata(),
                            {}, error);
              }),
              HasSubstr("error has shape (2, 3) where (3, 2) is needed"));
}

TEST(ImageFile, ConvertsPrecisionOnReading) {
  const TemporaryDirectory directory;
  write_image(directory / "single.h5", numbered_image<float>(2, 2), some_metadata());
  EXPECT_EQ(read_image<double>(directory / "single.h5")(1, 1),
            static_cast<double>(numbered_image<float>(2, 2)(1, 1)));
}

TEST(ImageFile, NamesWhatIsMissing) {
  const TemporaryDirectory directory;
  {
    RawHdf5 file(directory / "other.h5");
    file.dataset("/profiles", {2}, {1, 2});
  }
  EXPECT_THAT(sentence_of([&] { read_image(directory / "other.h5"); }),
              HasSubstr("other.h5' has no dataset /image"));
  EXPECT_THAT(sentence_of([&] { read_image_metadata(directory / "other.h5"); }),
              HasSubstr("has no dataset /image"));
  EXPECT_THAT(sentence_of([&] { read_image_stack(directory / "other.h5"); }),
              HasSubstr("has 1 dimensions where 3 are needed"));
}

}  // namespace
}  // namespace glint::test
