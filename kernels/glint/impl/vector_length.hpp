// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_VECTOR_LENGTH_HPP
#define GLINT_IMPL_VECTOR_LENGTH_HPP

#include <glint/compat.hpp>
#include <glint/constants.hpp>
#include <glint/pack.hpp>

/// The length of one vector, and its division by it, without overflow or underflow.

namespace glint::impl {

/// Sums of squares that a vector's length may be taken from as they are: beyond, squares of its
/// components may have overflowed, or vanished beside it. Squares of single precision, summed in
/// double, always may.
template <class T>
struct SafeSquares;
template <>
struct SafeSquares<double> {
  static constexpr double least = 1e-270, most = 1e300;
};
template <>
struct SafeSquares<float> {
  static constexpr double least = 1e-95, most = 1e300;
};

template <class T>
KOKKOS_FORCEINLINE_FUNCTION bool is_safe_square(double sum) {
  constexpr double least = SafeSquares<T>::least, most = SafeSquares<T>::most;
  return sum >= least && sum <= most;
}

/// What makes components those of the unit vector: divided by `largest` unless that is 0, then
/// multiplied by `factor`.
struct UnitScale {
  double largest, factor;

  template <class T>
  KOKKOS_FORCEINLINE_FUNCTION T operator()(T v) const {
    const double scaled = largest == 0.0 ? double(v) : double(v) / largest;
    return static_cast<T>(scaled * factor);
  }
};

/// That scale from the sum of squares, the largest component (0 unless the sum is unsafe) and the
/// sum of squares of components divided by the largest.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION UnitScale unit_scale(double squares, double largest,
                                                 double scaled_squares) {
  if (is_safe_square<T>(squares)) return {0.0, 1.0 / math::sqrt(squares)};
  if (squares != squares) return {0.0, squares};        // NaN
  if (largest == 0.0) return {0.0, 1.0};                // the zero vector
  if (!math::isfinite(largest)) return {largest, 1.0};  // infinity / infinity is NaN
  return {largest, 1.0 / math::sqrt(scaled_squares)};
}

/// The scale of one vector whose sum of squares is known.
template <class T>
KOKKOS_INLINE_FUNCTION UnitScale scale_of_vector(double squares, const T* v, std::size_t stride,
                                                 std::size_t length) {
  double largest = 0.0, scaled = 0.0;
  if (!is_safe_square<T>(squares)) {
    for (std::size_t k = 0; k < length; ++k) {
      const double size = math::fabs(double(v[k * stride]));
      if (size > largest) largest = size;
    }
    for (std::size_t k = 0; k < length && largest > 0.0; ++k) {
      const double part = double(v[k * stride]) / largest;
      scaled += part * part;
    }
  }
  return unit_scale<T>(squares, largest, scaled);
}

/// One vector, component by component; `out` may be `v`. Summed in stretches, so that rounding
/// errors of long vectors stay small.
template <class T>
KOKKOS_INLINE_FUNCTION void normalize_one(const T* v, std::size_t v_stride, T* out,
                                          std::size_t out_stride, std::size_t length) {
  constexpr std::size_t stretch = 128;
  double squares = 0.0;
  for (std::size_t first = 0; first < length; first += stretch) {
    double part = 0.0;
    for (std::size_t k = first; k < first + stretch && k < length; ++k)
      part += double(v[k * v_stride]) * double(v[k * v_stride]);
    squares += part;
  }
  const UnitScale scale = scale_of_vector<T>(squares, v, v_stride, length);
  for (std::size_t k = 0; k < length; ++k) out[k * out_stride] = scale(v[k * v_stride]);
}

}  // namespace glint::impl

#endif
