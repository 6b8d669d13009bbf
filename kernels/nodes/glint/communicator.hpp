// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_COMMUNICATOR_HPP
#define GLINT_COMMUNICATOR_HPP

#include <mpi.h>

#include <cstdint>
#include <string>

/// Several processes, on one machine or many, that share a job by MPI. The caller starts and ends
/// MPI (MPI_Init, MPI_Finalize) and Kokkos.

namespace glint {

/// A communicator with its rank and number of ranks at hand. Not owned.
class Communicator {
 public:
  /// Throws Error when MPI does not run.
  explicit Communicator(MPI_Comm comm = MPI_COMM_WORLD);

  MPI_Comm handle() const { return comm_; }
  int rank() const { return rank_; }
  int ranks() const { return ranks_; }

  /// Throws, on every rank, the Error of the lowest rank that has a sentence ("" is none): so that
  /// all go on or all stop, and nobody waits for one who is gone. Collective.
  void agree(const std::string& sentence) const;

 private:
  MPI_Comm comm_;
  int rank_ = 0, ranks_ = 1;
};

/// A rank's share of `count` things.
struct Shard {
  std::uint64_t first = 0, count = 0;
};

/// Share number `rank` of `ranks`: consecutive, as equal as multiples of `unit` allow (a chunk of
/// visibilities, say); all shares together are everything once. Throws Error unless 0 <= rank <
/// ranks and unit > 0.
Shard shard_of(std::uint64_t count, int rank, int ranks, std::uint64_t unit = 1);

namespace impl {
/// Throws Error unless an MPI call succeeded.
void check_mpi(int status, const char* action);
}  // namespace impl

}  // namespace glint

#endif
