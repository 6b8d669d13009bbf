// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/catalogue_io.hpp>
#include <glint/hdf5_file.hpp>
#include <glint/image_io.hpp>

#include "driver.hpp"
#include "support/golden.hpp"

namespace glint::test {
namespace {

using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string header = "x,y,flux,re,n,q,theta\n";

double total(const Image<double>& image) {
  double sum = 0.0;
  for (std::size_t k = 0; k < image.size(); ++k) sum += image.data()[k];
  return sum;
}

TEST(DriverResults, ThreeGalaxiesMatchTheirExactPixels) {
  const TemporaryDirectory directory;
  expect_success(run_driver(directory.path(),
                            three_galaxies + " --size 500 500 -o image.h5 --tolerance 1e-10"));
  const Image<double> image = read_image(directory / "image.h5");
  ASSERT_EQ(image.extent(0), 500U);
  ASSERT_EQ(image.extent(1), 500U);
  for (const std::vector<double>& row : golden("scene000_pixels.txt")) {
    const double exact = row[2] + row[3] + row[4];
    EXPECT_NEAR(image(static_cast<int>(row[0]), static_cast<int>(row[1])), exact, 1e-10 * exact);
  }
  EXPECT_THAT(directory.contents(), ElementsAre("image.h5"));
}

TEST(DriverResults, CentreSamplesMatchToo) {
  const TemporaryDirectory directory;
  const Outcome outcome =
      run_driver(directory.path(), three_galaxies + " --size 500 500 -o c.h5 --integrator centre");
  expect_success(outcome);
  EXPECT_THAT(outcome.out, HasSubstr("not integrated"));
  const Image<double> image = read_image(directory / "c.h5");
  for (const std::vector<double>& row : golden("scene000_pixels.txt")) {
    const double sample = row[5] + row[6] + row[7];
    EXPECT_NEAR(image(static_cast<int>(row[0]), static_cast<int>(row[1])), sample, 1e-12 * sample);
  }
  const ImageMetadata metadata = read_image_metadata(directory / "c.h5");
  EXPECT_EQ(metadata.integrator, "centre");
  EXPECT_TRUE(std::isnan(metadata.tolerance));
}

TEST(DriverResults, RulesAndRefinementOfTheFlatGalaxy) {
  const TemporaryDirectory directory;
  write_text(directory / "flat.csv", header +
                                         "0.2,0.3,1000,7.943282347242815,5.011872336272723,"
                                         "0.1,0.1\n");
  struct Case {
    std::string arguments;
    int column;  // of the golden table; 0 for none
    std::string words, integrator;
  };
  const std::vector<Case> cases{
      {"--integrator gauss-legendre", 3, "by a rule of 3 x 3 nodes each", "gauss-legendre"},
      {"--integrator gauss-legendre --order 7", 5, "7 x 7 nodes", "gauss-legendre"},
      {"--integrator clenshaw-curtis --order 7", 6, "(clenshaw-curtis)", "clenshaw-curtis"},
      {"--integrator midpoint --order 7", 7, "(midpoint), whatever its error", "midpoint"},
      {"--integrator gauss-kronrod --tolerance 1e-3", 8, "15 x 15 nodes", "gauss-kronrod"},
      {"--integrator refine", 0,
       "refined until each cell's error estimate is below 1e-06 (refine), which 591 cells do not",
       "refine"},
      {"--integrator refine --order 5 --oversample 2 --base-oversample 2 --precision-goal 1e-3 "
       "--refine-fraction 0.5 --max-level 12",
       0, "is below 0.001 (refine), which all reach", "refine"}};
  const auto rules = golden("scene001_rules.txt");
  for (const Case& one : cases) {
    SCOPED_TRACE(one.arguments);
    const Outcome outcome =
        run_driver(directory.path(), "flat.csv --size 90 100 -o i.h5 " + one.arguments);
    expect_success(outcome);
    EXPECT_THAT(outcome.out, HasSubstr(one.words));
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 5) << outcome.out;
    const Image<double> image = read_image(directory / "i.h5");
    for (const auto& row : rules) {
      const double got = image(static_cast<int>(row[0]), static_cast<int>(row[1]));
      if (one.column)
        EXPECT_NEAR(got, row[one.column], 1e-13 * row[one.column]);
      else
        EXPECT_NEAR(got, row[2], 4e-5 * row[2]);
    }
    const ImageMetadata metadata = read_image_metadata(directory / "i.h5");
    EXPECT_EQ(metadata.integrator, one.integrator);
    EXPECT_TRUE(std::isnan(metadata.tolerance));
  }
}

TEST(DriverResults, SummaryIsFiveLinesThatSayWhatWasDone) {
  const TemporaryDirectory directory;
  const Outcome outcome =
      run_driver(directory.path(), three_galaxies + " --size 60 50 -o image.h5 --tolerance 1e-6");
  expect_success(outcome);
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 5) << outcome.out;
  for (const char* words : {"backend", "3 profiles", "60 x 50", "total flux 52000", "1e-06",
                            "(exact)", "read", "prepare", "render", "write"})
    EXPECT_THAT(outcome.out, HasSubstr(words));
  const ImageMetadata metadata = read_image_metadata(directory / "image.h5");
  EXPECT_EQ(metadata.tolerance, 1e-6);
  EXPECT_EQ(metadata.precision, "double");
  EXPECT_THAT(outcome.out, HasSubstr("backend    " + metadata.backend));
}

