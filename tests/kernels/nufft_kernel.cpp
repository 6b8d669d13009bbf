// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/fft.hpp>
#include <glint/w_compact.hpp>
#include <limits>
#include <reference/visibility_oracle.hpp>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>
#include <tuple>

/// Kernels by non-uniform Fourier transform.

namespace glint {
namespace {

struct Weighted {
  SkyGrid grid;
  std::vector<double> u, v, weights;

  /// Baselines of up to so many turns to a pixel, weights of both signs.
  Weighted(const SkyGrid& sky, std::size_t count, double turns, unsigned seed = 1) : grid(sky) {
    const UvData<> data = test::random_visibilities(count, turns / grid.step(), false, seed);
    u = test::numbers_of(data.u), v = test::numbers_of(data.v), weights = test::numbers_of(data.re);
  }
  double total() const {
    double sum = 0.0;
    for (const double weight : weights) sum += std::abs(weight);
    return sum > 0.0 ? sum : 1.0;
  }
  /// By the definition.
  std::vector<double> kernel() const {
    std::vector<double> all;
    const int ny = static_cast<int>(grid.ny), nx = static_cast<int>(grid.nx);
    for (int row = 0; row < ny; ++row)
      for (int column = 1 - nx; column < nx; ++column)
        all.push_back(static_cast<double>(oracle::kernel(grid, u, v, weights, row, column)));
    return all;
  }
};

template <class Space>
std::vector<double> kernel_of(const Weighted& data, KernelMethod method, double tolerance,
                              const Space& space = Space()) {
  const auto compact = allocate<Matrix<double, typename Space::memory_space>>(
      space, "glint::test::compact", data.grid.ny, 2 * data.grid.nx - 1);
  fill(space, compact, constants::nan);
  KernelOptions options;
  options.method = method;
  options.tolerance = tolerance;
  w_compact(space, data.grid, test::to_device(space, data.u), test::to_device(space, data.v),
            test::to_device(space, data.weights), compact, options);
  return test::matrix_numbers(space, compact);
}

void expect_close(const std::vector<double>& got, const std::vector<double>& wanted, double total,
                  double tolerance, const std::string& what) {
  ASSERT_EQ(got.size(), wanted.size()) << what;
  test::Worst worst(tolerance, total);
  for (std::size_t k = 0; k < got.size(); ++k) worst.compare(got[k], wanted[k], concat(k));
  EXPECT_TRUE(worst.result()) << what;
}

template <class Case>
class NufftKernel : public testing::Test {
 public:
  using Space = typename Case::space;
  /// False, after a look at the refusal, in builds without an FFT library.
  static bool transforms() {
    if (!fft_library<Space>().empty()) return true;
    EXPECT_EQ(
        test::sentence_of([] {
          kernel_of<Space>(Weighted({3, 4, 0.05}, 5, 0.5), KernelMethod::nufft, 1e-6);
        }),
        concat("the method 'nufft' needs an FFT library, and this build of glint has none for "
               "the backend '",
               backend_name<Space>(), "'; 'separable' needs none"));
    return false;
  }
};
TYPED_TEST_SUITE(NufftKernel, test::Spaces, test::CaseName);

constexpr double tolerances[] = {1e-1, 1e-2, 1e-3,  1e-4,  1e-5,  1e-6, 1e-7,
                                 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13};

TYPED_TEST(NufftKernel, KeepsEveryTolerance) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  for (const auto& [ny, nx] :
       {std::array<std::size_t, 2>{1, 1}, {1, 9}, {7, 1}, {2, 3}, {17, 30}, {32, 13}})
    for (const std::size_t count : {0, 1, 2, 250}) {
      const Weighted data({ny, nx, 0.05}, count, 0.5);
      const auto wanted = data.kernel();
      for (const double tolerance : tolerances)
        expect_close(kernel_of<Space>(data, KernelMethod::nufft, tolerance), wanted, data.total(),
                     tolerance, concat(ny, " x ", nx, ", K ", count, ", ", tolerance));
    }
}

/// The errors of one visibility do not average out.
TYPED_TEST(NufftKernel, KeepsEveryToleranceForEachVisibility) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  for (unsigned seed = 0; seed < 25; ++seed) {
    const Weighted data({16, 24, 0.05}, 1, 0.5, 100 + seed);
    const auto wanted = data.kernel();
    for (const double tolerance : tolerances)
      expect_close(kernel_of<Space>(data, KernelMethod::nufft, tolerance), wanted, data.total(),
                   tolerance, concat("seed ", seed, ", ", tolerance));
  }
}

TYPED_TEST(NufftKernel, KeepsItsDigitsOnLongBaselinesAndLargeFrames) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  for (const auto& [ny, nx, turns] : {std::tuple<std::size_t, std::size_t, double>{31, 30, 1e5},
                                      {12, 9, 1e10},
                                      {301, 250, 3.0}}) {
    const Weighted data({ny, nx, 0.05}, 200, turns);
    expect_close(kernel_of<Space>(data, KernelMethod::nufft, 1e-13),
                 kernel_of<Space>(data, KernelMethod::separable, 1e-13), data.total(), 1.2e-13,
                 concat(ny, " x ", nx, ", ", turns, " turns"));
  }
}

