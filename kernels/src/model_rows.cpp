// SPDX-License-Identifier: BSD-3-Clause
#include "model_rows.hpp"

#include <algorithm>
#include <cmath>
#include <glint/profiles.hpp>

namespace glint::impl {
namespace {

const char* name_of(ProfileKind kind) { return profile_kind_names[static_cast<int>(kind)]; }

void expect_range(std::size_t row, const char* name, double value, double low, double high) {
  GLINT_EXPECTS(value >= low && value <= high, "catalogue row ", row, ": ", name, " is ", value,
                ", but it must lie in ", low, " to ", high);
}

/// A parameter of its own that a kind has, and its legal range there.
struct OwnParameter {
  ProfileKind kind;
  ExtraColumn column;
  double low, high;
  double standard = constants::nan;  ///< NaN where a value is needed
};

constexpr OwnParameter own_parameters[] = {
    {ProfileKind::moffat, ExtraColumn::beta, 1.001, 100.0},
    {ProfileKind::core_sersic, ExtraColumn::alpha, 0.5, 100.0},
    {ProfileKind::core_sersic, ExtraColumn::gamma, 0.0, 1.9},
    {ProfileKind::core_sersic, ExtraColumn::r_break, 1e-6, 1e9},
    {ProfileKind::king, ExtraColumn::alpha, 0.2, 20.0, 2.0},
    {ProfileKind::king, ExtraColumn::r_out, 1e-6, 1e9},
    {ProfileKind::ferrer, ExtraColumn::alpha, 0.0, 20.0},
    {ProfileKind::ferrer, ExtraColumn::beta, -10.0, 1.9}};

const OwnParameter* own_parameter(ProfileKind kind, ExtraColumn column) {
  for (const OwnParameter& own : own_parameters)
    if (own.kind == kind && own.column == column) return &own;
  return nullptr;
}

bool is_own_column(ExtraColumn column) {
  return std::any_of(std::begin(own_parameters), std::end(own_parameters),
                     [&](const OwnParameter& own) { return own.column == column; });
}

ExtraColumn mode_column(ExtraColumn first, int k) {
  return static_cast<ExtraColumn>(static_cast<int>(first) + k);
}

double sum_of_modes(const ModelRow& row) {
  double sum = 0.0;
  for (int k = 0; k < Isophote::modes; ++k)
    sum += std::abs(row.value(mode_column(ExtraColumn::f1, k)));
  return sum;
}

RadialBrightness make_law(const ModelRow& row) {
  RadialBrightness law;
  law.kind = row.kind == ProfileKind::gaussian ? ProfileKind::sersic : row.kind;
  const double alpha = row.value(ExtraColumn::alpha);
  switch (row.kind) {
    case ProfileKind::sersic:
      law.sersic = SersicBrightness::from_index(row.n);
      break;
    case ProfileKind::gaussian:
      law.sersic = SersicBrightness::from_index(0.5);
      break;
    case ProfileKind::moffat:
      law.moffat = MoffatBrightness::from_beta(row.value(ExtraColumn::beta));
      break;
    case ProfileKind::core_sersic:
      law.core_sersic = CoreSersicBrightness::from(row.n, alpha, row.value(ExtraColumn::gamma),
                                                   row.value(ExtraColumn::r_break) / row.re);
      break;
    case ProfileKind::king:
      law.own_end = row.value(ExtraColumn::r_out) / row.re;
      law.king = KingBrightness::from(alpha, law.own_end);
      break;
    case ProfileKind::ferrer:
      law.own_end = 1.0;
      law.ferrer = FerrerBrightness::from(alpha, row.value(ExtraColumn::beta));
      break;
  }
  law.cut = row.value(ExtraColumn::r_truncation) / row.re;
  law.soft = row.value(ExtraColumn::r_soft) / row.re;
  if (law.soft < 1e-15) law.soft = 0.0;  // holds nothing
  return law;
}

}  // namespace

double ModelRow::value(ExtraColumn column) const {
  if (!std::isnan(given(column))) return given(column);
  const OwnParameter* own = own_parameter(kind, column);
  return own ? own->standard : extra_column_rules[static_cast<int>(column)].standard;
}

void expect_legal(const ModelRow& row, std::size_t index) {
  const int kind = static_cast<int>(row.kind);
  GLINT_EXPECTS(kind >= 0 && kind < profile_kinds, "catalogue row ", index, ": profile is ", kind,
                ", but it must lie in 0 to ", profile_kinds - 1);
  const double values[] = {row.x, row.y, row.flux, row.re, row.n, row.q, row.theta};
  const bool has_n = row.kind == ProfileKind::sersic || row.kind == ProfileKind::core_sersic;
  for (int c = 0; c < 7; ++c) {
    const ColumnRange& rule = sersic_ranges[c];
    if (c == 4 && !has_n) continue;
    expect_range(index, rule.name, values[c], rule.low, rule.high);
  }
  for (int c = 0; c < extra_columns; ++c) {
    const auto column = static_cast<ExtraColumn>(c);
    const ExtraColumnRule& rule = extra_column_rules[c];
    const OwnParameter* own = own_parameter(row.kind, column);
    if (is_own_column(column) && !own) {
      GLINT_EXPECTS(std::isnan(row.extra[c]), "catalogue row ", index, ": ", rule.name, " is ",
                    row.extra[c], ", but the profile ", name_of(row.kind), " has no ", rule.name);
      continue;
    }
    if (own) {
      GLINT_EXPECTS(!std::isnan(row.value(column)), "catalogue row ", index, ": the profile ",
                    name_of(row.kind), " needs a value of ", rule.name);
      expect_range(index, rule.name, row.value(column), own->low, own->high);
    } else {
      expect_range(index, rule.name, row.value(column), rule.low, rule.high);
    }
  }
  GLINT_EXPECTS(sum_of_modes(row) <= 0.8, "catalogue row ", index,
                ": the sizes of f1 to f6 add to ", sum_of_modes(row),
                ", but at most 0.8 is possible");
  const double soft = row.value(ExtraColumn::r_soft);
  double outer = row.value(ExtraColumn::r_truncation);
  if (row.kind == ProfileKind::king) outer = std::min(outer, row.value(ExtraColumn::r_out));
  if (row.kind == ProfileKind::ferrer) outer = std::min(outer, row.re);
  GLINT_EXPECTS(soft < outer, "catalogue row ", index, ": r_soft is ", soft,
                ", but it must be below the profile's outer radius ", outer);
}

bool is_plain(const ModelRow& row) {
  if (row.kind != ProfileKind::sersic && row.kind != ProfileKind::gaussian) return false;
  return row.value(ExtraColumn::r_truncation) == constants::infinity &&
         row.value(ExtraColumn::r_soft) == 0.0 && row.value(ExtraColumn::boxiness) == 0.0 &&
         row.value(ExtraColumn::asymmetry) == 0.0 && sum_of_modes(row) == 0.0;
}

ShapedProfile make_shaped_profile(const ModelRow& row) {
  ShapedProfile profile;
  profile.flux = row.flux;
  profile.law = make_law(row);
  Isophote& isophote = profile.isophote;
  isophote.ellipse = Ellipse::from_axes(row.x, row.y, row.re, row.q, row.theta);
  isophote.q = row.q;
  const double c = row.value(ExtraColumn::boxiness) + 2.0;
  isophote.boxy = c != 2.0;
  isophote.exponent = c;
  const double modes = sum_of_modes(row);
  isophote.has_modes = modes > 0.0;
  for (int k = 0; k < Isophote::modes; ++k) {
    const double f = row.value(mode_column(ExtraColumn::f1, k));
    const double phase = (k + 1) * row.value(mode_column(ExtraColumn::phase1, k));
    isophote.mode_cos[k] = f * std::cos(phase);
    isophote.mode_sin[k] = f * std::sin(phase);
  }
  const double s = row.value(ExtraColumn::asymmetry);
  isophote.lopsided = s != 0.0;
  isophote.s_cos = s * std::cos(row.value(ExtraColumn::asymmetry_angle));
  isophote.s_sin = s * std::sin(row.value(ExtraColumn::asymmetry_angle));
  isophote.lowest = (1.0 - modes) * (c > 2.0 ? std::pow(2.0, 1.0 / c - 0.5) : 1.0);
  isophote.highest = 1.0 + std::abs(s);
  return profile;
}

}  // namespace glint::impl
