// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_BEST_COEFFICIENT_HPP
#define GLINT_BEST_COEFFICIENT_HPP

#include <cmath>
#include <cstddef>
#include <glint/error.hpp>

/// The regularization coefficient at which the log likelihood is largest.

namespace glint {

/// The log likelihood at a coefficient and its derivative with respect to it.
struct LikelihoodSlope {
  double coefficient = 0.0, log_likelihood = 0.0, derivative = 0.0;
};

struct CoefficientSearch {
  double tolerance = 1e-6;  ///< of the coefficient, relative
  std::size_t points = 13;  ///< first looked at, ends included, evenly spaced in ln coefficient
};

struct BestCoefficient {
  LikelihoodSlope best;
  std::size_t evaluations = 0;
  bool inside = false;  ///< not at an end of the range, beyond which it may grow on
};

/// The largest log likelihood between the coefficients `low` and `high`. `slope_at(c)` returns the
/// LikelihoodSlope at c.
///
/// The best of `points` coefficients is found first; then the derivative's zero next to it, between
/// two coefficients where it has opposite signs, by regula falsi whose stale end counts half
/// (Dowell & Jarratt 1971). Throws Error unless 0 < low < high are finite, the tolerance lies in
/// 1e-12 to 0.1 and there are 2 to 10000 points; and what slope_at throws. Cost: points + some 6
/// evaluations.
template <class SlopeAt>
BestCoefficient best_coefficient(const SlopeAt& slope_at, double low, double high,
                                 const CoefficientSearch& search = {}) {
  GLINT_EXPECTS(low > 0.0 && high > low && std::isfinite(high),
                "best_coefficient: the range of coefficients must be positive and ascending, not ",
                low, " to ", high);
  GLINT_EXPECTS(search.tolerance >= 1e-12 && search.tolerance <= 0.1,
                "best_coefficient: the tolerance must lie in 1e-12 to 0.1, not ", search.tolerance);
  GLINT_EXPECTS(search.points >= 2 && search.points <= 10000,
                "best_coefficient: the number of points must be from 2 to 10000, not ",
                search.points);
  BestCoefficient result;
  // All in t = ln c; the derivative there is c times that in c.
  const auto look = [&](double t) {
    ++result.evaluations;
    return slope_at(std::exp(t));
  };
  const auto slope = [](const LikelihoodSlope& at) { return at.coefficient * at.derivative; };
  const double first = std::log(low), last = std::log(high);
  const double step = (last - first) / static_cast<double>(search.points - 1);
  LikelihoodSlope at[3];  // the best so far and its neighbours
  std::size_t best = 0;
  LikelihoodSlope before;
  for (std::size_t k = 0; k < search.points; ++k) {
    const LikelihoodSlope here =
        look(k + 1 == search.points ? last : first + step * static_cast<double>(k));
    if (k > 0 && k == best + 1) at[2] = here;
    if (k == 0 || here.log_likelihood > at[1].log_likelihood) {
      best = k;
      at[0] = before, at[1] = here;
    }
    before = here;
  }
  result.best = at[1];
  const bool up = slope(at[1]) > 0.0;
  if (best == (up ? search.points - 1 : 0)) return result;
  LikelihoodSlope a = at[1], b = up ? at[2] : at[0];  // from a the likelihood grows towards b

  // b on the far side of a maximum: slopes of opposite signs.
  const auto middle = [&] { return 0.5 * (std::log(a.coefficient) + std::log(b.coefficient)); };
  const auto width = [&] { return std::fabs(std::log(b.coefficient / a.coefficient)); };
  while (slope(b) * slope(a) > 0.0 && width() > search.tolerance) {
    const LikelihoodSlope here = look(middle());
    if (slope(here) * slope(a) <= 0.0 || here.log_likelihood < a.log_likelihood)
      b = here;
    else
      a = here;
  }
  double fa = slope(a), fb = slope(b);
  bool kept_a = false, kept_b = false;
  for (int count = 0; width() > search.tolerance && fa * fb < 0.0; ++count) {
    const double ta = std::log(a.coefficient), tb = std::log(b.coefficient);
    // Every fourth step halves, whatever the function does.
    const double t = count % 4 == 3 ? 0.5 * (ta + tb) : (fb * ta - fa * tb) / (fb - fa);
    const LikelihoodSlope here = look(t);
    const double f = slope(here);
    if (std::fabs(f) < std::fabs(slope(result.best))) result.best = here;
    if (std::fabs(t - ta) < 0.1 * search.tolerance || std::fabs(t - tb) < 0.1 * search.tolerance)
      break;
    if (f * fa > 0.0) {
      a = here, fa = f;
      if (kept_b) fb *= 0.5;
      kept_a = false, kept_b = true;
    } else {
      b = here, fb = f;
      if (kept_a) fa *= 0.5;
      kept_a = true, kept_b = false;
    }
  }
  result.inside = true;
  return result;
}

}  // namespace glint

#endif
