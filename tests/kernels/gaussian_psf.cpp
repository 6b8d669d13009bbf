// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/gaussian_psf.hpp>
#include <glint/quadrature.hpp>
#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Galaxy;
using test::make_catalogue;
using Real = long double;

const GaussianMixture mixture{{0.7, 1.2, 0.8, 0.5}, {0.4, 3.0, 1.0, 0.0}, {-0.15, 0.8, 0.05, 2.0}};

std::vector<Galaxy> gaussian_galaxies() {
  return {{100.0, 2.5, 0.5, 1.2, -0.6, 0.4, 0.9}, {-20.0, 1.0, 0.5, -0.5, 0.5, 1.0, 0.0}};
}

/// The flux of a Gaussian in the unit square about (y, x): error functions along the rows,
/// Gauss-Legendre across them.
Real pixel_of(const Galaxy& g, Real y, Real x) {
  static const QuadratureRule rule = gauss_legendre(20);
  const Real pi = 4 * std::atan(Real(1)), c = std::cos(Real(g.theta)), s = std::sin(Real(g.theta));
  // exp(-(A X^2 + 2 B X Y + C Y^2)), with exp(-ln 2) on the ellipse of half the light.
  const Real major = std::log(Real(2)) / (Real(g.re) * g.re), minor = major / (Real(g.q) * g.q);
  const Real A = major * c * c + minor * s * s, B = (major - minor) * c * s;
  const Real C = major * s * s + minor * c * c, root = std::sqrt(A);
  Real sum = 0;
  for (std::size_t k = 0; k < 20; ++k) {
    const Real Y = y - g.y + Real(rule.node[k]) / 2, foot = x - g.x + B / A * Y;
    sum += rule.weight[k] / 2 * std::exp(-(C - B * B / A) * Y * Y) *
           (std::erf(root * (foot + 0.5L)) - std::erf(root * (foot - 0.5L)));
  }
  return g.flux * std::sqrt(major * minor / A / pi) / 2 * sum;
}

/// The flux in a pixel by the definition: the trapezoidal rule over the PSF, which converges
/// faster than any power for Gaussians, of the exact flux in the moved pixel.
double by_quadrature(const Galaxy& g, const GaussianMixture& psf, Real y, Real x) {
  const Real pi = 4 * std::atan(Real(1)), step = 0.2L;
  Real sum = 0;
  for (const GaussianComponent& c : psf)
    for (int k = -40; k <= 40; ++k)
      for (int l = -40; l <= 40; ++l) {
        const Real u = k * step, v = l * step;
        const Real along = u * c.sigma, across = v * c.sigma * c.q;
        const Real dx = along * std::cos(Real(c.theta)) - across * std::sin(Real(c.theta));
        const Real dy = along * std::sin(Real(c.theta)) + across * std::cos(Real(c.theta));
        sum += c.weight * step * step / (2 * pi) * std::exp(-(u * u + v * v) / 2) *
               pixel_of(g, y - dy, x - dx);
      }
  return static_cast<double>(sum);
}

template <class Space>
Catalogue<> on_host(const Space& space, const Catalogue<typename Space::memory_space>& source) {
  Catalogue<> host(source.size());
  copy(space, host.x, source.x);
  copy(space, host.y, source.y);
  copy(space, host.flux, source.flux);
  copy(space, host.re, source.re);
  copy(space, host.n, source.n);
  copy(space, host.q, source.q);
  copy(space, host.theta, source.theta);
  compat::fence(space, "glint::test::on_host");
  return host;
}

template <class Space>
std::string problem(const std::vector<Galaxy>& galaxies, const GaussianMixture& psf) {
  try {
    convolved(Space(), make_catalogue(galaxies), psf);
  } catch (const Error& error) {
    return error.sentence();
  }
  return "";
}

template <class Case>
class GaussianPsf : public testing::Test {};
TYPED_TEST_SUITE(GaussianPsf, test::Spaces, test::CaseName);

TYPED_TEST(GaussianPsf, PixelsEqualTheConvolutionIntegral) {
  using Space = typename TypeParam::space;
  const Space space;
  const PixelGrid grid{9, 8};
  RenderOptions options;
  options.tolerance = 1e-11;
  for (const Galaxy& galaxy : gaussian_galaxies()) {
    const auto profiles = prepare(space, convolved(space, make_catalogue({galaxy}), mixture));
    ASSERT_EQ(profiles.size(), 3u);
    const auto image = make_image<double>(space, grid, "glint::test::image");
    render(space, grid, profiles, image, options);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    test::Worst worst(1e-11);
    for (const auto& [i, j] : {std::pair{4, 4}, std::pair{3, 5}, std::pair{0, 7}})
      worst.compare(host(i, j), by_quadrature(galaxy, mixture, i - 4.0L, j - 3.5L),
                    concat(i, " ", j));
    EXPECT_TRUE(worst.result()) << galaxy.text();
  }
}

