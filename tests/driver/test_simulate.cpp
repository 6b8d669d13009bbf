// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/backends.hpp>
#include <glint/circular_mask.hpp>
#include <glint/interferometry_io.hpp>
#include <glint/predict_visibilities.hpp>
#include <set>

#include "driver.hpp"

namespace glint::test {
namespace {

const std::string simulator = GLINT_SIMULATE_INTERFEROMETER;

class Simulate : public ::testing::Test {
 protected:
  Outcome run(const std::string& arguments) {
    SCOPED_TRACE(arguments);
    const Outcome outcome = run_program(directory_.path(), simulator, arguments + " -o mock.h5");
    expect_success(outcome);
    return outcome;
  }

  /// Reading checks indexes, symmetric neighbours, finite visibilities and positive noise.
  InterferometerFile simulated(const std::string& arguments) {
    run(arguments);
    return InterferometerFile(directory_ / "mock.h5");
  }

  TemporaryDirectory directory_;
};

std::size_t row_size(const Matrix<std::int64_t>& table, std::size_t row) {
  std::size_t size = 0;
  while (size < table.extent(1) && table(row, size) >= 0) ++size;
  return size;
}

TEST_F(Simulate, HasTheSizesAskedFor) {
  const auto file = simulated("--n 30 --visibilities 190 --sources 716 --mapping 3");
  EXPECT_EQ(file.model().grid.ny, 30U);
  EXPECT_EQ(file.model().grid.pixel_scale, 0.05);
  EXPECT_EQ(file.model().pixels(), 716U);
  EXPECT_EQ(file.model().sources(), 716U);
  EXPECT_EQ(file.model().indexes.extent(1), 3U);
  EXPECT_EQ(file.count(), 190U);
  EXPECT_GT(file.model().coefficient, 0.0);
  EXPECT_EQ(simulated("--n 64 --visibilities 7 --sources 1").model().pixels(), 3228U);

  const Matrix<std::uint8_t> mask("glint::test::mask", 30, 30);
  circular_mask(Kokkos::DefaultHostExecutionSpace(), {0.05, 0.05}, 0.75, mask);
  for (std::size_t i = 0; i < 30; ++i)
    for (std::size_t j = 0; j < 30; ++j)
      EXPECT_EQ(file.model().mask(i, j), mask(i, j)) << i << ' ' << j;
}

/// Corners of triangles: three different source pixels, or the nearest alone at the rim.
TEST_F(Simulate, MapsByTriangles) {
  const auto file = simulated("--n 30 --visibilities 10 --sources 400");
  const SourceModel& model = file.model();
  std::size_t corners = 0;
  std::set<std::int64_t> used;
  for (std::size_t m = 0; m < model.pixels(); ++m) {
    const std::size_t size = row_size(model.indexes, m);
    EXPECT_TRUE(size == 3 || size == 1) << m;
    corners += size == 3;
    double sum = 0.0;
    std::set<std::int64_t> different;
    for (std::size_t b = 0; b < size; ++b) {
      EXPECT_GE(model.weights(m, b), 0.0) << m;
      sum += model.weights(m, b);
      different.insert(model.indexes(m, b));
    }
    used.insert(different.begin(), different.end());
    EXPECT_EQ(different.size(), size) << m;
    EXPECT_NEAR(sum, 1.0, 1e-15) << m;
    if (size < 3) continue;
    // A triangle's corners are neighbours.
    const auto s = static_cast<std::size_t>(model.indexes(m, 0));
    for (std::size_t b = 1; b < 3; ++b) {
      std::set<std::int64_t> around;
      for (std::size_t p = 0; p < row_size(model.neighbours, s); ++p)
        around.insert(model.neighbours(s, p));
      EXPECT_EQ(around.count(model.indexes(m, b)), 1U) << m;
    }
  }
  EXPECT_GT(corners, 9 * model.pixels() / 10);
  EXPECT_GT(used.size(), 19 * model.sources() / 20);
}

TEST_F(Simulate, MapsToTheNearest) {
  for (const std::size_t width : {1, 2, 4, 50}) {
    const auto file = simulated(concat("--n 12 --visibilities 3 --sources 50 --mapping ", width));
    const SourceModel& model = file.model();
    ASSERT_EQ(model.indexes.extent(1), width);
    for (std::size_t m = 0; m < model.pixels(); ++m) {
      double sum = 0.0;
      std::set<std::int64_t> different;
      for (std::size_t b = 0; b < width; ++b) {
        different.insert(model.indexes(m, b));
        sum += model.weights(m, b);
        EXPECT_LE(model.weights(m, b), b ? model.weights(m, b - 1) : 1.0);
        EXPECT_GT(model.weights(m, b), 0.0);
      }
      EXPECT_EQ(different.size(), width);
      EXPECT_NEAR(sum, 1.0, 1e-14);
    }
  }
}

/// A planar graph of S points has at most 3 S - 6 edges; triangles about most points give nearly as
/// many. (That it is symmetric has been checked on reading.)
TEST_F(Simulate, HasPlanarNeighbours) {
  const auto file = simulated("--n 64 --visibilities 3 --sources 3228 --neighbours 100");
  const Matrix<std::int64_t>& neighbours = file.model().neighbours;
  ASSERT_EQ(neighbours.extent(1), 100U);
  std::size_t ends = 0;
  for (std::size_t s = 0; s < 3228; ++s) {
    const std::size_t size = row_size(neighbours, s);
    EXPECT_GE(size, 1U);
    ends += size;
  }
  EXPECT_LE(ends / 2, 3 * 3228U - 6);
  EXPECT_GE(ends / 2, 3 * 3228U - 200);
}

TEST_F(Simulate, TracksReachTheNyquistLimit) {
  for (const char* count : {"1", "3", "190", "20000"}) {
    const auto file = simulated(concat("--n 20 --sources 30 --visibilities ", count));
    const UvData<> data = file.visibilities(0, file.count());
    const double limit = 0.5 / file.model().grid.step();
    double longest = 0.0;
    std::set<std::pair<double, double>> places;
    for (std::size_t k = 0; k < data.size(); ++k) {
      longest = std::max(longest, std::hypot(data.u(k), data.v(k)));
      places.emplace(data.u(k), data.v(k));
      places.emplace(-data.u(k), -data.v(k));
    }
    EXPECT_LE(longest, limit);
    EXPECT_GT(longest, (1.0 - 1e-9) * limit);
    EXPECT_EQ(places.size(), 2 * data.size()) << "a visibility is there twice, or mirrored";
  }
}

TEST_F(Simulate, FlatBaselinesLieInTheUnitSquare) {
  const auto file = simulated("--n 20 --sources 30 --visibilities 1000 --flat");
  const UvData<> data = file.visibilities(0, 1000);
  double mean = 0.0;
  for (std::size_t k = 0; k < 1000; ++k) {
    EXPECT_TRUE(data.u(k) >= 0.0 && data.u(k) < 1.0 && data.v(k) >= 0.0 && data.v(k) < 1.0);
    mean += (data.u(k) + data.v(k)) / 2000.0;
  }
  EXPECT_NEAR(mean, 0.5, 0.05);
}

TEST_F(Simulate, NoiseIsEqualUnlessAsked) {
  const auto equal = simulated("--n 20 --sources 30 --visibilities 500").visibilities(0, 500);
  std::set<double> levels;
  for (std::size_t k = 0; k < 500; ++k) {
    EXPECT_EQ(equal.noise_re(k), equal.noise_im(k));
    levels.insert(equal.noise_re(k));
  }
  EXPECT_GT(levels.size(), 100U);
  const auto unequal =
      simulated("--n 20 --sources 30 --visibilities 500 --unequal-noise").visibilities(0, 500);
  double least = 1.0, most = 1.0;
  for (std::size_t k = 0; k < 500; ++k) {
    const double ratio = unequal.noise_re(k) / unequal.noise_im(k);
    least = std::min(least, ratio);
    most = std::max(most, ratio);
  }
  EXPECT_LT(least, 0.5);
  EXPECT_GT(most, 2.0);
}

/// All visibilities together measure the flux to 1/200; at zero spacing it is 1.
TEST_F(Simulate, NoiseHasItsLevel) {
  const std::size_t count = 40000;
  const auto file = simulated(concat("--n 20 --sources 30 --flat --visibilities ", count));
  const UvData<> data = file.visibilities(0, count);
  double weight = 0.0, flux = 0.0, re = 0.0, im = 0.0, both = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const double w = 1.0 / (data.noise_re(k) * data.noise_re(k));
    weight += w;
    flux += w * data.re(k);
    const double x = (data.re(k) - 1.0) / data.noise_re(k), y = data.im(k) / data.noise_im(k);
    re += x * x;
    im += y * y;
    both += x * y;
  }
  const auto n = static_cast<double>(count);
  EXPECT_NEAR(std::sqrt(weight), 200.0, 1e-9);
  EXPECT_NEAR(flux / weight, 1.0, 4.0 / 200.0);
  EXPECT_NEAR(re / n, 1.0, 0.03);
  EXPECT_NEAR(im / n, 1.0, 0.03);
  EXPECT_NEAR(both / n, 0.0, 0.02);
}

/// The source is seen: visibilities stay far above their noise on short baselines, and not on all.
TEST_F(Simulate, VisibilitiesHoldStructure) {
  const auto file = simulated("--n 32 --sources 300 --visibilities 5000");
  const UvData<> data = file.visibilities(0, 5000);
  const double limit = 0.5 / file.model().grid.step();
  double short_power = 0.0, long_power = 0.0, short_noise = 0.0, long_noise = 0.0;
  for (std::size_t k = 0; k < 5000; ++k) {
    const double power = data.re(k) * data.re(k) + data.im(k) * data.im(k);
    const double noise = 2.0 * data.noise_re(k) * data.noise_re(k);
    const bool is_short = std::hypot(data.u(k), data.v(k)) < 0.02 * limit;
    (is_short ? short_power : long_power) += power;
    (is_short ? short_noise : long_noise) += noise;
  }
  EXPECT_GT(short_power, 3.0 * short_noise);
  EXPECT_GT(long_power, long_noise);
  EXPECT_LT(long_power, 3.0 * long_noise);
}

TEST_F(Simulate, TheSameOptionsMakeTheSameFile) {
  const std::string options = "--n 24 --sources 100 --visibilities 300 --unequal-noise --seed ";
  run(options + "7");
  const std::string first = read_text(directory_ / "mock.h5");
  run(options + "7");
  EXPECT_TRUE(first == read_text(directory_ / "mock.h5"));
  run(options + "8");
  EXPECT_FALSE(first == read_text(directory_ / "mock.h5"));
}

TEST_F(Simulate, TakesTheSmallestSizes) {
  for (const char* sizes : {"--n 1 --sources 1", "--n 2 --sources 1", "--n 2 --sources 2",
                            "--n 2 --sources 4", "--n 3 --sources 3 --mapping 2"}) {
    const auto file = simulated(sizes + std::string(" --visibilities 2"));
    EXPECT_EQ(file.count(), 2U) << sizes;
    EXPECT_EQ(file.visibilities(0, 2).size(), 2U) << sizes;
  }
}

TEST_F(Simulate, SaysWhatItMade) {
  const std::string backend = backend_names().front();
  const Outcome outcome = run("--n 30 --sources 100 --visibilities 190 --backend " + backend);
  EXPECT_THAT(outcome.out, ::testing::HasSubstr("backend       " + backend));
  for (const char* words : {"716 of 30 x 30 pixels of 0.05 arcsec", "100 pixels with up to",
                            "190 of 7 antennas in 10 integrations", "real and imaginary part equal",
                            "mock.h5, seed 1", "time"})
    EXPECT_THAT(outcome.out, ::testing::HasSubstr(words));
}

}  // namespace
}  // namespace glint::test
