// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/backends.hpp>

#include "call_everything.hpp"
#include "launches.hpp"

/// A workspace or plan that has served once serves again without allocating.

namespace {

using glint::test::LaunchRecorder;

/// What glint itself allocates; Kokkos' own scratch is Kokkos' business.
std::vector<std::string> allocations() {
  std::vector<std::string> labels;
  for (const auto& launch : LaunchRecorder::launches())
    if (launch.kind == "allocation" && launch.label.rfind("glint::", 0) == 0)
      labels.push_back(launch.label);
  return labels;
}

template <class ExecutionSpace>
void expect_no_second_allocation(const ExecutionSpace& space, glint::Integrator integrator) {
  SCOPED_TRACE(glint::integrator_name(integrator));
  const glint::PixelGrid grid{19, 23};
  const auto profiles = glint::prepare(space, glint::to_space(space, glint::test::two_galaxies()));
  const auto image = glint::make_image<double>(space, grid, "glint::test::image");
  glint::RenderWorkspace<ExecutionSpace> workspace;
  glint::RenderOptions options;
  options.integrator = integrator;
  glint::render(space, grid, profiles, image, options, workspace);
  glint::compat::fence(space, "glint::test::first");
  const LaunchRecorder recorder;
  glint::render(space, grid, profiles, image, options, workspace);
  options.precision_goal *= 0.5;
  glint::render(space, grid, profiles, image, options, workspace);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class ExecutionSpace>
void expect_plans_to_keep(const ExecutionSpace& space) {
  const glint::PixelGrid grid{7, 11};
  const auto refinement = glint::make_refinement(space, 77, glint::RefinementOptions());
  const auto image = glint::make_image<double>(space, grid, "glint::test::image");
  const auto small = glint::make_image<double>(space, {7, 11}, "glint::test::small");
  glint::PixelWorkspace<ExecutionSpace> workspace;
  glint::to_pixels(space, grid, glint::test::Bump(), 3, small, {}, workspace);
  const LaunchRecorder recorder;
  glint::prepare_refinement(space, glint::test::Bump(), grid, refinement);
  glint::apply_refinement(space, refinement, image);
  glint::to_pixels(space, grid, glint::test::Bump(), 2, small, {}, workspace);
  glint::downsample(space, image, 1, small);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class ExecutionSpace>
void expect_psf_to_keep(const ExecutionSpace& space, glint::PsfMethod method) {
  SCOPED_TRACE(glint::psf_method_name(method));
  if (method == glint::PsfMethod::fft && glint::fft_library<ExecutionSpace>().empty()) return;
  const glint::PixelGrid grid{7, 11};
  glint::PsfOptions options;
  options.method = method;
  const glint::PsfPlan<ExecutionSpace> plan(space, grid, glint::test::lopsided_psf(4, 3, 2),
                                            options);
  const auto profiles = glint::prepare(space, plan, glint::test::two_galaxies());
  const auto image = glint::make_image<double>(space, grid, "glint::test::image");
  const auto exact = glint::make_image<float>(space, plan.frame(), "glint::test::exact");
  glint::RenderWorkspace<ExecutionSpace> workspace;
  glint::render_convolved(space, plan, profiles, image, {}, workspace);
  glint::fill(space, exact, 1.0F);
  const LaunchRecorder recorder;
  glint::render_convolved(space, plan, profiles, image, {}, workspace);
  glint::convolve(space, plan, exact, image);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class T, class ExecutionSpace>
void expect_mappings_to_keep(const ExecutionSpace& space) {
  const glint::test::MappingScene<T, ExecutionSpace> scene(space);
  glint::test::MappingCalls<T, ExecutionSpace> calls(space);
  calls.run(space, scene);
  const LaunchRecorder recorder;
  calls.run(space, scene);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class T, class ExecutionSpace>
void expect_curvature_to_keep(const ExecutionSpace& space) {
  glint::test::CurvatureCalls<T, ExecutionSpace> calls(space);
  calls.run(space);
  const LaunchRecorder recorder;
  calls.run(space);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class ExecutionSpace>
void expect_operator_to_keep(const ExecutionSpace& space, glint::OperatorMethod method) {
  SCOPED_TRACE(glint::operator_method_name(method));
  if (method == glint::OperatorMethod::fft && glint::fft_library<ExecutionSpace>().empty()) return;
  glint::test::OperatorCalls<ExecutionSpace> calls(space, method);
  calls.run(space);
  const LaunchRecorder recorder;
  calls.run(space);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class ExecutionSpace>
void expect_uv_to_keep(const ExecutionSpace& space) {
  glint::test::UvAgain<ExecutionSpace> again(space);
  again.run();
  const LaunchRecorder recorder;
  again.run();
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

template <class ExecutionSpace>
void expect_evidence_to_keep(const ExecutionSpace& space) {
  for (const auto& options : glint::test::solve_methods<ExecutionSpace>()) {
    glint::test::EvidenceCalls<ExecutionSpace> calls(space, options);
    calls.run(space);
    const LaunchRecorder recorder;
    calls.run(space);
    glint::compat::fence(space, "glint::test::again");
    EXPECT_EQ(allocations(), std::vector<std::string>());
  }
}

template <class ExecutionSpace>
void expect_solvers_to_keep(const ExecutionSpace& space) {
  glint::test::SolverCalls<ExecutionSpace> calls(space);
  calls.run(space);
  const LaunchRecorder recorder;
  calls.run(space);
  glint::compat::fence(space, "glint::test::again");
  EXPECT_EQ(allocations(), std::vector<std::string>());
}

TEST(Allocations, HappenOnceForAWorkspace) {
#define GLINT_EXPECT_NONE(Space)                                                          \
  for (const glint::Integrator integrator :                                               \
       {glint::Integrator::tiles, glint::Integrator::boundary, glint::Integrator::centre, \
        glint::Integrator::gauss_legendre, glint::Integrator::gauss_kronrod,              \
        glint::Integrator::refine})                                                       \
    expect_no_second_allocation(Space(), integrator);                                     \
  expect_uv_to_keep(Space());                                                             \
  expect_plans_to_keep(Space());                                                          \
  expect_psf_to_keep(Space(), glint::PsfMethod::direct);                                  \
  expect_psf_to_keep(Space(), glint::PsfMethod::fft);                                     \
  expect_mappings_to_keep<double>(Space());                                               \
  expect_mappings_to_keep<float>(Space());                                                \
  expect_curvature_to_keep<double>(Space());                                              \
  expect_curvature_to_keep<float>(Space());                                               \
  expect_operator_to_keep(Space(), glint::OperatorMethod::direct);                        \
  expect_operator_to_keep(Space(), glint::OperatorMethod::fft);                           \
  expect_evidence_to_keep(Space());                                                       \
  expect_solvers_to_keep(Space());
  GLINT_FOR_EACH_SPACE(GLINT_EXPECT_NONE)
#undef GLINT_EXPECT_NONE
}

}  // namespace
