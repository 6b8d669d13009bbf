// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/nonnegative.hpp>
#include <glint/region.hpp>

#include "nonnegative_kernels.hpp"
#include "passive_set.hpp"

namespace glint {

const std::string& nonnegative_method_name(NonnegativeMethod method) {
  static const std::string names[] = {"block_pivoting", "active_set", "projected_gradient"};
  return names[static_cast<int>(method)];
}

namespace impl {
namespace {

/// The methods that factor, as far as they are the same.
template <class ExecutionSpace>
class PassiveSolve {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  PassiveSolve(const ExecutionSpace& space,
               const StridedInput<const double**, ExecutionSpace>& matrix,
               const NonnegativeOptions& options, NonnegativeWorkspace<ExecutionSpace>& workspace)
      : space_(space), matrix_(matrix), size_(matrix.extent(0)), w_(workspace) {
    if (w_.matrix.extent(0) != size_)
      w_.matrix =
          allocate<Matrix<double, Memory>>(space, "glint::nonnegative::matrix", size_, size_);
    // Plans are made for numbers of sources in eight steps.
    step_ = std::max<std::size_t>((size_ + 7) / 8, 1);
    if (w_.plans.size() != 8 || w_.plans_for != size_ || w_.solve != options.solve) {
      w_.plans.assign(8, CholeskyPlan<ExecutionSpace>());
      w_.plans_for = size_;
      w_.solve = options.solve;
    }
    read(w_.data, w_.host_data);
    read(w_.diagonal, w_.host_diagonal);
    read_start();
  }

  /// Waits for all that was read.
  void read_start() {
    read(w_.x, w_.host_x);
    compat::fence(space_, "glint::nonnegative::read");
  }

  /// x, slope: of the solution for the passive sources, here and on the host.
  void solve(const std::vector<char>& passive) {
    w_.host_list.clear();
    for (std::size_t s = 0; s < size_; ++s)
      if (passive[s]) w_.host_list.push_back(static_cast<int>(s));
    const std::size_t count = w_.host_list.size();
    fill(space_, w_.x, 0.0);
    if (count > 0) {
      factor(count);
      Kokkos::parallel_for("glint::nonnegative::scatter", range(space_, count),
                           ScatterPassive<ExecutionSpace>{w_.solution, w_.list, w_.x});
    }
    Kokkos::parallel_for("glint::nonnegative::slope", range(space_, size_),
                         SymmetricProduct<ExecutionSpace>{matrix_, w_.x, w_.data, w_.slope, true});
    read(w_.x, w_.host_x);
    read(w_.slope, w_.host_slope);
    compat::fence(space_, "glint::nonnegative::look");
  }

 private:
  void factor(std::size_t count) {
    copy(space_, Kokkos::subview(w_.list, std::make_pair(std::size_t(0), count)),
         Kokkos::View<const int*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
             w_.host_list.data(), count));
    const std::size_t number = (count - 1) / step_, padded = std::min(size_, (number + 1) * step_);
    auto& plan = w_.plans[number];
    if (plan.size() != padded) plan = CholeskyPlan<ExecutionSpace>(space_, padded, {w_.solve});
    const auto used = std::make_pair(std::size_t(0), padded);
    Kokkos::parallel_for(
        "glint::nonnegative::gather",
        range(space_, is_host_execution_v<ExecutionSpace> ? padded : padded * padded),
        GatherPassive<ExecutionSpace>{matrix_, w_.data, w_.list, count, padded, w_.matrix,
                                      w_.solution});
    const auto block = Kokkos::subview(w_.matrix, used, used);
    plan.factor(space_, block);
    plan.solve(space_, block, Kokkos::subview(w_.solution, used));
  }

  void read(const Vector<double, Memory>& from, std::vector<double>& to) {
    to.resize(size_);
    copy(space_,
         Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
             to.data(), size_),
         from);
  }

  const ExecutionSpace& space_;
  StridedInput<const double**, ExecutionSpace> matrix_;
  std::size_t size_, step_;
  NonnegativeWorkspace<ExecutionSpace>& w_;
};

template <class ExecutionSpace, class Sets>
NonnegativeResult pivot(PassiveSolve<ExecutionSpace>& solver, Sets& sets, double largest,
                        std::size_t max_iterations, const NonnegativeOptions& options,
                        NonnegativeWorkspace<ExecutionSpace>& w) {
  NonnegativeResult result;
  std::vector<char> passive(w.host_x.size());
  for (std::size_t s = 0; s < passive.size(); ++s) passive[s] = w.host_x[s] > 0.0;
  do {
    solver.solve(passive);
    ++result.iterations;
  } while (sets.exchange(w.host_x, w.host_slope, w.host_diagonal, options.tolerance * largest,
                         passive) &&
           result.iterations < max_iterations);
  double worst = 0.0;
  for (std::size_t s = 0; s < passive.size(); ++s) {
    const double unmet = std::abs(std::min(w.host_diagonal[s] * w.host_x[s], w.host_slope[s]));
    if (!(unmet <= worst)) worst = unmet;
    result.positive += w.host_x[s] > 0.0;
  }
  result.kkt_residual = worst == 0.0 ? 0.0 : worst / largest;
  result.converged = result.kkt_residual <= options.tolerance;
  return result;
}

template <class ExecutionSpace>
NonnegativeResult by_gradients(const ExecutionSpace& space,
                               const StridedInput<const double**, ExecutionSpace>& matrix,
                               const StridedInput<const double*, ExecutionSpace>& data_vector,
                               const StridedOutput<double*, ExecutionSpace>& x,
                               const NonnegativeOptions& options,
                               NonnegativeWorkspace<ExecutionSpace>& workspace) {
  const std::size_t size = x.extent(0);
  ProjectedGradient<ExecutionSpace> iteration(space, data_vector, workspace.diagonal, x,
                                              gradient_options(options, size), workspace.gradient);
  const auto& vectors = workspace.gradient;
  const auto multiply = [&](const auto& in) {
    Kokkos::parallel_for("glint::nonnegative::product", range(space, size),
                         SymmetricProduct<ExecutionSpace>{matrix, in, in, vectors.product, false});
  };
  if (options.warm_start) {
    multiply(vectors.x);
    iteration.start(space);
  }
  do {
    iteration.aim(space);
    multiply(vectors.direction);
  } while (iteration.step(space));
  const ProjectedGradientResult found = iteration.finish(space);
  return {found.iterations, found.positive, found.kkt_residual,
          found.kkt_residual <= options.tolerance};
}

}  // namespace

