// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_WAIT_ON_HOST_HPP
#define GLINT_WAIT_ON_HOST_HPP

#include <glint/execution.hpp>

namespace glint::impl {

/// Libraries on the host work in the calling thread, unseen by Kokkos: what the instance still does
/// comes first.
template <class ExecutionSpace>
void wait_on_host(const ExecutionSpace& space, const char* label) {
  if constexpr (is_host_execution_v<ExecutionSpace>) compat::fence(space, label);
}

}  // namespace glint::impl

#endif
