// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_GRADIENT_KERNELS_HPP
#define GLINT_GRADIENT_KERNELS_HPP

#include <glint/impl/system_kernels.hpp>

/// The kernels of conjugate_gradient().

namespace glint::impl {

/// residual = D, x = where it starts, inverse = 1 / diag(F + H).
template <class ExecutionSpace>
struct LoadIteration {
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  StridedInput<const double*, ExecutionSpace> data_vector, start;
  MeshRows<ExecutionSpace> h;
  Numbers diagonal, x, residual, inverse;
  bool warm, jacobi;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    residual(s) = data_vector(s);
    x(s) = warm ? start(s) : 0.0;
    inverse(s) = 1.0;
    if (!jacobi) return;
    const double whole = diagonal(s) + h.diagonal(s);
    if (whole > 0.0) inverse(s) = 1.0 / whole;
  }
};

template <class ExecutionSpace>
struct SubtractRows {
  SystemRows<ExecutionSpace> rows;
  Vector<double, typename ExecutionSpace::memory_space> x, residual;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { residual(s) -= rows.value(s, x); }
};

/// The sums over a stretch that an iteration needs.
template <class ExecutionSpace>
struct Stretch {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  /// part of this team = sum over its s of a(s) b(s) [c(s)].
  static KOKKOS_FUNCTION void product(const Team& team, std::size_t first, std::size_t last,
                                      const Numbers& a, const Numbers& b, const Numbers& c,
                                      const Numbers& parts) {
    double sum = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) { part += a(s) * b(s) * c(s); }, sum);
    Kokkos::single(Kokkos::PerTeam(team), [&]() { parts(team.league_rank()) = sum; });
  }
  static KOKKOS_FUNCTION void square(const Team& team, std::size_t first, std::size_t last,
                                     const Numbers& a, const Numbers& parts) {
    double sum = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) { part += a(s) * a(s); }, sum);
    Kokkos::single(Kokkos::PerTeam(team), [&]() { parts(team.league_rank()) = sum; });
  }
};

/// direction = preconditioned residual, and the parts of all products that are known then.
template <class ExecutionSpace>
struct BeginIteration {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  StridedInput<const double*, ExecutionSpace> data_vector;
  Numbers residual, inverse, direction, rz, rr, dd;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t sources = residual.extent(0);
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * system_stretch;
    const std::size_t last = first + system_stretch < sources ? first + system_stretch : sources;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, first, last),
                         [&](std::size_t s) { direction(s) = inverse(s) * residual(s); });
    Stretch<ExecutionSpace>::product(team, first, last, residual, residual, inverse, rz);
    Stretch<ExecutionSpace>::square(team, first, last, residual, rr);
    double sum = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) { part += data_vector(s) * data_vector(s); }, sum);
    Kokkos::single(Kokkos::PerTeam(team), [&]() { dd(team.league_rank()) = sum; });
  }
};

/// x += a p, residual -= a q with a = r z / p q, and the parts of the new r z and r r. Where p q is
/// no positive number nothing moves, and `trouble` keeps the first such p q.
template <class ExecutionSpace>
struct TakeStep {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  Numbers direction, product, inverse, x, residual;
  Numbers rz, pq, new_rz, rr, trouble;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t sources = residual.extent(0);
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * system_stretch;
    const std::size_t last = first + system_stretch < sources ? first + system_stretch : sources;
    const double weight = sum_of_parts(rz), curvature = sum_of_parts(pq);
    const double step = curvature > 0.0 ? weight / curvature : 0.0;
    if (team.league_rank() == 0 && weight > 0.0 && !(curvature > 0.0))
      Kokkos::single(Kokkos::PerTeam(team), [&]() {
        if (trouble(0) == 0.0) {
          trouble(0) = 1.0;
          trouble(1) = curvature;
        }
      });
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, first, last), [&](std::size_t s) {
      x(s) += step * direction(s);
      residual(s) -= step * product(s);
    });
    team.team_barrier();
    Stretch<ExecutionSpace>::product(team, first, last, residual, residual, inverse, new_rz);
    Stretch<ExecutionSpace>::square(team, first, last, residual, rr);
  }
};

/// p = z + (new r z / old r z) p.
template <class ExecutionSpace>
struct TurnDirection {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  Numbers residual, inverse, direction, rz, new_rz;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t sources = residual.extent(0);
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * system_stretch;
    const std::size_t last = first + system_stretch < sources ? first + system_stretch : sources;
    const double before = sum_of_parts(rz);
    const double share = before > 0.0 ? sum_of_parts(new_rz) / before : 0.0;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, first, last), [&](std::size_t s) {
      direction(s) = inverse(s) * residual(s) + share * direction(s);
    });
  }
};

template <class ExecutionSpace>
struct StoreVector {
  Vector<double, typename ExecutionSpace::memory_space> from;
  StridedOutput<double*, ExecutionSpace> to;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { to(s) = from(s); }
};

}  // namespace glint::impl

#endif
