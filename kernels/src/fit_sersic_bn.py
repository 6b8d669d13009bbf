#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Prints kernels/glint/impl/sersic_bn_fit.hpp: Chebyshev pieces of b_n, P(2n, b_n) = 1/2.

Needs mpmath. Below n = 0.35 the piece is ln b + ln(2)/a in a = 2n (b falls like 2^(-1/a)); above it
is b - 2n + 1/3 in z = 1/n, which is what is left of the asymptotic series.
"""
from mpmath import cos, exp, findroot, gammainc, log, loggamma, mp, mpf, nstr, pi

mp.dps = 40
TERMS = 20
IN_A = [("0.04", "0.12"), ("0.12", "0.3"), ("0.3", "0.7")]
IN_Z = [("1.5", "3"), ("0.5", "1.5"), ("0.05", "0.5")]


def bn(n):
    a = 2 * n
    if n < 0.36:
        start = (loggamma(1 + a) - log(2)) / a
        return exp(findroot(lambda t: log(2 * gammainc(a, 0, exp(t), regularized=True)),
                            (start, start + mpf("1e-3")), tol=1e-60))
    start = a - mpf(1) / 3 + 4 / (405 * n)
    return findroot(lambda b: gammainc(a, 0, b, regularized=True) - mpf(1) / 2,
                    (start, start + mpf("1e-3")), tol=1e-60)


def chebyshev(f, low, high):
    points = 2 * TERMS
    nodes = [cos(pi * (k + mpf(1) / 2) / points) for k in range(points)]
    values = [f((low + high) / 2 + (high - low) / 2 * x) for x in nodes]
    return [(1 if j == 0 else 2) * sum(values[k] * cos(pi * j * (k + mpf(1) / 2) / points)
                                       for k in range(points)) / points for j in range(TERMS)]


def piece(f, low, high):
    terms = [nstr(c, 20) for c in chebyshev(f, mpf(low), mpf(high))]
    rows = [", ".join(terms[k:k + 4]) for k in range(0, TERMS, 4)]
    return "    {%s, %s,\n     {%s}}" % (low, high, ",\n      ".join(rows))


pieces = [piece(lambda a: log(bn(a / 2)) + log(mpf(2)) / a, *ends) for ends in IN_A]
pieces += [piece(lambda z: bn(1 / z) - 2 / z + mpf(1) / 3, *ends) for ends in IN_Z]
print("""// SPDX-License-Identifier: BSD-3-Clause
// Written by kernels/src/fit_sersic_bn.py.
// clang-format off
#ifndef GLINT_IMPL_SERSIC_BN_FIT_HPP
#define GLINT_IMPL_SERSIC_BN_FIT_HPP

#include <glint/compat.hpp>

namespace glint::impl {

/// A Chebyshev series on [low, high].
struct ChebyshevPiece {
  double low, high;
  double term[%d];
};

/// Which piece holds an index: 0..2 in a = 2n up to n = 0.35, then 3..5 in z = 1/n.
KOKKOS_INLINE_FUNCTION constexpr int bn_piece(double n) {
  return n < 0.06 ? 0 : n < 0.15 ? 1 : n < 0.35 ? 2 : n < 2.0 / 3.0 ? 3 : n < 2.0 ? 4 : 5;
}

/// Fetched through a function so that device code needs no global constant.
KOKKOS_INLINE_FUNCTION constexpr ChebyshevPiece bn_fit(int index) {
  constexpr ChebyshevPiece pieces[] = {
%s};
  return pieces[index];
}

}  // namespace glint::impl

#endif""" % (TERMS, ",\n".join(pieces)))
