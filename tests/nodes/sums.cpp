// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/interferometry_io.hpp>
#include <glint/shared_sums.hpp>
#include <io/files.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

using testing::HasSubstr;

TEST(Shards, AreEverythingOnce) {
  for (const std::uint64_t count : {0, 1, 2, 5, 100, 101})
    for (const std::uint64_t unit : {1, 7, 1000})
      for (const int ranks : {1, 2, 3, 8}) {
        std::uint64_t next = 0, most = 0, least = count;
        for (int rank = 0; rank < ranks; ++rank) {
          const Shard shard = shard_of(count, rank, ranks, unit);
          EXPECT_EQ(shard.first, next);
          EXPECT_TRUE(shard.first % unit == 0 || shard.count == 0);
          next += shard.count;
          most = std::max(most, shard.count);
          least = std::min(least, shard.count);
        }
        EXPECT_EQ(next, count);
        EXPECT_LE(most - least, 2 * unit);
      }
  EXPECT_EQ(shard_of(10, 1, 3).first, 4u);
  EXPECT_THROW(shard_of(10, 3, 3), Error);
  EXPECT_THROW(shard_of(10, -1, 3), Error);
  EXPECT_THROW(shard_of(10, 0, 1, 0), Error);
}

TEST(Communicators, AgreeOnErrors) {
  const Communicator ranks;
  EXPECT_NO_THROW(ranks.agree(""));
  const int last = ranks.ranks() - 1;
  EXPECT_EQ(test::sentence_of([&] { ranks.agree(ranks.rank() == last ? "no luck" : ""); }),
            concat("rank ", last, ": no luck"));
  EXPECT_NO_THROW(ranks.agree(""));
}

template <class Case>
class SharedSums : public testing::Test {};
TYPED_TEST_SUITE(SharedSums, test::Spaces, test::CaseName);

std::vector<double> numbers(const UvSumsState& state, const std::string& name) {
  const auto* found = state.find(name);
  return found ? *found : std::vector<double>();
}

/// Those of one process, to 1e-13 of the sum of weights, and the same on every rank.
TYPED_TEST(SharedSums, AreThoseOfOneProcess) {
  using Space = typename TypeParam::space;
  const Space space;
  const Communicator ranks;
  const std::size_t count = 4001, chunk = 300;
  const UvData<> all = test::random_visibilities(count, 4e6);
  double weights = 0.0;
  // Only the last visibilities have unequal noise, so that few ranks know of the Hankel part.
  for (std::size_t k = 0; k < count; ++k) {
    if (k < 3900) all.noise_im(k) = all.noise_re(k);
    weights += 1.0 / (all.noise_re(k) * all.noise_re(k));
  }
  const auto pixels = to_space(space, test::island_pixels({9, 12, 0.05}));
  const auto sum = [&](UvSums<Space>& sums, const Shard& shard) {
    for (std::uint64_t k = shard.first; k < shard.first + shard.count; k += chunk)
      accumulate(
          space,
          to_space(space, test::part_of(all, k, std::min(k + chunk, shard.first + shard.count))),
          sums);
  };
  UvSums<Space> whole(space, pixels), shared(space, pixels);
  sum(whole, {0, count});
  sum(shared, shard_of(count, ranks.rank(), ranks.ranks(), chunk));
  all_reduce(space, ranks, shared);
  EXPECT_EQ(shared.count(), count);
  EXPECT_TRUE(shared.has_hankel());
  const UvSumsState wanted = whole.state(space), got = shared.state(space);
  for (const char* name : {"compact", "hankel", "dirty_image"}) {
    const auto a = numbers(wanted, name), b = numbers(got, name);
    ASSERT_EQ(a.size(), b.size()) << name;
    test::Worst worst(1e-13, weights);
    for (std::size_t k = 0; k < a.size(); ++k) worst.compare(b[k], a[k], concat(k));
    EXPECT_TRUE(worst.result()) << name;
    double spread = 0.0;
    for (std::size_t k = 0; k < b.size(); ++k) {
      double least = b[k], most = b[k];
      MPI_Allreduce(MPI_IN_PLACE, &least, 1, MPI_DOUBLE, MPI_MIN, ranks.handle());
      MPI_Allreduce(MPI_IN_PLACE, &most, 1, MPI_DOUBLE, MPI_MAX, ranks.handle());
      spread = std::max(spread, most - least);
    }
    EXPECT_EQ(spread, 0.0) << name;
  }
  EXPECT_NEAR(shared.data_term() / whole.data_term(), 1.0, 1e-14);
  EXPECT_NEAR(shared.noise_normalization() / whole.noise_normalization(), 1.0, 1e-14);
}

TYPED_TEST(SharedSums, OfDifferentPixelsAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const Communicator ranks;
  const bool last = ranks.rank() + 1 == ranks.ranks() && ranks.rank() > 0;
  UvSums<Space> sums(space, to_space(space, test::island_pixels({9, 12, last ? 0.06 : 0.05})));
  const std::string sentence = test::sentence_of([&] { all_reduce(space, ranks, sums); });
  if (ranks.ranks() == 1)
    EXPECT_EQ(sentence, "");
  else
    EXPECT_THAT(sentence, HasSubstr("its sums are of other pixels or options than those of rank"));
}

/// Every rank reads its own part of one file.
TYPED_TEST(SharedSums, OfOneFileReadInParts) {
  using Space = typename TypeParam::space;
  const Space space;
  const Communicator ranks;
  const InterferometerFile file(std::string(GLINT_GOLDEN_DIRECTORY) +
                                "/interferometry/n12_k190_b3pad_unequal_noise.h5");
  const auto pixels = to_space(space, test::all_pixels(file.model().grid));
  const Shard shard = shard_of(file.count(), ranks.rank(), ranks.ranks());
  UvSums<Space> whole(space, pixels), shared(space, pixels);
  accumulate(space, to_space(space, file.visibilities(0, file.count())), whole);
  accumulate(space, to_space(space, file.visibilities(shard.first, shard.count)), shared);
  all_reduce(space, ranks, shared);
  const auto a = test::matrix_numbers(space, whole.compact()),
             b = test::matrix_numbers(space, shared.compact());
  test::Worst worst(1e-13, a[file.model().grid.nx - 1]);
  for (std::size_t k = 0; k < a.size(); ++k) worst.compare(b[k], a[k], concat(k));
  EXPECT_TRUE(worst.result());
}

}  // namespace
}  // namespace glint
