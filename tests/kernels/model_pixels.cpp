// SPDX-License-Identifier: BSD-3-Clause
// Pixels of every kind and shape of profile against nested quadrature of the brightness.
#include <gtest/gtest.h>

#include <reference/shaped_oracle.hpp>
#include <support/near.hpp>
#include <support/profiles.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

constexpr PixelGrid grid{13, 17};

/// The central pixel and its neighbours, pixels cut by outer radii, faint ones far out.
struct Exact {
  int row, column;
  double value;
};
const std::vector<std::vector<Exact>>& exact_pixels() {
  static const std::vector<std::vector<Exact>> all = [] {
    std::vector<std::vector<Exact>> result;
    const auto rows = test::all_shapes();
    const Catalogue<> catalogue = test::make_catalogue(rows);
    for (std::size_t p = 0; p < rows.size(); ++p) {
      const test::ShapedOracle oracle(catalogue, p);
      std::vector<Exact> pixels;
      for (const auto& [row, column] :
           {std::pair{5, 8}, {5, 9}, {6, 8}, {7, 11}, {3, 4}, {8, 11}, {9, 6}, {0, 16}, {2, 8}})
        pixels.push_back(
            {row, column,
             static_cast<double>(oracle.pixel(grid.y_centre(row), grid.x_centre(column), 1e-11L))});
      result.push_back(pixels);
    }
    return result;
  }();
  return all;
}

template <class Case>
class ModelPixels : public testing::Test {};
TYPED_TEST_SUITE(ModelPixels, test::Spaces, test::CaseName);

TYPED_TEST(ModelPixels, AgreeWithQuadratureOfTheBrightness) {
  const auto rows = test::all_shapes();
  for (const double tolerance : {1e-3, 1e-6, 1e-10}) {
    RenderOptions options;
    options.tolerance = tolerance;
    const auto stack = test::rendered_stack<typename TypeParam::space>(rows, grid, options);
    for (std::size_t p = 0; p < rows.size(); ++p) {
      test::Worst worst(tolerance, 1e-12 * rows[p].galaxy.flux);
      for (const Exact& exact : exact_pixels()[p])
        worst.compare(stack(p, exact.row, exact.column), exact.value,
                      concat("tolerance ", tolerance, " pixel ", exact.row, " ", exact.column, " ",
                             rows[p].text()));
      EXPECT_TRUE(worst.result());
    }
  }
}

}  // namespace
}  // namespace glint
