// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature.hpp>
#include <glint/w_curvature.hpp>

#include "inversions.hpp"
#include "registry.hpp"

/// Where real and imaginary noise differ: W has a Hankel part too, and its products cost more: of
/// F = transpose(T) W T half of nnz (2 M + S) multiply-adds are needed.

namespace glint::perf {
namespace {

enum class Step { plan, products, omega };

template <class ExecutionSpace>
class Unequal : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Unequal(Step step, std::size_t side, std::size_t sources, std::size_t width)
      : step_(step),
        problem_(Inversion::of(side, sources, width)),
        host_hankel_("glint::perf::hankel", side, 2 * side - 1),
        pixels_(glint::to_space(this->space, problem_->pixels)),
        mapping_(to_space(this->space, problem_->mapping)) {
    // Another kernel of the same kind: its row 0 is even.
    for (std::size_t i = 0; i < side; ++i)
      for (std::size_t j = 0; j < 2 * side - 1; ++j)
        host_hankel_(i, j) = 0.3 * problem_->kernel(i, j) + (i == 0 ? 0.0 : 1e-3);
    const auto matrix = [&](std::size_t rows, std::size_t columns) {
      return allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", rows, columns);
    };
    compact_ = matrix(side, 2 * side - 1), hankel_ = matrix(side, 2 * side - 1);
    copy(this->space, compact_, problem_->kernel);
    copy(this->space, hankel_, host_hankel_);
    result_ = matrix(shape()[0], shape()[1]);
    if (step == Step::plan)
      plan_ = std::make_unique<CurvaturePlan<ExecutionSpace>>(this->space, pixels_, sources, width);
  }
  void run() override {
    switch (step_) {
      case Step::plan:
        return plan_->execute(this->space, compact_, hankel_, mapping_, result_);
      case Step::products:
        return curvature_from_compact_products(this->space, compact_, hankel_, pixels_, mapping_,
                                               result_, workspace_);
      case Step::omega:
        return glint::omega(this->space, compact_, hankel_, pixels_, mapping_, result_,
                            workspace_.omega);
    }
  }
  Numbers result() override { return this->numbers(result_); }
  Numbers expected() override {
    const SkyPixels<>& pixels = problem_->pixels;
    const auto& mapping = problem_->mapping;
    const double *compact = problem_->kernel.data(), *hankel = host_hankel_.data();
    if (step_ != Step::omega)
      return *shared<Numbers>("unequal/" + problem_->key, [&] {
        return curvature_by_definition(pixels, mapping, compact, hankel);
      });
    Numbers all(pixels.size() * mapping.sources);
    for_each_response(pixels, mapping, compact, hankel, [&](std::size_t s, const auto& response) {
      for (std::size_t m = 0; m < pixels.size(); ++m)
        all[m * mapping.sources + s] =
            response[static_cast<std::size_t>(pixels.row(m)) * pixels.grid.nx +
                     static_cast<std::size_t>(pixels.column(m))];
    });
    return all;
  }
  std::vector<std::size_t> shape() const override {
    const std::size_t sources = problem_->mapping.sources;
    return {step_ == Step::omega ? problem_->pixels.size() : sources, sources};
  }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double m = problem_->m(), s = problem_->s(), entries = problem_->nonzeros();
    work.flops = step_ == Step::omega ? 4.0 * entries * m : entries * (2.0 * m + s);
    work.read_bytes = 12.0 * entries + 16.0 * static_cast<double>(compact_.size());
    work.written_bytes = 8.0 * static_cast<double>(result_.size());
    return work;
  }
  void inputs(Export& out) override {
    out.array("compact", problem_->kernel);
    out.array("hankel", host_hankel_);
    export_pixels(out, problem_->pixels);
    export_table(out, problem_->mapping);
  }

 private:
  Step step_;
  std::shared_ptr<const Inversion> problem_;
  Matrix<double> host_hankel_;
  SkyPixels<Memory> pixels_;
  SparseMapping<Memory> mapping_;
  Matrix<double, Memory> compact_, hankel_, result_;
  std::unique_ptr<CurvaturePlan<ExecutionSpace>> plan_;
  WCurvatureWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  constexpr std::size_t sizes[][3] = {{30, 716, 3}, {64, 1000, 3}, {128, 1000, 3}};
  for (const auto& [side, sources, width] : sizes) {
    const auto s = static_cast<double>(sources), m = static_cast<double>(circle(side).size());
    const auto add = [&, side = side, sources = sources, width = width](
                         const std::string& operation, const std::string& method, Step step,
                         double elements) {
      registry.add<Unequal<ExecutionSpace>>(
          operation, method, "double", {{"side", side}, {"sources", sources}, {"width", width}},
          elements, step, side, sources, width);
    };
    add("curvature_unequal_noise", "plan", Step::plan, s * s);
    add("curvature_unequal_noise", "products", Step::products, s * s);
    add("omega_unequal_noise", "automatic", Step::omega, m * s);
  }
}

}  // namespace

void register_unequal(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
