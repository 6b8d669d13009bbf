// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/backends.hpp>
#include <glint/constants.hpp>
#include <glint/hdf5_file.hpp>

#include "driver.hpp"

namespace glint::test {
namespace {

const std::string program = GLINT_ARRAY_PROGRAMMING;

class ArrayProgramming : public ::testing::Test {
 protected:
  Outcome run(const std::string& arguments) {
    SCOPED_TRACE(arguments);
    const Outcome outcome = run_program(directory_.path(), program, arguments);
    expect_success(outcome);
    return outcome;
  }

  void refused(const std::string& arguments, const std::string& words) {
    SCOPED_TRACE(arguments);
    const auto before = directory_.contents();
    expect_refusal(run_program(directory_.path(), program, arguments), words, "array_programming");
    EXPECT_EQ(directory_.contents(), before);
  }

  std::vector<double> numbers(const char* file, const std::string& name, const Hdf5Shape& shape) {
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    std::vector<double> values(count);
    Hdf5Reader(directory_ / file).read(name, shape, values.data());
    return values;
  }

  TemporaryDirectory directory_;
};

/// What its NumPy twin prints as well.
TEST_F(ArrayProgramming, PrintsTheExpectedLines) {
  const std::string expected = read_text(GLINT_ARRAY_PROGRAMMING_OUTPUT);
  ASSERT_GT(expected.size(), 1000U);
  for (const std::string& backend : backend_names()) {
    EXPECT_EQ(run("--backend " + backend).out, expected) << backend;
    EXPECT_EQ(run("--seed 1 -o lines.h5 --png lines.png --backend " + backend).out, expected);
  }
  EXPECT_EQ(directory_.contents().size(), 2U);
}

TEST_F(ArrayProgramming, WritesWhatDetectorsSee) {
  run("-o timelines.h5");
  const auto signal = numbers("timelines.h5", "/signal", {8, 1000});
  const auto time = numbers("timelines.h5", "/time", {1000});
  const auto source = numbers("timelines.h5", "/source", {1000});
  const auto glitch = numbers("timelines.h5", "/glitch", {1000});
  const auto gain = numbers("timelines.h5", "/gain", {8});
  const auto offset = numbers("timelines.h5", "/offset", {8});
  const Hdf5Reader file(directory_ / "timelines.h5");
  EXPECT_EQ(file.number_attribute("/signal", "sigma"), 0.7);
  EXPECT_EQ(file.text_attribute("/signal", "seed"), "1");
  EXPECT_NEAR(time[999], 99.9, 1e-12);
  EXPECT_EQ(glitch[99], 0.0);
  EXPECT_EQ(glitch[100], 20.0);
  EXPECT_NEAR(source[12], 7.0 * std::sin(0.48 * constants::pi), 1e-12);
  double square = 0.0;
  for (std::size_t d = 0; d < 8; ++d) {
    EXPECT_NEAR(gain[d], 1.0, 0.15);
    EXPECT_EQ(offset[d], static_cast<double>(d));
    for (std::size_t t = 0; t < 1000; ++t) {
      const double noise = signal[d * 1000 + t] - gain[d] * source[t] - glitch[t] - offset[d];
      EXPECT_LT(std::abs(noise), 0.7 * 8.5);
      square += noise * noise / 8000.0;
    }
  }
  EXPECT_NEAR(std::sqrt(square), 0.7, 0.03);
}

TEST_F(ArrayProgramming, TheSeedMakesTheNoise) {
  const std::string first = run("--seed 2 -o two.h5").out;
  EXPECT_EQ(run("--seed 2 -o again.h5").out, first);
  EXPECT_NE(run("--seed 3 -o three.h5").out, first);
  const Hdf5Shape shape{8, 1000};
  EXPECT_EQ(numbers("two.h5", "/signal", shape), numbers("again.h5", "/signal", shape));
  EXPECT_NE(numbers("two.h5", "/signal", shape), numbers("three.h5", "/signal", shape));
}

TEST_F(ArrayProgramming, DrawsAPicture) {
  run("--png picture.png");
  const std::string bytes = read_text(directory_ / "picture.png");
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
  EXPECT_GT(bytes.size(), 5000U);
}

TEST_F(ArrayProgramming, RefusesWhatItCannotDo) {
  refused("--seed -1", "--seed needs a whole number from 0 to 18446744073709551615, not '-1'");
  refused("--seed two", "not 'two'");
  refused("--seeds 2", "unknown option '--seeds'; legal options: --output, --png, --seed");
  refused("timelines.h5", "unexpected argument 'timelines.h5': everything is given by options");
  refused("--backend abacus", "the backend 'abacus' is not compiled in; this build has: ");
  refused("-o ''", "the output path is empty");
  refused("--png ''", "the path of the picture is empty");
  refused("-o a --png a", "the timelines and the picture have the same path 'a'");
  refused("-o missing/a.h5", "the directory 'missing' of the output path");
  fs::create_directory(directory_ / "folder");
  refused("--png folder", "'folder' is a directory");
}

}  // namespace
}  // namespace glint::test
