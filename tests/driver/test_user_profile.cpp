// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdio>
#include <sstream>

#include "driver.hpp"

namespace glint::test {
namespace {

/// The number after `words` in the first line that begins with `start`; NaN without one.
double number_after(const std::string& text, const std::string& start, const std::string& words) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(words);
    if (line.rfind(start, 0) != 0 || at == std::string::npos) continue;
    return std::strtod(line.c_str() + at + words.size(), nullptr);
  }
  return std::nan("");
}

/// What the example promises: better rules come closer, and refinement to its goal.
TEST(UserProfile, FindsTheFluxOfASpiral) {
  const TemporaryDirectory directory;
  const Outcome outcome =
      run_shell(directory.path(), std::string("OMP_NUM_THREADS=2 '") + GLINT_USER_PROFILE + "'");
  expect_success(outcome);
  const auto off = [&](const char* method) {
    return std::abs(number_after(outcome.out, method, "off by "));
  };
  EXPECT_LT(off("Gauss-Legendre 3 x 3"), 1e-3);
  EXPECT_LT(off("Kronrod 15 x 15"), 1e-7);
  EXPECT_LT(off("its Gauss 7 x 7"), 1e-5);
  EXPECT_LT(off("three rules of order 3"), 0.1);
  EXPECT_LT(off("refined, order 5"), 1e-9);
  // Two of the three reach to 1e-10 of their light over the frame's edge.
  EXPECT_LT(off("three spirals"), 1e-8);
  EXPECT_NEAR(number_after(outcome.out, "refined, order 5", "flux "), 100.5309649149, 1e-9);
  EXPECT_THAT(outcome.out, ::testing::HasSubstr("level 0: 57600 cells"));
}

}  // namespace
}  // namespace glint::test
