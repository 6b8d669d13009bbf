// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/execution.hpp>
#include <glint/incomplete_gamma.hpp>
#include <glint/views.hpp>
#include <reference/boundary_oracle.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

using test::Worst;

TEST(IncompleteGamma, KnownByHand) {
  Worst worst(1e-14);
  for (const double x : {1e-8, 0.01, 0.5, 1.0, 2.0, 5.0, 20.0, 100.0}) {
    const std::string where = " at " + std::to_string(x);
    worst.compare(gamma_p(1.0, x), -std::expm1(-x), "P(1, x) = 1 - exp(-x)" + where);
    worst.compare(gamma_q(1.0, x), std::exp(-x), "Q(1, x) = exp(-x)" + where, std::max(1.0, x));
    worst.compare(gamma_p(0.5, x), std::erf(std::sqrt(x)), "P(1/2, x) = erf(sqrt x)" + where);
    worst.compare(gamma_q(2.0, x), std::exp(-x) * (1.0 + x), "Q(2, x)" + where, std::max(1.0, x));
  }
  EXPECT_TRUE(worst.result());
}

TEST(IncompleteGamma, EndsOfTheRange) {
  EXPECT_EQ(gamma_p(3.0, 0.0), 0.0);
  EXPECT_EQ(gamma_q(3.0, 0.0), 1.0);
  EXPECT_EQ(gamma_p(3.0, 1e4), 1.0);
  EXPECT_EQ(gamma_q(3.0, 1e4), 0.0);
}

/// Both tails against the extended-precision oracle, relative 1e-14 max(1, x).
TEST(IncompleteGamma, BothTailsOverTheWholeRange) {
  Worst worst(1e-14);
  for (double a = 0.04; a < 40.1; a *= 1.13)
    for (double x = 1e-8; x < 600.0; x *= 1.31) {
      const test::Shares exact = test::gamma_shares(a, x);
      const std::string where = concat("a ", a, " x ", x);
      const double scale = std::max(1.0, x);
      const double p = static_cast<double>(exact.inside), q = static_cast<double>(exact.outside);
      // The oracle's smaller share is its accurate one unless x is small against a.
      if (p > 1e-290 && (x < a + 1 || p > 0.1))
        worst.compare(gamma_p(a, x), p, "P " + where, scale);
      if (q > 1e-290 && (x >= a + 1 || q > 1e-4))
        worst.compare(gamma_q(a, x), q, "Q " + where, scale);
    }
  EXPECT_TRUE(worst.result());
}

template <class Space>
struct Evaluate {
  Vector<double, typename Space::memory_space> a, x, p, q;
  KOKKOS_FUNCTION void operator()(int k) const {
    p(k) = gamma_p(a(k), x(k));
    q(k) = gamma_q(a(k), x(k));
  }
};

template <class Case>
class IncompleteGammaOn : public testing::Test {};
TYPED_TEST_SUITE(IncompleteGammaOn, test::Spaces, test::CaseName);

TYPED_TEST(IncompleteGammaOn, DeviceEqualsHost) {
  using Space = typename TypeParam::space;
  using Doubles = Vector<double, typename Space::memory_space>;
  const int count = 997;
  const Space space;
  const Vector<double> a("a", count), x("x", count), p("p", count), q("q", count);
  for (int k = 0; k < count; ++k) {
    a(k) = 0.04 + 0.04 * k;
    x(k) = 0.3 * a(k) + 0.002 * k * (k % 7);
  }
  const Evaluate<Space> functor{Doubles("a", count), Doubles("x", count), Doubles("p", count),
                                Doubles("q", count)};
  copy(space, functor.a, a);
  copy(space, functor.x, x);
  Kokkos::parallel_for("glint::test::gamma", range(space, count), functor);
  copy(space, p, functor.p);
  copy(space, q, functor.q);
  compat::fence(space, "glint::test::gamma");
  Worst worst(2e-13);
  for (int k = 0; k < count; ++k) {
    worst.compare(p(k), gamma_p(a(k), x(k)), concat("P a ", a(k), " x ", x(k)));
    worst.compare(q(k), gamma_q(a(k), x(k)), concat("Q a ", a(k), " x ", x(k)));
  }
  EXPECT_TRUE(worst.result());
}

}  // namespace
}  // namespace glint