/// Ends of the period, of cells and of tiles.
TYPED_TEST(NufftKernel, TakesBaselinesOnTheEdges) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  const SkyGrid grid{20, 11, 0.05};
  Weighted data(grid, 0, 0.5);
  for (const double a : {0.0, -0.0, 0.5, -0.5, 0.25, 0x1p-60, -0x1p-60, 0.5 - 0x1p-54, 1.0, 7.5})
    for (const double b : {0.0, 0.5, -0.5, -0x1p-60, 0.125, 0x1p-54 - 0.5, -3.0}) {
      data.u.push_back(a / grid.step()), data.v.push_back(b / grid.step());
      data.weights.push_back(1.0 + a + 2.0 * b);
    }
  expect_close(kernel_of<Space>(data, KernelMethod::nufft, 1e-13), data.kernel(), data.total(),
               1e-13, "edges");
}

/// All at one place, more than a batch; some in the same block of cells.
TYPED_TEST(NufftKernel, TakesCrowdedBaselines) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  for (const double turns : {0.0, 0.01}) {
    Weighted data({21, 18, 0.05}, 3000, turns);
    for (double& u : data.u) u += 0.3 / data.grid.step();
    expect_close(kernel_of<Space>(data, KernelMethod::nufft, 1e-13),
                 kernel_of<Space>(data, KernelMethod::separable, 1e-13), data.total(), 1.2e-13,
                 concat(turns));
  }
}

/// Several chunks; and instances have different numbers of threads.
TYPED_TEST(NufftKernel, IsTheSameToTheLastBitForAnyNumberOfThreads) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  const Weighted data({9, 14, 0.05}, 270000, 0.5);
  const auto wanted = kernel_of<Space>(data, KernelMethod::nufft, 1e-12);
  expect_close(wanted, kernel_of<Space>(data, KernelMethod::separable, 1e-12), data.total(), 1e-12,
               "chunks");
  for (const Space& instance : compat::partition(Space()))
    EXPECT_EQ(kernel_of(data, KernelMethod::nufft, 1e-12, instance), wanted);
}

TYPED_TEST(NufftKernel, IsEven) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  const auto kernel =
      kernel_of<Space>(Weighted({11, 14, 0.05}, 100, 0.5), KernelMethod::nufft, 1e-9);
  for (std::size_t c = 0; c < 14; ++c) EXPECT_EQ(kernel[13 + c], kernel[13 - c]);
}

TYPED_TEST(NufftKernel, OfNoNumberIsNone) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  Weighted data({5, 6, 0.05}, 40, 0.5);
  data.v[7] = constants::nan;
  for (const double value : kernel_of<Space>(data, KernelMethod::nufft, 1e-9))
    EXPECT_TRUE(std::isnan(value));
  data.v[7] = 1.0, data.u[39] = std::numeric_limits<double>::infinity();
  for (const double value : kernel_of<Space>(data, KernelMethod::nufft, 1e-9))
    EXPECT_TRUE(std::isnan(value));
}

TYPED_TEST(NufftKernel, AWorkspaceOfAnySizeWillDo) {
  using Space = typename TypeParam::space;
  if (!this->transforms()) return;
  const Space space;
  KernelWorkspace<Space> workspace;
  KernelOptions options;
  options.method = KernelMethod::nufft;
  for (int round = 0; round < 2; ++round)
    for (const SkyGrid& grid : {SkyGrid{9, 6, 0.05}, SkyGrid{40, 31, 0.05}, SkyGrid{3, 2, 0.05}})
      for (const double tolerance : {1e-12, 1e-3}) {
        const Weighted data(grid, 500, 0.5);
        const Kokkos::View<double**, Kokkos::LayoutLeft, typename Space::memory_space> compact(
            Kokkos::view_alloc(space, "glint::test::compact", Kokkos::WithoutInitializing), grid.ny,
            2 * grid.nx - 1);
        options.tolerance = tolerance;
        w_compact(space, grid, test::to_device(space, data.u), test::to_device(space, data.v),
                  test::to_device(space, data.weights), compact, options, workspace);
        const auto wanted = kernel_of<Space>(data, KernelMethod::nufft, tolerance);
        const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), compact);
        for (std::size_t k = 0; k < wanted.size(); ++k)
          EXPECT_EQ(host(k / (2 * grid.nx - 1), k % (2 * grid.nx - 1)), wanted[k]);
      }
}

TYPED_TEST(NufftKernel, ATighterToleranceIsRefused) {
  using Space = typename TypeParam::space;
  const Weighted data({3, 4, 0.05}, 5, 0.5);
  EXPECT_EQ(test::sentence_of([&] { kernel_of<Space>(data, KernelMethod::nufft, 9e-14); }),
            "the kernel's tolerance must lie in 1e-13 to 0.1 for the method 'nufft', not 9e-14");
  EXPECT_EQ(kernel_of<Space>(data, KernelMethod::automatic, 1e-15),
            kernel_of<Space>(data, KernelMethod::separable, 1e-15));
}

}  // namespace
}  // namespace glint
