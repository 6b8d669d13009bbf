// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <glint/execution.hpp>
#include <glint/pruned_fft.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Worst;
using Exact = std::complex<long double>;

/// Numbers without any pattern, about 1 in size.
double sample(std::size_t k) { return std::sin(0.9 * static_cast<double>(k * k % 997) + 0.2); }

const PrunedFftShape shapes[] = {{1, 1, 1, 1},       {2, 1, 1, 1},        {1, 2, 1, 2},
                                 {7, 5, 7, 3},       {12, 10, 5, 6},      {16, 64, 8, 33, 2},
                                 {31, 18, 9, 10, 3}, {40, 26, 17, 14, 2}, {30, 33, 16, 8}};

template <class Case>
class PrunedFft : public testing::Test {
 protected:
  using Space = typename Case::space;
  using T = typename Case::value;
  using Memory = typename Space::memory_space;
  using Complex = Kokkos::complex<T>;
  static constexpr double tolerance = std::is_same_v<T, double> ? 4e-15 : 2e-6;

  static bool available() { return !fft_library<Space, T>().empty(); }

  /// The sentence of the Error that making a plan throws; "" when it throws none.
  static std::string problem(const PrunedFftShape& shape) {
    try {
      const PrunedFftPlan<Space, T> plan{Space(), shape};
    } catch (const Error& error) {
      return error.sentence();
    }
    return "";
  }

  /// Where the build has no library, the refusal is what can be tested.
  static void expect_refusal() {
    EXPECT_THAT(problem({4, 4, 4, 3}), testing::StartsWith("PrunedFftPlan: this build of glint has "
                                                           "no FFT library for "));
  }

  /// Images of `value(image, row, column)` with something that is not a number behind every row.
  template <class Value>
  static Cube<T, Memory> images(const Space& space, const PrunedFftShape& shape,
                                const Value& value) {
    const Cube<T> host("glint::test::host", shape.batch, shape.rows, shape.real_pitch());
    for (std::size_t b = 0; b < shape.batch; ++b)
      for (std::size_t r = 0; r < shape.rows; ++r)
        for (std::size_t c = 0; c < shape.real_pitch(); ++c)
          host(b, r, c) = c < shape.nx ? static_cast<T>(value(b, r, c)) : T(NAN);
    const Cube<T, Memory> target("glint::test::images", shape.batch, shape.rows,
                                 shape.real_pitch());
    copy(space, target, host);
    compat::fence(space, "glint::test::images");
    return target;
  }
  static Cube<Complex, Memory> spectra(const PrunedFftShape& shape) {
    return Cube<Complex, Memory>("glint::test::spectra", shape.batch, shape.columns,
                                 shape.spectrum_pitch());
  }
  static double pixel(const PrunedFftShape& shape, std::size_t b, std::size_t r, std::size_t c) {
    return static_cast<double>(static_cast<T>(sample((b * shape.rows + r) * shape.nx + c)));
  }

  /// The definition of the forward transform, term by term, in extended precision.
  static Exact direct(const PrunedFftShape& shape, std::size_t b, std::size_t kx, std::size_t ky) {
    const long double two_pi = 8 * std::atan(1.0L);
    Exact sum = 0;
    for (std::size_t r = 0; r < shape.rows; ++r)
      for (std::size_t c = 0; c < shape.nx; ++c) {
        const long double turns = static_cast<long double>(ky * r % shape.ny) / shape.ny +
                                  static_cast<long double>(kx * c % shape.nx) / shape.nx;
        sum += Exact(pixel(shape, b, r, c)) * std::polar(1.0L, -two_pi * turns);
      }
    return sum;
  }
};
TYPED_TEST_SUITE(PrunedFft, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(PrunedFft, ForwardIsTheSumOfItsDefinition) {
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  for (const PrunedFftShape& shape : shapes) {
    const auto real = this->images(space, shape, [&](std::size_t b, std::size_t r, std::size_t c) {
      return this->pixel(shape, b, r, c);
    });
    const auto spectrum = this->spectra(shape);
    const PrunedFftPlan<typename TypeParam::space, typename TypeParam::value> plan(space, shape);
    plan.forward(space, real, spectrum);
    compat::fence(space, "glint::test::forward");
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), spectrum);
    Worst worst(this->tolerance * std::sqrt(static_cast<double>(shape.rows * shape.nx)), 1.0);
    for (std::size_t b = 0; b < shape.batch; ++b)
      for (std::size_t kx = 0; kx < shape.columns; ++kx)
        for (std::size_t ky = 0; ky < shape.ny; ++ky) {
          const Exact wanted = this->direct(shape, b, kx, ky);
          const std::string where = concat(b, " ", kx, " ", ky);
          worst.compare(host(b, kx, ky).real(), static_cast<double>(wanted.real()), where);
          worst.compare(host(b, kx, ky).imag(), static_cast<double>(wanted.imag()), where);
        }
    EXPECT_TRUE(worst.result()) << shape.batch << " x " << shape.ny << " x " << shape.nx;
  }
}

