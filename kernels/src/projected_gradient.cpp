// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/error.hpp>
#include <glint/impl/projected_gradient.hpp>
#include <glint/impl/projected_gradient_kernels.hpp>
#include <glint/impl/system_kernels.hpp>

namespace glint {
namespace impl {

template <class ExecutionSpace>
ProjectedGradient<ExecutionSpace>::ProjectedGradient(
    const ExecutionSpace& space, const StridedInput<const double*, ExecutionSpace>& data_vector,
    const Numbers& diagonal, const StridedOutput<double*, ExecutionSpace>& x,
    const ProjectedGradientOptions& options, ProjectedGradientWorkspace<ExecutionSpace>& workspace)
    : out_(x),
      diagonal_(diagonal),
      options_(options),
      workspace_(workspace),
      sources_(x.extent(0)),
      stretches_(system_stretches(sources_)) {
  GLINT_EXPECTS(options.tolerance > 0.0 && std::isfinite(options.tolerance),
                "nonnegative: the tolerance is ", options.tolerance,
                ", not a positive finite number");
  auto& w = workspace;
  if (w.x.extent(0) != sources_ || w.parts.extent(0) != count * stretches_) {
    for (auto* vector : {&w.x, &w.slope, &w.direction, &w.product, &w.data})
      *vector = allocate<Numbers>(space, "glint::nonnegative::vector", sources_);
    w.parts = allocate<Numbers>(space, "glint::nonnegative::parts", count * stretches_);
  }
  Kokkos::parallel_for(
      "glint::nonnegative::load", range(space, sources_),
      LoadGradient<ExecutionSpace>{data_vector, x, w.x, w.slope, w.data, options.warm_start});
}

template <class ExecutionSpace>
auto ProjectedGradient<ExecutionSpace>::parts(Part part) const -> Numbers {
  const std::size_t first = part * stretches_;
  return Kokkos::subview(workspace_.parts, std::make_pair(first, first + stretches_));
}

template <class ExecutionSpace>
void ProjectedGradient<ExecutionSpace>::start(const ExecutionSpace& space) {
  const auto& w = workspace_;
  Kokkos::parallel_for("glint::nonnegative::slope", range(space, sources_),
                       SlopeOf<ExecutionSpace>{w.product, w.data, w.slope});
}

template <class ExecutionSpace>
void ProjectedGradient<ExecutionSpace>::aim(const ExecutionSpace& space) {
  if (sources_ == 0) return;
  const auto& w = workspace_;
  Kokkos::parallel_for(
      "glint::nonnegative::aim", system_teams(space, sources_),
      AimDirection<ExecutionSpace>{w.x, w.slope, diagonal_, w.data, w.direction, length_, sources_,
                                   parts(slope_direction), parts(direction_square), parts(residual),
                                   parts(data)});
}

/// How far to go along the direction, and the length of the next one.
template <class ExecutionSpace>
double ProjectedGradient<ExecutionSpace>::length_of_step() {
  const double along = sums_[slope_direction], bend = sums_[curvature];
  if (values_.empty()) values_.push_back(value_);
  const double most = *std::max_element(values_.begin(), values_.end());
  const double whole = value_ + along + 0.5 * bend;
  const double t = whole <= most + 1e-4 * along ? 1.0 : std::min(1.0, -along / bend);
  value_ += t * along + 0.5 * t * t * bend;
  if (values_.size() == 10) values_.erase(values_.begin());
  values_.push_back(value_);
  const double longer = sums_[direction_square] / bend, shorter = bend / sums_[product_square];
  length_ = std::clamp(shorter < 0.5 * longer ? shorter : longer, 1e-6, 1e6);
  return t;
}

template <class ExecutionSpace>
bool ProjectedGradient<ExecutionSpace>::step(const ExecutionSpace& space) {
  if (sources_ == 0) return false;
  const auto& w = workspace_;
  Kokkos::parallel_for("glint::nonnegative::measure", system_teams(space, sources_),
                       MeasureProduct<ExecutionSpace>{w.direction, w.product, diagonal_, sources_,
                                                      parts(curvature), parts(product_square)});
  auto& host = workspace_.host;
  host.resize(w.parts.extent(0));
  copy(space,
       Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           host.data(), host.size()),
       w.parts);
  compat::fence(space, "glint::nonnegative::look");
  for (int part = 0; part < count; ++part) {
    sums_[part] = 0.0;
    for (std::size_t k = 0; k < stretches_; ++k) {
      const double value = host[part * stretches_ + k];
      if (part != residual && part != data)
        sums_[part] += value;
      else if (!(value <= sums_[part]))
        sums_[part] = value;
    }
  }
  ++result_.iterations;
  GLINT_EXPECTS(std::isfinite(sums_[residual]) && std::isfinite(sums_[data]) &&
                    std::isfinite(sums_[slope_direction]),
                "nonnegative: the gradient or the data vector holds what is no finite number, in "
                "iteration ",
                result_.iterations);
  if (sums_[data] == 0.0) {  // then x = 0, wherever it started
    fill(space, w.x, 0.0);
    sums_[residual] = 0.0;
  }
  result_.kkt_residual = sums_[residual] == 0.0 ? 0.0 : sums_[residual] / sums_[data];
  if (result_.kkt_residual <= options_.tolerance || sums_[slope_direction] >= 0.0) return false;
  if (result_.iterations >= options_.max_iterations) return false;
  GLINT_EXPECTS(sums_[curvature] > 0.0, "nonnegative: the curvature along a direction is ",
                sums_[curvature], " in iteration ", result_.iterations,
                ", but must be positive: the matrix is not positive definite");
  Kokkos::parallel_for(
      "glint::nonnegative::move", range(space, sources_),
      MoveAlong<ExecutionSpace>{w.direction, w.product, w.x, w.slope, length_of_step()});
  return true;
}

template <class ExecutionSpace>
ProjectedGradientResult ProjectedGradient<ExecutionSpace>::finish(const ExecutionSpace& space) {
  if (sources_ > 0)
    Kokkos::parallel_reduce("glint::nonnegative::store", range(space, sources_),
                            StorePositive<ExecutionSpace>{workspace_.x, out_}, result_.positive);
  compat::fence(space, "glint::nonnegative::finish");
  return result_;
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space) template class impl::ProjectedGradient<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
