// SPDX-License-Identifier: BSD-3-Clause
#include <Kokkos_Core.hpp>
#include <glint/version.hpp>
#include <sstream>

#include "timing.hpp"

int main(int argc, char** argv) {
  Kokkos::initialize(argc, argv);
  {
    // Written into the JSON, so that a number can be traced to what produced it.
    benchmark::AddCustomContext("glint", GLINT_VERSION);
    benchmark::AddCustomContext("kokkos", glint::compat::kokkos_version());
    std::ostringstream configuration;
    Kokkos::print_configuration(configuration, false);
    benchmark::AddCustomContext("kokkos_configuration", configuration.str());
    glint::perf::register_render();
    glint::perf::register_integrate();
    glint::perf::register_psf();
    glint::perf::register_curvature();
    glint::perf::register_evidence();
    glint::perf::register_mapping();
    glint::perf::register_uv();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
  }
  Kokkos::finalize();
  return 0;
}
