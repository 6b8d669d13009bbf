// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/psf.hpp>
#include <reference/psf_oracle.hpp>
#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/psfs.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Galaxy;
using test::lopsided_psf;
using test::make_catalogue;
using test::Worst;

/// Inside the frame, at its edge, and far enough outside for its light to come in through the PSF
/// alone.
std::vector<Galaxy> scene() {
  return {{100.0, 3.0, 1.0, 1.3, -1.7, 0.6, 0.4},
          {250.0, 2.0, 4.0, -3.1, 2.2, 0.8, 2.0},
          {-30.0, 1.0, 0.5, 0.5, 0.5, 0.3, -0.7},
          {500.0, 0.7, 2.0, 9.5, 1.0, 0.5, 1.2}};
}

/// Methods this build has on the space.
template <class Space>
std::vector<PsfMethod> methods() {
  if (fft_library<Space>().empty()) return {PsfMethod::direct};
  return {PsfMethod::direct, PsfMethod::fft};
}

PsfOptions with(PsfMethod method) {
  PsfOptions options;
  options.method = method;
  return options;
}

template <class Space, class T>
Image<T> seen(const std::vector<Galaxy>& galaxies, const PixelGrid& grid, const PsfImage& psf,
              PsfMethod method, double tolerance = 1e-10) {
  const Space space;
  const PsfPlan<Space> plan(space, grid, psf, with(method));
  const auto profiles = prepare(space, plan, make_catalogue(galaxies));
  const auto image = make_image<T>(space, grid, "glint::test::image");
  RenderOptions options;
  options.tolerance = tolerance;
  render_convolved(space, plan, profiles, image, options);
  const Image<T> host("glint::test::host", grid.ny, grid.nx);
  copy(space, host, image);
  compat::fence(space, "glint::test::seen");
  return host;
}

template <class A, class B>
testing::AssertionResult agree(const A& image, const B& wanted, double tolerance, double floor) {
  Worst worst(tolerance, floor);
  for (std::size_t i = 0; i < wanted.extent(0); ++i)
    for (std::size_t j = 0; j < wanted.extent(1); ++j)
      worst.compare(image(i, j), wanted(i, j), concat(i, " ", j));
  return worst.result();
}

template <class Case>
class Psf : public testing::Test {};
TYPED_TEST_SUITE(Psf, test::SpacesAndPrecisions, test::CaseName);

struct Setting {
  std::size_t ny, nx, ky, kx, oversampling;
};
const Setting settings[] = {
    {7, 11, 1, 1, 1}, {7, 11, 3, 5, 1}, {7, 8, 4, 6, 1},  {8, 6, 5, 2, 1}, {1, 1, 7, 4, 1},
    {3, 2, 11, 9, 1}, {5, 7, 1, 1, 2},  {4, 5, 4, 5, 2},  {3, 4, 7, 6, 3}, {1, 7, 3, 3, 3},
    {2, 3, 11, 8, 3}, {1, 1, 1, 1, 3},  {7, 1, 2, 10, 2},
};

TYPED_TEST(Psf, EqualsTheSumOverMovedPixels) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const Setting& s : settings) {
    const PsfImage psf = lopsided_psf(s.ky, s.kx, s.oversampling);
    const PixelGrid grid{s.ny, s.nx};
    const Image<double> wanted = test::convolved_oracle(scene(), grid, psf);
    for (const PsfMethod method : methods<Space>()) {
      const auto image = seen<Space, T>(scene(), grid, psf, method);
      const double tolerance = std::is_same_v<T, double> ? 1e-10 : 3e-7;
      EXPECT_TRUE(agree(image, wanted, tolerance, 1e-3))
          << psf_method_name(method) << ", image " << s.ny << " x " << s.nx << ", PSF " << s.ky
          << " x " << s.kx << ", oversampling " << s.oversampling;
    }
  }
}

/// A point in the geometric centre of an even PSF lies between pixels: half of it on either side.
TYPED_TEST(Psf, CentreIsTheGeometricOne) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  PsfImage psf;
  psf.values = Image<double>("glint::test::psf", 1, 2);
  psf.values(0, 0) = psf.values(0, 1) = 0.5;
  const Galaxy point{8.0, 1e-3, 1.0, 0.0, 0.0, 1.0, 0.0};
  PsfImage odd;
  odd.values = Image<double>("glint::test::psf", 3, 3);
  odd.values(0, 1) = 0.25;
  odd.values(2, 2) = 0.75;
  for (const PsfMethod method : methods<Space>()) {
    const auto even = seen<Space, T>({point}, {1, 4}, psf, method);
    // A centre between two pixels; the PSF's two halves reach a quarter of each neighbour's
    // neighbour.
    const double wanted[] = {0.0, 4.0, 4.0, 0.0};
    for (int j = 0; j < 4; ++j) EXPECT_NEAR(even(0, j), wanted[j], 1e-5) << j;
    const auto image = seen<Space, T>({point}, {3, 3}, odd, method);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) EXPECT_NEAR(image(i, j), 8.0 * odd.values(i, j), 1e-5);
  }
}

