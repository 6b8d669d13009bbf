// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/integrate.hpp>
#include <support/functions.hpp>
#include <support/golden.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Cubic;
using test::device_vector;
using test::flat_galaxy;
using test::flat_galaxy_grid;
using test::GalaxyBrightness;
using test::stored;
using test::to_device;
using test::to_host;
using test::Worst;

template <class Case>
class Integrate : public testing::Test {};
TYPED_TEST_SUITE(Integrate, test::SpacesAndPrecisions, test::CaseName);

/// The listed centres of all pixels of a frame.
template <class Space>
struct Pixels {
  Vector<double, typename Space::memory_space> i, j;
  Pixels(const Space& space, const PixelGrid& grid, int oversample = 1)
      : i(device_vector<double>(space, grid.ny * grid.nx * oversample * oversample)),
        j(device_vector<double>(space, grid.ny * grid.nx * oversample * oversample)) {
    pixel_centres(space, grid, i, j, oversample);
  }
};

TYPED_TEST(Integrate, CentresRunRowByRow) {
  using Space = typename TypeParam::space;
  const Space space;
  const Pixels<Space> whole(space, {2, 3}), half(space, {1, 2}, 2);
  EXPECT_EQ(to_host(space, whole.i), (std::vector<double>{-0.5, -0.5, -0.5, 0.5, 0.5, 0.5}));
  EXPECT_EQ(to_host(space, whole.j), (std::vector<double>{-1, 0, 1, -1, 0, 1}));
  EXPECT_EQ(to_host(space, half.i),
            (std::vector<double>{-0.25, -0.25, -0.25, -0.25, 0.25, 0.25, 0.25, 0.25}));
  EXPECT_EQ(to_host(space, half.j),
            (std::vector<double>{-0.75, -0.25, 0.25, 0.75, -0.75, -0.25, 0.25, 0.75}));
}

/// A cubic needs order 2; cells of every size, lists of awkward lengths.
TYPED_TEST(Integrate, CubicsAreExact) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  Worst worst(stored<T>(1e-14), 1e-3);
  for (const std::size_t count : {0u, 1u, 7u, 101u})
    for (const int oversample : {1, 2, 5}) {
      std::vector<double> i, j;
      for (std::size_t c = 0; c < count; ++c) {
        i.push_back(0.37 * static_cast<double>(c) - 11.0);
        j.push_back(4.0 - 0.11 * static_cast<double>(c * c % 97));
      }
      const auto rows = to_device(space, i), columns = to_device(space, j);
      const auto values = device_vector<T>(space, count);
      for (const QuadratureRule& rule :
           {gauss_legendre(2), gauss_legendre(9), clenshaw_curtis(4), gauss_kronrod(7).kronrod}) {
        integrate_pixels(space, Cubic(), rows, columns, to_space(space, rule), values, oversample);
        const auto got = to_host(space, values);
        for (std::size_t c = 0; c < count; ++c)
          worst.compare(got[c], Cubic::integral(i[c], j[c], 0.5 / oversample), concat("cell ", c));
      }
    }
  EXPECT_TRUE(worst.result());
}

/// Rules of the golden scene, each against its published value per pixel.
TYPED_TEST(Integrate, RulesOnTheFlatGalaxy) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const GalaxyBrightness f(flat_galaxy);
  const Pixels<Space> pixels(space, flat_galaxy_grid);
  const auto rows = test::golden("scene001_rules.txt");
  ASSERT_EQ(rows.size(), 60u);
  const auto values = device_vector<T>(space, pixels.i.extent(0));
  const QuadratureRule rules[] = {gauss_legendre(3), clenshaw_curtis(3),
                                  gauss_legendre(7), clenshaw_curtis(7),
                                  midpoint(7),       gauss_kronrod(15).kronrod};
  Worst worst(stored<T>(1e-13));
  for (std::size_t k = 0; k < std::size(rules); ++k) {
    integrate_pixels(space, f, pixels.i, pixels.j, to_space(space, rules[k]), values);
    const auto tensor = to_host(space, values);
    integrate_pixels(space, f, pixels.i, pixels.j, to_space(space, tensor_nodes(rules[k])), values);
    const auto nodes = to_host(space, values);
    for (const auto& row : rows) {
      const auto c = static_cast<std::size_t>(row[0] * 100 + row[1]);
      worst.compare(tensor[c], row[3 + k], concat("rule ", k, " pixel ", row[0], " ", row[1]));
      worst.compare(nodes[c], row[3 + k], concat("nodes ", k, " pixel ", row[0], " ", row[1]));
    }
  }
  EXPECT_TRUE(worst.result());
}

