// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/bilinear_map.hpp>
#include <glint/memory.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class Case>
class BilinearMap : public testing::Test {};
TYPED_TEST_SUITE(BilinearMap, test::SpacesAndPrecisions, test::CaseName);

template <class T>
std::vector<T> numbers_from(std::size_t count, double first) {
  std::vector<T> numbers(count);
  for (std::size_t k = 0; k < count; ++k)
    numbers[k] = static_cast<T>(first + 0.37 * static_cast<double>(k % 29));
  return numbers;
}

template <class T>
void expect_map(const std::vector<T>& got, const std::vector<T>& x, const std::vector<T>& y,
                const BilinearCoefficients& of) {
  ASSERT_EQ(got.size(), x.size());
  const double tolerance = 3.0 * std::numeric_limits<T>::epsilon();
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double xk = x[k], yk = y[k], wanted = of.a * xk * yk + of.b * yk + of.c;
    wrong += !(std::abs(got[k] - wanted) <= tolerance * wanted);  // all terms are positive
  }
  EXPECT_EQ(wrong, 0u) << "of " << x.size();
}

TYPED_TEST(BilinearMap, IsTheFormulaForAllSizes) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t count : {0, 1, 3, 8, 31, 64, 67, 1021, 4096, 4099, 20011})
    for (const BilinearCoefficients of :
         {BilinearCoefficients(), BilinearCoefficients{0.5, 0.0, 4.0}}) {
      const auto x = numbers_from<T>(count, 1.0), y = numbers_from<T>(count, 2.5);
      const auto there = test::vector_of(space, y);
      const auto out = test::vector_of(space, std::vector<T>(count, T(-9)));
      bilinear_map(space, test::vector_of(space, x), there, out, of);
      expect_map(test::list_of(space, out), x, y, of);
      EXPECT_EQ(test::list_of(space, there), y);
    }
}

/// Beyond the caches, where stores go around them, from addresses of any alignment.
TYPED_TEST(BilinearMap, IsTheFormulaForLargeArrays) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const std::size_t cache = is_host_execution_v<Space> ? last_cache_bytes() : 1 << 20;
  const std::size_t count = cache / (5 * sizeof(T)) + 1003;
  const auto x = numbers_from<T>(count, 1.0), y = numbers_from<T>(count, 2.5);
  const auto x_there = test::vector_of(space, x), y_there = test::vector_of(space, y);
  const auto out = test::vector_of(space, std::vector<T>(count + 2, T(-9)));
  for (const std::size_t first : {0, 1, 2}) {
    bilinear_map(space, x_there, y_there,
                 Kokkos::subview(out, std::make_pair(first, first + count)));
    const auto got = test::list_of(space, out);
    expect_map({got.begin() + first, got.begin() + first + count}, x, y, {});
    for (std::size_t k = first + count; k < got.size(); ++k) EXPECT_EQ(got[k], T(-9));
  }
}

TYPED_TEST(BilinearMap, WorksInPlace) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t count : {5, 4101}) {
    const auto x = numbers_from<T>(count, 1.0), y = numbers_from<T>(count, 2.5);
    const auto x_there = test::vector_of(space, x), y_there = test::vector_of(space, y);
    bilinear_map(space, x_there, y_there, x_there);
    expect_map(test::list_of(space, x_there), x, y, {});
    const auto again = test::vector_of(space, x);
    bilinear_map(space, again, y_there, y_there);
    expect_map(test::list_of(space, y_there), x, y, {});
    bilinear_map(space, again, again, again);
    expect_map(test::list_of(space, again), x, x, {});
  }
}

TYPED_TEST(BilinearMap, TakesAnyStrides) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  const std::size_t rows = 257;
  const auto numbers = numbers_from<T>(3 * rows, 1.0);
  const auto table = test::matrix_of(space, rows, 3, numbers);
  const auto column = [&](int c) { return Kokkos::subview(table, Kokkos::ALL(), c); };
  const auto y = numbers_from<T>(rows, 0.5);
  bilinear_map(space, column(0), test::vector_of(space, y), column(2));
  const auto got = test::list_of(space, table);
  std::vector<T> x, out;
  for (std::size_t row = 0; row < rows; ++row) {
    x.push_back(numbers[3 * row]), out.push_back(got[3 * row + 2]);
    EXPECT_EQ(got[3 * row + 1], numbers[3 * row + 1]);
  }
  expect_map(out, x, y, {});
}

TYPED_TEST(BilinearMap, RefusesOtherShapesAndPartialOverlap) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  const auto all = test::vector_of(space, std::vector<T>(12, T(1)));
  const auto part = [&](std::size_t first) {
    return Kokkos::subview(all, std::make_pair(first, first + 4));
  };
  EXPECT_EQ(test::sentence_of([&] { bilinear_map(space, part(0), all, part(4)); }),
            "bilinear_map: y has shape (12) where (4) is needed");
  EXPECT_EQ(test::sentence_of([&] { bilinear_map(space, part(0), part(4), all); }),
            "bilinear_map: out has shape (12) where (4) is needed");
  EXPECT_EQ(test::sentence_of([&] { bilinear_map(space, part(0), part(8), part(7)); }),
            concat("bilinear_map: out overlaps y ", sizeof(T),
                   " bytes apart; it may be y itself or apart from it"));
  EXPECT_EQ(test::sentence_of([&] { bilinear_map(space, part(0), part(4), part(8)); }), "accepted");
}

}  // namespace
}  // namespace glint