TYPED_TEST(Psf, NormalisedPsfsSumToOne) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const PixelGrid grid{9, 8};
  PsfImage psf = lopsided_psf(4, 3);
  const PsfPlan<Space> raw(Space(), grid, psf);
  EXPECT_NEAR(raw.captured(), 0.96, 1e-14);
  const auto image = seen<Space, T>(scene(), grid, psf, PsfMethod::direct);
  psf.normalize = true;
  const PsfPlan<Space> plan(Space(), grid, psf);
  EXPECT_EQ(plan.captured(), 1.0);
  for (const PsfMethod method : methods<Space>()) {
    const auto scaled = seen<Space, T>(scene(), grid, psf, method);
    const double tolerance = std::is_same_v<T, double> ? 1e-12 : 2e-7;
    for (int i = 0; i < 9; ++i)
      for (int j = 0; j < 8; ++j) EXPECT_NEAR(0.96 * scaled(i, j), image(i, j), tolerance * 100.0);
  }
}

/// convolve() takes an exact image from anywhere, in any layout; rendering and convolving apart is
/// the same as both in one.
TYPED_TEST(Psf, ConvolvesImagesOfAnyLayout) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  const Space space;
  const PixelGrid grid{7, 10};
  const PsfImage psf = lopsided_psf(5, 4, 2);
  for (const PsfMethod method : methods<Space>()) {
    const PsfPlan<Space> plan(space, grid, psf, with(method));
    EXPECT_EQ(plan.frame().ny, 18u);
    EXPECT_EQ(plan.frame().nx, 23u);
    const auto profiles = prepare(space, plan, make_catalogue(scene()));
    const Kokkos::View<double**, Kokkos::LayoutLeft, Memory> exact("glint::test::exact", 18, 23);
    const Matrix<T, Memory> wide("glint::test::wide", 20, 30);
    fill(space, wide, T(-7));
    const auto image =
        Kokkos::subview(wide, std::pair<int, int>(4, 11), std::pair<int, int>(5, 15));
    render(space, plan.frame(), profiles, exact);
    convolve(space, plan, exact, image);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), wide);
    const auto wanted = seen<Space, T>(scene(), grid, psf, method, 1e-8);
    for (int i = 0; i < 20; ++i)
      for (int j = 0; j < 30; ++j) {
        const bool inside = i >= 4 && i < 11 && j >= 5 && j < 15;
        EXPECT_EQ(host(i, j), inside ? wanted(i - 4, j - 5) : T(-7)) << i << " " << j;
      }
  }
}

/// A plan used again, for other profiles in between, gives the same bits.
TYPED_TEST(Psf, PlansCanBeUsedAgain) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const PixelGrid grid{9, 11};
  for (const PsfMethod method : methods<Space>()) {
    const PsfPlan<Space> plan(space, grid, lopsided_psf(6, 7), with(method));
    RenderWorkspace<Space> workspace;
    const auto image = make_image<T>(space, grid, "glint::test::image");
    const auto profiles = prepare(space, plan, make_catalogue(scene()));
    const auto other = prepare(space, plan, make_catalogue({{1e6, 2.0, 1.0, 4.0, 4.0, 1.0, 0.0}}));
    render_convolved(space, plan, profiles, image, {}, workspace);
    const auto first = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    const Image<T> kept("glint::test::kept", 9, 11);
    Kokkos::deep_copy(kept, first);
    render_convolved(space, plan, other, image, {}, workspace);
    render_convolved(space, plan, prepare(space, plan, Catalogue<>(0)), image, {}, workspace);
    const auto none = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    for (int i = 0; i < 9; ++i)
      for (int j = 0; j < 11; ++j) EXPECT_EQ(none(i, j), T(0));
    render_convolved(space, plan, profiles, image, {}, workspace);
    const auto again = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    for (int i = 0; i < 9; ++i)
      for (int j = 0; j < 11; ++j) EXPECT_EQ(again(i, j), kept(i, j));
  }
}

TYPED_TEST(Psf, StackPlanesAreSingleImages) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const PixelGrid grid{6, 7};
  const PsfImage psf = lopsided_psf(4, 4, 2);
  const PsfPlan<Space> plan(space, grid, psf, with(PsfMethod::direct));
  const auto profiles = prepare(space, plan, make_catalogue(scene()));
  const ImageStack<T, typename Space::memory_space> stack("glint::test::stack", 4, 6, 7);
  const Vector<double, typename Space::memory_space> captured("glint::test::captured", 4);
  render_convolved_stack(space, plan, profiles, stack);
  captured_flux(space, plan, profiles, captured);
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), stack);
  const auto flux = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), captured);
  for (std::size_t p = 0; p < 4; ++p) {
    const auto alone = seen<Space, T>({scene()[p]}, grid, psf, PsfMethod::direct, 1e-8);
    double sum = 0.0;
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < 7; ++j) {
        EXPECT_EQ(host(p, i, j), alone(i, j));
        sum += alone(i, j);
      }
    const double tolerance = std::is_same_v<T, double> ? 1e-14 : 1e-6;
    EXPECT_NEAR(flux(p), sum, tolerance * std::abs(scene()[p].flux));
  }
  ImageStack<T, typename Space::memory_space> none("glint::test::stack", 0, 6, 7);
  render_convolved_stack(space, plan, prepare(space, plan, Catalogue<>(0)), none);
}

}  // namespace
}  // namespace glint
