// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PROFILE_KIND_HPP
#define GLINT_PROFILE_KIND_HPP

#include <glint/constants.hpp>

/// Which profiles a catalogue can hold and the parameters beyond those of a Sersic profile.

namespace glint {

/// Radial brightness g, r the radius of the isophote along the major axis (r <= 0 beyond an outer
/// radius means zero), and what the catalogue's columns `re` and `n` are for it.
enum class ProfileKind : int {
  sersic,       ///< exp(-b_n (r/re)^(1/n)); re: half-light radius
  gaussian,     ///< Sersic with n = 1/2; re: half-light radius (half the FWHM); n unused
  moffat,       ///< (1 + (r/s)^2)^-beta, s = re / sqrt(2^(1/(beta-1)) - 1); re: half-light radius;
                ///< n unused; needs beta
  core_sersic,  ///< (1 + (r_break/r)^alpha)^(gamma/alpha) exp(-b_n ((r^alpha + r_break^alpha) /
                ///< re^alpha)^(1/(alpha n))) (Graham et al. 2003); re and n: those of the outer
                ///< Sersic part; needs alpha, gamma, r_break
  king,         ///< ((1 + (r/re)^2)^(-1/alpha) - (1 + (r_out/re)^2)^(-1/alpha))^alpha for r < r_out
                ///< (Elson 1999); re: core radius; n unused; needs r_out; alpha 2 unless given
  ferrer,       ///< (1 - (r/re)^(2-beta))^alpha for r < re; re: outer radius; n unused; needs
                ///< alpha and beta
};

inline constexpr int profile_kinds = 6;

/// Names of the kinds in catalogue files, in the order of the enumerators.
inline constexpr const char* profile_kind_names[profile_kinds] = {
    "sersic", "gaussian", "moffat", "core_sersic", "king", "ferrer"};

/// Columns of a catalogue beyond the seven of every profile. Each may be absent; an absent column,
/// or NaN in a row, stands for the default.
enum class ExtraColumn : int {
  alpha,            ///< sharpness of a kind's bend
  beta,             ///< outer slope of moffat, inner slope of ferrer
  gamma,            ///< inner slope of core_sersic
  r_break,          ///< where core_sersic turns from the slope to the Sersic part
  r_out,            ///< outer radius of king
  r_truncation,     ///< no light beyond this radius; of any kind; infinity unless given
  r_soft,           ///< soft centre of any kind: inside, g(r_soft) plus a parabola that keeps the
                    ///< flux; 0 (none) unless given
  boxiness,         ///< C0 of GALFIT: isophotes |u|^(C0+2) + |v/q|^(C0+2) = r^(C0+2)
  asymmetry,        ///< s of 1 - s cos(asymmetry_angle - phi), which multiplies the brightness; phi
                    ///< is counted from the major axis and turns from +y towards +x, unlike theta
  asymmetry_angle,  ///< radians
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,  ///< Fourier modes of GALFIT: r is multiplied by 1 + sum of
       ///< f_m cos(m (psi + phase_m)), tan(psi) = v / (q u)
  phase1,
  phase2,
  phase3,
  phase4,
  phase5,
  phase6,  ///< radians
};

inline constexpr int extra_columns = 22;

/// What a column is measured in, and so how it changes when an image is magnified.
enum class ColumnUnit { pixels, flux, radians, none };

/// A column beyond the seven: its name in catalogue files, unit, default (NaN where the kinds that
/// use it need a value or have a default of their own) and legal range.
struct ExtraColumnRule {
  const char* name;
  ColumnUnit unit;
  double standard, low, high;
};

inline constexpr ExtraColumnRule extra_column_rules[extra_columns] = {
    {"alpha", ColumnUnit::none, constants::nan, 0.0, 100.0},
    {"beta", ColumnUnit::none, constants::nan, -20.0, 100.0},
    {"gamma", ColumnUnit::none, constants::nan, 0.0, 1.9},
    {"r_break", ColumnUnit::pixels, constants::nan, 1e-6, 1e9},
    {"r_out", ColumnUnit::pixels, constants::nan, 1e-6, 1e9},
    {"r_truncation", ColumnUnit::pixels, constants::infinity, 1e-6, constants::infinity},
    {"r_soft", ColumnUnit::pixels, 0.0, 0.0, 1e9},
    {"boxiness", ColumnUnit::none, 0.0, -1.0, 20.0},
    {"asymmetry", ColumnUnit::none, 0.0, -1.0, 1.0},
    {"asymmetry_angle", ColumnUnit::radians, 0.0, -1e9, 1e9},
    {"f1", ColumnUnit::none, 0.0, -0.8, 0.8},
    {"f2", ColumnUnit::none, 0.0, -0.8, 0.8},
    {"f3", ColumnUnit::none, 0.0, -0.8, 0.8},
    {"f4", ColumnUnit::none, 0.0, -0.8, 0.8},
    {"f5", ColumnUnit::none, 0.0, -0.8, 0.8},
    {"f6", ColumnUnit::none, 0.0, -0.8, 0.8},
    {"phase1", ColumnUnit::radians, 0.0, -1e9, 1e9},
    {"phase2", ColumnUnit::radians, 0.0, -1e9, 1e9},
    {"phase3", ColumnUnit::radians, 0.0, -1e9, 1e9},
    {"phase4", ColumnUnit::radians, 0.0, -1e9, 1e9},
    {"phase5", ColumnUnit::radians, 0.0, -1e9, 1e9},
    {"phase6", ColumnUnit::radians, 0.0, -1e9, 1e9}};

}  // namespace glint

#endif
