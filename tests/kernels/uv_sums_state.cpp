// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <glint/uv_sums.hpp>
#include <support/errors.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

using testing::HasSubstr;

UvSumsOptions options_of(KernelMethod method, NoiseWeights noise = NoiseWeights::exact) {
  UvSumsOptions options;
  options.kernel.method = method;
  options.noise = noise;
  return options;
}

void expect_same(const UvSumsState& a, const UvSumsState& b) {
  EXPECT_EQ(a.count, b.count);
  EXPECT_EQ(a.has_hankel, b.has_hankel);
  EXPECT_EQ(a.pixels_hash, b.pixels_hash);
  ASSERT_EQ(a.arrays.size(), b.arrays.size());
  for (std::size_t k = 0; k < a.arrays.size(); ++k) {
    EXPECT_EQ(a.arrays[k].first, b.arrays[k].first);
    EXPECT_EQ(a.arrays[k].second, b.arrays[k].second) << a.arrays[k].first;
  }
}

template <class Case>
class UvSumsStates : public testing::Test {};
TYPED_TEST_SUITE(UvSumsStates, test::Spaces, test::CaseName);

/// Stopped after any chunk and restored into other sums, some of which had sums of their own: the
/// same to the last bit, before and after unequal noises appear.
TYPED_TEST(UvSumsStates, GoOnToTheLastBit) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto pixels = to_space(space, test::island_pixels({9, 12, 0.05}));
  std::vector<UvData<typename Space::memory_space>> chunks;
  for (unsigned k = 0; k < 5; ++k)
    chunks.push_back(to_space(space, test::random_visibilities(300 + 7 * k, 4e6, k < 2, k + 1)));
  for (const KernelMethod method : {KernelMethod::automatic, KernelMethod::direct})
    for (const NoiseWeights noise : {NoiseWeights::exact, NoiseWeights::real}) {
      SCOPED_TRACE(concat(kernel_method_name(method), " ", noise_weights_name(noise)));
      const UvSumsOptions options = options_of(method, noise);
      UvSums<Space> whole(space, pixels, options);
      for (const auto& chunk : chunks) accumulate(space, chunk, whole);
      const UvSumsState wanted = whole.state(space);
      EXPECT_EQ(wanted.has_hankel, noise == NoiseWeights::exact);
      for (std::size_t stop = 0; stop <= chunks.size(); ++stop) {
        UvSums<Space> first(space, pixels, options), second(space, pixels, options);
        for (std::size_t k = 0; k < stop; ++k) accumulate(space, chunks[k], first);
        if (stop % 2 == 0) accumulate(space, chunks[4], second);
        second.restore(space, first.state(space));
        for (std::size_t k = stop; k < chunks.size(); ++k) accumulate(space, chunks[k], second);
        expect_same(second.state(space), wanted);
        EXPECT_EQ(second.data_term(), whole.data_term());
        EXPECT_EQ(second.noise_normalization(), whole.noise_normalization());
        EXPECT_EQ(test::matrix_numbers(space, second.compact()),
                  test::matrix_numbers(space, whole.compact()));
        EXPECT_EQ(test::to_host(space, second.dirty_image()),
                  test::to_host(space, whole.dirty_image()));
      }
    }
}

TYPED_TEST(UvSumsStates, OfOtherSumsAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto data = to_space(space, test::random_visibilities(40, 4e6));
  UvSums<Space> sums(space, to_space(space, test::island_pixels({9, 12, 0.05})));
  accumulate(space, data, sums);
  const UvSumsState before = sums.state(space);
  const auto refused = [&](const SkyPixels<>& pixels, const UvSumsOptions& options) {
    UvSums<Space> other(space, to_space(space, pixels), options);
    accumulate(space, data, other);
    return test::sentence_of([&] { sums.restore(space, other.state(space)); });
  };
  EXPECT_THAT(refused(test::island_pixels({9, 12, 0.06}), {}),
              testing::AllOf(HasSubstr("of 9 x 12 pixels of 0.06 arcsec"),
                             HasSubstr("of 9 x 12 pixels of 0.05 arcsec")));
  EXPECT_THAT(refused(test::island_pixels({9, 13, 0.05}), {}), HasSubstr("of 9 x 13 pixels"));
  EXPECT_THAT(refused(test::island_pixels({9, 12, 0.05}), options_of(KernelMethod::direct)),
              HasSubstr("kernel direct"));
  EXPECT_THAT(refused(test::island_pixels({9, 12, 0.05}),
                      options_of(KernelMethod::automatic, NoiseWeights::real)),
              HasSubstr("noise real"));
  const std::size_t kept = test::island_pixels({9, 12, 0.05}).size();
  std::size_t left = kept;
  const auto others = test::pixels_where({9, 12, 0.05}, [&](int, int) {
    const bool keep = left > 0;
    left -= keep;
    return keep;
  });
  EXPECT_EQ(refused(others, {}),
            "the sums that were kept are over other pixels, though as many of the same frame");
  const auto spoiled = [&](const auto& spoil) {
    UvSumsState state = before;
    spoil(state);
    return test::sentence_of([&] { sums.restore(space, state); });
  };
  EXPECT_THAT(spoiled([](UvSumsState& state) { state.arrays[0].second.pop_back(); }),
              HasSubstr("have 206 numbers of compact where 207 are needed"));
  EXPECT_THAT(spoiled([](UvSumsState& state) { state.arrays.pop_back(); }),
              HasSubstr("have 0 numbers of scalars where 4 are needed"));
  expect_same(sums.state(space), before);
}

}  // namespace
}  // namespace glint
