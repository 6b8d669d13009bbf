// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/pack.hpp>
#include <vector>

namespace glint {
namespace {

template <class T>
class Packs : public testing::Test {};
using Numbers = testing::Types<float, double, std::int32_t, std::int64_t>;
TYPED_TEST_SUITE(Packs, Numbers);

TYPED_TEST(Packs, ReverseAndTransposeOnTheHost) {
  using T = TypeParam;
  constexpr int n = pack_lanes_v<Kokkos::DefaultHostExecutionSpace, T>;
  std::vector<T> block(n * n), turned(n * n), backwards(n);
  for (int k = 0; k < n * n; ++k) block[k] = static_cast<T>(k + 1);
  transpose_block<T, n>(block.data(), n, turned.data(), n);
  store_pack<T, n>(backwards.data(), reverse_pack<T, n>(load_pack<T, n>(block.data())));
  for (int i = 0; i < n; ++i) {
    EXPECT_EQ(backwards[i], block[n - 1 - i]);
    for (int j = 0; j < n; ++j) EXPECT_EQ(turned[i * n + j], block[j * n + i]);
  }
}

}  // namespace
}  // namespace glint
