// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CATALOGUE_HPP
#define GLINT_CATALOGUE_HPP

#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>

namespace glint {

/// P elliptical profiles as a structure of arrays, each of length P.
///
/// `x`, `y`: centre in pixels from the image centre; `flux`: total flux to infinity (may be
/// negative); `re`: half-light radius along the major axis in pixels; `n`: Sersic index;
/// `q`: minor/major axis ratio; `theta`: major axis, radians from +x towards +y.
template <class MemorySpace = Kokkos::HostSpace>
struct Catalogue {
  Vector<double, MemorySpace> x, y, flux, re, n, q, theta;

  Catalogue() = default;

  /// Columns of length `count`, zero-initialised on the default instance of the memory space.
  explicit Catalogue(std::size_t count)
      : x("glint::Catalogue::x", count),
        y("glint::Catalogue::y", count),
        flux("glint::Catalogue::flux", count),
        re("glint::Catalogue::re", count),
        n("glint::Catalogue::n", count),
        q("glint::Catalogue::q", count),
        theta("glint::Catalogue::theta", count) {}

  /// Columns of length `count` whose values are not initialised; allocated on `space`.
  template <class ExecutionSpace>
  Catalogue(const ExecutionSpace& space, std::size_t count) {
    using Column = Vector<double, MemorySpace>;
    x = allocate<Column>(space, "glint::Catalogue::x", count);
    y = allocate<Column>(space, "glint::Catalogue::y", count);
    flux = allocate<Column>(space, "glint::Catalogue::flux", count);
    re = allocate<Column>(space, "glint::Catalogue::re", count);
    n = allocate<Column>(space, "glint::Catalogue::n", count);
    q = allocate<Column>(space, "glint::Catalogue::q", count);
    theta = allocate<Column>(space, "glint::Catalogue::theta", count);
  }

  /// P, the number of profiles.
  std::size_t size() const { return x.extent(0); }
};

/// Throws Error unless all seven columns have the same length.
template <class MemorySpace>
void expect_equal_columns(const char* function, const Catalogue<MemorySpace>& catalogue) {
  const std::array<std::size_t, 1> length{catalogue.size()};
  expect_shape(function, "catalogue column y", catalogue.y, length);
  expect_shape(function, "catalogue column flux", catalogue.flux, length);
  expect_shape(function, "catalogue column re", catalogue.re, length);
  expect_shape(function, "catalogue column n", catalogue.n, length);
  expect_shape(function, "catalogue column q", catalogue.q, length);
  expect_shape(function, "catalogue column theta", catalogue.theta, length);
}

/// Copies a catalogue to the memory of `space`. Asynchronous.
template <class ExecutionSpace, class MemorySpace>
Catalogue<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                          const Catalogue<MemorySpace>& source) {
  expect_equal_columns("to_space", source);
  Catalogue<typename ExecutionSpace::memory_space> target(space, source.size());
  copy(space, target.x, source.x);
  copy(space, target.y, source.y);
  copy(space, target.flux, source.flux);
  copy(space, target.re, source.re);
  copy(space, target.n, source.n);
  copy(space, target.q, source.q);
  copy(space, target.theta, source.theta);
  return target;
}

}  // namespace glint

#endif
