// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/streaming.hpp>
#include <support/arrays.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

/// target = 2 source from `first` on: single numbers up to the alignment, packs, the rest.
template <class Space, class T>
struct DoubleThem {
  static constexpr int lanes = pack_lanes_v<Space, T>;
  Vector<T, typename Space::memory_space> source, target;
  std::size_t first;

  KOKKOS_FUNCTION void operator()(std::size_t) const {
    const std::size_t count = source.extent(0);
    std::size_t k = first;
    const std::size_t head = to_aligned<T, lanes>(target.data() + first);
    const std::size_t start = first + head < count ? first + head : count;
    for (; k < start; ++k) target(k) = T(2) * source(k);
    for (; k + lanes <= count; k += lanes) {
      const auto pack = load_pack<T, lanes>(source.data() + k);
      store_streaming<T, lanes>(target.data() + k, pack + pack);
    }
    for (; k < count; ++k) target(k) = T(2) * source(k);
    finish_streaming();
  }
};

template <class Case>
class Streaming : public testing::Test {};
TYPED_TEST_SUITE(Streaming, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Streaming, StoresWhatPlainStoresDo) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  for (const std::size_t count : {0, 1, 7, 16, 61, 257})
    for (std::size_t first = 0; first < 19 && first <= count; ++first) {
      std::vector<T> numbers(count), wanted(count, T(-1));
      for (std::size_t k = 0; k < count; ++k) numbers[k] = T(k) + T(0.25);
      for (std::size_t k = first; k < count; ++k) wanted[k] = T(2) * numbers[k];
      const auto source = test::vector_of(space, numbers);
      const auto target = test::vector_of(space, std::vector<T>(count, T(-1)));
      Kokkos::parallel_for("glint::test::streaming", range(space, 1),
                           DoubleThem<Space, T>{source, target, first});
      EXPECT_EQ(test::list_of(space, target), wanted) << count << " numbers from " << first;
    }
}

TEST(StreamingChoice, DependsOnTheCache) {
  EXPECT_GE(last_cache_bytes(), std::size_t(1) << 16);
  using Host = Kokkos::DefaultHostExecutionSpace;
  EXPECT_FALSE(prefer_streaming<Host>(1000));
#if defined(GLINT_HAS_STREAMING_STORES)
  EXPECT_TRUE(prefer_streaming<Host>(4 * last_cache_bytes()));
#endif
}

}  // namespace
}  // namespace glint
