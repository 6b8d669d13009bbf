// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_SEPARABLE_SUMS_HPP
#define GLINT_IMPL_UV_SEPARABLE_SUMS_HPP

#include <algorithm>
#include <glint/impl/uv/merge_sums.hpp>
#include <glint/impl/uv/uv_product.hpp>
#include <glint/w_compact.hpp>
#include <string>

/// Sums over visibilities as products of tables. Slabs of visibilities are summed on their own and
/// added in their order, compensated: the result does not depend on who sums which slab.

namespace glint::impl {

/// Bytes of sums that may wait to be added.
inline constexpr std::size_t partial_budget = std::size_t(32) << 20;

/// Blocks as equal as can be of at most `largest`.
inline int block_size(int count, int largest) {
  const int blocks = (count + largest - 1) / largest;
  return (count + blocks - 1) / blocks;
}

/// Cuts `count` visibilities; whatever the number of threads.
template <bool OnHost>
UvCut cut_visibilities(std::size_t count, const UvAxis& y, const UvAxis& x, int kinds, int micro) {
  UvCut cut;
  cut.count = count;
  cut.first = 0;
  cut.rows = OnHost ? block_size(y.count, 64) : 16 * micro;
  cut.columns = OnHost ? block_size(x.count, 128) : 16 * micro;
  cut.blocks_y = (y.count + cut.rows - 1) / cut.rows;
  cut.blocks_x = (x.count + cut.columns - 1) / cut.columns;
  // Slabs: enough for all cores, long enough that adding them does not show.
  const std::size_t teams = OnHost ? 64 : 1024, shortest = OnHost ? 512 : 64;
  const auto blocks = static_cast<std::size_t>(cut.blocks_y * cut.blocks_x);
  const std::size_t even = (count * blocks + teams - 1) / teams;
  const std::size_t slab = std::clamp(even, shortest, std::size_t(8192));
  constexpr int largest = OnHost ? 256 : UvScratch<false, 1>::device_chunk;
  cut.chunk = static_cast<int>(std::min((count + 15) / 16 * 16, static_cast<std::size_t>(largest)));
  const auto chunk = static_cast<std::size_t>(cut.chunk);
  cut.slab = (slab + chunk - 1) / chunk * chunk;
  const std::size_t all = (count + cut.slab - 1) / cut.slab;
  // Not a power of two: sums of many slabs are added element by element.
  const std::size_t each = static_cast<std::size_t>(y.count) * static_cast<std::size_t>(x.count) *
                           static_cast<std::size_t>(2 * kinds);
  cut.stride = (each + 7) / 8 * 8 + 8;
  cut.slabs = std::clamp(partial_budget / (sizeof(double) * cut.stride), std::size_t(1), all);
  return cut;
}

template <bool Image, int Micro, class ExecutionSpace, class Weights>
const double* sum_in_slabs(const ExecutionSpace& space, const std::string& function,
                           const InputVector<double, ExecutionSpace>& u,
                           const InputVector<double, ExecutionSpace>& v, const Weights& weights,
                           const UvAxis& y, const UvAxis& x,
                           KernelWorkspace<ExecutionSpace>& workspace) {
  using Product = UvProduct<ExecutionSpace, Weights, Image, Micro>;
  UvCut cut = cut_visibilities<Product::on_host>(u.extent(0), y, x, Weights::count, Micro);
  const std::size_t each = static_cast<std::size_t>(y.count) * static_cast<std::size_t>(x.count) *
                           static_cast<std::size_t>(2 * Weights::count);
  grow(space, "glint::KernelWorkspace::partial", cut.slabs * cut.stride, workspace.partial);
  double* const partial = workspace.partial.data();
  const std::size_t all = (cut.count + cut.slab - 1) / cut.slab;
  const std::size_t at_once = cut.slabs;
  const bool in_one = all <= at_once;
  if (!in_one) grow(space, "glint::KernelWorkspace::total", 2 * each, workspace.total);
  double* const high = in_one ? partial : workspace.total.data();
  double* const low = in_one ? nullptr : high + each;
  for (; cut.first < all; cut.first += at_once) {
    cut.slabs = std::min(at_once, all - cut.first);
    const Product product{{u, v, weights, x, y}, cut, partial};
    Kokkos::TeamPolicy<ExecutionSpace> policy(space, static_cast<int>(product.teams()),
                                              Product::threads);
    constexpr std::size_t alignment = 64;  // what get_shmem_aligned may skip
    policy.set_scratch_size(Product::scratch_level,
                            Kokkos::PerTeam(product.scratch_at(nullptr).bytes() + alignment));
    Kokkos::parallel_for(function + "::products", policy, product);
    if (all == 1) break;
    using Add = AddSlabs<ExecutionSpace>;
    Kokkos::parallel_for(function + "::slabs", range(space, (each + Add::lanes - 1) / Add::lanes),
                         Add{partial, cut.slabs, cut.stride, each, high, low, cut.first > 0,
                             cut.first + cut.slabs == all});
  }
  return high;
}

/// The sums of all visibilities, laid out as those of one slab by UvProduct, in the workspace; null
/// when there is none. `function`: for labels, "glint::" and a name.
template <bool Image, class ExecutionSpace, class Weights>
const double* separable_sums(const ExecutionSpace& space, const std::string& function,
                             const SkyGrid& grid, const InputVector<double, ExecutionSpace>& u,
                             const InputVector<double, ExecutionSpace>& v, const Weights& weights,
                             KernelWorkspace<ExecutionSpace>& workspace) {
  if (u.extent(0) == 0) return nullptr;
  const UvAxis y = Image ? half_axis(grid, grid.ny) : whole_axis(grid, grid.ny);
  const UvAxis x = Image ? half_axis(grid, grid.nx) : whole_axis(grid, grid.nx);
  if constexpr (!is_host_execution_v<ExecutionSpace>) {
    if (y.count > 32 || x.count > 32)
      return sum_in_slabs<Image, 4>(space, function, u, v, weights, y, x, workspace);
  }
  return sum_in_slabs<Image, 2>(space, function, u, v, weights, y, x, workspace);
}

}  // namespace glint::impl

#endif
