// SPDX-License-Identifier: BSD-3-Clause
#include <glint/integrate.hpp>
#include <glint/refine.hpp>
#include <glint/to_pixels.hpp>

#include "registry.hpp"

/// Integrals of a brightness of the user's own, over lists of cells and whole frames. That of the
/// paraboloid below is known, and the rules are exact for it.

namespace glint::perf {
namespace {

struct Paraboloid {
  KOKKOS_FUNCTION double operator()(double i, double j) const { return i * i + 0.5 * j * j + 1.0; }
  KOKKOS_FUNCTION double operator()(std::size_t, double i, double j) const { return (*this)(i, j); }
  /// Over the pixel about (i, j).
  static double integral(double i, double j) {
    return i * i + 1.0 / 12.0 + 0.5 * (j * j + 1.0 / 12.0) + 1.0;
  }
};

enum class Step { pixels, with_error, centres, children, to_pixels, stack, refine };

constexpr std::size_t stacked = 4;                // equal images
constexpr CellLevel children_of_pixels{1, 2, 1};  // 2 x 2 to a pixel

template <class ExecutionSpace>
class Cells : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Cells(Step step, std::size_t side)
      : step_(step),
        grid_{side, side},
        rule_(to_space(this->space, gauss_legendre(3))),
        error_rules_(make_error_rules(this->space, 3)) {
    const auto list = [&] {
      return allocate<Vector<double, Memory>>(this->space, "glint::perf::list", side * side);
    };
    i_ = list(), j_ = list(), values_ = list(), errors_ = list();
    image_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::image", side, side);
    pixel_centres(this->space, grid_, i_, j_);
    if (step == Step::stack)
      stack_ =
          allocate<Cube<double, Memory>>(this->space, "glint::perf::stack", stacked, side, side);
    if (step == Step::children) {
      child_i_ =
          allocate<Vector<double, Memory>>(this->space, "glint::perf::list", 4 * side * side);
      child_j_ =
          allocate<Vector<double, Memory>>(this->space, "glint::perf::list", 4 * side * side);
    }
    if (step == Step::refine)
      refinement_ = make_refinement(this->space, side * side, RefinementOptions());
  }
  void run() override {
    switch (step_) {
      case Step::pixels:
        return integrate_pixels(this->space, Paraboloid(), i_, j_, rule_, values_);
      case Step::with_error:
        return integrate_with_error(this->space, Paraboloid(), i_, j_, error_rules_, values_,
                                    errors_);
      case Step::centres:
        return pixel_centres(this->space, grid_, i_, j_);
      case Step::children:
        return oversample_pixels(this->space, i_, j_, child_i_, child_j_, children_of_pixels);
      case Step::stack:
        return to_pixels_stack(this->space, grid_, Paraboloid(), stack_, options(), workspace_);
      case Step::to_pixels:
        return to_pixels(this->space, grid_, Paraboloid(), 1, image_, options(), workspace_);
      case Step::refine:
        prepare_refinement(this->space, Paraboloid(), grid_, refinement_);
        return apply_refinement(this->space, refinement_, values_);
    }
  }
  Numbers result() override {
    if (step_ == Step::to_pixels) return this->numbers(image_);
    if (step_ == Step::stack) return this->numbers(stack_);
    if (step_ == Step::children) return this->numbers(child_i_);
    return this->numbers(step_ == Step::centres ? i_ : values_);
  }
  Numbers expected() override {
    const std::size_t pixels = grid_.ny * grid_.nx;
    Numbers all(shape()[0]);
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (step_ == Step::children) {  // pixel by pixel, then the upper two and the lower two
        const double offset = k / 2 % 2 == 0 ? -0.25 : 0.25;
        all[k] = grid_.y_centre(static_cast<double>(k / 4 / grid_.nx)) + offset;
        continue;
      }
      const double i = grid_.y_centre(static_cast<double>(k % pixels / grid_.nx));
      const double j = grid_.x_centre(static_cast<double>(k % grid_.nx));
      all[k] = step_ == Step::centres ? i : Paraboloid::integral(i, j);
    }
    return all;
  }
  std::vector<std::size_t> shape() const override {
    const std::size_t copies = step_ == Step::stack ? stacked : step_ == Step::children ? 4 : 1;
    return {copies * grid_.ny * grid_.nx};
  }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    const double cells = static_cast<double>(shape()[0]);
    const double evaluations = step_ == Step::with_error || step_ == Step::refine ? 22.0 : 9.0;
    const bool only_places = step_ == Step::centres || step_ == Step::children;
    if (!only_places) work.flops = 6.0 * evaluations * cells;
    if (step_ == Step::children) work.read_bytes = 16.0 * cells / 4.0;
    if (step_ == Step::pixels || step_ == Step::with_error) work.read_bytes = 16.0 * cells;
    work.written_bytes = (step_ == Step::with_error || only_places ? 16.0 : 8.0) * cells;
    work.evaluations = cells;
    return work;
  }

 private:
  static ToPixelsOptions options() {
    ToPixelsOptions options;
    options.adaptive = false;
    return options;
  }

  Step step_;
  PixelGrid grid_;
  DeviceRule<Memory> rule_;
  DeviceErrorRules<Memory> error_rules_;
  Vector<double, Memory> i_, j_, values_, errors_, child_i_, child_j_;
  Matrix<double, Memory> image_;
  Cube<double, Memory> stack_;
  Refinement<ExecutionSpace> refinement_;
  PixelWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const std::string& operation, Step step, std::size_t copies = 1) {
    for (const std::size_t side : {30, 250, 1000})
      registry.add<Cells<ExecutionSpace>>(operation, "automatic", "double", {{"side", side}},
                                          static_cast<double>(copies * side * side), step, side);
  };
  add("integrate_pixels", Step::pixels);
  add("integrate_with_error", Step::with_error);
  add("pixel_centres", Step::centres);
  add("oversample_pixels", Step::children, 4);
  add("to_pixels", Step::to_pixels);
  add("to_pixels_stack", Step::stack, stacked);
  add("refine", Step::refine);
}

}  // namespace

void register_cells(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
