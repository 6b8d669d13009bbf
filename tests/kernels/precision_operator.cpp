// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/precision_operator.hpp>
#include <limits>
#include <reference/inversion_oracle.hpp>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/inversions.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint::test {
namespace {

struct Part {
  std::string name;
  SkyPixels<> pixels;
};

/// Sets of pixels that go wrong easily, in frames with even, odd and prime sides.
std::vector<Part> parts() {
  const auto all = [](int, int) { return true; };
  const auto ring = [](int i, int j) {
    const double r = std::hypot(i - 11.5, j - 11.5);
    return r > 6 && r < 11;
  };
  const auto islands = [](int i, int j) {
    return std::hypot(i - 5.0, j - 6.0) < 4 || std::hypot(i - 22.0, j - 41.0) < 5;
  };
  return {{"one pixel is all", pixels_where({1, 1, 0.1}, all)},
          {"one row", pixels_where({5, 37, 0.1}, [](int i, int) { return i == 3; })},
          {"one column", pixels_where({23, 4, 0.1}, [](int, int j) { return j == 0; })},
          {"one pixel", pixels_where({9, 13, 0.1}, [](int i, int j) { return i == 4 && j == 11; })},
          {"a corner", pixels_where({19, 27, 0.1}, [](int i, int j) { return i > 9 && j < 7; })},
          {"a ring", pixels_where({24, 24, 0.1}, ring)},
          {"islands", pixels_where({30, 50, 0.1}, islands)},
          {"a board", pixels_where({11, 17, 0.1}, [](int i, int j) { return (i + j) % 2 == 0; })},
          {"everything", pixels_where({16, 33, 0.1}, all)}};
}

std::vector<double> random_images(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<double> numbers(count);
  for (double& number : numbers) number = random() / 2147483648.0 - 1.0;
  return numbers;
}

template <class Case>
class Operator : public testing::Test {
 protected:
  using Space = typename Case::space;
  using Memory = typename Space::memory_space;

  static std::vector<OperatorMethod> methods() {
    if (fft_library<Space>().empty()) return {OperatorMethod::automatic, OperatorMethod::direct};
    return {OperatorMethod::automatic, OperatorMethod::direct, OperatorMethod::fft};
  }

  Matrix<double, Memory> there(const Matrix<double>& host) const {
    const auto view = allocate<Matrix<double, Memory>>(space_, "glint::test::kernel",
                                                       host.extent(0), host.extent(1));
    copy(space_, view, host);
    return view;
  }

  /// W of these pixels, and the sums of the sizes of its terms.
  static void dense(const SkyPixels<>& pixels, const Matrix<double>& kernel,
                    const Matrix<double>* hankel, Dense& w, Dense& sizes) {
    add_kernel(pixels, kernel, false, w);
    sizes = absolute(w);
    if (!hankel) return;
    Dense second(pixels.size(), pixels.size());
    add_kernel(pixels, *hankel, true, second);
    for (std::size_t k = 0; k < w.values.size(); ++k) {
      w.values[k] += second.values[k];
      sizes.values[k] += std::abs(second.values[k]);
    }
  }

  /// Results (b, M) against dense products. Direct sums are right to rounding of their own terms,
  /// transforms to that of the largest.
  void expect_products(const std::vector<double>& got, const std::vector<double>& images,
                       const Dense& w, const Dense& sizes, bool direct) const {
    const std::size_t m = w.rows, count = images.size() / m;
    ASSERT_EQ(got.size(), images.size());
    Dense x(m, count);
    for (std::size_t b = 0; b < count; ++b)
      for (std::size_t i = 0; i < m; ++i) x(i, b) = images[b * m + i];
    const Dense wanted = product(w, x), terms = product(sizes, absolute(x));
    Worst worst(2e-15, 1.0);
    const auto largest = static_cast<double>(terms.largest());
    for (std::size_t b = 0; b < count; ++b)
      for (std::size_t i = 0; i < m; ++i) {
        const double scale = direct ? static_cast<double>(terms(i, b)) : largest;
        const auto error = static_cast<double>(got[b * m + i] - wanted(i, b));
        worst.compare(error / scale, 0.0, concat("image ", b, ", pixel ", i));
      }
    EXPECT_TRUE(worst.result());
  }

