// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <limits>

#include "interferometry/golden_problem.hpp"
#include "io/interferometer_fixture.hpp"
#include "reconstruct.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> matrices{"w_compact",
                                        "w_preload",
                                        "w_tilde",
                                        "w_tilde_data",
                                        "dirty_image",
                                        "omega",
                                        "data_vector",
                                        "curvature_matrix",
                                        "curvature_matrix_exact",
                                        "mapping_matrix",
                                        "regularization_matrix_unit"};
const std::vector<std::string> terms{"regularization_term", "logdet_curvature_reg",
                                     "logdet_regularization", "log_likelihood"};

std::string input(const std::string& problem) { return concat("'", golden_path(problem), "'"); }

/// Runs the driver on a golden problem in a directory; the result is result.h5 there.
Outcome reconstruct(const TemporaryDirectory& directory, const std::string& problem,
                    const std::string& arguments) {
  const Outcome outcome =
      run_reconstruct(directory.path(), input(problem) + " -o result.h5 " + arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  return outcome;
}

void expect_golden(const fs::path& result, const std::string& problem) {
  const GoldenOutputs golden(problem);
  for (const std::string& name : matrices)
    EXPECT_LE(golden.error(name, read_output(result, name)), 1e-12) << name;
  EXPECT_LE(golden.error("reconstruction", read_output(result, "reconstruction")), 1e-8);
  for (const std::string& name : terms) {
    const double wanted = golden.number(name);
    EXPECT_NEAR(read_output(result, name)[0], wanted, 1e-8 * std::abs(wanted)) << name;
  }
  const double data_term = golden.number("data_term");
  for (const char* name : {"data_term", "chi_squared"})
    EXPECT_NEAR(read_output(result, name)[0], golden.number(name), 1e-12 * data_term) << name;
  const double norm = golden.number("noise_normalization");
  EXPECT_NEAR(read_output(result, "noise_normalization")[0], norm, 1e-12 * std::abs(norm));
}

TEST(ReconstructSource, GoldenProblems) {
  for (const std::string& problem : golden_problems) {
    SCOPED_TRACE(problem);
    const TemporaryDirectory directory;
    reconstruct(directory, problem, "--coefficient 1 --noise real --outputs all");
    expect_golden(directory / "result.h5", problem);
    // H of one coefficient for every term.
    EXPECT_EQ(read_output(directory / "result.h5", "regularization_matrix"),
              read_output(directory / "result.h5", "regularization_matrix_unit"));
  }
}

TEST(ReconstructSource, EveryRouteKernelAndBackend) {
  const std::string problem = "n12_k190_b3pad_unequal_noise";
  std::vector<std::string> ways{"--curvature dense", "--curvature products",
                                "--curvature automatic", "--kernel direct", "--kernel separable"};
  for (const std::string& name : backend_names()) ways.push_back("--backend " + name);
  for (const std::string& way : ways) {
    SCOPED_TRACE(way);
    const TemporaryDirectory directory;
    reconstruct(directory, problem, "--coefficient 1 --noise real --outputs all " + way);
    expect_golden(directory / "result.h5", problem);
  }
}

TEST(ReconstructSource, ExactNoise) {
  const std::string problem = "n12_k190_b3pad_unequal_noise";
  const GoldenOutputs golden(problem);
  for (const char* way : {"direct", "dense", "products"}) {
    SCOPED_TRACE(way);
    const TemporaryDirectory directory;
    const Outcome outcome =
        reconstruct(directory, problem, std::string("--outputs all --curvature ") + way);
    const fs::path result = directory / "result.h5";
    EXPECT_LE(golden.error("curvature_matrix_exact", read_output(result, "curvature_matrix")),
              1e-12);
    EXPECT_EQ(read_output(result, "curvature_matrix_exact"),
              read_output(result, "curvature_matrix"));
    EXPECT_LE(golden.error("regularization_matrix", read_output(result, "regularization_matrix")),
              1e-12);
    EXPECT_THAT(outcome.out, HasSubstr("coefficient   0.7, the data set's"));
    EXPECT_THAT(outcome.out, HasSubstr("noise         exact: real and imaginary parts differ"));
    // omega = W T, so T^T omega = F.
    const auto mapping = read_output(result, "mapping_matrix"),
               omega = read_output(result, "omega"),
               curvature = read_output(result, "curvature_matrix");
    const std::size_t sources = 24, pixels = 36;
    for (std::size_t s = 0; s < sources; ++s)
      for (std::size_t t = 0; t < sources; ++t) {
        double sum = 0.0;
        for (std::size_t m = 0; m < pixels; ++m)
          sum += mapping[m * sources + s] * omega[m * sources + t];
        EXPECT_NEAR(sum, curvature[s * sources + t], 1e-12 * curvature[0]);
      }
    double largest = 0.0;
    for (const double value : read_output(result, "w_hankel"))
      largest = std::max(largest, std::abs(value));
    EXPECT_GT(largest, 0.0);
  }
}

TEST(ReconstructSource, ChunksDoNotMatter) {
  const std::string problem = "n12_k190_b3pad_unequal_noise";
  const TemporaryDirectory whole;
  reconstruct(whole, problem, "");
  for (const char* chunk : {"1", "7", "189", "1000000000"}) {
    SCOPED_TRACE(chunk);
    const TemporaryDirectory directory;
    reconstruct(directory, problem, std::string("--chunk ") + chunk);
    for (const char* name : {"w_compact", "dirty_image", "log_likelihood", "chi_squared"}) {
      const auto one = read_output(whole / "result.h5", name),
                 other = read_output(directory / "result.h5", name);
      double largest = 0.0;
      for (const double value : one) largest = std::max(largest, std::abs(value));
      for (std::size_t k = 0; k < one.size(); ++k)
        ASSERT_NEAR(other[k], one[k], 1e-12 * largest) << name;
    }
  }
}

TEST(ReconstructSource, FlaggedVisibilitiesDoNotCount) {
  const TemporaryDirectory directory;
  RawDataSet data;
  data.inputs["flag"] = {{5}, {0, 1, 0, 1, 0}, H5T_STD_U8LE};
  data.inputs.at("data").values[2] = std::numeric_limits<double>::quiet_NaN();
  data.write(directory / "flagged.h5");
  RawDataSet rest;
  rest.inputs.at("uv_wavelengths") = {{3, 2}, {1, 2, 5, 6, 9, 10}};
  rest.inputs.at("data") = {{3, 2}, {-1, 1, -3, 3, -5, 5}};
  rest.inputs.at("noise_map") = {{3, 2}, {1, 2, 1, 2, 1, 2}};
  rest.write(directory / "rest.h5");
  const Outcome outcome =
      run_reconstruct(directory.path(), "flagged.h5 -o one.h5 --chunk 2 --outputs all");
  expect_success(outcome);
  EXPECT_THAT(outcome.out, HasSubstr("3 visibilities and 2 flagged"));
  expect_success(run_reconstruct(directory.path(), "rest.h5 -o other.h5 --outputs all"));
  for (const char* name : {"w_compact", "dirty_image", "w_tilde_data", "reconstruction"}) {
    const auto one = read_output(directory / "one.h5", name),
               other = read_output(directory / "other.h5", name);
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t k = 0; k < one.size(); ++k) EXPECT_NEAR(one[k], other[k], 1e-12) << name;
  }
  EXPECT_NEAR(read_output(directory / "one.h5", "log_likelihood")[0],
              read_output(directory / "other.h5", "log_likelihood")[0], 1e-9);
}

