// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/broadcast.hpp>
#include <glint/execution.hpp>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::sentence_of;
using testing::ElementsAre;

TEST(BroadcastShape, FollowsNumPysRule) {
  EXPECT_EQ(broadcast_shape({7, 1}, {7, 4}), (Shape{7, 4}));
  EXPECT_EQ(broadcast_shape({7}, {4, 7}), (Shape{4, 7}));
  EXPECT_EQ(broadcast_shape({1, 1, 1, 8}, {1, 9, 1}), (Shape{1, 1, 9, 8}));
  EXPECT_EQ(broadcast_shape({4, 1, 9}, {3, 1}), (Shape{4, 3, 9}));
  EXPECT_EQ(broadcast_shape({3, 1, 4}, {3, 4}), (Shape{3, 3, 4}));
  EXPECT_EQ(broadcast_shape({5, 9}, {9}), (Shape{5, 9}));
  EXPECT_EQ(broadcast_shape({5, 9}, {5, 1}), (Shape{5, 9}));
  EXPECT_EQ(broadcast_shape({4, 1}, {2, 1, 3}), (Shape{2, 4, 3}));
}

TEST(BroadcastShape, TakesAnyNumberOfShapes) {
  EXPECT_EQ(broadcast_shape({}), Shape());
  EXPECT_EQ(broadcast_shape({Shape{3, 2}}), (Shape{3, 2}));
  EXPECT_EQ(broadcast_shape({6, 7}, {5, 6, 1}, Shape{7}, Shape{5, 1, 7}), (Shape{5, 6, 7}));
  EXPECT_EQ(broadcast_shape(Shape{}, Shape{2}), (Shape{2}));
  EXPECT_EQ(broadcast_shape(Shape{}, Shape{}), Shape());
  // Nothing stretches to nothing.
  EXPECT_EQ(broadcast_shape({3, 1}, {1, 0}), (Shape{3, 0}));
}

TEST(BroadcastShape, NamesTheShapesThatDoNotFit) {
  EXPECT_EQ(
      sentence_of([] {
        broadcast_shape({3, 3}, {2, 3});
      }),
      "broadcast_shape: the shapes (3, 3) and (2, 3) do not fit: 3 meets 2 in axis 2 from the "
      "end");
  EXPECT_EQ(sentence_of([] {
              broadcast_shape({5, 9}, {5});
            }),
            "broadcast_shape: the shapes (5, 9) and (5) do not fit: 9 meets 5 in axis 1 from the "
            "end");
  EXPECT_EQ(
      sentence_of([] {
        broadcast_shape({1, 1}, {4, 1}, Shape{3, 1});
      }),
      "broadcast_shape: the shapes (4, 1) and (3, 1) do not fit: 4 meets 3 in axis 2 from the "
      "end");
  EXPECT_THAT(sentence_of([] { broadcast_shape({2}, {0}); }), testing::HasSubstr("(2) and (0)"));
}

template <class View>
std::vector<std::size_t> strides_of(const View& view) {
  std::vector<std::size_t> strides;
  for (int d = 0; d < static_cast<int>(compat::rank_v<View>); ++d)
    strides.push_back(static_cast<std::size_t>(view.stride(d)));
  return strides;
}

TEST(BroadcastView, ReadsStretchedAxesWithStrideZero) {
  double numbers[12] = {};
  const Kokkos::View<double**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> a(
      numbers, 4, 1);
  const Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> b(
      numbers + 4, 2, 1, 3);
  const Shape shape = broadcast_shape({4, 1}, {2, 1, 3});
  const auto wide_a = broadcast_view<3>(a, shape);
  const auto wide_b = broadcast_view<3>(b, shape);
  EXPECT_EQ(wide_a.data(), a.data());
  EXPECT_EQ(wide_b.data(), b.data());
  EXPECT_THAT(shape_of(wide_a), ElementsAre(2, 4, 3));
  EXPECT_THAT(shape_of(wide_b), ElementsAre(2, 4, 3));
  EXPECT_THAT(strides_of(wide_a), ElementsAre(0, 1, 0));
  EXPECT_THAT(strides_of(wide_b), ElementsAre(3, 0, 1));
}

TEST(BroadcastView, KeepsTheStridesOfItsSource) {
  double numbers[24] = {};
  const Kokkos::View<double**, Kokkos::LayoutLeft, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> a(
      numbers, 4, 6);
  const auto every_other =
      Kokkos::subview(a, std::make_pair(1, 3), Kokkos::ALL());  // rows 1 and 2, columns 4 apart
  const auto wide = broadcast_view<4>(every_other, {5, 1, 2, 6});
  EXPECT_EQ(wide.data(), numbers + 1);
  EXPECT_THAT(strides_of(wide), ElementsAre(0, 0, 1, 4));
}

TEST(BroadcastView, RefusesShapesItDoesNotStretchTo) {
  double numbers[8] = {};
  const Kokkos::View<double**, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> a(
      numbers, 4, 1);
  EXPECT_EQ(sentence_of([&] {
              broadcast_view<2>(a, {3, 5});
            }),
            "broadcast_view: a View of shape (4, 1) does not stretch to (3, 5)");
  EXPECT_EQ(sentence_of([&] {
              broadcast_view<3>(a, {4, 5});
            }),
            "broadcast_view: the shape (4, 5) has 2 extents where 3 are needed");
}

/// out(i, j, k) = a(i, j, k) + 10 b(i, j, k) on a device.
template <class Space>
struct AddWide {
  using Memory = typename Space::memory_space;
  BroadcastView<Matrix<double, Memory>, 3> a;
  BroadcastView<Vector<double, Memory>, 3> b;
  Matrix<double, Memory> out;
  KOKKOS_FUNCTION void operator()(std::size_t n) const {
    const std::size_t i = n / 6, j = n / 3 % 2, k = n % 3;
    out(i, 3 * j + k) = a(i, j, k) + 10.0 * b(i, j, k);
  }
};

template <class Case>
class Broadcast : public testing::Test {};
TYPED_TEST_SUITE(Broadcast, test::Spaces, test::CaseName);

TYPED_TEST(Broadcast, KernelsReadTheSameElementMoreThanOnce) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto a = test::matrix_of<double>(space, 2, 1, {1, 2});
  const auto b = test::vector_of<double>(space, {3, 4, 5});
  const Shape shape = broadcast_shape({2, 1}, {3}, Shape{4, 1, 1});
  ASSERT_EQ(shape, (Shape{4, 2, 3}));
  const auto out = test::matrix_of<double>(space, 4, 6, std::vector<double>(24, 0.0));
  Kokkos::parallel_for(
      "glint::test::broadcast", range(space, 24),
      AddWide<Space>{broadcast_view<3>(a, shape), broadcast_view<3>(b, shape), out});
  const std::vector<double> got = test::list_of(space, out);
  for (std::size_t n = 0; n < 24; ++n)
    EXPECT_EQ(got[n], (n / 3 % 2 == 0 ? 1.0 : 2.0) + 10.0 * (3.0 + static_cast<double>(n % 3)));
}

}  // namespace
}  // namespace glint
