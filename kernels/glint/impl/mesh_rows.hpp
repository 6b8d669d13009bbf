// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_MESH_ROWS_HPP
#define GLINT_IMPL_MESH_ROWS_HPP

#include <glint/execution.hpp>

namespace glint::impl {

/// H of a MeshRegularization as kernels read it, row by row.
template <class ExecutionSpace>
struct MeshRows {
  using Memory = typename ExecutionSpace::memory_space;

  std::size_t sources, columns;
  Vector<int, Memory> neighbours;
  Vector<double, Memory> strengths, excess;

  template <class Regularization>
  static MeshRows of(const Regularization& h) {
    return {h.sources, h.columns, h.neighbours, h.strengths, h.excess};
  }

  /// Calls action(t, weight of the edge) for every neighbour t of s.
  template <class Action>
  KOKKOS_FORCEINLINE_FUNCTION void for_each(std::size_t s, const Action& action) const {
    const double mine = strengths(s);
    for (std::size_t p = 0; p < columns; ++p) {
      const int t = neighbours(s * columns + p);
      if (t < 0) break;
      if (t >= static_cast<int>(sources)) continue;
      action(static_cast<std::size_t>(t), mine + strengths(t));
    }
  }

  /// (H x)_s: differences first, so that equal numbers leave nothing but the excess.
  template <class VectorView>
  KOKKOS_FORCEINLINE_FUNCTION double apply(std::size_t s, const VectorView& x) const {
    const double mine = x(s);
    double sum = excess(s) * mine;
    for_each(s, [&](std::size_t t, double weight) { sum += weight * (mine - x(t)); });
    return sum;
  }

  KOKKOS_FORCEINLINE_FUNCTION double diagonal(std::size_t s) const {
    double sum = excess(s);
    for_each(s, [&](std::size_t, double weight) { sum += weight; });
    return sum;
  }
};

}  // namespace glint::impl

#endif
