// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/w_curvature.hpp>
#include <limits>
#include <reference/inversion_oracle.hpp>
#include <support/arrays.hpp>
#include <support/inversions.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Dense;
using test::list_of;

/// Masks that go wrong easily: single pixels, single rows, holes, parts that do not touch, frames
/// that are not square or wider than a stretch of pixels.
std::vector<SkyPixels<>> masks() {
  const auto all = [](int, int) { return true; };
  const auto circle = [](int i, int j) { return (i - 8) * (i - 8) + (j - 8) * (j - 8) <= 68; };
  const auto holes = [](int i, int j) { return (i * 7 + j * 3) % 5 != 0 && (i != 2 || j > 20); };
  const auto corners = [](int i, int j) { return (i < 2 && j < 2) || (i > 6 && j > 30); };
  return {test::pixels_where({1, 1, 0.1}, all),
          test::pixels_where({1, 37, 0.1}, all),
          test::pixels_where({23, 1, 0.1}, all),
          test::pixels_where({9, 13, 0.1}, [](int i, int j) { return i == 4 && j == 11; }),
          test::pixels_where({17, 17, 0.1}, circle),
          test::pixels_where({5, 41, 0.1}, holes),
          test::pixels_where({9, 33, 0.1}, corners)};
}

template <class Case>
class CurvatureRoutes : public testing::Test {
 protected:
  using Space = typename Case::space;
  using T = typename Case::value;
  using Memory = typename Space::memory_space;
  static constexpr double rounding = std::is_same_v<T, double> ? 2e-15 : 2e-6;

  /// |got - wanted| within rounding of `terms`, the same sums of absolute values, entry by entry;
  /// and exactly symmetric.
  static void expect(const std::string& route, const std::vector<T>& got, const Dense& wanted,
                     const Dense& terms, bool symmetric) {
    SCOPED_TRACE(route);
    ASSERT_EQ(got.size(), wanted.values.size());
    test::Worst worst(rounding, 1.0);
    worst.compare(0.0, 0.0, "start");
    for (std::size_t k = 0; k < got.size(); ++k) {
      const double scale = static_cast<double>(terms.values[k]);
      const double error = static_cast<double>(static_cast<long double>(got[k]) - wanted.values[k]);
      worst.compare(scale == 0.0 ? error : error / scale, 0.0, concat("element ", k));
    }
    EXPECT_TRUE(worst.result());
    for (std::size_t s = 0; symmetric && s < wanted.rows; ++s)
      for (std::size_t t = 0; t < s; ++t)
        ASSERT_EQ(got[s * wanted.rows + t], got[t * wanted.rows + s]) << s << ", " << t;
  }

