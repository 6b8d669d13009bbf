// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PACK_HPP
#define GLINT_PACK_HPP

#include <glint/compat.hpp>

namespace glint {

/// W numbers handled together: a vector register on the host, a single number (W = 1) on devices.
///
/// Every operation is a loop of fixed length over a local array, which compilers turn into vector
/// instructions without any intrinsic.
template <class T, int W>
struct Pack {
  T lane[W];

  Pack() = default;
  KOKKOS_FORCEINLINE_FUNCTION Pack(T value) {
    for (int k = 0; k < W; ++k) lane[k] = value;
  }
  KOKKOS_FORCEINLINE_FUNCTION T operator[](int k) const { return lane[k]; }
  KOKKOS_FORCEINLINE_FUNCTION T& operator[](int k) { return lane[k]; }

  /// start, start + 1, ..., start + W - 1
  KOKKOS_FORCEINLINE_FUNCTION static Pack counting(T start) {
    Pack r;
    for (int k = 0; k < W; ++k) r.lane[k] = start + static_cast<T>(k);
    return r;
  }

  KOKKOS_FORCEINLINE_FUNCTION friend Pack operator+(const Pack& a, const Pack& b) {
    Pack r;
    for (int k = 0; k < W; ++k) r.lane[k] = a.lane[k] + b.lane[k];
    return r;
  }
  KOKKOS_FORCEINLINE_FUNCTION friend Pack operator-(const Pack& a, const Pack& b) {
    Pack r;
    for (int k = 0; k < W; ++k) r.lane[k] = a.lane[k] - b.lane[k];
    return r;
  }
  KOKKOS_FORCEINLINE_FUNCTION friend Pack operator*(const Pack& a, const Pack& b) {
    Pack r;
    for (int k = 0; k < W; ++k) r.lane[k] = a.lane[k] * b.lane[k];
    return r;
  }
  KOKKOS_FORCEINLINE_FUNCTION friend Pack operator/(const Pack& a, const Pack& b) {
    Pack r;
    for (int k = 0; k < W; ++k) r.lane[k] = a.lane[k] / b.lane[k];
    return r;
  }
  KOKKOS_FORCEINLINE_FUNCTION Pack& operator+=(const Pack& b) { return *this = *this + b; }
  KOKKOS_FORCEINLINE_FUNCTION Pack& operator*=(const Pack& b) { return *this = *this * b; }
};

/// Sum of the lanes, in lane order.
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION T sum(const Pack<T, W>& a) {
  T total = a.lane[0];
  for (int k = 1; k < W; ++k) total += a.lane[k];
  return total;
}

/// f applied to each lane, for functions that have no vector form.
template <class T, int W, class F>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> map(const Pack<T, W>& a, const F& f) {
  Pack<T, W> r;
  for (int k = 0; k < W; ++k) r.lane[k] = f(a.lane[k]);
  return r;
}

}  // namespace glint

#endif
