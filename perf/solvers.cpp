// SPDX-License-Identifier: BSD-3-Clause
#include <glint/conjugate_gradient.hpp>
#include <glint/data_vector.hpp>
#include <glint/linear_objects.hpp>
#include <glint/nonnegative.hpp>
#include <glint/precision_operator.hpp>

#include "observation.hpp"
#include "registry.hpp"

/// Sources without the curvature matrix, and sources that are nowhere negative.

namespace glint::perf {
namespace {

/// F + H and D by their definitions, on the host.
struct Equations {
  Numbers a, d;
};

inline Equations equations_of(const Observation& seen) {
  const auto& problem = *seen.problem;
  UvData<> weighed = seen.data;
  const Numbers compact = kernel_sum(problem.pixels.grid, weighed);  // weights 1, as the noise
  const Numbers dirty = image_sum(problem.pixels, seen.data);
  Equations equations;
  equations.a = curvature_by_definition(problem.pixels, problem.mapping, compact.data());
  const Numbers h = regularization_by_definition(seen.mesh, seen.coefficient);
  for (std::size_t k = 0; k < h.size(); ++k) equations.a[k] += h[k];
  equations.d.assign(problem.mapping.sources, 0.0);
  for (std::size_t m = 0; m < problem.pixels.size(); ++m)
    for (int k = problem.mapping.offsets(m); k < problem.mapping.offsets(m + 1); ++k)
      equations.d[static_cast<std::size_t>(problem.mapping.columns(k))] +=
          problem.mapping.values(k) * dirty[m];
  return equations;
}

/// Gauss-Seidel with or without the bound, sweep after sweep, until nothing moves.
inline Numbers sweep(const Equations& equations, bool bounded) {
  const std::size_t n = equations.d.size();
  Numbers x(n, 0.0), slope(n);
  for (std::size_t s = 0; s < n; ++s) slope[s] = -equations.d[s];
  for (int round = 0; round < 20000; ++round) {
    double moved = 0.0, largest = 0.0;
    for (std::size_t s = 0; s < n; ++s) {
      const double* row = equations.a.data() + s * n;
      double to = x[s] - slope[s] / row[s];
      if (bounded && to < 0.0) to = 0.0;
      const double step = to - x[s];
      x[s] = to;
      moved = std::max(moved, std::abs(step));
      largest = std::max(largest, std::abs(to));
      if (step == 0.0) continue;
      for (std::size_t t = 0; t < n; ++t) slope[t] += step * row[t];
    }
    if (moved <= 1e-13 * largest) break;
  }
  return x;
}

/// What all cases share.
template <class ExecutionSpace>
class SourceCase : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  SourceCase(std::size_t side, std::size_t count, std::size_t sources)
      : key_(concat("observation/", side, "/", count, "/", sources)),
        seen_(
            shared<Observation>(key_, [&] { return observe(this->space, side, count, sources); })),
        pixels_(glint::to_space(this->space, seen_->problem->pixels)),
        sums_(this->space, pixels_),
        precision_(this->space, pixels_) {
    accumulate(this->space, to_space(this->space, seen_->data), sums_);
    precision_.set_kernel(this->space, sums_.compact());
    system_.mapping = to_space(this->space, seen_->problem->mapping);
    assign_regularization(this->space, mesh_on(this->space, seen_->mesh), seen_->coefficient,
                          system_.regularization);
    for (auto* vector : {&data_vector_, &x_, &system_.diagonal})
      *vector = allocate<Vector<double, Memory>>(this->space, "glint::perf::vector", sources);
    prepare();
  }
  /// Everything that depends on the mapping.
  void prepare() {
    transpose(this->space, system_.mapping, system_.by_source);
    data_vector(this->space, system_.by_source, sums_.dirty_image(), data_vector_);
    curvature_diagonal(this->space, sums_.compact(), pixels_, system_.by_source, system_.diagonal);
  }

  Numbers result() override { return this->numbers(x_); }
  std::vector<std::size_t> shape() const override { return {x_.extent(0)}; }

 protected:
  double sources() const { return seen_->problem->s(); }
  const Equations& equations() {
    if (!equations_)
      equations_ = shared<Equations>(key_ + "/equations", [&] { return equations_of(*seen_); });
    return *equations_;
  }
  Numbers solution(bool bounded) {
    return *shared<Numbers>(key_ + (bounded ? "/bounded" : "/free"),
                            [&] { return sweep(equations(), bounded); });
  }
  void export_system(Export& out) {
    const SkyGrid& grid = seen_->problem->pixels.grid;
    const Numbers compact = this->numbers(sums_.compact()),
                  dirty = this->numbers(sums_.dirty_image());
    out.array("compact", {grid.ny, 2 * grid.nx - 1}, compact.data());
    export_pixels(out, seen_->problem->pixels);
    export_table(out, seen_->problem->mapping);
    out.array("neighbours", seen_->mesh);
    out.array("dirty", {dirty.size()}, dirty.data());
    out.scalar("coefficient", seen_->coefficient);
  }

