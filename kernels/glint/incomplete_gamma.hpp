// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INCOMPLETE_GAMMA_HPP
#define GLINT_INCOMPLETE_GAMMA_HPP

#include <glint/compat.hpp>

/// Regularised incomplete gamma functions for 0 < a <= 50 (Sersic profiles need a = 2n in 0.04..40)
/// and x >= 0, on the host and on the device. Relative error at most 1e-14 max(1, x) in both tails.
///   P(a, x) = 1/Gamma(a) * integral from 0 to x of t^(a-1) e^-t dt,   Q = 1 - P.
/// Source: the power series and the continued fraction of DLMF 8.11.4 and 8.9.2, and for small a
/// the complement of the alternating series DLMF 8.7.1. Cost: 10 to 120 multiply-adds.

namespace glint {

namespace impl {

/// a integral_0^1 u^(a-1) e^(-x u) du = a x^-a gamma(a, x): entire in x, 1 at x = 0.
/// All terms of the series are positive.
KOKKOS_INLINE_FUNCTION double lower_gamma_mean(double a, double x) {
  double term = 1.0, total = 1.0;
  for (double k = 1.0; term > 1e-17 * total && k < 2000.0; k += 1.0) {
    term *= x / (a + k);
    total += term;
  }
  return math::exp(-x) * total;
}

/// x^-a e^x Gamma(a, x) for x >= 1: the continued fraction 1/(x+1-a- (1-a)/(x+3-a- ...)) summed
/// forwards by the recurrences of its convergents (modified Lentz).
KOKKOS_INLINE_FUNCTION double upper_gamma_fraction(double a, double x) {
  constexpr double tiny = 1e-280;
  double b = x + 1.0 - a;
  if (b == 0.0) b = tiny;
  double c = 1.0 / tiny, d = 1.0 / b, value = d;
  for (double k = 1.0; k < 2000.0; k += 1.0) {
    const double numerator = -k * (k - a);
    b += 2.0;
    d = numerator * d + b;
    d = 1.0 / (d == 0.0 ? tiny : d);
    c = b + numerator / c;
    if (c == 0.0) c = tiny;
    const double factor = c * d;
    value *= factor;
    if (math::fabs(factor - 1.0) < 1e-16) break;
  }
  return value;
}

/// Q for small a and x: 1 - x^a/Gamma(1+a) with the leading 1 cancelled analytically, minus the
/// rest of the alternating series.
KOKKOS_INLINE_FUNCTION double upper_gamma_small(double a, double x) {
  const double log_lead = a * math::log(x) - math::lgamma(1.0 + a);
  double power = 1.0, rest = 0.0;
  for (double k = 1.0; k < 200.0; k += 1.0) {
    power *= -x / k;
    const double term = power / (a + k);
    rest += term;
    if (math::fabs(term) < 1e-17 * math::fabs(rest)) break;
  }
  return -math::expm1(log_lead) - a * math::exp(log_lead) * rest;
}

/// Gamma(a + 1). Not tgamma(a + 1): the sum can lose a bit of a, and with it 1e-14 at a = 31.
KOKKOS_INLINE_FUNCTION double gamma_plus_one(double a) { return a * math::tgamma(a); }

/// x^a e^-x / Gamma(a + 1)
KOKKOS_INLINE_FUNCTION double gamma_density(double a, double x) {
  return math::pow(x, a) * math::exp(-x) / gamma_plus_one(a);
}

KOKKOS_INLINE_FUNCTION bool upper_by_fraction(double a, double x) {
  return x >= a + 1.0 || (a < 1.0 && x >= 1.5);
}

}  // namespace impl

/// The upper tail Q(a, x).
KOKKOS_INLINE_FUNCTION double gamma_q(double a, double x) {
  if (!(x > 0.0)) return 1.0;
  if (impl::upper_by_fraction(a, x))
    return impl::gamma_density(a, x) * a * impl::upper_gamma_fraction(a, x);
  if (a < 1.0) return impl::upper_gamma_small(a, x);
  return 1.0 - math::pow(x, a) / impl::gamma_plus_one(a) * impl::lower_gamma_mean(a, x);
}

/// The lower tail P(a, x).
KOKKOS_INLINE_FUNCTION double gamma_p(double a, double x) {
  if (!(x > 0.0)) return 0.0;
  if (impl::upper_by_fraction(a, x)) return 1.0 - gamma_q(a, x);
  return math::pow(x, a) / impl::gamma_plus_one(a) * impl::lower_gamma_mean(a, x);
}

}  // namespace glint

#endif
