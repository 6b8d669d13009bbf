// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/gaussians.hpp>
#include <glint/memory.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/gaussians.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class Case>
class Gaussians : public testing::Test {};
TYPED_TEST_SUITE(Gaussians, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Gaussians, AreTheFormulaInBothLayouts) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const std::size_t count : {0, 1, 2, 7, 16, 19, 128, 131, 300})
    for (const std::size_t points : {0, 1, 5, 64, 67, 257, 2053}) {
      const test::GaussianScene<Space, T> scene(count, points);
      for (const GaussianMethod method : test::gaussian_methods) {
        const std::string& name = gaussian_method_name(method);
        const auto y = scene.array(count, points), z = scene.array(points, count);
        scene.run(y, {GaussianLayout::gaussian_first, method});
        scene.run(z, {GaussianLayout::point_first, method});
        const auto rows = test::list_of(scene.space, y), columns = test::list_of(scene.space, z);
        scene.expect_all([&](auto g, auto i) { return double(rows[g * points + i]); }, name);
        scene.expect_all([&](auto g, auto i) { return double(columns[i * count + g]); },
                         name + ", points first");
      }
    }
}

/// Part of a larger array, so that no row begins at a round address and nothing else may change.
TYPED_TEST(Gaussians, FillPartsOfArrays) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const std::size_t count = 37, points = 211;
  const test::GaussianScene<Space, T> scene(count, points);
  for (const bool points_first : {false, true}) {
    const std::size_t rows = points_first ? points : count, columns = points_first ? count : points;
    const auto whole = scene.array(rows + 2, columns + 5);
    const auto part = Kokkos::subview(whole, std::make_pair(std::size_t(1), rows + 1),
                                      std::make_pair(std::size_t(3), columns + 3));
    GaussianOptions options;
    if (points_first) options.layout = GaussianLayout::point_first;
    scene.run(part, options);
    const auto got = test::list_of(scene.space, whole);
    const auto at = [&](std::size_t row, std::size_t column) {
      return double(got[(row + 1) * (columns + 5) + column + 3]);
    };
    scene.expect_all([&](auto g, auto i) { return points_first ? at(i, g) : at(g, i); }, "part");
    std::size_t untouched = 0;
    for (const T value : got) untouched += value == T(-99);
    EXPECT_EQ(untouched, got.size() - rows * columns);
  }
}

TYPED_TEST(Gaussians, AreTheFormulaBeyondTheCaches) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const std::size_t cache = is_host_execution_v<Space> ? last_cache_bytes() : 1 << 20;
  const std::size_t count = 19, points = cache / (2 * count * sizeof(T)) + 1003;
  const test::GaussianScene<Space, T> scene(count, points);
  const auto y = scene.array(count, points), z = scene.array(points, count);
  scene.run(y, {});
  scene.run(z, {GaussianLayout::point_first});
  const auto rows = test::list_of(scene.space, y), columns = test::list_of(scene.space, z);
  scene.expect_all([&](auto g, auto i) { return double(rows[g * points + i]); }, "rows", 7);
  scene.expect_all([&](auto g, auto i) { return double(columns[i * count + g]); }, "columns", 7);
}

TYPED_TEST(Gaussians, TakeAnyStrides) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  const std::size_t count = 21, points = 103;
  const test::GaussianScene<Space, T> scene(count, points);
  const Cube<T, Memory> y("glint::test::y", count, points, 2);
  const auto every_second = Kokkos::subview(y, Kokkos::ALL(), Kokkos::ALL(), 1);
  // Points in the second column of a table.
  std::vector<T> table;
  for (const T value : scene.x) table.insert(table.end(), {T(1e6), value, T(-1e6)});
  const auto x = Kokkos::subview(test::matrix_of(scene.space, points, 3, table), Kokkos::ALL(), 1);
  gaussians(scene.space, x, scene.amplitude_there, scene.centre_there, scene.width_there,
            every_second);
  const auto copied = scene.array(count, points);
  copy(scene.space, copied, every_second);
  const auto got = test::list_of(scene.space, copied);
  scene.expect_all([&](auto g, auto i) { return double(got[g * points + i]); }, "strided");
  // A column-major y.
  const Kokkos::View<T**, Kokkos::LayoutLeft, Memory> left("glint::test::left", count, points);
  scene.run(left, {});
  const auto row = scene.array(1, points), summed = scene.array(1, points);
  copy(scene.space, Kokkos::subview(row, 0, Kokkos::ALL()),
       Kokkos::subview(left, 20, Kokkos::ALL()));
  const auto last = test::list_of(scene.space, row);
  for (std::size_t i = 0; i < points; ++i)
    EXPECT_NEAR(last[i], scene.wanted(20, i), scene.allowance(20, i));
}

