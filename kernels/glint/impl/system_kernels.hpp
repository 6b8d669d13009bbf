// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_SYSTEM_KERNELS_HPP
#define GLINT_IMPL_SYSTEM_KERNELS_HPP

#include <glint/impl/mesh_rows.hpp>

/// The kernels of iterations on (T^T W T + H) x = D.
///
/// Vectors of S numbers are worked on in stretches, one to a team. What a stretch adds to a scalar
/// product is kept, and whoever needs the product adds these parts up for itself, first to last:
/// no waiting, and the same bits for any number of threads.

namespace glint::impl {

inline constexpr std::size_t system_stretch = 64;

inline std::size_t system_stretches(std::size_t sources) {
  return (sources + system_stretch - 1) / system_stretch;
}

/// A policy of one team to a stretch.
template <class ExecutionSpace>
Kokkos::TeamPolicy<ExecutionSpace> system_teams(const ExecutionSpace& space, std::size_t sources) {
  return Kokkos::TeamPolicy<ExecutionSpace>(space, static_cast<int>(system_stretches(sources)),
                                            team_size<ExecutionSpace>(64));
}

template <class View>
KOKKOS_FORCEINLINE_FUNCTION double sum_of_parts(const View& parts) {
  double sum = 0.0;
  for (std::size_t k = 0; k < parts.extent(0); ++k) sum += parts(k);
  return sum;
}

/// image(m) = sum over the sources s of m of T(m, s) x(s).
template <class ExecutionSpace, class VectorView>
struct MapToImage {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, columns;
  Vector<double, Memory> values;
  VectorView x;
  Vector<double, Memory> image;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    double sum = 0.0;
    for (int k = offsets(m); k < offsets(m + 1); ++k) sum += values(k) * x(columns(k));
    image(m) = sum;
  }
};

/// (T^T response + H x)_s.
template <class ExecutionSpace>
struct SystemRows {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, pixels;
  Vector<double, Memory> values;
  MeshRows<ExecutionSpace> h;
  Vector<double, Memory> response;

  template <class System>
  static SystemRows of(const System& system, const Vector<double, Memory>& response) {
    return {system.by_source.offsets, system.by_source.pixels, system.by_source.values,
            MeshRows<ExecutionSpace>::of(system.regularization), response};
  }

  template <class VectorView>
  KOKKOS_FORCEINLINE_FUNCTION double value(std::size_t s, const VectorView& x) const {
    double sum = 0.0;
    for (int k = offsets(s); k < offsets(s + 1); ++k) sum += values(k) * response(pixels(k));
    return sum + h.apply(s, x);
  }
};

/// y = T^T response + H x, and the parts of x^T y.
template <class ExecutionSpace>
struct SystemProduct {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  SystemRows<ExecutionSpace> rows;
  std::size_t sources;
  Numbers x, y, parts;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * system_stretch;
    const std::size_t last = first + system_stretch < sources ? first + system_stretch : sources;
    double sum = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) {
          const double value = rows.value(s, x);
          y(s) = value;
          part += x(s) * value;
        },
        sum);
    Kokkos::single(Kokkos::PerTeam(team), [&]() { parts(team.league_rank()) = sum; });
  }
};

}  // namespace glint::impl

#endif
