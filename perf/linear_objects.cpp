// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/linear_objects.hpp>
#include <glint/precision_operator.hpp>
#include <optional>

#include "inversions.hpp"
#include "registry.hpp"

/// F of several things solved for together: a source on a mesh and functions over the image.
/// Needed are F of the mapping, see curvature.cpp, and for every function a product with W.

namespace glint::perf {
namespace {

template <class ExecutionSpace>
class Objects : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Objects(std::size_t side, std::size_t sources, std::size_t functions)
      : problem_(Inversion::of(side, sources, 3)),
        functions_("glint::perf::functions", problem_->pixels.size(), functions),
        objects_(problem_->pixels.size()) {
    for (std::size_t m = 0; m < functions_.extent(0); ++m)
      for (std::size_t p = 0; p < functions; ++p)
        functions_(m, p) = std::cos(0.02 * static_cast<double>((p + 1) * m) / (1.0 + p));
    const auto pixels = glint::to_space(this->space, problem_->pixels);
    const SkyGrid& grid = problem_->pixels.grid;
    kernel_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::kernel", grid.ny,
                                               2 * grid.nx - 1);
    copy(this->space, kernel_, problem_->kernel);
    const auto columns = allocate<Matrix<double, Memory>>(this->space, "glint::perf::columns",
                                                          functions_.extent(0), functions);
    copy(this->space, columns, functions_);
    objects_.add(to_space(this->space, problem_->mapping));
    objects_.add_functions(columns);
    plan_.emplace(this->space, pixels, sources, 3);
    precision_.emplace(this->space, pixels);
    precision_->set_kernel(this->space, kernel_);
    f_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::f", objects_.sources(),
                                          objects_.sources());
  }
  void run() override {
    objects_curvature(
        this->space, objects_,
        [&](const ExecutionSpace& space, const auto& mapping, const auto& part) {
          plan_->execute(space, kernel_, mapping, part);
        },
        *precision_, f_, workspace_);
  }
  Numbers result() override { return this->numbers(f_); }
  /// One mapping of everything, a function a source that all pixels see.
  Numbers expected() override {
    const SparseMapping<Kokkos::HostSpace>& own = problem_->mapping;
    const std::size_t functions = functions_.extent(1);
    SparseMapping<Kokkos::HostSpace> all;
    all.pixels = own.pixels;
    all.sources = own.sources + functions;
    all.width = own.width + functions;
    all.offsets = Vector<int>("glint::perf::offsets", own.pixels + 1);
    all.columns = Vector<int>("glint::perf::columns", own.pixels * all.width);
    all.values = Vector<double>("glint::perf::values", own.pixels * all.width);
    int next = 0;
    for (std::size_t m = 0; m < own.pixels; ++m) {
      for (int k = own.offsets(m); k < own.offsets(m + 1); ++k, ++next)
        all.columns(next) = own.columns(k), all.values(next) = own.values(k);
      for (std::size_t p = 0; p < functions; ++p, ++next)
        all.columns(next) = static_cast<int>(own.sources + p), all.values(next) = functions_(m, p);
      all.offsets(m + 1) = next;
    }
    return curvature_by_definition(problem_->pixels, all, problem_->kernel.data());
  }
  std::vector<std::size_t> shape() const override { return {f_.extent(0), f_.extent(1)}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double s = static_cast<double>(f_.extent(0));
    work.flops = problem_->nonzeros() * (problem_->m() + s);
    work.read_bytes = 12.0 * problem_->nonzeros() + 8.0 * static_cast<double>(kernel_.size()) +
                      8.0 * static_cast<double>(functions_.size());
    work.written_bytes = 8.0 * s * s;
    return work;
  }
  void inputs(Export& out) override {
    out.array("kernel", problem_->kernel);
    export_pixels(out, problem_->pixels);
    export_table(out, problem_->mapping);
    out.array("functions", functions_);
  }

 private:
  std::shared_ptr<const Inversion> problem_;
  Matrix<double> functions_;
  LinearObjects<Memory> objects_;
  Matrix<double, Memory> kernel_, f_;
  std::optional<CurvaturePlan<ExecutionSpace>> plan_;
  std::optional<PrecisionOperator<ExecutionSpace>> precision_;
  ObjectsWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  constexpr std::size_t functions = 4;
  for (const auto& [side, sources] :
       {std::pair<std::size_t, std::size_t>{30, 716}, {64, 1000}, {128, 1000}}) {
    const double unknowns = static_cast<double>(sources + functions);
    registry.add<Objects<ExecutionSpace>>(
        "objects_curvature", "automatic", "double",
        {{"side", side}, {"sources", sources}, {"functions", functions}}, unknowns * unknowns, side,
        sources, functions);
  }
}

}  // namespace

void register_linear_objects(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
