// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/gaussian_kernels.hpp>

namespace glint {

const std::string& gaussian_method_name(GaussianMethod method) {
  static const std::string names[] = {"automatic", "vectorised", "direct"};
  return names[static_cast<int>(method)];
}

namespace impl {
namespace {

/// One Gaussian at one point, by the formula or by its fast form.
template <class ExecutionSpace, class T>
struct GaussianAt {
  GaussianInputs<ExecutionSpace, T> inputs;
  bool direct;

  KOKKOS_FORCEINLINE_FUNCTION T operator()(std::size_t g, std::size_t i) const {
    const T d = inputs.x(i) - inputs.centre(g), width = inputs.width(g);
    if (direct) {
      const T u = d / width;
      return inputs.amplitude(g) * math::exp(T(-0.5) * u * u);
    }
    const T u = d * gaussian_rate(width);
    return inputs.amplitude(g) * exp2_of_minus<T, 1>(u * u);
  }
};

/// Number by number, in the order of y's memory; y in any layout.
template <class ExecutionSpace, class T>
struct GaussianElements {
  GaussianAt<ExecutionSpace, T> at;
  StridedOutput<T**, ExecutionSpace> y;
  bool point_first, last_axis_first;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t n0 = y.extent(0), n1 = y.extent(1);
    const std::size_t j = last_axis_first ? index / n1 : index % n0;
    const std::size_t k = last_axis_first ? index % n1 : index / n0;
    y(j, k) = point_first ? at(k, j) : at(j, k);
  }
};

template <class ExecutionSpace, class T>
struct MixtureElements {
  GaussianAt<ExecutionSpace, T> at;
  StridedOutput<T*, ExecutionSpace> sum;

  KOKKOS_FUNCTION void operator()(std::size_t i) const {
    const std::size_t count = at.inputs.amplitude.extent(0);
    T total(0);
    for (std::size_t g = 0; g < count; g += gaussian_block) {
      const std::size_t last = count - g < gaussian_block ? count : g + gaussian_block;
      T part(0);
      for (std::size_t k = g; k < last; ++k) part += at(k, i);
      total += part;
    }
    sum(i) = total;
  }
};

template <class ExecutionSpace, class T>
struct FirstBadWidth {
  StridedInput<const T*, ExecutionSpace> width;

  KOKKOS_FUNCTION void operator()(std::size_t g, std::int64_t& first) const {
    const T w = width(g);
    const auto index = static_cast<std::int64_t>(g);
    if ((w == T(0) || w != w) && index < first) first = index;
  }
};

template <class ExecutionSpace, class T>
void expect_widths(const ExecutionSpace& space, const char* function, const char* label,
                   const GaussianInputs<ExecutionSpace, T>& inputs) {
  const std::size_t count = inputs.width.extent(0);
  if (count == 0) return;
  std::int64_t first = 0;
  Kokkos::parallel_reduce(label, range(space, count),
                          FirstBadWidth<ExecutionSpace, T>{inputs.width},
                          Kokkos::Min<std::int64_t>(first));
  GLINT_EXPECTS(first >= static_cast<std::int64_t>(count), function, ": width ", first,
                " is 0 or not a number");
}

/// y as (G, I), whatever its axes are.
template <class ExecutionSpace, class T>
struct Strides {
  std::size_t gaussian, point;
  Strides(const StridedOutput<T**, ExecutionSpace>& y, bool point_first)
      : gaussian(y.stride(point_first ? 1 : 0)), point(y.stride(point_first ? 0 : 1)) {}
};

}  // namespace

template <class ExecutionSpace, class T>
void gaussians(const ExecutionSpace& space, const GaussianInputs<ExecutionSpace, T>& inputs,
               const StridedOutput<T**, ExecutionSpace>& y, const GaussianOptions& options) {
  if (options.check_width)
    expect_widths(space, "gaussians", "glint::gaussians::check_width", inputs);
  if (y.size() == 0) return;
  const bool point_first = options.layout == GaussianLayout::point_first;
  const std::size_t count = inputs.amplitude.extent(0), points = inputs.x.extent(0);
  const Strides<ExecutionSpace, T> strides(y, point_first);
  const bool streaming = prefer_streaming<ExecutionSpace>(y.size() * sizeof(T));
  if (is_host_execution_v<ExecutionSpace> && options.method != GaussianMethod::direct) {
    // A single Gaussian is a row in either layout.
    if ((strides.point == 1 || points == 1) && inputs.x.stride(0) == 1) {
      const auto run = [&](auto around_caches) {
        Kokkos::parallel_for(
            "glint::gaussians::rows",
            range(space, (points + gaussian_stretch - 1) / gaussian_stretch * count),
            GaussianRows<ExecutionSpace, T, around_caches.value>{inputs, y.data(),
                                                                 strides.gaussian});
      };
      return streaming ? run(std::true_type()) : run(std::false_type());
    }
    if (strides.gaussian == 1 && count >= pack_lanes_v<ExecutionSpace, T>) {
      const std::size_t blocks = (count + gaussian_block - 1) / gaussian_block;
      const auto run = [&](auto around_caches) {
        using Columns = GaussianColumns<ExecutionSpace, T, around_caches.value>;
        const std::size_t stretches =
            (points + Columns::rows_per_index - 1) / Columns::rows_per_index;
        Kokkos::parallel_for("glint::gaussians::columns", range(space, stretches * blocks),
                             Columns{inputs, y.data(), strides.point, blocks});
      };
      return streaming ? run(std::true_type()) : run(std::false_type());
    }
  }
  Kokkos::parallel_for(
      "glint::gaussians::elements", range(space, y.size()),
      GaussianElements<ExecutionSpace, T>{{inputs, options.method == GaussianMethod::direct},
                                          y,
                                          point_first,
                                          y.stride(1) <= y.stride(0)});
}

template <class ExecutionSpace, class T>
void gaussian_mixture(const ExecutionSpace& space, const GaussianInputs<ExecutionSpace, T>& inputs,
                      const StridedOutput<T*, ExecutionSpace>& sum,
                      const GaussianOptions& options) {
  if (options.check_width)
    expect_widths(space, "gaussian_mixture", "glint::gaussian_mixture::check_width", inputs);
  if (is_host_execution_v<ExecutionSpace> && options.method != GaussianMethod::direct) {
    using Stretch = MixtureStretch<ExecutionSpace, T>;
    Kokkos::parallel_for("glint::gaussian_mixture::stretches",
                         range(space, (sum.extent(0) + Stretch::stretch - 1) / Stretch::stretch),
                         Stretch{inputs, sum});
    return;
  }
  Kokkos::parallel_for(
      "glint::gaussian_mixture::elements", range(space, sum.extent(0)),
      MixtureElements<ExecutionSpace, T>{{inputs, options.method == GaussianMethod::direct}, sum});
}

}  // namespace impl

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                       \
  template void impl::gaussians<Space, T>(const Space&, const impl::GaussianInputs<Space, T>&, \
                                          const StridedOutput<T**, Space>&,                    \
                                          const GaussianOptions&);                             \
  template void impl::gaussian_mixture<Space, T>(                                              \
      const Space&, const impl::GaussianInputs<Space, T>&, const StridedOutput<T*, Space>&,    \
      const GaussianOptions&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
