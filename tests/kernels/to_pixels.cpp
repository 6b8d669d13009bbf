// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/downsample.hpp>
#include <glint/integrate.hpp>
#include <glint/refine.hpp>
#include <glint/to_pixels.hpp>
#include <support/functions.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::GalaxyBrightness;
using test::Worst;

/// A catalogue of one's own: columns on the device and what to make of a row.
template <class Space>
struct TwoGalaxies {
  Vector<double, typename Space::memory_space> flux, x;

  explicit TwoGalaxies(const Space& space)
      : flux(test::to_device(space, {100.0, -40.0})), x(test::to_device(space, {-2.2, 3.4})) {}
  KOKKOS_FUNCTION double operator()(std::size_t p, double i, double j) const {
    const double dx = j - x(p);
    return flux(p) * math::exp(-math::sqrt(i * i + 2.0 * dx * dx + 0.01));
  }
};

/// The same for one row, as the integrand of integrate_pixels() and prepare_refinement().
template <class Space>
struct Row {
  TwoGalaxies<Space> galaxies;
  std::size_t p;
  KOKKOS_FUNCTION double operator()(double i, double j) const { return galaxies(p, i, j); }
};

template <class Space, class T>
Image<T> host_image(const Space& space, const Image<T, typename Space::memory_space>& image) {
  const Image<T> host("glint::test::host", image.extent(0), image.extent(1));
  copy(space, host, image);
  compat::fence(space, "glint::test::host_image");
  return host;
}

template <class Case>
class ToPixels : public testing::Test {};
TYPED_TEST_SUITE(ToPixels, test::SpacesAndPrecisions, test::CaseName);

/// The sum and the stack against the parts they are made of, adaptive or not, cells kept or summed.
TYPED_TEST(ToPixels, IsTheSumOverProfilesOfTheParts) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const TwoGalaxies<Space> galaxies(space);
  const PixelGrid grid{13, 11};
  for (const int oversample : {1, 3})
    for (const bool adaptive : {false, true}) {
      const PixelGrid fine{grid.ny * oversample, grid.nx * oversample};
      ToPixelsOptions options;
      options.oversample = oversample;
      options.adaptive = adaptive;
      options.order = 4;
      options.k_max = 3;
      const auto cells = make_image<T>(space, fine, "glint::test::cells");
      const auto pixels = make_image<T>(space, grid, "glint::test::pixels");
      const auto stack = allocate<ImageStack<T, typename Space::memory_space>>(
          space, "glint::test::stack", 2, grid.ny, grid.nx);
      PixelWorkspace<Space> workspace;
      to_pixels(space, grid, galaxies, 2, cells, options, workspace);
      options.keep_oversampling = false;
      to_pixels(space, grid, galaxies, 2, pixels, options, workspace);
      to_pixels_stack(space, grid, galaxies, stack, options, workspace);

      std::vector<std::vector<double>> parts;
      const auto values = test::device_vector<double>(space, fine.ny * fine.nx);
      for (const std::size_t p : {0, 1}) {
        if (adaptive) {
          RefinementOptions refined;
          refined.base_oversample = oversample;
          refined.order = 4;
          refined.k_max = 3;
          const auto refinement = make_refinement(space, fine.ny * fine.nx, refined);
          prepare_refinement(space, Row<Space>{galaxies, p}, grid, refinement);
          apply_refinement(space, refinement, values);
        } else {
          const auto i = test::device_vector<double>(space, fine.ny * fine.nx);
          const auto j = test::device_vector<double>(space, fine.ny * fine.nx);
          pixel_centres(space, grid, i, j, oversample);
          integrate_pixels(space, Row<Space>{galaxies, p}, i, j, to_space(space, gauss_legendre(4)),
                           values, oversample);
        }
        parts.push_back(test::to_host(space, values));
      }

      const bool single = std::is_same_v<T, float>;
      const Image<T> fine_image = host_image<Space, T>(space, cells);
      const Image<T> image = host_image<Space, T>(space, pixels);
      const ImageStack<T> planes("glint::test::planes", 2, grid.ny, grid.nx);
      copy(space, planes, stack);
      compat::fence(space, "glint::test::planes");
      Worst worst(single ? 1e-6 : 1e-14, 1.0);
      // Light of both signs: a sum keeps the accuracy of what it is the sum of.
      const auto compare_sum = [&](double got, double a, double b, const std::string& where) {
        worst.compare((got - (a + b)) / (std::abs(a) + std::abs(b)), 0.0, where);
      };
      for (std::size_t row = 0; row < grid.ny; ++row)
        for (std::size_t column = 0; column < grid.nx; ++column) {
          const std::string where = concat(oversample, " ", adaptive, " ", row, " ", column);
          double sum[2] = {0.0, 0.0};
          for (int a = 0; a < oversample; ++a)
            for (int b = 0; b < oversample; ++b) {
              const std::size_t r = row * oversample + a, s = column * oversample + b;
              const std::size_t c = r * fine.nx + s;
              compare_sum(fine_image(r, s), parts[0][c], parts[1][c], "cell " + where);
              sum[0] += parts[0][c], sum[1] += parts[1][c];
            }
          compare_sum(image(row, column), sum[0], sum[1], "sum " + where);
          for (int p = 0; p < 2; ++p)
            worst.compare(planes(p, row, column) / sum[p], 1.0, "stack " + where);
        }
      EXPECT_TRUE(worst.result());
    }
}

