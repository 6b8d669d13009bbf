// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/mesh_regularization.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/meshes.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;
using test::Worst;
using Order = impl::MeshElimination::Order;

const std::size_t sizes[] = {0, 1, 2, 7, 31, 64, 65, 130};

/// Strengths over six decades, some of them 0.
std::vector<double> some_strengths(std::size_t n) {
  std::vector<double> q(n);
  for (std::size_t s = 0; s < n; ++s)
    q[s] = s % 7 == 5 ? 0.0 : std::pow(10.0, 3.0 * test::pattern(s));
  return q;
}

/// H by its definition, edge by edge.
test::LongMatrix matrix_of_edges(const test::Mesh& mesh, const std::vector<double>& q,
                                 const std::vector<double>& e) {
  const std::size_t n = mesh.size;
  test::LongMatrix h(n * n, 0);
  for (std::size_t s = 0; s < n; ++s) {
    h[s * n + s] += Long(e[s]);
    for (std::size_t p = 0; p < mesh.columns; ++p) {
      const int t = mesh.table[s * mesh.columns + p];
      if (t < 0) break;
      h[s * n + static_cast<std::size_t>(t)] -= Long(q[s]) + Long(q[t]);
      h[s * n + s] += Long(q[s]) + Long(q[t]);
    }
  }
  return h;
}

/// ln det of it by elimination that subtracts nothing, in the order of the numbers.
double log_determinant_of_edges(const test::Mesh& mesh, const std::vector<double>& q,
                                const std::vector<double>& excess) {
  const std::size_t n = mesh.size;
  std::vector<Long> w(n * n, 0), e(excess.begin(), excess.end());
  for (std::size_t s = 0; s < n; ++s)
    for (std::size_t p = 0; p < mesh.columns; ++p)
      if (const int t = mesh.table[s * mesh.columns + p]; t >= 0)
        w[s * n + static_cast<std::size_t>(t)] = Long(q[s]) + Long(q[t]);
  return test::eliminated_log_determinant(w, e);
}

template <class Case>
class MeshRegularizations : public testing::Test {};
TYPED_TEST_SUITE(MeshRegularizations, test::Spaces, test::CaseName);

/// With a coefficient it is what regularization.hpp and evidence.hpp have.
TYPED_TEST(MeshRegularizations, ConstantOnesAreTheOthers) {
  using Space = typename TypeParam::space;
  const Space space;
  MeshRegularization<typename Space::memory_space> h;
  MeshWorkspace<Space> workspace;
  for (const std::size_t n : {31, 1, 64})
    for (const test::Mesh& mesh : test::meshes(n)) {
      const auto table = test::table_on<std::int64_t>(space, mesh);
      assign_regularization(space, table, 0.7, h);
      const auto wanted = test::matrix_of(space, n, n, std::vector<double>(n * n, NAN));
      const auto got = test::matrix_of(space, n, n, std::vector<double>(n * n, NAN));
      constant_regularization(space, 0.7, table, wanted);
      regularization_matrix(space, h, got);
      Worst worst(1e-14, 0.49);  // a star adds up 63 edges
      const auto a = test::list_of(space, got), b = test::list_of(space, wanted);
      for (std::size_t k = 0; k < a.size(); ++k) worst.compare(a[k], b[k], concat(mesh.name, k));
      EXPECT_TRUE(worst.result());
      EXPECT_NEAR(log_determinant(space, h, workspace),
                  log_determinant_regularization(space, 0.7, table), 1e-13 * (1.0 + n));
      std::vector<double> numbers(n);
      for (std::size_t s = 0; s < n; ++s) numbers[s] = test::pattern(s);
      const auto x = test::vector_of(space, numbers);
      const double term = regularization_term(space, 0.7, table, x);
      EXPECT_NEAR(regularization_term(space, h, x), term, 1e-14 * term);
    }
}

