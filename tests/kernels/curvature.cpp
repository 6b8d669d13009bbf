// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>

#include <glint/curvature.hpp>
#include <limits>

#include "reference/curvature_oracle.hpp"
#include "support/inversions.hpp"
#include "support/spaces.hpp"

namespace glint::test {
namespace {

template <class Case>
class Curvature : public ::testing::Test {
 public:
  using Space = typename Case::space;
  using T = typename Case::value;
  using Memory = typename Space::memory_space;
  using Mapping = SparseMapping<Kokkos::HostSpace, T>;

  /// Largest error over the largest entry; NaN counts as infinite.
  template <class Layout>
  double error_of(const SkyPixels<>& pixels, const Matrix<double>& kernel,
                  const Matrix<double>& hankel, const Mapping& mapping, Triangle triangle,
                  CurvaturePlan<Space, T>& plan) {
    const std::size_t s = mapping.sources;
    const auto there = to_space(space_, mapping);
    const auto compact = on_device(kernel);
    Kokkos::View<T**, Layout, Memory> curvature(
        Kokkos::view_alloc("glint::test::curvature", space_), s, s);
    fill(space_, curvature, std::numeric_limits<T>::quiet_NaN());
    if (hankel.extent(0) != 0)
      plan.execute(space_, compact, on_device(hankel), there, curvature, triangle);
    else
      plan.execute(space_, compact, there, curvature, triangle);
    const auto host = Kokkos::create_mirror_view(curvature);
    copy(space_, host, curvature);
    compat::fence(space_, "glint::test::curvature");
    const auto wanted = curvature_oracle(pixels, kernel, hankel, mapping);
    long double worst = 0.0L, largest = 1e-300L;
    for (std::size_t a = 0; a < s; ++a)
      for (std::size_t b = 0; b < s; ++b) {
        if (triangle == Triangle::lower && b > a) continue;
        if (triangle == Triangle::upper && b < a) continue;
        const long double error = std::abs(host(a, b) - wanted[a * s + b]);
        worst = error <= worst ? worst : error;
        if (std::isnan(error)) return std::numeric_limits<double>::infinity();
        largest = std::max(largest, std::abs(wanted[a * s + b]));
      }
    return static_cast<double>(worst / largest);
  }

  Matrix<double, Memory> on_device(const Matrix<double>& source) {
    const auto target = allocate<Matrix<double, Memory>>(space_, "glint::test::kernel",
                                                         source.extent(0), source.extent(1));
    copy(space_, target, source);
    return target;
  }

  /// Both with and without a Hankel part, whole and lower, by one plan.
  void expect_right(const SkyPixels<>& pixels, std::size_t sources, std::size_t width,
                    unsigned seed) {
    SCOPED_TRACE(concat(pixels.size(), " pixels of ", pixels.grid.ny, " x ", pixels.grid.nx,
                        ", S = ", sources, ", B = ", width));
    const auto mapping = random_mapping<T>(pixels.size(), sources, width, seed);
    const auto kernel = random_kernel(pixels.grid, seed + 1);
    const auto hankel = random_kernel(pixels.grid, seed + 2);
    CurvaturePlan<Space, T> plan(space_, to_space(space_, pixels), sources, width);
    const double limit = 64 * std::numeric_limits<T>::epsilon();
    using Kokkos::LayoutLeft;
    using Kokkos::LayoutRight;
    const Matrix<double> none;
    EXPECT_LE(error_of<LayoutRight>(pixels, kernel, none, mapping, Triangle::both, plan), limit);
    EXPECT_LE(error_of<LayoutLeft>(pixels, kernel, hankel, mapping, Triangle::both, plan), limit);
    EXPECT_LE(error_of<LayoutRight>(pixels, kernel, hankel, mapping, Triangle::lower, plan), limit);
    EXPECT_LE(error_of<LayoutLeft>(pixels, kernel, none, mapping, Triangle::lower, plan), limit);
    EXPECT_LE(error_of<LayoutRight>(pixels, kernel, none, mapping, Triangle::upper, plan), limit);
    EXPECT_LE(error_of<LayoutLeft>(pixels, kernel, hankel, mapping, Triangle::upper, plan), limit);
    // Another mapping by the same plan.
    const auto other = random_mapping<T>(pixels.size(), sources, width, seed + 7);
    EXPECT_LE(error_of<LayoutRight>(pixels, kernel, none, other, Triangle::both, plan), limit);
  }

