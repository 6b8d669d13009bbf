// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/error.hpp>
#include <glint/shared_sums.hpp>

namespace glint::impl {
namespace {

/// A sum and what its rounding lost, one behind the other.
using Pairs = std::vector<double>;

/// b += a, pair by pair: the high parts with their rounding error kept (Knuth), the low parts as
/// they are.
void add_pairs(void* a, void* b, int* count, MPI_Datatype*) {
  const auto* from = static_cast<const double*>(a);
  auto* to = static_cast<double*>(b);
  for (int k = 0; k < *count; ++k, from += 2, to += 2) {
    const double sum = from[0] + to[0], part = sum - from[0];
    const double lost = (from[0] - (sum - part)) + (to[0] - part);
    const double low = from[1] + to[1] + lost;
    to[0] = sum + low;
    to[1] = low - (to[0] - sum);
  }
}

/// MPI's names for pairs and their sum, while it lives.
class PairSum {
 public:
  PairSum() {
    check_mpi(MPI_Type_contiguous(2, MPI_DOUBLE, &type_), "make a type");
    check_mpi(MPI_Type_commit(&type_), "make a type");
    check_mpi(MPI_Op_create(add_pairs, 0, &sum_), "make an operation");  // 0: in the ranks' order
  }
  ~PairSum() {
    MPI_Op_free(&sum_);
    MPI_Type_free(&type_);
  }
  PairSum(const PairSum&) = delete;
  PairSum& operator=(const PairSum&) = delete;

  void reduce(const Communicator& ranks, Pairs& pairs) const {
    constexpr std::size_t most = std::size_t(1) << 24;  // MPI counts in int
    for (std::size_t first = 0; first < pairs.size() / 2; first += most) {
      const int count = static_cast<int>(std::min(most, pairs.size() / 2 - first));
      check_mpi(
          MPI_Allreduce(MPI_IN_PLACE, pairs.data() + 2 * first, count, type_, sum_, ranks.handle()),
          "add up the sums");
    }
  }

 private:
  MPI_Datatype type_ = MPI_DATATYPE_NULL;
  MPI_Op sum_ = MPI_OP_NULL;
};

std::vector<double>& array_of(UvSumsState& state, const std::string& name, std::size_t count) {
  for (auto& [own, values] : state.arrays)
    if (own == name) return values;
  state.arrays.emplace_back(name, std::vector<double>(count, 0.0));
  return state.arrays.back().second;
}

/// Sums and losses of an array, which a rank that has none of it holds as zeros.
void reduce_array(const Communicator& ranks, const PairSum& sum, UvSumsState& state,
                  const std::string& name, std::size_t count) {
  array_of(state, concat(name, "_low"), count);
  auto& high = array_of(state, name, count);
  auto& low = array_of(state, concat(name, "_low"), count);
  Pairs pairs(2 * high.size());
  for (std::size_t k = 0; k < high.size(); ++k) pairs[2 * k] = high[k], pairs[2 * k + 1] = low[k];
  sum.reduce(ranks, pairs);
  for (std::size_t k = 0; k < high.size(); ++k) high[k] = pairs[2 * k], low[k] = pairs[2 * k + 1];
}

/// What must be the same everywhere.
std::uint64_t identity_of(const UvSumsState& state) {
  const std::string text =
      concat(state.ny, " ", state.nx, " ", state.pixel_scale, " ", state.pixels, " ",
             state.pixels_hash, " ", state.noise, " ", state.kernel, " ", state.kernel_tolerance);
  return hash_bytes(text.data(), text.size());
}

}  // namespace

void add_states(const Communicator& ranks, UvSumsState& state) {
  std::uint64_t mine = identity_of(state), first = mine;
  check_mpi(MPI_Bcast(&first, 1, MPI_UINT64_T, 0, ranks.handle()), "compare the sums");
  ranks.agree(mine == first ? "" : "its sums are of other pixels or options than those of rank 0");
  int hankel = state.has_hankel ? 1 : 0;
  check_mpi(MPI_Allreduce(MPI_IN_PLACE, &hankel, 1, MPI_INT, MPI_MAX, ranks.handle()),
            "compare the sums");
  state.has_hankel = hankel != 0;
  std::uint64_t count = state.count;
  check_mpi(MPI_Allreduce(MPI_IN_PLACE, &count, 1, MPI_UINT64_T, MPI_SUM, ranks.handle()),
            "count the visibilities");
  state.count = static_cast<std::size_t>(count);
  const PairSum sum;
  const std::size_t kernel = state.ny * (2 * state.nx - 1);
  reduce_array(ranks, sum, state, "compact", kernel);
  reduce_array(ranks, sum, state, "dirty_image", state.pixels);
  if (state.has_hankel) reduce_array(ranks, sum, state, "hankel", kernel);
  sum.reduce(ranks, array_of(state, "scalars", 4));
}

}  // namespace glint::impl
