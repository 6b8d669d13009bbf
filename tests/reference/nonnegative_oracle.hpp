// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_NONNEGATIVE_ORACLE_HPP
#define GLINT_TESTS_NONNEGATIVE_ORACLE_HPP

#include <algorithm>
#include <reference/dense_oracle.hpp>
#include <vector>

/// Minima of 1/2 x^T A x - d^T x over x >= 0 by plain means, in extended precision.

namespace glint::test {

/// The solution for the chosen sources alone, 0 elsewhere.
inline std::vector<Long> solve_chosen(const std::vector<double>& a, const std::vector<double>& d,
                                      const std::vector<char>& chosen) {
  const std::size_t n = d.size();
  std::vector<std::size_t> list;
  for (std::size_t s = 0; s < n; ++s)
    if (chosen[s]) list.push_back(s);
  LongMatrix part(list.size() * list.size());
  std::vector<Long> right(list.size()), x(n, 0);
  for (std::size_t i = 0; i < list.size(); ++i) {
    right[i] = d[list[i]];
    for (std::size_t j = 0; j < list.size(); ++j)
      part[i * list.size() + j] = a[list[i] * n + list[j]];
  }
  const auto solved = long_solve(part, right).x;
  for (std::size_t i = 0; i < list.size(); ++i) x[list[i]] = solved[i];
  return x;
}

/// (A x - d)_s.
inline Long slope_at(const std::vector<double>& a, const std::vector<double>& d,
                     const std::vector<Long>& x, std::size_t s) {
  Long sum = -Long(d[s]);
  for (std::size_t t = 0; t < d.size(); ++t) sum += Long(a[s * d.size() + t]) * x[t];
  return sum;
}

/// By looking at all 2^S choices for the best that is feasible.
inline std::vector<Long> nonnegative_by_trial(const std::vector<double>& a,
                                              const std::vector<double>& d) {
  const std::size_t n = d.size();
  std::vector<Long> best(n, 0);
  Long least = 0;
  for (std::size_t choice = 0; choice < (std::size_t(1) << n); ++choice) {
    std::vector<char> chosen(n);
    for (std::size_t s = 0; s < n; ++s) chosen[s] = (choice >> s) & 1;
    const auto x = solve_chosen(a, d, chosen);
    if (std::any_of(x.begin(), x.end(), [](Long value) { return value < 0; })) continue;
    Long value = 0;  // -1/2 d^T x, where the slope is 0 for all that are chosen
    for (std::size_t s = 0; s < n; ++s) value -= x[s] * Long(d[s]) / 2;
    if (value >= least) continue;
    least = value;
    best = x;
  }
  return best;
}

/// By Lawson and Hanson's book, chapter 23: algorithm NNLS on normal equations, step by step.
inline std::vector<Long> nonnegative_by_the_book(const std::vector<double>& a,
                                                 const std::vector<double>& d) {
  const std::size_t n = d.size();
  std::vector<char> chosen(n, 0);
  std::vector<Long> x(n, 0);
  for (;;) {
    std::size_t best = n;
    Long steepest = -1e-15L;
    for (std::size_t s = 0; s < n; ++s)
      if (!chosen[s])
        if (const Long slope = slope_at(a, d, x, s); slope < steepest) {
          steepest = slope;
          best = s;
        }
    if (best == n) return x;
    chosen[best] = 1;
    for (;;) {
      const auto z = solve_chosen(a, d, chosen);
      Long share = 2;
      for (std::size_t s = 0; s < n; ++s)
        if (chosen[s] && z[s] <= 0) share = std::min(share, x[s] / (x[s] - z[s]));
      if (share > 1) {
        x = z;
        break;
      }
      for (std::size_t s = 0; s < n; ++s) {
        x[s] += share * (z[s] - x[s]);
        if (chosen[s] && z[s] <= 0 && x[s] <= 1e-18L) {
          chosen[s] = 0;
          x[s] = 0;
        }
      }
    }
  }
}

}  // namespace glint::test

#endif
