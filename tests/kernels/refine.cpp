// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/integrate.hpp>
#include <glint/refine.hpp>
#include <numeric>
#include <support/functions.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::flat_galaxy;
using test::flat_galaxy_grid;
using test::GalaxyBrightness;
using test::to_device;
using test::to_host;
using test::Worst;

template <class Case>
class Refine : public testing::Test {};
TYPED_TEST_SUITE(Refine, test::SpacesAndPrecisions, test::CaseName);

template <class Space>
auto flat_refinement(const Space& space, const RefinementOptions& options = {}) {
  const auto refinement =
      make_refinement(space, flat_galaxy_grid.ny * flat_galaxy_grid.nx, options);
  prepare_refinement(space, GalaxyBrightness(flat_galaxy), flat_galaxy_grid, refinement);
  return refinement;
}

/// The published run: base 1, order 3, 3 x 3 children, precision 1e-6, a tenth refined, 5 levels.
TYPED_TEST(Refine, LogOfTheFlatGalaxy) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto refinement = flat_refinement(space);
  EXPECT_EQ(refinement.split(), 900u);
  const auto log = refinement_log(space, refinement);
  const std::size_t cells[] = {9000, 8100, 8100, 8100, 8100, 8100};
  const std::size_t imprecise[] = {1032, 1094, 945, 693, 412, 220};
  const double max_error[] = {71.5863, 58.1407, 5.55006, 2.13465, 0.190887, 0.0470296};
  ASSERT_EQ(log.size(), 6u);
  for (int k = 0; k < 6; ++k) {
    EXPECT_EQ(log[k].level, k);
    EXPECT_EQ(log[k].cells, cells[k]) << k;
    EXPECT_EQ(log[k].imprecise, imprecise[k]) << k;
    EXPECT_NEAR(log[k].max_error, max_error[k], 5.1e-6 * max_error[k]) << k;
  }
  EXPECT_EQ(unmet_cells(refinement, log), 132u + 194u + 45u + 0u + 0u + 220u);

  const auto image = make_image<T>(space, flat_galaxy_grid, "glint::test::image");
  apply_refinement(space, refinement, image);
  const Image<T> host("glint::test::host", 90, 100);
  copy(space, host, image);
  compat::fence(space, "glint::test::image");
  const auto exact = test::golden("scene001_image.txt");
  double worst = 0.0, worst_relative = 0.0, flux_error = 0.0;
  for (int row = 0; row < 90; ++row)
    for (int column = 0; column < 100; ++column) {
      const double error = host(row, column) - exact[row][column];
      worst = std::max(worst, std::abs(error));
      worst_relative = std::max(worst_relative, std::abs(error) / exact[row][column]);
      flux_error += error;
    }
  const double rounding = std::is_same_v<T, float> ? 1e-4 : 0.0;
  EXPECT_NEAR(worst, 0.003674, 5e-7 + rounding);
  EXPECT_NEAR(worst_relative, 3.161e-5, 5e-9 + 1e-3 * rounding);
  EXPECT_NEAR(flux_error, -0.00332388, 5e-9 + rounding);
}

/// Few distinct errors, so that most of them tie; NaN where the last digit of the row says so.
struct Striped {
  bool with_nan;
  KOKKOS_FUNCTION double operator()(double i, double) const {
    const int row = static_cast<int>(i + 1000.5) % 7;
    if (with_nan && row == 3) return math::sqrt(-1.0 - i * i);
    return (1 + row % 3) * i * i * i * i * i * i * (row % 2 ? 1e-9 : 1e-12);
  }
};

/// What the selection must give: larger error first, then lower index, NaN last; listed ascending.
std::vector<int> worst_cells(const std::vector<double>& errors, std::size_t count) {
  std::vector<int> order(errors.size());
  std::iota(order.begin(), order.end(), 0);
  const auto rank = [&](int c) { return std::isnan(errors[c]) ? -1.0 : errors[c]; };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return rank(a) > rank(b); });
  order.resize(count);
  std::sort(order.begin(), order.end());
  return order;
}

