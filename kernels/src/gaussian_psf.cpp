// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/constants.hpp>
#include <glint/gaussian_psf.hpp>
#include <glint/region.hpp>
#include <iterator>
#include <string>

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

/// Columns that make a Gaussian something else, unless absent, NaN or at their defaults.
constexpr ExtraColumn shape_columns[] = {
    ExtraColumn::r_truncation, ExtraColumn::r_soft, ExtraColumn::boxiness, ExtraColumn::asymmetry,
    ExtraColumn::f1,           ExtraColumn::f2,     ExtraColumn::f3,       ExtraColumn::f4,
    ExtraColumn::f5,           ExtraColumn::f6};
constexpr int shapes = std::size(shape_columns);
constexpr int reasons = shapes + 2;  // in this order: the kind, n, the columns above

/// Finds the first row that is no plain Gaussian and the first reason, as row * reasons + reason.
template <class MemorySpace>
struct FindOthers {
  Vector<ProfileKind, MemorySpace> kind;
  Vector<double, MemorySpace> n, shape[shapes];
  double standard[shapes];

  KOKKOS_FUNCTION void operator()(std::size_t p, std::size_t& first) const {
    const ProfileKind k = kind.extent(0) ? kind(p) : ProfileKind::sersic;
    int reason = reasons;
    for (int c = shapes - 1; c >= 0; --c) {
      if (shape[c].extent(0) == 0) continue;
      const double value = shape[c](p);
      if (value == value && value != standard[c]) reason = c + 2;
    }
    if (k == ProfileKind::sersic && !(n(p) == 0.5)) reason = 1;
    if (k != ProfileKind::sersic && k != ProfileKind::gaussian) reason = 0;
    const std::size_t found = p * reasons + static_cast<std::size_t>(reason);
    if (reason < reasons && found < first) first = found;
  }
};

/// Row p G + g of the result.
template <class MemorySpace>
struct ConvolveGaussians {
  Vector<double, MemorySpace> x, y, flux, re, q, theta;
  Catalogue<MemorySpace> out;
  Vector<GaussianComponent, MemorySpace> psf;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t p = index / psf.extent(0);
    const GaussianComponent component = psf(index % psf.extent(0));
    const Axes axes =
        component.sigma > 0.0
            ? axes_of_sum(Covariance::of(re(p) / re_per_sigma, q(p), theta(p)),
                          Covariance::of(component.sigma, component.q, component.theta))
            : Axes{re(p), q(p), theta(p)};
    out.x(index) = x(p);
    out.y(index) = y(p);
    out.flux(index) = flux(p) * component.weight;
    out.re(index) = axes.re;
    out.n(index) = 0.5;
    out.q(index) = axes.q;
    out.theta(index) = axes.theta;
  }
};

/// One element of a column, read back to the host.
template <class T, class ExecutionSpace, class Column>
T read_back(const ExecutionSpace& space, const Column& column, std::size_t row) {
  T value{};
  copy(space, Kokkos::View<T, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&value),
       Kokkos::subview(column, row));
  compat::fence(space, "glint::convolved::verdict");
  return value;
}

template <class ExecutionSpace, class MemorySpace>
void expect_gaussians(const ExecutionSpace& space, const Catalogue<MemorySpace>& catalogue) {
  if (catalogue.size() == 0) return;
  FindOthers<MemorySpace> find{catalogue.kind, catalogue.n, {}, {}};
  for (int c = 0; c < shapes; ++c) {
    find.shape[c] = catalogue[shape_columns[c]];
    find.standard[c] = extra_column_rules[static_cast<int>(shape_columns[c])].standard;
  }
  std::size_t first = 0;
  Kokkos::parallel_reduce("glint::convolved::kinds", range(space, catalogue.size()), find,
                          Kokkos::Min<std::size_t>(first));
  if (first >= catalogue.size() * reasons) return;
  const std::size_t row = first / reasons;
  const int reason = static_cast<int>(first % reasons);
  const std::string only =
      ", but only Gaussian profiles, n = 0.5, have a closed form with a Gaussian PSF; give the PSF "
      "as an image for others";
  const std::string where = concat("catalogue row ", row, ": ");
  if (reason == 0) {
    const int kind = static_cast<int>(read_back<ProfileKind>(space, catalogue.kind, row));
    const bool known = kind >= 0 && kind < profile_kinds;
    throw Error(where + "the profile is " +
                (known ? profile_kind_names[kind] : concat("of the unknown kind ", kind)) + only);
  }
  if (reason == 1)
    throw Error(concat(where, "n is ", read_back<double>(space, catalogue.n, row), only));
  const ExtraColumn column = shape_columns[reason - 2];
  throw Error(concat(where, extra_column_rules[static_cast<int>(column)].name, " is ",
                     read_back<double>(space, catalogue[column], row), only));
}

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
  expect_gaussians(space, catalogue);
  const auto components =
      allocate<Vector<GaussianComponent, MemorySpace>>(space, "glint::convolved::psf", psf.size());
  copy(space, components,
       Kokkos::View<const GaussianComponent*, Kokkos::LayoutRight, Kokkos::HostSpace,
                    Kokkos::MemoryUnmanaged>(psf.data(), psf.size()));
  const Catalogue<MemorySpace> result(space, catalogue.size() * psf.size());
  Kokkos::parallel_for(
      "glint::convolved::profiles", range(space, result.size()),
      ConvolveGaussians<MemorySpace>{catalogue.x, catalogue.y, catalogue.flux, catalogue.re,
                                     catalogue.q, catalogue.theta, result, components});
  compat::fence(space, "glint::convolved::profiles");  // the caller's `psf` may end here
  return result;
}

#define GLINT_INSTANTIATE(Space)                                                    \
  template Catalogue<typename Space::memory_space> impl::convolve_gaussians<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&, const GaussianMixture&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
