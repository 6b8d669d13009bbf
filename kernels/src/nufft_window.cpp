// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/constants.hpp>
#include <glint/impl/nufft/window.hpp>
#include <glint/quadrature.hpp>
#include <limits>

namespace glint::impl {
namespace {

/// I0(x) by its power series: positive terms, right to some units in the last place.
double bessel_i0(double x) {
  const double square = 0.25 * x * x;
  double term = 1.0, sum = 1.0;
  for (double k = 1.0; term > 1e-18 * sum; k += 1.0) {
    term *= square / (k * k);
    sum += term;
  }
  return sum;
}

/// What rounding takes of the tolerance.
constexpr double rounding = 3e-14;

/// Coefficients of powers of z of the polynomial through values at the Chebyshev points of [-1, 1].
std::vector<double> interpolate(const std::vector<double>& values) {
  const std::size_t n = values.size();
  const auto count = static_cast<double>(n);
  std::vector<double> powers(n, 0.0), before(n, 0.0), now(n, 0.0), next(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    // T_j in powers of z.
    if (j == 0) {
      now[0] = 1.0;
    } else {
      for (std::size_t p = 0; p < n; ++p)
        next[p] = (p == 0 ? 0.0 : (j == 1 ? 1.0 : 2.0) * now[p - 1]) - (j == 1 ? 0.0 : before[p]);
      before = now;
      now = next;
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      sum += values[i] * std::cos(constants::pi * static_cast<double>(j) *
                                  (static_cast<double>(i) + 0.5) / count);
    const double coefficient = sum * (j == 0 ? 1.0 : 2.0) / count;
    for (std::size_t p = 0; p <= j; ++p) powers[p] += coefficient * now[p];
  }
  return powers;
}

double evaluate(const std::vector<double>& coefficients, int pairs, int span, int tap, double z) {
  double sum = 0.0;
  for (int j = 2 * pairs - 1; j >= 0; --j)
    sum = sum * z + coefficients[static_cast<std::size_t>(j * span + tap)];
  return sum;
}

}  // namespace

double NufftWindow::beta() const {
  const double w = width * (1.0 - 0.5 / sigma);
  return constants::pi * std::sqrt(w * w - 1.0);
}

double least_sigma(int width, double tolerance) {
  double q = 1.0 - std::log(tolerance);
  for (int k = 0; k < 30; ++k) q = std::log(2.0 * q / (tolerance - rounding));
  const double share = (q * q / (constants::pi * constants::pi) + 1.0) / (width * width);
  return share < 1.0 ? 1.0 / (1.0 - share) : std::numeric_limits<double>::infinity();
}

std::vector<double> window_coefficients(const NufftWindow& window) {
  const int span = window.span(), degrees = 2 * window.pairs();
  const double beta = window.beta(), scale = 1.0 / bessel_i0(beta);
  std::vector<double> coefficients(static_cast<std::size_t>(degrees * span), 0.0);
  std::vector<double> values(static_cast<std::size_t>(degrees));
  const int margin = (span - window.width) / 2;
  for (int tap = margin; tap < span / 2; ++tap) {
    for (int i = 0; i < degrees; ++i) {
      const double z = std::cos(constants::pi * (i + 0.5) / degrees);
      const double t = tap - span / 2 + 1 - 0.5 * (z + 1.0), u = 2.0 * t / window.width;
      values[static_cast<std::size_t>(i)] =
          scale * bessel_i0(beta * std::sqrt(std::max(0.0, (1.0 - u) * (1.0 + u))));
    }
    const std::vector<double> powers = interpolate(values);
    for (int j = 0; j < degrees; ++j) {
      const double power = powers[static_cast<std::size_t>(j)];
      coefficients[static_cast<std::size_t>(j * span + tap)] = power;
      // Its mirror image is the same polynomial of -z.
      coefficients[static_cast<std::size_t>(j * span + span - 1 - tap)] = j % 2 ? -power : power;
    }
  }
  return coefficients;
}

WindowTransform window_transform(const NufftWindow& window,
                                 const std::vector<double>& coefficients) {
  // Degree 17 times a cosine of less than half a turn.
  const QuadratureRule rule = gauss_legendre(24);
  const int span = window.span(), margin = (span - window.width) / 2;
  WindowTransform transform;
  for (int tap = margin; tap < span / 2; ++tap)
    for (std::size_t n = 0; n < rule.node.size(); ++n) {
      const double z = rule.node[n];
      transform.node.push_back(tap - span / 2 + 1 - 0.5 * (z + 1.0));
      // Half of a cell, twice for the mirror image.
      transform.weight.push_back(rule.weight[n] *
                                 evaluate(coefficients, window.pairs(), span, tap, z));
    }
  return transform;
}

}  // namespace glint::impl
