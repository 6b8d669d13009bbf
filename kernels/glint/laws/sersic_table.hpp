// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_SERSIC_TABLE_HPP
#define GLINT_LAWS_SERSIC_TABLE_HPP

#include <glint/incomplete_gamma.hpp>

namespace glint::impl {

/// The mean brightness inside an isophote of a Sersic profile as polynomials in y = b w^(1/2n).
///
/// With a = 2n, cells of width 1/4 hold nine coefficients each of
///   h(y) = a y^-a gamma(a, y)        below y = a + 1, and of
///   h(y) - Gamma(a+1) y^-a           above it, i.e. minus a y^-a Gamma(a, y), the far tail.
/// Either form follows from the other by Gamma(a+1) y^-a = total / w. The table depends on n only.
/// Coefficients: derivatives of both are the same functions with a + 1, a + 2, ..., which
/// recurrences with positive terms supply; degree 11 economised to 8, which leaves 1e-16 relative.
struct SersicTable {
  static constexpr double cell_width = 0.25;
  static constexpr int terms = 9;
  static constexpr int max_cells = 656;  ///< cells(40)
  static constexpr int doubles = max_cells * terms;

  /// y = 64 + 2.5 a leaves less than 1e-26 of the flux outside, for a up to 40.
  KOKKOS_INLINE_FUNCTION static int cells(double a) { return static_cast<int>(256.0 + 10.0 * a); }
  KOKKOS_INLINE_FUNCTION static int first_tail_cell(double a) {
    return static_cast<int>(4.0 * (a + 1.0)) + 1;
  }

  KOKKOS_INLINE_FUNCTION static void build_cell(double a, int cell, double* table) {
    constexpr int degree = 11;
    constexpr double half_width = 0.5 * cell_width;
    const double y = (cell + 0.5) * cell_width;
    const double decay = math::exp(-y);
    double value[degree + 1];  // of the function with a + k in place of a
    const bool tail = cell >= first_tail_cell(a);
    if (tail) {
      value[0] = a * decay * upper_gamma_fraction(a, y);
      for (int k = 0; k < degree; ++k) value[k + 1] = (a + k + 1.0) * (decay + value[k]) / y;
    } else {
      value[degree] = lower_gamma_mean(a + degree, y);
      for (int k = degree; k > 0; --k) value[k - 1] = decay + y / (a + k) * value[k];
    }
    double taylor[degree + 1], scale = tail ? -1.0 : 1.0;
    for (int k = 0; k <= degree; ++k) {
      taylor[k] = scale * a / (a + k) * value[k];
      scale *= -half_width / (k + 1.0);
    }
    economise(taylor);
    for (int k = 0; k < terms; ++k) table[cell * terms + k] = taylor[k];
  }

  /// h (tail = 0) or h - total / w (tail = 1) at y for squared radius w > 0; beyond the last cell
  /// the tail is zero. Indexed and selected so that a loop over it becomes gathers and blends.
  KOKKOS_FORCEINLINE_FUNCTION static double look_up(const double* table, int tail_cell, int cells,
                                                    double y, double w, double total, double tail) {
    const double position = y * (1.0 / cell_width), last = cells - 1.0;
    const int cell = static_cast<int>(position < last ? position : last);
    const double t = 2.0 * (position - cell) - 1.0;
    const int start = cell * terms;
    double value = table[start + 8];
    value = value * t + table[start + 7];
    value = value * t + table[start + 6];
    value = value * t + table[start + 5];
    value = value * t + table[start + 4];
    value = value * t + table[start + 3];
    value = value * t + table[start + 2];
    value = value * t + table[start + 1];
    value = value * t + table[start];
    value = t > 1.0 ? 0.0 : value;
    const double stored_as_tail = cell >= tail_cell ? 1.0 : 0.0;
    return value + (stored_as_tail - tail) * (total / w);
  }

 private:
  /// Lowers a degree-11 polynomial on [-1, 1] to degree 8 by dropping Chebyshev terms 11 to 9.
  KOKKOS_INLINE_FUNCTION static void economise(double* c) {
    const double c11 = c[11] / 1024.0;
    c[9] += 2816.0 * c11, c[7] -= 2816.0 * c11, c[5] += 1232.0 * c11;
    c[3] -= 220.0 * c11, c[1] += 11.0 * c11;
    const double c10 = c[10] / 512.0;
    c[8] += 1280.0 * c10, c[6] -= 1120.0 * c10, c[4] += 400.0 * c10;
    c[2] -= 50.0 * c10, c[0] += c10;
    const double c9 = c[9] / 256.0;
    c[7] += 576.0 * c9, c[5] -= 432.0 * c9, c[3] += 120.0 * c9, c[1] -= 9.0 * c9;
  }
};

}  // namespace glint::impl

#endif
