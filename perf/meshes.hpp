// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_MESHES_HPP
#define GLINT_PERF_MESHES_HPP

#include <cmath>
#include <glint/evidence.hpp>
#include <vector>

#include "case.hpp"

/// Source meshes and the dense matrices that belong to reconstructions.

namespace glint::perf {

/// Neighbours of a plane mesh of triangles, (S, 10), in its scan order.
inline Matrix<int> plane_mesh(std::size_t sources) {
  const Matrix<int> table("glint::perf::neighbours", sources, 10);
  for (std::size_t k = 0; k < table.size(); ++k) table.data()[k] = -1;
  std::vector<std::size_t> count(sources, 0);
  const auto join = [&](std::size_t a, std::size_t b) {
    if (b >= sources) return;
    table(a, count[a]++) = static_cast<int>(b);
    table(b, count[b]++) = static_cast<int>(a);
  };
  const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(sources))));
  for (std::size_t k = 0; k < sources; ++k) {
    const bool last = k % side + 1 == side;
    if (!last) join(k, k + 1);
    join(k, k + side);
    if (!last) join(k, k + side + 1);
  }
  return table;
}

template <class ExecutionSpace>
Matrix<int, typename ExecutionSpace::memory_space> mesh_on(const ExecutionSpace& space,
                                                           const Matrix<int>& host) {
  const auto there = allocate<Matrix<int, typename ExecutionSpace::memory_space>>(
      space, "glint::perf::neighbours", host.extent(0), host.extent(1));
  copy(space, there, host);
  return there;
}

/// H of the table, (S, S).
inline Numbers regularization_by_definition(const Matrix<int>& table, double coefficient) {
  const std::size_t size = table.extent(0);
  const double weight = coefficient * coefficient;
  Numbers h(size * size, 0.0);
  for (std::size_t s = 0; s < size; ++s) {
    h[s * size + s] = 1e-8;
    for (std::size_t p = 0; p < table.extent(1) && table(s, p) >= 0; ++p) {
      h[s * size + s] += weight;
      h[s * size + static_cast<std::size_t>(table(s, p))] = -weight;
    }
  }
  return h;
}

/// ln det H by another order of elimination than the library's.
inline double log_determinant_by_degree(const Matrix<int>& table, double coefficient) {
  impl::MeshElimination mesh;
  mesh.assign(table.data(), table.extent(0), table.extent(1), table.extent(1), std::size_t(1));
  return mesh.log_determinant(coefficient * coefficient, 1e-8,
                              impl::MeshElimination::Order::minimum_degree);
}

/// The inverse of a symmetric positive definite matrix, by Gauss and Jordan.
inline Numbers inverse_of(Numbers a, std::size_t n) {
  for (std::size_t p = 0; p < n; ++p) {
    const double pivot = 1.0 / a[p * n + p];
    for (std::size_t i = 0; i < n; ++i) {
      if (i == p) continue;
      const double factor = a[i * n + p] * pivot;
      for (std::size_t j = 0; j < n; ++j)
        if (j != p) a[i * n + j] -= factor * a[p * n + j];
      a[i * n + p] = -factor;
    }
    for (std::size_t j = 0; j < n; ++j) a[p * n + j] *= pivot;
    a[p * n + p] = pivot;
  }
  return a;
}

/// exp(-((i - j)/20)^2), and 1 more on the diagonal: positive definite, dense, well conditioned.
inline Matrix<double> bump(std::size_t size) {
  const Matrix<double> matrix("glint::perf::matrix", size, size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j) {
      const double distance = (static_cast<double>(i) - static_cast<double>(j)) / 20.0;
      matrix(i, j) = std::exp(-distance * distance) + (i == j ? 1.0 : 0.0);
    }
  return matrix;
}

/// x of A x = b for such a matrix, by conjugate gradients to rounding.
inline Numbers solve_by_gradients(const Matrix<double>& a, const Numbers& b) {
  const std::size_t size = b.size();
  Numbers x(size, 0.0), rest = b, direction = b, image(size);
  const auto dot = [](const Numbers& p, const Numbers& q) {
    double sum = 0.0;
    for (std::size_t k = 0; k < p.size(); ++k) sum += p[k] * q[k];
    return sum;
  };
  double length = dot(rest, rest);
  const double enough = 1e-34 * length;
  for (int step = 0; step < 200 && length > enough; ++step) {
    for (std::size_t i = 0; i < size; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < size; ++j) sum += a(i, j) * direction[j];
      image[i] = sum;
    }
    const double stride = length / dot(direction, image);
    for (std::size_t k = 0; k < size; ++k) x[k] += stride * direction[k];
    for (std::size_t k = 0; k < size; ++k) rest[k] -= stride * image[k];
    const double next = dot(rest, rest);
    for (std::size_t k = 0; k < size; ++k) direction[k] = rest[k] + next / length * direction[k];
    length = next;
  }
  return x;
}

}  // namespace glint::perf

#endif
