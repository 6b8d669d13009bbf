// SPDX-License-Identifier: BSD-3-Clause
#include "call_everything.hpp"
#include "launches.hpp"

#include <algorithm>
#include <cctype>
#include <glint/backends.hpp>
#include <gtest/gtest.h>
#include <set>

/// Everything glint launches, allocates or opens carries a label "glint::function::step", so that a
/// profile of a user's program says where its time goes.

namespace {

/// The parts of "glint::render::tables"; empty parts stay.
std::vector<std::string> parts_of(std::string label) {
  std::vector<std::string> parts;
  for (auto end = label.find("::"); end != std::string::npos; end = label.find("::")) {
    parts.push_back(label.substr(0, end));
    label.erase(0, end + 2);
  }
  parts.push_back(label);
  return parts;
}

/// Regions may be named after the function alone. Kokkos labels what it does on behalf of a call
/// (fills, copies, its own fences) itself.
bool is_labelled(const glint::test::Launch& launch) {
  const auto parts = parts_of(launch.label);
  if (parts.front() == "Kokkos") return launch.kind != "region";
  const auto is_name = [](const std::string& part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) {
      return std::isalnum(c) || c == '_';
    });
  };
  return parts.front() == "glint" && parts.size() >= (launch.kind == "region" ? 2 : 3) &&
         std::all_of(parts.begin(), parts.end(), is_name);
}

template <class ExecutionSpace>
void expect_labels(const ExecutionSpace& space) {
  SCOPED_TRACE(ExecutionSpace::name());
  const auto catalogue = glint::test::two_galaxies();
  const auto mixture = glint::test::mixed_galaxies();
  const glint::test::LaunchRecorder recorder;
  glint::test::call_everything(space, catalogue, mixture);
  std::set<std::string> kinds, kernels;
  for (const auto& launch : glint::test::LaunchRecorder::launches()) {
    EXPECT_TRUE(is_labelled(launch)) << launch.kind << " '" << launch.label << "'";
    kinds.insert(launch.kind);
    if (launch.kind == "kernel") kernels.insert(launch.label.substr(0, launch.label.rfind(':')));
  }
  EXPECT_TRUE(kinds.count("kernel") && kinds.count("allocation") && kinds.count("region"));
  for (const std::string function :
       {"glint::prepare:", "glint::render:", "glint::pixel_centres:", "glint::integrate_pixels:",
        "glint::integrate_with_error:", "glint::oversample_pixels:", "glint::prepare_refinement:",
        "glint::apply_refinement:", "glint::to_pixels:", "glint::downsample:"})
    EXPECT_TRUE(kernels.count(function)) << "nothing was recorded for " << function;
}

TEST(Labels, NameFunctionAndStep) {
#define GLINT_EXPECT_LABELS(Space) expect_labels(Space());
  GLINT_FOR_EACH_SPACE(GLINT_EXPECT_LABELS)
#undef GLINT_EXPECT_LABELS
}

}  // namespace
