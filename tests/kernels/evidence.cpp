// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/evidence.hpp>
#include <limits>
#include <support/errors.hpp>
#include <support/functions.hpp>
#include <support/golden.hpp>
#include <support/matrices.hpp>
#include <support/meshes.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Long;
using test::Worst;
using Order = impl::MeshElimination::Order;

const std::size_t sizes[] = {0, 1, 2, 7, 31, 64, 65, 130, 257};
constexpr double excess = 1e-8;

template <class Case>
class EvidenceTerms : public testing::Test {};
TYPED_TEST_SUITE(EvidenceTerms, test::Spaces, test::CaseName);

TEST(MeshElimination, HasTheDeterminantOfTheMatrix) {
  impl::MeshElimination elimination;
  for (const std::size_t n : sizes)
    for (const test::Mesh& mesh : test::meshes(n)) {
      elimination.assign(mesh.table.data(), n, mesh.columns, mesh.columns, std::size_t(1));
      for (const double weight : {1.0, 0.49, 1e-6, 1e10, 0.0}) {
        // The matrix itself, which loses up to 1e-19 of its diagonal to a pivot of 1e-8.
        const auto dense = test::long_solve(test::regularization_of(mesh, weight, excess),
                                            std::vector<Long>(n, 0));
        const double wanted = test::log_determinant_of(mesh, weight, excess);
        const double scale = 1.0 + static_cast<double>(n);
        const double lost = 1e-17 * (1.0 + weight / excess);
        EXPECT_NEAR(static_cast<double>(dense.log_determinant), wanted, (1e-13 + lost) * scale);
        for (const Order order : {Order::envelope, Order::minimum_degree, Order::automatic})
          EXPECT_NEAR(elimination.log_determinant(weight, excess, order), wanted, 2e-14 * scale)
              << mesh.name << " " << n << ", weight " << weight << ", order "
              << static_cast<int>(order);
      }
    }
}

/// d ln det(w L + e I)/dw is the trace of (w L + e I)^-1 L.
TEST(MeshElimination, HasTheSlopeOfTheLogDeterminant) {
  impl::MeshElimination elimination;
  for (const std::size_t n : {0, 1, 2, 7, 31})
    for (const test::Mesh& mesh : test::meshes(n)) {
      elimination.assign(mesh.table.data(), n, mesh.columns, mesh.columns, std::size_t(1));
      const test::LongMatrix laplacian = test::regularization_of(mesh, 1.0, 0.0);
      for (const double weight : {1.0, 0.49, 1e-6, 1e10, 1e-9, 0.0}) {
        const test::LongMatrix h = test::regularization_of(mesh, weight, excess);
        Long trace = 0;
        for (std::size_t s = 0; s < n; ++s) {
          std::vector<Long> column(n);
          for (std::size_t t = 0; t < n; ++t) column[t] = laplacian[t * n + s];
          trace += test::long_solve(h, column).x[s];
        }
        const double scale = static_cast<double>(n) / std::max(weight, excess);
        for (const Order order : {Order::envelope, Order::minimum_degree, Order::automatic}) {
          SCOPED_TRACE(concat(mesh.name, " ", n, ", weight ", weight));
          const impl::Slope got = elimination.log_determinant_slope(weight, excess, order);
          EXPECT_NEAR(got.value, elimination.log_determinant(weight, excess, order),
                      1e-14 * (1.0 + static_cast<double>(n)));
          EXPECT_NEAR(got.slope, static_cast<double>(trace),
                      (1e-14 + 1e-18 * weight / excess) * scale);
        }
      }
    }
}

TYPED_TEST(EvidenceTerms, LogDeterminantsByHand) {
  using Space = typename TypeParam::space;
  const Space space;
  RegularizationWorkspace<Space> workspace;
  const auto of = [&](const test::Mesh& mesh, double c) {
    return log_determinant_regularization(space, c, test::table_on(space, mesh), workspace);
  };
  EXPECT_DOUBLE_EQ(of(test::star(1), 1.0), std::log(1e-8));
  EXPECT_DOUBLE_EQ(of(test::star(2), 0.7), std::log(1e-8 * (2.0 * 0.49 + 1e-8)));
  // A chain of three: eigenvalues 0, 1 and 3 of the Laplacian.
  EXPECT_DOUBLE_EQ(of(test::star(3), 2.0),
                   std::log(1e-8) + std::log(4.0 + 1e-8) + std::log(12.0 + 1e-8));
  EXPECT_DOUBLE_EQ(of(test::star(5), 0.0), 5.0 * std::log(1e-8));
  EXPECT_EQ(of(test::MeshBuilder(0).mesh("empty"), 1.0), 0.0);
}

