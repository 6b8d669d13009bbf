// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_MERGE_SUMS_HPP
#define GLINT_IMPL_UV_MERGE_SUMS_HPP

#include <glint/impl/uv/exact_sum.hpp>
#include <glint/sky_grid.hpp>
#include <glint/views.hpp>

/// From sums of slabs to kernels and images.

namespace glint::impl {

/// Adds the sums of slabs in their order, some neighbouring elements per index.
template <class ExecutionSpace>
struct AddSlabs {
  static constexpr int lanes = lanes_v<ExecutionSpace>;

  const double* partial;
  std::size_t slabs, stride, count;
  double *high, *low;  ///< result, and what rounding lost; it may lie on the first slab
  bool add;            ///< to an earlier result
  bool last;           ///< no more will be added: round to one number

  KOKKOS_FUNCTION void operator()(std::size_t block) const {
    const std::size_t first = block * lanes;
    if (first + lanes <= count)
      sum<lanes>(first);
    else
      for (std::size_t e = first; e < count; ++e) sum<1>(e);
  }

  template <int Lanes>
  KOKKOS_FORCEINLINE_FUNCTION void sum(std::size_t first) const {
    alignas(64) double to[Lanes] = {}, lost[Lanes] = {};
    if (add)
      for (int l = 0; l < Lanes; ++l) to[l] = high[first + l], lost[l] = low[first + l];
    for (std::size_t s = 0; s < slabs; ++s) {
      const double* KOKKOS_RESTRICT from = partial + s * stride + first;
      for (int l = 0; l < Lanes; ++l) {
        ExactSum exact{to[l], lost[l]};
        exact.add(from[l]);
        to[l] = exact.high, lost[l] = exact.low;
      }
    }
    for (int l = 0; l < Lanes; ++l) high[first + l] = last ? to[l] + lost[l] : to[l];
    if (!last)
      for (int l = 0; l < Lanes; ++l) low[first + l] = lost[l];
  }
};

/// One element of NY x NX per index: compact at an offset and at its mirror image. `sums`: those of
/// one kind of weights, cosines and then sines; none for zero.
template <class ExecutionSpace>
struct MergeKernel {
  const double* sums;
  StridedOutput<double**, ExecutionSpace> compact;
  SumTarget<double> target;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t width = compact.extent(1), nx = (width + 1) / 2;
    const std::size_t m = index / nx, n = index % nx, matrix = compact.extent(0) * nx;
    const double even = sums != nullptr ? sums[index] : 0.0;
    // None in row 0, exactly: W is symmetric to the last bit.
    const double odd = sums != nullptr && m > 0 ? sums[matrix + index] : 0.0;
    put(m, nx - 1 + n, m * width + nx - 1 + n, even + odd);
    if (n > 0) put(m, nx - 1 - n, m * width + nx - 1 - n, even - odd);
  }

  KOKKOS_FORCEINLINE_FUNCTION void put(std::size_t row, std::size_t column, std::size_t index,
                                       double value) const {
    double& element = compact(row, column);
    ExactSum sum = target.begin(element, index);
    sum.add(value);
    target.end(sum, element, index);
  }
};

/// One pixel of an image per index, from the sums over a quarter of the frame (none for zero).
template <class ExecutionSpace, int Kinds, class T>
struct MergeImage {
  const double* sums;
  SkyPixels<typename ExecutionSpace::memory_space> pixels;
  StridedOutput<T*, ExecutionSpace> image;
  SumTarget<T> target;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    ExactSum sum = target.begin(image(index), index);
    if (sums != nullptr) sum.add(value(index));
    target.end(sum, image(index), index);
  }

  KOKKOS_FORCEINLINE_FUNCTION double value(std::size_t index) const {
    const int ny = static_cast<int>(pixels.grid.ny), nx = static_cast<int>(pixels.grid.nx);
    // Twice the pixel's offsets from the middle of the frame, upwards and to the right.
    const int up = ny - 1 - 2 * pixels.row(index), right = 2 * pixels.column(index) - (nx - 1);
    const double sign_y = up < 0 ? -1.0 : 1.0, sign_x = right < 0 ? -1.0 : 1.0;
    const int columns = (nx + 1) / 2;
    const auto matrix = static_cast<std::size_t>((ny + 1) / 2 * columns);
    const double* const at = sums + static_cast<std::size_t>((up < 0 ? -up : up) / 2 * columns +
                                                             (right < 0 ? -right : right) / 2);
    const double even = at[0] - sign_x * sign_y * at[matrix];
    if constexpr (Kinds == 2)
      return even - (sign_x * at[2 * matrix] + sign_y * at[3 * matrix]);
    else
      return even;
  }
};

}  // namespace glint::impl

#endif
