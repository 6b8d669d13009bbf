// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/linalg.hpp>
#include <limits>
#include <reference/inversion_oracle.hpp>
#include <support/arrays.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/tables.hpp>

namespace glint {
namespace {

using test::Dense;

std::vector<Linalg> libraries() {
  if (has_kokkos_kernels()) return {Linalg::automatic, Linalg::plain, Linalg::kokkos_kernels};
  return {Linalg::automatic, Linalg::plain};
}

template <class T>
std::vector<T> numbers(std::size_t count, std::uint64_t seed) {
  test::Numbers random(seed);
  std::vector<T> list(count);
  for (T& number : list) number = static_cast<T>(random.number());
  return list;
}

template <class T>
Dense dense(std::size_t rows, std::size_t columns, const std::vector<T>& list) {
  Dense matrix(rows, columns);
  for (std::size_t k = 0; k < list.size(); ++k)
    matrix.values[k] = static_cast<long double>(list[k]);
  return matrix;
}

template <class Case>
class Products : public testing::Test {
 protected:
  using Space = typename Case::space;
  using T = typename Case::value;
  using Memory = typename Space::memory_space;
  static constexpr double rounding = std::is_same_v<T, double> ? 4e-16 : 2e-7;

  static void expect_near(const std::vector<T>& got, const Dense& wanted, double terms) {
    test::Worst worst(rounding, 1.0 + terms);
    worst.compare(0.0, 0.0, "start");
    for (std::size_t k = 0; k < got.size(); ++k)
      worst.compare(static_cast<double>(got[k]), static_cast<double>(wanted.values[k]), concat(k));
    EXPECT_TRUE(worst.result());
  }
};
TYPED_TEST_SUITE(Products, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Products, OfDenseMatrices) {
  using T = typename TestFixture::T;
  const typename TestFixture::Space space;
  struct Size {
    std::size_t rows, terms, columns;
  };
  for (const Size& size : {Size{1, 1, 1},
                           {4, 7, 24},
                           {5, 3, 31},
                           {17, 40, 53},
                           {64, 64, 64},
                           {3, 0, 5},
                           {0, 4, 4},
                           {4, 4, 0},
                           {1, 100, 9}})
    for (const Op op_a : {Op::none, Op::transpose})
      for (const Op op_b : {Op::none, Op::transpose})
        for (const auto& [alpha, beta] : {std::pair<double, double>{1.0, 0.0}, {-0.5, 2.0}})
          for (const Linalg linalg : libraries()) {
            const auto [m, k, n] = size;
            SCOPED_TRACE(concat(m, " x ", k, " x ", n, ", ", linalg_name(linalg), ", ",
                                static_cast<int>(op_a), static_cast<int>(op_b)));
            const bool ta = op_a == Op::transpose, tb = op_b == Op::transpose;
            const auto a = numbers<T>(m * k, 1), b = numbers<T>(k * n, 2), c = numbers<T>(m * n, 3);
            const std::size_t a_rows = ta ? k : m, b_rows = tb ? n : k;
            const std::size_t a_columns = ta ? m : k, b_columns = tb ? k : n;
            Dense left = dense(a_rows, a_columns, a), right = dense(b_rows, b_columns, b);
            if (ta) left = transposed(left);
            if (tb) right = transposed(right);
            Dense wanted = product(left, right);
            for (std::size_t e = 0; e < wanted.values.size(); ++e)
              wanted.values[e] = alpha * wanted.values[e] + beta * static_cast<long double>(c[e]);
            auto target = test::matrix_of(space, m, n, c);
            if (beta == 0.0) fill(space, target, std::numeric_limits<T>::quiet_NaN());
            gemm(space, op_a, op_b, static_cast<T>(alpha),
                 test::matrix_of(space, a_rows, a_columns, a),
                 test::matrix_of(space, b_rows, b_columns, b), static_cast<T>(beta), target,
                 linalg);
            this->expect_near(test::list_of(space, target), wanted, static_cast<double>(k));
          }
}

TYPED_TEST(Products, OfSparseAndDense) {
  using T = typename TestFixture::T;
  using Memory = typename TestFixture::Memory;
  const typename TestFixture::Space space;
  for (const std::size_t rows : {std::size_t(0), std::size_t(1), std::size_t(29)})
    for (const std::size_t columns : {std::size_t(1), std::size_t(31), std::size_t(70)})
      for (const Linalg linalg : libraries()) {
        SCOPED_TRACE(concat(rows, ", ", columns, ", ", linalg_name(linalg)));
        const test::Table table = test::random_table(rows, 5, 13, 3);
        const auto a = test::mapping_in<T>(space, table);
        const auto x = numbers<T>(13 * columns, 4);
        const auto y = allocate<Matrix<T, Memory>>(space, "glint::test::y", rows, columns);
        fill(space, y, std::numeric_limits<T>::quiet_NaN());
        sparse_times_dense(space, a, test::matrix_of(space, 13, columns, x), y, linalg);
        this->expect_near(test::list_of(space, y),
                          product(test::mapping_of(table, rows), dense(13, columns, x)), 5.0);
      }
}

TEST(ProductRefusals, ShapesAndLibraries) {
  using Space = Kokkos::DefaultExecutionSpace;
  const Space space;
  const auto matrix = [&](std::size_t rows, std::size_t columns) {
    return allocate<Matrix<double, Space::memory_space>>(space, "glint::test::m", rows, columns);
  };
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  const auto multiply = [&](Linalg linalg) {
    gemm(space, Op::none, Op::none, 1.0, matrix(2, 3), matrix(3, 4), 0.0, matrix(2, 4), linalg);
  };
  EXPECT_EQ(sentence([&] { multiply(Linalg::plain); }), "accepted");
  if (has_kokkos_kernels())
    EXPECT_EQ(sentence([&] { multiply(Linalg::kokkos_kernels); }), "accepted");
  else
    EXPECT_EQ(sentence([&] { multiply(Linalg::kokkos_kernels); }),
              "gemm: 'kokkos-kernels' was asked for, but this build of glint has no "
              "KokkosKernels; 'plain' needs none");
  EXPECT_EQ(sentence([&] {
              gemm(space, Op::none, Op::none, 1.0, matrix(2, 3), matrix(4, 3), 0.0, matrix(2, 3));
            }),
            "gemm: b has shape (4, 3) where (3, 3) is needed");
  EXPECT_EQ(sentence([&] {
              gemm(space, Op::none, Op::transpose, 1.0, matrix(2, 3), matrix(4, 3), 0.0,
                   matrix(2, 3));
            }),
            "gemm: c has shape (2, 3) where (2, 4) is needed");
  SparseMapping<Space::memory_space> a;
  a.pixels = 2;
  a.sources = 3;
  EXPECT_EQ(sentence([&] { sparse_times_dense(space, a, matrix(4, 4), matrix(2, 4)); }),
            "sparse_times_dense: x has shape (4, 4) where (3, 4) is needed");
  EXPECT_EQ(sentence([&] { sparse_times_dense(space, a, matrix(3, 4), matrix(2, 5)); }),
            "sparse_times_dense: y has shape (2, 5) where (2, 4) is needed");
  EXPECT_EQ(linalg_name(Linalg::automatic), "automatic");
  EXPECT_EQ(linalg_name(Linalg::plain), "plain");
  EXPECT_EQ(linalg_name(Linalg::kokkos_kernels), "kokkos-kernels");
}

}  // namespace
}  // namespace glint
