// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <functional>
#include <limits>

#include "io/interferometer_fixture.hpp"
#include "reconstruct.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const double nan = std::numeric_limits<double>::quiet_NaN();
const std::string program = "reconstruct_source";

/// A directory with a good data set; a refused run must leave it as it is.
class ReconstructRefusals : public ::testing::Test {
 protected:
  ReconstructRefusals() { RawDataSet().write(directory_ / "good.h5"); }

  void refused(const std::string& arguments, const std::string& words) {
    SCOPED_TRACE(arguments);
    const auto before = directory_.contents();
    const Outcome outcome = run_reconstruct(directory_.path(), arguments);
    expect_refusal(outcome, words, program);
    EXPECT_EQ(outcome.error_lines(), 1U) << outcome.err;
    EXPECT_EQ(directory_.contents(), before);
  }

  void refused_data(const std::function<void(RawDataSet&)>& spoil, const std::string& words) {
    RawDataSet data;
    spoil(data);
    data.write(directory_ / "bad.h5");
    refused("bad.h5 -o result.h5 --png result.png --outputs all --chunk 2", words);
  }

  void refused_value(const std::string& name, std::size_t element, double value,
                     const std::string& words) {
    SCOPED_TRACE(name);
    refused_data([&](RawDataSet& data) { data.inputs.at(name).values.at(element) = value; }, words);
  }

  TemporaryDirectory directory_;
};

TEST_F(ReconstructRefusals, TheGoodDataSetIsFine) {
  expect_success(run_reconstruct(directory_.path(), "good.h5 -o result.h5 --outputs all"));
  EXPECT_THAT(directory_.contents(), ElementsAre("good.h5", "result.h5"));
}

TEST_F(ReconstructRefusals, FilesThatAreNoDataSet) {
  refused("missing.h5 -o result.h5", "'missing.h5' does not exist");
  write_text(directory_ / "text.h5", "this is no data set");
  refused("text.h5 -o result.h5", "'text.h5' is not an HDF5 file");
  refused(". -o result.h5", "'.' is a directory");
  const std::string whole = read_text(directory_ / "good.h5");
  write_text(directory_ / "cut.h5", whole.substr(0, whole.size() / 2));
  refused("cut.h5 -o result.h5", "'cut.h5' is truncated or damaged");
  { const RawHdf5 empty(directory_ / "empty.h5"); }
  refused("empty.h5 -o result.h5", "'empty.h5' has no group /inputs");
}

TEST_F(ReconstructRefusals, PartsThatAreMissingOrOfTheWrongShapeOrType) {
  for (const auto& [name, good] : RawDataSet().inputs) {
    refused_data([&name = name](RawDataSet& data) { data.inputs.erase(name); },
                 "has no dataset /inputs/" + name);
    refused_data([&name = name, &good = good](
                     RawDataSet& data) { data.inputs.at(name).shape = {good.values.size()}; },
                 "/inputs/" + name);
  }
  refused_data([](RawDataSet& data) { data.attributes.erase("N"); }, "has no attribute N");
  refused_data([](RawDataSet& data) { data.attributes["N"] = 4; },
               "has shape (3, 3) where the attribute N is 4");
  refused_data([](RawDataSet& data) { data.attributes["pixel_scale_arcsec"] = -1; },
               "the pixel scale must be a positive number");
  refused_data([](RawDataSet& data) { data.inputs.at("neighbors").stored = H5T_IEEE_F64LE; },
               "holds floating-point numbers where whole numbers are needed");
  refused_data([](RawDataSet& data) { data.inputs.at("mask").values.assign(9, 1.0); },
               "mask keeps no pixel");
}