TEST(ReconstructSource, TheBestCoefficientHasTheLargestEvidence) {
  const TemporaryDirectory directory;
  const std::string problem = "n12_k190_b3pad_unequal_noise";
  const Outcome outcome = reconstruct(directory, problem, "--coefficient best");
  EXPECT_THAT(outcome.out, HasSubstr(", where the evidence is largest"));
  const fs::path result = directory / "result.h5";
  const double best = read_output(result, "log_likelihood")[0];
  const double coefficient = Hdf5Reader(result).number_attribute("/", "coefficient");
  for (const double factor : {0.1, 0.7, 0.99, 1.01, 1.5, 10.0}) {
    reconstruct(directory, problem, concat("--coefficient ", factor * coefficient));
    EXPECT_LT(read_output(result, "log_likelihood")[0], best) << factor;
  }
}

TEST(ReconstructSource, OutputsByName) {
  const TemporaryDirectory directory;
  const std::string problem = "n8_k7_b1";
  reconstruct(directory, problem, "");
  EXPECT_THAT(Hdf5Reader(directory / "result.h5").names("/outputs"),
              ElementsAre("chi_squared", "data_term", "dirty_image", "log_likelihood",
                          "logdet_curvature_reg", "logdet_regularization", "noise_normalization",
                          "reconstruction", "regularization_term", "w_compact"));
  reconstruct(directory, problem, "--outputs omega,data_vector,omega");
  EXPECT_THAT(Hdf5Reader(directory / "result.h5").names("/outputs"),
              ElementsAre("data_vector", "omega"));
  reconstruct(directory, problem, "--outputs w_hankel");
  EXPECT_THAT(read_output(directory / "result.h5", "w_hankel"), testing::Each(0.0));
  reconstruct(directory, problem, "--outputs all");
  const Hdf5Reader file(directory / "result.h5");
  EXPECT_EQ(file.names("/outputs").size(), reconstruction_output_names().size());
  EXPECT_EQ(file.text_attribute("/", "noise"), "exact");
  EXPECT_EQ(file.text_attribute("/", "curvature"), "direct");
  EXPECT_EQ(file.text_attribute("/", "backend"), backend_names().front());
  EXPECT_EQ(file.number_attribute("/", "coefficient"), 1.0);
}

