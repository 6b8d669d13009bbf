// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/frame_strips.hpp>
#include <glint/profiles.hpp>
#include <glint/render.hpp>
#include <io/files.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

Catalogue<> galaxies() {
  Catalogue<> catalogue(3);
  for (std::size_t p = 0; p < 3; ++p) {
    const double k = static_cast<double>(p);
    catalogue.x(p) = 4.0 * k - 5.3;
    catalogue.y(p) = 3.2 * k - 4.1;
    catalogue.flux(p) = 10.0 + k;
    catalogue.re(p) = 1.5 + k;
    catalogue.n(p) = 1.0 + k;
    catalogue.q(p) = 0.9 - 0.2 * k;
    catalogue.theta(p) = k;
  }
  return catalogue;
}

/// An integrator whose pixels do not depend on the others in the frame.
RenderOptions every_pixel_alone() {
  RenderOptions options;
  options.integrator = Integrator::boundary;
  return options;
}

template <class Case>
class Strips : public testing::Test {};
TYPED_TEST_SUITE(Strips, test::Spaces, test::CaseName);

TYPED_TEST(Strips, AreTheWholeImage) {
  using Space = typename TypeParam::space;
  const Space space;
  const Communicator ranks;
  for (const PixelGrid& frame : {PixelGrid{31, 29}, PixelGrid{2, 17}, PixelGrid{1, 5}}) {
    const FrameStrip strip = strip_of(frame, ranks);
    Image<double> own("glint::test::own", strip.grid.ny, frame.nx);
    if (strip.grid.ny > 0) {
      const auto there = make_image<double>(space, strip.grid, "glint::test::strip");
      render(space, strip.grid, prepare(space, in_strip(space, galaxies(), frame, strip)), there,
             every_pixel_alone());
      copy(space, own, there);
      compat::fence(space, "glint::test::strip");
    }
    const bool root = ranks.rank() == 0;
    const Image<double> image("glint::test::image", root ? frame.ny : 0, root ? frame.nx : 0);
    gather_strips(ranks, frame, own, image);
    if (!root) continue;
    const auto whole = make_image<double>(space, frame, "glint::test::whole");
    render(space, frame, prepare(space, to_space(space, galaxies())), whole, every_pixel_alone());
    const auto wanted = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), whole);
    double largest = 0.0;
    for (std::size_t k = 0; k < wanted.size(); ++k)
      largest = std::max(largest, std::abs(wanted.data()[k]));
    test::Worst worst(1e-13, largest);
    for (std::size_t k = 0; k < wanted.size(); ++k)
      worst.compare(image.data()[k], wanted.data()[k], concat(k));
    EXPECT_TRUE(worst.result()) << frame.ny << " x " << frame.nx;
  }
  const Image<double> wrong("glint::test::wrong", 50, 3);
  EXPECT_THAT(test::sentence_of([&] {
                gather_strips(ranks, {31, 29}, wrong, wrong);
              }),
              testing::HasSubstr("gather_strips: the "));
}

}  // namespace
}  // namespace glint
