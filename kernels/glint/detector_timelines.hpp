// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DETECTOR_TIMELINES_HPP
#define GLINT_DETECTOR_TIMELINES_HPP

#include <array>
#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/views.hpp>
#include <string>

/// What detectors record that look at one source: a model to test pipelines with.

namespace glint {

/// How timelines are computed.
enum class TimelineMethod {
  automatic,  ///< what is best for the space
  points,     ///< a few samples per index, by the formula: the oracle, and best on devices
  tiles,      ///< hosts only: stretches of samples for all detectors, in vector registers
};

struct TimelineOptions {
  double sigma = 0.0;      ///< standard deviation of the noise, from 0 up; 0 costs nothing
  std::uint64_t seed = 0;  ///< of the noise

  /// Where the array begins within the whole observation, so that it may be made in parts: the
  /// noise of a sample depends on the seed, its detector and its place in time alone.
  std::size_t first_detector = 0, first_sample = 0;

  TimelineMethod method = TimelineMethod::automatic;
};

/// "automatic", "points", "tiles".
const std::string& timeline_method_name(TimelineMethod method);

/// Throws Error unless every option has a legal value.
void validate(const TimelineOptions& options);

namespace impl {
template <class ExecutionSpace, class T>
struct Timelines {
  StridedInput<const T*, ExecutionSpace> gain, offset;
  InputVector<T, ExecutionSpace> source, glitch;
  StridedOutput<T**, ExecutionSpace> signal;
};

template <class ExecutionSpace, class T>
void fill_timelines(const ExecutionSpace& space, const Timelines<ExecutionSpace, T>& data,
                    const TimelineOptions& options);
}  // namespace impl

/// signal(d, t) = gain(d) source(t) + glitch(t) + offset(d) + sigma noise(d, t).
///
/// noise(d, t) is random_normal<T>(stream, t) of the stream {seed, d} (counter_random.hpp), d and t
/// counted from the beginning of the observation: reproducible, and to the last bit the same for
/// any number of threads and however the observation is cut into parts, on one backend with one
/// method; between those, and between precisions of course, it may differ by rounding (of another
/// sequence in single precision).
///
/// `gain`, `offset`: (D), any stride; `source`, `glitch`: (T), contiguous; `signal`: (D, T), any
/// layout, overwritten; all float or all double. Values are not checked. Throws Error on a wrong
/// shape and on illegal options. Asynchronous on `space`. Cost: one write of the signal, and where
/// sigma is not 0 a normal number each.
template <class ExecutionSpace, class GainView, class SourceView, class GlitchView,
          class OffsetView, class SignalView>
void detector_timelines(const ExecutionSpace& space, const GainView& gain, const SourceView& source,
                        const GlitchView& glitch, const OffsetView& offset,
                        const SignalView& signal, const TimelineOptions& options = {}) {
  using T = typename SignalView::non_const_value_type;
  const std::array<std::size_t, 1> detectors{signal.extent(0)}, samples{signal.extent(1)};
  validate(options);
  expect_shape("detector_timelines", "gain", gain, detectors);
  expect_shape("detector_timelines", "source", source, samples);
  expect_shape("detector_timelines", "glitch", glitch, samples);
  expect_shape("detector_timelines", "offset", offset, detectors);
  impl::fill_timelines<ExecutionSpace, T>(
      space,
      {strided_input<ExecutionSpace>(gain), strided_input<ExecutionSpace>(offset), source, glitch,
       strided_output<ExecutionSpace>(signal)},
      options);
}

#define GLINT_EXTERN(Space)                                                   \
  extern template void impl::fill_timelines<Space, double>(                   \
      const Space&, const Timelines<Space, double>&, const TimelineOptions&); \
  extern template void impl::fill_timelines<Space, float>(                    \
      const Space&, const Timelines<Space, float>&, const TimelineOptions&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
