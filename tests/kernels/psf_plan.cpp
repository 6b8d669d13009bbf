// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/psf.hpp>
#include <support/galaxies.hpp>
#include <support/near.hpp>
#include <support/psfs.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::lopsided_psf;

template <class Space>
std::string problem(const PixelGrid& grid, const PsfImage& psf, PsfMethod method) {
  try {
    PsfOptions options;
    options.method = method;
    const PsfPlan<Space> plan(Space(), grid, psf, options);
  } catch (const Error& error) {
    return error.sentence();
  }
  return "";
}

template <class Case>
class PsfPlans : public testing::Test {};
TYPED_TEST_SUITE(PsfPlans, test::Spaces, test::CaseName);

TYPED_TEST(PsfPlans, AutomaticKeepsToItsRule) {
  using Space = typename TypeParam::space;
  const bool has_fft = !fft_library<Space>().empty();
  const PixelGrid grid{100, 90};
  const auto method = [&](std::size_t side, std::size_t oversampling) {
    return PsfPlan<Space>(Space(), grid, lopsided_psf(side, side, oversampling)).method();
  };
  // 100 x 90 x 7 x 7 multiplications against 4 F log2 F with F = 108 x 96.
  EXPECT_EQ(method(7, 1), PsfMethod::direct);
  EXPECT_EQ(method(31, 1), has_fft ? PsfMethod::fft : PsfMethod::direct);
  EXPECT_EQ(method(1, 1), PsfMethod::direct);
  EXPECT_EQ(method(3, 2), PsfMethod::direct);
  PsfOptions options;
  options.method = PsfMethod::direct;
  EXPECT_EQ(PsfPlan<Space>(Space(), grid, lopsided_psf(31, 31), options).method(),
            PsfMethod::direct);
  EXPECT_EQ(psf_method_name(PsfMethod::automatic), "automatic");
  EXPECT_EQ(psf_method_name(PsfMethod::direct), "direct");
  EXPECT_EQ(psf_method_name(PsfMethod::fft), "fft");
}

TYPED_TEST(PsfPlans, IllegalPsfsAndSizesAreRefused) {
  using Space = typename TypeParam::space;
  const auto refused = [](const PixelGrid& grid, const PsfImage& psf) {
    return problem<Space>(grid, psf, PsfMethod::direct);
  };
  EXPECT_EQ(refused({4, 4}, lopsided_psf(3, 3)), "");
  EXPECT_THAT(refused({0, 4}, lopsided_psf(3, 3)), testing::HasSubstr("at least 1 x 1, not 0 x 4"));
  PsfImage psf;
  EXPECT_EQ(refused({4, 4}, psf), "the PSF must have at least 1 x 1 pixels, not 0 x 0");
  psf = lopsided_psf(3, 3, 0);
  EXPECT_EQ(refused({4, 4}, psf), "the PSF's oversampling must lie in 1 to 100, not 0");
  psf = lopsided_psf(2, 3);
  psf.values(1, 2) = std::nan("");
  EXPECT_EQ(refused({4, 4}, psf), "the PSF's value in row 1, column 2 is nan, not a finite number");
  psf.values(1, 2) = -5.0;
  EXPECT_EQ(refused({4, 4}, psf), "");
  psf.normalize = true;
  EXPECT_THAT(refused({4, 4}, psf),
              testing::HasSubstr("cannot be normalised, because its values sum to -"));
  EXPECT_THAT(refused({100000000, 100000000}, lopsided_psf(3, 3)),
              testing::HasSubstr("the PSF's frame of 100000002 x 100000002 sub-pixels needs"));
  EXPECT_THAT(refused({500000000, 1}, lopsided_psf(3, 3, 3)),
              testing::HasSubstr("more than can be counted"));
  if (fft_library<Space>().empty())
    EXPECT_THAT(problem<Space>({4, 4}, lopsided_psf(3, 3), PsfMethod::fft),
                testing::HasSubstr("the PSF method 'fft' needs an FFT library"));
  else
    EXPECT_EQ(problem<Space>({4, 4}, lopsided_psf(3, 3), PsfMethod::fft), "");
}

TYPED_TEST(PsfPlans, WrongShapesAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  const PsfPlan<Space> plan(space, {4, 5}, lopsided_psf(3, 2, 2));
  const auto profiles = prepare(space, plan, test::make_catalogue(test::assorted()));
  const auto image = make_image<double>(space, {4, 5}, "glint::test::image");
  const auto wrong = make_image<double>(space, {5, 4}, "glint::test::image");
  const auto frame = make_image<double>(space, plan.frame(), "glint::test::frame");
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  EXPECT_EQ(sentence([&] { render_convolved(space, plan, profiles, wrong); }),
            "render_convolved: image has shape (5, 4) where (4, 5) is needed");
  EXPECT_EQ(sentence([&] { convolve(space, plan, frame, wrong); }),
            "convolve: image has shape (5, 4) where (4, 5) is needed");
  EXPECT_EQ(sentence([&] { convolve(space, plan, image, image); }),
            "convolve: exact has shape (4, 5) where (10, 11) is needed");
  const Vector<double, typename Space::memory_space> captured("glint::test::captured", 3);
  EXPECT_EQ(sentence([&] { captured_flux(space, plan, profiles, captured); }),
            "captured_flux: captured has shape (3) where (4) is needed");
  RenderOptions options;
  options.tolerance = 7.0;
  EXPECT_THAT(sentence([&] { render_convolved(space, plan, profiles, image, options); }),
              testing::HasSubstr("the tolerance must lie in"));
}

/// A catalogue is judged by the values it gives, not by the magnified ones.
TYPED_TEST(PsfPlans, PrepareRefusesRowsAsTheyWereGiven) {
  using Space = typename TypeParam::space;
  const PsfPlan<Space> plan(Space(), {4, 5}, lopsided_psf(3, 2, 2));
  auto galaxies = test::assorted();
  galaxies[2].re = -3.0;
  try {
    prepare(Space(), plan, test::make_catalogue(galaxies));
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.sentence(), testing::HasSubstr("row 2: re is -3"));
  }
}

/// fft errs by the rounding of the brightest pixels, direct by that of each pixel.
TYPED_TEST(PsfPlans, MethodsAgreeOnALargeFrame) {
  using Space = typename TypeParam::space;
  if (fft_library<Space>().empty()) {
    EXPECT_NE(problem<Space>({4, 4}, lopsided_psf(3, 3), PsfMethod::fft), "");
    return;
  }
  const Space space;
  const PixelGrid grid{211, 97};
  const PsfImage psf = lopsided_psf(30, 41);
  Image<double> hosts[2];
  for (int k = 0; k < 2; ++k) {
    PsfOptions options;
    options.method = k ? PsfMethod::fft : PsfMethod::direct;
    const PsfPlan<Space> plan(space, grid, psf, options);
    const auto image = make_image<double>(space, grid, "glint::test::image");
    render_convolved(space, plan, prepare(space, plan, test::make_catalogue(test::assorted())),
                     image);
    hosts[k] = Image<double>("glint::test::host", grid.ny, grid.nx);
    copy(space, hosts[k], image);
    compat::fence(space, "glint::test::large");
  }
  double peak = 0.0;
  for (std::size_t k = 0; k < hosts[0].size(); ++k)
    peak = std::max(peak, std::abs(hosts[0].data()[k]));
  test::Worst worst(2e-15, peak);
  for (std::size_t k = 0; k < hosts[0].size(); ++k)
    worst.compare(hosts[1].data()[k], hosts[0].data()[k], concat(k));
  EXPECT_TRUE(worst.result());
}

}  // namespace
}  // namespace glint
