// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/adaptive_regularization.hpp>

namespace glint {
namespace impl {
namespace {

/// signals = means, and the largest of them.
template <class ExecutionSpace, class Pixel>
struct MeanBrightness {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, pixels;
  Vector<double, Memory> values;
  StridedInput<const Pixel*, ExecutionSpace> image;
  StridedOutput<double*, ExecutionSpace> signals;

  KOKKOS_FUNCTION void operator()(std::size_t s, double& largest) const {
    const int first = offsets(s), last = offsets(s + 1);
    double sum = 0.0;
    for (int k = first; k < last; ++k) sum += values(k) * static_cast<double>(image(pixels(k)));
    const double mean = last > first ? sum / (last - first) : 0.0;
    signals(s) = mean;
    if (mean > largest) largest = mean;
  }
};

template <class ExecutionSpace>
struct NormalizeSignals {
  StridedOutput<double*, ExecutionSpace> signals;
  double largest, scale;
  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const double share = signals(s) / largest;
    signals(s) = share > 0.0 ? math::pow(share, scale) : 0.0;
  }
};

template <class ExecutionSpace>
struct AdaptiveStrengths {
  StridedInput<const double*, ExecutionSpace> signals;
  double inner, outer;
  StridedOutput<double*, ExecutionSpace> strengths;
  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const double root = inner * signals(s) + outer * (1.0 - signals(s));
    const double weight = root * root;
    strengths(s) = weight * weight;
  }
};

}  // namespace

template <class ExecutionSpace, class Pixel>
void source_signals(const ExecutionSpace& space,
                    const SourceMapping<typename ExecutionSpace::memory_space>& by_source,
                    const StridedInput<const Pixel*, ExecutionSpace>& image, double scale,
                    const StridedOutput<double*, ExecutionSpace>& signals) {
  GLINT_EXPECTS(scale > 0.0 && std::isfinite(scale), "source_signals: the scale is ", scale,
                ", not a positive finite number");
  const std::size_t sources = by_source.sources;
  if (sources == 0) return;
  double largest = 0.0;
  Kokkos::parallel_reduce("glint::source_signals::means", range(space, sources),
                          MeanBrightness<ExecutionSpace, Pixel>{by_source.offsets, by_source.pixels,
                                                                by_source.values, image, signals},
                          Kokkos::Max<double>(largest));
  GLINT_EXPECTS(largest > 0.0 && std::isfinite(largest), "source_signals: the brightest of ",
                sources, " source pixels has a mean of ", largest,
                " in the image, which must be "
                "positive");
  Kokkos::parallel_for("glint::source_signals::normalize", range(space, sources),
                       NormalizeSignals<ExecutionSpace>{signals, largest, scale});
}

template <class ExecutionSpace>
void adaptive_strengths(const ExecutionSpace& space,
                        const StridedInput<const double*, ExecutionSpace>& signals, double inner,
                        double outer, const StridedOutput<double*, ExecutionSpace>& strengths) {
  GLINT_EXPECTS(inner >= 0.0 && std::isfinite(inner) && outer >= 0.0 && std::isfinite(outer),
                "adaptive_strengths: the inner and outer coefficients are ", inner, " and ", outer,
                ", not finite numbers from 0 up");
  Kokkos::parallel_for("glint::adaptive_strengths::fourth_power", range(space, signals.extent(0)),
                       AdaptiveStrengths<ExecutionSpace>{signals, inner, outer, strengths});
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                                                                   \
  template void impl::source_signals<Space, double>(                                               \
      const Space&, const SourceMapping<typename Space::memory_space>&,                            \
      const StridedInput<const double*, Space>&, double, const StridedOutput<double*, Space>&);    \
  template void impl::source_signals<Space, float>(                                                \
      const Space&, const SourceMapping<typename Space::memory_space>&,                            \
      const StridedInput<const float*, Space>&, double, const StridedOutput<double*, Space>&);     \
  template void impl::adaptive_strengths<Space>(const Space&,                                      \
                                                const StridedInput<const double*, Space>&, double, \
                                                double, const StridedOutput<double*, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
