// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/impl/tiles/tile_basis.hpp>

namespace glint::impl {

namespace {

using Real = long double;

/// T_0 ... T_count at x.
std::vector<Real> chebyshev(int count, Real x) {
  std::vector<Real> t(count + 1, 1.0L);
  if (count > 0) t[1] = x;
  for (int j = 2; j <= count; ++j) t[j] = 2.0L * x * t[j - 1] - t[j - 2];
  return t;
}

/// Antiderivatives of T_0 ... T_(count-1) at x.
std::vector<Real> chebyshev_integrals(int count, Real x) {
  const std::vector<Real> t = chebyshev(count + 1, x);
  std::vector<Real> integral(count);
  for (int j = 0; j < count; ++j)
    integral[j] = j == 0   ? x
                  : j == 1 ? 0.5L * x * x
                           : 0.5L * (t[j + 1] / (j + 1) - t[j - 1] / (j - 1));
  return integral;
}

/// (1/N) sum' 2 T_j(x_b) c_j: the functional with values c_j on T_j, applied to cardinal b.
Real on_cardinal(const std::vector<Real>& at_node, const std::vector<Real>& values, int n) {
  Real sum = 0.5L * values[0];
  for (int j = 1; j < n; ++j) sum += at_node[j] * values[j];
  return 2.0L * sum / n;
}

/// Chebyshev nodes of the first kind, ascending.
std::vector<Real> chebyshev_nodes(int n) {
  const Real pi = std::acos(-1.0L);
  std::vector<Real> node(n);
  for (int k = 0; k < n; ++k) node[k] = -std::cos(pi * (k + 0.5L) / n);
  return node;
}

}  // namespace

std::vector<double> hand_down_table(int from, int to) {
  const std::vector<Real> node = chebyshev_nodes(from), target = chebyshev_nodes(to);
  std::vector<double> table;
  for (int half = 0; half < 2; ++half)
    for (int b = 0; b < from; ++b) {
      const std::vector<Real> at_node = chebyshev(from, node[b]);
      for (int k = 0; k < to; ++k)
        table.push_back(static_cast<double>(
            on_cardinal(at_node, chebyshev(from, 0.5L * target[k] + (half - 0.5L)), from)));
    }
  return table;
}

template <int N>
std::vector<double> TileBasis<N>::values() {
  const std::vector<Real> node = chebyshev_nodes(N);
  std::vector<double> data(size, 0.0);
  for (int a = 0; a < N; ++a)
    for (int b = 0; b < N; ++b) {
      data[x_at + a * N + b] = static_cast<double>(node[b]);
      data[y_at + a * N + b] = static_cast<double>(node[a]);
    }
  for (int k = nodes; k < padded; ++k)  // copies of the last node, never used
    data[x_at + k] = data[y_at + k] = static_cast<double>(node[N - 1]);

  std::vector<std::vector<Real>> at_node;
  for (int b = 0; b < N; ++b) at_node.push_back(chebyshev(N, node[b]));
  for (int tile = smallest; tile <= largest; tile *= 2) {
    std::vector<Real> from = chebyshev_integrals(N, -1.0L);
    for (int t = 0; t < tile; ++t) {
      const std::vector<Real> to = chebyshev_integrals(N, 2.0L * (t + 1) / tile - 1.0L);
      std::vector<Real> part(N);
      for (int j = 0; j < N; ++j) part[j] = 0.5L * tile * (to[j] - from[j]);
      for (int b = 0; b < N; ++b)
        data[pixels(tile) + b * tile + t] = static_cast<double>(on_cardinal(at_node[b], part, N));
      from = to;
    }
  }
  for (int tile = smallest; tile <= largest; tile *= 2)
    for (int b = 0; b < N / 2; ++b)
      for (int t = 0; t < tile / 2; ++t) {
        const double one = data[pixels(tile) + b * tile + t];
        const double other = data[pixels(tile) + (N - 1 - b) * tile + t];
        data[folded(tile) + b * (tile / 2) + t] = 0.5 * (one + other);
        data[folded(tile) + (b + N / 2) * (tile / 2) + t] = 0.5 * (one - other);
      }
  return data;
}

template struct TileBasis<12>;
template struct TileBasis<16>;
template struct TileBasis<20>;
template struct TileBasis<24>;
template struct TileBasis<32>;

}  // namespace glint::impl
