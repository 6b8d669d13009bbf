// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/regularization.hpp>
#include <limits>
#include <reference/inversion_oracle.hpp>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::list_of;
using test::matrix_of;
using test::sentence_of;

/// The neighbours of a grid of source pixels, in columns of which the last two stay unused.
struct Mesh {
  std::size_t sources, width = 6;
  std::vector<int> neighbours;

  Mesh(std::size_t ny, std::size_t nx) : sources(ny * nx), neighbours(sources * width, -1) {
    for (std::size_t s = 0; s < sources; ++s) {
      std::size_t p = 0;
      const auto add = [&](bool inside, std::size_t t) {
        if (inside) neighbours[s * width + p++] = static_cast<int>(t);
      };
      add(s % nx + 1 < nx, s + 1);
      add(s >= nx, s - nx);
      add(s % nx > 0, s - 1);
      add(s + nx < sources, s + nx);
    }
  }
  int& operator()(std::size_t s, std::size_t p) { return neighbours[s * width + p]; }
};

template <class Case>
class Regularization : public testing::Test {};
TYPED_TEST_SUITE(Regularization, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Regularization, IsTheWeightedGraphLaplacian) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const double rounding = std::is_same_v<T, double> ? 1e-15 : 3e-7;
  for (const auto& [ny, nx] : {std::pair<std::size_t, std::size_t>{1, 1}, {1, 7}, {5, 3}, {9, 13}})
    for (const double coefficient : {0.0, 1.0, 3.7}) {
      const Mesh mesh(ny, nx);
      const std::size_t s = mesh.sources;
      const test::Dense wanted =
          test::regularization_of(coefficient, s, mesh.width, mesh.neighbours);
      const double scale = wanted.largest();
      const auto table = matrix_of(space, s, mesh.width, mesh.neighbours);
      check_neighbours(space, table);
      const auto h =
          allocate<Matrix<T, typename Space::memory_space>>(space, "glint::test::h", s, s);
      fill(space, h, T(7));
      constant_regularization(space, coefficient, table, h);
      const auto got = list_of(space, h);
      for (std::size_t k = 0; k < s * s; ++k)
        ASSERT_NEAR(got[k], static_cast<double>(wanted.values[k]), rounding * scale);

      const std::vector<std::int64_t> wide(mesh.neighbours.begin(), mesh.neighbours.end());
      fill(space, h, T(7));
      add_constant_regularization(space, coefficient, matrix_of(space, s, mesh.width, wide), h);
      const auto sum = list_of(space, h);
      for (std::size_t k = 0; k < s * s; ++k)
        ASSERT_NEAR(sum[k] - T(7), static_cast<double>(wanted.values[k]),
                    2.0 * rounding * (7.0 + scale));
    }
}

template <class Case>
class Neighbours : public testing::Test {
 protected:
  using Space = typename Case::space;
  static std::string complaint(const Mesh& mesh) {
    const Space space;
    return sentence_of([&] {
      check_neighbours(space, matrix_of(space, mesh.sources, mesh.width, mesh.neighbours));
    });
  }
};
TYPED_TEST_SUITE(Neighbours, test::Spaces, test::CaseName);

TYPED_TEST(Neighbours, RefusalsNameThePair) {
  const Mesh good(4, 5);
  EXPECT_EQ(this->complaint(good), "accepted");
  EXPECT_EQ(this->complaint(Mesh(0, 5)), "accepted");
  Mesh mesh = good;
  mesh(7, 1) = 20;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 2, column 2: source pixel 7 is listed as a neighbour of 2, but 2 "
            "is not listed as one of 7");
  mesh = good;
  mesh(0, 3) = 20;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 0, column 3: the index is 20, but it must lie in 0 to 19, or be "
            "-1 for none");
  mesh = good;
  mesh(19, 2) = -2;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 19, column 2: the index is -2, but it must lie in 0 to 19, or be "
            "-1 for none");
  mesh = good;
  mesh(19, 5) = 1;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 19, column 5: the index is 1 after a -1, but -1 must only be "
            "followed by -1");
  mesh = good;
  mesh(7, 4) = 7;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 7, column 4: source pixel 7 is listed as its own neighbour");
  mesh = good;
  mesh(7, 4) = 8;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 7, column 4: source pixel 8 is listed twice");
  mesh = good;
  mesh(0, 2) = 19;
  EXPECT_EQ(this->complaint(mesh),
            "neighbour table row 0, column 2: source pixel 19 is listed as a neighbour of 0, but "
            "0 is not listed as one of 19");
}

TYPED_TEST(Neighbours, ShapesAndCoefficients) {
  using Space = typename TypeParam::space;
  const Space space;
  const Mesh mesh(2, 3);
  const auto table = matrix_of(space, 6, mesh.width, mesh.neighbours);
  const auto h =
      allocate<Matrix<double, typename Space::memory_space>>(space, "glint::test::h", 6, 5);
  EXPECT_EQ(sentence_of([&] { constant_regularization(space, 1.0, table, h); }),
            "constant_regularization: matrix has shape (6, 5) where (6, 6) is needed");
  EXPECT_EQ(sentence_of([&] { add_constant_regularization(space, 1.0, table, h); }),
            "add_constant_regularization: matrix has shape (6, 5) where (6, 6) is needed");
  const auto square =
      allocate<Matrix<double, typename Space::memory_space>>(space, "glint::test::h", 6, 6);
  EXPECT_EQ(sentence_of([&] { constant_regularization(space, 0.0 / 0.0, table, square); }),
            "the regularization coefficient is nan, not a finite number");
}

}  // namespace
}  // namespace glint
