// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_EIGEN_PLAIN_HPP
#define GLINT_EIGEN_PLAIN_HPP

#include <glint/dense_solve.hpp>
#include <glint/execution.hpp>

/// Jacobi's method, rotations of disjoint pairs of rows at a time. In round r of S - 1 (S even, or
/// one more that does not exist) everybody meets somebody: pairs of a round robin.

namespace glint::impl {

/// Pair `index` of round `round` among `players`, an even number; q may be one too many.
struct EigenPair {
  std::size_t p, q;

  KOKKOS_FUNCTION EigenPair(std::size_t index, std::size_t round, std::size_t players) {
    const std::size_t others = players - 1;
    const std::size_t one = (round + index) % others;
    const std::size_t other = index == 0 ? others : (round + others - index) % others;
    p = one < other ? one : other;
    q = one < other ? other : one;
  }
};

/// What the steps share: A, whole and symmetric, and V, both (S, S) without gaps.
struct EigenArrays {
  double *a, *v, *turns;  // turns: cosine and sine of every pair
  std::size_t size, players, round;

  KOKKOS_FUNCTION EigenPair pair(std::size_t index) const { return {index, round, players}; }
};

/// A from its upper triangle, V = 1.
struct EigenStart {
  EigenArrays m;
  DenseMatrix from;
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t i = index / m.size, j = index % m.size;
    m.a[index] = i < j ? from.data[i * from.step + j] : from.data[j * from.step + i];
    m.v[index] = i == j ? 1.0 : 0.0;
  }
};

/// The rotation that makes A(p, q) zero.
struct EigenTurn {
  EigenArrays m;
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const EigenPair at = m.pair(index);
    double c = 1.0, s = 0.0;
    const double off = at.q < m.size ? m.a[at.p * m.size + at.q] : 0.0;
    if (off != 0.0) {
      const double theta = (m.a[at.q * m.size + at.q] - m.a[at.p * m.size + at.p]) / (2.0 * off);
      const double t =
          (theta < 0.0 ? -1.0 : 1.0) / (math::fabs(theta) + math::sqrt(theta * theta + 1.0));
      c = 1.0 / math::sqrt(t * t + 1.0);
      s = t * c;
    }
    m.turns[2 * index] = c;
    m.turns[2 * index + 1] = s;
  }
};

/// Rows p and q of A and of V.
struct EigenRows {
  EigenArrays m;
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t k = index / m.size, j = index % m.size;
    const EigenPair at = m.pair(k);
    if (at.q >= m.size) return;
    const double c = m.turns[2 * k], s = m.turns[2 * k + 1];
    turn(m.a, at, j, c, s);
    turn(m.v, at, j, c, s);
  }
  KOKKOS_FUNCTION void turn(double* x, const EigenPair& at, std::size_t j, double c,
                            double s) const {
    const double one = x[at.p * m.size + j], other = x[at.q * m.size + j];
    x[at.p * m.size + j] = c * one - s * other;
    x[at.q * m.size + j] = s * one + c * other;
  }
};

/// Columns p and q of A, row by row.
struct EigenColumns {
  EigenArrays m;
  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t pairs = m.players / 2, i = index / pairs, k = index % pairs;
    const EigenPair at = m.pair(k);
    if (at.q >= m.size) return;
    const double c = m.turns[2 * k], s = m.turns[2 * k + 1];
    double* row = m.a + i * m.size;
    const double one = row[at.p], other = row[at.q];
    row[at.p] = c * one - s * other;
    row[at.q] = s * one + c * other;
    // What the rotation is for, exactly.
    if (i == at.p) row[at.q] = 0.0;
    if (i == at.q) row[at.p] = 0.0;
  }
};

/// All rounds of a sweep by one thread, for hosts: their threads would wait for each other more
/// than they work.
struct EigenSweep {
  EigenArrays m;
  KOKKOS_FUNCTION void operator()(std::size_t) const {
    EigenArrays at = m;
    const std::size_t pairs = m.players / 2;
    for (at.round = 0; at.round + 1 < m.players; ++at.round) {
      for (std::size_t k = 0; k < pairs; ++k) EigenTurn{at}(k);
      for (std::size_t k = 0; k < pairs * m.size; ++k) EigenRows{at}(k);
      for (std::size_t k = 0; k < pairs * m.size; ++k) EigenColumns{at}(k);
    }
  }
};

/// Sum of squares of all elements, or of those off the diagonal.
struct EigenNorm {
  EigenArrays m;
  bool off;
  KOKKOS_FUNCTION void operator()(std::size_t index, double& sum) const {
    if (off && index / m.size == index % m.size) return;
    sum += m.a[index] * m.a[index];
  }
};

/// Values and vectors in ascending order.
struct EigenSort {
  EigenArrays m;
  DenseMatrix to;
  double* values;
  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    const double mine = m.a[k * m.size + k];
    std::size_t place = 0;
    for (std::size_t j = 0; j < m.size; ++j) {
      const double other = m.a[j * m.size + j];
      place += other < mine || (other == mine && j < k) ? 1 : 0;
    }
    values[place] = mine;
    for (std::size_t j = 0; j < m.size; ++j) to.data[place * to.step + j] = m.v[k * m.size + j];
  }
};

}  // namespace glint::impl

#endif
