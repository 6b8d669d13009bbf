// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_SIGNAL_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_SIGNAL_EVERYTHING_HPP

#include <glint/detector_timelines.hpp>
#include <glint/execution.hpp>
#include <glint/normalize.hpp>

/// Unit vectors and detector signals, for call_everything().

namespace glint::test {

template <class T, class ExecutionSpace>
void normalize_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  NormalizeWorkspace<ExecutionSpace> workspace;
  for (const std::size_t length : {3, 200, 40000}) {
    const auto v = allocate<Matrix<T, Memory>>(space, "glint::test::v", 5, length);
    const auto out = allocate<Matrix<T, Memory>>(space, "glint::test::out", 5, length);
    fill(space, v, T(1));
    for (const NormalizeMethod method :
         {NormalizeMethod::plain, NormalizeMethod::rows, NormalizeMethod::chunks})
      normalize(space, v, out, {method}, workspace);
    normalize(space, v);
  }
}

template <class T, class ExecutionSpace>
void timelines_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const auto list = [&](std::size_t count) {
    const auto values = allocate<Vector<T, Memory>>(space, "glint::test::list", count);
    fill(space, values, T(1));
    return values;
  };
  const auto gain = list(3), offset = list(3), source = list(70), glitch = list(70);
  const auto signal = allocate<Matrix<T, Memory>>(space, "glint::test::signal", 3, 70);
  for (const TimelineMethod method : {TimelineMethod::automatic, TimelineMethod::points}) {
    TimelineOptions options;
    options.sigma = 0.5;
    options.method = method;
    detector_timelines(space, gain, source, glitch, offset, signal, options);
  }
  detector_timelines(space, gain, source, glitch, offset, signal);
}

template <class T, class ExecutionSpace>
void signal_everything(const ExecutionSpace& space) {
  normalize_everything<T>(space);
  timelines_everything<T>(space);
}

}  // namespace glint::test

#endif
