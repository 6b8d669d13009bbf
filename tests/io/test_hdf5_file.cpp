// SPDX-License-Identifier: BSD-3-Clause
#include <glint/hdf5_file.hpp>

#include "files.hpp"
#include "raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Hdf5File, RoundTripOfEveryRankTypeAndAttribute) {
  const TemporaryDirectory directory;
  const std::vector<double> doubles{1.5, -2.25, 1e-310, 1e308, 0.1, 7.0};
  const std::vector<float> floats{0.1F, -3.0F};
  const double scalar = 42.0;
  {
    AtomicFile target(directory / "file.h5");
    Hdf5Writer file(target, 64);
    file.group("/group");
    file.dataset("/group/line", {6}, doubles.data());
    file.dataset("/group/cube", {1, 3, 2}, doubles.data());
    file.dataset("/floats", {2, 1}, floats.data());
    file.dataset("/scalar", {}, &scalar);
    file.dataset("/none", {0, 5}, doubles.data());
    file.attribute("/group", "text", "Sérsic");
    file.attribute("/group", "empty", "");
    file.attribute("/floats", "number", 0.1);
    file.finish();
    target.commit();
  }
  const Hdf5Reader file(directory / "file.h5");
  EXPECT_THAT(file.names("/"), ElementsAre("floats", "group", "none", "scalar"));
  EXPECT_THAT(file.names("/group"), ElementsAre("cube", "line"));
  EXPECT_EQ(file.shape("/group/cube"), (Hdf5Shape{1, 3, 2}));
  EXPECT_EQ(file.shape("/scalar"), Hdf5Shape{});
  EXPECT_EQ(file.shape("/none"), (Hdf5Shape{0, 5}));
  EXPECT_TRUE(file.is_single_precision("/floats"));
  EXPECT_FALSE(file.is_single_precision("/scalar"));

  std::vector<double> line(6), cube(6);
  file.read("/group/line", {6}, line.data());
  file.read("/group/cube", {1, 3, 2}, cube.data());
  EXPECT_EQ(line, doubles);
  EXPECT_EQ(cube, doubles);
  std::vector<float> single(2);
  file.read("/floats", {2, 1}, single.data());
  EXPECT_EQ(single, floats);
  double value = 0.0;
  file.read("/scalar", {}, &value);
  EXPECT_EQ(value, 42.0);
  EXPECT_NO_THROW(file.read("/none", {0, 5}, static_cast<double*>(nullptr)));

  EXPECT_EQ(file.text_attribute("/group", "text"), "Sérsic");
  EXPECT_EQ(file.text_attribute("/group", "empty"), "");
  EXPECT_EQ(file.number_attribute("/floats", "number"), 0.1);
  EXPECT_TRUE(file.has_attribute("/group", "text"));
  EXPECT_FALSE(file.has_attribute("/group", "number"));
}

TEST(Hdf5File, ReadsWhatOtherProgramsWrite) {
  const TemporaryDirectory directory;
  {
    RawHdf5 raw(directory / "raw.h5");
    raw.dataset("/big_endian", {3}, {1, -2, 3}, H5T_STD_I16BE);
    raw.dataset("/unsigned", {2}, {255, 0}, H5T_STD_U8LE);
    raw.number("/", "whole", 7);
    raw.numbers("/", "one_element", {2.5});
    raw.numbers("/", "two_elements", {1, 2});
    raw.text("/", "variable", "one");
    raw.fixed_text("/", "terminated", "zero", 8, H5T_STR_NULLTERM);
    raw.fixed_text("/", "full", "centre", 6, H5T_STR_NULLPAD);
    raw.fixed_text("/", "spaces", "one", 8, H5T_STR_SPACEPAD);
  }
  const Hdf5Reader file(directory / "raw.h5");
  std::vector<double> values(3);
  file.read("/big_endian", {3}, values.data());
  EXPECT_THAT(values, ElementsAre(1.0, -2.0, 3.0));
  std::vector<float> bytes(2);
  file.read("/unsigned", {2}, bytes.data());
  EXPECT_THAT(bytes, ElementsAre(255.0F, 0.0F));
  EXPECT_EQ(file.number_attribute("/", "whole"), 7.0);
  EXPECT_EQ(file.number_attribute("/", "one_element"), 2.5);
  EXPECT_EQ(file.text_attribute("/", "variable"), "one");
  EXPECT_EQ(file.text_attribute("/", "terminated"), "zero");
  EXPECT_EQ(file.text_attribute("/", "full"), "centre");
  EXPECT_EQ(file.text_attribute("/", "spaces"), "one");
  EXPECT_THAT(sentence_of([&] { file.number_attribute("/", "two_elements"); }),
              HasSubstr("the attribute two_elements of / in"));
  EXPECT_THAT(sentence_of([&] { file.number_attribute("/", "two_elements"); }),
              HasSubstr("has shape (2) where a single value is needed"));
  EXPECT_THAT(sentence_of([&] { file.number_attribute("/", "full"); }),
              HasSubstr("is not a number"));
  EXPECT_THAT(sentence_of([&] { file.text_attribute("/", "whole"); }),
              HasSubstr("is not a string"));
  EXPECT_THAT(sentence_of([&] { file.read("/unsigned", {3}, values.data()); }),
              HasSubstr("has shape (2) where (3) is needed"));
  EXPECT_THAT(sentence_of([&] { file.shape("/"); }), HasSubstr("is not a dataset"));
}

TEST(Hdf5File, SaysWhyAFileCannotBeRead) {
  const TemporaryDirectory directory;
  const auto sentence = [](const fs::path& path) {
    return sentence_of([&] { const Hdf5Reader file(path); });
  };
  write_text(directory / "text.h5", "not a table");
  write_text(directory / "empty.h5", "");
  EXPECT_THAT(sentence(directory / "missing.h5"), HasSubstr("missing.h5' does not exist"));
  EXPECT_THAT(sentence(directory / "text.h5"), HasSubstr("text.h5' is not an HDF5 file"));
  EXPECT_THAT(sentence(directory / "empty.h5"), HasSubstr("empty.h5' is not an HDF5 file"));
  EXPECT_THAT(sentence(directory.path()), HasSubstr("is a directory"));
  EXPECT_THAT(sentence("/dev/null"), HasSubstr("'/dev/null' is not a regular file"));
}

TEST(Hdf5File, TruncatedAnywhereIsAnErrorNotACrash) {
  const TemporaryDirectory directory;
  {
    RawHdf5 raw(directory / "whole.h5");
    raw.group("/group");
    raw.dataset("/group/data", {100}, std::vector<double>(100, 1.0));
  }
  const std::string whole = read_text(directory / "whole.h5");
  ASSERT_GT(whole.size(), 800U);
  for (std::size_t length = 8; length < whole.size(); length += 61) {
    write_text(directory / "cut.h5", whole.substr(0, length));
    EXPECT_THAT(sentence_of([&] { const Hdf5Reader file(directory / "cut.h5"); }),
                HasSubstr("cut.h5' is truncated or damaged"))
        << "cut after " << length << " bytes";
  }
}

TEST(Hdf5File, EqualContentsMakeEqualFiles) {
  const TemporaryDirectory directory;
  const double value = 3.0;
  for (const char* name : {"first.h5", "second.h5"}) {
    AtomicFile target(directory / name);
    Hdf5Writer file(target, 8);
    file.dataset("/value", {1}, &value);
    file.attribute("/value", "units", "pixel");
    file.finish();
    target.commit();
  }
  EXPECT_EQ(read_text(directory / "first.h5"), read_text(directory / "second.h5"));
}

}  // namespace
}  // namespace glint::test
