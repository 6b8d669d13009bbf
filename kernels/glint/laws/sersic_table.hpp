// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_SERSIC_TABLE_HPP
#define GLINT_LAWS_SERSIC_TABLE_HPP

#include <glint/incomplete_gamma.hpp>
#include <glint/pack_math.hpp>

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

  /// h (tail = false) or h - total / w (tail = true) at y for squared radius w; beyond the last
  /// cell the tail is zero.
  template <int W>
  KOKKOS_FORCEINLINE_FUNCTION static Pack<double, W> look_up(const double* table, int tail_cell,
                                                             int cells, const Pack<double, W>& y,
                                                             const Pack<double, W>& w, double total,
                                                             bool tail) {
    int start[W];
    Pack<double, W> t, complement;
    for (int k = 0; k < W; ++k) {
      const double position = y.lane[k] * (1.0 / cell_width);
      const double last = cells - 1.0;
      const int cell = static_cast<int>(position < last ? position : last);
      start[k] = cell * terms;
      t.lane[k] = 2.0 * (position - cell) - 1.0;
      const bool stored_as_tail = cell >= tail_cell;
      complement.lane[k] =
          stored_as_tail == tail ? 0.0 : (tail ? -total / w.lane[k] : total / w.lane[k]);
    }
    Pack<double, W> r;
    for (int k = 0; k < W; ++k) r.lane[k] = table[start[k] + terms - 1];
    for (int j = terms - 2; j >= 0; --j)
      for (int k = 0; k < W; ++k) r.lane[k] = r.lane[k] * t.lane[k] + table[start[k] + j];
    for (int k = 0; k < W; ++k) r.lane[k] = t.lane[k] > 1.0 ? 0.0 : r.lane[k];
    return r + complement;
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