TYPED_TEST(PrunedFft, BackwardAfterForwardIsTheSizeTimesTheImage) {
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  for (const bool measure : {false, true})
    for (const PrunedFftShape& shape : shapes) {
      if (shape.columns != shape.half()) continue;  // refused, see below
      const auto value = [&](std::size_t b, std::size_t r, std::size_t c) {
        return this->pixel(shape, b, r, c);
      };
      const auto real = this->images(space, shape, value);
      const auto back = this->images(space, shape, value);
      const auto spectrum = this->spectra(shape);
      FftOptions options;
      options.measure = measure;
      const PrunedFftPlan<typename TypeParam::space, typename TypeParam::value> plan(space, shape,
                                                                                     options);
      plan.forward(space, real, spectrum);
      fill(space, back, typename TypeParam::value(-7));
      plan.backward(space, spectrum, back);
      compat::fence(space, "glint::test::backward");
      const auto before = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), real);
      const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), back);
      const double size = static_cast<double>(shape.ny * shape.nx);
      Worst worst(this->tolerance, 1.0);
      for (std::size_t b = 0; b < shape.batch; ++b)
        for (std::size_t r = 0; r < shape.rows; ++r)
          for (std::size_t c = 0; c < shape.nx; ++c) {
            EXPECT_EQ(before(b, r, c), value(b, r, c));
            worst.compare(host(b, r, c) / size, value(b, r, c), concat(b, " ", r, " ", c));
          }
      EXPECT_TRUE(worst.result()) << shape.batch << " x " << shape.ny << " x " << shape.nx;
    }
}

