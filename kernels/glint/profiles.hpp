// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PROFILES_HPP
#define GLINT_PROFILES_HPP

#include <glint/backends.hpp>
#include <glint/catalogue.hpp>
#include <glint/ellipse.hpp>
#include <glint/execution.hpp>
#include <glint/laws/sersic_law.hpp>
#include <utility>

namespace glint {

/// One elliptical profile, ready to evaluate: brightness(X, Y) = amplitude * law.brightness(w) with
/// w = ellipse.squared_radius(X, Y).
template <class Law>
struct Profile {
  Ellipse ellipse;
  double flux = 0.0;       ///< to infinity
  double amplitude = 0.0;  ///< flux per pixel area where law.brightness is 1
  double log_peak = 0.0;   ///< ln(amplitude / flux)
  Law law;

  /// Flux per pixel area at (x, y), in pixels from the image centre; the law is evaluated in T.
  template <class T = double>
  KOKKOS_FUNCTION double brightness(double at_x, double at_y) const {
    const double w = ellipse.squared_radius(at_x - ellipse.x, at_y - ellipse.y);
    return amplitude * law.brightness(static_cast<T>(w));
  }
};

/// P prepared profiles of one radial law, in the memory of an execution space.
template <class Law, class ExecutionSpace>
struct Profiles {
  using memory_space = typename ExecutionSpace::memory_space;
  Vector<Profile<Law>, typename ExecutionSpace::memory_space> data;

  std::size_t size() const { return data.extent(0); }
};

/// Profile p alone, of a set of profiles. No copy.
template <class Law, class ExecutionSpace>
Profiles<Law, ExecutionSpace> single(const Profiles<Law, ExecutionSpace>& profiles, std::size_t p) {
  Profiles<Law, ExecutionSpace> one;
  one.data = Kokkos::subview(profiles.data, std::pair<std::size_t, std::size_t>(p, p + 1));
  return one;
}

template <class ExecutionSpace>
using SersicProfiles = Profiles<SersicLaw, ExecutionSpace>;

/// Legal range of one catalogue column; a value outside it, or NaN, is refused by prepare().
struct ColumnRange {
  const char* name;
  double low, high;
};

/// The ranges, in the order of the columns of Catalogue.
inline constexpr ColumnRange sersic_ranges[] = {
    {"x", -1e9, 1e9},  {"y", -1e9, 1e9}, {"flux", -1e290, 1e290}, {"re", 1e-6, 1e9},
    {"n", 0.02, 20.0}, {"q", 1e-6, 1.0}, {"theta", -1e9, 1e9}};

namespace impl {
template <class ExecutionSpace>
SersicProfiles<ExecutionSpace> prepare_sersic(
    const ExecutionSpace& space, const Catalogue<typename ExecutionSpace::memory_space>& catalogue);
}

/// Per-profile constants of a Sersic catalogue (b_n, ellipse, central brightness), computed on
/// `space`. The catalogue may live in any memory space.
///
/// Every value is checked here, once, against sersic_ranges (negative flux is legal).
/// Throws Error naming the first bad row (counted from 0), column and value, and when the catalogue
/// has other profiles than plain Sersic ones: those take prepare_model() (model.hpp).
/// Synchronous (it returns the verdict). Cost: O(P).
template <class ExecutionSpace, class MemorySpace>
SersicProfiles<ExecutionSpace> prepare(const ExecutionSpace& space,
                                       const Catalogue<MemorySpace>& catalogue) {
  if constexpr (std::is_same_v<MemorySpace, typename ExecutionSpace::memory_space>)
    return impl::prepare_sersic(space, catalogue);
  else
    return impl::prepare_sersic(space, to_space(space, catalogue));
}

#define GLINT_EXTERN(Space)                                          \
  extern template SersicProfiles<Space> impl::prepare_sersic<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
