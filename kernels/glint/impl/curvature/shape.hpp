// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_SHAPE_HPP
#define GLINT_IMPL_CURVATURE_SHAPE_HPP

#include <glint/pack.hpp>

namespace glint::impl {

/// How the convolution is cut up: image pixels into tiles of rows x columns, source pixels into
/// blocks. A host thread keeps a whole tile in its registers (16 or 8 packs of sums); a device
/// thread keeps one pixel of it.
template <class ExecutionSpace, class T>
struct ConvolutionShape {
  static constexpr int lanes = pack_lanes_v<ExecutionSpace, T>;
  static constexpr bool packed = lanes > 1;
  static constexpr bool wide = !packed || vector_bytes == 64;  // 32 registers, or threads

  static constexpr int rows = wide ? 8 : 4;
  static constexpr int columns = packed ? 2 * pack_lanes_v<ExecutionSpace, double> : 16;
  static constexpr int pixels = rows * columns;
  static constexpr int sources = 32;

  static constexpr int thread_rows = packed ? rows : 1;
  static constexpr int thread_columns = packed ? columns : 1;
  static constexpr int thread_packs = thread_columns / lanes;
  static constexpr int thread_parts = pixels / (thread_rows * thread_columns);

  /// The most pixels of a run: vertical neighbours that are worked on together.
  static constexpr int longest_run = 4;
  /// Rows of zeros above the kernel: a tile reaches that far above a run that touches it.
  static constexpr int rows_above = rows + longest_run;
};

}  // namespace glint::impl

#endif
