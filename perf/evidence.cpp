// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/likelihood.hpp>

#include "inversions.hpp"
#include "timing.hpp"

namespace glint::perf {
namespace {

/// Neighbours of a plane mesh of triangles, (S, 10), in its scan order.
Matrix<int> plane_mesh(std::size_t sources) {
  const Matrix<int> table("glint::perf::neighbours", sources, 10);
  Kokkos::deep_copy(table, -1);
  std::vector<std::size_t> count(sources, 0);
  const auto join = [&](std::size_t a, std::size_t b) {
    if (b >= sources) return;
    table(a, count[a]++) = static_cast<int>(b);
    table(b, count[b]++) = static_cast<int>(a);
  };
  const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(sources))));
  for (std::size_t k = 0; k < sources; ++k) {
    const bool last = k % side + 1 == side;
    if (!last) join(k, k + 1);
    join(k, k + side);
    if (!last) join(k, k + side + 1);
  }
  return table;
}

/// A + S on the diagonal, A(i, j) a smooth bump: positive definite, and dense.
Matrix<double> bump(std::size_t size) {
  const Matrix<double> matrix("glint::perf::matrix", size, size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j) {
      const double distance = (static_cast<double>(i) - static_cast<double>(j)) / 20.0;
      matrix(i, j) = std::exp(-distance * distance) + (i == j ? 1.0 : 0.0);
    }
  return matrix;
}

template <class ExecutionSpace>
void cholesky(benchmark::State& state, SolveMethod method) {
  using Memory = typename ExecutionSpace::memory_space;
  const ExecutionSpace space;
  const auto size = static_cast<std::size_t>(state.range(0));
  const CholeskyPlan<ExecutionSpace> plan(space, size, {method});
  const auto fresh = allocate<Matrix<double, Memory>>(space, "glint::perf::fresh", size, size);
  const auto matrix = allocate<Matrix<double, Memory>>(space, "glint::perf::matrix", size, size);
  const auto x = allocate<Vector<double, Memory>>(space, "glint::perf::x", size);
  copy(space, fresh, bump(size));
  copy(space, matrix, fresh);
  fill(space, x, 1.0);
  plan.factor(space, matrix);
  plan.solve(space, matrix, x);
  const double term = chi_squared(space, fresh, x, x, 0.0);  // x^T A x - 2 x^T x
  double ones = 0.0, squares = 0.0;
  const Vector<double> host("glint::perf::host", size);
  copy(space, host, x);
  compat::fence(space, "glint::perf::check");
  for (std::size_t k = 0; k < size; ++k) ones += host(k), squares += host(k) * host(k);
  if (!(std::abs(term + 2.0 * squares - ones) <= 1e-10 * std::abs(ones))) {
    state.SkipWithError("the solution does not solve the system");
    return;
  }
  for (auto _ : state) {
    copy(space, matrix, fresh);
    compat::fence(space, "glint::perf::before");
    const Kokkos::Timer timer;
    plan.factor(space, matrix);
    state.SetIterationTime(timer.seconds());
  }
  const double n = static_cast<double>(size);
  state.counters["flops"] =
      benchmark::Counter(n * n * n / 3.0, benchmark::Counter::kIsIterationInvariantRate);
}

template <class ExecutionSpace>
void log_determinant(benchmark::State& state) {
  const ExecutionSpace space;
  const auto sources = static_cast<std::size_t>(state.range(0));
  const auto host = plane_mesh(sources);
  const auto neighbours = allocate<Matrix<int, typename ExecutionSpace::memory_space>>(
      space, "glint::perf::neighbours", sources, 10);
  copy(space, neighbours, host);
  RegularizationWorkspace<ExecutionSpace> workspace;
  const double value = log_determinant_regularization(space, 1.0, neighbours, workspace);
  impl::MeshElimination other;
  other.assign(host.data(), sources, std::size_t(10), std::size_t(10), std::size_t(1));
  const double wanted =
      other.log_determinant(1.0, 1e-8, impl::MeshElimination::Order::minimum_degree);
  if (!(std::abs(value - wanted) <= 1e-12 * std::abs(wanted))) {
    state.SkipWithError("the orders of elimination disagree");
    return;
  }
  timed(state, space, [&] { log_determinant_regularization(space, 1.0, neighbours, workspace); });
}

/// From a mapping to the evidence; what depends on the visibilities is given.
template <class ExecutionSpace>
void likelihood(benchmark::State& state, SolveMethod method) {
  using Memory = typename ExecutionSpace::memory_space;
  const ExecutionSpace space;
  const auto side = static_cast<std::size_t>(state.range(0));
  const auto sources = static_cast<std::size_t>(state.range(1));
  const auto host_pixels = circle(side);
  const auto pixels = to_space(space, host_pixels);
  const auto mapping = to_space(space, lensed_mapping(host_pixels, sources, 3));
  const auto neighbours =
      allocate<Matrix<int, Memory>>(space, "glint::perf::neighbours", sources, 10);
  copy(space, neighbours, plane_mesh(sources));
  UvSums<ExecutionSpace> sums(space, pixels);
  UvData<> data(500);
  Spread spread(3);
  for (std::size_t k = 0; k < data.size(); ++k) {
    data.u(k) = spread(-1e5, 1e5), data.v(k) = spread(-1e5, 1e5);
    data.re(k) = spread(-1.0, 1.0), data.im(k) = spread(-1.0, 1.0);
    data.noise_re(k) = data.noise_im(k) = spread(0.5, 2.0);
  }
  accumulate(space, to_space(space, data), sums);
  LikelihoodPlan<ExecutionSpace> plan(space, pixels, sources, 3, {method}),
      plain(space, pixels, sources, 3, {SolveMethod::plain});
  const auto evaluate = [&](auto& with) {
    return log_likelihood(space, with, sums, mapping, neighbours, 1.0).log_likelihood;
  };
  const double value = evaluate(plan), wanted = evaluate(plain);
  if (!(std::abs(value - wanted) <= 1e-11 * std::abs(wanted))) {
    state.SkipWithError("the methods disagree");
    return;
  }
  timed(state, space, [&] { evaluate(plan); });
}

template <class ExecutionSpace>
void register_space() {
  const std::string space = backend_name<ExecutionSpace>() + "/double";
  for (const SolveMethod method : {SolveMethod::plain, SolveMethod::library}) {
    if (method == SolveMethod::library && solve_library<ExecutionSpace>().empty()) continue;
    const std::string name = solve_method_name(method) + "/" + space;
    benchmark::RegisterBenchmark(
        ("cholesky/" + name).c_str(),
        [method](benchmark::State& state) { cholesky<ExecutionSpace>(state, method); })
        ->ArgName("sources")
        ->Arg(100)
        ->Arg(716)
        ->Arg(1000)
        ->Arg(1500)
        ->Arg(4000)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(
        ("likelihood/" + name).c_str(),
        [method](benchmark::State& state) { likelihood<ExecutionSpace>(state, method); })
        ->ArgNames({"side", "sources"})
        ->Args({30, 716})
        ->Args({64, 1000})
        ->Args({128, 1000})
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark(("log_determinant_regularization/" + space).c_str(),
                               log_determinant<ExecutionSpace>)
      ->ArgName("sources")
      ->Arg(716)
      ->Arg(1000)
      ->Arg(20000)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void register_evidence() {
#define GLINT_REGISTER(Space) register_space<Space>();
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
