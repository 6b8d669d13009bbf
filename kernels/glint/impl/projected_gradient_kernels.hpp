// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_PROJECTED_GRADIENT_KERNELS_HPP
#define GLINT_IMPL_PROJECTED_GRADIENT_KERNELS_HPP

#include <glint/impl/projected_gradient.hpp>
#include <glint/impl/system_kernels.hpp>

/// The kernels of projected_gradient.hpp. Scalars stay on the device from one to the next.

namespace glint::impl {

/// x = where it starts, slope = -D.
template <class ExecutionSpace>
struct LoadGradient {
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  StridedInput<const double*, ExecutionSpace> data_vector;
  StridedOutput<double*, ExecutionSpace> start;
  Numbers x, slope, data;
  bool warm;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    data(s) = data_vector(s);
    slope(s) = -data_vector(s);
    x(s) = warm && start(s) > 0.0 ? start(s) : 0.0;
  }
};

template <class ExecutionSpace>
struct SlopeOf {
  Vector<double, typename ExecutionSpace::memory_space> product, data, slope;
  KOKKOS_FUNCTION void operator()(std::size_t s) const { slope(s) = product(s) - data(s); }
};

/// The direction, and what aim() and step() need to know of it, in parts.
template <class ExecutionSpace>
struct AimDirection {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  Numbers x, slope, diagonal, data, direction;
  double length;
  std::size_t sources;
  Numbers slope_direction, direction_square, residual, largest;

  KOKKOS_FUNCTION double direct(std::size_t s) const {
    const double moved = x(s) - length * slope(s) / diagonal(s);
    return (moved > 0.0 ? moved : 0.0) - x(s);
  }
  KOKKOS_FUNCTION double unmet(std::size_t s) const {
    const double here = diagonal(s) * x(s);
    return math::fabs(here < slope(s) ? here : slope(s));
  }
  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * system_stretch;
    const std::size_t last = first + system_stretch < sources ? first + system_stretch : sources;
    double along = 0.0, square = 0.0, worst = 0.0, top = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) {
          const double d = direct(s);
          direction(s) = d;
          part += d * slope(s);
        },
        along);
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) {
          const double d = direct(s);
          part += diagonal(s) * d * d;
        },
        square);
    // Not a maximum of what is no number: that must show.
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) {
          const double value = unmet(s);
          if (!(value <= part)) part = value;
        },
        Kokkos::Max<double>(worst));
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) {
          const double value = math::fabs(data(s));
          if (value > part) part = value;
        },
        Kokkos::Max<double>(top));
    Kokkos::single(Kokkos::PerTeam(team), [&]() {
      const int rank = team.league_rank();
      slope_direction(rank) = along;
      direction_square(rank) = square;
      residual(rank) = worst;
      largest(rank) = top;
    });
  }
};

template <class ExecutionSpace>
struct MeasureProduct {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;

  Numbers direction, product, diagonal;
  std::size_t sources;
  Numbers curvature, product_square;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t first = static_cast<std::size_t>(team.league_rank()) * system_stretch;
    const std::size_t last = first + system_stretch < sources ? first + system_stretch : sources;
    double along = 0.0, square = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) { part += direction(s) * product(s); }, along);
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, first, last),
        [&](std::size_t s, double& part) { part += product(s) * product(s) / diagonal(s); },
        square);
    Kokkos::single(Kokkos::PerTeam(team), [&]() {
      curvature(team.league_rank()) = along;
      product_square(team.league_rank()) = square;
    });
  }
};

template <class ExecutionSpace>
struct MoveAlong {
  Vector<double, typename ExecutionSpace::memory_space> direction, product, x, slope;
  double step;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const double moved = x(s) + step * direction(s);
    x(s) = moved > 0.0 ? moved : 0.0;
    slope(s) += step * product(s);
  }
};

template <class ExecutionSpace>
struct StorePositive {
  Vector<double, typename ExecutionSpace::memory_space> x;
  StridedOutput<double*, ExecutionSpace> out;
  KOKKOS_FUNCTION void operator()(std::size_t s, std::size_t& positive) const {
    out(s) = x(s);
    if (x(s) > 0.0) ++positive;
  }
};

}  // namespace glint::impl

#endif