/// Counts its evaluations.
template <class Memory>
struct Counted {
  GalaxyBrightness f;
  Kokkos::View<unsigned, Memory> count;
  KOKKOS_FUNCTION double operator()(double i, double j) const {
    Kokkos::atomic_add(&count(), 1u);
    return f(i, j);
  }
};

/// 225 samples give both G7 and K15; the published checks on the flat galaxy.
TYPED_TEST(Integrate, NestedRuleUsesItsSamplesTwice) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  const Space space;
  const GalaxyBrightness f(flat_galaxy);
  const NestedRule rule = gauss_kronrod(15);
  const Pixels<Space> pixels(space, flat_galaxy_grid);
  const std::size_t count = pixels.i.extent(0);
  const auto k15 = device_vector<T>(space, count), g7 = device_vector<T>(space, count);
  const auto tensor15 = device_vector<T>(space, count), tensor7 = device_vector<T>(space, count);
  const Kokkos::View<unsigned, Memory> evaluations("glint::test::evaluations");
  integrate_pixels(space, Counted<Memory>{f, evaluations}, pixels.i, pixels.j,
                   to_space(space, nested_nodes(rule)), k15, g7);
  unsigned total = 0;
  Kokkos::deep_copy(total, evaluations);
  EXPECT_EQ(total, 225 * count);
  integrate_pixels(space, f, pixels.i, pixels.j, to_space(space, rule.kronrod), tensor15);
  integrate_pixels(space, f, pixels.i, pixels.j, to_space(space, gauss_legendre(7)), tensor7);
  const auto k = to_host(space, k15), g = to_host(space, g7);
  const auto t15 = to_host(space, tensor15), t7 = to_host(space, tensor7);
  Worst worst(stored<T>(2e-14));
  double k_minus_g = 0.0, g_minus_gl = 0.0;
  for (std::size_t c = 0; c < count; ++c) {
    worst.compare(k[c], t15[c], concat("K15 cell ", c));
    worst.compare(g[c], t7[c], concat("G7 cell ", c));
    k_minus_g = std::max(k_minus_g, static_cast<double>(std::abs(k[c] - g[c])));
    g_minus_gl = std::max(g_minus_gl, static_cast<double>(std::abs(g[c] - t7[c])));
  }
  EXPECT_TRUE(worst.result());
  // Values between 128 and 256 are rounded to float within 7.7e-6 each.
  const bool single = std::is_same_v<T, float>;
  EXPECT_NEAR(k_minus_g, 33.54396513, single ? 1.6e-5 : 5e-9);
  EXPECT_LE(g_minus_gl, single ? 1.6e-5 : 1e-13);
}

TYPED_TEST(Integrate, ValueAtTheOriginIsAsPublished) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto zero = to_device(space, {0.0});
  const auto value = device_vector<T>(space, 1);
  // One node: the cell's centre.
  integrate_pixels(space, GalaxyBrightness(flat_galaxy), zero, zero,
                   to_space(space, gauss_legendre(1)), value);
  EXPECT_NEAR(to_host(space, value)[0], 38.827640302325854, stored<T>(1e-14) * 40.0);
  EXPECT_NEAR(to_host(space, value)[0], 38.8276, 5e-5);  // as printed
}