TEST(DriverResults, ErrorMapBoundsEveryPixelAndIsReported) {
  const TemporaryDirectory directory;
  const std::string command = three_galaxies + " --size 60 70 -o ";
  const Outcome outcome = run_driver(directory.path(), command + "image.h5 --error");
  expect_success(outcome);
  EXPECT_THAT(outcome.out, ContainsRegex("error +at most .*, every pixel within what was asked"));
  expect_success(run_driver(directory.path(), command + "exact.h5 --tolerance 1e-12"));
  const auto image = read_image(directory / "image.h5"), exact = read_image(directory / "exact.h5");
  const auto error = read_error_map(directory / "image.h5");
  for (int i = 0; i < 60; ++i)
    for (int j = 0; j < 70; ++j) {
      EXPECT_LE(std::abs(image(i, j) - exact(i, j)), error(i, j)) << i << " " << j;
      EXPECT_LE(error(i, j), 1e-8 * exact(i, j)) << i << " " << j;
    }
  const Outcome refined = run_driver(
      directory.path(), command + "refined.h5 --error --integrator refine --precision-goal 1e-14");
  expect_success(refined);
  EXPECT_THAT(refined.out, ContainsRegex("error .* of 4200 pixels beyond what was asked for"));
}

TEST(DriverResults, StackPlanesAddUpToTheImage) {
  const TemporaryDirectory directory;
  expect_success(run_driver(directory.path(), three_galaxies + " --size 80 70 -o s.h5 --stack"));
  const Image<double> image = read_image(directory / "s.h5");
  const ImageStack<double> stack = read_image_stack(directory / "s.h5");
  ASSERT_EQ(stack.extent(0), 3U);
  for (int row = 0; row < 80; ++row)
    for (int column = 0; column < 70; ++column) {
      const double sum = stack(0, row, column) + stack(1, row, column) + stack(2, row, column);
      ASSERT_NEAR(image(row, column), sum, 1e-13 * sum);
    }
}

TEST(DriverResults, SinglePrecisionIsTheRoundedDouble) {
  const TemporaryDirectory directory;
  write_text(directory / "one.csv", header + "0.3,-2,100,3,2,0.7,0.5\n");
  expect_success(run_driver(directory.path(), "one.csv --size 30 31 -o double.h5"));
  expect_success(
      run_driver(directory.path(), "one.csv --size 30 31 -o single.h5 --precision single"));
  EXPECT_TRUE(Hdf5Reader(directory / "single.h5").is_single_precision("/image"));
  EXPECT_EQ(read_image_metadata(directory / "single.h5").precision, "single");
  const Image<double> wide = read_image(directory / "double.h5");
  const Image<double> narrow = read_image(directory / "single.h5");
  for (std::size_t k = 0; k < wide.size(); ++k)
    ASSERT_NEAR(narrow.data()[k], wide.data()[k], 1e-6 * wide.data()[k]);
}

TEST(DriverResults, EmptyCatalogueGivesAZeroImageAndSaysSo) {
  const TemporaryDirectory directory;
  write_text(directory / "none.csv", header);
  write_catalogue(directory / "none.h5", Catalogue<>(0));
  for (const char* catalogue : {"none.csv", "none.h5"}) {
    const Outcome outcome = run_driver(
        directory.path(), std::string(catalogue) + " --size 7 9 -o zero.h5 --png zero.png --stack");
    expect_success(outcome);
    EXPECT_THAT(outcome.out, HasSubstr("empty, so the image is zero everywhere"));
    const Image<double> image = read_image(directory / "zero.h5");
    ASSERT_EQ(image.size(), 63U);
    for (std::size_t k = 0; k < image.size(); ++k) EXPECT_EQ(image.data()[k], 0.0);
    EXPECT_EQ(read_image_stack(directory / "zero.h5").extent(0), 0U);
    EXPECT_TRUE(fs::exists(directory / "zero.png"));
  }
}

