// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MAGNIFIED_HPP
#define GLINT_MAGNIFIED_HPP

#include <glint/catalogue.hpp>
#include <glint/error.hpp>

namespace glint {

namespace impl {
/// column *= factor.
template <class Column>
struct Scale {
  Column column;
  double factor;
  KOKKOS_FUNCTION void operator()(std::size_t p) const { column(p) *= factor; }
};

template <class ExecutionSpace, class Column>
void scale(const ExecutionSpace& space, const Column& column, double factor) {
  Kokkos::parallel_for("glint::magnified::scale", range(space, column.extent(0)),
                       Scale<Column>{column, factor});
}
}  // namespace impl

/// The same sky on pixels smaller by `factor`: every length of the catalogue, in pixels, times the
/// factor; fluxes, angles and shapes stay. An image of it with factor x factor pixels for each old
/// one has the same light in each group of them.
///
/// The result lies in the memory of `space`. Throws Error unless the factor is positive and finite.
/// Asynchronous. Cost: O(P).
template <class ExecutionSpace, class MemorySpace>
Catalogue<typename ExecutionSpace::memory_space> magnified(const ExecutionSpace& space,
                                                           const Catalogue<MemorySpace>& catalogue,
                                                           double factor) {
  GLINT_EXPECTS(factor > 0.0 && factor < 1e30, "magnified: the factor must be positive, not ",
                factor);
  const auto result = to_space(space, catalogue);
  impl::scale(space, result.x, factor);
  impl::scale(space, result.y, factor);
  impl::scale(space, result.re, factor);
  return result;
}

}  // namespace glint

#endif
