// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/counter_random.hpp>
#include <glint/error.hpp>
#include <glint/execution.hpp>
#include <glint/normal_block.hpp>
#include <support/arrays.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using Word = std::uint64_t;

/// Known answers of Philox 4x32-10 as its authors published them.
TEST(CounterRandom, HasThePublishedWords) {
  const auto zeros = impl::philox(0, RandomStream{0, 0});
  EXPECT_EQ(zeros.a, 0x6627e8d5U);
  EXPECT_EQ(zeros.b, 0xe169c58dU);
  EXPECT_EQ(zeros.c, 0xbc57ac4cU);
  EXPECT_EQ(zeros.d, 0x9b00dbd8U);
  const Word all = ~Word(0);
  const auto ones = impl::philox(all, RandomStream{all, all});
  EXPECT_EQ(ones.a, 0x408f276dU);
  EXPECT_EQ(ones.b, 0x41c83b0eU);
  EXPECT_EQ(ones.c, 0xa20bc7c6U);
  EXPECT_EQ(ones.d, 0x6d5451fdU);
  const auto digits =
      impl::philox(0x85a308d3243f6a88, RandomStream{0x299f31d0a4093822, 0x0370734413198a2e});
  EXPECT_EQ(digits.a, 0xd16cfe09U);
  EXPECT_EQ(digits.b, 0x94fdcceb);
  EXPECT_EQ(digits.c, 0x5001e420U);
  EXPECT_EQ(digits.d, 0x24126ea1U);
}

template <class T>
struct Sequences {
  RandomStream stream;
  T *uniform, *normal;
  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    uniform[k] = static_cast<T>(random_uniform(stream, k));
    normal[k] = random_normal<T>(stream, k);
  }
};

/// By the definition in extended precision: two words make u and the turns of a pair.
double normal_by_definition(const RandomStream& stream, Word index) {
  const auto w = impl::philox(index / 2, stream);
  const auto unit = [](Word high, Word low) {
    return static_cast<long double>((high << 32 | low) >> 12) / 4503599627370496.0L;
  };
  const long double turns = unit(w.c, w.d) - 0.5L, pi = 3.14159265358979323846264338L;
  const long double radius = std::sqrt(-2.0L * std::log(1.0L - unit(w.a, w.b)));
  return static_cast<double>(
      radius * (index % 2 ? std::sin(2.0L * pi * turns) : std::cos(2.0L * pi * turns)));
}
float single_by_definition(const RandomStream& stream, Word index) {
  const auto w = impl::philox(index / 4, stream);
  const double u = static_cast<double>(index % 4 < 2 ? w.a : w.c);
  const auto turns =
      static_cast<std::int32_t>(static_cast<std::uint32_t>(index % 4 < 2 ? w.b : w.d));
  const double radius = std::sqrt(-2.0 * std::log((u + 1.0) / 4294967296.0));
  const double angle = 2.0 * constants::pi * static_cast<double>(turns) / 4294967296.0;
  return static_cast<float>(radius * (index % 2 ? std::sin(angle) : std::cos(angle)));
}

template <class Case>
class CounterRandomOn : public testing::Test {};
TYPED_TEST_SUITE(CounterRandomOn, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(CounterRandomOn, IsTheDefinitionEverywhere) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  constexpr std::size_t count = 4001;
  const Space space;
  const RandomStream stream{20260612, 11};
  const auto uniform = test::vector_of(space, std::vector<T>(count));
  const auto normal = test::vector_of(space, std::vector<T>(count));
  Kokkos::parallel_for("glint::test::sequences", range(space, count),
                       Sequences<T>{stream, uniform.data(), normal.data()});
  const std::vector<T> u = test::list_of(space, uniform), n = test::list_of(space, normal);
  const bool wide = sizeof(T) == 8;
  test::Worst uniforms(wide ? 0.0 : 1e-7, 1e-3), normals(wide ? 3e-16 : 1e-6, 1.0);
  for (std::size_t k = 0; k < count; ++k) {
    const auto w = impl::philox(k / 2, stream);
    const Word bits = k % 2 ? w.c << 32 | w.d : w.a << 32 | w.b;
    uniforms.compare(u[k], static_cast<double>(bits >> 12) * 0x1p-52, concat(k));
    normals.compare(n[k], wide ? normal_by_definition(stream, k) : single_by_definition(stream, k),
                    concat(k), 4.0);
  }
  EXPECT_TRUE(uniforms.result());
  EXPECT_TRUE(normals.result());
}