  const Space space_{};
};
TYPED_TEST_SUITE(Operator, Spaces, CaseName);

TYPED_TEST(Operator, IsTheDefinitionByEveryMethod) {
  using Memory = typename TestFixture::Memory;
  const auto& space = this->space_;
  for (const Part& part : parts()) {
    const std::size_t m = part.pixels.size();
    const auto pixels = to_space(space, part.pixels);
    const Matrix<double> kernel = random_kernel(part.pixels.grid, 1);
    const Matrix<double> second = random_kernel(part.pixels.grid, 2);
    for (const OperatorMethod method : this->methods())
      for (const bool unequal : {false, true}) {
        SCOPED_TRACE(
            concat(part.name, ", ", operator_method_name(method), unequal ? ", hankel" : ""));
        Dense w(m, m), sizes(m, m);
        TestFixture::dense(part.pixels, kernel, unequal ? &second : nullptr, w, sizes);
        PrecisionOperator<typename TestFixture::Space> precision(space, pixels, {method, 3});
        ASSERT_EQ(precision.pixels(), m);
        // The other kind of kernel before, to be forgotten.
        if (unequal) {
          precision.set_kernel(space, this->there(second));
          precision.set_kernel(space, this->there(kernel), this->there(second));
        } else {
          precision.set_kernel(space, this->there(second), this->there(kernel));
          precision.set_kernel(space, this->there(kernel));
        }
        const bool direct = precision.method() == OperatorMethod::direct;
        for (const std::size_t count : {0, 1, 2, 3, 7}) {
          const auto images = random_images(count * m, 5);
          const auto given = matrix_of(space, count, m, images);
          const auto results =
              allocate<Matrix<double, Memory>>(space, "glint::test::results", count, m);
          fill(space, results, std::numeric_limits<double>::quiet_NaN());
          precision.apply(space, given, results);
          if (count > 0) this->expect_products(list_of(space, results), images, w, sizes, direct);
          EXPECT_EQ(list_of(space, given), images);
        }
      }
  }
}

TYPED_TEST(Operator, TakesImagesOfAnyKind) {
  using Memory = typename TestFixture::Memory;
  const auto& space = this->space_;
  const Part part = parts()[6];
  const std::size_t m = part.pixels.size();
  const Matrix<double> kernel = random_kernel(part.pixels.grid, 3);
  Dense w(m, m), sizes(m, m);
  TestFixture::dense(part.pixels, kernel, nullptr, w, sizes);
  for (const OperatorMethod method : this->methods()) {
    SCOPED_TRACE(operator_method_name(method));
    PrecisionOperator<typename TestFixture::Space> precision(space, to_space(space, part.pixels),
                                                             {method});
    precision.set_kernel(space, this->there(kernel));
    const bool direct = precision.method() == OperatorMethod::direct;
    EXPECT_GT(precision.bytes(), 8 * m);

    const auto one = random_images(m, 6);  // a vector, in place
    const auto vector = vector_of(space, one);
    precision.apply(space, vector, vector);
    this->expect_products(list_of(space, vector), one, w, sizes, direct);

    const auto three = random_images(3 * m, 7);  // columns of a matrix
    using Left = Kokkos::View<double**, Kokkos::LayoutLeft, Memory>;
    const Left columns(Kokkos::view_alloc(space, "glint::test::columns"), 3, m);
    std::vector<double> turned(3 * m);
    for (std::size_t b = 0; b < 3; ++b)
      for (std::size_t i = 0; i < m; ++i) turned[i * 3 + b] = three[b * m + i];
    using Flat = Kokkos::View<double**, Kokkos::LayoutRight, Memory, Kokkos::MemoryUnmanaged>;
    const Flat flat(columns.data(), m, 3);
    copy(space, flat, HostTable<const double>(turned.data(), m, 3));
    precision.apply(space, columns, columns);
    const auto results = list_of(space, flat);
    std::vector<double> rows(3 * m);
    for (std::size_t b = 0; b < 3; ++b)
      for (std::size_t i = 0; i < m; ++i) rows[b * m + i] = results[i * 3 + b];
    this->expect_products(rows, three, w, sizes, direct);
  }
}

TYPED_TEST(Operator, RefusesWhatDoesNotFit) {
  using Space = typename TestFixture::Space;
  const Space& space = this->space_;
  const auto host = parts()[4].pixels;
  const auto pixels = to_space(space, host);
  using testing::HasSubstr;
  EXPECT_THAT(sentence_of([&] {
                PrecisionOperator<Space>(
                    space,
                    to_space(space, pixels_where({3, 3, 0.1}, [](int, int) { return false; })));
              }),
              HasSubstr("PrecisionOperator: there is no image pixel"));
  EXPECT_THAT(sentence_of([&] {
                PrecisionOperator<Space>(space, pixels, {OperatorMethod::direct, 0});
              }),
              HasSubstr("the batch must be at least 1 image, not 0"));
  if (fft_library<Space>().empty()) {
    EXPECT_THAT(
        sentence_of([&] { PrecisionOperator<Space>(space, pixels, {OperatorMethod::fft}); }),
        HasSubstr("the method 'fft' needs an FFT library"));
  }

  PrecisionOperator<Space> precision(space, pixels);
  const auto kernel = this->there(random_kernel(host.grid, 1));
  const auto wrong = this->there(random_kernel({19, 26, 0.1}, 1));
  const auto image = vector_of(space, random_images(host.size(), 1));
  const auto longer = vector_of(space, random_images(host.size() + 1, 1));
  EXPECT_THAT(sentence_of([&] { precision.apply(space, image, image); }),
              HasSubstr("set_kernel() comes first"));
  EXPECT_THAT(sentence_of([&] { precision.set_kernel(space, wrong); }),
              HasSubstr("compact has shape (19, 51) where (19, 53) is needed"));
  EXPECT_THAT(sentence_of([&] { precision.set_kernel(space, kernel, wrong); }),
              HasSubstr("hankel has shape (19, 51)"));
  precision.set_kernel(space, kernel);
  EXPECT_THAT(sentence_of([&] { precision.apply(space, longer, image); }),
              HasSubstr("images has shape (64) where (63) is needed"));
  EXPECT_THAT(sentence_of([&] { precision.apply(space, image, longer); }),
              HasSubstr("results has shape (64) where (63) is needed"));
  EXPECT_EQ(operator_method_name(OperatorMethod::automatic), "automatic");
  EXPECT_EQ(operator_method_name(OperatorMethod::direct), "direct");
  EXPECT_EQ(operator_method_name(OperatorMethod::fft), "fft");
}

}  // namespace
}  // namespace glint::test
