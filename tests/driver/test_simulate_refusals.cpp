// SPDX-License-Identifier: BSD-3-Clause
#include "driver.hpp"

namespace glint::test {
namespace {

/// A refused run must leave its directory as it is.
class SimulateRefusals : public ::testing::Test {
 protected:
  void refused(const std::string& arguments, const std::string& words) {
    SCOPED_TRACE(arguments);
    const auto before = directory_.contents();
    expect_refusal(run_program(directory_.path(), GLINT_SIMULATE_INTERFEROMETER, arguments), words,
                   "simulate_interferometer");
    EXPECT_EQ(directory_.contents(), before);
  }

  /// One option of a good command line replaced or added.
  void refused_option(const std::string& name, const std::string& value, const std::string& words) {
    std::string arguments = name + ' ' + value;
    for (const char* option : {"--n 10", "--visibilities 5", "--sources 20", "-o mock.h5"})
      if (std::string(option).rfind(name + ' ', 0) != 0) arguments += std::string(" ") + option;
    refused(arguments, words);
  }

  TemporaryDirectory directory_;
};

TEST_F(SimulateRefusals, MissingOptions) {
  refused("", "the size is missing: give --n N");
  refused("--n 10", "the number of visibilities is missing: give --visibilities K");
  refused("--n 10 --visibilities 5", "the number of source pixels is missing: give --sources S");
  refused("--n 10 --visibilities 5 --sources 7", "the output file is missing: give -o FILE.h5");
}

TEST_F(SimulateRefusals, NumbersOutsideTheirRange) {
  for (const char* value : {"0", "-3", "2.5", "ten", "32769", "99999999999999999999"})
    refused_option("--n", value,
                   concat("--n needs a whole number from 1 to 32768, not '", value, "'"));
  for (const char* name : {"--visibilities", "--sources", "--mapping", "--neighbours"})
    for (const char* value : {"0", "-1", "1e3", "2147483648"})
      refused_option(name, value,
                     concat(name, " needs a whole number from 1 to 2147483647, not '", value, "'"));
  refused_option("--seed", "-1", "--seed needs a whole number from 0 to 18446744073709551615");
  refused_option("--seed", "18446744073709551616", "--seed needs a whole number");
}

TEST_F(SimulateRefusals, SizesThatDoNotFit) {
  refused_option("--sources", "81",
                 "--sources 81 is more than the 80 pixels that the mask of --n 10 keeps");
  refused_option("--mapping", "21", "--mapping 21 is more than --sources 20");
  refused_option("--neighbours", "21", "--neighbours 21 is more than --sources 20");
  refused_option("--neighbours", "3",
                 "--neighbours 3 is too small: a source pixel of this mesh has");
}

TEST_F(SimulateRefusals, UnknownWords) {
  refused_option("--nn", "3",
                 "unknown option '--nn'; legal options: --n, --visibilities, --sources");
  refused_option("--flat", "yes", "unexpected argument 'yes': everything is given by options");
  refused_option("--backend", "abacus",
                 "the backend 'abacus' is not compiled in; this build has: ");
}

TEST_F(SimulateRefusals, UnknownKokkosOptions) {
  const Outcome outcome =
      run_program(directory_.path(), GLINT_SIMULATE_INTERFEROMETER,
                  "--n 10 --visibilities 5 --sources 20 -o mock.h5 --kokkos-wings");
  EXPECT_TRUE(outcome.exited);
  EXPECT_NE(outcome.code, 0);
  // Newer Kokkos warns about it as well.
  EXPECT_THAT(outcome.err,
              ::testing::HasSubstr("simulate_interferometer: unknown option '--kokkos-wings'"));
  EXPECT_LE(outcome.error_lines(), 5U) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(directory_.contents(), ::testing::IsEmpty());
}

TEST_F(SimulateRefusals, OutputPaths) {
  fs::create_directory(directory_ / "folder");
  refused_option("-o", "folder", "'folder' is a directory");
  refused_option("-o", "missing/mock.h5", "the directory 'missing' of the output path");
  refused_option("-o", "/proc/mock.h5", "'/proc/mock.h5'");
  refused_option("-o", "''", "empty");
}

TEST_F(SimulateRefusals, MoreThanMemory) {
  refused("--n 2000 --visibilities 5 --sources 1000000 --mapping 1000000 -o mock.h5",
          "a mapping of 1000000 pixels to 1000000 sources each needs 16000000000000 bytes");
}

TEST_F(SimulateRefusals, LeaveAPreviousFileAlone) {
  write_text(directory_ / "mock.h5", "previous");
  refused_option("--sources", "81", "more than the 80 pixels");
  EXPECT_EQ(read_text(directory_ / "mock.h5"), "previous");
}

}  // namespace
}  // namespace glint::test