TYPED_TEST(MeshRegularizations, EdgesWeighTheStrengthsOfTheirEnds) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  const Space space;
  MeshRegularization<Memory> h;
  MeshWorkspace<Space> workspace;
  for (const std::size_t n : sizes)
    for (const test::Mesh& mesh : test::meshes(n)) {
      SCOPED_TRACE(concat(mesh.name, " ", n));
      const auto q = some_strengths(n);
      const std::vector<double> e(n, regularization_excess);
      assign_regularization(space, test::table_on(space, mesh), test::vector_of(space, q), h);
      const auto wanted = matrix_of_edges(mesh, q, e);
      // Added to what is there, in any layout.
      const Kokkos::View<double**, Kokkos::LayoutLeft, Memory> matrix("glint::test::matrix", n, n);
      fill(space, matrix, 0.5);
      add_regularization_matrix(space, h, matrix);
      compat::fence(space, "glint::test::matrix");
      const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), matrix);
      Worst worst(1e-14, 1.0);
      worst.compare(0.0, 0.0, "none");
      for (std::size_t k = 0; k < n * n; ++k)
        worst.compare(host(k / n, k % n), static_cast<double>(wanted[k]) + 0.5, concat(k));
      EXPECT_TRUE(worst.result());

      std::vector<double> numbers(n);
      for (std::size_t s = 0; s < n; ++s) numbers[s] = test::pattern(3 * s + 1);
      const auto x = test::vector_of(space, numbers);
      const auto y = test::vector_of(space, std::vector<double>(n, NAN));
      apply_regularization(space, h, x, y);
      const auto product = test::list_of(space, y);
      Long term = 0;
      Worst products(1e-13, 1.0);
      products.compare(0.0, 0.0, "none");
      for (std::size_t s = 0; s < n; ++s) {
        Long sum = 0, scale = 0;
        for (std::size_t t = 0; t < n; ++t) {
          sum += wanted[s * n + t] * Long(numbers[t]);
          scale += std::abs(wanted[s * n + t] * Long(numbers[t]));
        }
        term += sum * Long(numbers[s]);
        products.compare(product[s], static_cast<double>(sum), concat(s),
                         1.0 + static_cast<double>(scale));
      }
      EXPECT_TRUE(products.result());
      EXPECT_NEAR(regularization_term(space, h, x), static_cast<double>(term),
                  1e-13 * static_cast<double>(term));

      const double determinant = log_determinant_of_edges(mesh, q, e);
      const double scale = 1.0 + static_cast<double>(n);
      EXPECT_NEAR(log_determinant(space, h, workspace), determinant, 1e-13 * scale);
      impl::MeshElimination elimination;
      elimination.assign(mesh.table.data(), n, mesh.columns, mesh.columns, std::size_t(1));
      for (const Order order : {Order::envelope, Order::minimum_degree})
        EXPECT_NEAR(elimination.log_determinant(q, e, order), determinant, 1e-13 * scale);
    }
}

TYPED_TEST(MeshRegularizations, WhatHasNoMeshIsADiagonal) {
  using Space = typename TypeParam::space;
  const Space space;
  MeshRegularization<typename Space::memory_space> h;
  MeshWorkspace<Space> workspace;
  assign_diagonal(space, 3, 0.25, h);
  const auto matrix = test::matrix_of(space, 3, 3, std::vector<double>(9, NAN));
  regularization_matrix(space, h, matrix);
  EXPECT_EQ(test::list_of(space, matrix),
            (std::vector<double>{0.25, 0, 0, 0, 0.25, 0, 0, 0, 0.25}));
  EXPECT_DOUBLE_EQ(log_determinant(space, h, workspace), 3.0 * std::log(0.25));
  assign_diagonal(space, 3, 0.0, h);
  EXPECT_EQ(log_determinant(space, h, workspace), 0.0);  // no part of it
  // Neighbours without excess: singular.
  assign_regularization(space, test::table_on(space, test::star(3)), 1.0, h);
  fill(space, h.excess, 0.0);
  EXPECT_EQ(log_determinant(space, h, workspace), -std::numeric_limits<double>::infinity());
  fill(space, h.strengths, 0.0);
  EXPECT_EQ(log_determinant(space, h, workspace), -std::numeric_limits<double>::infinity());
}

TYPED_TEST(MeshRegularizations, WhatIsNoneIsRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  MeshRegularization<typename Space::memory_space> h;
  MeshWorkspace<Space> workspace;
  const auto table = test::table_on(space, test::star(3));
  const auto sentence = [&](double strength) {
    return test::sentence_of([&] {
      assign_regularization(space, table, test::vector_of<double>(space, {1.0, strength, 1.0}), h);
      log_determinant(space, h, workspace);
    });
  };
  EXPECT_EQ(sentence(2.0), "accepted");
  EXPECT_EQ(sentence(-2.0), "the strength of source pixel 1 is -2, not a finite number from 0 up");
  EXPECT_THAT(sentence(NAN), testing::StartsWith("the strength of source pixel 1 is nan"));
  EXPECT_EQ(test::sentence_of([&] { assign_regularization(space, table, 1e200, h); }),
            "the regularization coefficient is 1e+200, whose square is not a finite number");
  EXPECT_EQ(test::sentence_of([&] { assign_diagonal(space, 3, -1.0, h); }),
            "assign_diagonal: the excess is -1, not a finite number from 0 up");
  const test::Mesh one_sided{"", 3, 1, {1, -1, -1}};
  assign_regularization(space, test::table_on(space, one_sided), 1.0, h);
  EXPECT_THAT(test::sentence_of([&] { log_determinant(space, h, workspace); }),
              testing::HasSubstr("source pixel 1 is listed as a neighbour of 0"));
  EXPECT_EQ(test::sentence_of([&] {
              assign_regularization(space, table, test::vector_of(space, std::vector<double>(2)),
                                    h);
            }),
            "assign_regularization: strengths has shape (2) where (3) is needed");
}

}  // namespace
}  // namespace glint