TYPED_TEST(Gaussians, FarPointsAndExtremeWidthsGiveNumbers) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const T most = std::numeric_limits<T>::max(), least = std::numeric_limits<T>::denorm_min();
  const T infinity = std::numeric_limits<T>::infinity();
  test::GaussianScene<Space, T> scene(1, 1);
  scene.x = {T(0), T(1), T(40), T(1000), most, -most, infinity, -infinity};
  while (scene.x.size() < 40) scene.x.push_back(T(0));
  scene.centre.clear(), scene.amplitude.clear(), scene.width.clear();
  for (const T width : {T(1), T(-1), least, most})
    for (const T centre : {T(0), -most}) {
      scene.width.push_back(width), scene.centre.push_back(centre);
      scene.amplitude.push_back(T(3));
    }
  while (scene.width.size() < 20) {
    scene.width.push_back(T(1)), scene.centre.push_back(T(0)), scene.amplitude.push_back(T(3));
  }
  scene.upload();
  const std::size_t points = scene.x.size(), count = scene.width.size();
  for (const bool points_first : {false, true}) {
    const auto y = points_first ? scene.array(points, count) : scene.array(count, points);
    GaussianOptions options;
    if (points_first) options.layout = GaussianLayout::point_first;
    scene.run(y, options);
    const auto got = test::list_of(scene.space, y);
    for (std::size_t g = 0; g < count; ++g)
      for (std::size_t i = 0; i < points; ++i) {
        const T value = got[points_first ? i * count + g : g * points + i];
        EXPECT_TRUE(value >= T(0) && value <= T(3)) << g << ", " << i << ": " << value;
        if (scene.x[i] == scene.centre[g]) {
          EXPECT_EQ(value, T(3));
        }
        if (std::abs(scene.width[g]) == T(1) && std::abs(scene.x[i] - scene.centre[g]) > T(900)) {
          EXPECT_EQ(value, T(0));
        }
      }
  }
}

TYPED_TEST(Gaussians, RefuseZeroWidthsAndWrongShapes) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  test::GaussianScene<Space, T> scene(5, 9);
  const auto y = scene.array(5, 9), z = scene.array(9, 5);
  EXPECT_EQ(test::sentence_of([&] { scene.run(z, {}); }),
            "gaussians: y has shape (9, 5) where (5, 9) is needed");
  EXPECT_EQ(test::sentence_of([&] { scene.run(y, {GaussianLayout::point_first}); }),
            "gaussians: y has shape (5, 9) where (9, 5) is needed");
  EXPECT_EQ(test::sentence_of([&] {
              gaussian_mixture(scene.space, scene.x_there, scene.amplitude_there,
                               scene.centre_there, scene.x_there, scene.x_there);
            }),
            "gaussian_mixture: width has shape (9) where (5) is needed");
  for (const T bad : {T(0), std::numeric_limits<T>::quiet_NaN()}) {
    scene.width[3] = bad;
    scene.upload();
    EXPECT_EQ(test::sentence_of([&] { scene.run(y, {}); }),
              "gaussians: width 3 is 0 or not a number");
    const auto sums = test::vector_of(scene.space, std::vector<T>(9));
    EXPECT_EQ(test::sentence_of([&] {
                gaussian_mixture(scene.space, scene.x_there, scene.amplitude_there,
                                 scene.centre_there, scene.width_there, sums);
              }),
              "gaussian_mixture: width 3 is 0 or not a number");
  }
}

}  // namespace
}  // namespace glint
