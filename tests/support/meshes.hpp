// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_MESHES_HPP
#define GLINT_TESTS_MESHES_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <numeric>
#include <reference/dense_oracle.hpp>
#include <string>
#include <vector>

/// Neighbour tables of source meshes, and the log determinant of their regularization.

namespace glint::test {

/// Row s: the neighbours of s, padded with -1.
struct Mesh {
  std::string name;
  std::size_t size = 0, columns = 0;
  std::vector<int> table;
};

class MeshBuilder {
 public:
  explicit MeshBuilder(std::size_t size) : neighbours_(size) {}
  void join(std::size_t a, std::size_t b) {
    auto& list = neighbours_[a];
    if (a == b || std::find(list.begin(), list.end(), static_cast<int>(b)) != list.end()) return;
    list.push_back(static_cast<int>(b));
    neighbours_[b].push_back(static_cast<int>(a));
  }
  /// `spare` columns of -1 more than needed.
  Mesh mesh(const std::string& name, std::size_t spare = 1) const {
    Mesh mesh{name, neighbours_.size(), spare, {}};
    for (const auto& list : neighbours_) mesh.columns = std::max(mesh.columns, list.size() + spare);
    mesh.table.assign(mesh.size * mesh.columns, -1);
    for (std::size_t s = 0; s < mesh.size; ++s)
      std::copy(neighbours_[s].begin(), neighbours_[s].end(),
                mesh.table.begin() + static_cast<std::ptrdiff_t>(s * mesh.columns));
    return mesh;
  }

 private:
  std::vector<std::vector<int>> neighbours_;
};

/// A plane mesh of triangles, its nodes numbered without any order.
inline Mesh triangles(std::size_t size) {
  MeshBuilder builder(size);
  std::size_t side = 1;
  while (side * side < size) ++side;
  std::size_t step = 7;  // visits every node
  while (std::gcd(step, size) != 1) ++step;
  const auto number = [&](std::size_t k) { return k * step % size; };
  for (std::size_t k = 0; k < size; ++k) {
    const bool last_column = k % side + 1 == side;
    if (!last_column && k + 1 < size) builder.join(number(k), number(k + 1));
    if (k + side < size) builder.join(number(k), number(k + side));
    if (!last_column && k + side + 1 < size) {
      if (k % 3 == 0)
        builder.join(number(k), number(k + side + 1));
      else
        builder.join(number(k + 1), number(k + side));
    }
  }
  return builder.mesh("triangles");
}

/// Everybody knows node 0.
inline Mesh star(std::size_t size) {
  MeshBuilder builder(size);
  for (std::size_t s = 1; s < size; ++s) builder.join(0, s);
  return builder.mesh("star", 0);
}

/// Rings of 5, chains of 2 and lone nodes.
inline Mesh pieces(std::size_t size) {
  MeshBuilder builder(size);
  for (std::size_t s = 0; s < size; ++s) {
    const std::size_t group = s / 8, at = s % 8;
    if (at < 5 && group * 8 + (at + 1) % 5 < size) builder.join(s, group * 8 + (at + 1) % 5);
    if (at == 5 && s + 1 < size) builder.join(s, s + 1);
  }
  return builder.mesh("pieces", 2);
}

/// Joined at random, many neighbours.
inline Mesh thicket(std::size_t size) {
  MeshBuilder builder(size);
  std::uint64_t state = 12345;
  for (std::size_t k = 0; k < 6 * size; ++k) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    builder.join((state >> 33) % size, (state >> 45) % size);
  }
  return builder.mesh("thicket");
}

inline std::vector<Mesh> meshes(std::size_t size) {
  if (size == 0) return {MeshBuilder(0).mesh("empty")};
  return {triangles(size), star(size), pieces(size), thicket(size)};
}

/// The table as a View of a space.
template <class Index = int, class Space>
Matrix<Index, typename Space::memory_space> table_on(const Space& space, const Mesh& mesh) {
  const std::vector<Index> converted(mesh.table.begin(), mesh.table.end());
  const auto view = allocate<Matrix<Index, typename Space::memory_space>>(
      space, "glint::test::neighbours", mesh.size, mesh.columns);
  copy(space, view,
       Kokkos::View<const Index**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           converted.data(), mesh.size, mesh.columns));
  compat::fence(space, "glint::test::table_on");
  return view;
}

/// weight (degree - adjacency) + excess, every diagonal element in extended precision.
inline LongMatrix regularization_of(const Mesh& mesh, double weight, double excess) {
  LongMatrix h(mesh.size * mesh.size, 0);
  for (std::size_t s = 0; s < mesh.size; ++s) {
    h[s * mesh.size + s] = excess;
    for (std::size_t p = 0; p < mesh.columns; ++p) {
      const int t = mesh.table[s * mesh.columns + p];
      if (t < 0) break;
      h[s * mesh.size + static_cast<std::size_t>(t)] -= Long(weight);
      h[s * mesh.size + s] += Long(weight);
    }
  }
  return h;
}

/// ln det of the matrix with the weights w between neighbours and the excess e of every diagonal
/// over their sum, by elimination in extended precision that subtracts nothing, in the order of the
/// numbers.
inline double eliminated_log_determinant(std::vector<Long> w, std::vector<Long> e) {
  const std::size_t n = e.size();
  Long sum = 0;
  for (std::size_t k = 0; k < n; ++k) {
    Long pivot = e[k];
    for (std::size_t j = k + 1; j < n; ++j) pivot += w[k * n + j];
    sum += std::log(pivot);
    for (std::size_t i = k + 1; i < n; ++i) {
      const Long factor = w[i * n + k] / pivot;
      if (factor == 0) continue;
      e[i] += factor * e[k];
      for (std::size_t j = k + 1; j < n; ++j)
        if (j != i) w[i * n + j] += factor * w[k * n + j];
    }
  }
  return static_cast<double>(sum);
}

/// ln det of that.
inline double log_determinant_of(const Mesh& mesh, double weight, double excess) {
  const std::size_t n = mesh.size;
  std::vector<Long> w(n * n, 0), e(n, Long(excess));
  for (std::size_t s = 0; s < n; ++s)
    for (std::size_t p = 0; p < mesh.columns; ++p)
      if (const int t = mesh.table[s * mesh.columns + p]; t >= 0) w[s * n + t] = Long(weight);
  return eliminated_log_determinant(w, e);
}

}  // namespace glint::test

#endif
