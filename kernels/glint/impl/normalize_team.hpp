// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NORMALIZE_TEAM_HPP
#define GLINT_IMPL_NORMALIZE_TEAM_HPP

#include <glint/execution.hpp>
#include <glint/impl/vector_length.hpp>

/// Long contiguous vectors on devices, whose threads read neighbouring components.

namespace glint::impl {

template <class ExecutionSpace>
using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

/// What thread by thread adds up, or the larger of, over a stretch of a vector.
template <class T>
struct AddSquare {
  const T* v;
  KOKKOS_FUNCTION void operator()(std::size_t k, double& sum) const {
    sum += double(v[k]) * double(v[k]);
  }
};
template <class T>
struct AddScaledSquare {
  const T* v;
  double largest;
  KOKKOS_FUNCTION void operator()(std::size_t k, double& sum) const {
    const double part = double(v[k]) / largest;
    sum += part * part;
  }
};
template <class T>
struct TakeLargest {
  const T* v;
  KOKKOS_FUNCTION void operator()(std::size_t k, double& largest) const {
    const double size = math::fabs(double(v[k]));
    if (size > largest) largest = size;
  }
};
template <class T>
struct StoreScaled {
  UnitScale scale;
  const T* v;
  T* out;
  KOKKOS_FUNCTION void operator()(std::size_t k) const { out[k] = scale(v[k]); }
};

/// A vector per team.
template <class ExecutionSpace, class T>
struct NormalizeByTeam {
  const T* v;
  T* out;
  std::size_t length;

  KOKKOS_FUNCTION void operator()(const Team<ExecutionSpace>& team) const {
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * length;
    const T* const from = v + first;
    const auto components = Kokkos::TeamThreadRange(team, length);
    double squares = 0.0, largest = 0.0, scaled = 0.0;
    Kokkos::parallel_reduce(components, AddSquare<T>{from}, squares);
    if (!is_safe_square<T>(squares)) {
      Kokkos::parallel_reduce(components, TakeLargest<T>{from}, Kokkos::Max<double>(largest));
      if (largest > 0.0)
        Kokkos::parallel_reduce(components, AddScaledSquare<T>{from, largest}, scaled);
    }
    Kokkos::parallel_for(
        components, StoreScaled<T>{unit_scale<T>(squares, largest, scaled), from, out + first});
  }
};

/// A chunk of a vector per team.
template <class ExecutionSpace, class T>
struct ChunkSquaresByTeam {
  const T* v;
  std::size_t length, chunk, chunks;
  double* partial;

  KOKKOS_FUNCTION void operator()(const Team<ExecutionSpace>& team) const {
    const std::size_t index = static_cast<std::size_t>(team.league_rank());
    const std::size_t first = index % chunks * chunk;
    const std::size_t count = first + chunk < length ? chunk : length - first;
    double squares = 0.0;
    Kokkos::parallel_reduce(Kokkos::TeamThreadRange(team, count),
                            AddSquare<T>{v + index / chunks * length + first}, squares);
    if (team.team_rank() == 0) partial[index] = squares;
  }
};

template <class ExecutionSpace, class T>
struct ScaleChunksByTeam {
  const T* v;
  T* out;
  std::size_t length, chunk, chunks;
  const double *largest, *factor;

  KOKKOS_FUNCTION void operator()(const Team<ExecutionSpace>& team) const {
    const std::size_t index = static_cast<std::size_t>(team.league_rank());
    const std::size_t k = index / chunks, first = index % chunks * chunk;
    const std::size_t count = first + chunk < length ? chunk : length - first;
    const std::size_t at = k * length + first;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, count),
                         StoreScaled<T>{{largest[k], factor[k]}, v + at, out + at});
  }
};

}  // namespace glint::impl

#endif