template <class ExecutionSpace>
NonnegativeResult nonnegative(const ExecutionSpace& space,
                              const StridedInput<const double**, ExecutionSpace>& matrix,
                              const StridedInput<const double*, ExecutionSpace>& data_vector,
                              const StridedOutput<double*, ExecutionSpace>& x,
                              const NonnegativeOptions& options,
                              NonnegativeWorkspace<ExecutionSpace>& workspace) {
  const ScopedRegion region("glint::nonnegative");
  using Numbers = Vector<double, typename ExecutionSpace::memory_space>;
  GLINT_EXPECTS(options.tolerance > 0.0 && std::isfinite(options.tolerance),
                "nonnegative: the tolerance is ", options.tolerance,
                ", not a positive finite number");
  const std::size_t size = x.extent(0);
  auto& w = workspace;
  if (size == 0) return {0, 0, 0.0, true};
  if (w.x.extent(0) != size || w.diagonal.extent(0) != size) {
    for (auto* vector : {&w.data, &w.diagonal, &w.x, &w.slope, &w.solution})
      *vector = allocate<Numbers>(space, "glint::nonnegative::vector", size);
    w.list = allocate<Vector<int, typename ExecutionSpace::memory_space>>(
        space, "glint::nonnegative::list", size);
  }
  const auto load = [&](bool warm) {
    Kokkos::parallel_for(
        "glint::nonnegative::load", range(space, size),
        LoadNonnegative<ExecutionSpace>{matrix, data_vector, x, w.data, w.diagonal, w.x, warm});
  };
  load(options.warm_start);
  if (options.method == NonnegativeMethod::projected_gradient)
    return by_gradients(space, matrix, data_vector, x, options, workspace);

  PassiveSolve<ExecutionSpace> solver(space, matrix, options, workspace);
  double largest = 0.0;
  for (const double value : w.host_data) {
    GLINT_EXPECTS(std::isfinite(value), "nonnegative: the data vector holds ", value,
                  ", which is no finite number");
    largest = std::max(largest, std::abs(value));
  }
  const std::size_t most = gradient_options(options, size).max_iterations;
  NonnegativeResult result;
  if (largest == 0.0) {
    fill(space, w.x, 0.0);
    result.converged = true;
  } else if (options.method == NonnegativeMethod::block_pivoting) {
    if (!options.warm_start) {
      // Which sources are positive shows long before how much they are.
      NonnegativeOptions rough = options;
      rough.tolerance = std::max(options.tolerance, 1e-4);
      rough.max_iterations = 30;
      by_gradients(space, matrix, data_vector, x, rough, workspace);
      load(true);
      solver.read_start();
    }
    BlockPivoting sets;
    result = pivot(solver, sets, largest, most, options, workspace);
  } else {
    ActiveSet sets(w.host_x);
    result = pivot(solver, sets, largest, most, options, workspace);
  }
  Kokkos::parallel_for("glint::nonnegative::store", range(space, size),
                       StoreClipped<ExecutionSpace>{w.x, x});
  compat::fence(space, "glint::nonnegative::finish");
  return result;
}

template <class ExecutionSpace>
void system_diagonal(const ExecutionSpace& space,
                     const SourceSystem<typename ExecutionSpace::memory_space>& system,
                     Vector<double, typename ExecutionSpace::memory_space>& diagonal) {
  const std::size_t sources = system.sources();
  GLINT_EXPECTS(system.diagonal.extent(0) >= sources, "nonnegative: the diagonal of ", sources,
                " source pixels is needed, the system has ", system.diagonal.extent(0));
  if (diagonal.extent(0) != sources)
    diagonal = allocate<Vector<double, typename ExecutionSpace::memory_space>>(
        space, "glint::nonnegative::diagonal", sources);
  Kokkos::parallel_for(
      "glint::nonnegative::diagonal", range(space, sources),
      SystemDiagonal<ExecutionSpace>{MeshRows<ExecutionSpace>::of(system.regularization),
                                     system.diagonal, diagonal});
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                                                                \
  template NonnegativeResult impl::nonnegative<Space>(                                          \
      const Space&, const StridedInput<const double**, Space>&,                                 \
      const StridedInput<const double*, Space>&, const StridedOutput<double*, Space>&,          \
      const NonnegativeOptions&, NonnegativeWorkspace<Space>&);                                 \
  template void impl::system_diagonal<Space>(const Space&,                                      \
                                             const SourceSystem<typename Space::memory_space>&, \
                                             Vector<double, typename Space::memory_space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
