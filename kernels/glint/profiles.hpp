// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PROFILES_HPP
#define GLINT_PROFILES_HPP

#include <glint/backends.hpp>
#include <glint/catalogue.hpp>
#include <glint/ellipse.hpp>
#include <glint/execution.hpp>
#include <glint/laws/sersic_law.hpp>

namespace glint {

/// One elliptical profile, ready to evaluate: brightness(X, Y) = amplitude * law.brightness(w) with
/// w = ellipse.squared_radius(X, Y).
template <class Law>
struct Profile {
  Ellipse ellipse;
  double flux = 0.0;       ///< to infinity
  double amplitude = 0.0;  ///< flux per pixel area where law.brightness is 1
  Law law;
};

/// P prepared profiles of one radial law, in the memory of an execution space.
template <class Law, class ExecutionSpace>
struct Profiles {
  using law_type = Law;
  Vector<Profile<Law>, typename ExecutionSpace::memory_space> data;

  std::size_t size() const { return data.extent(0); }
};

template <class ExecutionSpace>
using SersicProfiles = Profiles<SersicLaw, ExecutionSpace>;

/// Legal ranges of catalogue values; everything else is refused by prepare().
struct SersicLimits {
  static constexpr double n_min = 0.02, n_max = 20.0;
  static constexpr double re_min = 1e-6, re_max = 1e9;  ///< pixels
  static constexpr double q_min = 1e-6;                 ///< to 1
  static constexpr double coordinate_max = 1e9;         ///< |x|, |y| in pixels
};

/// Per-profile constants of a Sersic catalogue (b_n, ellipse, central brightness), computed on
/// `space`. The catalogue may live in any memory space.
///
/// Every value is checked here, once: non-finite values, n outside 0.02..20, q outside 1e-6..1,
/// re outside 1e-6..1e9 pixels, |x| or |y| above 1e9. Negative flux is legal.
/// Throws Error naming the first bad row (counted from 0), column and value.
/// Synchronous (it returns the verdict). Cost: O(P).
template <class ExecutionSpace>
SersicProfiles<ExecutionSpace> prepare(
    const ExecutionSpace& space, const Catalogue<typename ExecutionSpace::memory_space>& catalogue);

template <class ExecutionSpace, class MemorySpace>
SersicProfiles<ExecutionSpace> prepare(const ExecutionSpace& space,
                                       const Catalogue<MemorySpace>& catalogue) {
  return prepare(space, to_space(space, catalogue));
}

#define GLINT_EXTERN(Space)                          \
  extern template SersicProfiles<Space> prepare<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
