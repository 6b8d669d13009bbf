// SPDX-License-Identifier: BSD-3-Clause
#include <glint/hdf5_file.hpp>

#include "files.hpp"
#include "raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Hdf5File, WholeNumbersOfEveryWidth) {
  const TemporaryDirectory directory;
  {
    RawHdf5 raw(directory / "raw.h5");
    raw.dataset("/short", {3}, {1, -2, 300}, H5T_STD_I16BE);
    raw.dataset("/unsigned", {2}, {1.8446744073709550e19, 0}, H5T_STD_U64LE);
    raw.dataset("/real", {2}, {1, 2});
    const hid_t truth = H5Tenum_create(H5T_NATIVE_INT8);  // as h5py stores true and false
    for (signed char value : {0, 1}) H5Tenum_insert(truth, value ? "TRUE" : "FALSE", &value);
    const hsize_t count = 2;
    const hid_t space = H5Screate_simple(1, &count, nullptr);
    const hid_t data =
        H5Dcreate2(raw.id(), "/truth", truth, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const signed char values[] = {1, 0};
    H5Dwrite(data, truth, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    H5Dclose(data);
    H5Sclose(space);
    H5Tclose(truth);
  }
  const Hdf5Reader file(directory / "raw.h5");
  EXPECT_TRUE(file.is_integer("/short"));
  EXPECT_TRUE(file.is_integer("/truth"));
  EXPECT_FALSE(file.is_integer("/real"));
  std::vector<std::int64_t> longs(3);
  file.read("/short", {3}, longs.data());
  EXPECT_THAT(longs, ElementsAre(1, -2, 300));
  std::vector<std::int32_t> ints(3);
  file.read("/short", {3}, ints.data());
  EXPECT_THAT(ints, ElementsAre(1, -2, 300));
  std::vector<std::uint8_t> bytes(3);
  file.read("/truth", {2}, bytes.data());
  EXPECT_EQ(bytes[0], 1);
  EXPECT_EQ(bytes[1], 0);
  EXPECT_THAT(sentence_of([&] { file.read("/short", {3}, bytes.data()); }), HasSubstr("/short in"));
  EXPECT_THAT(sentence_of([&] { file.read("/short", {3}, bytes.data()); }),
              HasSubstr("holds a number that does not fit in 8 bits"));
  EXPECT_THAT(sentence_of([&] { file.read("/unsigned", {2}, longs.data()); }),
              HasSubstr("holds a number that does not fit in 64 bits"));
  EXPECT_THAT(sentence_of([&] { file.read("/real", {2}, longs.data()); }),
              HasSubstr("holds floating-point numbers where whole numbers are needed"));
}

TEST(Hdf5File, RowsOfADatasetAndRowsMadeWhenTheyAreWritten) {
  const TemporaryDirectory directory;
  const std::size_t rows = 12345;
  const std::vector<std::int64_t> whole{3, -4};
  const std::vector<std::uint8_t> bytes{255, 1};
  {
    AtomicFile target(directory / "file.h5");
    Hdf5Writer file(target, 24 * rows);
    file.streamed<double>("/made", {rows, 3},
                          [](std::size_t first, std::size_t count, double* out) {
                            for (std::size_t k = 0; k < 3 * count; ++k)
                              out[k] = static_cast<double>(3 * first + k);
                          });
    file.streamed<double>(
        "/none", {0, 3}, [](std::size_t, std::size_t, double*) { throw Error("no rows to make"); });
    file.streamed<std::int32_t>("/number", {},
                                [](std::size_t, std::size_t, std::int32_t* out) { *out = 7; });
    file.dataset("/whole", {2}, whole.data());
    file.dataset("/bytes", {2}, bytes.data());
    file.attribute("/", "count", std::int64_t{1} << 40);
    file.finish();
    target.commit();
  }
  const Hdf5Reader file(directory / "file.h5");
  std::vector<double> all(3 * rows), some(6);
  file.read("/made", {rows, 3}, all.data());
  for (std::size_t k = 0; k < all.size(); ++k) ASSERT_EQ(all[k], static_cast<double>(k));
  file.read_rows("/made", {rows, 3}, 5460, 2, some.data());
  EXPECT_THAT(some, ElementsAre(16380, 16381, 16382, 16383, 16384, 16385));
  EXPECT_NO_THROW(file.read_rows("/made", {rows, 3}, rows, 0, some.data()));
  EXPECT_THAT(sentence_of([&] {
                file.read_rows("/made", {rows, 3}, rows - 1, 2, some.data());
              }),
              HasSubstr("has no rows 12344 to 12346 in its shape (12345, 3)"));
  EXPECT_THAT(sentence_of([&] {
                file.read_rows("/made", {rows, 2}, 0, 1, some.data());
              }),
              HasSubstr("has shape (12345, 3) where (12345, 2) is needed"));
  EXPECT_EQ(file.shape("/none"), (Hdf5Shape{0, 3}));
  std::vector<std::int64_t> back(2);
  file.read("/number", {}, back.data());
  EXPECT_EQ(back[0], 7);
  file.read("/whole", {2}, back.data());
  EXPECT_EQ(back, whole);
  std::vector<std::uint8_t> byte_back(2);
  file.read("/bytes", {2}, byte_back.data());
  EXPECT_EQ(byte_back, bytes);
  EXPECT_EQ(file.number_attribute("/", "count"), 1099511627776.0);
}

}  // namespace
}  // namespace glint::test
