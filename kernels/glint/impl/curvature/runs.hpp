// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_RUNS_HPP
#define GLINT_IMPL_CURVATURE_RUNS_HPP

#include <glint/execution.hpp>
#include <glint/impl/curvature/counting_sort.hpp>
#include <glint/impl/curvature/geometry.hpp>

/// The mapping as the convolution reads it: by source pixel, vertical neighbours joined to runs;
/// and by tile.

namespace glint::impl {

/// A mapping rearranged; all arrays are made for the most non-zeros the plan allows.
template <class MemorySpace, class T>
struct ArrangedMapping {
  using Indices = Vector<int, MemorySpace>;
  using Values = Vector<T, MemorySpace>;
  static constexpr int classes = 4;  ///< runs of 4, 3, 2 and 1 pixels, in this order

  int sources = 0;
  Indices source_begin;  ///< (S + 1) first non-zero of a source
  Indices pixel;         ///< image pixel of a non-zero, ascending within a source
  Values value;

  /// Runs of source s, class after class, top row ascending within a class: from class_begin(4 s +
  /// c) to class_begin(4 s + c + 1) - 1, in any case within its own non-zeros' range, to
  /// run_end(s).
  Indices class_begin, run_end;
  Indices run_row;        ///< top row
  Indices run_offset;     ///< minus the table's element for the top pixel: -(row stride + column)
  Values run_value;       ///< weights from the top, run after run
  Indices mirror_offset;  ///< the same of runs turned by 180 degrees, for the Hankel part
  Values mirror_value;
  Indices below, length;  ///< work space of the builder

  Indices tile_begin;    ///< (tiles + 1)
  Indices entry_source;  ///< by tile, source ascending within it
  Indices entry_place;   ///< the pixel's place in the tile
  Values entry_value;
};

/// Non-zeros of the mapping, row by row, keyed by source.
template <class MemorySpace, class T>
struct NonZerosBySource {
  int rows, keys;
  Vector<const int, MemorySpace> offsets, columns;
  Vector<const T, MemorySpace> values;
  Vector<int, MemorySpace> pixel;
  Vector<T, MemorySpace> value;

  template <class Action>
  KOKKOS_FORCEINLINE_FUNCTION void visit(int row, const Action& action) const {
    for (int k = offsets(row); k < offsets(row + 1); ++k) action(columns(k), k);
  }
  KOKKOS_FORCEINLINE_FUNCTION void place(int to, int row, int k) const {
    pixel(to) = row;
    value(to) = values(k);
  }
};

/// Non-zeros source by source, keyed by tile.
template <class MemorySpace, class T>
struct NonZerosByTile {
  int rows, keys;
  Vector<const int, MemorySpace> source_begin, pixel;
  Vector<const T, MemorySpace> value;
  Vector<const int, MemorySpace> pixel_tile, pixel_place;
  Vector<int, MemorySpace> entry_source, entry_place;
  Vector<T, MemorySpace> entry_value;

  template <class Action>
  KOKKOS_FORCEINLINE_FUNCTION void visit(int row, const Action& action) const {
    for (int k = source_begin(row); k < source_begin(row + 1); ++k) action(pixel_tile(pixel(k)), k);
  }
  KOKKOS_FORCEINLINE_FUNCTION void place(int to, int row, int k) const {
    entry_source(to) = row;
    entry_place(to) = pixel_place(pixel(k));
    entry_value(to) = value(k);
  }
};

/// Joins each source's pixels to runs, downwards and greedily: longer ones need fewer loads of the
/// kernel per multiplication. One thread per source.
template <class MemorySpace, class T>
struct BuildRuns {
  ArrangedMapping<MemorySpace, T> to;
  ConvolutionGeometry<MemorySpace> geometry;
  bool mirror;

  KOKKOS_FUNCTION int row_of(int k) const { return geometry.pixel_row(to.pixel(k)); }
  KOKKOS_FUNCTION int column_of(int k) const { return geometry.pixel_column(to.pixel(k)); }

  /// below(k): the non-zero directly under k, or -1. Both ascend, so one walk finds all.
  KOKKOS_FUNCTION void find_neighbours(int first, int end) const {
    int under = first;
    for (int k = first; k < end; ++k) {
      const int row = row_of(k) + 1, column = column_of(k);
      while (under < end &&
             (row_of(under) < row || (row_of(under) == row && column_of(under) < column)))
        ++under;
      const bool there = under < end && row_of(under) == row && column_of(under) == column;
      to.below(k) = there ? under : -1;
      to.length(k) = 0;
    }
  }

  KOKKOS_FUNCTION void join(int first, int end) const {
    for (int k = first; k < end; ++k) {
      if (to.length(k) != 0) continue;  // within a run already
      int length = 1;
      for (int next = to.below(k); next >= 0 && length < to.classes && to.length(next) == 0;
           next = to.below(next)) {
        to.length(next) = -1;
        ++length;
      }
      to.length(k) = length;
    }
  }

  KOKKOS_FUNCTION void write_run(int run, int weight, int k, int length) const {
    const int row = row_of(k), column = column_of(k);
    to.run_row(run) = row;
    to.run_offset(run) = -(row * geometry.stride + column);
    if (mirror) {
      const int mirrored_row = geometry.height - row - length;
      to.mirror_offset(run) = -(mirrored_row * geometry.stride + geometry.width - 1 - column);
    }
    for (int a = 0; a < length; ++a, k = to.below(k)) {
      to.run_value(weight + a) = to.value(k);
      if (mirror) to.mirror_value(weight + length - 1 - a) = to.value(k);
    }
  }

  KOKKOS_FUNCTION void operator()(int s) const {
    const int first = to.source_begin(s), end = to.source_begin(s + 1);
    find_neighbours(first, end);
    join(first, end);
    int run = first, weight = first;
    for (int c = 0; c < to.classes; ++c) {
      const int length = to.classes - c;
      to.class_begin(to.classes * s + c) = run;
      for (int k = first; k < end; ++k) {
        if (to.length(k) != length) continue;
        write_run(run++, weight, k, length);
        weight += length;
      }
    }
    to.run_end(s) = run;
  }
};

}  // namespace glint::impl

#endif
