// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_WORKSPACE_HPP
#define GLINT_IMPL_TILES_TILE_WORKSPACE_HPP

#include <glint/impl/tiles/tile_levels.hpp>

namespace glint::impl {

/// Everything a render by tiles keeps between calls. Two of what a level hands to the next.
template <class ExecutionSpace>
struct TileWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  template <class Real>
  struct Sums {
    Vector<Real, Memory> main_basis, fine_basis, main_to_main, fine_to_main;
    Vector<Real, Memory> polynomials[2];
    int main_nodes = 0, fine_nodes = 0;  ///< of the bases held, 0 for none
  };

  Sums<double> in_double;
  Sums<float> in_float;
  Vector<TileProfile, Memory> profiles;
  Vector<TileRecord, Memory> records[2];
  Vector<std::uint32_t, Memory> candidates[2];
  Vector<std::uint32_t, Memory> pair_tiles;
  Vector<TileVerdict, Memory> verdicts;
  Vector<std::uint32_t, Memory> splits[2], fines[2];
  Vector<std::uint64_t, Memory> before;
  Vector<std::uint32_t, Memory> table_cells;
  Vector<std::uint64_t, Memory> table_starts;
  Cube<double, Memory> pixels;
  PixelGrid cleared;  ///< the frame inside which `pixels` is zero, or 0 x 0

  template <class Real>
  Sums<Real>& sums() {
    if constexpr (std::is_same_v<Real, double>)
      return in_double;
    else
      return in_float;
  }
};

}  // namespace glint::impl

#endif
