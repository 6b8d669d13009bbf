// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/nufft.hpp>
#include <glint/impl/uv/check_chunk.hpp>
#include <glint/impl/uv/direct_sums.hpp>
#include <glint/impl/uv/separable_sums.hpp>
#include <glint/impl/uv/weights.hpp>
#include <glint/uv_sums.hpp>
#include <vector>

namespace glint {

const std::string& noise_weights_name(NoiseWeights noise) {
  static const std::string names[] = {"exact", "real"};
  return names[static_cast<int>(noise)];
}

namespace {

/// Reads visibility `k` back and throws what is wrong with it.
template <class ExecutionSpace>
[[noreturn]] void refuse(const ExecutionSpace& space,
                         const UvData<typename ExecutionSpace::memory_space>& chunk, double step,
                         std::size_t k, std::size_t before) {
  std::string sentence;
  for_each_column(chunk, [&](const std::string& name, const auto& column) {
    double value = 0.0;
    copy(space, Kokkos::View<double, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&value),
         Kokkos::subview(column, k));
    compat::fence(space, "glint::accumulate::read_back");
    const char* needed = nullptr;
    if (name == "u" || name == "v") {
      if (!(std::abs(step * value) < impl::most_turns))
        needed = "a finite number with less than 1e15 turns of phase to a pixel";
    } else if (name == "re" || name == "im") {
      if (!(std::abs(value) < impl::largest_value)) needed = "a finite number below 1e100 in size";
    } else if (!(value >= impl::smallest_noise && value <= impl::largest_value)) {
      needed = "a positive number from 1e-100 to 1e100";
    }
    if (needed != nullptr && sentence.empty())
      sentence = concat("visibility ", before + k, ": ", name, " is ", value, ", not ", needed);
  });
  throw Error(sentence);
}

}  // namespace

template <class ExecutionSpace>
void UvSums<ExecutionSpace>::Compensated::add(double value) {
  impl::ExactSum sum{high, low};
  sum.add(value);
  high = sum.high, low = sum.low;
}

template <class ExecutionSpace>
UvSums<ExecutionSpace>::UvSums(const ExecutionSpace& space, const SkyPixels<MemorySpace>& pixels,
                               const UvSumsOptions& options)
    : pixels_(pixels), options_(options) {
  validate(pixels.grid);
  validate(options.kernel);
  impl::method_for<ExecutionSpace>(options.kernel, grid(), {0, 1, true});
  expect_shape("UvSums", "column", pixels.column, std::array<std::size_t, 1>{pixels.size()});
  const std::size_t ny = grid().ny, width = 2 * grid().nx - 1;
  using Sums = Vector<double, MemorySpace>;
  compact_ = allocate<Matrix<double, MemorySpace>>(space, "glint::UvSums::compact", ny, width);
  compact_low_ = allocate<Sums>(space, "glint::UvSums::compact_low", ny * width);
  dirty_ = allocate<Sums>(space, "glint::UvSums::dirty_image", pixels.size());
  dirty_low_ = allocate<Sums>(space, "glint::UvSums::dirty_image_low", pixels.size());
  clear(space);
}

template <class ExecutionSpace>
void UvSums<ExecutionSpace>::clear(const ExecutionSpace& space) {
  fill(space, compact_, 0.0);
  fill(space, compact_low_, 0.0);
  fill(space, dirty_, 0.0);
  fill(space, dirty_low_, 0.0);
  has_hankel_ = false;
  data_term_ = log_noise_ = Compensated();
  count_ = 0;
}

template <class ExecutionSpace>
double UvSums<ExecutionSpace>::noise_normalization() const {
  return 2.0 * (static_cast<double>(count_) * std::log(2.0 * constants::pi) +
                constants::ln2 * log_noise_.value());
}

/// Adds the scalar sums of a chunk without fault; returns whether some noises differ.
template <class ExecutionSpace>
bool UvSums<ExecutionSpace>::check(const ExecutionSpace& space, const UvData<MemorySpace>& chunk) {
  using Facts = impl::ChunkFacts;
  using Check = impl::CheckChunk<ExecutionSpace>;
  const std::size_t blocks = (chunk.size() + Check::block - 1) / Check::block;
  const std::size_t count = blocks * Facts::count;
  grow(space, "glint::accumulate::facts", count, scalars_);
  Kokkos::parallel_for("glint::accumulate::check", range(space, blocks),
                       Check{chunk, grid().step(), scalars_.data()});
  std::vector<double> facts(count);
  using Device =
      Kokkos::View<const double*, Kokkos::LayoutRight, MemorySpace, Kokkos::MemoryUnmanaged>;
  copy(space,
       Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           facts.data(), count),
       Device(scalars_.data(), count));
  compat::fence(space, "glint::accumulate::facts");
  for (std::size_t b = 0; b < blocks; ++b)
    if (const double bad = facts[b * Facts::count + Facts::first_bad]; bad >= 0.0)
      refuse(space, chunk, grid().step(), static_cast<std::size_t>(bad), count_);
  double unequal = 0.0;
  for (std::size_t b = 0; b < blocks; ++b) {
    data_term_.add(facts[b * Facts::count + Facts::data_term]);
    log_noise_.add(facts[b * Facts::count + Facts::log_noise]);
    unequal += facts[b * Facts::count + Facts::unequal];
  }
  return unequal > 0.0;
}

