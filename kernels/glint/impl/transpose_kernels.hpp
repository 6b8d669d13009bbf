// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TRANSPOSE_KERNELS_HPP
#define GLINT_IMPL_TRANSPOSE_KERNELS_HPP

#include <glint/execution.hpp>
#include <glint/impl/stable_sort.hpp>
#include <glint/views.hpp>

/// The kernels of transpose() and data_vector().

namespace glint::impl {

/// counts(s) = non-zeros of column s.
template <class ExecutionSpace>
struct CountColumns {
  Vector<int, typename ExecutionSpace::memory_space> offsets, columns, counts;
  bool shared;  // between threads

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    for (int k = offsets(m); k < offsets(m + 1); ++k) {
      if (shared)
        Kokkos::atomic_fetch_add(&counts(columns(k)), 1);
      else
        ++counts(columns(k));
    }
  }
};

/// Counts to offsets; the counts become the place where the column's next non-zero goes.
template <class ExecutionSpace>
struct StartColumns {
  Vector<int, typename ExecutionSpace::memory_space> counts, offsets;

  KOKKOS_FUNCTION void operator()(std::size_t s, int& sum, bool final) const {
    const int count = counts(s);
    if (final) {
      counts(s) = sum;
      offsets(s) = sum;
      offsets(s + 1) = sum + count;
    }
    sum += count;
  }
};

template <class ExecutionSpace, class T>
struct PlaceInColumns {
  Vector<int, typename ExecutionSpace::memory_space> offsets, columns, cursors, pixels;
  Vector<T, typename ExecutionSpace::memory_space> values, placed;
  bool shared;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    for (int k = offsets(m); k < offsets(m + 1); ++k) {
      int* const cursor = &cursors(columns(k));
      const int at = shared ? Kokkos::atomic_fetch_add(cursor, 1) : (*cursor)++;
      pixels(at) = static_cast<int>(m);
      placed(at) = values(k);
    }
  }
};

/// Threads place in any order; sorted by pixel (none is twice in a column) there is only one.
template <class ExecutionSpace, class T>
struct SortColumns {
  Vector<int, typename ExecutionSpace::memory_space> offsets, pixels, pixel_buffer;
  Vector<T, typename ExecutionSpace::memory_space> values, value_buffer;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const int first = offsets(s);
    stable_sort(pixels.data() + first, values.data() + first, offsets(s + 1) - first,
                pixel_buffer.data() + first, value_buffer.data() + first);
  }
};

/// vector(s) = sum over the pixels m of s of T(m, s) image(m), summed in double.
template <class ExecutionSpace, class T, class Pixel>
struct TransposeVector {
  Vector<int, typename ExecutionSpace::memory_space> offsets, pixels;
  Vector<T, typename ExecutionSpace::memory_space> values;
  StridedInput<const Pixel*, ExecutionSpace> image;
  StridedOutput<T*, ExecutionSpace> vector;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    double sum = 0.0;
    for (int k = offsets(s); k < offsets(s + 1); ++k)
      sum += static_cast<double>(values(k)) * static_cast<double>(image(pixels(k)));
    vector(s) = static_cast<T>(sum);
  }
};

}  // namespace glint::impl

#endif
