// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/communicator.hpp>
#include <glint/error.hpp>
#include <vector>

namespace glint {

void impl::check_mpi(int status, const char* action) {
  if (status == MPI_SUCCESS) return;
  std::vector<char> text(MPI_MAX_ERROR_STRING + 1, '\0');
  int length = 0;
  MPI_Error_string(status, text.data(), &length);
  throw Error(concat("MPI cannot ", action, ": ", text.data()));
}

Communicator::Communicator(MPI_Comm comm) : comm_(comm) {
  int started = 0, ended = 0;
  MPI_Initialized(&started);
  MPI_Finalized(&ended);
  GLINT_EXPECTS(started && !ended, "MPI does not run: call MPI_Init first and MPI_Finalize last");
  impl::check_mpi(MPI_Comm_rank(comm, &rank_), "tell the rank");
  impl::check_mpi(MPI_Comm_size(comm, &ranks_), "tell the number of ranks");
}

void Communicator::agree(const std::string& sentence) const {
  const int none = ranks_, mine = sentence.empty() ? none : rank_;
  int first = none;
  impl::check_mpi(MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, comm_), "agree");
  if (first == none) return;
  int length = static_cast<int>(sentence.size());
  impl::check_mpi(MPI_Bcast(&length, 1, MPI_INT, first, comm_), "pass an error on");
  std::vector<char> text(static_cast<std::size_t>(length) + 1, '\0');
  if (rank_ == first) std::copy(sentence.begin(), sentence.end(), text.begin());
  impl::check_mpi(MPI_Bcast(text.data(), length, MPI_CHAR, first, comm_), "pass an error on");
  throw Error(concat("rank ", first, ": ", text.data()));
}

Shard shard_of(std::uint64_t count, int rank, int ranks, std::uint64_t unit) {
  GLINT_EXPECTS(ranks > 0 && rank >= 0 && rank < ranks, "there is no share number ", rank, " of ",
                ranks);
  GLINT_EXPECTS(unit > 0, "a share cannot be of units of 0");
  const std::uint64_t units = count / unit + (count % unit != 0 ? 1 : 0);
  const auto n = static_cast<std::uint64_t>(ranks), k = static_cast<std::uint64_t>(rank);
  const auto begin = [&](std::uint64_t share) {  // the first units % n shares have one more
    return std::min(count, (units / n * share + std::min(share, units % n)) * unit);
  };
  return {begin(k), begin(k + 1) - begin(k)};
}

}  // namespace glint
