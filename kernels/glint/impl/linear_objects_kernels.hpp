// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_LINEAR_OBJECTS_KERNELS_HPP
#define GLINT_IMPL_LINEAR_OBJECTS_KERNELS_HPP

#include <glint/linear_objects.hpp>

/// The kernels of linear_objects.hpp: rows and matrices of several objects put together.

namespace glint::impl {

/// Where rows begin: non-zeros of all objects up to there. A mapping's own offsets say how many of
/// its are before, so the objects' add up.
template <class ExecutionSpace>
struct AddOffsets {
  Vector<int, typename ExecutionSpace::memory_space> own, offsets;
  KOKKOS_FUNCTION void operator()(std::size_t m) const { offsets(m) += own(m); }
};

template <class ExecutionSpace>
struct StartOffsets {
  Vector<int, typename ExecutionSpace::memory_space> offsets;
  int functions;
  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    offsets(m) = static_cast<int>(m) * functions;
  }
};

template <class ExecutionSpace>
struct StartRows {
  Vector<int, typename ExecutionSpace::memory_space> offsets, cursors;
  KOKKOS_FUNCTION void operator()(std::size_t m) const { cursors(m) = offsets(m); }
};

/// Appends a mapping's row to that of all.
template <class ExecutionSpace>
struct AppendRows {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, columns;
  Vector<double, Memory> values;
  int first;  // column
  Vector<int, Memory> cursors, all_columns;
  Vector<double, Memory> all_values;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    int at = cursors(m);
    for (int k = offsets(m); k < offsets(m + 1); ++k, ++at) {
      all_columns(at) = first + columns(k);
      all_values(at) = values(k);
    }
    cursors(m) = at;
  }
};

template <class ExecutionSpace>
struct AppendFunctions {
  using Memory = typename ExecutionSpace::memory_space;

  Matrix<double, Memory> functions;
  int first;
  Vector<int, Memory> cursors, all_columns;
  Vector<double, Memory> all_values;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    int at = cursors(m);
    for (std::size_t p = 0; p < functions.extent(1); ++p, ++at) {
      all_columns(at) = first + static_cast<int>(p);
      all_values(at) = functions(m, p);
    }
    cursors(m) = at;
  }
};

template <class ExecutionSpace>
struct AppendRegularization {
  using Memory = typename ExecutionSpace::memory_space;

  MeshRegularization<Memory> part, whole;
  std::size_t first;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const std::size_t to = first + s;
    for (std::size_t p = 0; p < whole.columns; ++p) {
      const int t = p < part.columns ? part.neighbours(s * part.columns + p) : -1;
      whole.neighbours(to * whole.columns + p) = t < 0 ? t : t + static_cast<int>(first);
    }
    whole.strengths(to) = part.strengths(s);
    whole.excess(to) = part.excess(s);
  }
};

template <class ExecutionSpace>
struct CollectFunctions {
  Matrix<double, typename ExecutionSpace::memory_space> functions, images;
  std::size_t first;
  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    for (std::size_t p = 0; p < functions.extent(1); ++p) images(first + p, m) = functions(m, p);
  }
};

/// F(s, mapped + p) and its mirror image = (T^T W f_p)_s.
template <class ExecutionSpace>
struct BorderMapped {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, pixels;
  Vector<double, Memory> values;
  Matrix<double, Memory> responses;
  StridedOutput<double**, ExecutionSpace> curvature;
  std::size_t mapped;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t count = responses.extent(0), s = index / count, p = index % count;
    double sum = 0.0;
    for (int k = offsets(s); k < offsets(s + 1); ++k) sum += values(k) * responses(p, pixels(k));
    curvature(s, mapped + p) = sum;
    curvature(mapped + p, s) = sum;
  }
};

/// f_q^T W f_p for q >= p, a team to a pair.
template <class ExecutionSpace>
struct BorderFunctions {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Memory = typename ExecutionSpace::memory_space;

  Matrix<double, Memory> images, responses;
  StridedOutput<double**, ExecutionSpace> curvature;
  StridedOutput<double*, ExecutionSpace> diagonal;
  std::size_t mapped;
  bool diagonal_only;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t count = images.extent(0);
    const std::size_t rank = static_cast<std::size_t>(team.league_rank());
    const std::size_t p = diagonal_only ? rank : rank / count;
    const std::size_t q = diagonal_only ? rank : rank % count;
    if (q < p) return;
    double sum = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, images.extent(1)),
        [&](std::size_t m, double& part) { part += images(q, m) * responses(p, m); }, sum);
    Kokkos::single(Kokkos::PerTeam(team), [&]() {
      if (diagonal_only) {
        diagonal(mapped + p) = sum;
      } else {
        curvature(mapped + p, mapped + q) = sum;
        curvature(mapped + q, mapped + p) = sum;
      }
    });
  }
};

}  // namespace glint::impl

#endif