  Space space_;
};
TYPED_TEST_SUITE(Curvature, SpacesAndPrecisions, CaseName);

SkyPixels<> circle(std::size_t side) {
  const double middle = 0.5 * (static_cast<double>(side) - 1.0), r2 = 0.25 * side * side;
  return pixels_where({side, side, 0.1}, [=](int i, int j) {
    return (i - middle) * (i - middle) + (j - middle) * (j - middle) <= r2;
  });
}

TYPED_TEST(Curvature, OneAndTwoPixelsByHand) {
  using T = typename TestFixture::T;
  const auto one = pixels_where({1, 1, 0.1}, [](int, int) { return true; });
  CurvaturePlan<typename TestFixture::Space, T> plan(this->space_, to_space(this->space_, one), 1,
                                                     1);
  auto mapping = random_mapping<T>(1, 1, 1, 1);
  mapping.offsets(1) = 1;
  mapping.columns(0) = 0;
  mapping.values(0) = T(0.5);
  Matrix<double> kernel("glint::test::kernel", 1, 1);
  kernel(0, 0) = 3.0;
  Matrix<T, typename TestFixture::Memory> result("glint::test::result", 1, 1);
  plan.execute(this->space_, this->on_device(kernel), to_space(this->space_, mapping), result);
  T value;
  compat::fence(this->space_, "glint::test::result");
  Kokkos::deep_copy(value, Kokkos::subview(result, 0, 0));
  EXPECT_EQ(value, T(0.75));

  // Two pixels in a column, one source each: F is W itself.
  const auto two = pixels_where({2, 1, 0.1}, [](int, int) { return true; });
  CurvaturePlan<typename TestFixture::Space, T> pair(this->space_, to_space(this->space_, two), 2,
                                                     1);
  SparseMapping<Kokkos::HostSpace, T> identity = random_mapping<T>(2, 2, 1, 1);
  for (int m = 0; m < 2; ++m) {
    identity.offsets(m + 1) = m + 1;
    identity.columns(m) = m;
    identity.values(m) = T(1);
  }
  Matrix<double> column("glint::test::kernel", 2, 1);
  column(0, 0) = 3.0;
  column(1, 0) = -2.0;
  Matrix<T, typename TestFixture::Memory> w("glint::test::result", 2, 2);
  pair.execute(this->space_, this->on_device(column), to_space(this->space_, identity), w);
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), w);
  EXPECT_EQ(host(0, 0), T(3));
  EXPECT_EQ(host(1, 1), T(3));
  EXPECT_EQ(host(0, 1), T(-2));
  EXPECT_EQ(host(1, 0), T(-2));
}

TYPED_TEST(Curvature, IsTheDefinitionForAnyWidth) {
  for (const std::size_t width : {1, 3, 5}) {
    this->expect_right(circle(12), 37, width, 10);
    this->expect_right(circle(13), 33, width, 20);
  }
  this->expect_right(circle(15), 64, 4, 30);
  this->expect_right(circle(20), 310, 300, 40);
}

TYPED_TEST(Curvature, IsTheDefinitionForAnyNumberOfSources) {
  for (const std::size_t sources : {1, 2, 7, 8, 31, 32, 65})
    this->expect_right(circle(9), sources, 3, 50 + static_cast<unsigned>(sources));
  this->expect_right(circle(17), 227, 3, 60);
}

