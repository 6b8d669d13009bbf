// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/constants.hpp>

#include "reconstruct.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Outcome stream(const TemporaryDirectory& directory, const std::string& arguments) {
  return run_program(directory.path(), GLINT_STREAM_VISIBILITIES, arguments);
}

void expect_close(const fs::path& one, const fs::path& other, double tolerance) {
  for (const char* name : {"w_compact", "w_hankel", "dirty_image", "data_term"}) {
    const auto a = read_output(one, name), b = read_output(other, name);
    ASSERT_EQ(a.size(), b.size()) << name;
    double largest = 0.0;
    for (const double value : a) largest = std::max(largest, std::abs(value));
    for (std::size_t k = 0; k < a.size(); ++k)
      ASSERT_LE(std::abs(a[k] - b[k]), tolerance * largest) << name << " " << k;
  }
}

TEST(StreamVisibilities, ChunksDoNotMatter) {
  const TemporaryDirectory directory;
  const std::string what = "--n 9 --visibilities 30001 --unequal-noise ";
  expect_success(stream(directory, what + "-o whole.h5 --chunk 30001"));
  for (const char* chunk : {"1000", "7777", "1000000"}) {
    expect_success(stream(directory, what + "-o parts.h5 --chunk " + chunk));
    expect_close(directory / "whole.h5", directory / "parts.h5", 1e-13);
  }
  expect_success(stream(directory, what + "-o direct.h5 --kernel direct"));
  expect_close(directory / "whole.h5", directory / "direct.h5", 1e-12);
}

/// The brighter clump is where it is meant to be, and the noise what it says.
TEST(StreamVisibilities, SeesTheSky) {
  const TemporaryDirectory directory;
  const Outcome outcome =
      stream(directory, "--n 32 --visibilities 200000 -o sky.h5 --png sky.png --seed 5");
  expect_success(outcome);
  EXPECT_THAT(directory.contents(), ElementsAre("sky.h5", "sky.png"));
  EXPECT_EQ(read_text(directory / "sky.png").substr(1, 3), "PNG");
  for (const char* words : {"visibilities  200000, 131072 at a time, noise equal, seed 5",
                            "frame         32 x 32 pixels", "visibilities a second summed",
                            "memory        ", "picture       sky.png"})
    EXPECT_THAT(outcome.out, HasSubstr(words));
  const auto dirty = read_output(directory / "sky.h5", "dirty_image");
  const auto peak =
      static_cast<std::size_t>(std::max_element(dirty.begin(), dirty.end()) - dirty.begin());
  // x = 0.11 and y = -0.07 of 32 pixels from the middle; rows go down.
  EXPECT_NEAR(static_cast<double>(peak % 32), 15.5 + 0.11 * 32, 1.0);
  EXPECT_NEAR(static_cast<double>(peak / 32), 15.5 + 0.07 * 32, 1.0);
  // Two parts of unit variance each, and flux^2 sqrt(pi)/(4 pi width 16) for each clump over a
  // noise whose mean inverse square is 4/3; the clumps' product is little.
  const double root = std::sqrt(constants::pi) / 2.0;
  const auto share = [&](double flux, double width) {
    return flux * flux * root / (2.0 * constants::pi * width) / 16.0;
  };
  const double excess = 4.0 / 3.0 * (share(1.0, 0.05) + share(0.4, 0.02)) / 2.0;
  EXPECT_NEAR(read_output(directory / "sky.h5", "data_term")[0] / 400000.0, 1.0 + excess, 0.02);
}

TEST(StreamVisibilities, GoesOnFromACheckpoint) {
  const TemporaryDirectory directory;
  const std::string what = "--n 9 --chunk 1000 --unequal-noise --visibilities ";
  expect_success(stream(directory, what + "12345 -o whole.h5"));
  expect_success(stream(directory, what + "6000 -o part.h5 --checkpoint c.h5"));
  const Outcome outcome = stream(directory, what + "12345 -o rest.h5 --checkpoint c.h5");
  expect_success(outcome);
  EXPECT_THAT(outcome.out, HasSubstr("c.h5: 6000 visibilities were summed already"));
  expect_close(directory / "whole.h5", directory / "rest.h5", 0.0);
  const auto refused = [&](const std::string& arguments, const std::string& words) {
    expect_refusal(stream(directory, arguments + " -o r.h5 --checkpoint c.h5"), words,
                   "stream_visibilities");
  };
  refused(what + "12000", "'c.h5' holds 12345 visibilities, more than the 12000 asked for");
  refused(what + "20000 --seed 2", "the checkpoint 'c.h5' is of other visibilities");
  refused(what + "20000 --kernel direct", "are of other pixels or options");
}

TEST(StreamVisibilities, WhatMakesNoSenseIsRefused) {
  const TemporaryDirectory directory;
  const auto refused = [&](const std::string& arguments, const std::string& words) {
    expect_refusal(stream(directory, arguments), words, "stream_visibilities");
  };
  refused("-o r.h5", "the number of visibilities is missing: give --visibilities K");
  refused("--visibilities 10", "the output file is missing: give -o RESULT.h5");
  refused("--visibilities 0 -o r.h5", "--visibilities needs a whole number from 1 to");
  refused("--visibilities 9 -o r.h5 --n 5000", "--n needs a whole number from 1 to 4096");
  refused("--visibilities 9 -o r.h5 --chunk x", "--chunk needs a whole number from 1 to");
  refused("--visibilities 9 -o r.h5 --kernel best", "unknown kernel 'best'; legal names: auto");
  refused("--visibilities 9 -o r.h5 --checkpoint-every 3", "needs --checkpoint FILE.h5");
  EXPECT_TRUE(directory.contents().empty());
}

}  // namespace
}  // namespace glint::test
