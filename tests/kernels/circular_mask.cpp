// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/circular_mask.hpp>
#include <map>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <vector>

namespace glint {
namespace {

template <class C>
struct CircularMasks : testing::Test {
  using Space = typename C::space;
  using Memory = typename Space::memory_space;
  using Mask = Matrix<std::uint8_t, Memory>;
  Space space;

  Mask mask_of(const PixelGrid& grid, const YX& scales, double radius, const YX& centre = {}) {
    const auto mask = allocate<Mask>(space, "glint::test::mask", grid.ny, grid.nx);
    circular_mask(space, scales, radius, mask, centre);
    return mask;
  }

  std::vector<std::pair<int, int>> kept(const Mask& mask, double pixel_scale = 0.05) {
    const SkyPixels<Memory> pixels = unmasked_pixels(space, mask, pixel_scale);
    EXPECT_EQ(pixels.grid.ny, mask.extent(0));
    EXPECT_EQ(pixels.grid.nx, mask.extent(1));
    EXPECT_EQ(pixels.grid.pixel_scale, pixel_scale);
    const auto row = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), pixels.row);
    const auto column = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), pixels.column);
    std::vector<std::pair<int, int>> list;
    for (std::size_t m = 0; m < pixels.size(); ++m) list.emplace_back(row(m), column(m));
    return list;
  }

  std::string refusal(const YX& scales, double radius, const YX& centre = {}) {
    try {
      mask_of({3, 4}, scales, radius, centre);
    } catch (const Error& error) {
      return error.sentence();
    }
    return "";
  }
};

TYPED_TEST_SUITE(CircularMasks, test::Spaces, test::CaseName);

TYPED_TEST(CircularMasks, AgreeWithTheTables) {
  std::map<double, std::vector<std::vector<double>>> cases;
  for (const auto& line : test::golden("circular_masks.txt")) cases[line[0]].push_back(line);
  ASSERT_EQ(cases.size(), 6u);
  for (const auto& [number, lines] : cases) {
    SCOPED_TRACE(concat("case ", number));
    const auto& head = lines[0];
    const PixelGrid grid{static_cast<std::size_t>(head[1]), static_cast<std::size_t>(head[2])};
    const YX scales{head[3], head[4]}, centre{head[6], head[7]};
    const YX pixel = mask_centre(grid, scales, centre);
    EXPECT_NEAR(pixel.y, head[8], 1e-14 * static_cast<double>(grid.ny));
    EXPECT_NEAR(pixel.x, head[9], 1e-14 * static_cast<double>(grid.nx));
    std::vector<std::pair<int, int>> wanted;
    for (const auto& line : lines)
      for (int column = static_cast<int>(line[11]); column < static_cast<int>(line[12]); ++column)
        wanted.emplace_back(static_cast<int>(line[10]), column);
    const auto mask = this->mask_of(grid, scales, head[5], centre);
    if (wanted.empty())
      EXPECT_THROW(this->kept(mask), Error);
    else
      EXPECT_EQ(this->kept(mask), wanted);
  }
}

/// Centres of pixels on the circle, where rounding would decide without the stated slack.
TYPED_TEST(CircularMasks, KeepPixelsOnTheCircle) {
  EXPECT_EQ(this->kept(this->mask_of({21, 21}, {0.2, 0.2}, 1.0)).size(), 81u);
  EXPECT_EQ(this->kept(this->mask_of({41, 41}, {0.05, 0.05}, 0.65)).size(), 529u);
  EXPECT_EQ(this->kept(this->mask_of({5, 7}, {0.1, 0.1}, 0.0)),
            (std::vector<std::pair<int, int>>{{2, 3}}));
  // 3-4-5 triangles on pixels that are not square, off the middle of the frame.
  const auto mask = this->mask_of({15, 15}, {0.3, 0.4}, 1.5, {0.6, 0.8});
  const auto list = this->kept(mask);
  EXPECT_EQ(std::count(list.begin(), list.end(), std::make_pair(5 - 3, 9 - 3)), 1);
  EXPECT_EQ(std::count(list.begin(), list.end(), std::make_pair(5 + 3, 9 + 3)), 1);
  EXPECT_EQ(std::count(list.begin(), list.end(), std::make_pair(5 + 4, 9 + 3)), 0);
}

TYPED_TEST(CircularMasks, CountTheSizesOfTheExamples) {
  const std::vector<std::pair<std::size_t, std::size_t>> sizes{
      {1, 1}, {30, 716}, {64, 3228}, {128, 12892}, {140, 15380}, {300, 70688}};
  for (const auto& [n, wanted] : sizes)
    EXPECT_EQ(
        this->kept(this->mask_of({n, n}, {0.05, 0.05}, 0.025 * static_cast<double>(n))).size(),
        wanted)
        << n;
}

TYPED_TEST(CircularMasks, TakeAnyLayout) {
  using Left =
      Kokkos::View<std::uint8_t**, Kokkos::LayoutLeft, typename CircularMasks<TypeParam>::Memory>;
  const auto left = allocate<Left>(this->space, "glint::test::left", 9, 12);
  circular_mask(this->space, {0.1, 0.1}, 0.35, left, {0.2, -0.1});
  const auto right = this->mask_of({9, 12}, {0.1, 0.1}, 0.35, {0.2, -0.1});
  const auto pixels = unmasked_pixels(this->space, left, 0.1);
  EXPECT_EQ(pixels.size(), this->kept(right).size());
  const auto a = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), left);
  const auto b = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), right);
  for (std::size_t row = 0; row < 9; ++row)
    for (std::size_t column = 0; column < 12; ++column)
      EXPECT_EQ(a(row, column), b(row, column)) << row << ' ' << column;
}

TYPED_TEST(CircularMasks, RefuseNonsense) {
  EXPECT_EQ(this->refusal({0.1, 0.1}, -1.0),
            "circular_mask: the radius must be a number of arcseconds from 0 up, not -1");
  EXPECT_EQ(this->refusal({0.1, 0.1}, constants::nan),
            "circular_mask: the radius must be a number of arcseconds from 0 up, not nan");
  EXPECT_EQ(this->refusal({0.1, 0.0}, 1.0),
            "mask_centre: the pixel scales must be positive numbers of arcseconds, not 0.1 and 0");
  EXPECT_EQ(this->refusal({0.1, 0.1}, 1.0, {constants::infinity, 0.0}),
            "mask_centre: the centre must be two numbers of arcseconds, not inf and 0");
  const auto mask = this->mask_of({4, 6}, {0.1, 0.1}, 0.01);
  try {
    unmasked_pixels(this->space, mask, 0.1);
    ADD_FAILURE() << "an empty mask was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.sentence(), "the mask of 4 x 6 pixels keeps none of them");
  }
}

}  // namespace
}  // namespace glint