TYPED_TEST(Refine, SelectsLargerErrorsThenLowerIndicesThenNan) {
  using Space = typename TypeParam::space;
  const Space space;
  for (const PixelGrid grid : {PixelGrid{1, 1}, {1, 13}, {37, 1}, {29, 31}, {64, 40}})
    for (const bool with_nan : {false, true})
      for (const double share : {0.013, 0.1, 0.5, 0.97, 1.0}) {
        RefinementOptions options;
        options.frac_refine = share;
        options.precision = 0.0;
        options.k_max = 1;
        options.oversample = 2;
        const std::size_t cells = grid.ny * grid.nx;
        const auto refinement = make_refinement(space, cells, options);
        const auto split = static_cast<std::size_t>(share * static_cast<double>(cells));
        ASSERT_EQ(refinement.split(), split);
        const Striped f{with_nan};
        prepare_refinement(space, f, grid, refinement);
        if (split == 0) {
          EXPECT_EQ(refinement.index.extent(0), 0u);
          continue;
        }
        const auto i = test::device_vector<double>(space, cells);
        const auto j = test::device_vector<double>(space, cells);
        pixel_centres(space, grid, i, j);
        const auto values = test::device_vector<double>(space, cells);
        const auto errors = test::device_vector<double>(space, cells);
        integrate_with_error(space, f, i, j, make_error_rules(space, 3), values, errors);
        const auto index = to_host(space, Kokkos::subview(refinement.index, 0, Kokkos::ALL()));
        EXPECT_EQ(std::vector<int>(index.begin(), index.end()),
                  worst_cells(to_host(space, errors), split))
            << grid.ny << " x " << grid.nx << " share " << share << " NaN " << with_nan;
      }
}

/// Listed cells and the frame's own are the same thing.
TYPED_TEST(Refine, ListedCellsGiveTheSameAsTheFrame) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  RefinementOptions options;
  options.base_oversample = 2;
  options.oversample = 2;
  options.frac_refine = 0.05;
  options.order = 4;
  options.precision = 1e-7;
  const PixelGrid grid{17, 11};
  const std::size_t cells = 4 * grid.ny * grid.nx;
  const GalaxyBrightness f(test::assorted()[1]);
  const auto i = test::device_vector<double>(space, cells);
  const auto j = test::device_vector<double>(space, cells);
  pixel_centres(space, grid, i, j, 2);
  const auto refinement = make_refinement(space, cells, options);
  const auto listed = test::device_vector<T>(space, cells);
  const auto framed = test::device_vector<T>(space, cells);
  const auto image = make_image<T>(space, {2 * grid.ny, 2 * grid.nx}, "glint::test::image");
  prepare_refinement(space, f, i, j, refinement);
  apply_refinement(space, refinement, listed);
  prepare_refinement(space, f, grid, refinement);
  apply_refinement(space, refinement, image);
  apply_refinement(space, refinement, framed);  // once more: nothing is added twice
  const auto a = to_host(space, listed), b = to_host(space, framed);
  EXPECT_EQ(a, b);
  const Image<T> host("glint::test::host", 2 * grid.ny, 2 * grid.nx);
  copy(space, host, image);
  compat::fence(space, "glint::test::image");
  for (std::size_t c = 0; c < cells; ++c) EXPECT_EQ(host.data()[c], a[c]) << c;
}

/// A narrow peak inside one pixel, of flux 0.02 pi.
struct Peak {
  KOKKOS_FUNCTION double operator()(double i, double j) const {
    return math::exp(-50.0 * (i * i + j * j));
  }
};