TYPED_TEST(GaussianPsf, CovariancesAdd) {
  using Space = typename TypeParam::space;
  const Space space;
  const double s = std::sqrt(2.0 * std::log(2.0));
  struct Sum {
    double re, q, theta;       // the profile
    double sigma, pq, ptheta;  // the PSF
    double out_re, out_q, out_theta;
  };
  const double quarter = constants::pi / 2;
  const Sum sums[] = {
      {3 * s, 1.0, 0.3, 4.0, 1.0, 1.2, 5 * s, 1.0, 0.0},                      // round
      {3 * s, 1.0 / 3, 0.4, 4.0, 0.25, 0.4, 5 * s, std::sqrt(2.0) / 5, 0.4},  // parallel
      {3 * s, 0.5, 0.0, 3.0, 0.5, quarter, std::sqrt(11.25) * s, 1.0, 0.0},   // crossed: round
      {1e4 * s, 1e-5, 1.0, 1e4, 1e-5, 1.0 + 1e-7, std::sqrt(2.0) * 1e4 * s,
       std::sqrt(1e-10 + 2.5e-15), 1.0 + 0.5e-7},      // flat, nearly parallel
      {2.0, 0.3, 0.7, 0.0, 1.0, 0.0, 2.0, 0.3, 0.7},   // a point
      {1e-6, 1.0, 0.0, 1.0, 0.2, -0.6, s, 0.2, -0.6},  // a star
  };
  for (const Sum& sum : sums) {
    const Galaxy galaxy{1.0, sum.re, 0.5, 0.0, 0.0, sum.q, sum.theta};
    const auto out = on_host(
        space, convolved(space, make_catalogue({galaxy}), {{2.0, sum.sigma, sum.pq, sum.ptheta}}));
    EXPECT_EQ(out.flux(0), 2.0);
    EXPECT_EQ(out.n(0), 0.5);
    EXPECT_NEAR(out.re(0), sum.out_re, 1e-12 * sum.out_re);
    EXPECT_NEAR(out.q(0), sum.out_q, 1e-9 * sum.out_q);
    if (sum.out_q < 0.999) {
      EXPECT_NEAR(out.theta(0), sum.out_theta, 1e-12);
    }
  }
}

TYPED_TEST(GaussianPsf, RowsAreProfilesTimesComponents) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto galaxies = gaussian_galaxies();
  const auto out = on_host(space, convolved(space, make_catalogue(galaxies), mixture));
  ASSERT_EQ(out.size(), 6u);
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t g = 0; g < 3; ++g) {
      EXPECT_EQ(out.x(3 * p + g), galaxies[p].x);
      EXPECT_EQ(out.y(3 * p + g), galaxies[p].y);
      EXPECT_EQ(out.flux(3 * p + g), galaxies[p].flux * mixture[g].weight);
    }
  EXPECT_EQ(convolved(space, Catalogue<>(0), mixture).size(), 0u);
}

/// Kinds and extra columns: what leaves a profile a plain Gaussian is taken, the rest named.
TYPED_TEST(GaussianPsf, OtherKindsAndShapesAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto sentence = [&](const Catalogue<>& catalogue) {
    try {
      convolved(space, catalogue, mixture);
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string();
  };
  Catalogue<> catalogue = make_catalogue(gaussian_galaxies());
  catalogue.add({ExtraColumn::boxiness, ExtraColumn::r_truncation, ExtraColumn::beta});
  catalogue.kind(1) = ProfileKind::gaussian;
  catalogue.n(1) = 4.0;  // unused
  catalogue[ExtraColumn::boxiness](0) = 0.0;
  catalogue[ExtraColumn::r_truncation](0) = constants::infinity;
  catalogue[ExtraColumn::beta](1) = 3.0;  // no matter to a Gaussian
  EXPECT_EQ(sentence(catalogue), "");
  const auto out = convolved(space, catalogue, mixture);
  EXPECT_TRUE(is_plain(out));
  EXPECT_EQ(out.size(), 6u);
  catalogue[ExtraColumn::boxiness](1) = 0.25;
  EXPECT_THAT(sentence(catalogue), testing::HasSubstr("row 1: boxiness is 0.25, but only"));
  catalogue[ExtraColumn::r_truncation](1) = 9.0;
  EXPECT_THAT(sentence(catalogue), testing::HasSubstr("row 1: r_truncation is 9, but only"));
  catalogue.kind(1) = ProfileKind::moffat;
  EXPECT_THAT(sentence(catalogue), testing::HasSubstr("row 1: the profile is moffat, but only"));
}

TYPED_TEST(GaussianPsf, RefusalsNameWhatIsWrong) {
  using Space = typename TypeParam::space;
  auto galaxies = gaussian_galaxies();
  galaxies.push_back({1.0, 1.0, 4.0, 0.0, 0.0, 1.0, 0.0});
  galaxies.push_back({1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0});
  EXPECT_EQ(
      problem<Space>(galaxies, mixture),
      "catalogue row 2: n is 4, but only Gaussian profiles, n = 0.5, have a closed form with a "
      "Gaussian PSF; give the PSF as an image for others");
  const double nan = std::nan("");
  galaxies = gaussian_galaxies();
  galaxies[1].n = nan;
  EXPECT_THAT(problem<Space>(galaxies, mixture), testing::HasSubstr("row 1: n is nan"));
  const auto one = [](double weight, double sigma, double q, double theta) {
    return problem<Space>(gaussian_galaxies(), {{1.0, 1.0, 1.0, 0.0}, {weight, sigma, q, theta}});
  };
  EXPECT_EQ(one(1.0, 1.0, 1.0, 0.0), "");
  EXPECT_EQ(one(1.0, -2.0, 1.0, 0.0),
            "component 1 of the Gaussian PSF: sigma is -2, but it must lie in 0 to 1e9");
  EXPECT_THAT(one(nan, 1.0, 1.0, 0.0), testing::HasSubstr("weight is nan"));
  EXPECT_THAT(one(1.0, nan, 1.0, 0.0), testing::HasSubstr("sigma is nan"));
  EXPECT_THAT(one(1.0, 1.0, 0.0, 0.0), testing::HasSubstr("q is 0"));
  EXPECT_THAT(one(1.0, 1.0, 1.5, 0.0), testing::HasSubstr("q is 1.5"));
  EXPECT_THAT(one(1.0, 1.0, 1.0, constants::infinity), testing::HasSubstr("theta is inf"));
  EXPECT_EQ(problem<Space>(gaussian_galaxies(), {}), "the Gaussian PSF has no component");
}

}  // namespace
}  // namespace glint