/// Integers of either size in any layout, and a second call with another mesh.
TYPED_TEST(EvidenceTerms, LogDeterminantsOfAnyTable) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  const Space space;
  RegularizationWorkspace<Space> workspace;
  for (const std::size_t n : {64, 31})
    for (const test::Mesh& mesh : test::meshes(n)) {
      const double wanted = test::log_determinant_of(mesh, 0.25, excess);
      const double tolerance = 1e-12;
      const auto table = test::table_on(space, mesh);
      const auto wide = test::table_on<std::int64_t>(space, mesh);
      const Kokkos::View<int**, Kokkos::LayoutLeft, Memory> columns("glint::test::columns", n,
                                                                    mesh.columns);
      Kokkos::deep_copy(columns, table);
      EXPECT_NEAR(log_determinant_regularization(space, 0.5, table, workspace), wanted, tolerance);
      EXPECT_NEAR(log_determinant_regularization(space, -0.5, wide, workspace), wanted, tolerance);
      EXPECT_NEAR(log_determinant_regularization(space, 0.5, columns), wanted, tolerance);
    }
}

TYPED_TEST(EvidenceTerms, TablesThatAreNoMeshAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  RegularizationWorkspace<Space> workspace;
  const auto sentence = [&](std::vector<int> table) {
    const test::Mesh mesh{"", 3, table.size() / 3, std::move(table)};
    return test::sentence_of([&] {
      log_determinant_regularization(space, 1.0, test::table_on(space, mesh), workspace);
    });
  };
  EXPECT_EQ(sentence({1, -1, 0, 2, 1, -1}), "accepted");
  EXPECT_EQ(sentence({1, -1, 0, 3, 1, -1}),
            "neighbour table row 1, column 1: the index is 3, but it must lie in 0 to 2, or be -1 "
            "for none");
  EXPECT_EQ(sentence({1, -1, 0, -2, 1, -1}),
            "neighbour table row 1, column 1: the index is -2, but it must lie in 0 to 2, or be -1 "
            "for none");
  EXPECT_EQ(sentence({-1, 1, 0, 2, 1, -1}),
            "neighbour table row 0, column 1: the index is 1 after a -1, but -1 must only be "
            "followed by -1");
  EXPECT_EQ(sentence({1, 0, 0, 2, 1, -1}),
            "neighbour table row 0, column 1: source pixel 0 is listed as its own neighbour");
  EXPECT_EQ(sentence({1, -1, 2, 2, 1, -1}),
            "neighbour table row 1, column 1: source pixel 2 is listed twice");
  EXPECT_EQ(sentence({1, -1, 2, -1, 1, -1}),
            "neighbour table row 0, column 0: source pixel 1 is listed as a neighbour of 0, but 0 "
            "is not listed as one of 1");
  EXPECT_EQ(sentence({1, -1, 0, -1, 1, -1}),
            "neighbour table row 2, column 0: source pixel 1 is listed as a neighbour of 2, but 2 "
            "is not listed as one of 1");
  EXPECT_EQ(sentence({1, -1, 0, -1, -1, -1}), "accepted");
  EXPECT_THAT(test::sentence_of([&] {
                log_determinant_regularization(space, 1e200, test::table_on(space, test::star(3)),
                                               workspace);
              }),
              testing::HasSubstr("coefficient is 1e+200, whose square is not a finite number"));
}