  std::string key_;
  std::shared_ptr<const Observation> seen_;
  std::shared_ptr<const Equations> equations_;
  SkyPixels<Memory> pixels_;
  UvSums<ExecutionSpace> sums_;
  PrecisionOperator<ExecutionSpace> precision_;
  SourceSystem<Memory> system_;
  Vector<double, Memory> data_vector_, x_;
};

/// From a mapping to the source, to 1e-8 of the data.
template <class ExecutionSpace>
class Gradients : public SourceCase<ExecutionSpace> {
 public:
  Gradients(std::size_t side, std::size_t count, std::size_t sources, Preconditioner kind)
      : SourceCase<ExecutionSpace>(side, count, sources) {
    options_.preconditioner = kind;
  }
  void run() override {
    this->prepare();
    result_ = conjugate_gradient(this->space, this->precision_, this->system_, this->data_vector_,
                                 this->x_, options_, workspace_);
  }
  Numbers expected() override { return this->solution(false); }
  double tolerance() const override { return 1e-6; }
  Work work() override {
    Work work;
    const auto& problem = *this->seen_->problem;
    work.evaluations = static_cast<double>(result_.iterations);
    // Two products with T and a transform of four times the frame and its inverse.
    const double n = 4.0 * static_cast<double>(problem.pixels.grid.ny * problem.pixels.grid.nx);
    work.flops = work.evaluations * (4.0 * problem.nonzeros() + 5.0 * n * std::log2(n));
    work.read_bytes = 12.0 * problem.nonzeros();
    return work;
  }
  void inputs(Export& out) override {
    this->export_system(out);
    out.scalar("tolerance", options_.tolerance);
  }

 private:
  ConjugateGradientOptions options_;
  ConjugateGradientResult result_;
  ConjugateGradientWorkspace<ExecutionSpace> workspace_;
};

/// From F + H, or without it, to the non-negative source.
template <class ExecutionSpace>
class Bounded : public SourceCase<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Bounded(std::size_t side, std::size_t count, std::size_t sources, NonnegativeMethod method,
          bool matrix_free)
      : SourceCase<ExecutionSpace>(side, count, sources), matrix_free_(matrix_free) {
    options_.method = method;
    matrix_ =
        allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", sources, sources);
    CurvaturePlan<ExecutionSpace> plan(this->space, this->pixels_, sources, 3);
    plan.execute(this->space, this->sums_.compact(), this->system_.mapping, matrix_);
    add_regularization_matrix(this->space, this->system_.regularization, matrix_);
  }
  void run() override {
    if (matrix_free_)
      result_ = nonnegative(this->space, this->precision_, this->system_, this->data_vector_,
                            this->x_, options_, workspace_);
    else
      result_ =
          nonnegative(this->space, matrix_, this->data_vector_, this->x_, options_, workspace_);
  }
  Numbers expected() override { return this->solution(true); }
  double tolerance() const override { return 1e-7; }
  Work work() override {
    Work work;
    const double s = this->sources(), positive = static_cast<double>(result_.positive);
    work.evaluations = static_cast<double>(result_.iterations);
    // The last factorization.
    if (!matrix_free_) work.flops = positive * positive * positive / 3.0 + 2.0 * s * s;
    work.read_bytes = matrix_free_ ? 12.0 * this->seen_->problem->nonzeros() : 8.0 * s * s;
    return work;
  }
  void inputs(Export& out) override {
    const Numbers a = this->numbers(matrix_), d = this->numbers(this->data_vector_);
    out.array("matrix", {d.size(), d.size()}, a.data());
    out.array("data_vector", {d.size()}, d.data());
  }

 private:
  bool matrix_free_;
  NonnegativeOptions options_;
  NonnegativeResult result_;
  Matrix<double, Memory> matrix_;
  NonnegativeWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  struct Size {
    std::size_t side, count, sources;
  };
  const Size small{30, 1000, 256}, middle{64, 10000, 1000}, large{128, 100000, 1000};
  const auto arguments = [](const Size& n) {
    return Arguments{{"side", n.side}, {"visibilities", n.count}, {"sources", n.sources}};
  };
  for (const Size& n : {small, middle, large})
    for (const auto kind : {Preconditioner::jacobi, Preconditioner::none})
      registry.add<Gradients<ExecutionSpace>>(
          "conjugate_gradient", preconditioner_name(kind), "double", arguments(n),
          static_cast<double>(n.sources), n.side, n.count, n.sources, kind);
  const auto bounded = [&](const std::string& name, NonnegativeMethod method, const Size& n,
                           bool matrix_free) {
    registry.add<Bounded<ExecutionSpace>>("nonnegative", name, "double", arguments(n),
                                          static_cast<double>(n.sources), n.side, n.count,
                                          n.sources, method, matrix_free);
  };
  for (const Size& n : {small, middle, large}) {
    bounded("block_pivoting", NonnegativeMethod::block_pivoting, n, false);
    bounded("projected_gradient", NonnegativeMethod::projected_gradient, n, false);
    bounded("matrix_free", NonnegativeMethod::projected_gradient, n, true);
  }
  bounded("active_set", NonnegativeMethod::active_set, small, false);
}

}  // namespace

void register_solvers(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