TYPED_TEST(ToPixels, NoProfilesGiveAZeroImage) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const PixelGrid grid{3, 5};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  fill(space, image, T(7));
  to_pixels(space, grid, TwoGalaxies<Space>(space), 0, image);
  const auto host = host_image<Space, T>(space, image);
  for (std::size_t k = 0; k < 15; ++k) EXPECT_EQ(host.data()[k], T(0));
}

TYPED_TEST(ToPixels, BadInputIsRefused) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const TwoGalaxies<Space> galaxies(space);
  const PixelGrid grid{4, 6};
  const auto image = make_image<T>(space, grid, "glint::test::image");
  const auto refused = [&](const ToPixelsOptions& options, const std::string& sentence) {
    try {
      to_pixels(space, grid, galaxies, 2, image, options);
      ADD_FAILURE() << sentence << " was expected";
    } catch (const Error& error) {
      EXPECT_EQ(error.sentence(), sentence);
    }
  };
  ToPixelsOptions options;
  options.oversample = 2;
  refused(options, "to_pixels: image has shape (4, 6) where (8, 12) is needed");
  options.oversample = 0;
  refused(options, "the base oversampling must lie in 1 to 1000, not 0");
  options = {};
  options.order = 1;
  refused(options, "the order of the error estimate must lie in 2 to 33, not 1");
  options.adaptive = false;
  options.order = 0;
  refused(options, "to_pixels: the order must lie in 1 to 33, not 0");
}

template <class Case>
class Downsample : public testing::Test {};
TYPED_TEST_SUITE(Downsample, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Downsample, SumsBlocks) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  for (const int factor : {1, 2, 3, 7}) {
    const PixelGrid small{5, 3};
    const std::size_t ny = 5 * factor, nx = 3 * factor;
    const Image<T> host("glint::test::host", ny, nx);
    for (std::size_t i = 0; i < ny; ++i)
      for (std::size_t j = 0; j < nx; ++j) host(i, j) = static_cast<T>(i * 1000 + j);
    const auto image = make_image<T>(space, {ny, nx}, "glint::test::image");
    copy(space, image, host);
    const auto sums = make_image<T>(space, small, "glint::test::sums");
    const typename decltype(image)::const_type input = image;
    downsample(space, input, factor, sums);
    const Image<T> got = host_image<Space, T>(space, sums);
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        double sum = 0.0;
        for (int a = 0; a < factor; ++a)
          for (int b = 0; b < factor; ++b) sum += host(i * factor + a, j * factor + b);
        EXPECT_EQ(got(i, j), static_cast<T>(sum)) << factor << " " << i << " " << j;
      }
  }
}

TYPED_TEST(Downsample, RefusesWhatDoesNotDivide) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto image = make_image<T>(space, {6, 7}, "glint::test::image");
  const auto sums = make_image<T>(space, {3, 3}, "glint::test::sums");
  const auto refused = [&](int factor, const std::string& sentence) {
    try {
      downsample(space, image, factor, sums);
      ADD_FAILURE() << sentence << " was expected";
    } catch (const Error& error) {
      EXPECT_EQ(error.sentence(), sentence);
    }
  };
  refused(0, "downsample: the factor must be at least 1, not 0");
  refused(2,
          "downsample: the image has shape (6, 7), whose sides are not multiples of the factor 2");
  refused(1, "downsample: output has shape (3, 3) where (6, 7) is needed");
}

}  // namespace
}  // namespace glint
