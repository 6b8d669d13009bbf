// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/checks.hpp>
#include <glint/views.hpp>

namespace glint {
namespace {

using testing::HasSubstr;

void expect_even(int value) {
  GLINT_EXPECTS(value % 2 == 0, "the value must be even, not ", value);
}

TEST(Error, CarriesSentenceConditionAndLocation) {
  try {
    expect_even(3);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.sentence(), "the value must be even, not 3");
    EXPECT_EQ(error.condition(), "value % 2 == 0");
    EXPECT_THAT(error.location(), HasSubstr("errors.cpp:"));
    EXPECT_THAT(error.location(), HasSubstr("expect_even"));
    EXPECT_THAT(error.what(), HasSubstr(error.sentence()));
  }
}

TEST(Error, IsSilentWhenTheConditionHolds) { EXPECT_NO_THROW(expect_even(2)); }

TEST(Error, MacroIsOneStatement) {
  // An else after the macro must belong to the if before it.
  bool reached = false;
  if (false)
    GLINT_EXPECTS(true, "never");
  else
    reached = true;
  EXPECT_TRUE(reached);
}

TEST(Concat, PrintsTheFewestDigitsThatReadBack) {
  EXPECT_EQ(concat("x = ", 0.1, ", ", 1e-300, ", ", 3, ", ", 2.0f), "x = 0.1, 1e-300, 3, 2");
  EXPECT_EQ(std::stod(number_text(1.0 / 3.0)), 1.0 / 3.0);
}

TEST(ExpectShape, NamesBothShapes) {
  const Matrix<double> image("glint::test::image", 3, 4);
  EXPECT_NO_THROW(expect_shape("render", "image", image, std::array<std::size_t, 2>{3, 4}));
  try {
    expect_shape("render", "image", image, std::array<std::size_t, 2>{4, 3});
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.sentence(), "render: image has shape (3, 4) where (4, 3) is needed");
  }
}

}  // namespace
}  // namespace glint
