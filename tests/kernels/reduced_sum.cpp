// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/reduced_sum.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

constexpr ReducedSumMethod all_methods[] = {ReducedSumMethod::automatic, ReducedSumMethod::team,
                                            ReducedSumMethod::tiled, ReducedSumMethod::outer};

/// 1 / (1 + m + k) with alternating signs.
template <class T>
struct Alternating {
  KOKKOS_FUNCTION T operator()(std::size_t m, std::size_t k) const {
    return (k % 2 ? T(-1) : T(1)) / static_cast<T>(1 + m + k);
  }
};

template <class Case>
class ReducedSum : public testing::Test {};
TYPED_TEST_SUITE(ReducedSum, test::SpacesAndPrecisions, test::CaseName);

/// Counts the sums that are off by more than 64 roundings of their largest possible size.
template <class T, class Wanted>
void expect_sums(const std::vector<T>& got, const Wanted& wanted, const std::string& what) {
  std::size_t wrong = 0;
  for (std::size_t m = 0; m < got.size(); ++m) {
    double size = 0.0;
    const double exact = wanted(m, size);
    wrong += !(std::abs(got[m] - exact) <= 64.0 * std::numeric_limits<T>::epsilon() * size);
  }
  EXPECT_EQ(wrong, 0u) << what;
}

TYPED_TEST(ReducedSum, OfSquaresIsTheFormula) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t terms : {0, 1, 7, 256, 257, 1013})
    for (const std::size_t count : {0, 1, 5, 64, 131, 300}) {
      std::vector<T> a(terms), b(terms);
      for (std::size_t k = 0; k < terms; ++k) {
        a[k] = static_cast<T>(std::sin(0.7 * double(k)) + 0.1);
        b[k] = static_cast<T>(std::cos(1.3 * double(k)));
      }
      const auto a_there = test::vector_of(space, a), b_there = test::vector_of(space, b);
      for (const ReducedSumMethod method : all_methods) {
        const auto f = test::vector_of(space, std::vector<T>(count, T(-9)));
        reduced_sum(space, a_there, b_there, f, {method});
        const auto wanted = [&](std::size_t m, double& size) {
          double sum = 0.0;
          for (std::size_t k = 0; k < terms; ++k) {
            const double term = std::pow(double(m) * double(a[k]), 2) * double(b[k]);
            sum += term, size += std::abs(term);
          }
          return sum;
        };
        expect_sums(test::list_of(space, f), wanted,
                    concat(reduced_sum_method_name(method), " ", count, " x ", terms));
      }
    }
}

TYPED_TEST(ReducedSum, TakesAnyTermAndStrides) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t terms : {0, 3, 1000})
    for (const std::size_t count : {1, 32, 67})
      for (const ReducedSumMethod method : all_methods) {
        const auto table = test::matrix_of(space, count, 2, std::vector<T>(2 * count, T(-9)));
        reduced_sum(space, terms, Alternating<T>(), Kokkos::subview(table, Kokkos::ALL(), 1),
                    {method});
        const auto got = test::list_of(space, table);
        std::vector<T> sums;
        for (std::size_t m = 0; m < count; ++m) {
          EXPECT_EQ(got[2 * m], T(-9));
          sums.push_back(got[2 * m + 1]);
        }
        const auto wanted = [&](std::size_t m, double& size) {
          double sum = 0.0;
          for (std::size_t k = 0; k < terms; ++k) {
            const double term = (k % 2 ? -1.0 : 1.0) / double(1 + m + k);
            sum += term, size += std::abs(term);
          }
          return sum;
        };
        expect_sums(sums, wanted, concat(reduced_sum_method_name(method), " ", count));
      }
}

/// Adding 1 to a float stops at 2^24; half that many terms of 0.1 would lose three digits.
TYPED_TEST(ReducedSum, KeepsItsAccuracyOverManyTerms) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const std::size_t terms = 400000;
  const auto a = test::vector_of(space, std::vector<T>(terms, T(1)));
  const auto b = test::vector_of(space, std::vector<T>(terms, T(0.1)));
  for (const ReducedSumMethod method : all_methods) {
    if (method == ReducedSumMethod::outer) continue;  // 13 MB, and its rows are summed as by team
    const auto f = test::vector_of(space, std::vector<T>(4));
    reduced_sum(space, a, b, f, {method});
    const double ratio =
        test::list_of(space, f)[3] / (9.0 * double(T(0.1)) * static_cast<double>(terms));
    EXPECT_NEAR(ratio, 1.0, 200.0 * std::numeric_limits<T>::epsilon())
        << reduced_sum_method_name(method);
  }
}

TYPED_TEST(ReducedSum, RefusesWrongShapesAndOuterProductsWithoutRoom) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  const auto a = test::vector_of(space, std::vector<T>(5)),
             f = test::vector_of(space, std::vector<T>(3));
  EXPECT_EQ(test::sentence_of([&] { reduced_sum(space, a, f, f); }),
            "reduced_sum: b has shape (3) where (5) is needed");
  EXPECT_THAT(test::sentence_of([&] {
                reduced_sum(space, std::size_t(1) << 50, Alternating<T>(), f,
                            {ReducedSumMethod::outer});
              }),
              testing::HasSubstr("reduced_sum: the outer product needs"));
}

}  // namespace
}  // namespace glint
