// SPDX-License-Identifier: BSD-3-Clause
#include <glint/dirty_image.hpp>
#include <glint/fft.hpp>
#include <glint/uv_sums.hpp>
#include <glint/w_compact.hpp>
#include <glint/w_tilde.hpp>

#include "golden_problem.hpp"

/// Everything that is summed over visibilities, against the golden reconstructions: errors over the
/// largest number of each array.

namespace glint::test {
namespace {

constexpr double sums_tolerance = 1e-13;

template <class C>
class GoldenSums : public testing::Test {};
TYPED_TEST_SUITE(GoldenSums, Spaces, CaseName);

// 1/noise^2 of a column.
template <class Space>
auto precisions(const GoldenProblem<Space>& problem) {
  std::vector<double> weights = to_host(problem.space, problem.data.noise_re);
  for (double& weight : weights) weight = 1.0 / (weight * weight);
  return to_device(problem.space, weights);
}

TYPED_TEST(GoldenSums, KernelByEveryMethodAndInBothLayouts) {
  using Space = typename TypeParam::space;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const SkyGrid& grid = problem.grid();
    const auto weights = precisions(problem);
    const auto compact = problem.matrix(grid.ny, 2 * grid.nx - 1);
    const auto preload = problem.matrix(2 * grid.ny, 2 * grid.nx);
    for (const KernelMethod method : {KernelMethod::automatic, KernelMethod::direct,
                                      KernelMethod::separable, KernelMethod::nufft}) {
      if (method == KernelMethod::nufft && fft_library<Space>().empty()) continue;
      KernelOptions options;
      options.method = method;
      options.tolerance = 1e-13;
      w_compact(problem.space, grid, problem.data.u, problem.data.v, weights, compact, options);
      EXPECT_LE(problem.error("w_compact", compact), sums_tolerance) << kernel_method_name(method);
      w_preload(problem.space, grid, compact, preload);
      EXPECT_LE(problem.error("w_preload", preload), sums_tolerance) << kernel_method_name(method);
    }
    fill(problem.space, compact, -1.0);
    compact_from_preload(problem.space, grid, preload, compact);
    EXPECT_LE(problem.error("w_compact", compact), sums_tolerance) << "from preload";
  });
}

TYPED_TEST(GoldenSums, DenseMatrixByEveryRoute) {
  using Space = typename TypeParam::space;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const SkyGrid& grid = problem.grid();
    const auto weights = precisions(problem);
    const auto compact = problem.matrix(grid.ny, 2 * grid.nx - 1);
    const auto preload = problem.matrix(2 * grid.ny, 2 * grid.nx);
    const auto dense = problem.matrix(problem.pixels.size(), problem.pixels.size());
    w_tilde(problem.space, problem.pixels, problem.data.u, problem.data.v, weights, dense);
    EXPECT_LE(problem.error("w_tilde", dense), sums_tolerance) << "by its definition";
    w_compact(problem.space, grid, problem.data.u, problem.data.v, weights, compact);
    w_tilde_from_compact(problem.space, compact, problem.pixels, dense);
    EXPECT_LE(problem.error("w_tilde", dense), sums_tolerance) << "from compact";
    w_preload(problem.space, grid, compact, preload);
    w_tilde_from_preload(problem.space, preload, problem.pixels, dense);
    EXPECT_LE(problem.error("w_tilde", dense), sums_tolerance) << "from preload";
  });
}

TYPED_TEST(GoldenSums, Images) {
  using Space = typename TypeParam::space;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    const auto image = problem.vector(problem.pixels.size());
    const auto& data = problem.data;
    for (const KernelMethod method : {KernelMethod::direct, KernelMethod::separable}) {
      KernelOptions options;
      options.method = method;
      dirty_image(problem.space, problem.pixels, data, image, options);
      EXPECT_LE(problem.error("dirty_image", image), sums_tolerance) << kernel_method_name(method);
      w_tilde_data(problem.space, problem.pixels, data.re, data.noise_re, data.u, data.v, image,
                   options);
      EXPECT_LE(problem.error("w_tilde_data", image), sums_tolerance) << kernel_method_name(method);
    }
  });
}

TYPED_TEST(GoldenSums, OnePassOverVisibilities) {
  using Space = typename TypeParam::space;
  for_each_golden<Space>([](const GoldenProblem<Space>& problem) {
    UvSumsOptions options;
    options.noise = NoiseWeights::real;
    UvSums<Space> sums(problem.space, problem.pixels, options);
    for (std::size_t first = 0; first < problem.file.count(); first += 17)
      accumulate(problem.space,
                 to_space(problem.space,
                          problem.file.visibilities(
                              first, std::min<std::size_t>(17, problem.file.count() - first))),
                 sums);
    EXPECT_EQ(sums.count(), problem.file.count());
    EXPECT_FALSE(sums.has_hankel());
    EXPECT_LE(problem.error("w_compact", sums.compact()), sums_tolerance);
    EXPECT_LE(problem.error("dirty_image", sums.dirty_image()), sums_tolerance);
    for (const char* name : {"data_term", "noise_normalization"}) {
      const double wanted = problem.outputs.number(name);
      const double got = name[0] == 'd' ? sums.data_term() : sums.noise_normalization();
      EXPECT_NEAR(got, wanted, sums_tolerance * std::abs(wanted)) << name;
    }
  });
}

TYPED_TEST(GoldenSums, CircularMasks) {
  using Space = typename TypeParam::space;
  const Space space;
  const Hdf5Reader file(golden_path("masks"));
  const std::vector<std::string> cases = file.names("/");
  ASSERT_EQ(cases.size(), 6U);
  struct Circle {
    YX scales, centre, centre_pixels;
    double radius;
  };
  // The attributes of the cases, in order.
  const std::vector<Circle> circles{{{0.2, 0.2}, {0, 0}, {14.5, 14.5}, 3.0},
                                    {{0.1, 0.13}, {0.05, -0.11}, {4.5, 5.65384615384615}, 0.47},
                                    {{1, 1}, {0, 0}, {0, 0}, 0.3},
                                    {{0.05, 0.05}, {0.3, -0.2}, {25.5, 27.5}, 1.234},
                                    {{0.2, 0.2}, {0.02, 0.03}, {2.9, 2.15}, 0.001},
                                    {{0.2, 0.2}, {0, 0}, {4, 4}, 99.0}};
  for (std::size_t k = 0; k < cases.size(); ++k) {
    SCOPED_TRACE(cases[k]);
    const Circle& circle = circles[k];
    const std::string name = "/" + cases[k] + "/mask";
    const Hdf5Shape shape = file.shape(name);
    std::vector<double> wanted(shape[0] * shape[1]);
    file.read(name, shape, wanted.data());
    EXPECT_NEAR(file.number_attribute("/" + cases[k], "radius"), circle.radius, 0.0);
    const YX centre = mask_centre({shape[0], shape[1]}, circle.scales, circle.centre);
    EXPECT_NEAR(centre.y, circle.centre_pixels.y, 1e-13);
    EXPECT_NEAR(centre.x, circle.centre_pixels.x, 1e-13);
    const auto mask = allocate<Matrix<std::uint8_t, typename Space::memory_space>>(
        space, "glint::test::mask", shape[0], shape[1]);
    circular_mask(space, circle.scales, circle.radius, mask, circle.centre);
    EXPECT_EQ(all_numbers(space, mask), wanted);
  }
}

}  // namespace
}  // namespace glint::test
