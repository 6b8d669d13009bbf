// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/conjugate_gradient.hpp>
#include <glint/data_vector.hpp>
#include <glint/linear_objects.hpp>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/source_problems.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Dense;
using test::Long;
using test::Worst;

template <class Case>
class LinearObject : public testing::Test {};
TYPED_TEST_SUITE(LinearObject, test::Spaces, test::CaseName);

/// F of a mapping by CurvaturePlan.
template <class Space>
struct ByPlan {
  SkyPixels<typename Space::memory_space> pixels;
  Matrix<double, typename Space::memory_space> compact;

  template <class View>
  void operator()(const Space& space, const SparseMapping<typename Space::memory_space>& mapping,
                  const View& curvature) const {
    CurvaturePlan<Space> plan(space, pixels, mapping.sources, mapping.width);
    plan.execute(space, compact, mapping, curvature);
  }
};

/// Two sources of 7 and 5 pixels and 2 + 1 functions; or without one kind.
template <class Space>
struct Together {
  using Memory = typename Space::memory_space;

  Space space;
  test::SourceProblem<Space> problem{7};
  LinearObjects<Memory> objects{problem.pixels.size()};
  std::vector<Dense> parts;
  Dense t{0, 0}, f{0, 0};
  ByPlan<Space> curvature_of;

  Together(bool mappings, bool functions) {
    if (mappings)
      for (const std::size_t sources : {7, 5}) {
        const auto mapping = test::random_mapping<double>(
            problem.pixels.size(), sources, sources == 7 ? 3 : 2, static_cast<unsigned>(sources));
        parts.push_back(test::dense_of(mapping));
        objects.add(to_space(space, mapping));
      }
    if (functions)
      for (const std::size_t count : {2, 1}) {
        test::Numbers numbers(count);
        Dense columns(problem.pixels.size(), count);
        for (auto& value : columns.values) value = static_cast<Long>(numbers.number());
        parts.push_back(columns);
        objects.add_functions(
            test::matrix_of(space, columns.rows, count, test::doubles(columns.values)));
      }
    std::size_t sources = 0;
    for (const Dense& part : parts) sources += part.columns;
    t = Dense(problem.pixels.size(), sources);
    std::size_t first = 0;
    for (const Dense& part : parts) {
      for (std::size_t m = 0; m < part.rows; ++m)
        for (std::size_t s = 0; s < part.columns; ++s) t(m, first + s) = part(m, s);
      first += part.columns;
    }
    f = test::product(test::transposed(t), test::product(problem.w, t));
    curvature_of = {
        problem.pixels_there,
        test::matrix_of(space, problem.compact.extent(0), problem.compact.extent(1),
                        std::vector<double>(problem.compact.data(),
                                            problem.compact.data() + problem.compact.size()))};
  }
};

void compare(const std::vector<double>& got, const std::vector<Long>& wanted, double tolerance) {
  double largest = 0.0;
  for (const Long value : wanted) largest = std::max(largest, std::abs(double(value)));
  Worst worst(tolerance, largest);
  ASSERT_EQ(got.size(), wanted.size());
  worst.compare(0.0, 0.0, "none");
  for (std::size_t k = 0; k < got.size(); ++k)
    worst.compare(got[k], static_cast<double>(wanted[k]), concat(k));
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(LinearObject, BlocksAreWhereTheyAreSaidToBe) {
  using Space = typename TypeParam::space;
  const Together<Space> both(true, true);
  const auto& objects = both.objects;
  EXPECT_EQ(objects.mapping_offset(1), 7u);
  EXPECT_EQ(objects.mapped(), 12u);
  EXPECT_EQ(objects.function_offset(0), 12u);
  EXPECT_EQ(objects.function_offset(1), 14u);
  EXPECT_EQ(objects.sources(), 15u);
  EXPECT_EQ(objects.width(), 5u);
}

TYPED_TEST(LinearObject, OneMappingHoldsAll) {
  using Space = typename TypeParam::space;
  ConcatenateWorkspace<Space> workspace;
  SparseMapping<typename Space::memory_space> mapping;
  for (const bool mappings : {true, false})
    for (const bool functions : {true, false}) {
      const Together<Space> both(mappings, functions);
      const Space& space = both.space;
      concatenate(space, both.objects, mapping, workspace);
      ASSERT_EQ(mapping.sources, both.t.columns);
      const auto offsets = test::list_of(space, mapping.offsets);
      const auto columns = test::list_of(space, mapping.columns);
      const auto values = test::list_of(space, mapping.values);
      Dense got(mapping.pixels, mapping.sources);
      for (std::size_t m = 0; m < mapping.pixels; ++m)
        for (int k = offsets[m]; k < offsets[m + 1]; ++k) {
          got(m, static_cast<std::size_t>(columns[k])) += Long(values[k]);
          if (k > offsets[m]) {
            EXPECT_LT(columns[k - 1], columns[k]);
          }
        }
      EXPECT_EQ(got.values, both.t.values);
      // D of all.
      std::vector<double> image(mapping.pixels);
      std::vector<Long> wanted(both.t.columns, 0);
      for (std::size_t m = 0; m < image.size(); ++m) {
        image[m] = test::pattern(m);
        for (std::size_t s = 0; s < wanted.size(); ++s) wanted[s] += both.t(m, s) * Long(image[m]);
      }
      const auto vector = test::vector_of(space, std::vector<double>(wanted.size(), NAN));
      data_vector(space, mapping, test::vector_of(space, image), vector);
      compare(test::list_of(space, vector), wanted, 1e-14);
    }
}

TYPED_TEST(LinearObject, CurvatureHasAllBlocks) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  ObjectsWorkspace<Space> workspace;
  for (const bool mappings : {true, false})
    for (const bool functions : {true, false}) {
      const Together<Space> both(mappings, functions);
      const Space& space = both.space;
      const std::size_t n = both.f.rows;
      const Kokkos::View<double**, Kokkos::LayoutLeft, Memory> f("glint::test::curvature", n, n);
      fill(space, f, NAN);
      objects_curvature(space, both.objects, both.curvature_of, both.problem.precision, f,
                        workspace);
      compat::fence(space, "glint::test::curvature");
      const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), f);
      std::vector<double> got(n * n);
      for (std::size_t k = 0; k < n * n; ++k) {
        got[k] = host(k / n, k % n);
        EXPECT_EQ(got[k], host(k % n, k / n));
      }
      compare(got, both.f.values, 1e-13);
      const auto diagonal = test::vector_of(space, std::vector<double>(n, 7.0));
      function_diagonal(space, both.objects, both.problem.precision, diagonal, workspace);
      const auto squares = test::list_of(space, diagonal);
      for (std::size_t s = 0; s < n; ++s) {
        if (s < both.objects.mapped())
          EXPECT_EQ(squares[s], 7.0);
        else
          EXPECT_NEAR(squares[s], static_cast<double>(both.f(s, s)),
                      1e-13 * static_cast<double>(both.f(s, s)));
      }
    }
}

