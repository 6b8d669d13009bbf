// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <glint/execution.hpp>
#include <glint/fft.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <thread>

namespace glint {
namespace {

using test::Worst;
using Real = long double;

/// Numbers without any pattern, about 1 in size.
double sample(std::size_t k) { return std::sin(0.7 * static_cast<double>(k * k % 1009) + 0.3); }

/// The definition, term by term, in extended precision.
std::complex<Real> direct(const FftShape& shape, std::size_t image, std::size_t ky,
                          std::size_t kx) {
  const Real two_pi = 8 * std::atan(Real(1));
  std::complex<Real> sum = 0;
  for (std::size_t i = 0; i < shape.ny; ++i)
    for (std::size_t j = 0; j < shape.nx; ++j) {
      const Real turns =
          Real(ky * i % shape.ny) / Real(shape.ny) + Real(kx * j % shape.nx) / Real(shape.nx);
      sum += Real(sample((image * shape.ny + i) * shape.nx + j)) *
             std::polar(Real(1), -two_pi * turns);
    }
  return sum;
}

/// The sentence of the Error that making a plan throws; "" when it throws none.
template <class Space, class T>
std::string plan_problem(const FftShape& shape) {
  try {
    const FftPlan<Space, T> plan(Space(), shape);
  } catch (const Error& error) {
    return error.sentence();
  }
  return "";
}

template <class Case>
class Fft : public testing::Test {
 protected:
  using Space = typename Case::space;
  using T = typename Case::value;
  using Memory = typename Space::memory_space;
  using Complexes = Cube<Kokkos::complex<T>, Memory>;

  static bool available() { return !fft_library<Space, T>().empty(); }

  /// Where the build has no library, the refusal is what can be tested.
  static void expect_refusal() {
    EXPECT_EQ((plan_problem<Space, T>({4, 4})),
              concat("FftPlan: this build of glint has no FFT library for ",
                     std::is_same_v<T, double> ? "double" : "float", " on the backend '",
                     backend_name<Space>(), "'"));
  }

  static Cube<T, Memory> samples(const Space& space, const FftShape& shape) {
    const Cube<T> host("glint::test::host", shape.batch, shape.ny, shape.nx);
    for (std::size_t k = 0; k < host.size(); ++k) host.data()[k] = static_cast<T>(sample(k));
    const Cube<T, Memory> real("glint::test::real", shape.batch, shape.ny, shape.nx);
    copy(space, real, host);
    compat::fence(space, "glint::test::samples");
    return real;
  }

  static constexpr double tolerance = std::is_same_v<T, double> ? 1e-15 : 4e-7;
};
TYPED_TEST_SUITE(Fft, test::SpacesAndPrecisions, test::CaseName);

const FftShape shapes[] = {{1, 1},    {1, 2},    {2, 1},     {1, 7},    {5, 1},   {4, 4},
                           {6, 9},    {13, 11},  {31, 2},    {3, 64},   {17, 19}, {12, 10, 3},
                           {1, 1, 2}, {7, 5, 4}, {97, 3, 1}, {8, 30, 2}};

TYPED_TEST(Fft, ForwardIsTheSumOfItsDefinition) {
  using T = typename TypeParam::value;
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  for (const FftShape& shape : shapes) {
    const auto real = this->samples(space, shape);
    const typename TestFixture::Complexes spectrum("glint::test::spectrum", shape.batch, shape.ny,
                                                   shape.half());
    const FftPlan<typename TypeParam::space, T> plan(space, shape);
    plan.forward(space, real, spectrum);
    compat::fence(space, "glint::test::forward");
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), spectrum);
    const double scale = std::sqrt(static_cast<double>(shape.ny * shape.nx));
    Worst worst(4 * this->tolerance * scale, 1.0);
    for (std::size_t b = 0; b < shape.batch; ++b)
      for (std::size_t ky = 0; ky < shape.ny; ++ky)
        for (std::size_t kx = 0; kx < shape.half(); ++kx) {
          const std::complex<Real> wanted = direct(shape, b, ky, kx);
          const std::string where = concat(b, " ", ky, " ", kx);
          worst.compare(host(b, ky, kx).real(), static_cast<double>(wanted.real()), where);
          worst.compare(host(b, ky, kx).imag(), static_cast<double>(wanted.imag()), where);
        }
    EXPECT_TRUE(worst.result()) << shape.batch << " x " << shape.ny << " x " << shape.nx;
  }
}

