// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/w_compact.hpp>
#include <glint/w_tilde.hpp>
#include <reference/visibility_oracle.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

namespace glint {
namespace {

template <class Space>
struct Setting {
  using Memory = typename Space::memory_space;
  using Array = Matrix<double, Memory>;

  Space space;
  SkyPixels<> host;
  SkyPixels<Memory> pixels;
  UvData<> data;
  Vector<double, Memory> u, v, toeplitz, hankel;
  double total = 0.0;

  Setting(const SkyPixels<>& kept, std::size_t count, double longest, bool equal = false)
      : host(kept), data(test::random_visibilities(count, longest, equal)) {
    pixels = to_space(space, host);
    u = test::to_device(space, test::numbers_of(data.u));
    v = test::to_device(space, test::numbers_of(data.v));
    std::vector<double> a, h;
    for (std::size_t k = 0; k < count; ++k) {
      const double re = 1.0 / (data.noise_re(k) * data.noise_re(k));
      const double im = 1.0 / (data.noise_im(k) * data.noise_im(k));
      a.push_back(0.5 * (re + im)), h.push_back(0.5 * (re - im));
      total += a.back() + std::abs(h.back());
    }
    toeplitz = test::to_device(space, a), hankel = test::to_device(space, h);
  }

  Array array(std::size_t rows, std::size_t columns) const {
    const auto view = allocate<Array>(space, "glint::test::array", rows, columns);
    fill(space, view, constants::nan);
    return view;
  }
  Array kernel(const Vector<double, Memory>& weights) const {
    const auto compact = array(host.grid.ny, 2 * host.grid.nx - 1);
    w_compact(space, host.grid, u, v, weights, compact);
    return compact;
  }
  Array square() const { return array(host.size(), host.size()); }
};

std::vector<SkyPixels<>> frames() {
  return {test::all_pixels({1, 1, 0.05}), test::all_pixels({1, 7, 0.05}),
          test::all_pixels({6, 1, 0.05}), test::island_pixels({9, 12, 0.05}),
          test::island_pixels({13, 8, 0.05})};
}

void expect_same(const std::vector<double>& got, const std::vector<double>& wanted, double total,
                 const char* what) {
  ASSERT_EQ(got.size(), wanted.size());
  test::Worst worst(2e-15, total);
  for (std::size_t k = 0; k < got.size(); ++k) worst.compare(got[k], wanted[k], concat(k));
  EXPECT_TRUE(worst.result()) << what;
}

template <class Case>
class WTilde : public testing::Test {};
TYPED_TEST_SUITE(WTilde, test::Spaces, test::CaseName);

TYPED_TEST(WTilde, AllRoutesGiveTheDefinitionsMatrix) {
  using Space = typename TypeParam::space;
  for (const SkyPixels<>& kept : frames()) {
    const Setting<Space> all(kept, 90, 4e6, true);
    const SkyGrid& grid = kept.grid;
    const auto w = all.square(), expanded = all.square(), unfolded = all.square();
    w_tilde(all.space, all.pixels, all.u, all.v, all.toeplitz, w);
    const auto compact = all.kernel(all.toeplitz);
    const auto preload = all.array(2 * grid.ny, 2 * grid.nx);
    w_preload(all.space, grid, compact, preload);
    w_tilde_from_compact(all.space, compact, all.pixels, expanded);
    w_tilde_from_preload(all.space, preload, all.pixels, unfolded);
    std::vector<double> wanted;
    for (std::size_t i = 0; i < kept.size(); ++i)
      for (std::size_t j = 0; j < kept.size(); ++j)
        wanted.push_back(static_cast<double>(oracle::precision(
            grid, all.data, kept.row(i), kept.column(i), kept.row(j), kept.column(j))));
    expect_same(test::matrix_numbers(all.space, w), wanted, all.total, "w_tilde");
    expect_same(test::matrix_numbers(all.space, expanded), wanted, all.total, "from compact");
    expect_same(test::matrix_numbers(all.space, unfolded), wanted, all.total, "from preload");
  }
}

TYPED_TEST(WTilde, UnequalNoiseAddsAHankelMatrix) {
  using Space = typename TypeParam::space;
  for (const SkyPixels<>& kept : frames()) {
    const Setting<Space> all(kept, 90, 4e6);
    const auto w = all.square();
    w_tilde_from_compact(all.space, all.kernel(all.toeplitz), all.pixels, w);
    add_hankel(all.space, all.kernel(all.hankel), all.pixels, w);
    std::vector<double> wanted;
    for (std::size_t i = 0; i < kept.size(); ++i)
      for (std::size_t j = 0; j < kept.size(); ++j)
        wanted.push_back(static_cast<double>(oracle::precision(
            kept.grid, all.data, kept.row(i), kept.column(i), kept.row(j), kept.column(j))));
    expect_same(test::matrix_numbers(all.space, w), wanted, all.total, "with Hankel part");
  }
}

TYPED_TEST(WTilde, IsSymmetricToTheLastBitAndToeplitz) {
  using Space = typename TypeParam::space;
  const SkyPixels<> kept = test::all_pixels({5, 6, 0.05});
  const Setting<Space> all(kept, 90, 4e6);
  for (const bool by_definition : {true, false}) {
    const auto w = all.square();
    if (by_definition)
      w_tilde(all.space, all.pixels, all.u, all.v, all.toeplitz, w);
    else
      w_tilde_from_compact(all.space, all.kernel(all.toeplitz), all.pixels, w);
    const auto numbers = test::matrix_numbers(all.space, w);
    const std::size_t m = kept.size();
    test::Worst worst(2e-15, all.total);
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < m; ++j) {
        EXPECT_EQ(numbers[i * m + j], numbers[j * m + i]) << i << ", " << j;
        // One row and one column on, where there is a pixel.
        if (kept.row(i) == 4 || kept.row(j) == 4 || kept.column(i) == 5 || kept.column(j) == 5)
          continue;
        worst.compare(numbers[(i + 7) * m + j + 7], numbers[i * m + j], concat(i, ", ", j));
      }
    EXPECT_TRUE(worst.result());
    for (std::size_t i = 0; i < m; ++i) EXPECT_NEAR(numbers[i * m + i] / numbers[0], 1.0, 1e-14);
  }
}

TYPED_TEST(WTilde, LargerThanTheCachesOrOfAnyStridesHoldsTheKernel) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  for (const SkyPixels<>& kept :
       {test::all_pixels({47, 46, 0.05}), test::island_pixels({61, 53, 0.05})}) {
    const Setting<Space> all(kept, 3, 4e6, true);
    const SkyGrid& grid = kept.grid;
    const auto compact = all.kernel(all.toeplitz), preload = all.array(2 * grid.ny, 2 * grid.nx);
    w_preload(all.space, grid, compact, preload);
    const std::size_t m = kept.size(), width = 2 * grid.nx - 1;
    const auto from_compact = all.square(), from_preload = all.square();
    w_tilde_from_compact(all.space, compact, all.pixels, from_compact);
    w_tilde_from_preload(all.space, preload, all.pixels, from_preload);
    const auto turned = allocate<Kokkos::View<double**, Kokkos::LayoutLeft, Memory>>(
        all.space, "glint::test::turned", m, m);
    w_tilde_from_compact(all.space, compact, all.pixels, turned);
    const auto copy_of_turned = all.square();
    copy(all.space, copy_of_turned, turned);

    const auto kernel = test::matrix_numbers(all.space, compact);
    const auto first = test::matrix_numbers(all.space, from_compact),
               second = test::matrix_numbers(all.space, from_preload),
               third = test::matrix_numbers(all.space, copy_of_turned);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < m; ++j) {
        int rows = kept.row(i) - kept.row(j), columns = kept.column(i) - kept.column(j);
        if (rows < 0) rows = -rows, columns = -columns;
        const double wanted =
            kernel[static_cast<std::size_t>(rows) * width +
                   static_cast<std::size_t>(columns + static_cast<int>(grid.nx) - 1)];
        wrong +=
            first[i * m + j] != wanted || second[i * m + j] != wanted || third[i * m + j] != wanted;
      }
    EXPECT_EQ(wrong, 0u) << "of " << m << " pixels";
  }
}