TEST_F(ReconstructRefusals, ValuesThatMakeNoSense) {
  const std::string indexes = "pix_indexes_for_sub_slim_index";
  refused_value(indexes, 3, 3, indexes + "(1, 1) is 3, but with 3 source pixels");
  refused_value(indexes, 3, -2, indexes + "(1, 1) is -2");
  refused_value(indexes, 2, -1, indexes + "(1, 1) is 2 after a -1");
  refused_value("pix_weights_for_sub_slim_index", 2, nan, "(1, 0) is nan");
  refused_value("neighbors", 1, 2, "neighbors is not symmetric");
  for (const double noise : {0.0, -2.0, nan})
    refused_value("noise_map", 9, noise,
                  concat("the imaginary part of noise_map of visibility 4 is ", noise));
  refused_value("data", 6, nan, "the real part of data of visibility 3 is nan");
  refused_value("uv_wavelengths", 8, nan, "u of uv_wavelengths of visibility 4 is nan");
  refused_data(
      [](RawDataSet& data) {
        data.inputs["flag"] = {{5}, {1, 1, 1, 1, 1}, H5T_STD_U8LE};
      },
      "all 5 visibilities of 'bad.h5' are flagged");
}

TEST_F(ReconstructRefusals, OutputPaths) {
  fs::create_directory(directory_ / "folder");
  refused("good.h5 -o missing/result.h5", "the directory 'missing' of the output path");
  refused("good.h5 -o folder", "'folder' is a directory");
  refused("good.h5 -o good.h5", "the output path 'good.h5' is the data set itself");
  refused("good.h5 -o result.h5 --png good.h5", "is the data set itself");
  refused("good.h5 -o same --png ./same", "have the same path");
  refused("good.h5 -o /dev/null", "'/dev/null' is not a regular file");
  refused("good.h5 -o result.h5 --png ''", "the path after --png is empty");
}

TEST_F(ReconstructRefusals, CommandLines) {
  const std::string good = "good.h5 -o result.h5 ";
  refused(good + "--colour red", "unknown option '--colour'; legal options: --output, --png");
  refused(good + "second.h5", "unexpected argument 'second.h5': one data set is read");
  refused("", "no data set is given");
  refused("good.h5", "the output file is missing: give -o RESULT.h5");
  refused(good + "--outputs flux", "unknown output 'flux'; legal outputs: all, w_compact");
  refused(good + "--outputs ''", "--outputs");
  refused(good + "--coefficient -1", "--coefficient needs a number from 0 up, or best, not '-1'");
  refused(good + "--coefficient two", "--coefficient needs a number from 0 up, or best, not 'two'");
  refused(good + "--noise none", "unknown noise 'none'; legal names: exact, real");
  refused(good + "--kernel fft",
          "unknown kernel 'fft'; legal names: automatic, direct, separable, nufft");
  refused(good + "--kernel-tolerance small", "--kernel-tolerance needs a number, not 'small'");
  refused(good + "--kernel-tolerance 2", "tolerance");
  refused(good + "--curvature fast",
          "unknown way to the curvature matrix 'fast'; legal names: automatic, direct, dense, "
          "products");
  for (const char* chunk : {"0", "-1", "1.5", "many", "1000000001"})
    refused(good + "--chunk " + chunk, "--chunk needs a whole number from 1 to 1000000000");
  refused(good + "--backend abacus", "the backend 'abacus' is not compiled in");
}

TEST_F(ReconstructRefusals, AFullDiskLeavesThePreviousResult) {
  write_text(directory_ / "result.h5", "previous");
  const Outcome outcome = run_shell(
      directory_.path(), "ulimit -f 8 && '" GLINT_RECONSTRUCT_SOURCE "' good.h5 -o result.h5");
  expect_refusal(outcome, "'result.h5': file too large", program);
  EXPECT_EQ(read_text(directory_ / "result.h5"), "previous");
  EXPECT_THAT(directory_.contents(), ElementsAre("good.h5", "result.h5"));
}

TEST_F(ReconstructRefusals, HelpAndVersionAreAnswered) {
  const Outcome help = run_reconstruct(directory_.path(), "--help");
  EXPECT_EQ(help.code, 0);
  for (const char* words : {"Usage: reconstruct_source DATASET.h5 -o RESULT.h5", "--outputs NAMES",
                            "--kernel-tolerance T", "--curvature NAME", "--backend NAME"})
    EXPECT_THAT(help.out, HasSubstr(words));
  EXPECT_EQ(run_reconstruct(directory_.path(), "--version").code, 0);
}

}  // namespace
}  // namespace glint::test
