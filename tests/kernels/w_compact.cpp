// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/w_compact.hpp>
#include <numeric>
#include <reference/visibility_oracle.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

struct Weighted {
  std::vector<double> u, v, weights;
  double total = 0.0;  ///< of the sizes of the weights
};

Weighted random_weights(std::size_t count, double longest, unsigned seed = 1) {
  const UvData<> data = test::random_visibilities(count, longest, false, seed);
  Weighted all{test::numbers_of(data.u), test::numbers_of(data.v), test::numbers_of(data.re)};
  for (const double weight : all.weights) all.total += std::abs(weight);
  return all;
}

template <class Space>
std::vector<double> kernel_of(const SkyGrid& grid, const Weighted& data, KernelMethod method) {
  const Space space;
  const auto compact = allocate<Matrix<double, typename Space::memory_space>>(
      space, "glint::test::compact", grid.ny, 2 * grid.nx - 1);
  fill(space, compact, constants::nan);
  KernelOptions options;
  options.method = method;
  w_compact(space, grid, test::to_device(space, data.u), test::to_device(space, data.v),
            test::to_device(space, data.weights), compact, options);
  return test::matrix_numbers(space, compact);
}

/// Compares every `stride`-th element with the oracle.
void expect_kernel(const SkyGrid& grid, const Weighted& data, const std::vector<double>& got,
                   std::size_t stride, double tolerance) {
  const std::size_t width = 2 * grid.nx - 1;
  test::Worst worst(tolerance, data.total > 0.0 ? data.total : 1.0);
  for (std::size_t k = 0; k < got.size(); k += stride) {
    const int rows = static_cast<int>(k / width);
    const int columns = static_cast<int>(k % width) - static_cast<int>(grid.nx - 1);
    worst.compare(
        got[k],
        static_cast<double>(oracle::kernel(grid, data.u, data.v, data.weights, rows, columns)),
        concat("offset ", rows, ", ", columns));
  }
  EXPECT_TRUE(worst.result()) << grid.ny << " x " << grid.nx << ", K " << data.u.size();
}

constexpr KernelMethod methods[] = {KernelMethod::direct, KernelMethod::separable};

template <class Case>
class WCompact : public testing::Test {};
TYPED_TEST_SUITE(WCompact, test::Spaces, test::CaseName);

TYPED_TEST(WCompact, IsTheDefinitionsSum) {
  using Space = typename TypeParam::space;
  for (const KernelMethod method : methods) {
    SCOPED_TRACE(kernel_method_name(method));
    for (const auto& [ny, nx] :
         {std::array<std::size_t, 2>{1, 1}, {1, 9}, {7, 1}, {2, 2}, {5, 13}, {17, 6}, {31, 33}})
      for (const std::size_t count : {0, 1, 2, 7, 8, 9, 131}) {
        const SkyGrid grid{ny, nx, 0.05};
        const Weighted data = random_weights(count, 4e6);
        expect_kernel(grid, data, kernel_of<Space>(grid, data, method), 1, 2e-15);
      }
  }
}

TYPED_TEST(WCompact, KeepsItsDigitsOnLongBaselinesAndLargeFrames) {
  using Space = typename TypeParam::space;
  const SkyGrid grid{700, 701, 0.05};
  for (const std::size_t count : {1, 3, 300}) {
    const Weighted data = random_weights(count, 1e7, 5);
    expect_kernel(grid, data, kernel_of<Space>(grid, data, KernelMethod::separable), 997, 1e-14);
  }
  const SkyGrid small{12, 9, 0.2};
  for (const double longest : {1e-3, 1e9, 1e12}) {
    const Weighted data = random_weights(40, longest, 6);
    const double tolerance = longest > 1e10 ? 1e-11 : 5e-15;  // the oracle's own limit
    for (const KernelMethod method : methods)
      expect_kernel(small, data, kernel_of<Space>(small, data, method), 1, tolerance);
  }
}

TYPED_TEST(WCompact, ManyVisibilitiesLoseNothing) {
  using Space = typename TypeParam::space;
  const SkyGrid grid{6, 5, 0.05};
  Weighted data = random_weights(100003, 4e6, 7);
  for (double& weight : data.weights) weight = std::abs(weight) + 0.1;
  data.total = std::accumulate(data.weights.begin(), data.weights.end(), 0.0);
  expect_kernel(grid, data, kernel_of<Space>(grid, data, KernelMethod::separable), 1, 2e-15);
}

}  // namespace
}  // namespace glint
