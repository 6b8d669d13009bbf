// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_COMPAT_HPP
#define GLINT_COMPAT_HPP

#include <Kokkos_Core.hpp>
#include <bit>
#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

/// Everything that differs between Kokkos 3.4 and 5.x. This is the only file of glint that may
/// mention KOKKOS_VERSION; the rest of the library uses the names defined here.

#if KOKKOS_VERSION < 30400
#error "glint needs Kokkos 3.4 or newer"
#endif

namespace glint {

/// Mathematical functions callable on the host and on the device.
namespace math {
#if KOKKOS_VERSION >= 30700
namespace source = Kokkos;
#else
namespace source = Kokkos::Experimental;
#endif
using source::atan2;
using source::cos;
using source::exp;
using source::exp2;
using source::expm1;
using source::fabs;
using source::floor;
using source::isfinite;
using source::lgamma;
using source::log;
using source::log1p;
using source::log2;
using source::pow;
using source::sin;
using source::sqrt;
using source::tgamma;
#if KOKKOS_VERSION >= 40000
using source::fma;
#else
KOKKOS_FORCEINLINE_FUNCTION double fma(double a, double b, double c) { return ::fma(a, b, c); }
#endif
}  // namespace math

namespace compat {

/// The Kokkos version glint was compiled against, as "major.minor.patch".
inline std::string kokkos_version() {
  return std::to_string(KOKKOS_VERSION / 10000) + "." + std::to_string(KOKKOS_VERSION / 100 % 100) +
         "." + std::to_string(KOKKOS_VERSION % 100);
}

/// Waits for everything launched on `space`. Kokkos knows labelled fences from 3.5 on.
template <class ExecutionSpace>
void fence(const ExecutionSpace& space, [[maybe_unused]] const std::string& label) {
#if KOKKOS_VERSION >= 30500
  space.fence(label);
#else
  space.fence();
#endif
}

/// Two instances that work side by side, or `space` alone where Kokkos (before 4.0), the backend
/// or its settings (OpenMP without nested levels) have no more.
template <class ExecutionSpace>
std::vector<ExecutionSpace> partition(const ExecutionSpace& space) {
#if KOKKOS_VERSION >= 40000
  auto instances = Kokkos::Experimental::partition_space(space, std::vector<int>{1, 1});
  if (instances[0] != instances[1]) return instances;
#endif
  return {space};
}

/// The bits of `from` read as a To of the same size.
template <class To, class From>
KOKKOS_FORCEINLINE_FUNCTION To bit_cast(const From& from) {
#if KOKKOS_VERSION >= 40000
  return Kokkos::bit_cast<To>(from);
#else
  return std::bit_cast<To>(from);
#endif
}

/// Number of dimensions of a View type.
#if KOKKOS_VERSION >= 40100
template <class View>
inline constexpr std::size_t rank_v = View::rank();
#else
template <class View>
inline constexpr std::size_t rank_v = View::rank;
#endif

}  // namespace compat
}  // namespace glint

#endif