TYPED_TEST(Fft, BackwardAfterForwardIsTheSizeTimesTheImage) {
  using T = typename TypeParam::value;
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  for (const bool measure : {false, true})
    for (const FftShape& shape : shapes) {
      const auto real = this->samples(space, shape);
      const auto before = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), real);
      const Cube<T, typename TypeParam::space::memory_space> back("glint::test::back", shape.batch,
                                                                  shape.ny, shape.nx);
      const typename TestFixture::Complexes spectrum("glint::test::spectrum", shape.batch, shape.ny,
                                                     shape.half());
      FftOptions options;
      options.measure = measure;
      const FftPlan<typename TypeParam::space, T> plan(space, shape, options);
      plan.forward(space, real, spectrum);
      plan.backward(space, spectrum, back);
      compat::fence(space, "glint::test::backward");
      const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), back);
      const double size = static_cast<double>(shape.ny * shape.nx);
      Worst worst(4 * this->tolerance * std::log2(size + 2.0), 1.0);
      for (std::size_t k = 0; k < host.size(); ++k) {
        EXPECT_EQ(before.data()[k], static_cast<T>(sample(k)));
        worst.compare(host.data()[k] / size, sample(k), concat(k));
      }
      EXPECT_TRUE(worst.result()) << shape.batch << " x " << shape.ny << " x " << shape.nx;
    }
}

/// A single image may be a matrix, and may begin anywhere in memory.
TYPED_TEST(Fft, MatricesAtAnyAddress) {
  using T = typename TypeParam::value;
  using Memory = typename TypeParam::space::memory_space;
  using Loose = Kokkos::View<T**, Kokkos::LayoutRight, Memory, Kokkos::MemoryUnmanaged>;
  if (!this->available()) return this->expect_refusal();
  const typename TypeParam::space space;
  const FftShape shape{6, 10};
  const FftPlan<typename TypeParam::space, T> plan(space, shape);
  const auto real = this->samples(space, shape);
  const Matrix<Kokkos::complex<T>, Memory> spectrum("glint::test::spectrum", 6, 6);
  const Vector<T, Memory> room("glint::test::room", 61);
  const Loose shifted(room.data() + 1, 6, 10);
  plan.forward(space, Loose(real.data(), 6, 10), spectrum);
  plan.backward(space, spectrum, shifted);
  plan.forward(space, shifted, spectrum);
  compat::fence(space, "glint::test::matrices");
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), spectrum);
  Worst worst(20 * this->tolerance, 60.0);
  for (std::size_t ky = 0; ky < 6; ++ky)
    for (std::size_t kx = 0; kx < 6; ++kx)
      worst.compare(host(ky, kx).real(),
                    static_cast<double>(Real(60) * direct(shape, 0, ky, kx).real()),
                    concat(ky, " ", kx));
  EXPECT_TRUE(worst.result());
}

TYPED_TEST(Fft, WrongShapesAreRefused) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  EXPECT_EQ((plan_problem<Space, T>({0, 4})),
            "FftPlan: every extent must be at least 1, not 1 images of 0 x 4");
  EXPECT_THAT((plan_problem<Space, T>({100000, 100000})),
              testing::HasSubstr("1 images of 100000 x 100000 are more than"));
  if (!this->available()) return this->expect_refusal();
  const Space space;
  const FftPlan<Space, T> plan(space, {4, 6, 2});
  const auto sentence = [&](const auto& real, const auto& spectrum) {
    try {
      plan.forward(space, real, spectrum);
    } catch (const Error& error) {
      return error.sentence();
    }
    return std::string("accepted");
  };
  const Cube<T, Memory> real("glint::test::real", 2, 4, 6);
  const Cube<Kokkos::complex<T>, Memory> spectrum("glint::test::spectrum", 2, 4, 4);
  EXPECT_EQ(sentence(real, spectrum), "accepted");
  EXPECT_EQ(sentence(real, Cube<Kokkos::complex<T>, Memory>("glint::test::short", 2, 4, 3)),
            "FftPlan::forward: spectrum has shape (2, 4, 3) where (2, 4, 4) is needed");
  EXPECT_EQ(sentence(Cube<T, Memory>("glint::test::long", 2, 4, 7), spectrum),
            "FftPlan::forward: real has shape (2, 4, 7) where (2, 4, 6) is needed");
  EXPECT_EQ(sentence(Matrix<T, Memory>("glint::test::one", 4, 6), spectrum),
            "FftPlan::forward: real is one image where a batch of 2 is needed");
}

/// Plans are made and dropped by several threads at once.
TYPED_TEST(Fft, PlanningFromSeveralThreads) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  if (!this->available()) return this->expect_refusal();
  std::vector<std::thread> threads;
  std::vector<int> made(4, 0);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t, &made] {
      for (std::size_t side = 2; side < 20; ++side)
        made[t] += plan_problem<Space, T>({side, side + t}).empty() ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(made, testing::Each(18));
}

TEST(FftSizes, AreTheNextProductsOfSmallPrimes) {
  for (std::size_t size = 0; size < 3000; ++size) {
    std::size_t wanted = size ? size : 1;
    for (;; ++wanted) {
      std::size_t rest = wanted;
      for (const std::size_t p : {2, 3, 5, 7})
        while (rest % p == 0) rest /= p;
      if (rest == 1) break;
    }
    ASSERT_EQ(good_fft_size(size), wanted) << size;
  }
  EXPECT_EQ(good_fft_size(std::size_t(1) << 30), std::size_t(1) << 30);
  EXPECT_THROW(good_fft_size((std::size_t(1) << 30) + 1), Error);
}

}  // namespace
}  // namespace glint