/// Sources, lens light and all at once, without F.
TYPED_TEST(LinearObject, SolvedTogetherWithoutTheMatrix) {
  using Space = typename TypeParam::space;
  using Memory = typename Space::memory_space;
  const Together<Space> both(true, true);
  const Space& space = both.space;
  ConcatenateWorkspace<Space> cursors;
  ObjectsWorkspace<Space> workspace;
  SourceSystem<Memory> system;
  concatenate(space, both.objects, system.mapping, cursors);
  transpose(space, system.mapping, system.by_source);
  std::vector<MeshRegularization<Memory>> parts(4);
  const test::Mesh first = test::triangles(7), second = test::pieces(5);
  assign_regularization(space, test::table_on(space, first), 0.5, parts[0]);
  assign_regularization(space, test::table_on(space, second), 0.9, parts[1]);
  assign_diagonal(space, 2, 0.0, parts[2]);
  assign_diagonal(space, 1, 0.3, parts[3]);
  concatenate(space, parts, system.regularization);
  test::LongMatrix a = both.f.values;
  const std::size_t n = both.f.rows;
  ASSERT_EQ(system.regularization.sources, n);
  const auto block = [&](const test::LongMatrix& h, std::size_t at) {
    const std::size_t size = at == 0 ? 7 : 5;
    for (std::size_t k = 0; k < h.size(); ++k) a[(at + k / size) * n + at + k % size] += h[k];
  };
  block(test::regularization_of(first, 0.25, 1e-8), 0);
  block(test::regularization_of(second, 0.9 * 0.9, 1e-8), 7);
  a[14 * n + 14] += 0.3L;
  // The diagonal, the mappings' part by pairs of pixels.
  std::vector<double> diagonal(n, NAN);
  system.diagonal = test::vector_of(space, diagonal);
  SparseMapping<Memory> mapped;
  SourceMapping<Memory> by_source;
  concatenate(space, both.objects, mapped, cursors, ObjectPart::mappings);
  transpose(space, mapped, by_source);
  curvature_diagonal(space, both.curvature_of.compact, both.problem.pixels_there, by_source,
                     Kokkos::subview(system.diagonal, std::make_pair(0, 12)));
  function_diagonal(space, both.objects, both.problem.precision, system.diagonal, workspace);
  std::vector<double> d(n);
  for (std::size_t s = 0; s < n; ++s) d[s] = test::pattern(s);
  ConjugateGradientOptions options;
  options.tolerance = 1e-13;
  const auto x = test::vector_of(space, d);
  const auto result = conjugate_gradient(space, both.problem.precision, system,
                                         test::vector_of(space, d), x, options);
  EXPECT_TRUE(result.converged);
  compare(test::list_of(space, x), test::long_solve(a, {d.begin(), d.end()}).x, 1e-10);
}

TYPED_TEST(LinearObject, OtherPixelsAreRefused) {
  using Space = typename TypeParam::space;
  const Space space;
  LinearObjects<typename Space::memory_space> objects(5);
  EXPECT_EQ(test::sentence_of(
                [&] { objects.add(to_space(space, test::random_mapping<double>(6, 3, 2, 1))); }),
            "LinearObjects::add: the mapping is for 6 image pixels, not for 5");
  EXPECT_EQ(test::sentence_of([&] {
              objects.add_functions(test::matrix_of(space, 4, 2, std::vector<double>(8)));
            }),
            "LinearObjects::add_functions: the functions have 4 image pixels, not 5");
}

}  // namespace
}  // namespace glint
