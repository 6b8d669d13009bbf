// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_DETECTORS_HPP
#define GLINT_ARRAY_PROGRAMMING_DETECTORS_HPP

#include <cmath>
#include <glint/counter_random.hpp>
#include <glint/detector_timelines.hpp>

#include "printing.hpp"
#include "timelines.hpp"

/// Eight detectors that see a source rise and fall, a glitch all of them have, and their own noise.

template <class ExecutionSpace>
Timelines make_timelines(const ExecutionSpace& space, std::uint64_t seed) {
  constexpr std::size_t detectors = 8, samples = 1000, start = 100;
  Timelines result;
  result.sigma = 0.7;
  result.seed = seed;
  const glint::RandomStream gains{seed, 2000};  // those of the noise are 0 to 7
  for (std::size_t d = 0; d < detectors; ++d) {
    result.gain.push_back(1.0 + 0.03 * glint::random_normal<double>(gains, d));
    result.offset.push_back(static_cast<double>(d));
  }
  for (std::size_t t = 0; t < samples; ++t) {
    result.time.push_back(0.1 * static_cast<double>(t));
    result.source.push_back(7.0 * std::sin(2.0 * glint::constants::pi * result.time[t] / 5.0));
    result.glitch.push_back(
        t < start ? 0.0 : 20.0 * std::exp(-(result.time[t] - result.time[start]) / 0.3));
  }
  const auto put = [&](const std::vector<double>& values) {
    return glint::upload(space, "array_programming::timelines::input", values);
  };
  const auto signal = glint::allocate<glint::Matrix<double, typename ExecutionSpace::memory_space>>(
      space, "array_programming::timelines::signal", detectors, samples);
  glint::TimelineOptions options;
  options.sigma = result.sigma;
  options.seed = seed;
  glint::detector_timelines(space, put(result.gain), put(result.source), put(result.glitch),
                            put(result.offset), signal, options);
  result.signal = on_host(space, signal);
  return result;
}

inline void show_timelines(const Timelines& timelines) {
  title("8 detectors, 1000 samples: gain source + glitch + offset + noise");
  line("gains", list(timelines.gain));
  const std::size_t samples = timelines.time.size();
  std::vector<double> means, peaks;
  for (std::size_t d = 0; d < timelines.gain.size(); ++d) {
    double mean = 0.0;
    for (std::size_t t = 0; t < samples; ++t)
      mean += timelines.signal[d * samples + t] / static_cast<double>(samples);
    means.push_back(mean);
    peaks.push_back(timelines.signal[d * samples + 100]);
  }
  line("means", list(means));
  line("where the glitch begins", list(peaks));
}

#endif
