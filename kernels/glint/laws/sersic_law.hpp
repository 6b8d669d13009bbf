// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_SERSIC_LAW_HPP
#define GLINT_LAWS_SERSIC_LAW_HPP

#include <glint/constants.hpp>
#include <glint/elementary.hpp>
#include <glint/laws/sersic_table.hpp>
#include <glint/sersic.hpp>

namespace glint {

/// The Sersic profile as a radial law (docs/adding_a_profile.md says what a law must offer):
/// brightness(w) = exp(-y), y = b w^(1/2n), w the squared radius in units of re, 1 at the centre.
struct SersicLaw {
  static constexpr int table_doubles = impl::SersicTable::doubles;
  static constexpr int max_table_cells = impl::SersicTable::max_cells;
  static constexpr int cell_doubles = impl::SersicTable::terms;

  double n = 1.0;
  double b = 1.0;
  double log2_b = 0.0;
  double power = 1.0;   ///< y grows like r^power: 1/n
  double total = 1.0;   ///< integral over the plane / (pi re^2 q): Gamma(2n+1) b^(-2n)
  double y_tail = 0.0;  ///< from here on the tail form is the better conditioned one
  double y_end = 0.0;   ///< beyond it less than 1e-26 of the flux is left

  KOKKOS_FUNCTION static SersicLaw from_index(double n) {
    SersicLaw law;
    law.n = n;
    law.b = sersic_bn(n);
    law.log2_b = math::log2(law.b);
    law.power = 1.0 / n;
    law.total = sersic_central_luminosity(n) / constants::pi;
    const int tail_cell = impl::SersicTable::first_tail_cell(2.0 * n);
    law.y_tail = tail_cell * impl::SersicTable::cell_width;
    law.y_end = impl::SersicTable::cells(2.0 * n) * impl::SersicTable::cell_width;
    return law;
  }

  KOKKOS_FUNCTION double brightness(double w) const {
    return math::exp(-b * math::pow(w, 0.5 / n));
  }
  KOKKOS_FUNCTION float brightness(float w) const {
    return math::exp(-static_cast<float>(b) * math::pow(w, static_cast<float>(0.5 / n)));
  }

  /// y = -ln(brightness), by the polynomials of elementary.hpp.
  KOKKOS_FUNCTION double decay(double w) const {
    return fast_exp2(log2_b + 0.5 * power * fast_log2(w < 1e-280 ? 1e-280 : w));
  }

  /// The y beyond which the given share (0 to 1/2) of the flux lies. Newton's method on ln Q(2n,
  /// y).
  KOKKOS_FUNCTION double decay_of_tail(double share) const {
    const double a = 2.0 * n, target = math::log(share);
    double y = b;
    for (int step = 0; step < 40; ++step) {
      const double q = gamma_q(a, y);
      const double change = (math::log(q) - target) * y * q / (a * impl::gamma_density(a, y));
      y += change;
      if (math::fabs(change) < 1e-9 * y) break;
    }
    return y;
  }

  KOKKOS_FUNCTION int table_cells() const { return impl::SersicTable::cells(2.0 * n); }
  /// Cells that reach from the centre to y, with one to spare for rounding.
  KOKKOS_FUNCTION int table_cells(double y) const {
    const double cells = y / impl::SersicTable::cell_width + 2.0;
    return cells < table_cells() ? static_cast<int>(cells) : table_cells();
  }
  KOKKOS_FUNCTION void build_cell(int cell, double* table) const {
    impl::SersicTable::build_cell(2.0 * n, cell, table);
  }

  /// Mean brightness inside an isophote and its tail, from a table filled by build_cell().
  struct Radial {
    const double* table;
    double log2_b, half_power, total;
    int tail_cell, cells;

    /// Flux inside the isophote w / (pi re^2 q w amplitude).
    KOKKOS_FORCEINLINE_FUNCTION double inside(double w) const { return either(w, 0.0); }

    /// The same minus its share at infinity, total / w: negative, relatively accurate far out.
    KOKKOS_FORCEINLINE_FUNCTION double tail(double w) const { return either(w, 1.0); }

    /// tail(w) for tail = 1, inside(w) for tail = 0.
    KOKKOS_FORCEINLINE_FUNCTION double either(double w, double tail) const {
      const double safe = w < 1e-280 ? 1e-280 : w;
      const double y = fast_exp2(log2_b + half_power * fast_log2(safe));
      return impl::SersicTable::look_up(table, tail_cell, cells, y, safe, total, tail);
    }
  };

  KOKKOS_FUNCTION Radial radial(const double* table) const {
    return {table,        log2_b, 0.5 * power, total, impl::SersicTable::first_tail_cell(2.0 * n),
            table_cells()};
  }
};

}  // namespace glint

#endif
