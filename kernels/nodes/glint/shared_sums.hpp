// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SHARED_SUMS_HPP
#define GLINT_SHARED_SUMS_HPP

#include <glint/communicator.hpp>
#include <glint/uv_sums.hpp>

/// Sums over visibilities that are spread over several processes.

namespace glint {

namespace impl {
void add_states(const Communicator& ranks, UvSumsState& state);
}  // namespace impl

/// Every rank's sums become those over the visibilities of all: each accumulates its own share
/// (shard_of()) and then calls this once. Only the sums travel, 16 (N (2N - 1) + M) bytes or twice
/// that, whatever K.
///
/// What rounding lost travels too, so the result agrees with that of one process to 1e-13 of the
/// sum of weights, and is the same on every rank. Throws Error on every rank unless all have the
/// same pixels and options. Collective; synchronous.
template <class ExecutionSpace>
void all_reduce(const ExecutionSpace& space, const Communicator& ranks,
                UvSums<ExecutionSpace>& sums) {
  UvSumsState state = sums.state(space);
  impl::add_states(ranks, state);
  sums.restore(space, state);
}

}  // namespace glint

#endif
