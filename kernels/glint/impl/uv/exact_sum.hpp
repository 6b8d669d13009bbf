// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_EXACT_SUM_HPP
#define GLINT_IMPL_UV_EXACT_SUM_HPP

#include <glint/compat.hpp>

namespace glint::impl {

/// A sum in double, and what its rounding lost.
struct ExactSum {
  double high = 0.0, low = 0.0;

  KOKKOS_FORCEINLINE_FUNCTION void add(double value) {
    const double sum = high + value;
    const double part = sum - high;
    low += (high - (sum - part)) + (value - part);
    high = sum;
  }
  KOKKOS_FORCEINLINE_FUNCTION double value() const { return high + low; }
};

/// Where a sum goes: kept anew, or added to one whose lost part is kept beside it.
template <class T>
struct SumTarget {
  double* low = nullptr;  ///< none: the value is all that is wanted
  bool add = false;

  KOKKOS_FORCEINLINE_FUNCTION ExactSum begin(const T& value, std::size_t index) const {
    return add ? ExactSum{static_cast<double>(value), low[index]} : ExactSum();
  }
  KOKKOS_FORCEINLINE_FUNCTION void end(const ExactSum& sum, T& value, std::size_t index) const {
    const double rounded = sum.value();
    value = static_cast<T>(rounded);
    if (low != nullptr) low[index] = (sum.high - rounded) + sum.low;
  }
};

}  // namespace glint::impl

#endif
