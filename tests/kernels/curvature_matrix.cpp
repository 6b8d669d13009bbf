// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/curvature_matrix.hpp>
#include <limits>
#include <reference/curvature_oracle.hpp>
#include <support/errors.hpp>
#include <support/inversions.hpp>
#include <support/spaces.hpp>

namespace glint::test {
namespace {

template <class Case>
class CurvatureMatrix : public testing::Test {
 public:
  using Space = typename Case::space;
  using T = typename Case::value;
  using Memory = typename Space::memory_space;
  using Mapping = SparseMapping<Memory, T>;
  static constexpr double limit = 64 * std::numeric_limits<T>::epsilon();

  static std::vector<CurvatureMethod> methods(bool unequal) {
    std::vector<CurvatureMethod> all{CurvatureMethod::automatic, CurvatureMethod::direct,
                                     CurvatureMethod::products, CurvatureMethod::dense};
    if (!fft_library<Space>().empty()) all.push_back(CurvatureMethod::fft);
    if (!unequal) all.push_back(CurvatureMethod::pairs);
    return all;
  }

  Matrix<double, Memory> there(const Matrix<double>& host) const {
    const auto view = allocate<Matrix<double, Memory>>(space_, "glint::test::kernel",
                                                       host.extent(0), host.extent(1));
    copy(space_, view, host);
    return view;
  }

  /// A matrix of NaN, so that nothing stale passes.
  template <class Layout = Kokkos::LayoutRight>
  Kokkos::View<T**, Layout, Memory> blank(std::size_t s) const {
    const Kokkos::View<T**, Layout, Memory> view(
        Kokkos::view_alloc("glint::test::curvature", space_), s, s);
    fill(space_, view, std::numeric_limits<T>::quiet_NaN());
    return view;
  }

  /// Largest error over the largest entry; infinite when it is not symmetric or a number.
  template <class View>
  double error_of(const View& curvature, const std::vector<long double>& wanted) const {
    const auto host = Kokkos::create_mirror_view(curvature);
    copy(space_, host, curvature);
    compat::fence(space_, "glint::test::curvature");
    const std::size_t s = curvature.extent(0);
    long double worst = 0.0L, largest = 1e-300L;
    for (std::size_t a = 0; a < s; ++a)
      for (std::size_t b = 0; b < s; ++b) {
        if (!(host(a, b) == host(b, a))) return std::numeric_limits<double>::infinity();
        worst = std::max(worst, std::abs(host(a, b) - wanted[a * s + b]));
        largest = std::max(largest, std::abs(wanted[a * s + b]));
      }
    return static_cast<double>(worst / largest);
  }

  void expect_right(const SkyPixels<>& host, std::size_t sources, std::size_t width,
                    CurvatureWorkspace<Space, T>& workspace) const {
    const auto pixels = to_space(space_, host);
    const auto host_mapping = random_mapping<T>(host.size(), sources, width, 3);
    const auto mapping = to_space(space_, host_mapping);
    const Matrix<double> kernel = random_kernel(host.grid, 4), none;
    const Matrix<double> second = random_kernel(host.grid, 5);
    const auto compact = there(kernel), hankel = there(second);
    for (const bool unequal : {false, true}) {
      const auto wanted = curvature_oracle(host, kernel, unequal ? second : none, host_mapping);
      for (const CurvatureMethod method : methods(unequal)) {
        SCOPED_TRACE(concat(host.size(), " pixels, S = ", sources, ", B = ", width, ", ",
                            curvature_method_name(method), unequal ? ", hankel" : ""));
        const auto right = blank(sources);
        const auto left = blank<Kokkos::LayoutLeft>(sources);
        if (unequal) {
          curvature_matrix(space_, compact, hankel, pixels, mapping, right, {method}, workspace);
          curvature_matrix(space_, compact, hankel, pixels, mapping, left, {method}, workspace);
        } else {
          curvature_matrix(space_, compact, pixels, mapping, right, {method}, workspace);
          curvature_matrix(space_, compact, pixels, mapping, left, {method}, workspace);
        }
        EXPECT_LE(error_of(right, wanted), limit);
        EXPECT_LE(error_of(left, wanted), limit);
        EXPECT_NE(workspace.used, CurvatureMethod::automatic);
      }
    }
  }