/// Children are listed parent by parent, rows before columns, and tile their parents.
TYPED_TEST(Integrate, ChildrenTileTheirParents) {
  using Space = typename TypeParam::space;
  const Space space;
  const auto i = to_device(space, {3.0, -1.5}), j = to_device(space, {0.5, 7.0});
  const auto child_i = device_vector<double>(space, 8), child_j = device_vector<double>(space, 8);
  oversample_pixels(space, i, j, child_i, child_j, CellLevel{1, 2, 1});
  EXPECT_EQ(to_host(space, child_i),
            (std::vector<double>{2.75, 2.75, 3.25, 3.25, -1.75, -1.75, -1.25, -1.25}));
  EXPECT_EQ(to_host(space, child_j),
            (std::vector<double>{0.25, 0.75, 0.25, 0.75, 6.75, 7.25, 6.75, 7.25}));
  // Parents of level 1 at base 2 are a quarter pixel wide.
  oversample_pixels(space, i, j, child_i, child_j, CellLevel{2, 2, 2});
  EXPECT_EQ(to_host(space, child_i)[0], 3.0 - 0.0625);
  EXPECT_EQ(to_host(space, child_j)[7], 7.0 + 0.0625);
}

/// Inputs and outputs may have any strides: columns of a matrix, either way round.
TYPED_TEST(Integrate, ListsOfAnyStride) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  const Space space;
  const Pixels<Space> pixels(space, {5, 7});
  const auto rule = to_space(space, gauss_legendre(4));
  const GalaxyBrightness f(test::assorted()[0]);
  const auto plain = device_vector<T>(space, 35);
  integrate_pixels(space, f, pixels.i, pixels.j, rule, plain);

  const Kokkos::View<double**, Kokkos::LayoutRight, Memory> centres("glint::test::centres", 35, 3);
  copy(space, Kokkos::subview(centres, Kokkos::ALL(), 0), pixels.i);
  copy(space, Kokkos::subview(centres, Kokkos::ALL(), 2), pixels.j);
  const Kokkos::View<T**, Kokkos::LayoutLeft, Memory> table("glint::test::table", 3, 35);
  const auto row = Kokkos::subview(table, 1, Kokkos::ALL());
  integrate_pixels(space, f, Kokkos::subview(centres, Kokkos::ALL(), 0),
                   Kokkos::subview(centres, Kokkos::ALL(), 2), rule, row);
  const auto packed = device_vector<T>(space, 35);
  copy(space, packed, row);
  EXPECT_EQ(to_host(space, packed), to_host(space, plain));
}

TYPED_TEST(Integrate, BadShapesAreRefused) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Space space;
  const auto two = to_device(space, {0.0, 1.0}), three = to_device(space, {0.0, 1.0, 2.0});
  const auto values = device_vector<T>(space, 2);
  const auto rule = to_space(space, gauss_legendre(2));
  const auto refused = [](const auto& action, const std::string& words) {
    try {
      action();
      ADD_FAILURE() << words << " was expected";
    } catch (const Error& error) {
      EXPECT_NE(error.sentence().find(words), std::string::npos) << error.sentence();
    }
  };
  refused([&] { integrate_pixels(space, Cubic(), two, three, rule, values); },
          "list of column coordinates has shape (3) where (2) is needed");
  refused([&] { integrate_pixels(space, Cubic(), three, three, rule, values); },
          "integrate_pixels: list of values has shape (2) where (3) is needed");
  refused([&] { integrate_pixels(space, Cubic(), two, two, rule, values, 0); },
          "base oversampling must lie in 1 to 1000, not 0");
  refused(
      [&] {
        oversample_pixels(space, two, two, two, two, CellLevel{0, 2, 1});
      },
      "children's level must be at least 1, not 0");
  refused([&] { make_error_rules(space, 1); }, "the order must lie in 2 to 33, not 1");
  refused([&] { to_space(space, PixelNodes{{0.0}, {}, {1.0}}); }, "0 column offsets");
}

}  // namespace
}  // namespace glint
