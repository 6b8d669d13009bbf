#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Prints the polynomial coefficients of core/glint/elementary.hpp and pack_elementary.hpp, constant
term first.

Needs mpmath. log2(m) = s Q(s^2), s = (m-1)/(m+1), m in [sqrt(1/2), sqrt(2)];
exp2(f), f in [-1/2, 1/2], and 2 exp2(f), f in [-1/32, 1/32]. Chebyshev interpolation, whose error is within a few per cent of the best.
"""
from mpmath import atanh, chebyfit, log, mp, mpf, nstr, sqrt

mp.dps = 40


def show(name, f, interval, degree):
    terms, error = chebyfit(f, interval, degree + 1, error=True)
    print(name, "degree", degree, "error", nstr(error, 2))
    print(",\n".join(nstr(c, 19) for c in reversed(terms)))


s2_max = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2
for degree in (2, 3, 4, 7):
    show("log2", lambda t: 2 / log(mpf(2)) * (atanh(sqrt(t)) / sqrt(t) if t else 1), [0, s2_max], degree)
for degree in (4, 5, 6, 7, 8, 11):
    show("exp2", lambda f: mpf(2) ** f, [-mpf(1) / 2, mpf(1) / 2], degree)
for degree in (3, 6):
    show("2 exp2", lambda f: 2 * mpf(2) ** f, [-mpf(1) / 32, mpf(1) / 32], degree)
print(",\n".join(nstr(mpf(2) ** (mpf(j) / 16 - 1), 19) for j in range(16)))