TEST(ReconstructSource, SummaryAndPicture) {
  const TemporaryDirectory directory;
  const Outcome outcome = reconstruct(directory, "n30_k64_b3pad_blobs", "--png picture.png");
  EXPECT_THAT(directory.contents(), ElementsAre("picture.png", "result.h5"));
  for (const char* words :
       {"backend       " /* the name */, "64 visibilities, 218 of 30 x 30 pixels of 0.2 arcsec",
        "source        60 pixels, up to 3 to an image pixel", "evidence      log likelihood ",
        "chi squared ", "time          read ", "picture       picture.png", "curvature     direct",
        "result        result.h5: 10 outputs", "longest baseline "})
    EXPECT_THAT(outcome.out, HasSubstr(words));
  const std::string png = read_text(directory / "picture.png");
  ASSERT_GT(png.size(), 24U);
  EXPECT_EQ(png.substr(1, 3), "PNG");
  const auto number = [&](std::size_t at) {  // big-endian
    std::size_t value = 0;
    for (std::size_t k = at; k < at + 4; ++k)
      value = 256 * value + static_cast<unsigned char>(png[k]);
    return value;
  };
  EXPECT_EQ(number(16), 608U);
  EXPECT_EQ(number(20), 300U);
}

TEST(ReconstructSource, DenseOutputsHaveALimit) {
  const TemporaryDirectory directory;
  SourceModel model;
  const std::size_t side = 91, pixels = side * side;
  model.grid = {side, side, 0.1};
  model.mask = Matrix<std::uint8_t>("mask", side, side);
  model.indexes = Matrix<std::int64_t>("indexes", pixels, 1);
  model.weights = Matrix<double>("weights", pixels, 1);
  Kokkos::deep_copy(model.weights, 1.0);
  model.neighbours = Matrix<std::int64_t>("neighbours", 1, 1);
  model.neighbours(0, 0) = -1;
  UvData<> data(1);
  data.u(0) = 1000, data.re(0) = 1, data.noise_re(0) = 1, data.noise_im(0) = 1;
  write_data_set(directory / "wide.h5", model, data);
  const Outcome outcome = run_reconstruct(directory.path(), "wide.h5 -o r.h5 --outputs all");
  expect_success(outcome);
  EXPECT_THAT(outcome.out,
              HasSubstr("without     w_tilde and omega, which are written for up to 8192 pixels"));
  EXPECT_THAT(Hdf5Reader(directory / "r.h5").names("/outputs"), Not(testing::Contains("omega")));
  fs::remove(directory / "r.h5");
  for (const char* arguments : {"--outputs omega", "--outputs all,w_tilde", "--curvature dense"}) {
    expect_refusal(run_reconstruct(directory.path(), std::string("wide.h5 -o r.h5 ") + arguments),
                   "8192 pixels, and the mask keeps 8281", "reconstruct_source");
    EXPECT_THAT(directory.contents(), ElementsAre("wide.h5"));
  }
}

}  // namespace
}  // namespace glint::test
