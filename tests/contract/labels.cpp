// SPDX-License-Identifier: BSD-3-Clause
#include "call_everything.hpp"
#include "launches.hpp"

#include <glint/backends.hpp>
#include <gtest/gtest.h>
#include <regex>
#include <set>

/// Everything glint launches, allocates or opens carries a label "glint::function::step", so that a
/// profile of a user's program says where its time goes.

namespace {

/// Regions may be named after the function alone. Kokkos labels what it does on behalf of a call
/// (fills, copies, its own fences) itself.
bool is_labelled(const glint::test::Launch& launch) {
  static const std::regex region("glint::[A-Za-z_]+(::[A-Za-z0-9_]+)*");
  static const std::regex step("glint::[A-Za-z_]+(::[A-Za-z0-9_]+)+|Kokkos::.+");
  return std::regex_match(launch.label, launch.kind == "region" ? region : step);
}

template <class ExecutionSpace>
void expect_labels(const ExecutionSpace& space) {
  SCOPED_TRACE(ExecutionSpace::name());
  const auto catalogue = glint::test::two_galaxies();
  const glint::test::LaunchRecorder recorder;
  glint::test::call_everything(space, catalogue);
  std::set<std::string> kinds, kernels;
  for (const auto& launch : glint::test::LaunchRecorder::launches()) {
    EXPECT_TRUE(is_labelled(launch)) << launch.kind << " '" << launch.label << "'";
    kinds.insert(launch.kind);
    if (launch.kind == "kernel") kernels.insert(launch.label.substr(0, launch.label.rfind(':')));
  }
  EXPECT_TRUE(kinds.count("kernel") && kinds.count("allocation") && kinds.count("region"));
  for (const std::string function : {"glint::prepare:", "glint::render:"})
    EXPECT_TRUE(kernels.count(function)) << "nothing was recorded for " << function;
}

TEST(Labels, NameFunctionAndStep) {
#define GLINT_EXPECT_LABELS(Space) expect_labels(Space());
  GLINT_FOR_EACH_SPACE(GLINT_EXPECT_LABELS)
#undef GLINT_EXPECT_LABELS
}

}  // namespace
