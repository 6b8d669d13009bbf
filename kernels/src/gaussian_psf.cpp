// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/constants.hpp>
#include <glint/gaussian_psf.hpp>
#include <glint/region.hpp>

namespace glint {
namespace {

/// Standard deviation of a Gaussian over its half-light radius: sqrt(2 ln 2) of them make re.
constexpr double re_per_sigma = 1.177410022515474691;

/// Covariance as sum and difference of its eigenvalues and the direction of the larger one.
struct Covariance {
  double major, minor, cos2, sin2;

  KOKKOS_FUNCTION static Covariance of(double sigma, double q, double theta) {
    const double s = sigma * sigma;
    return {s, q * q * s, math::cos(2.0 * theta), math::sin(2.0 * theta)};
  }
  KOKKOS_FUNCTION double sum() const { return major + minor; }
  KOKKOS_FUNCTION double difference() const { return major - minor; }
};

struct Axes {
  double re, q, theta;
};

/// Axes of the ellipse of a + b. The determinant is a sum of positive terms, and the difference of
/// the eigenvalues the length of a vector: neither cancels, however flat or round the sum is.
KOKKOS_FUNCTION Axes axes_of_sum(const Covariance& a, const Covariance& b) {
  const double ex = a.difference() * a.cos2 + b.difference() * b.cos2;
  const double ey = a.difference() * a.sin2 + b.difference() * b.sin2;
  const double cosine = a.cos2 * b.cos2 + a.sin2 * b.sin2;  // of twice the angle between them
  const double along = 0.5 * (1.0 + cosine);
  const double sine = a.cos2 * b.sin2 - a.sin2 * b.cos2;
  // 1 - cosine loses its digits where the axes are nearly parallel.
  const double across = along > 0.5 ? 0.25 * sine * sine / along : 0.5 * (1.0 - cosine);
  const double determinant = a.major * a.minor + b.major * b.minor +
                             (a.major * b.minor + a.minor * b.major) * along +
                             (a.major * b.major + a.minor * b.minor) * across;
  const double major = 0.5 * (a.sum() + b.sum() + math::sqrt(ex * ex + ey * ey));
  const double q = math::sqrt(determinant) / major;
  return {re_per_sigma * math::sqrt(major), q < 1.0 ? q : 1.0, 0.5 * math::atan2(ey, ex)};
}

/// Row p G + g of the result; finds the first row of the catalogue that is no Gaussian.
template <class ExecutionSpace>
struct ConvolveGaussians {
  using MemorySpace = typename ExecutionSpace::memory_space;
  Catalogue<MemorySpace> in, out;
  Vector<GaussianComponent, MemorySpace> psf;

  KOKKOS_FUNCTION void operator()(std::size_t index, std::size_t& first_bad) const {
    const std::size_t p = index / psf.extent(0);
    const GaussianComponent component = psf(index % psf.extent(0));
    if (!(in.n(p) == 0.5) && p < first_bad) first_bad = p;
    const Axes axes =
        component.sigma > 0.0
            ? axes_of_sum(Covariance::of(in.re(p) / re_per_sigma, in.q(p), in.theta(p)),
                          Covariance::of(component.sigma, component.q, component.theta))
            : Axes{in.re(p), in.q(p), in.theta(p)};
    out.x(index) = in.x(p);
    out.y(index) = in.y(p);
    out.flux(index) = in.flux(p) * component.weight;
    out.re(index) = axes.re;
    out.n(index) = 0.5;
    out.q(index) = axes.q;
    out.theta(index) = axes.theta;
  }
};

void validate(const GaussianMixture& psf) {
  GLINT_EXPECTS(!psf.empty(), "the Gaussian PSF has no component");
  for (std::size_t g = 0; g < psf.size(); ++g) {
    const GaussianComponent& c = psf[g];
    GLINT_EXPECTS(std::isfinite(c.weight), "component ", g, " of the Gaussian PSF: weight is ",
                  c.weight, ", but it must be finite");
    GLINT_EXPECTS(c.sigma >= 0.0 && c.sigma <= 1e9, "component ", g,
                  " of the Gaussian PSF: sigma is ", c.sigma, ", but it must lie in 0 to 1e9");
    GLINT_EXPECTS(c.q >= 1e-6 && c.q <= 1.0, "component ", g, " of the Gaussian PSF: q is ", c.q,
                  ", but it must lie in 1e-6 to 1");
    GLINT_EXPECTS(std::abs(c.theta) <= 1e9, "component ", g, " of the Gaussian PSF: theta is ",
                  c.theta, ", but it must lie in -1e9 to 1e9");
  }
}

}  // namespace

template <class ExecutionSpace>
Catalogue<typename ExecutionSpace::memory_space> impl::convolve_gaussians(
    const ExecutionSpace& space, const Catalogue<typename ExecutionSpace::memory_space>& catalogue,
    const GaussianMixture& psf) {
  using MemorySpace = typename ExecutionSpace::memory_space;
  const ScopedRegion region("glint::convolved");
  expect_equal_columns("convolved", catalogue);
  validate(psf);
  const auto components =
      allocate<Vector<GaussianComponent, MemorySpace>>(space, "glint::convolved::psf", psf.size());
  copy(space, components,
       Kokkos::View<const GaussianComponent*, Kokkos::LayoutRight, Kokkos::HostSpace,
                    Kokkos::MemoryUnmanaged>(psf.data(), psf.size()));
  const Catalogue<MemorySpace> result(space, catalogue.size() * psf.size());
  std::size_t bad = 0;
  Kokkos::parallel_reduce("glint::convolved::profiles", range(space, result.size()),
                          ConvolveGaussians<ExecutionSpace>{catalogue, result, components},
                          Kokkos::Min<std::size_t>(bad));
  compat::fence(space, "glint::convolved::profiles");
  if (catalogue.size() == 0 || bad >= catalogue.size()) return result;

  double n = 0.0;
  copy(space, Kokkos::View<double, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&n),
       Kokkos::subview(catalogue.n, bad));
  compat::fence(space, "glint::convolved::verdict");
  throw Error(concat("catalogue row ", bad, ": n is ", n,
                     ", but only Gaussian profiles, n = 0.5, have a closed form with a Gaussian ",
                     "PSF; give the PSF as an image for others"));
}

#define GLINT_INSTANTIATE(Space)                                                    \
  template Catalogue<typename Space::memory_space> impl::convolve_gaussians<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&, const GaussianMixture&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