TYPED_TEST(Refine, StopsWhenEveryCellIsGoodEnough) {
  using Space = typename TypeParam::space;
  const Space space;
  const PixelGrid grid{9, 9};
  RefinementOptions options;
  options.frac_refine = 0.5;
  options.k_max = 12;
  options.order = 5;
  options.precision = 1e-9;
  const auto refinement = make_refinement(space, 81, options);
  prepare_refinement(space, Peak(), grid, refinement);
  const auto log = refinement_log(space, refinement);
  ASSERT_GT(log.size(), 1u);
  ASSERT_LT(log.size(), 13u);
  for (std::size_t k = 0; k + 1 < log.size(); ++k) EXPECT_GT(log[k].imprecise, 0u);
  EXPECT_EQ(log.back().imprecise, 0u);
  EXPECT_LE(log.back().max_error, options.precision);
  EXPECT_EQ(unmet_cells(refinement, log), 0u);
  const auto values = test::device_vector<double>(space, 81);
  apply_refinement(space, refinement, values);
  double total = 0.0;
  for (const double value : to_host(space, values)) total += value;
  EXPECT_NEAR(total, 0.02 * constants::pi, 81 * options.precision);
}

TYPED_TEST(Refine, NoLevelsOrNoShareLeavesTheCoarseValues) {
  using Space = typename TypeParam::space;
  const Space space;
  const PixelGrid grid{5, 7};
  for (const auto& [share, k_max] : {std::pair{0.0, 5}, std::pair{0.02, 5}, std::pair{0.5, 0}}) {
    RefinementOptions options;
    options.frac_refine = share;
    options.k_max = k_max;
    const auto refinement = make_refinement(space, 35, options);
    prepare_refinement(space, Peak(), grid, refinement);
    const auto log = refinement_log(space, refinement);
    ASSERT_EQ(log.size(), 1u);
    EXPECT_EQ(log[0].cells, 35u);
    EXPECT_EQ(unmet_cells(refinement, log), log[0].imprecise);
    const auto before = to_host(space, refinement.initial);
    const auto values = test::device_vector<double>(space, 35);
    apply_refinement(space, refinement, values);
    EXPECT_EQ(to_host(space, values), before);
  }
}

TYPED_TEST(Refine, BadInputIsRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto refused = [](const auto& action, const std::string& sentence) {
    try {
      action();
      ADD_FAILURE() << sentence << " was expected";
    } catch (const Error& error) {
      EXPECT_EQ(error.sentence(), sentence);
    }
  };
  const auto with = [&](auto RefinementOptions::*member, auto value) {
    RefinementOptions options;
    options.*member = value;
    make_refinement(space, 10, options);
  };
  refused([&] { with(&RefinementOptions::order, 1); },
          "the order of the error estimate must lie in 2 to 33, not 1");
  refused([&] { with(&RefinementOptions::oversample, 1); },
          "the oversampling from level to level must lie in 2 to 33, not 1");
  refused([&] { with(&RefinementOptions::base_oversample, 0); },
          "the base oversampling must lie in 1 to 1000, not 0");
  refused([&] { with(&RefinementOptions::precision, std::nan("")); },
          "the precision goal must be a number from 0 up, not nan");
  refused([&] { with(&RefinementOptions::frac_refine, 1.5); },
          "the share of cells to refine must lie in 0 to 1, not 1.5");
  refused([&] { with(&RefinementOptions::k_max, -1); },
          "the deepest level of refinement must lie in 0 to 20, not -1");
  refused([&] { make_refinement(space, std::size_t(1) << 31, {}); },
          "make_refinement: 2147483648 cells of which 214748364 are split into 9 are more than "
          "32-bit indices can count");
  const auto refinement = make_refinement(space, 10, {});
  refused(
      [&] {
        prepare_refinement(space, Peak(), PixelGrid{3, 3}, refinement);
      },
      "prepare_refinement: there are 9 cells where the refinement was made for 10");
  refused([&] { apply_refinement(space, refinement, test::device_vector<double>(space, 9)); },
          "apply_refinement: values has shape (9) where 10 elements are needed");
}

}  // namespace
}  // namespace glint
