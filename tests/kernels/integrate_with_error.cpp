// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/integrate.hpp>
#include <support/functions.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::device_vector;
using test::flat_galaxy;
using test::flat_galaxy_grid;
using test::GalaxyBrightness;
using test::stored;
using test::to_device;
using test::to_host;
using test::Worst;

template <class Case>
class IntegrateWithError : public testing::Test {};
TYPED_TEST_SUITE(IntegrateWithError, test::SpacesAndPrecisions, test::CaseName);

/// Value and error of the estimate, the published ones at order 3.
TYPED_TEST(IntegrateWithError, OnTheFlatGalaxy) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const std::size_t count = flat_galaxy_grid.ny * flat_galaxy_grid.nx;
  const auto i = device_vector<double>(space, count), j = device_vector<double>(space, count);
  pixel_centres(space, flat_galaxy_grid, i, j);
  const auto values = device_vector<T>(space, count), errors = device_vector<T>(space, count);
  integrate_with_error(space, GalaxyBrightness(flat_galaxy), i, j, make_error_rules(space, 3),
                       values, errors);
  const auto value = to_host(space, values), error = to_host(space, errors);
  Worst worst(stored<T>(1e-13));
  for (const auto& row : test::golden("scene001_rules.txt")) {
    const auto c = static_cast<std::size_t>(row[0] * 100 + row[1]);
    worst.compare(value[c], row[9], concat("value ", row[0], " ", row[1]));
    // The error is a difference of three values: it keeps their accuracy, not its own.
    worst.compare(error[c] / row[9], row[10] / row[9], concat("error ", row[0], " ", row[1]),
                  row[9] / row[10] > 1.0 ? row[9] / row[10] : 1.0);
  }
  EXPECT_TRUE(worst.result());
}

/// A, B and C by hand on x^4 in cells of level 2: GL2 and CC3 miss it, GL3 does not.
struct Quartic {
  KOKKOS_FUNCTION double operator()(double, double j) const { return j * j * j * j; }
};

TYPED_TEST(IntegrateWithError, ByHand) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto zero = to_device(space, {0.0});
  const auto value = device_vector<T>(space, 1), error = device_vector<T>(space, 1);
  // Half side h: A = 4 h^6 / 9, B = 4 h^6 / 5, C = 4 h^6 / 3.
  integrate_with_error(space, Quartic(), zero, zero, make_error_rules(space, 3), value, error,
                       CellLevel{2, 3, 2});
  const double h6 = std::pow(0.5 / 18.0, 6);
  EXPECT_NEAR(to_host(space, value)[0], h6 * (2.0 / 5.0 + 2.0 / 3.0), stored<T>(1e-14) * h6);
  EXPECT_NEAR(to_host(space, error)[0], h6 * (4.0 / 3.0 - 4.0 / 5.0), stored<T>(1e-14) * h6);
}

struct NanAbove {
  KOKKOS_FUNCTION double operator()(double i, double) const {
    return i > 0.0 ? math::sqrt(-i) : 1.0;
  }
};

TYPED_TEST(IntegrateWithError, NanStaysVisible) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto i = to_device(space, {-2.0, 0.1, 2.0}), j = to_device(space, {0.0, 0.0, 0.0});
  const auto values = device_vector<T>(space, 3), errors = device_vector<T>(space, 3);
  integrate_with_error(space, NanAbove(), i, j, make_error_rules(space, 4), values, errors);
  const auto value = to_host(space, values), error = to_host(space, errors);
  EXPECT_NEAR(value[0], 1.0, stored<T>(1e-15));
  EXPECT_NEAR(error[0], 0.0, 1e-15);
  for (const int c : {1, 2}) EXPECT_TRUE(std::isnan(value[c]) && std::isnan(error[c])) << c;
}

}  // namespace
}  // namespace glint
