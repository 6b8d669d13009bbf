// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_TIMING_HPP
#define GLINT_PERF_TIMING_HPP

#include <benchmark/benchmark.h>

#include <glint/compat.hpp>
#include <string>

namespace glint::perf {

/// Times `work()` launched on `space`: a fence before the clock starts and one before it stops, so
/// that neither an earlier kernel nor a mere launch is measured. Nobody times by hand.
template <class ExecutionSpace, class Work>
void timed(benchmark::State& state, const ExecutionSpace& space, const Work& work) {
  for (auto _ : state) {
    compat::fence(space, "glint::perf::before");
    const Kokkos::Timer timer;
    work();
    compat::fence(space, "glint::perf::after");
    state.SetIterationTime(timer.seconds());
  }
}

/// Registers the benchmarks of one file for every enabled execution space.
void register_render();
void register_integrate();
void register_psf();
void register_curvature();
void register_evidence();
void register_mapping();
void register_uv();

}  // namespace glint::perf

#endif
