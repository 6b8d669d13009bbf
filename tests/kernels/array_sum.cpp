// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/array_sum.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

constexpr SumMethod all_methods[] = {SumMethod::automatic, SumMethod::wide, SumMethod::pairwise,
                                     SumMethod::serial};

template <class Case>
class ArraySum : public testing::Test {};
TYPED_TEST_SUITE(ArraySum, test::SpacesAndPrecisions, test::CaseName);

/// Numbers of either sign and many sizes.
template <class T>
std::vector<T> uneven_numbers(std::size_t count) {
  std::vector<T> numbers(count);
  for (std::size_t k = 0; k < count; ++k)
    numbers[k] =
        static_cast<T>(std::sin(1.7 * static_cast<double>(k)) * std::exp2(double(k % 21) - 10.0));
  return numbers;
}

template <class T>
void expect_sum(double got, const std::vector<T>& numbers, SumMethod method) {
  long double exact = 0.0L, sizes = 0.0L;
  for (const T number : numbers) exact += number, sizes += std::abs(number);
  const bool floats =
      std::is_same_v<T, float> && (method == SumMethod::automatic || method == SumMethod::pairwise);
  const double bound = floats ? std::exp2(-22) : 30.0 * std::exp2(-52);
  EXPECT_LE(std::abs(got - static_cast<double>(exact)), bound * static_cast<double>(sizes))
      << sum_method_name(method) << " of " << numbers.size();
}

TYPED_TEST(ArraySum, IsTheSumForAllSizes) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t count :
       {0, 1, 2, 7, 8, 63, 127, 128, 129, 1021, 4095, 4096, 4097, 30011}) {
    const auto numbers = uneven_numbers<T>(count);
    const auto x = test::vector_of(space, numbers);
    for (const SumMethod method : all_methods) {
      const double got = sum(space, x, {method});
      expect_sum(got, numbers, method);
      const auto result = allocate<Vector<double, typename TypeParam::space::memory_space>>(
          space, "glint::test::result", 1);
      fill(space, result, -1.0);
      sum(space, x, Kokkos::subview(result, 0), {method});
      EXPECT_EQ(test::list_of(space, result)[0], got);
    }
  }
}

TYPED_TEST(ArraySum, ReadsStridedAndMisalignedArrays) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const std::size_t rows = 4111, columns = 3;
  const auto numbers = uneven_numbers<T>(rows * columns);
  const auto table = test::matrix_of(space, rows, columns, numbers);
  std::vector<T> column;
  for (std::size_t row = 0; row < rows; ++row) column.push_back(numbers[row * columns + 1]);
  const auto x = test::vector_of(space, numbers);
  const std::vector<T> inner(numbers.begin() + 5, numbers.end() - 2);
  for (const SumMethod method : all_methods) {
    expect_sum(sum(space, Kokkos::subview(table, Kokkos::ALL(), 1), {method}), column, method);
    expect_sum(sum(space, Kokkos::subview(x, std::make_pair(std::size_t(5), numbers.size() - 2)),
                   {method}),
               inner, method);
  }
}

TYPED_TEST(ArraySum, IsExactForIntegers) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  const std::size_t count = 100003;
  std::vector<T> numbers(count);
  std::int64_t wanted = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const auto integer = static_cast<std::int64_t>((k * 7919) % 4001) - 1000;
    numbers[k] = static_cast<T>(integer);
    wanted += integer;
  }
  const auto x = test::vector_of(space, numbers);
  for (const SumMethod method : all_methods)
    EXPECT_EQ(sum(space, x, {method}), static_cast<double>(wanted)) << sum_method_name(method);
}

/// Adding 0.1 to a float a few million times goes wrong in the second digit.
TYPED_TEST(ArraySum, KeepsItsAccuracyOverMillions) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const std::size_t count = std::size_t(1) << 22;
  const auto x = allocate<Vector<T, typename Space::memory_space>>(space, "glint::test::x", count);
  fill(space, x, T(0.1));
  const double wanted = static_cast<double>(T(0.1)) * static_cast<double>(count);
  const double tolerance = sizeof(T) == 4 ? 2e-7 : 2e-10;
  for (const SumMethod method : all_methods) {
    const double ratio = sum(space, x, {method}) / wanted;
    EXPECT_NEAR(ratio, 1.0, tolerance) << sum_method_name(method);
  }
}

TYPED_TEST(ArraySum, PassesInfinitiesOn) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  std::vector<T> numbers(300, T(1));
  numbers[77] = std::numeric_limits<T>::infinity();
  for (const SumMethod method : all_methods) {
    EXPECT_EQ(sum(space, test::vector_of(space, numbers), {method}),
              std::numeric_limits<double>::infinity());
    auto both = numbers;
    both[200] = -numbers[77];
    EXPECT_TRUE(std::isnan(sum(space, test::vector_of(space, both), {method})));
  }
}

}  // namespace
}  // namespace glint