/// A filter is a circular convolution with one image and a correlation with another.
TYPED_TEST(PrunedFft, FilterConvolvesAndReflects) {
  using T = typename TypeParam::value;
  using Memory = typename TypeParam::space::memory_space;
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  const PrunedFftShape shape{12, 18, 5, 10, 2};
  const auto n = static_cast<std::ptrdiff_t>(shape.ny), m = static_cast<std::ptrdiff_t>(shape.nx);
  // Even, so that its spectrum is real; and one of no symmetry.
  const auto even = [&](std::ptrdiff_t r, std::ptrdiff_t c) {
    return std::cos(0.5 * static_cast<double>(std::min(r, n - r))) +
           0.3 * static_cast<double>(std::min(c, m - c));
  };
  const auto any = [&](std::ptrdiff_t r, std::ptrdiff_t c) {
    return sample(static_cast<std::size_t>(r * m + c + 5));
  };
  const Matrix<T> factors("glint::test::factors", shape.columns, shape.spectrum_pitch());
  const Matrix<Kokkos::complex<T>> reflected("glint::test::reflected", shape.columns,
                                             shape.spectrum_pitch());
  const long double two_pi = 8 * std::atan(1.0L);
  for (std::size_t kx = 0; kx < shape.columns; ++kx)
    for (std::size_t ky = 0; ky < shape.ny; ++ky) {
      Exact sums[2] = {};
      for (std::ptrdiff_t r = 0; r < n; ++r)
        for (std::ptrdiff_t c = 0; c < m; ++c) {
          const Exact turn = std::polar(1.0L, -two_pi * (static_cast<long double>(ky) * r / n +
                                                         static_cast<long double>(kx) * c / m));
          sums[0] += Exact(even(r, c)) * turn;
          sums[1] += Exact(any(r, c)) * turn;
        }
      const long double size = static_cast<long double>(n * m);
      factors(kx, ky) = static_cast<T>(sums[0].real() / size);
      reflected(kx, ky) = Kokkos::complex<T>(static_cast<T>(sums[1].real() / size),
                                             static_cast<T>(sums[1].imag() / size));
    }
  const auto value = [&](std::size_t b, std::size_t r, std::size_t c) {
    return this->pixel(shape, b, r, c);
  };
  const Matrix<T, Memory> on_space("glint::test::factors", shape.columns, shape.spectrum_pitch());
  const Matrix<Kokkos::complex<T>, Memory> reflected_on_space(
      "glint::test::reflected", shape.columns, shape.spectrum_pitch());
  copy(space, on_space, factors);
  copy(space, reflected_on_space, reflected);
  const PrunedFftPlan<typename TypeParam::space, T> plan(space, shape);
  for (const bool reflects : {false, true}) {
    const auto image = this->images(space, shape, value);
    const auto spectrum = this->spectra(shape);
    const decltype(reflected_on_space) none;
    plan.filter(space, image, spectrum, on_space, reflects ? reflected_on_space : none, image);
    compat::fence(space, "glint::test::filter");
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
    Worst worst(this->tolerance, 200.0);
    for (std::size_t b = 0; b < shape.batch; ++b)
      for (std::ptrdiff_t r = 0; r < static_cast<std::ptrdiff_t>(shape.rows); ++r)
        for (std::ptrdiff_t c = 0; c < m; ++c) {
          double wanted = 0.0;
          for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(shape.rows); ++i)
            for (std::ptrdiff_t j = 0; j < m; ++j) {
              const double light =
                  value(b, static_cast<std::size_t>(i), static_cast<std::size_t>(j));
              wanted += light * even((r - i + n) % n, (c - j + m) % m);
              if (reflects) wanted += light * any((r + i) % n, (c + j) % m);
            }
          worst.compare(host(b, r, c), wanted, concat(b, " ", r, " ", c));
        }
    EXPECT_TRUE(worst.result()) << reflects;
  }
}

TYPED_TEST(PrunedFft, WrongShapesAreRefused) {
  EXPECT_EQ(this->problem({4, 6, 5, 4}),
            "PrunedFftPlan: 5 rows and 4 columns of 1 images of 4 x 6 cannot be transformed");
  EXPECT_EQ(this->problem({4, 6, 4, 5, 2}),
            "PrunedFftPlan: 4 rows and 5 columns of 2 images of 4 x 6 cannot be transformed");
  EXPECT_THAT(this->problem({100000, 100000, 5, 4}), testing::HasSubstr("are more than"));
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  const PrunedFftShape shape{8, 12, 4, 5};
  const PrunedFftPlan<typename TypeParam::space, typename TypeParam::value> plan(space, shape);
  const auto real =
      this->images(space, shape, [](std::size_t, std::size_t, std::size_t) { return 1.0; });
  const auto sentence = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  EXPECT_EQ(sentence([&] { plan.backward(space, this->spectra(shape), real); }),
            "PrunedFftPlan::backward: the plan keeps 5 of the 7 columns of a spectrum; all are "
            "needed");
  EXPECT_EQ(sentence([&] {
              plan.forward(space, real, this->spectra({8, 12, 4, 7}));
            }),
            concat("PrunedFftPlan::forward: spectrum has shape (1, 7, 8) where (1, 5, 8) is "
                   "needed"));
}

/// Rows and columns never lie a multiple of 32 numbers apart.
TEST(PrunedFftShape, PitchesAvoidPowersOfTwo) {
  for (const std::size_t n : {1, 7, 8, 31, 32, 64, 250, 256, 448, 1024}) {
    const PrunedFftShape shape{n, n, n, n / 2 + 1};
    EXPECT_GE(shape.real_pitch(), n);
    EXPECT_LE(shape.real_pitch(), n + 16);
    EXPECT_EQ(shape.real_pitch() % 8, 0u);
    EXPECT_NE(shape.real_pitch() % 32, 0u);
    EXPECT_GE(shape.spectrum_pitch(), n);
    EXPECT_LE(shape.spectrum_pitch(), n + 8);
    EXPECT_EQ(shape.spectrum_pitch() % 4, 0u);
    EXPECT_NE(shape.spectrum_pitch() % 32, 0u);
  }
}

}  // namespace
}  // namespace glint
