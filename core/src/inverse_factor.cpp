// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/inverse_factor.hpp>

namespace glint::impl {
namespace {

/// Columns of V on the host, `strips` strips of `strip` at a time, so that a piece of U serves all
/// of them while it is in a cache. Each item has a panel for its strips.
struct InverseStrips {
  static constexpr int strip = 16, tile = 8, strips = 4, group = strip * strips;

  DenseMatrix u, v;
  std::size_t size;
  double* panels;
  std::size_t items;

  KOKKOS_FUNCTION void operator()(std::size_t item) const {
    double* panel = panels + item * size * group;
    for (std::size_t first = item * group; first < size; first += items * group)
      solve(first, panel);
  }

  /// Forward substitution from the unit vectors `first` on, a tile of rows at a time.
  KOKKOS_FUNCTION void solve(std::size_t first, double* panel) const {
    for (std::size_t begin = first; begin < size; begin += tile)
      for (int q = 0; q < strips; ++q) {
        const std::size_t own = first + q * strip;
        if (own > begin || own >= size) continue;
        const int rows = size - begin < tile ? static_cast<int>(size - begin) : tile;
        rows_of_strip(own, begin, rows, panel + q * size * strip);
      }
    for (int q = 0; q < strips; ++q) {
      const std::size_t own = first + q * strip;
      if (own < size) store(own, panel + q * size * strip);
    }
  }

  /// Rows of the strip whose first column is `own`; x holds those from `own` to `begin`.
  KOKKOS_FUNCTION void rows_of_strip(std::size_t own, std::size_t begin, int rows,
                                     double* x) const {
    alignas(64) double sum[tile][strip];
    products(begin - own, u.data + own * u.step + begin, x, sum);
    double* KOKKOS_RESTRICT out = x + (begin - own) * strip;
    for (int k = 0; k < rows; ++k) {
      const double* row = u.data + (begin + k) * u.step + begin;
      const double inverse = 1.0 / row[k];
      for (int j = 0; j < strip; ++j) {
        const double unit = begin + k == own + j ? 1.0 : 0.0;
        out[k * strip + j] = (unit - sum[k][j]) * inverse;
      }
      for (int r = k + 1; r < rows; ++r) {
        const double factor = row[r];
        for (int j = 0; j < strip; ++j) sum[r][j] += factor * out[k * strip + j];
      }
    }
  }

  /// sum(r, j) = sum over k < count of a[k step + r] x[k strip + j], all in registers. Behind the
  /// last column of U the sums mean nothing, and nobody reads them.
  KOKKOS_FORCEINLINE_FUNCTION void products(std::size_t count, const double* KOKKOS_RESTRICT a,
                                            const double* KOKKOS_RESTRICT x,
                                            double (&out)[tile][strip]) const {
    alignas(64) double sum[tile][strip];
    GLINT_UNROLL
    for (int r = 0; r < tile; ++r)
      for (int j = 0; j < strip; ++j) sum[r][j] = 0.0;
    const std::size_t step = u.step;
    for (std::size_t k = 0; k < count; ++k, a += step, x += strip)
      for (int j = 0; j < strip; ++j) {
        const double right = x[j];
        GLINT_UNROLL
        for (int r = 0; r < tile; ++r) sum[r][j] += a[r] * right;
      }
    GLINT_UNROLL
    for (int r = 0; r < tile; ++r)
      for (int j = 0; j < strip; ++j) out[r][j] = sum[r][j];
  }

  KOKKOS_FUNCTION void store(std::size_t own, const double* x) const {
    const int width = size - own < strip ? static_cast<int>(size - own) : strip;
    for (std::size_t i = 0; i < size; ++i) {
      double* to = v.data + i * v.step + own;
      for (int j = 0; j < width; ++j) to[j] = i < own ? 0.0 : x[(i - own) * strip + j];
    }
  }
};

/// Column j of V on devices, one thread each: neighbours read neighbouring elements.
struct InverseColumn {
  DenseMatrix u, v;
  std::size_t size;

  KOKKOS_FUNCTION void operator()(std::size_t j) const {
    for (std::size_t i = 0; i < j; ++i) v.data[i * v.step + j] = 0.0;
    for (std::size_t i = j; i < size; ++i) {
      double value = i == j ? 1.0 : 0.0;
      for (std::size_t k = j; k < i; ++k) value -= u.data[k * u.step + i] * v.data[k * v.step + j];
      v.data[i * v.step + j] = value / u.data[i * u.step + i];
    }
  }
};

/// Threads that share the columns.
template <class ExecutionSpace>
std::size_t inverse_items(const ExecutionSpace& space, std::size_t size) {
  const std::size_t groups = (size + InverseStrips::group - 1) / InverseStrips::group;
  return std::min(static_cast<std::size_t>(std::max(space.concurrency(), 1)), groups);
}

}  // namespace

template <class ExecutionSpace>
std::size_t inverse_factor_numbers(const ExecutionSpace& space, std::size_t size) {
  if constexpr (!is_host_execution_v<ExecutionSpace>) return 0;
  return inverse_items(space, size) * size * InverseStrips::group;
}

template <class ExecutionSpace>
void inverse_factor(const ExecutionSpace& space, std::size_t size, const DenseMatrix& u,
                    const DenseMatrix& v, double* panels) {
  if (size == 0) return;
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    const std::size_t items = inverse_items(space, size);
    Kokkos::parallel_for("glint::inverse_factor::strips", range(space, items),
                         InverseStrips{u, v, size, panels, items});
  } else {
    Kokkos::parallel_for("glint::inverse_factor::columns", range(space, size),
                         InverseColumn{u, v, size});
  }
}

#define GLINT_INSTANTIATE(Space)                                                     \
  template void inverse_factor<Space>(const Space&, std::size_t, const DenseMatrix&, \
                                      const DenseMatrix&, double*);                  \
  template std::size_t inverse_factor_numbers<Space>(const Space&, std::size_t);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