TYPED_TEST(EvidenceTerms, SumsByHand) {
  using Space = typename TypeParam::space;
  const Space space;
  // Two visibilities; chains 0-1-2, 3 alone.
  UvData<typename Space::memory_space> data(space, 2);
  data.re = test::to_device(space, {3.0, -1.0});
  data.im = test::to_device(space, {4.0, 0.0});
  data.noise_re = test::to_device(space, {1.5, 2.0});
  data.noise_im = test::to_device(space, {2.0, 0.25});
  EXPECT_DOUBLE_EQ(data_term(space, data), 4.0 + 4.0 + 0.25);
  EXPECT_DOUBLE_EQ(noise_normalization(space, data),
                   4.0 * std::log(2.0 * constants::pi) + 2.0 * std::log(1.5 * 2.0 * 2.0 * 0.25));

  const test::Mesh mesh{"", 4, 2, {1, -1, 0, 2, 1, -1, -1, -1}};
  const auto x = test::to_device(space, {1.0, 3.0, -2.0, 5.0});
  EXPECT_DOUBLE_EQ(regularization_term(space, 0.5, test::table_on(space, mesh), x),
                   0.25 * (4.0 + 25.0) + 1e-8 * 39.0);
  EXPECT_DOUBLE_EQ(regularization_term(space, 0.5, test::table_on<std::int64_t>(space, mesh), x),
                   0.25 * (4.0 + 25.0) + 1e-8 * 39.0);

  const auto curvature = test::matrix_on(space, 2, 2, {2.0, 1.0, 1.0, 3.0});
  const auto d = test::to_device(space, {4.0, -1.0}), y = test::to_device(space, {1.0, -2.0});
  EXPECT_DOUBLE_EQ(chi_squared(space, curvature, d, y, 20.0), (2.0 - 4.0 + 12.0) - 12.0 + 20.0);
  EXPECT_EQ(test::sentence_of([&] { chi_squared(space, curvature, x, y, 0.0); }),
            "chi_squared: data_vector has shape (4) where (2) is needed");
}

/// Sums do not lose digits to their length.
TYPED_TEST(EvidenceTerms, SumsOfManyVisibilities) {
  using Space = typename TypeParam::space;
  const Space space;
  const std::size_t count = 300001;
  UvData<typename Space::memory_space> data(space, count);
  std::vector<double> re(count), noise(count);
  Long terms = 0, logarithms = 0;
  for (std::size_t k = 0; k < count; ++k) {
    re[k] = test::pattern(k);
    noise[k] = 1.0 + 0.5 * test::pattern(3 * k + 1);
    const Long ratio = Long(re[k]) / Long(noise[k]);
    terms += 2 * ratio * ratio;
    logarithms += 2 * std::log(2 * std::acos(Long(-1)) * Long(noise[k]) * Long(noise[k]));
  }
  data.re = data.im = test::to_device(space, re);
  data.noise_re = data.noise_im = test::to_device(space, noise);
  EXPECT_NEAR(data_term(space, data) / static_cast<double>(terms), 1.0, 1e-14);
  EXPECT_NEAR(noise_normalization(space, data) / static_cast<double>(logarithms), 1.0, 1e-14);
}

TYPED_TEST(EvidenceTerms, GoldenInversion) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto rows = test::golden("inversion_rows.txt");
  const auto terms = test::golden("inversion_terms.txt").front();
  const std::size_t n = rows.size();
  std::vector<double> f, d, x;
  test::Mesh mesh{"", n, 7, {}};
  for (const auto& row : rows) {
    f.insert(f.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(n));
    d.push_back(row[n]);
    x.push_back(row[n + 1]);
    for (std::size_t p = 0; p < 7; ++p) mesh.table.push_back(static_cast<int>(row[n + 2 + p]));
  }
  const auto table = test::table_on(space, mesh);
  const auto solution = test::to_device(space, x);
  Evidence evidence;
  evidence.data_term = terms[0];
  evidence.chi_squared = chi_squared(space, test::matrix_on(space, n, n, f),
                                     test::to_device(space, d), solution, terms[0]);
  evidence.regularization_term = regularization_term(space, 1.0, table, solution);
  evidence.logdet_regularization = log_determinant_regularization(space, 1.0, table);
  EXPECT_NEAR(evidence.chi_squared, terms[1], 1e-14 * terms[0]);
  EXPECT_NEAR(evidence.regularization_term / terms[2], 1.0, 1e-13);
  EXPECT_NEAR(evidence.logdet_regularization / terms[4], 1.0, 1e-9);
  evidence.logdet_curvature_reg = terms[3];
  evidence.noise_normalization = terms[5];
  EXPECT_NEAR(log_likelihood(evidence) / terms[6], 1.0, 1e-11);
}

}  // namespace
}  // namespace glint
