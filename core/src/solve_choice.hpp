// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SOLVE_CHOICE_HPP
#define GLINT_SOLVE_CHOICE_HPP

#include <limits>

#include "solve_engine.hpp"
#include "wait_on_host.hpp"

/// Which library serves an execution space, and what the plans for dense systems share.

namespace glint::impl {

enum class Library { none, lapack, cusolver, hipsolver };

template <class ExecutionSpace>
constexpr Library library() {
#if defined(KOKKOS_ENABLE_CUDA) && defined(GLINT_HAVE_CUSOLVER)
  if constexpr (std::is_same_v<ExecutionSpace, Kokkos::Cuda>) return Library::cusolver;
#endif
#if defined(KOKKOS_ENABLE_HIP) && defined(GLINT_HAVE_HIPSOLVER)
  if constexpr (std::is_same_v<ExecutionSpace, Kokkos::HIP>) return Library::hipsolver;
#endif
#if defined(GLINT_HAVE_LAPACK)
  if constexpr (is_host_execution_v<ExecutionSpace>) return Library::lapack;
#endif
  return Library::none;
}

/// What a library's calls run on: the instance's threads, or its stream.
template <class ExecutionSpace>
struct Context {
  explicit Context(const ExecutionSpace& space) : threads(space.concurrency()) {}
  const void* pointer() const { return &threads; }
  int threads;
};
#if defined(KOKKOS_ENABLE_CUDA)
template <>
struct Context<Kokkos::Cuda> {
  explicit Context(const Kokkos::Cuda& space) : stream(space.cuda_stream()) {}
  const void* pointer() const { return &stream; }
  cudaStream_t stream;
};
#endif
#if defined(KOKKOS_ENABLE_HIP)
template <>
struct Context<Kokkos::HIP> {
  explicit Context(const Kokkos::HIP& space) : stream(space.hip_stream()) {}
  const void* pointer() const { return &stream; }
  hipStream_t stream;
};
#endif

template <class ExecutionSpace>
std::shared_ptr<SolveEngine> make_engine() {
  constexpr Library chosen = library<ExecutionSpace>();
  if constexpr (chosen == Library::lapack) return make_lapack();
  if constexpr (chosen == Library::cusolver) return make_cusolver();
  if constexpr (chosen == Library::hipsolver) return make_hipsolver();
  return nullptr;
}

template <class ExecutionSpace>
SolveMethod choose(const char* plan, SolveMethod wanted, std::size_t size,
                   std::size_t plain_up_to) {
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
  GLINT_EXPECTS(size <= limit, plan, ": ", size, " unknowns are more than can be counted");
  constexpr bool available = library<ExecutionSpace>() != Library::none;
  GLINT_EXPECTS(wanted != SolveMethod::library || available, plan,
                ": this build of glint has no library for dense systems on the backend '",
                backend_name<ExecutionSpace>(), "'");
  if (wanted != SolveMethod::automatic) return wanted;
  const bool small = is_host_execution_v<ExecutionSpace> && size <= plain_up_to;
  return available && !small ? SolveMethod::library : SolveMethod::plain;
}

}  // namespace glint::impl

#endif
