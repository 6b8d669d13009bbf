// SPDX-License-Identifier: BSD-3-Clause
// docs/adding_a_profile.md, followed literally: a law of one's own through the library's kernels.
#include <gtest/gtest.h>

#include <glint/impl/render_planes.hpp>
#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

/// A Gaussian, brightness exp(-w/2), in closed form.
struct GaussianLaw {
  static constexpr int table_doubles = 0;
  static constexpr int max_table_cells = 0;
  double power = 2.0;    // y grows like r^2
  double total = 2.0;    // integral over the plane / pi
  double y_tail = 1.0;   // from here the tail form
  double y_end = 700.0;  // exp(-y) still is a normal number

  KOKKOS_FUNCTION double decay(double w) const { return 0.5 * w; }
  KOKKOS_FUNCTION double brightness(double w) const { return math::exp(-0.5 * w); }
  KOKKOS_FUNCTION float brightness(float w) const { return math::exp(-0.5f * w); }
  KOKKOS_FUNCTION int table_cells() const { return 0; }
  KOKKOS_FUNCTION void build_cell(int, double*) const {}

  struct Radial {
    KOKKOS_FUNCTION double inside(double w) const {
      const double y = 0.5 * w;
      return y > 0.0 ? -math::expm1(-y) / y : 1.0;
    }
    KOKKOS_FUNCTION double tail(double w) const { return -math::exp(-0.5 * w) / (0.5 * w); }
  };
  KOKKOS_FUNCTION Radial radial(const double*) const { return {}; }
};

template <class Case>
class OwnLaw : public testing::Test {};
TYPED_TEST_SUITE(OwnLaw, test::Spaces, test::CaseName);

/// Aligned with the axes, a Gaussian's pixel is a product of two error functions.
TYPED_TEST(OwnLaw, PixelsOfAGaussianAreErrorFunctions) {
  using Space = typename TypeParam::space;
  const Space space;
  const double flux = 50.0, sigma = 2.0, q = 0.4, x = 0.3, y = -0.6;
  const Kokkos::View<Profile<GaussianLaw>*, Kokkos::LayoutRight, Kokkos::HostSpace> host("host", 1);
  host(0).ellipse = Ellipse::from_axes(x, y, sigma, q, 0.0);
  host(0).flux = flux;
  const double peak = host(0).ellipse.det / (constants::pi * host(0).law.total);
  host(0).amplitude = flux * peak;
  host(0).log_peak = std::log(peak);
  Profiles<GaussianLaw, Space> profiles;
  profiles.data = decltype(profiles.data)("glint::test::profiles", 1);
  copy(space, profiles.data, host);

  const PixelGrid grid{15, 21};
  const auto image = make_image<double>(space, grid, "glint::test::image");
  RenderOptions options;
  options.tolerance = 1e-11;
  render(space, grid, profiles, image, options);

  const auto pixels = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
  const auto share = [](double from, double to, double s) {
    const double scale = s * std::sqrt(2.0);
    return from > 0.0 ? 0.5 * (std::erfc(from / scale) - std::erfc(to / scale))
                      : 0.5 * (std::erf(to / scale) - std::erf(from / scale));
  };
  test::Worst worst(1e-11, 1e-12 * flux);
  for (int i = 0; i < 15; ++i)
    for (int j = 0; j < 21; ++j) {
      const double dx = std::abs(grid.x_centre(j) - x), dy = std::abs(grid.y_centre(i) - y);
      worst.compare(pixels(i, j),
                    flux * share(dx - 0.5, dx + 0.5, sigma) * share(dy - 0.5, dy + 0.5, q * sigma),
                    concat(i, " ", j));
    }
  EXPECT_TRUE(worst.result());
}

}  // namespace
}  // namespace glint
