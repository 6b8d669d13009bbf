// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <glint/impl/turns.hpp>
#include <glint/predict_visibilities.hpp>
#include <random>
#include <support/near.hpp>
#include <support/predictions.hpp>
#include <support/spaces.hpp>
#include <vector>

namespace glint {
namespace {

using Problem = test::Prediction;
using test::Real;
using test::two_pi;

template <class C>
struct PredictVisibilities : testing::Test {
  using Space = typename C::space;
  using List = Vector<double, typename Space::memory_space>;
  Space space;
  PredictWorkspace<Space> workspace;

  std::pair<std::vector<double>, std::vector<double>> predict(const Problem& problem) {
    const auto put = [&](const std::vector<double>& values) {
      return upload(space, "glint::test::values", values);
    };
    const List re = put(std::vector<double>(problem.u.size(), constants::nan));
    const List im = put(std::vector<double>(problem.u.size(), constants::nan));
    predict_visibilities(space, to_space(space, problem.pixels), put(problem.image), put(problem.u),
                         put(problem.v), re, im, workspace);
    compat::fence(space, "glint::test::predict");
    return {host(re), host(im)};
  }

  static std::vector<double> host(const List& list) {
    const auto copy = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), list);
    return {copy.data(), copy.data() + copy.extent(0)};
  }

  /// To 1e-15 of the sum of |image|, ten times below what is promised; `every` leaves some out.
  void compare(const Problem& problem, std::size_t every = 1) {
    const auto [re, im] = predict(problem);
    test::Worst worst(1e-15, problem.total);
    for (std::size_t k = 0; k < problem.u.size(); k += every) {
      const auto [wanted_re, wanted_im] = problem.visibility(k);
      const std::string where =
          concat(problem.pixels.grid.ny, " x ", problem.pixels.grid.nx, " visibility ", k);
      worst.compare(re[k], static_cast<double>(wanted_re), where + " re");
      worst.compare(im[k], static_cast<double>(wanted_im), where + " im");
    }
    EXPECT_TRUE(worst.result());
  }
};

TYPED_TEST_SUITE(PredictVisibilities, test::Spaces, test::CaseName);

TYPED_TEST(PredictVisibilities, KnownByHand) {
  Problem one(1, 1, 5, 1e7);
  one.image = {2.5};
  EXPECT_EQ(this->predict(one).first, std::vector<double>(5, 2.5));
  EXPECT_EQ(this->predict(one).second, std::vector<double>(5, 0.0));

  // Right minus left of two pixels half a step off the axis, u of a quarter turn a step: the phases
  // are -+ pi/4.
  Problem two(1, 2, 1, 1.0);
  two.image = {0.0, 1.0};
  two.u = {0.25 / two.pixels.grid.step()};
  auto [re, im] = this->predict(two);
  EXPECT_NEAR(re[0], std::sqrt(0.5), 1e-15);
  EXPECT_NEAR(im[0], -std::sqrt(0.5), 1e-15);

  // Row 0 is at the top, so y is positive there.
  Problem above(2, 1, 1, 1.0);
  above.image = {1.0, 0.0};
  above.v = {0.25 / above.pixels.grid.step()};
  std::tie(re, im) = this->predict(above);
  EXPECT_NEAR(re[0], std::sqrt(0.5), 1e-15);
  EXPECT_NEAR(im[0], -std::sqrt(0.5), 1e-15);
}

TYPED_TEST(PredictVisibilities, AgreeWithTheDefinition) {
  for (const std::size_t count : {0, 1, 15, 16, 17, 33, 100}) {
    this->workspace = {};
    if (count) this->compare(Problem(11, 12, count, 2e6));
    EXPECT_EQ(this->predict(Problem(3, 4, count, 2e6)).first.size(), count);
  }
  const std::pair<std::size_t, std::size_t> sides[] = {
      {1, 7}, {5, 1}, {2, 2}, {30, 30}, {31, 17}, {16, 61}, {64, 33}, {127, 130}, {130, 129}};
  for (const auto& [ny, nx] : sides) this->compare(Problem(ny, nx, 40, 2e6));
  this->compare(Problem(64, 64, 50, 0.0));
  this->compare(Problem(40, 40, 50, 1.0));
}

