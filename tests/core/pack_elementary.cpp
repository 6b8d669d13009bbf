// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/pack_elementary.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

/// amplitude 2^-v a pack at a time, both ways.
template <class Space, class T>
struct Powers {
  static constexpr int lanes = pack_lanes_v<Space, T>;
  Vector<T, typename Space::memory_space> v, plain, scaled;
  T amplitude;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t k = index * lanes;
    const auto x = load_pack<T, lanes>(v.data() + k);
    store_pack<T, lanes>(plain.data() + k, exp2_of_minus<T, lanes>(x));
    Pack<T, lanes> power, factor;
    ScaledExp2<T, lanes>(amplitude).factors(x, power, factor);
    store_pack<T, lanes>(scaled.data() + k, power * factor);
  }
};

template <class Case>
class PackElementary : public testing::Test {};
TYPED_TEST_SUITE(PackElementary, test::SpacesAndPrecisions, test::CaseName);

template <class Space, class T>
std::pair<std::vector<T>, std::vector<T>> powers(const std::vector<T>& v, T amplitude) {
  const Space space;
  const std::vector<T> empty(v.size(), T(-1));
  const Powers<Space, T> functor{test::vector_of(space, v), test::vector_of(space, empty),
                                 test::vector_of(space, empty), amplitude};
  Kokkos::parallel_for("glint::test::powers", range(space, v.size() / functor.lanes), functor);
  return {test::list_of(space, functor.plain), test::list_of(space, functor.scaled)};
}

TYPED_TEST(PackElementary, PowersMatchExtendedPrecision) {
  using T = typename TypeParam::value;
  const bool single = sizeof(T) == 4;
  const double last = single ? 126.0 : 1022.0;  // of the normal numbers
  std::vector<T> v(16 * 2000);
  for (std::size_t k = 0; k < v.size(); ++k) {
    const double fraction = static_cast<double>(k) / static_cast<double>(v.size());
    v[k] = static_cast<T>(k % 2 ? 4.0 * fraction : (last - 0.1) * fraction);
  }
  const auto [plain, scaled] = powers<typename TypeParam::space, T>(v, T(-1.25));
  test::Worst plain_error(single ? 1.3e-7 : 3e-16), scaled_error(single ? 2.4e-7 : 5e-16);
  for (std::size_t k = 0; k < v.size(); ++k) {
    const auto exact = static_cast<double>(std::exp2(-static_cast<long double>(v[k])));
    plain_error.compare(plain[k], exact, std::to_string(v[k]));
    scaled_error.compare(scaled[k], -1.25 * exact, std::to_string(v[k]));
  }
  EXPECT_TRUE(plain_error.result());
  EXPECT_TRUE(scaled_error.result());
}

TYPED_TEST(PackElementary, EndsAreExact) {
  using T = typename TypeParam::value;
  const T least = std::numeric_limits<T>::min(), last = sizeof(T) == 4 ? T(126) : T(1022);
  std::vector<T> v(32, std::numeric_limits<T>::infinity());
  v[0] = T(0), v[1] = T(1), v[2] = last, v[3] = last + T(0.25), v[4] = last + T(0.9);
  v[5] = last + T(1), v[6] = T(1e6), v[7] = std::numeric_limits<T>::max();
  v[8] = std::numeric_limits<T>::quiet_NaN();
  const auto [plain, scaled] = powers<typename TypeParam::space, T>(v, T(3));
  EXPECT_EQ(plain[0], T(1));
  EXPECT_EQ(scaled[0], T(3));
  EXPECT_EQ(plain[1], T(0.5));
  EXPECT_EQ(scaled[1], T(1.5));
  EXPECT_EQ(plain[2], least);
  for (int k = 2; k < 5; ++k) {
    EXPECT_TRUE(plain[k] >= T(0) && plain[k] <= least) << plain[k];
    EXPECT_TRUE(scaled[k] >= T(0) && scaled[k] <= T(3) * least) << scaled[k];
  }
  for (std::size_t k = 5; k < v.size(); ++k) {
    if (k == 8) continue;
    EXPECT_EQ(plain[k], T(0)) << v[k];
    EXPECT_EQ(scaled[k], T(0)) << v[k];
  }
  EXPECT_TRUE(std::isnan(plain[8]) && std::isnan(scaled[8]));
}

}  // namespace
}  // namespace glint
