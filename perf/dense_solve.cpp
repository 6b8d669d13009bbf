// SPDX-License-Identifier: BSD-3-Clause
#include <glint/reconstruct.hpp>

#include "meshes.hpp"
#include "registry.hpp"
#include "shared.hpp"

/// Dense systems: n^3/3 floating-point operations to factor by Cholesky, twice that by LU, 2 n^2 to
/// solve with the factors.

namespace glint::perf {
namespace {

enum class Step { cholesky, solve, lu, by_cholesky, by_lu };

/// The solution of A x = 1 is what is compared, whatever was timed.
template <class ExecutionSpace>
class DenseSolve : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  DenseSolve(std::size_t size, Step step, SolveMethod method)
      : size_(size), step_(step), host_(bump(size)) {
    if (step == Step::cholesky || step == Step::solve)
      cholesky_ = CholeskyPlan<ExecutionSpace>(this->space, size, {method});
    if (step == Step::lu) lu_ = LuPlan<ExecutionSpace>(this->space, size, {method});
    options_.method = method;
    options_.solver =
        step == Step::by_lu ? ReconstructionSolver::lu : ReconstructionSolver::cholesky;
    fresh_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::fresh", size, size);
    matrix_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", size, size);
    ones_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::ones", size);
    x_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::x", size);
    copy(this->space, fresh_, host_);
    copy(this->space, matrix_, fresh_);
    fill(this->space, ones_, 1.0);
    if (step == Step::solve) cholesky_.factor(this->space, matrix_);
  }
  void restore() override {
    if (step_ != Step::solve) copy(this->space, matrix_, fresh_);
    copy(this->space, x_, ones_);
  }
  void run() override {
    switch (step_) {
      case Step::cholesky:
        return cholesky_.factor(this->space, matrix_);
      case Step::solve:
        return cholesky_.solve(this->space, matrix_, x_);
      case Step::lu:
        return lu_.solve(this->space, matrix_, x_);
      default:
        return reconstruction(this->space, matrix_, ones_, x_, options_, workspace_);
    }
  }
  Numbers result() override {
    if (step_ == Step::cholesky) cholesky_.solve(this->space, matrix_, x_);
    return this->numbers(x_);
  }
  Numbers expected() override {
    return *shared<Numbers>(concat("solve/", size_),
                            [&] { return solve_by_gradients(host_, Numbers(size_, 1.0)); });
  }
  std::vector<std::size_t> shape() const override { return {size_}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double n = static_cast<double>(size_), factor = n * n * n / 3.0;
    work.flops = step_ == Step::solve         ? 2.0 * n * n
                 : step_ == Step::cholesky    ? factor
                 : step_ == Step::by_cholesky ? factor + 2.0 * n * n
                                              : 2.0 * factor + 2.0 * n * n;
    const bool triangle = step_ != Step::lu && step_ != Step::by_lu;
    work.read_bytes = (triangle ? 4.0 : 8.0) * n * n;
    work.written_bytes = step_ == Step::cholesky ? 4.0 * n * n
                         : step_ == Step::lu     ? 8.0 * n * n
                                                 : 8.0 * n;
    return work;
  }
  void inputs(Export& out) override { out.array("matrix", host_); }

 private:
  std::size_t size_;
  Step step_;
  ReconstructionOptions options_;
  Matrix<double> host_;
  Matrix<double, Memory> fresh_, matrix_;
  Vector<double, Memory> ones_, x_;
  CholeskyPlan<ExecutionSpace> cholesky_;
  LuPlan<ExecutionSpace> lu_;
  ReconstructionWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const SolveMethod method : {SolveMethod::plain, SolveMethod::library}) {
    const bool library = method == SolveMethod::library;
    if (library && solve_library<ExecutionSpace>().empty()) continue;
    const auto add = [&](const std::string& operation, std::size_t size, Step step,
                         const std::string& solver = "") {
      registry.add<DenseSolve<ExecutionSpace>>(operation, solver + solve_method_name(method),
                                               "double", {{"sources", size}},
                                               static_cast<double>(size), size, step, method);
    };
    for (const std::size_t size : {100, 716, 1000, 1500, 4000})
      add("cholesky", size, Step::cholesky);
    for (const std::size_t size : {100, 716, 1000, 4000}) add("cholesky_solve", size, Step::solve);
    for (const std::size_t size : {100, 716, 1000}) {
      add("lu", size, Step::lu);
      add("reconstruction", size, Step::by_cholesky, "cholesky-");
      add("reconstruction", size, Step::by_lu, "lu-");
    }
  }
}

}  // namespace

void register_dense_solve(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
