// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/region.hpp>
#include <glint/uv_sums.hpp>

namespace glint {
namespace {

template <class T>
using HostNumbers =
    Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
template <class T, class ExecutionSpace>
using DeviceNumbers = Kokkos::View<T*, Kokkos::LayoutRight, typename ExecutionSpace::memory_space,
                                   Kokkos::MemoryUnmanaged>;

template <class ExecutionSpace, class View>
auto fetch(const ExecutionSpace& space, const View& view) {
  using T = typename View::non_const_value_type;
  std::vector<T> numbers(view.size());
  copy(space, HostNumbers<T>(numbers.data(), numbers.size()),
       DeviceNumbers<const T, ExecutionSpace>(view.data(), numbers.size()));
  compat::fence(space, "glint::UvSums::state");
  return numbers;
}

template <class ExecutionSpace>
std::uint64_t hash_of(const ExecutionSpace& space,
                      const SkyPixels<typename ExecutionSpace::memory_space>& pixels) {
  const std::vector<int> row = fetch(space, pixels.row), column = fetch(space, pixels.column);
  const std::size_t bytes = row.size() * sizeof(int);
  return hash_bytes(column.data(), bytes, hash_bytes(row.data(), bytes));
}

/// The sums' own arrays by their names; those of the Hankel part where there is one.
struct ArrayOfSums {
  const char* name;
  double* data;
  std::size_t count;
};

constexpr const char* scalar_name = "scalars";
constexpr std::size_t scalar_count = 4;

std::string description(const UvSumsState& state) {
  return concat(state.pixels, " of ", state.ny, " x ", state.nx, " pixels of ", state.pixel_scale,
                " arcsec, noise ", state.noise, ", kernel ", state.kernel, ", tolerance ",
                state.kernel_tolerance);
}

}  // namespace

template <class ExecutionSpace>
UvSumsState UvSums<ExecutionSpace>::state(const ExecutionSpace& space) const {
  const ScopedRegion region("glint::UvSums::state");
  UvSumsState state;
  state.ny = grid().ny, state.nx = grid().nx;
  state.pixel_scale = grid().pixel_scale;
  state.pixels = pixels_.size();
  state.pixels_hash = hash_of(space, pixels_);
  state.noise = noise_weights_name(options_.noise);
  state.kernel = kernel_method_name(options_.kernel.method);
  state.kernel_tolerance = options_.kernel.tolerance;
  state.count = count_;
  state.has_hankel = has_hankel_;
  const auto keep = [&](const char* name, const auto& view) {
    state.arrays.emplace_back(name, fetch(space, view));
  };
  keep("compact", compact_);
  keep("compact_low", compact_low_);
  keep("dirty_image", dirty_);
  keep("dirty_image_low", dirty_low_);
  if (has_hankel_) {
    keep("hankel", hankel_);
    keep("hankel_low", hankel_low_);
  }
  state.arrays.emplace_back(scalar_name, std::vector<double>{data_term_.high, data_term_.low,
                                                             log_noise_.high, log_noise_.low});
  return state;
}

template <class ExecutionSpace>
void UvSums<ExecutionSpace>::restore(const ExecutionSpace& space, const UvSumsState& state) {
  const ScopedRegion region("glint::UvSums::restore");
  UvSumsState own;
  own.ny = grid().ny, own.nx = grid().nx;
  own.pixel_scale = grid().pixel_scale;
  own.pixels = pixels_.size();
  own.noise = noise_weights_name(options_.noise);
  own.kernel = kernel_method_name(options_.kernel.method);
  own.kernel_tolerance = options_.kernel.tolerance;
  const bool alike = state.ny == own.ny && state.nx == own.nx &&
                     state.pixel_scale == own.pixel_scale && state.pixels == own.pixels &&
                     state.noise == own.noise && state.kernel == own.kernel &&
                     state.kernel_tolerance == own.kernel_tolerance;
  GLINT_EXPECTS(alike, "the sums that were kept are of other pixels or options (",
                description(state), ") than these (", description(own), ")");
  GLINT_EXPECTS(state.pixels_hash == hash_of(space, pixels_),
                "the sums that were kept are over other pixels, though as many of the same frame");
  GLINT_EXPECTS(!state.has_hankel || options_.noise == NoiseWeights::exact,
                "the sums that were kept have a Hankel part, and these weigh with real noise");
  if (state.has_hankel) prepare_hankel(space);
  std::vector<ArrayOfSums> arrays{{"compact", compact_.data(), compact_.size()},
                                  {"compact_low", compact_low_.data(), compact_low_.size()},
                                  {"dirty_image", dirty_.data(), dirty_.size()},
                                  {"dirty_image_low", dirty_low_.data(), dirty_low_.size()}};
  if (state.has_hankel) {
    arrays.push_back({"hankel", hankel_.data(), hankel_.size()});
    arrays.push_back({"hankel_low", hankel_low_.data(), hankel_low_.size()});
  }
  const auto kept = [&](const char* name, std::size_t count) {
    const std::vector<double>* values = state.find(name);
    GLINT_EXPECTS(values != nullptr && values->size() == count, "the sums that were kept have ",
                  values ? values->size() : 0, " numbers of ", name, " where ", count,
                  " are needed");
    return values;
  };
  for (const ArrayOfSums& array : arrays) kept(array.name, array.count);
  const std::vector<double>& scalars = *kept(scalar_name, scalar_count);
  // All is well: only now is anything changed.
  for (const ArrayOfSums& array : arrays)
    copy(space, DeviceNumbers<double, ExecutionSpace>(array.data, array.count),
         HostNumbers<const double>(kept(array.name, array.count)->data(), array.count));
  compat::fence(space, "glint::UvSums::restore");
  data_term_.high = scalars[0], data_term_.low = scalars[1];
  log_noise_.high = scalars[2], log_noise_.low = scalars[3];
  has_hankel_ = state.has_hankel;
  count_ = state.count;
}

#define GLINT_INSTANTIATE(Space)                                 \
  template UvSumsState UvSums<Space>::state(const Space&) const; \
  template void UvSums<Space>::restore(const Space&, const UvSumsState& state);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