TYPED_TEST(WTilde, LayoutsOfTheKernelHoldTheSame) {
  using Space = typename TypeParam::space;
  for (const SkyPixels<>& kept : frames()) {
    const Setting<Space> all(kept, 20, 4e6);
    const SkyGrid& grid = kept.grid;
    const auto compact = all.kernel(all.toeplitz);
    const auto preload = all.array(2 * grid.ny, 2 * grid.nx);
    const auto back = all.array(grid.ny, 2 * grid.nx - 1);
    w_preload(all.space, grid, compact, preload);
    compact_from_preload(all.space, grid, preload, back);
    EXPECT_EQ(test::matrix_numbers(all.space, compact), test::matrix_numbers(all.space, back));
    const auto numbers = test::matrix_numbers(all.space, preload);
    const std::size_t ny = 2 * grid.ny, nx = 2 * grid.nx;
    for (std::size_t row = 0; row < ny; ++row)
      for (std::size_t column = 0; column < nx; ++column) {
        const double value = numbers[row * nx + column];
        EXPECT_EQ(value, numbers[(ny - row) % ny * nx + (nx - column) % nx]);  // even
        if (row == grid.ny || column == grid.nx) {
          EXPECT_EQ(value, 0.0);
        }
      }
  }
}

/// Two pixels side by side and one baseline that turns by 60 degrees from one to the other.
TYPED_TEST(WTilde, OfTwoPixelsCanBeFoundByHand) {
  using Space = typename TypeParam::space;
  Setting<Space> all(test::all_pixels({1, 2, 0.05}), 1, 1.0);
  all.u = test::to_device(all.space, {1.0 / (6.0 * all.host.grid.step())});
  all.v = test::to_device(all.space, {123.0});
  all.toeplitz = test::to_device(all.space, {4.0});
  const auto w = all.square(), expanded = all.square();
  w_tilde(all.space, all.pixels, all.u, all.v, all.toeplitz, w);
  w_tilde_from_compact(all.space, all.kernel(all.toeplitz), all.pixels, expanded);
  const double wanted[] = {4.0, 2.0, 2.0, 4.0};
  for (int k = 0; k < 4; ++k) {
    EXPECT_NEAR(test::matrix_numbers(all.space, w)[k], wanted[k], 4e-15);
    EXPECT_NEAR(test::matrix_numbers(all.space, expanded)[k], wanted[k], 4e-15);
  }
}

