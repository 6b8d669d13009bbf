// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/sersic_parameters.hpp>
#include <support/profiles.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

constexpr int count = 14;

/// Each function once, on the device.
template <class Memory>
struct Evaluate {
  Vector<double, Memory> values;

  KOKKOS_FUNCTION void operator()(int) const {
    int k = 0;
    values(k++) = flux_from_mag(2.5);
    values(k++) = sersic_lum_linear(3.0, 2.0, 0.5);
    values(k++) = sersic_Ie_from_lum(sersic_lum_linear(3.0, 2.0, 4.0), 2.0, 4.0);
    values(k++) = sersic_enc_lum_linear(4.0, 3.0, 2.0, 0.5) / sersic_lum_linear(3.0, 2.0, 0.5);
    values(k++) = sersic_lum(-2.5, 1.0, 0.0) / sersic_lum_linear(10.0, 10.0, 1.0);
    values(k++) = sersic_enc_lum(10.0, -2.5, 1.0, 0.0) / sersic_lum(-2.5, 1.0, 0.0);
    values(k++) =
        sersic_2d_log(1.0, 2.0, -5.0, 0.5, 0.3, 0.1, 0.2, 0.6, 0.4) /
        sersic_2d(1.0, 2.0, 100.0, math::pow(10.0, 0.5), math::pow(10.0, 0.3), 0.1, 0.2, 0.6, 0.4);
    values(k++) = sersic_1d_soft(1.5, 10.0, 2.0, 4.0, 1.5) / sersic_1d(1.5, 10.0, 2.0, 4.0);
    values(k++) = sersic_1d_soft(0.3, 10.0, 2.0, 4.0, 0.0) / sersic_1d(0.3, 10.0, 2.0, 4.0);
    values(k++) = asymmetry(0.0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0);   // along the major axis
    values(k++) = asymmetry(0.0, -1.0, 0.0, 0.0, 0.0, 0.5, 0.0);  // opposite
    values(k++) = asymmetry(1.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.5 * constants::pi);  // +y, phi = -pi/2
    values(k++) = asymmetry(3.0, 4.0, 4.0, 2.0, 0.5 * constants::pi, 0.5, 0.0);  // theta towards +y
    values(k++) = sersic_2d_asym(0.0, 1.0, 5.0, 2.0, 1.0, 0.0, 0.0, 0.7, 0.0, 0.5, 0.0) /
                  sersic_2d(0.0, 1.0, 5.0, 2.0, 1.0, 0.0, 0.0, 0.7, 0.0);
  }
};

template <class Case>
class SersicParameters : public testing::Test {};
TYPED_TEST_SUITE(SersicParameters, test::Spaces, test::CaseName);

TYPED_TEST(SersicParameters, AreWhatCanBeWorkedOutByHand) {
  using Space = typename TypeParam::space;
  const Space space;
  const Vector<double, typename Space::memory_space> values("glint::test::values", count);
  Kokkos::parallel_for("glint::test::evaluate", Kokkos::RangePolicy<Space>(space, 0, 1),
                       Evaluate<typename Space::memory_space>{values});
  const auto got = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), values);
  // Index 1/2: I = 2 Ie 2^(-(r/re)^2), total 2 pi Ie re^2 / ln 2, share inside 2 re 1 - 2^-4.
  const double wanted[count] = {0.1, 24.0 * constants::pi / constants::ln2,
                                3.0, 0.9375,
                                1.0, 0.5,
                                1.0, 1.0,
                                1.0, 0.5,
                                1.5, 1.5,
                                0.5, 0.5};
  for (int k = 0; k < count; ++k) EXPECT_NEAR(got(k), wanted[k], 3e-14 * wanted[k]) << k;
}

/// Soft centre and asymmetry as plain functions and as catalogue columns are the same thing.
TYPED_TEST(SersicParameters, AgreeWithTheModel) {
  using Space = typename TypeParam::space;
  RenderOptions options;
  options.integrator = Integrator::centre;
  const PixelGrid grid{7, 9};
  const test::Galaxy galaxy{5.0, 3.0, 2.5, 0.3, -0.4, 0.6, 0.7};
  const auto stack = test::rendered_stack<Space>(
      std::vector<test::Shaped>{
          {galaxy, ProfileKind::sersic, {{ExtraColumn::r_soft, 2.0}}},
          {galaxy,
           ProfileKind::sersic,
           {{ExtraColumn::asymmetry, 0.4}, {ExtraColumn::asymmetry_angle, 0.9}}}},
      grid, options);
  for (int row = 0; row < 7; ++row)
    for (int column = 0; column < 9; ++column) {
      const double i = grid.y_centre(row), j = grid.x_centre(column);
      const double soft = sersic_2d_soft(i, j, 5.0, 3.0, 2.5, 0.3, -0.4, 0.6, 0.7, 2.0);
      const double lopsided = sersic_2d_asym(i, j, 5.0, 3.0, 2.5, 0.3, -0.4, 0.6, 0.7, 0.4, 0.9);
      EXPECT_NEAR(stack(0, row, column), soft, 1e-12 * soft);
      EXPECT_NEAR(stack(1, row, column), lopsided, 1e-12 * lopsided);
    }
}

}  // namespace
}  // namespace glint
