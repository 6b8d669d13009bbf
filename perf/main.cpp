// SPDX-License-Identifier: BSD-3-Clause
#include <benchmark/benchmark.h>

#include <cstring>
#include <iostream>

#include "context.hpp"
#include "harness.hpp"
#include "serve.hpp"

/// glint_perf --serve        answers commands (serve.hpp)
/// glint_perf --check        runs the smallest case of every kind once
/// glint_perf [options]      a Google Benchmark program; its context names what produced the
/// numbers

namespace {

int run(int argc, char** argv) {
  using namespace glint::perf;
  Registry registry;
  Workbench workbench;
  register_everything(registry);
  if (argc == 2 && std::strcmp(argv[1], "--serve") == 0) {
    serve(registry, workbench, std::cin, std::cout);
    return 0;
  }
  if (argc == 2 && std::strcmp(argv[1], "--check") == 0) return check_smallest(registry) ? 0 : 1;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  for (const auto& [name, value] : build_context()) benchmark::AddCustomContext(name, value);
  for (const auto& [name, value] : measured_limits(registry))
    benchmark::AddCustomContext(name, glint::number_text(value));
  register_benchmarks(registry, workbench);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Kokkos::initialize(argc, argv);
  const int status = run(argc, argv);
  Kokkos::finalize();
  return status;
}