  const Space space_{};
};
TYPED_TEST_SUITE(CurvatureMatrix, SpacesAndPrecisions, CaseName);

SkyPixels<> disc() {
  return pixels_where({17, 19, 0.1}, [](int i, int j) { return std::hypot(i - 8, j - 9) < 7.2; });
}

TYPED_TEST(CurvatureMatrix, IsTheDefinitionByEveryMethod) {
  CurvatureWorkspace<typename TestFixture::Space, typename TestFixture::T> workspace;
  this->expect_right(disc(), 37, 3, workspace);
  this->expect_right(disc(), 50, 3, workspace);  // more sources for the same workspace
  this->expect_right(disc(), 21, 19, workspace);
  const auto all = [](int, int) { return true; };
  this->expect_right(pixels_where({1, 1, 0.1}, all), 1, 1, workspace);
  this->expect_right(pixels_where({2, 31, 0.1}, [](int i, int j) { return i == 1 || j < 3; }), 16,
                     3, workspace);
  this->expect_right(pixels_where({23, 9, 0.1}, [](int i, int j) { return (i * j) % 3 == 0; }), 33,
                     2, workspace);
}

TYPED_TEST(CurvatureMatrix, PartsOfThePlanAreTheWhole) {
  using Space = typename TestFixture::Space;
  using T = typename TestFixture::T;
  const Space& space = this->space_;
  const auto host = disc();
  const auto pixels = to_space(space, host);
  const std::size_t s = 37;
  CurvaturePlan<Space, T> plan(space, pixels, s, 3);
  const auto mapping_of = [&](unsigned seed) { return random_mapping<T>(host.size(), s, 3, seed); };
  const auto kernel_of = [&](unsigned seed) { return random_kernel(host.grid, seed); };
  const Matrix<double> none;
  const auto curvature = this->blank(s);

  plan.set_kernel(space, this->there(kernel_of(1)));  // many mappings of one kernel
  for (const unsigned seed : {1, 2, 3}) {
    plan.set_mapping(space, to_space(space, mapping_of(seed)));
    plan.compute(space, curvature);
    EXPECT_LE(
        this->error_of(curvature, curvature_oracle(host, kernel_of(1), none, mapping_of(seed))),
        TestFixture::limit);
  }
  for (const unsigned seed : {4, 5}) {  // many channels of one mapping
    plan.set_kernel(space, this->there(kernel_of(seed)));
    plan.compute(space, curvature);
    EXPECT_LE(
        this->error_of(curvature, curvature_oracle(host, kernel_of(seed), none, mapping_of(3))),
        TestFixture::limit);
  }
  plan.set_kernel(space, this->there(kernel_of(6)), this->there(kernel_of(7)));
  EXPECT_THAT(sentence_of([&] { plan.compute(space, curvature); }),
              testing::HasSubstr("set_mapping() comes after set_kernel()"));
  plan.set_mapping(space, to_space(space, mapping_of(8)));
  plan.compute(space, curvature);
  EXPECT_LE(
      this->error_of(curvature, curvature_oracle(host, kernel_of(6), kernel_of(7), mapping_of(8))),
      TestFixture::limit);
  plan.set_kernel(space, this->there(kernel_of(9)));  // and back
  plan.compute(space, curvature);
  EXPECT_LE(this->error_of(curvature, curvature_oracle(host, kernel_of(9), none, mapping_of(8))),
            TestFixture::limit);

  CurvaturePlan<Space, T> empty(space, pixels, s, 3);
  EXPECT_THAT(sentence_of([&] { empty.compute(space, curvature); }),
              testing::HasSubstr("set_kernel() comes first"));
}

TYPED_TEST(CurvatureMatrix, TransformsNeedLittleMemory) {
  using Space = typename TestFixture::Space;
  if (fft_library<Space>().empty()) {
    EXPECT_TRUE(std::isinf(curvature_cost(this->space_, {300, 300, 70000, 1000, 210000}).fft));
    return;
  }
  const auto pixels = to_space(this->space_, pixels_where({300, 300, 0.1}, [](int i, int j) {
                                 return std::hypot(i - 149.5, j - 149.5) < 150.0;
                               }));
  const glint::impl::FftCurvature<Space, typename TestFixture::T> route(this->space_, pixels);
  EXPECT_GT(route.bytes(), 8 * 16 * pixels.size());
  EXPECT_LE(route.bytes(), std::size_t(64) << 20);
}

TYPED_TEST(CurvatureMatrix, RefusesWhatDoesNotFit) {
  using Space = typename TestFixture::Space;
  using T = typename TestFixture::T;
  const Space& space = this->space_;
  const auto host = disc();
  const auto pixels = to_space(space, host);
  const auto mapping = to_space(space, random_mapping<T>(host.size(), 5, 3, 1));
  const auto kernel = this->there(random_kernel(host.grid, 1));
  const auto curvature = this->blank(5);
  CurvatureWorkspace<Space, T> workspace;
  const auto sentence = [&](CurvatureMethod method) {
    return sentence_of([&] {
      curvature_matrix(space, kernel, kernel, pixels, mapping, curvature, {method}, workspace);
    });
  };
  using testing::HasSubstr;
  EXPECT_THAT(sentence(CurvatureMethod::pairs), HasSubstr("'pairs' knows no Hankel part"));
  if (fft_library<Space>().empty()) {
    EXPECT_THAT(sentence(CurvatureMethod::fft), HasSubstr("the method 'fft' needs an FFT library"));
  }
  const auto all = [](int, int) { return true; };
  const auto many = pixels_where({91, 91, 0.1}, all);
  const auto wide = to_space(space, random_mapping<T>(many.size(), 5, 1, 1));
  EXPECT_THAT(sentence_of([&] {
                curvature_matrix(space, this->there(random_kernel(many.grid, 1)),
                                 to_space(space, many), wide, curvature, {CurvatureMethod::dense},
                                 workspace);
              }),
              HasSubstr("a dense W of 8281 x 8281 numbers is refused; the most is 8192 pixels"));
  EXPECT_THAT(sentence_of([&] {
                curvature_matrix(space, kernel, pixels, mapping, this->blank(4), {}, workspace);
              }),
              HasSubstr("curvature has shape (4, 4) where (5, 5) is needed"));
  const std::vector<std::string> names{"automatic", "direct", "fft", "products", "dense", "pairs"};
  for (int k = 0; k < 6; ++k)
    EXPECT_EQ(curvature_method_name(static_cast<CurvatureMethod>(k)), names[k]);
}

}  // namespace
}  // namespace glint::test
