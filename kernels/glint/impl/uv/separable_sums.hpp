// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_SEPARABLE_SUMS_HPP
#define GLINT_IMPL_UV_SEPARABLE_SUMS_HPP

#include <algorithm>
#include <glint/impl/uv/exact_sum.hpp>
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
  const std::size_t bytes = static_cast<std::size_t>(y.count) * static_cast<std::size_t>(x.count) *
                            static_cast<std::size_t>(2 * kinds) * sizeof(double);
  cut.slabs = std::clamp(partial_budget / bytes, std::size_t(1), all);
  return cut;
}

template <bool Image, int Micro, class ExecutionSpace, class Weights, class Merge>
void sum_in_slabs(const ExecutionSpace& space, const std::string& label,
                  const InputVector<double, ExecutionSpace>& u,
                  const InputVector<double, ExecutionSpace>& v, const Weights& weights,
                  const UvAxis& y, const UvAxis& x, KernelWorkspace<ExecutionSpace>& workspace,
                  const Merge& merge) {
  using Product = UvProduct<ExecutionSpace, Weights, Image, Micro>;
  UvCut cut = cut_visibilities<Product::on_host>(u.extent(0), y, x, Weights::count, Micro);
  const std::size_t each = static_cast<std::size_t>(y.count) * static_cast<std::size_t>(x.count) *
                           static_cast<std::size_t>(2 * Weights::count);
  grow(space, "glint::KernelWorkspace::partial", cut.slabs * each, workspace.partial);
  const std::size_t all = (cut.count + cut.slab - 1) / cut.slab;
  const std::size_t at_once = cut.slabs;
  for (; cut.first < all; cut.first += at_once) {
    cut.slabs = std::min(at_once, all - cut.first);
    const Product product{{u, v, weights, x, y}, cut, workspace.partial.data()};
    Kokkos::TeamPolicy<ExecutionSpace> policy(space, static_cast<int>(product.teams()),
                                              Product::threads);
    constexpr std::size_t alignment = 64;  // what get_shmem_aligned may skip
    policy.set_scratch_size(0, Kokkos::PerTeam(product.scratch_at(nullptr).bytes() + alignment));
    Kokkos::parallel_for(label, policy, product);
    merge(workspace.partial.data(), cut.slabs, cut.first + cut.slabs == all, cut.first > 0);
  }
}

/// Calls merge(partial sums, slabs, whether they are the last, whether to add to earlier ones) once
/// per launch of products; with no slab when there is no visibility.
template <bool Image, class ExecutionSpace, class Weights, class Merge>
void separable_sums(const ExecutionSpace& space, const std::string& label, const SkyGrid& grid,
                    const InputVector<double, ExecutionSpace>& u,
                    const InputVector<double, ExecutionSpace>& v, const Weights& weights,
                    KernelWorkspace<ExecutionSpace>& workspace, const Merge& merge) {
  if (u.extent(0) == 0) return merge(nullptr, 0, true, false);
  const UvAxis y = Image ? half_axis(grid, grid.ny) : whole_axis(grid, grid.ny);
  const UvAxis x = Image ? half_axis(grid, grid.nx) : whole_axis(grid, grid.nx);
  if constexpr (!is_host_execution_v<ExecutionSpace>) {
    if (y.count > 32 || x.count > 32)
      return sum_in_slabs<Image, 4>(space, label, u, v, weights, y, x, workspace, merge);
  }
  sum_in_slabs<Image, 2>(space, label, u, v, weights, y, x, workspace, merge);
}

/// One element of NY x NX per index: compact at an offset and at its mirror image.
template <class ExecutionSpace>
struct MergeKernel {
  const double* partial;
  std::size_t slabs;
  int kinds, kind;
  StridedOutput<double**, ExecutionSpace> compact;
  SumTarget<double> target;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t width = compact.extent(1), nx = (width + 1) / 2;
    const std::size_t m = index / nx, n = index % nx, matrix = compact.extent(0) * nx;
    const std::size_t right = nx - 1 + n, left = nx - 1 - n;
    ExactSum plus = target.begin(compact(m, right), m * width + right);
    ExactSum minus = target.begin(compact(m, left), m * width + left);
    for (std::size_t s = 0; s < slabs; ++s) {
      const double* const sums =
          partial +
          (s * static_cast<std::size_t>(kinds) + static_cast<std::size_t>(kind)) * 2 * matrix +
          index;
      const double odd = m == 0 ? 0.0 : sums[matrix];  // exactly, so that W is exactly symmetric
      plus.add(sums[0] + odd);
      minus.add(sums[0] - odd);
    }
    target.end(plus, compact(m, right), m * width + right);
    if (n > 0) target.end(minus, compact(m, left), m * width + left);
  }
};

/// One pixel of an image per index, from the sums over a quarter of the frame.
template <class ExecutionSpace, int Kinds>
struct MergeImage {
  const double* partial;
  std::size_t slabs;
  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  StridedOutput<double*, ExecutionSpace> image;
  SumTarget<double> target;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
    // Twice the pixel's offsets from the middle of the frame, upwards and to the right.
    const int up = ny - 1 - 2 * pixels.row(index), right = 2 * pixels.column(index) - (nx - 1);
    const double sign_y = up < 0 ? -1.0 : 1.0, sign_x = right < 0 ? -1.0 : 1.0;
    const int columns = (nx + 1) / 2;
    const auto matrix = static_cast<std::size_t>((ny + 1) / 2 * columns);
    const auto at = static_cast<std::size_t>((up < 0 ? -up : up) / 2 * columns +
                                             (right < 0 ? -right : right) / 2);
    ExactSum sum = target.begin(image(index), index);
    for (std::size_t s = 0; s < slabs; ++s) {
      const double* const sums = partial + s * static_cast<std::size_t>(2 * Kinds) * matrix + at;
      double value = sums[0] - sign_x * sign_y * sums[matrix];
      if constexpr (Kinds == 2) value -= sign_x * sums[2 * matrix] + sign_y * sums[3 * matrix];
      sum.add(value);
    }
    target.end(sum, image(index), index);
  }
};

}  // namespace glint::impl

#endif
