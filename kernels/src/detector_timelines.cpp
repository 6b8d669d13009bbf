// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/timeline_kernels.hpp>

namespace glint {

const std::string& timeline_method_name(TimelineMethod method) {
  static const std::string names[] = {"automatic", "points", "tiles"};
  return names[static_cast<int>(method)];
}

void validate(const TimelineOptions& options) {
  GLINT_EXPECTS(options.sigma >= 0.0 && std::isfinite(options.sigma),
                "detector_timelines: sigma must be a finite number from 0 up, not ", options.sigma);
}

template <class ExecutionSpace, class T>
void impl::fill_timelines(const ExecutionSpace& space, const Timelines<ExecutionSpace, T>& data,
                          const TimelineOptions& options) {
  constexpr bool host = is_host_execution_v<ExecutionSpace>;
  GLINT_EXPECTS(host || options.method != TimelineMethod::tiles,
                "detector_timelines: the method 'tiles' is for hosts; 'points' works everywhere");
  const std::size_t detectors = data.signal.extent(0), samples = data.signal.extent(1);
  if (detectors == 0 || samples == 0) return;
  const T sigma = static_cast<T>(options.sigma);
  if constexpr (host) {
    if (options.method != TimelineMethod::points) {
      const TimelineTiles<ExecutionSpace, T> work{
          data,
          sigma,
          options.seed,
          options.first_detector,
          options.first_sample,
          prefer_streaming<ExecutionSpace>(detectors * samples * sizeof(T))};
      Kokkos::parallel_for("glint::detector_timelines::tiles",
                           range(space, work.tiles() * detectors), work);
      return;
    }
  }
  const TimelinePoints<ExecutionSpace, T> work{data, sigma, options.seed, options.first_detector,
                                               options.first_sample};
  Kokkos::parallel_for("glint::detector_timelines::points", range(space, work.groups() * detectors),
                       work);
}

#define GLINT_INSTANTIATE(Space)                                                                   \
  template void impl::fill_timelines<Space, double>(const Space&, const Timelines<Space, double>&, \
                                                    const TimelineOptions&);                       \
  template void impl::fill_timelines<Space, float>(const Space&, const Timelines<Space, float>&,   \
                                                   const TimelineOptions&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
