// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_MAPPING_ROWS_HPP
#define GLINT_IMPL_MAPPING_ROWS_HPP

#include <cstdint>
#include <glint/execution.hpp>
#include <glint/impl/stable_sort.hpp>

/// The kernels of assign_mapping(): rows are gathered, checked, sorted and added up in rows of
/// equal length, then packed.

namespace glint::impl {

/// The table of a mapping. `pixel_samples` and `samples` list the table's rows of every image
/// pixel; where they are empty, pixel m has row m alone.
template <class ExecutionSpace, class Index, class Weight, class T>
struct MappingTable {
  using Memory = typename ExecutionSpace::memory_space;

  StridedInput<const Index**, ExecutionSpace> indexes;
  StridedInput<const Weight**, ExecutionSpace> weights;
  Vector<int, Memory> pixel_samples, samples;
  Vector<double, Memory> fractions;
  std::int64_t sources;
  bool has_samples;

  KOKKOS_FUNCTION int first(std::size_t m) const {
    return has_samples ? pixel_samples(m) : static_cast<int>(m);
  }
  KOKKOS_FUNCTION int last(std::size_t m) const {
    return has_samples ? pixel_samples(m + 1) : static_cast<int>(m) + 1;
  }
  KOKKOS_FUNCTION int table_row(int k) const { return has_samples ? samples(k) : k; }
  KOKKOS_FUNCTION T share(int k, int row, int column) const {
    const auto weight = weights(row, column);
    return has_samples ? static_cast<T>(fractions(k) * static_cast<double>(weight))
                       : static_cast<T>(weight);
  }
  /// 0 for a used entry, 1 for padding, 2 for one that breaks a rule; `ended`: whether a -1 came
  /// before.
  KOKKOS_FUNCTION int verdict(int row, int column, T share, bool& ended) const {
    const auto index = static_cast<std::int64_t>(indexes(row, column));
    if (index == -1) {
      ended = true;
      return 1;
    }
    return !ended && index >= 0 && index < sources && math::isfinite(share) ? 0 : 2;
  }
};

/// Row m of the mapping at keys(m width ...), sorted, and its length in counts(m): -1 when the
/// table breaks a rule there.
template <class ExecutionSpace, class Index, class Weight, class T>
struct GatherRows {
  static constexpr int insertion_limit = 8;  // wider rows are sorted by merging

  MappingTable<ExecutionSpace, Index, Weight, T> table;
  Vector<int, typename ExecutionSpace::memory_space> keys, key_buffer, counts;
  Vector<T, typename ExecutionSpace::memory_space> values, value_buffer;
  int width, columns;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    const std::size_t start = m * width;
    int* const row_keys = keys.data() + start;
    T* const row_values = values.data() + start;
    const bool insert = width <= insertion_limit;
    int count = 0, used = 0;
    const int last = table.last(m);
    for (int k = table.first(m); k < last; ++k) {
      const int row = table.table_row(k);
      bool ended = false;
      for (int column = 0; column < columns; ++column) {
        const T share = table.share(k, row, column);
        const int verdict = table.verdict(row, column, share, ended);
        if (verdict == 1) continue;
        if (verdict == 2 || used == width) {
          counts(m) = -1;
          return;
        }
        ++used;
        const int key = static_cast<int>(table.indexes(row, column));
        if (insert) {
          insert_or_add(row_keys, row_values, count, key, share);
        } else {
          row_keys[count] = key;
          row_values[count++] = share;
        }
      }
    }
    if (!insert) {
      stable_sort(row_keys, row_values, count, key_buffer.data() + start,
                  value_buffer.data() + start);
      count = add_equal_keys(row_keys, row_values, count);
    }
    counts(m) = count;
  }
};

/// Scans counts to offsets and packs the rows. The sum's upper half counts rows that broke a rule.
template <class ExecutionSpace, class T>
struct PackRows {
  using value_type = std::uint64_t;
  static constexpr value_type one_bad = value_type(1) << 32;

  Vector<int, typename ExecutionSpace::memory_space> keys, counts;
  Vector<T, typename ExecutionSpace::memory_space> values;
  Vector<int, typename ExecutionSpace::memory_space> offsets, columns;
  Vector<T, typename ExecutionSpace::memory_space> packed;
  int width;

  KOKKOS_FUNCTION void operator()(std::size_t m, value_type& sum, bool final) const {
    const int count = counts(m);
    const auto start = static_cast<int>(sum & (one_bad - 1));
    sum += count < 0 ? one_bad : static_cast<value_type>(count);
    if (!final) return;
    if (m == 0) offsets(0) = 0;
    const int length = count < 0 ? 0 : count;
    offsets(m + 1) = start + length;
    const std::size_t from = m * width;
    for (int k = 0; k < length; ++k) {
      columns(start + k) = keys(from + k);
      packed(start + k) = values(from + k);
    }
  }
};

/// The first entry that breaks a rule of its own, counted as row * columns + column.
template <class Table>
struct FirstBadEntry {
  Table table;
  int columns;

  KOKKOS_FUNCTION void operator()(std::size_t k, std::int64_t& first) const {
    const int row = table.table_row(static_cast<int>(k));
    bool ended = false;
    for (int column = 0; column < columns; ++column) {
      const auto share = table.share(static_cast<int>(k), row, column);
      if (table.verdict(row, column, share, ended) != 2) continue;
      const std::int64_t bad = static_cast<std::int64_t>(row) * columns + column;
      if (bad < first) first = bad;
      return;
    }
  }
};

/// The first image pixel whose rows of the table have more than `width` used entries.
template <class Table>
struct FirstLongRow {
  Table table;
  int width, columns;

  KOKKOS_FUNCTION void operator()(std::size_t m, std::int64_t& first) const {
    std::int64_t used = 0;
    for (int k = table.first(m); k < table.last(m); ++k)
      for (int column = 0; column < columns; ++column)
        used += table.indexes(table.table_row(k), column) >= 0;
    if (used > width && static_cast<std::int64_t>(m) < first) first = static_cast<std::int64_t>(m);
  }
};

/// The first sample outside the image or of no finite share.
template <class ExecutionSpace>
struct FirstBadSample {
  Vector<int, typename ExecutionSpace::memory_space> slim_index;
  Vector<double, typename ExecutionSpace::memory_space> fraction;
  std::int64_t pixels;

  KOKKOS_FUNCTION void operator()(std::size_t r, std::int64_t& first) const {
    const bool good = slim_index(r) >= 0 && slim_index(r) < pixels && math::isfinite(fraction(r));
    if (!good && static_cast<std::int64_t>(r) < first) first = static_cast<std::int64_t>(r);
  }
};

/// list(k) = k.
template <class ExecutionSpace>
struct CountUp {
  Vector<int, typename ExecutionSpace::memory_space> list;
  KOKKOS_FUNCTION void operator()(std::size_t k) const { list(k) = static_cast<int>(k); }
};

/// matrix(m, s) = T(m, s), in a matrix of zeros.
template <class ExecutionSpace, class T>
struct ScatterMapping {
  Vector<int, typename ExecutionSpace::memory_space> offsets, columns;
  Vector<T, typename ExecutionSpace::memory_space> values;
  StridedOutput<T**, ExecutionSpace> matrix;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    for (int k = offsets(m); k < offsets(m + 1); ++k) matrix(m, columns(k)) = values(k);
  }
};

}  // namespace glint::impl

#endif
