// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REFINEMENT_HPP
#define GLINT_REFINEMENT_HPP

#include <cstdint>
#include <glint/backends.hpp>
#include <glint/device_rules.hpp>

namespace glint {

struct RefinementOptions {
  int base_oversample = 1;   ///< cells per pixel and axis at level 0; 1 to 1000
  int order = 3;             ///< nodes per axis of the error estimate; 2 to 33
  int oversample = 3;        ///< a split cell has oversample x oversample children; 2 to 33
  double precision = 1e-6;   ///< goal for every cell's estimate, absolute, in flux; >= 0
  double frac_refine = 0.1;  ///< share of the cells of level 0 that each level splits; 0 to 1
  int k_max = 5;             ///< deepest level; 0 to 20

  bool operator==(const RefinementOptions&) const = default;
};

/// Throws Error unless every option has a legal value.
void validate(const RefinementOptions& options);

namespace impl {
/// Selection of the largest estimates by their bits, one digit per pass from the top.
struct RadixDigits {
  static constexpr int bits = 8, passes = 8, bins = 1 << bits;
};
}  // namespace impl

/// Device memory of a refinement of N cells, and its results. Made once by make_refinement(), used
/// by any number of calls, which allocate nothing.
/// Memory: 8 (N + max(N, c) + (k_max + 4) c) + 4 k_max m bytes, c = m oversample^2, and 20 kB.
template <class ExecutionSpace>
struct Refinement {
  using Memory = typename ExecutionSpace::memory_space;

  RefinementOptions options;
  Vector<double, Memory> initial;      ///< (N): values of level 0
  Matrix<double, Memory> refined;      ///< (k_max, m oversample^2): values of level k in row k-1
  Matrix<std::int32_t, Memory> index;  ///< (k_max, m): ascending; row k-1 says which cells of
                                       ///< level k-1 were split into level k
  Vector<std::uint64_t, Memory>
      imprecise;                   ///< (k_max + 1): cells above `precision`, 0 for a level
                                   ///< that was not needed; the next one then is not either
  Vector<double, Memory> largest;  ///< (k_max + 1): largest estimate of a level

  Vector<double, Memory> errors;  ///< estimates of the level last evaluated
  Cube<double, Memory> centres;   ///< (2, 2, m oversample^2): of the last two levels, rows first
  Matrix<std::uint32_t, Memory> histogram;  ///< (passes, bins)
  Matrix<std::uint64_t, Memory> digits;  ///< (passes + 1, 2): leading digits, cells still to take
  DeviceErrorRules<Memory> rules;

  std::size_t cells() const { return initial.extent(0); }     ///< N
  std::size_t split() const { return index.extent(1); }       ///< m
  std::size_t children() const { return refined.extent(1); }  ///< m oversample^2
};

/// Allocates a refinement of `cells` cells. Throws Error on illegal options and on a number of
/// cells that 32-bit indices cannot count. Waits for its small table of quadrature nodes.
template <class ExecutionSpace>
Refinement<ExecutionSpace> make_refinement(const ExecutionSpace& space, std::size_t cells,
                                           const RefinementOptions& options);

#define GLINT_EXTERN(Space)                                                           \
  extern template Refinement<Space> make_refinement<Space>(const Space&, std::size_t, \
                                                           const RefinementOptions&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
