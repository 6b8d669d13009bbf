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
std::vector<double> kernel_of(const SkyGrid& grid, const Weighted& data, KernelMethod method,
                              const Space& space = Space()) {
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
  for (const std::size_t count : {1, 3, 300, 2600}) {  // the last in several launches
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

TYPED_TEST(WCompact, DoesNotDependOnTheOrderOfVisibilities) {
  using Space = typename TypeParam::space;
  const SkyGrid grid{11, 14, 0.05};
  const Weighted data = random_weights(2000, 4e6);
  Weighted other = data;
  for (std::size_t k = 0; k < data.u.size(); ++k) {
    const std::size_t from = k * 777 % data.u.size();
    other.u[k] = data.u[from], other.v[k] = data.v[from], other.weights[k] = data.weights[from];
  }
  const auto a = kernel_of<Space>(grid, data, KernelMethod::separable);
  const auto b = kernel_of<Space>(grid, other, KernelMethod::separable);
  test::Worst worst(1e-15, data.total);
  for (std::size_t k = 0; k < a.size(); ++k) worst.compare(a[k], b[k], concat(k));
  EXPECT_TRUE(worst.result());
}

/// Instances have different numbers of threads; who sums which slab does not show.
TYPED_TEST(WCompact, IsTheSameToTheLastBitForAnyNumberOfThreads) {
  using Space = typename TypeParam::space;
  const SkyGrid grid{11, 14, 0.05};
  const Weighted data = random_weights(20000, 4e6);
  const auto wanted = kernel_of<Space>(grid, data, KernelMethod::separable);
  for (const Space& instance : compat::partition(Space()))
    EXPECT_EQ(kernel_of(grid, data, KernelMethod::separable, instance), wanted);
}

/// The mirror image of an offset, and of all baselines, changes nothing.
TYPED_TEST(WCompact, IsEven) {
  using Space = typename TypeParam::space;
  const SkyGrid grid{11, 14, 0.05};
  Weighted data = random_weights(100, 4e6);
  const auto a = kernel_of<Space>(grid, data, KernelMethod::separable);
  for (std::size_t c = 0; c < 14; ++c) EXPECT_EQ(a[13 + c], a[13 - c]);
  for (double& u : data.u) u = -u;
  for (double& v : data.v) v = -v;
  const auto b = kernel_of<Space>(grid, data, KernelMethod::separable);
  test::Worst worst(1e-15, data.total);
  for (std::size_t k = 0; k < a.size(); ++k) worst.compare(a[k], b[k], concat(k));
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(WCompact, AnyLayoutAndAWorkspaceOfAnySizeWillDo) {
  using Space = typename TypeParam::space;
  const Space space;
  KernelWorkspace<Space> workspace;
  KernelOptions options;
  options.method = KernelMethod::separable;
  for (const SkyGrid& grid : {SkyGrid{9, 6, 0.05}, SkyGrid{20, 31, 0.05}, SkyGrid{3, 2, 0.05}}) {
    const Weighted data = random_weights(1500, 4e6);
    const std::size_t width = 2 * grid.nx - 1;
    const Kokkos::View<double**, Kokkos::LayoutLeft, typename Space::memory_space> compact(
        Kokkos::view_alloc(space, "glint::test::compact", Kokkos::WithoutInitializing), grid.ny,
        width);
    w_compact(space, grid, test::to_device(space, data.u), test::to_device(space, data.v),
              test::to_device(space, data.weights), compact, options, workspace);
    const auto wanted = kernel_of<Space>(grid, data, KernelMethod::separable);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), compact);
    for (std::size_t k = 0; k < wanted.size(); ++k)
      EXPECT_EQ(host(k / width, k % width), wanted[k]);
  }
}

TYPED_TEST(WCompact, WrongShapesGridsAndOptionsAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto ones = test::to_device(space, {1.0, 1.0, 1.0});
  const auto two = test::to_device(space, {1.0, 1.0});
  const auto array = [&](std::size_t rows, std::size_t columns) {
    return allocate<Matrix<double, typename Space::memory_space>>(space, "glint::test::array", rows,
                                                                  columns);
  };
  const auto compact = array(4, 9), wrong = array(9, 4);
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  const SkyGrid grid{4, 5, 0.05};
  EXPECT_EQ(sentence([&] { w_compact(space, grid, ones, ones, ones, compact); }), "accepted");
  EXPECT_EQ(sentence([&] { w_compact(space, grid, ones, two, ones, compact); }),
            "w_compact: v has shape (2) where (3) is needed");
  EXPECT_EQ(sentence([&] { w_compact(space, grid, ones, ones, two, compact); }),
            "w_compact: weights has shape (2) where (3) is needed");
  EXPECT_EQ(sentence([&] { w_compact(space, grid, ones, ones, ones, wrong); }),
            "w_compact: compact has shape (9, 4) where (4, 9) is needed");
  EXPECT_THAT(sentence([&] {
                w_compact(space, {0, 5, 0.05}, ones, ones, ones, compact);
              }),
              testing::HasSubstr("the sides of a sky grid must be from 1 to 32768, not 0 x 5"));
  KernelOptions options;
  options.tolerance = 1.0;
  EXPECT_EQ(sentence([&] { w_compact(space, grid, ones, ones, ones, compact, options); }),
            "the kernel's tolerance must lie in 1e-15 to 0.1, not 1");
  EXPECT_EQ(sentence([&] { w_preload(space, grid, compact, wrong); }),
            "w_preload: preload has shape (9, 4) where (8, 10) is needed");
  EXPECT_EQ(sentence([&] { compact_from_preload(space, grid, compact, compact); }),
            "compact_from_preload: preload has shape (4, 9) where (8, 10) is needed");
  EXPECT_EQ(kernel_method_name(KernelMethod::automatic), "automatic");
}

}  // namespace
}  // namespace glint
