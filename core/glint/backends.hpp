// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_BACKENDS_HPP
#define GLINT_BACKENDS_HPP

#include <glint/compat.hpp>
#include <glint/error.hpp>
#include <string>
#include <vector>

/// Which execution spaces this build has, their names on the command line, and the one place that
/// turns a name into a type.

/// GLINT_FOR_EACH_SPACE(M) writes M(space) once for every execution space Kokkos was built with.
#if defined(KOKKOS_ENABLE_SERIAL)
#define GLINT_FOR_SERIAL(M) M(Kokkos::Serial)
#else
#define GLINT_FOR_SERIAL(M)
#endif
#if defined(KOKKOS_ENABLE_OPENMP)
#define GLINT_FOR_OPENMP(M) M(Kokkos::OpenMP)
#else
#define GLINT_FOR_OPENMP(M)
#endif
#if defined(KOKKOS_ENABLE_THREADS)
#define GLINT_FOR_THREADS(M) M(Kokkos::Threads)
#else
#define GLINT_FOR_THREADS(M)
#endif
#if defined(KOKKOS_ENABLE_CUDA)
#define GLINT_FOR_CUDA(M) M(Kokkos::Cuda)
#else
#define GLINT_FOR_CUDA(M)
#endif
#if defined(KOKKOS_ENABLE_HIP)
#define GLINT_FOR_HIP(M) M(Kokkos::HIP)
#else
#define GLINT_FOR_HIP(M)
#endif
#define GLINT_FOR_EACH_SPACE(M) \
  GLINT_FOR_SERIAL(M)           \
  GLINT_FOR_OPENMP(M)           \
  GLINT_FOR_THREADS(M)          \
  GLINT_FOR_CUDA(M)             \
  GLINT_FOR_HIP(M)

namespace glint {

/// Lower-case name of an execution space: "serial", "openmp", "threads", "cuda" or "hip".
template <class ExecutionSpace>
std::string backend_name() {
  std::string name = ExecutionSpace::name();
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

/// Names of the backends compiled in, the default one first.
inline std::vector<std::string> backend_names() {
  std::vector<std::string> names{backend_name<Kokkos::DefaultExecutionSpace>()};
#define GLINT_ADD_NAME(Space) \
  if (backend_name<Space>() != names.front()) names.push_back(backend_name<Space>());
  GLINT_FOR_EACH_SPACE(GLINT_ADD_NAME)
#undef GLINT_ADD_NAME
  return names;
}

/// Calls `action(space)` with the default instance of the named backend ("" is the default one).
/// Throws Error when it is not compiled in.
template <class Action>
void with_backend(const std::string& name, Action&& action) {
  if (name.empty() || name == backend_name<Kokkos::DefaultExecutionSpace>())
    return action(Kokkos::DefaultExecutionSpace());
#define GLINT_TRY_SPACE(Space) \
  if (name == backend_name<Space>()) return action(Space());
  GLINT_FOR_EACH_SPACE(GLINT_TRY_SPACE)
#undef GLINT_TRY_SPACE
  std::string legal;
  for (const std::string& known : backend_names()) legal += (legal.empty() ? "" : ", ") + known;
  throw Error("the backend '" + name + "' is not compiled in; this build has: " + legal);
}

}  // namespace glint

#endif