TYPED_TEST(WTilde, WrongShapesAndTooManyPixelsAreRefused) {
  using Space = typename TypeParam::space;
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  const Setting<Space> all(test::all_pixels({3, 4, 0.05}), 5, 4e6);
  const auto compact = all.kernel(all.toeplitz);
  const auto w = all.square(), small = all.array(12, 11);
  EXPECT_EQ(sentence([&] { w_tilde(all.space, all.pixels, all.u, all.v, all.toeplitz, small); }),
            "w_tilde: w has shape (12, 11) where (12, 12) is needed");
  EXPECT_EQ(sentence([&] { w_tilde_from_compact(all.space, w, all.pixels, w); }),
            "w_tilde_from_compact: compact has shape (12, 12) where (3, 7) is needed");
  EXPECT_EQ(sentence([&] { w_tilde_from_preload(all.space, compact, all.pixels, w); }),
            "w_tilde_from_preload: preload has shape (3, 7) where (6, 8) is needed");
  EXPECT_EQ(sentence([&] { add_hankel(all.space, compact, all.pixels, small); }),
            "add_hankel: w has shape (12, 11) where (12, 12) is needed");
  const Setting<Space> large(test::all_pixels({91, 91, 0.05}), 1, 4e6);
  const auto sentence_of_large = sentence([&] {
    w_tilde_from_compact(large.space, large.kernel(large.toeplitz), large.pixels, small);
  });
  EXPECT_THAT(sentence_of_large, testing::HasSubstr("8281 x 8281 numbers is refused"));
}

}  // namespace
}  // namespace glint