TEST(DriverResults, NegativeFluxIsAllowed) {
  const TemporaryDirectory directory;
  write_text(directory / "dark.csv", header + "0,0,-50,2,1,1,0\n");
  expect_success(run_driver(directory.path(), "dark.csv --size 101 101 -o dark.h5"));
  EXPECT_NEAR(total(read_image(directory / "dark.h5")), -50.0, 1e-4);
}

TEST(DriverResults, Hdf5CatalogueGivesTheSameFileAsCsv) {
  const TemporaryDirectory directory;
  write_catalogue(directory / "three.h5", read_catalogue(three_galaxies, PixelGrid{50, 50}));
  expect_success(run_driver(directory.path(), three_galaxies + " --size 50 50 -o from_csv.h5"));
  expect_success(run_driver(directory.path(), "three.h5 --size 50 50 -o from_hdf5.h5"));
  EXPECT_EQ(read_text(directory / "from_csv.h5"), read_text(directory / "from_hdf5.h5"));
}

TEST(DriverResults, EveryKindOfProfileIsReachableFromTheCatalogue) {
  const TemporaryDirectory directory;
  const std::string catalogue = GLINT_EXAMPLE_DATA "/mixed_profiles.csv";
  const Outcome outcome =
      run_driver(directory.path(), "'" + catalogue + "' --size 120 120 -o mixed.h5 --stack");
  expect_success(outcome);
  EXPECT_THAT(outcome.out, HasSubstr("9 profiles, total flux 9800"));
  const ImageStack<double> stack = read_image_stack(directory / "mixed.h5");
  ASSERT_EQ(stack.extent(0), 9U);
  // Complete inside their outer radii; the others lose what lies outside of the frame.
  const std::vector<double> flux{1500, 800, 900, 2000, 700, 600, 1200, 1000, 1100};
  for (std::size_t p = 0; p < 9; ++p) {
    double sum = 0.0;
    for (std::size_t k = 0; k < 120 * 120; ++k) sum += stack.data()[p * 120 * 120 + k];
    const bool bounded = p == 4 || p == 5 || p == 6;
    EXPECT_NEAR(sum, flux[p], (bounded ? 1e-12 : 0.1) * flux[p]) << p;
  }
  write_catalogue(directory / "mixed_in.h5", read_catalogue(catalogue, PixelGrid{120, 120}));
  expect_success(run_driver(directory.path(), "mixed_in.h5 --size 120 120 -o again.h5 --stack"));
  EXPECT_EQ(read_text(directory / "again.h5"), read_text(directory / "mixed.h5"));
}

TEST(DriverResults, OriginOneIsTheFitsReading) {
  const TemporaryDirectory directory;
  write_text(directory / "centre.csv", header + "-1.5,2,10,2,1,0.5,0.3\n");
  write_text(directory / "one.csv", "# origin = one\n" + header + "4,8,10,2,1,0.5,0.3\n");
  expect_success(run_driver(directory.path(), "centre.csv --size 11 10 -o centre.h5"));
  expect_success(run_driver(directory.path(), "one.csv --size 11 10 -o one.h5"));
  EXPECT_EQ(read_text(directory / "centre.h5"), read_text(directory / "one.h5"));
}

TEST(DriverResults, ReplacesItsOwnOutputs) {
  const TemporaryDirectory directory;
  const std::string command = three_galaxies + " --size 40 40 -o image.h5 --png image.png";
  expect_success(run_driver(directory.path(), command));
  const std::string image = read_text(directory / "image.h5");
  const std::string picture = read_text(directory / "image.png");
  EXPECT_THAT(picture.substr(0, 8), ContainsRegex("PNG"));
  expect_success(run_driver(directory.path(), command));
  EXPECT_EQ(read_text(directory / "image.h5"), image);
  EXPECT_EQ(read_text(directory / "image.png"), picture);
  EXPECT_THAT(directory.contents(), ElementsAre("image.h5", "image.png"));
}

TEST(RawTable, PrintsTheExampleCatalogue) {
  const TemporaryDirectory directory;
  const Outcome outcome = run_shell(directory.path(), std::string("'") + GLINT_RAW_TABLE + "'");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, read_text(three_galaxies));
}

}  // namespace
}  // namespace glint::test
