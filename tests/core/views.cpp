// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/execution.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/views.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class Case>
class Views : public testing::Test {};
TYPED_TEST_SUITE(Views, test::Spaces, test::CaseName);

TYPED_TEST(Views, StridedOutputSeesAnyLayoutWithoutACopy) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  const Kokkos::View<double**, Kokkos::LayoutLeft, Memory> left("glint::test::left", 3, 5);
  const Matrix<double, Memory> big("glint::test::big", 8, 10);
  const auto part = Kokkos::subview(big, std::pair<int, int>(1, 4), std::pair<int, int>(2, 7));

  const auto left_out = strided_output<Space>(left);
  const auto part_out = strided_output<Space>(part);
  const auto plane = impl::as_single_plane<Space>(left);

  EXPECT_EQ(left_out.data(), left.data());
  EXPECT_EQ(&left_out(2, 4) - left_out.data(), 2 + 3 * 4);
  EXPECT_EQ(&part_out(2, 4) - big.data(), (1 + 2) * 10 + (2 + 4));
  EXPECT_EQ(plane.extent(0), 1u);
  EXPECT_EQ(&plane(0, 2, 4), &left_out(2, 4));
}

TYPED_TEST(Views, FillAndCopyUseTheInstance) {
  const typename TypeParam::space space;
  const auto values = allocate<Vector<double, typename TypeParam::space::memory_space>>(
      space, "glint::test::values", 7);
  fill(space, values, 2.5);
  const Vector<double> host("glint::test::host", 7);
  copy(space, host, values);
  compat::fence(space, "glint::test::fence");
  for (int k = 0; k < 7; ++k) EXPECT_EQ(host(k), 2.5);
}

TEST(PixelGrid, CoordinatesAreRelativeToTheImageCentre) {
  const PixelGrid odd{3, 5};
  EXPECT_EQ(odd.y_centre(1), 0.0);
  EXPECT_EQ(odd.x_centre(0), -2.0);
  const PixelGrid even{2, 4};
  EXPECT_EQ(even.y_centre(1), 0.5);
  EXPECT_EQ(even.x_centre(0), -1.5);
}

TEST(PixelGrid, RefusesEmptyAndEnormousSides) {
  EXPECT_NO_THROW(validate(PixelGrid{1, 1}));
  EXPECT_THROW(validate(PixelGrid{0, 4}), Error);
  EXPECT_THROW(validate(PixelGrid{4, 0}), Error);
  EXPECT_THROW(validate(PixelGrid{4, std::size_t(1) << 40}), Error);
}

}  // namespace
}  // namespace glint
