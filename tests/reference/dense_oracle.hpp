// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_DENSE_ORACLE_HPP
#define GLINT_TESTS_DENSE_ORACLE_HPP

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

/// Dense linear algebra the obvious way, in extended precision on the host.

namespace glint::test {

using Long = long double;
/// Square, row by row.
using LongMatrix = std::vector<Long>;

/// Numbers without any pattern, about 1 in size.
inline double pattern(std::size_t k) {
  return std::sin(0.7 * static_cast<double>(k * k % 10007) + 0.3);
}

/// ln det A and A^-1 x for any regular matrix, by elimination with partial pivoting.
struct LongSolution {
  Long log_determinant = 0;  ///< of the absolute value
  std::vector<Long> x;
};
inline LongSolution long_solve(LongMatrix a, std::vector<Long> x) {
  const std::size_t n = x.size();
  LongSolution solution;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k])) pivot = i;
    for (std::size_t j = 0; j < n; ++j) std::swap(a[k * n + j], a[pivot * n + j]);
    std::swap(x[k], x[pivot]);
    solution.log_determinant += std::log(std::abs(a[k * n + k]));
    for (std::size_t i = k + 1; i < n; ++i) {
      const Long factor = a[i * n + k] / a[k * n + k];
      if (factor == 0) continue;
      for (std::size_t j = k; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
      x[i] -= factor * x[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) x[k] -= a[k * n + j] * x[j];
    x[k] /= a[k * n + k];
  }
  solution.x = std::move(x);
  return solution;
}

/// B^T B + shift, B without a pattern: symmetric positive definite, exact sums in double's sense.
inline std::vector<double> positive_matrix(std::size_t n, double shift) {
  std::vector<double> a(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      Long sum = i == j ? Long(shift) : 0;
      for (std::size_t k = 0; k < n + 3; ++k)
        sum += Long(pattern(i * 31 + k * 17)) * Long(pattern(j * 31 + k * 17));
      a[i * n + j] = a[j * n + i] = static_cast<double>(sum);
    }
  return a;
}

}  // namespace glint::test

#endif
