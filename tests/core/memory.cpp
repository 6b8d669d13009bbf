// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/error.hpp>
#include <glint/memory.hpp>

namespace glint {
namespace {

TEST(ArrayBytes, MultipliesExtents) {
  EXPECT_EQ(array_bytes("a", {3, 5, 7}, 8), 840u);
  EXPECT_EQ(array_bytes("a", {}, 8), 8u);
  EXPECT_EQ(array_bytes("a", {0, 5}, 8), 0u);
}

TEST(ArrayBytes, RefusesOverflow) {
  const std::size_t huge = std::size_t(1) << 40;
  EXPECT_THROW(array_bytes("the image", {huge, huge}, 8), Error);
}

TEST(ExpectMemory, NamesBytesAndMachine) {
  EXPECT_NO_THROW(expect_memory("the image", 1000));
  if (main_memory_bytes() == 0) {
    EXPECT_NO_THROW(expect_memory("the image", ~std::size_t(0)));
    return;
  }
  try {
    expect_memory("the image", std::size_t(1) << 60);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_THAT(error.sentence(), testing::HasSubstr("the image needs 1152921504606846976 bytes"));
    EXPECT_THAT(error.sentence(), testing::HasSubstr("1.2 EB"));
  }
}

TEST(ByteText, UsesDecimalUnits) {
  EXPECT_EQ(byte_text(0), "0 B");
  EXPECT_EQ(byte_text(999), "999 B");
  EXPECT_EQ(byte_text(1000), "1 kB");
  EXPECT_EQ(byte_text(2000000), "2 MB");
  EXPECT_EQ(byte_text(24000000000), "24 GB");
}

}  // namespace
}  // namespace glint
