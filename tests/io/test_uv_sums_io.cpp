// SPDX-License-Identifier: BSD-3-Clause
#include <glint/uv_sums_io.hpp>

#include "files.hpp"
#include "raw_hdf5.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

UvCheckpoint some_checkpoint() {
  UvCheckpoint checkpoint;
  checkpoint.source = "mock, 100000000 visibilities";
  checkpoint.next = 0xfedcba9876543210;
  checkpoint.chunk = 131072;
  UvSumsState state;
  state.ny = 3, state.nx = 2;
  state.pixel_scale = 0.1;
  state.pixels = 6;
  state.pixels_hash = 0x8000000000000001;
  state.noise = "exact", state.kernel = "automatic";
  state.kernel_tolerance = 1e-12;
  state.count = (std::uint64_t(1) << 60) + 1;
  state.has_hankel = true;
  state.arrays = {{"dirty_image", {1.0 / 3.0, -2e-308, 0.0}}, {"compact", {1e300}}, {"empty", {}}};
  checkpoint.sums["sums"] = checkpoint.sums["exact"] = state;
  checkpoint.sums["exact"].has_hankel = false;
  checkpoint.extra["longest"] = {0.1};
  return checkpoint;
}

void expect_same(const UvSumsState& a, const UvSumsState& b) {
  EXPECT_EQ(a.ny, b.ny);
  EXPECT_EQ(a.nx, b.nx);
  EXPECT_EQ(a.pixel_scale, b.pixel_scale);
  EXPECT_EQ(a.pixels, b.pixels);
  EXPECT_EQ(a.pixels_hash, b.pixels_hash);
  EXPECT_EQ(a.noise, b.noise);
  EXPECT_EQ(a.kernel, b.kernel);
  EXPECT_EQ(a.kernel_tolerance, b.kernel_tolerance);
  EXPECT_EQ(a.count, b.count);
  EXPECT_EQ(a.has_hankel, b.has_hankel);
  ASSERT_EQ(a.arrays.size(), b.arrays.size());
  for (const auto& [name, values] : a.arrays) {
    ASSERT_NE(b.find(name), nullptr) << name;
    EXPECT_EQ(values, *b.find(name)) << name;
  }
}

TEST(UvSumsFiles, ComeBackBitForBit) {
  const TemporaryDirectory directory;
  const UvCheckpoint written = some_checkpoint();
  write_checkpoint(directory / "c.h5", written);
  write_checkpoint(directory / "c.h5", written);  // in the place of the first
  EXPECT_THAT(directory.contents(), ElementsAre("c.h5"));
  const UvCheckpoint read = read_checkpoint(directory / "c.h5");
  EXPECT_EQ(read.source, written.source);
  EXPECT_EQ(read.next, written.next);
  EXPECT_EQ(read.chunk, written.chunk);
  EXPECT_EQ(read.extra, written.extra);
  ASSERT_EQ(read.sums.size(), 2U);
  for (const auto& [name, state] : written.sums) expect_same(state, read.sums.at(name));

  UvCheckpoint nothing;
  write_checkpoint(directory / "nothing.h5", nothing);
  EXPECT_TRUE(read_checkpoint(directory / "nothing.h5").sums.empty());
}

TEST(UvSumsFiles, DamagedOnesAreRefused) {
  const TemporaryDirectory directory;
  const fs::path path = directory / "c.h5";
  const auto sentence = [&] { return sentence_of([&] { read_checkpoint(path); }); };
  EXPECT_THAT(sentence(), HasSubstr("c.h5"));
  write_checkpoint(path, some_checkpoint());
  const std::string whole = read_text(path);
  // One bit of a number.
  const double third = 1.0 / 3.0;
  std::string bytes(reinterpret_cast<const char*>(&third), sizeof third);
  const std::size_t place = whole.find(bytes);
  ASSERT_NE(place, std::string::npos);
  std::string spoiled = whole;
  spoiled[place] = static_cast<char>(spoiled[place] ^ 1);
  write_text(path, spoiled);
  EXPECT_THAT(sentence(), testing::AllOf(HasSubstr("the checkpoint '"),
                                         HasSubstr("c.h5' is damaged: its numbers are not those")));
  write_text(path, whole.substr(0, whole.size() / 2));
  EXPECT_THAT(sentence(), HasSubstr("c.h5"));
  write_text(path, "no checkpoint at all");
  EXPECT_THAT(sentence(), HasSubstr("is not an HDF5 file"));
  { RawHdf5 file(path); }
  EXPECT_THAT(sentence(), HasSubstr("c.h5' is no checkpoint"));
  {
    RawHdf5 file(path);
    file.text("/", "kind", "glint checkpoint");
  }
  EXPECT_THAT(sentence(), HasSubstr("c.h5' is damaged: "));
  write_text(path, whole);
  EXPECT_EQ(sentence(), "");
}

TEST(UvSumsFiles, CannotBeWrittenJustAnywhere) {
  const TemporaryDirectory directory;
  EXPECT_THAT(sentence_of([&] { write_checkpoint(directory / "no/c.h5", some_checkpoint()); }),
              HasSubstr("no/c.h5"));
  EXPECT_TRUE(directory.contents().empty());
}

}  // namespace
}  // namespace glint::test