/// Phases of a thousand turns at the edges of a frame.
TYPED_TEST(PredictVisibilities, KeepTheirDigitsOnLongBaselines) {
  this->compare(Problem(700, 700, 6, 1e7, 0.1));
  this->compare(Problem(701, 699, 6, 1e7, 0.1));
  this->compare(Problem(30, 31, 20, 1e9));
}

TYPED_TEST(PredictVisibilities, TakeAnyLayout) {
  const Problem problem(9, 8, 21, 1e6);
  const auto plain = this->predict(problem);
  using Table = Kokkos::View<double**, Kokkos::LayoutRight,
                             typename PredictVisibilities<TypeParam>::Space::memory_space>;
  const auto table = allocate<Table>(this->space, "glint::test::table", 21, 5);
  const auto column = [&](int c) { return Kokkos::subview(table, Kokkos::ALL(), c); };
  const auto fill_column = [&](int c, const std::vector<double>& values) {
    const auto mirror = Kokkos::create_mirror_view(table);
    Kokkos::deep_copy(mirror, table);
    for (std::size_t k = 0; k < values.size(); ++k) mirror(k, c) = values[k];
    Kokkos::deep_copy(table, mirror);
  };
  fill_column(0, problem.u);
  fill_column(3, problem.v);
  const auto image = upload(this->space, "glint::test::image", problem.image);
  predict_visibilities(this->space, to_space(this->space, problem.pixels), image, column(0),
                       column(3), column(1), column(4));
  compat::fence(this->space, "glint::test::predict");
  const auto got = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), table);
  for (std::size_t k = 0; k < 21; ++k) {
    EXPECT_EQ(got(k, 1), plain.first[k]);
    EXPECT_EQ(got(k, 4), plain.second[k]);
  }
}

TYPED_TEST(PredictVisibilities, RefuseWrongShapes) {
  Problem problem(3, 4, 5, 1.0);
  problem.v.pop_back();
  try {
    this->predict(problem);
    ADD_FAILURE() << "v is too short";
  } catch (const Error& error) {
    EXPECT_EQ(error.sentence(), "predict_visibilities: v has shape (4) where (5) is needed");
  }
  problem = Problem(3, 4, 5, 1.0);
  problem.image.push_back(1.0);
  EXPECT_THROW(this->predict(problem), Error);
}

/// Folded products, their multiples and their cosines, against extended precision.
TEST(Turns, FoldExactly) {
  std::mt19937_64 engine(1);
  const auto uniform = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
  test::Worst folded(6e-17, 1.0), waves(2.3e-16, 1.0);
  for (int i = 0; i < 20000; ++i) {
    const double a = uniform() * 1e-6, b = (uniform() - 0.5) * 1e9;
    const double n = std::floor(uniform() * 65536.0);
    const impl::Turns turns = impl::turns_of_product(a, b);
    const double multiple = impl::multiple_of(turns, n);
    // a b in two parts; n in two, so that an extended number holds each product.
    const double high = a * b, low = std::fma(a, b, -high);
    const auto fold = [](Real x) { return x - std::round(x); };
    const double upper = std::floor(n / 256.0), lower = n - 256.0 * upper;
    const Real fraction = fold(high);
    Real difference = fold(256.0L * fold(upper * fraction)) + fold(lower * fraction);
    difference = (difference - multiple) + n * Real(low);
    difference -= std::round(difference);
    folded.compare(static_cast<double>(difference), 0.0, concat(a, " * ", b, " * ", n));
    double cosine, sine;
    impl::cosine_and_sine(multiple, cosine, sine);
    waves.compare(cosine, static_cast<double>(std::cos(two_pi * multiple)), concat(multiple));
    waves.compare(sine, static_cast<double>(std::sin(two_pi * multiple)), concat(multiple));
  }
  EXPECT_TRUE(folded.result());
  EXPECT_TRUE(waves.result());
}

TEST(Turns, QuarterTurnsAreExact) {
  const double wanted[5][2] = {{-1.0, 0.0}, {0.0, -1.0}, {1.0, 0.0}, {0.0, 1.0}, {-1.0, 0.0}};
  for (int k = -2; k <= 2; ++k) {
    double cosine, sine;
    impl::cosine_and_sine(0.25 * k, cosine, sine);
    EXPECT_EQ(cosine, wanted[k + 2][0]) << k;
    EXPECT_EQ(sine, wanted[k + 2][1]) << k;
  }
}

}  // namespace
}  // namespace glint