TYPED_TEST(Curvature, IsTheDefinitionForAnyMask) {
  const auto expect = [&](const SkyGrid& grid, const auto& keep) {
    this->expect_right(pixels_where(grid, keep), 11, 3, 70);
  };
  expect({5, 40, 0.1}, [](int i, int) { return i == 3; });                       // one row
  expect({40, 5, 0.1}, [](int, int j) { return j == 2; });                       // one column
  expect({23, 31, 0.1}, [](int i, int j) { return i == 20 && j == 30; });        // one pixel
  expect({19, 27, 0.1}, [](int i, int j) { return i > 4 && i < 9 && j > 20; });  // a corner
  expect({24, 24, 0.1}, [](int i, int j) {                                       // a ring
    const double r = std::hypot(i - 11.5, j - 11.5);
    return r > 6 && r < 11;
  });
  expect({30, 50, 0.1}, [](int i, int j) {  // islands
    return std::hypot(i - 5.0, j - 6.0) < 4 || std::hypot(i - 22.0, j - 41.0) < 5;
  });
  expect({18, 18, 0.1}, [](int i, int j) { return (i + j) % 2 == 0; });  // no neighbours
  expect({16, 33, 0.1}, [](int, int) { return true; });                  // the whole frame
}

TYPED_TEST(Curvature, KeepsItsPromiseOfMemory) {
  using T = typename TestFixture::T;
  const auto pixels = to_space(this->space_, circle(40));
  const CurvaturePlan<typename TestFixture::Space, T> plan(this->space_, pixels, 500, 3);
  const std::size_t h = 40, m = pixels.size(), s = 500, b = 3, e = sizeof(T);
  EXPECT_LE(plan.bytes(), e * ((h + 24) * (2 * h + 40) + (s + 32) * (s + 32)) +
                              (28 + 4 * e) * m * b + 32 * (m + s));
}

TYPED_TEST(Curvature, RefusesWhatDoesNotFit) {
  using T = typename TestFixture::T;
  using Plan = CurvaturePlan<typename TestFixture::Space, T>;
  const auto refused = [](const auto& call, const std::string& words) {
    try {
      call();
      ADD_FAILURE() << "nothing was refused where '" << words << "' was expected";
    } catch (const Error& error) {
      EXPECT_THAT(error.sentence(), ::testing::HasSubstr(words));
    }
  };
  const auto pixels = circle(6);
  const auto there = to_space(this->space_, pixels);
  refused(
      [&] {
        Plan(this->space_,
             to_space(this->space_, pixels_where({3, 3, 0.1}, [](int, int) { return false; })), 1,
             1);
      },
      "there is no image pixel");
  refused([&] { Plan(this->space_, there, 0, 3); }, "there must be source pixels, not 0");
  auto outside = circle(6);
  outside.row(31) = 6;
  refused([&] { Plan(this->space_, to_space(this->space_, outside), 5, 3); },
          "pixel 31 at row 6, column 4 lies outside the frame of 6 x 6");
  auto swapped = circle(6);
  std::swap(swapped.column(1), swapped.column(0));
  refused([&] { Plan(this->space_, to_space(this->space_, swapped), 5, 3); },
          "pixel 1 does not follow pixel 0 in row-major order");

  Plan plan(this->space_, there, 5, 2);
  const auto kernel = this->on_device(random_kernel(pixels.grid, 1));
  const auto wrong = this->on_device(random_kernel({6, 7, 0.1}, 1));
  Matrix<T, typename TestFixture::Memory> result("glint::test::result", 5, 5);
  const auto mapping = [&](std::size_t m, std::size_t s, std::size_t b) {
    return to_space(this->space_, random_mapping<T>(m, s, b, 1));
  };
  refused([&] { plan.execute(this->space_, wrong, mapping(32, 5, 2), result); },
          "compact has shape (6, 13) where (6, 11) is needed");
  refused([&] { plan.execute(this->space_, kernel, wrong, mapping(32, 5, 2), result); },
          "hankel has shape (6, 13)");
  refused([&] { plan.execute(this->space_, kernel, mapping(32, 4, 2), result); },
          "the mapping is for 32 image and 4 source pixels, the plan for 32 and 5");
  refused([&] { plan.execute(this->space_, kernel, mapping(32, 5, 3), result); },
          "up to 3 source pixels per image pixel, the plan is for 2");
  const auto narrow = Kokkos::subview(result, Kokkos::ALL, std::pair<int, int>(0, 4));
  refused([&] { plan.execute(this->space_, kernel, mapping(32, 5, 2), narrow); },
          "curvature has shape (5, 4) where (5, 5) is needed");
}

}  // namespace
}  // namespace glint::test
