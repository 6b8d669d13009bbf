// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::assorted;
using test::make_catalogue;
using test::rendered;
using test::rendered_stack;
using test::Worst;

constexpr Integrator integrators[] = {Integrator::exact, Integrator::boundary, Integrator::centre};

RenderOptions by(Integrator integrator) {
  RenderOptions options;
  options.integrator = integrator;
  return options;
}

template <class Case>
class RenderShapes : public testing::Test {};
TYPED_TEST_SUITE(RenderShapes, test::SpacesAndPrecisions, test::CaseName);

/// A small frame must hold the same numbers as the middle of a large one, whatever tile they fall
/// in.
TYPED_TEST(RenderShapes, FramesOfEverySize) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid sizes[] = {{1, 1}, {1, 9}, {13, 1}, {7, 11}, {8, 8}, {17, 31}, {2, 3}, {64, 5}};
  for (const Integrator integrator : integrators) {
    const auto odd = rendered<Space, T>(assorted(), {101, 101}, by(integrator));
    const auto even_x = rendered<Space, T>(assorted(), {101, 100}, by(integrator));
    const auto even_y = rendered<Space, T>(assorted(), {100, 101}, by(integrator));
    const auto even = rendered<Space, T>(assorted(), {100, 100}, by(integrator));
    for (const PixelGrid& grid : sizes) {
      const auto small = rendered<Space, T>(assorted(), grid, by(integrator));
      const bool ey = grid.ny % 2 == 0, ex = grid.nx % 2 == 0;
      const auto& large = ey ? (ex ? even : even_y) : (ex ? even_x : odd);
      const std::size_t di = (large.extent(0) - grid.ny) / 2, dj = (large.extent(1) - grid.nx) / 2;
      Worst worst(std::is_same_v<T, float> ? 1e-5 : 4e-8, 1e-6);
      for (std::size_t i = 0; i < grid.ny; ++i)
        for (std::size_t j = 0; j < grid.nx; ++j)
          worst.compare(small(i, j), large(di + i, dj + j), concat(i, " ", j));
      EXPECT_TRUE(worst.result()) << grid.ny << " x " << grid.nx << " "
                                  << integrator_name(integrator);
    }
  }
}

TYPED_TEST(RenderShapes, NoProfilesGiveAZeroImage) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const Integrator integrator : integrators) {
    const auto image = rendered<Space, T>({}, {5, 7}, by(integrator));
    for (int i = 0; i < 5; ++i)
      for (int j = 0; j < 7; ++j) EXPECT_EQ(image(i, j), T(0));
    const auto stack = rendered_stack<Space, T>({}, {5, 7}, by(integrator));
    EXPECT_EQ(stack.extent(0), 0u);
  }
}

TYPED_TEST(RenderShapes, StackPlanesAreSingleImagesAndSumToTheImage) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid grid{19, 23};
  for (const Integrator integrator : integrators) {
    const auto stack = rendered_stack<Space, T>(assorted(), grid, by(integrator));
    const auto image = rendered<Space, T>(assorted(), grid, by(integrator));
    Worst total(std::is_same_v<T, float> ? 1e-5 : 1e-12, 1e-6);
    for (std::size_t p = 0; p < assorted().size(); ++p) {
      const auto alone = rendered<Space, T>({assorted()[p]}, grid, by(integrator));
      for (int i = 0; i < 19; ++i)
        for (int j = 0; j < 23; ++j) ASSERT_EQ(stack(p, i, j), alone(i, j));
    }
    for (int i = 0; i < 19; ++i)
      for (int j = 0; j < 23; ++j) {
        double sum = 0.0;
        for (std::size_t p = 0; p < assorted().size(); ++p) sum += stack(p, i, j);
        total.compare(image(i, j), sum, concat(i, " ", j));
      }
    EXPECT_TRUE(total.result());
  }
}

/// LayoutLeft and strided images get the same values, and nothing beside them is touched.
TYPED_TEST(RenderShapes, AnyLayout) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  const Space space;
  const PixelGrid grid{13, 10};
  const auto expected = rendered<Space, T>(assorted(), grid);
  const auto profiles = prepare(space, make_catalogue(assorted()));

  const Kokkos::View<T**, Kokkos::LayoutLeft, Memory> left("glint::test::left", 13, 10);
  const Matrix<T, Memory> wide("glint::test::wide", 20, 30);
  fill(space, wide, T(-7));
  const auto part = Kokkos::subview(wide, std::pair<int, int>(4, 17), std::pair<int, int>(5, 15));
  render(space, grid, profiles, left);
  render(space, grid, profiles, part);

  const auto left_host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), left);
  const auto wide_host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), wide);
  for (int i = 0; i < 20; ++i)
    for (int j = 0; j < 30; ++j) {
      const bool inside = i >= 4 && i < 17 && j >= 5 && j < 15;
      EXPECT_EQ(wide_host(i, j), inside ? expected(i - 4, j - 5) : T(-7)) << i << " " << j;
    }
  for (int i = 0; i < 13; ++i)
    for (int j = 0; j < 10; ++j) {
      EXPECT_EQ(left_host(i, j), expected(i, j)) << i << " " << j;
    }
}

TYPED_TEST(RenderShapes, WorkspaceIsReusedAcrossSizes) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  RenderWorkspace<Space> workspace;
  const PixelGrid grid{9, 9};
  const auto few = prepare(space, make_catalogue({assorted()[0]}));
  const auto many = prepare(space, make_catalogue(assorted()));
  const auto image = make_image<T>(space, grid, "glint::test::image");
  render(space, grid, many, image, {}, workspace);
  const double* tables = workspace.tables.data();
  render(space, grid, few, image, {}, workspace);
  render(space, grid, many, image, {}, workspace);
  EXPECT_EQ(workspace.tables.data(), tables);
  const auto expected = rendered<Space, T>(assorted(), grid);
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
  for (int i = 0; i < 9; ++i)
    for (int j = 0; j < 9; ++j) EXPECT_EQ(host(i, j), expected(i, j));
}

TYPED_TEST(RenderShapes, WrongShapesAndOptionsAreRefused) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto profiles = prepare(space, make_catalogue(assorted()));
  const auto image = make_image<T>(space, {4, 5}, "glint::test::image");
  const auto sentence = [&](const PixelGrid& grid, const RenderOptions& options) {
    try {
      render(space, grid, profiles, image, options);
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  RenderOptions options;
  EXPECT_EQ(sentence({4, 5}, options), "accepted");
  EXPECT_EQ(sentence({5, 4}, options), "render: image has shape (4, 5) where (5, 4) is needed");
  EXPECT_THAT(sentence({0, 5}, options), testing::HasSubstr("at least 1 x 1, not 0 x 5"));
  options.tolerance = 0.0;
  EXPECT_THAT(sentence({4, 5}, options), testing::HasSubstr("tolerance must lie in"));
  options.tolerance = std::nan("");
  EXPECT_THAT(sentence({4, 5}, options), testing::HasSubstr("not nan"));
  options = {};
  options.floor = 1.0;
  EXPECT_THAT(sentence({4, 5}, options), testing::HasSubstr("floor must lie in"));
}

}  // namespace
}  // namespace glint
