// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_GAUSSIAN_PSF_HPP
#define GLINT_GAUSSIAN_PSF_HPP

#include <glint/backends.hpp>
#include <glint/catalogue.hpp>
#include <vector>

namespace glint {

/// One elliptical Gaussian of a point-spread function.
struct GaussianComponent {
  double weight = 1.0;  ///< share of the light it holds; negative ones are legal
  double sigma = 1.0;   ///< standard deviation along its major axis, pixels; 0 is a point
  double q = 1.0;       ///< minor/major axis ratio, 0 < q <= 1
  double theta = 0.0;   ///< direction of the major axis, radians from +x towards +y
};

/// A PSF as a sum of Gaussians; sum of the weights: the share of a point's light it holds.
using GaussianMixture = std::vector<GaussianComponent>;

namespace impl {
template <class ExecutionSpace>
Catalogue<typename ExecutionSpace::memory_space> convolve_gaussians(
    const ExecutionSpace& space, const Catalogue<typename ExecutionSpace::memory_space>& catalogue,
    const GaussianMixture& psf);
}

/// A catalogue of Gaussian profiles (kind gaussian, or Sersic with n = 1/2) convolved with a
/// Gaussian mixture, in closed form: covariances add, so profile p and component g become the
/// Gaussian profile
///   row p G + g:  flux = flux_p weight_g,  covariance C_p + C_g,  same centre,
/// G the number of components; C = R(theta) diag(s^2, (q s)^2) R(-theta) with s = sigma, and
/// s = re / sqrt(2 ln 2) for a profile. prepare() and render() it: its pixels are integrated to the
/// tolerance like any other, nothing is sampled and no frame is cut.
///
/// The result lies in the memory of `space` and is plain Sersic. Other profiles (another kind or n,
/// or an extra column that changes the shape) have no closed form and are refused: Error names the
/// first such row (counted from 0) and what it is, or the component and value that are illegal.
/// Ranges of the other columns are checked by prepare().
/// Synchronous (it returns the verdict). Cost: O(P G).
template <class ExecutionSpace, class MemorySpace>
Catalogue<typename ExecutionSpace::memory_space> convolved(const ExecutionSpace& space,
                                                           const Catalogue<MemorySpace>& catalogue,
                                                           const GaussianMixture& psf) {
  if constexpr (std::is_same_v<MemorySpace, typename ExecutionSpace::memory_space>)
    return impl::convolve_gaussians(space, catalogue, psf);
  else
    return impl::convolve_gaussians(space, to_space(space, catalogue), psf);
}

#define GLINT_EXTERN(Space)                                                                \
  extern template Catalogue<typename Space::memory_space> impl::convolve_gaussians<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&, const GaussianMixture&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