  /// All routes for one mask and mapping against the definitions.
  static void compare(const SkyPixels<>& host_pixels, std::size_t sources, std::size_t width,
                      WCurvatureWorkspace<Space, T>& workspace) {
    const Space space;
    const std::size_t m = host_pixels.size(), ny = host_pixels.grid.ny, nx = host_pixels.grid.nx;
    const auto host_mapping = test::random_mapping<T>(m, sources, width, 5);
    const Matrix<double> kernel = test::random_kernel(host_pixels.grid, 1);
    const Matrix<double> second = test::random_kernel(host_pixels.grid, 2);
    Dense w(m, m);
    test::add_kernel(host_pixels, kernel, false, w);
    Dense both = w, sizes = absolute(w), other(m, m);
    test::add_kernel(host_pixels, second, true, both);
    test::add_kernel(host_pixels, second, true, other);
    for (std::size_t k = 0; k < m * m; ++k) sizes.values[k] += std::abs(other.values[k]);
    const Dense t = test::dense_of(host_mapping);
    const Dense wanted_omega = product(w, t), wanted = product(transposed(t), wanted_omega);
    const Dense omega_both = product(both, t), wanted_both = product(transposed(t), omega_both);
    const Dense positive = absolute(t);
    const Dense omega_terms = product(absolute(w), positive);
    const Dense omega_terms_both = product(sizes, positive);
    const Dense terms = product(transposed(positive), omega_terms);
    const Dense terms_both = product(transposed(positive), omega_terms_both);

    const auto pixels = to_space(space, host_pixels);
    const auto mapping = to_space(space, host_mapping);
    const std::vector<double> numbers(kernel.data(), kernel.data() + kernel.size());
    const auto compact = test::matrix_of(space, ny, 2 * nx - 1, numbers);
    const auto hankel = test::matrix_of(
        space, ny, 2 * nx - 1, std::vector<double>(second.data(), second.data() + second.size()));
    const auto curvature =
        allocate<Matrix<T, Memory>>(space, "glint::test::curvature", sources, sources);
    const auto forget = [&] { fill(space, curvature, std::numeric_limits<T>::quiet_NaN()); };

    const auto omega_view = allocate<Matrix<T, Memory>>(space, "glint::test::omega", m, sources);
    fill(space, omega_view, std::numeric_limits<T>::quiet_NaN());
    omega(space, compact, pixels, mapping, omega_view, workspace.omega);
    expect("omega", list_of(space, omega_view), wanted_omega, omega_terms, false);
    omega(space, compact, hankel, pixels, mapping, omega_view, workspace.omega);
    expect("omega with hankel", list_of(space, omega_view), omega_both, omega_terms_both, false);

    forget();
    curvature_from_compact_products(space, compact, pixels, mapping, curvature, workspace);
    expect("compact products", list_of(space, curvature), wanted, terms, true);
    forget();
    curvature_from_compact_products(space, compact, hankel, pixels, mapping, curvature, workspace);
    expect("compact products with hankel", list_of(space, curvature), wanted_both, terms_both,
           true);
    forget();
    curvature_from_compact_pairs(space, compact, pixels, mapping, curvature, workspace);
    expect("compact pairs", list_of(space, curvature), wanted, terms, true);

    std::vector<double> preload(4 * ny * nx, 0.0);
    for (std::size_t a = 0; a < ny; ++a)
      for (std::size_t c = 0; c < 2 * nx - 1; ++c) {
        const std::size_t d1 = (c + nx + 1) % (2 * nx), back = (2 * nx - d1) % (2 * nx);
        preload[a * 2 * nx + d1] = kernel(a, c);
        preload[(2 * ny - a) % (2 * ny) * 2 * nx + back] = kernel(a, c);
      }
    forget();
    curvature_from_preload(space, test::matrix_of(space, 2 * ny, 2 * nx, preload), pixels, mapping,
                           curvature, workspace);
    expect("preload", list_of(space, curvature), wanted, terms, true);

    const auto dense_w =
        test::matrix_of(space, m, m, std::vector<T>(w.values.begin(), w.values.end()));
    for (const WCurvature method : {WCurvature::dense, WCurvature::sparse, WCurvature::products})
      for (const Linalg linalg : {Linalg::plain, Linalg::kokkos_kernels}) {
        if (linalg == Linalg::kokkos_kernels &&
            (!has_kokkos_kernels() || method == WCurvature::sparse))
          continue;
        forget();
        curvature_from_w(space, dense_w, mapping, curvature, {method, linalg}, workspace);
        expect(concat(w_curvature_name(method), ", ", linalg_name(linalg)),
               list_of(space, curvature), wanted, terms, true);
      }
  }
};
TYPED_TEST_SUITE(CurvatureRoutes, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(CurvatureRoutes, AgreeWithTheDefinition) {
  WCurvatureWorkspace<typename TestFixture::Space, typename TestFixture::T> workspace;
  for (const SkyPixels<>& pixels : masks())
    for (const auto& [sources, width] :
         {std::pair<std::size_t, std::size_t>{1, 1}, {7, 1}, {40, 3}, {67, 5}, {64, 3}}) {
      SCOPED_TRACE(concat(pixels.grid.ny, " x ", pixels.grid.nx, ", ", pixels.size(), " to ",
                          sources, " by ", width));
      this->compare(pixels, sources, width, workspace);
    }
}

TYPED_TEST(CurvatureRoutes, RowsOfThreeHundred) {
  WCurvatureWorkspace<typename TestFixture::Space, typename TestFixture::T> workspace;
  this->compare(masks()[1], 310, 300, workspace);
}

TYPED_TEST(CurvatureRoutes, CurvatureOfAnyLayout) {
  using Space = typename TestFixture::Space;
  using T = typename TestFixture::T;
  const Space space;
  const auto pixels = masks()[4];
  const auto mapping = to_space(space, test::random_mapping<T>(pixels.size(), 37, 3, 2));
  const Matrix<double> kernel = test::random_kernel(pixels.grid, 3);
  const auto compact =
      test::matrix_of(space, pixels.grid.ny, 2 * pixels.grid.nx - 1,
                      std::vector<double>(kernel.data(), kernel.data() + kernel.size()));
  WCurvatureWorkspace<Space, T> workspace;
  const auto right =
      allocate<Matrix<T, typename Space::memory_space>>(space, "glint::test::right", 37, 37);
  const Kokkos::View<T**, Kokkos::LayoutLeft, typename Space::memory_space> left(
      Kokkos::view_alloc(space, "glint::test::left"), 37, 37);
  const auto moved = to_space(space, pixels);
  curvature_from_compact_products(space, compact, moved, mapping, right, workspace);
  curvature_from_compact_products(space, compact, moved, mapping, left, workspace);
  // A symmetric matrix reads the same in both layouts.
  EXPECT_EQ(list_of(space, right),
            list_of(space, Kokkos::View<T**, Kokkos::LayoutRight, typename Space::memory_space,
                                        Kokkos::MemoryUnmanaged>(left.data(), 37, 37)));
}

TEST(CurvatureRefusals, WrongShapes) {
  using Space = Kokkos::DefaultExecutionSpace;
  using Memory = typename Space::memory_space;
  const Space space;
  const auto pixels = to_space(space, masks()[4]);
  const auto mapping = make_mapping(space, pixels.size(), 5, 3);
  const auto matrix = [&](std::size_t rows, std::size_t columns) {
    return allocate<Matrix<double, Memory>>(space, "glint::test::matrix", rows, columns);
  };
  const auto curvature = matrix(5, 5), compact = matrix(17, 33);
  WCurvatureWorkspace<Space> workspace;
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  EXPECT_EQ(sentence([&] {
              curvature_from_compact_products(space, matrix(17, 34), pixels, mapping, curvature,
                                              workspace);
            }),
            "curvature_from_compact_products: compact has shape (17, 34) where (17, 33) is needed");
  EXPECT_EQ(sentence([&] {
              curvature_from_compact_pairs(space, compact, pixels, mapping, matrix(5, 4),
                                           workspace);
            }),
            "curvature_from_compact_pairs: curvature has shape (5, 4) where (5, 5) is needed");
  EXPECT_EQ(sentence([&] {
              curvature_from_preload(space, compact, pixels, mapping, curvature, workspace);
            }),
            "curvature_from_preload: preload has shape (17, 33) where (34, 34) is needed");
  EXPECT_EQ(
      sentence([&] { omega(space, compact, pixels, make_mapping(space, 7, 5, 3), matrix(7, 5)); }),
      concat("omega: the mapping is for 7 image pixels, but there are ", pixels.size()));
  EXPECT_EQ(
      sentence([&] { curvature_from_w(space, matrix(7, 7), mapping, curvature, {}, workspace); }),
      concat("curvature_from_w: w has shape (7, 7) where (", pixels.size(), ", ", pixels.size(),
             ") is needed"));
  EXPECT_EQ(w_curvature_name(WCurvature::dense), "dense");
  EXPECT_EQ(w_curvature_name(WCurvature::sparse), "sparse");
  EXPECT_EQ(w_curvature_name(WCurvature::products), "products");
}

}  // namespace
}  // namespace glint
