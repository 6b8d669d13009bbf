// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/conjugate_gradient.hpp>

#include "gradient_kernels.hpp"

namespace glint {

const std::string& preconditioner_name(Preconditioner preconditioner) {
  static const std::string names[] = {"none", "jacobi"};
  return names[static_cast<int>(preconditioner)];
}

namespace impl {

template <class ExecutionSpace>
ConjugateGradient<ExecutionSpace>::ConjugateGradient(
    const ExecutionSpace& space, const System& system,
    const StridedInput<const double*, ExecutionSpace>& data_vector,
    const StridedInput<const double*, ExecutionSpace>& start,
    const ConjugateGradientOptions& options, ConjugateGradientWorkspace<ExecutionSpace>& workspace)
    : system_(system), options_(options), workspace_(workspace), data_vector_(data_vector) {
  expect_system("conjugate_gradient", system);
  const std::size_t sources = system.sources();
  const bool jacobi = options.preconditioner == Preconditioner::jacobi;
  GLINT_EXPECTS(options.tolerance > 0.0 && std::isfinite(options.tolerance),
                "conjugate_gradient: the tolerance is ", options.tolerance,
                ", not a positive finite number");
  GLINT_EXPECTS(!jacobi || system.diagonal.extent(0) >= sources,
                "conjugate_gradient: jacobi needs the diagonal of ", sources,
                " source pixels, the system has ", system.diagonal.extent(0));
  if (options_.check_every == 0) options_.check_every = is_host_execution_v<ExecutionSpace> ? 1 : 4;
  stretches_ = system_stretches(sources);
  auto& w = workspace_;
  w.system.resize(space, system.pixels());
  if (w.x.extent(0) != sources || w.scalars.extent(0) != count * stretches_ + 2) {
    for (auto* vector : {&w.x, &w.residual, &w.direction, &w.product, &w.inverse})
      *vector = allocate<Numbers>(space, "glint::conjugate_gradient::vector", sources);
    w.scalars =
        allocate<Numbers>(space, "glint::conjugate_gradient::scalars", count * stretches_ + 2);
  }
  fill(space, w.scalars, 0.0);
  Kokkos::parallel_for(
      "glint::conjugate_gradient::load", range(space, sources),
      LoadIteration<ExecutionSpace>{
          data_vector, start, MeshRows<ExecutionSpace>::of(system.regularization), system.diagonal,
          w.x, w.residual, w.inverse, options.warm_start, jacobi});
}

template <class ExecutionSpace>
auto ConjugateGradient<ExecutionSpace>::parts(Part part) const -> Numbers {
  const std::size_t first = part * stretches_;
  return Kokkos::subview(workspace_.scalars, std::make_pair(first, first + stretches_));
}

template <class ExecutionSpace>
void ConjugateGradient<ExecutionSpace>::map(const ExecutionSpace& space, bool start) {
  const auto& mapping = system_.mapping;
  Kokkos::parallel_for("glint::conjugate_gradient::image", range(space, mapping.pixels),
                       MapToImage<ExecutionSpace, Numbers>{
                           mapping.offsets, mapping.columns, mapping.values,
                           start ? workspace_.x : workspace_.direction, workspace_.system.image});
}

template <class ExecutionSpace>
void ConjugateGradient<ExecutionSpace>::subtract(const ExecutionSpace& space) {
  Kokkos::parallel_for("glint::conjugate_gradient::subtract", range(space, system_.sources()),
                       SubtractRows<ExecutionSpace>{
                           SystemRows<ExecutionSpace>::of(system_, workspace_.system.response),
                           workspace_.x, workspace_.residual});
}

template <class ExecutionSpace>
void ConjugateGradient<ExecutionSpace>::begin(const ExecutionSpace& space) {
  if (stretches_ == 0) return;
  const auto& w = workspace_;
  Kokkos::parallel_for(
      "glint::conjugate_gradient::begin", system_teams(space, system_.sources()),
      BeginIteration<ExecutionSpace>{data_vector_, w.residual, w.inverse, w.direction, parts(rz0),
                                     parts(rr), parts(dd)});
}

template <class ExecutionSpace>
void ConjugateGradient<ExecutionSpace>::advance(const ExecutionSpace& space) {
  const auto& w = workspace_;
  const auto teams = system_teams(space, system_.sources());
  const bool even = result_.iterations % 2 == 0;
  const Numbers old_rz = parts(even ? rz0 : rz1), new_rz = parts(even ? rz1 : rz0);
  const Numbers trouble =
      Kokkos::subview(w.scalars, std::make_pair(count * stretches_, count * stretches_ + 2));
  Kokkos::parallel_for(
      "glint::conjugate_gradient::product", teams,
      SystemProduct<ExecutionSpace>{SystemRows<ExecutionSpace>::of(system_, w.system.response),
                                    system_.sources(), w.direction, w.product, parts(pq)});
  Kokkos::parallel_for("glint::conjugate_gradient::step", teams,
                       TakeStep<ExecutionSpace>{w.direction, w.product, w.inverse, w.x, w.residual,
                                                old_rz, parts(pq), new_rz, parts(rr), trouble});
  Kokkos::parallel_for(
      "glint::conjugate_gradient::direction", teams,
      TurnDirection<ExecutionSpace>{w.residual, w.inverse, w.direction, old_rz, new_rz});
  ++result_.iterations;
}

/// The residual as it stands, and whether all went well so far.
template <class ExecutionSpace>
void ConjugateGradient<ExecutionSpace>::look(const ExecutionSpace& space) {
  auto& host = workspace_.host;
  host.resize(workspace_.scalars.extent(0));
  copy(space,
       Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           host.data(), host.size()),
       workspace_.scalars);
  compat::fence(space, "glint::conjugate_gradient::look");
  double residual = 0.0, data = 0.0;
  for (std::size_t k = 0; k < stretches_; ++k) {
    residual += host[rr * stretches_ + k];
    data += host[dd * stretches_ + k];
  }
  const double* trouble = host.data() + count * stretches_;
  GLINT_EXPECTS(trouble[0] == 0.0, "conjugate_gradient: the curvature along a direction is ",
                trouble[1], " within ", result_.iterations,
                " iterations, but must be positive: F + H is not positive definite, or holds what "
                "is no number");
  GLINT_EXPECTS(std::isfinite(residual) && std::isfinite(data),
                "conjugate_gradient: the square of the residual is ", residual, " after ",
                result_.iterations, " iterations, for data whose square is ", data);
  if (data == 0.0) {  // then x = 0, wherever it started
    fill(space, workspace_.x, 0.0);
    residual = 0.0;
  }
  result_.relative_residual = residual == 0.0 ? 0.0 : std::sqrt(residual / data);
  result_.converged = result_.relative_residual <= options_.tolerance;
}

template <class ExecutionSpace>
bool ConjugateGradient<ExecutionSpace>::finished(const ExecutionSpace& space) {
  const bool last = result_.iterations >= options_.max_iterations;
  if (last || result_.iterations % options_.check_every == 0) look(space);
  return last || result_.converged;
}

template <class ExecutionSpace>
ConjugateGradientResult ConjugateGradient<ExecutionSpace>::finish(
    const ExecutionSpace& space, const StridedOutput<double*, ExecutionSpace>& x) {
  Kokkos::parallel_for("glint::conjugate_gradient::store", range(space, system_.sources()),
                       StoreVector<ExecutionSpace>{workspace_.x, x});
  compat::fence(space, "glint::conjugate_gradient::finish");
  return result_;
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space) template class impl::ConjugateGradient<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