/// Blocks for vector registers hold the same numbers.
TYPED_TEST(CounterRandomOn, BlocksAreTheSameSequence) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Host =
      std::conditional_t<is_host_execution_v<Space>, Space, Kokkos::DefaultHostExecutionSpace>;
  const RandomStream stream{~Word(0), Word(1) << 40};
  test::Worst worst(sizeof(T) == 8 ? 1e-15 : 1e-6, 1.0);
  for (const Word block : {Word(0), Word(1), Word(77), (Word(1) << 32) - 1, Word(1) << 50}) {
    alignas(64) T numbers[impl::normal_block_size];
    impl::normal_block<Host>(stream, block, numbers);
    for (int k = 0; k < impl::normal_block_size; ++k)
      worst.compare(numbers[k], random_normal<T>(stream, block * impl::normal_block_size + Word(k)),
                    concat(block, " ", k));
  }
  EXPECT_TRUE(worst.result());
}

struct Moments {
  double mean = 0, variance = 0, skewness = 0, kurtosis = 0, neighbours = 0;
};
template <class Numbers>
Moments moments_of(const Numbers& number, int count) {
  Moments m;
  for (int k = 0; k < count; ++k) m.mean += number(k) / count;
  for (int k = 0; k < count; ++k) {
    const double d = number(k) - m.mean, next = number((k + 1) % count) - m.mean;
    m.variance += d * d / count;
    m.skewness += d * d * d / count;
    m.kurtosis += d * d * d * d / count;
    m.neighbours += d * next / count;
  }
  return m;
}

/// Moments within five of their standard deviations.
TEST(CounterRandom, HasTheMomentsOfItsDistributions) {
  constexpr int count = 200000;
  const double root = std::sqrt(double(count));
  for (const RandomStream stream : {RandomStream{1, 2}, RandomStream{0, 0}}) {
    for (const bool wide : {true, false}) {
      const Moments n = moments_of(
          [&](int k) {
            return wide ? random_normal<double>(stream, Word(k))
                        : double(random_normal<float>(stream, Word(k)));
          },
          count);
      EXPECT_NEAR(n.mean, 0.0, 5.0 / root);
      EXPECT_NEAR(n.variance, 1.0, 5.0 * std::sqrt(2.0) / root);
      EXPECT_NEAR(n.skewness, 0.0, 5.0 * std::sqrt(15.0) / root);
      EXPECT_NEAR(n.kurtosis, 3.0, 5.0 * std::sqrt(96.0) / root);
      EXPECT_NEAR(n.neighbours, 0.0, 5.0 / root);
    }
    const Moments u = moments_of([&](int k) { return random_uniform(stream, Word(k)); }, count);
    EXPECT_NEAR(u.mean, 0.5, 5.0 * std::sqrt(1.0 / 12.0) / root);
    EXPECT_NEAR(u.variance, 1.0 / 12.0, 5.0 * std::sqrt(1.0 / 180.0) / root);
    EXPECT_NEAR(u.neighbours, 0.0, 5.0 / 12.0 / root);
  }
}

/// Shares of normal numbers below bounds, and streams that do not repeat each other.
TEST(CounterRandom, HasTheTailsOfANormalDistribution) {
  constexpr int count = 400000;
  for (const double bound : {-3.0, -1.5, 0.0, 0.7, 2.5}) {
    int below = 0;
    for (int k = 0; k < count; ++k) below += random_normal({3, 4}, Word(k)) < bound ? 1 : 0;
    const double share = 0.5 * std::erfc(-bound / std::sqrt(2.0));
    EXPECT_NEAR(double(below) / count, share, 5.0 * std::sqrt(share * (1.0 - share) / count));
  }
  double product = 0.0;
  for (int k = 0; k < count; ++k)
    product += random_normal({3, 4}, Word(k)) * random_normal({3, 5}, Word(k)) / count;
  EXPECT_NEAR(product, 0.0, 5.0 / std::sqrt(double(count)));
}

}  // namespace
}  // namespace glint