template <class ExecutionSpace>
template <class Weights>
void UvSums<ExecutionSpace>::add_kernel(const ExecutionSpace& space,
                                        const UvData<MemorySpace>& chunk, const Weights& weights,
                                        KernelMethod method) {
  const auto compact = [&](int kind) {
    return strided_output<ExecutionSpace>(kind == 0 ? compact_ : hankel_);
  };
  const auto target = [&](int kind) {
    return impl::SumTarget<double>{kind == 0 ? compact_low_.data() : hankel_low_.data(), true};
  };
  if (method == KernelMethod::direct) {
    for (int kind = 0; kind < Weights::count; ++kind)
      Kokkos::parallel_for(
          "glint::accumulate::direct", range(space, compact_.size()),
          impl::DirectKernel<ExecutionSpace, Weights>{grid(), chunk.u, chunk.v, weights, kind,
                                                      compact(kind), target(kind)});
    return;
  }
  const double* const sums = impl::separable_sums<false>(
      space, "glint::accumulate", grid(), InputVector<double, ExecutionSpace>(chunk.u),
      InputVector<double, ExecutionSpace>(chunk.v), weights, workspace_);
  const std::size_t frame = grid().ny * grid().nx;
  for (int kind = 0; kind < Weights::count; ++kind)
    Kokkos::parallel_for(
        "glint::accumulate::merge", range(space, frame),
        impl::MergeKernel<ExecutionSpace>{sums + static_cast<std::size_t>(2 * kind) * frame,
                                          compact(kind), target(kind)});
}

template <class ExecutionSpace>
void UvSums<ExecutionSpace>::add_image(const ExecutionSpace& space,
                                       const UvData<MemorySpace>& chunk, KernelMethod method) {
  const impl::DirtyWeights weights{chunk.re.data(), chunk.im.data(), chunk.noise_re.data(),
                                   chunk.noise_im.data()};
  const auto image = strided_output<ExecutionSpace>(dirty_);
  const impl::SumTarget<double> target{dirty_low_.data(), true};
  if (method == KernelMethod::direct) {
    Kokkos::parallel_for("glint::accumulate::direct_image", range(space, pixels_.size()),
                         impl::DirectImage<ExecutionSpace, impl::DirtyWeights, double>{
                             pixels_, chunk.u, chunk.v, weights, image, target});
    return;
  }
  const double* const sums = impl::separable_sums<true>(
      space, "glint::accumulate", grid(), InputVector<double, ExecutionSpace>(chunk.u),
      InputVector<double, ExecutionSpace>(chunk.v), weights, workspace_);
  Kokkos::parallel_for("glint::accumulate::merge_image", range(space, pixels_.size()),
                       impl::MergeImage<ExecutionSpace, 2, double>{sums, pixels_, image, target});
}

/// Kernel and image share the places of visibilities, their order and their windows.
template <class ExecutionSpace>
template <class Weights>
void UvSums<ExecutionSpace>::add_by_nufft(const ExecutionSpace& space,
                                          const UvData<MemorySpace>& chunk,
                                          const Weights& weights) {
  using Column = InputVector<double, ExecutionSpace>;
  const impl::DirtyWeights image{chunk.re.data(), chunk.im.data(), chunk.noise_re.data(),
                                 chunk.noise_im.data()};
  const impl::NufftSpectrum spectrum =
      impl::nufft_sums(space, "glint::accumulate", grid(),
                       impl::kernel_nufft_shape(grid(), options_.kernel.tolerance), Column(chunk.u),
                       Column(chunk.v), weights, image, impl::workspace_of(workspace_.nufft));
  const auto take = [&](int kind, const auto& compact, const auto& low) {
    impl::take_kernel(space, "glint::accumulate", spectrum, kind, grid(),
                      strided_output<ExecutionSpace>(compact), {low.data(), true});
  };
  take(0, compact_, compact_low_);
  if (Weights::count == 2) take(1, hankel_, hankel_low_);
  impl::take_image(space, "glint::accumulate", spectrum, Weights::count, pixels_,
                   strided_output<ExecutionSpace>(dirty_), {dirty_low_.data(), true});
}

template <class ExecutionSpace>
template <class Weights>
void UvSums<ExecutionSpace>::add_sums(const ExecutionSpace& space, const UvData<MemorySpace>& chunk,
                                      const Weights& weights) {
  const KernelMethod method = impl::method_for<ExecutionSpace>(
      options_.kernel, grid(), {chunk.size(), Weights::count, true});
  if (method == KernelMethod::nufft) return add_by_nufft(space, chunk, weights);
  add_kernel(space, chunk, weights, method);
  add_image(space, chunk, method);
}

template <class ExecutionSpace>
void UvSums<ExecutionSpace>::prepare_hankel(const ExecutionSpace& space) {
  if (hankel_.extent(0) != 0) return;
  hankel_ = allocate<Matrix<double, MemorySpace>>(space, "glint::UvSums::hankel", grid().ny,
                                                  compact_.extent(1));
  hankel_low_ =
      allocate<Vector<double, MemorySpace>>(space, "glint::UvSums::hankel_low", compact_.size());
}

template <class ExecutionSpace>
void UvSums<ExecutionSpace>::add(const ExecutionSpace& space, const UvData<MemorySpace>& chunk) {
  expect_equal_columns("accumulate", chunk);
  if (chunk.size() == 0) return;
  const bool unequal = check(space, chunk) && options_.noise == NoiseWeights::exact;
  if (unequal && !has_hankel_) {
    prepare_hankel(space);
    fill(space, hankel_, 0.0);
    fill(space, hankel_low_, 0.0);
    has_hankel_ = true;
  }
  if (has_hankel_)
    add_sums(space, chunk, impl::BothNoises{chunk.noise_re.data(), chunk.noise_im.data()});
  else
    add_sums(space, chunk, impl::InverseSquare{chunk.noise_re.data()});
  compat::fence(space, "glint::accumulate::finished");
  count_ += chunk.size();
}

#define GLINT_INSTANTIATE(Space) template class UvSums<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
