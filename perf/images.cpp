// SPDX-License-Identifier: BSD-3-Clause
#include <glint/downsample.hpp>
#include <glint/model.hpp>
#include <glint/psf.hpp>
#include <glint/render_error.hpp>

#include "registry.hpp"
#include "rendering.hpp"
#include "scenes.hpp"

/// What else is done with images of profiles: one image per profile, profiles of other kinds, error
/// maps, a telescope's view, and smaller images.

namespace glint::perf {
namespace {

constexpr double tight_tolerance = 1e-11;

enum class Step { stack, model, error, convolved };

/// The three galaxies of the examples, again and again, to the default tolerance.
template <class ExecutionSpace>
class Images : public CaseOn<ExecutionSpace> {
 public:
  Images(Step step, std::size_t profiles, std::size_t side)
      : step_(step), grid_{side, side}, planes_(step == Step::stack ? profiles : 1) {
    Catalogue<> catalogue = three_galaxies(profiles / 3, grid_, true);
    if (step == Step::model) {
      catalogue.add({ExtraColumn::r_truncation});
      for (std::size_t p = 0; p < profiles; p += 2)
        catalogue[ExtraColumn::r_truncation](p) = 4.0 * catalogue.re(p);
      model_ = prepare_model(this->space, catalogue);
    } else {
      profiles_ = prepare(this->space, catalogue);
    }
    stack_ = allocate<ImageStack<double, typename ExecutionSpace::memory_space>>(
        this->space, "glint::perf::stack", planes_, side, side);
    image_ = make_image<double>(this->space, grid_, "glint::perf::image");
    error_ = make_image<double>(this->space, grid_, "glint::perf::error");
    if (step == Step::error) render(this->space, grid_, profiles_, image_, options_);
    if (step != Step::convolved) return;
    PsfImage psf;
    psf.values = Image<double>("glint::perf::psf", 7, 7);
    psf.normalize = true;
    for (std::size_t a = 0; a < 49; ++a)
      psf.values.data()[a] = 1.0 / (1.0 + std::abs(static_cast<double>(a) - 24.0));
    plan_ = std::make_unique<PsfPlan<ExecutionSpace>>(this->space, grid_, psf,
                                                      PsfOptions{PsfMethod::direct});
  }
  void run() override { work_on(options_); }

  /// An error map bounds the error of nearly all pixels; what is compared is the share it does not.
  Numbers result() override {
    if (step_ == Step::stack) return this->numbers(stack_);
    if (step_ != Step::error) return this->numbers(image_);
    const Numbers image = this->numbers(image_), bound = this->numbers(error_);
    RenderOptions tight;
    tight.tolerance = tight_tolerance;
    tight.integrator = Integrator::boundary;
    const auto truth = make_image<double>(this->space, grid_, "glint::perf::truth");
    render(this->space, grid_, profiles_, truth, tight);
    const Numbers exact = this->numbers(truth);
    double beyond = 0.0;
    for (std::size_t k = 0; k < image.size(); ++k)
      if (!(std::abs(image[k] - exact[k]) <= bound[k] + 1e-12 * exact[k])) beyond += 1.0;
    return {1.0 + beyond / static_cast<double>(image.size())};
  }
  Numbers expected() override {
    if (step_ == Step::error) return {1.0};
    RenderOptions tight;
    tight.tolerance = tight_tolerance;
    tight.integrator = Integrator::boundary;
    work_on(tight);
    const Numbers all = result();
    work_on(options_);
    return all;
  }
  std::vector<std::size_t> shape() const override {
    if (step_ == Step::error) return {1};
    if (step_ == Step::stack) return {planes_, grid_.ny, grid_.nx};
    return {grid_.ny, grid_.nx};
  }
  double tolerance() const override { return step_ == Step::error ? 1e-3 : options_.tolerance; }
  Work work() override {
    Work work;
    const double pixels = static_cast<double>(grid_.ny * grid_.nx * planes_);
    if (step_ == Step::error) work.read_bytes = 8.0 * pixels;
    work.written_bytes = 8.0 * pixels;
    if (step_ == Step::convolved) work.flops = 98.0 * pixels;
    const bool tiles = step_ == Step::stack || step_ == Step::convolved;
    if (tiles) work.exps = 3.0 * static_cast<double>(radial_evaluations(this->space, workspace_));
    work.exp_error = options_.tolerance;
    return work;
  }

 private:
  void work_on(const RenderOptions& options) {
    switch (step_) {
      case Step::stack:
        return render_stack(this->space, grid_, profiles_, stack_, options, workspace_);
      case Step::model:
        return render(this->space, grid_, model_, image_, options, model_workspace_);
      case Step::error:
        render_error(this->space, grid_, profiles_, image_, error_, options, error_workspace_);
        return;
      case Step::convolved:
        return render_convolved(this->space, *plan_, profiles_, image_, options, workspace_);
    }
  }

  Step step_;
  PixelGrid grid_;
  std::size_t planes_;
  RenderOptions options_;
  SersicProfiles<ExecutionSpace> profiles_;
  Model<ExecutionSpace> model_;
  std::unique_ptr<PsfPlan<ExecutionSpace>> plan_;
  ImageStack<double, typename ExecutionSpace::memory_space> stack_;
  Image<double, typename ExecutionSpace::memory_space> image_, error_;
  RenderWorkspace<ExecutionSpace> workspace_;
  ModelWorkspace<ExecutionSpace> model_workspace_;
  ErrorWorkspace<SersicProfiles<ExecutionSpace>> error_workspace_;
};

/// Sums of 3 x 3 pixels.
template <class ExecutionSpace>
class Downsampling : public CaseOn<ExecutionSpace> {
 public:
  explicit Downsampling(std::size_t side) : side_(side), host_("glint::perf::host", side, side) {
    Spread spread(31);
    for (std::size_t k = 0; k < host_.size(); ++k) host_.data()[k] = spread(0.0, 1.0);
    image_ = make_image<double>(this->space, {side, side}, "glint::perf::image");
    small_ = make_image<double>(this->space, {side / 3, side / 3}, "glint::perf::small");
    copy(this->space, image_, host_);
  }
  void run() override { downsample(this->space, image_, 3, small_); }
  Numbers result() override { return this->numbers(small_); }
  Numbers expected() override {
    Numbers all(side_ / 3 * (side_ / 3), 0.0);
    for (std::size_t i = 0; i < side_; ++i)
      for (std::size_t j = 0; j < side_; ++j) all[i / 3 * (side_ / 3) + j / 3] += host_(i, j);
    return all;
  }
  std::vector<std::size_t> shape() const override { return {side_ / 3, side_ / 3}; }
  double tolerance() const override { return 1e-14; }
  Work work() override {
    Work work;
    work.read_bytes = 8.0 * static_cast<double>(image_.size());
    work.written_bytes = 8.0 * static_cast<double>(small_.size());
    return work;
  }
  void inputs(Export& out) override { out.array("image", host_); }

 private:
  std::size_t side_;
  Image<double> host_;
  Image<double, typename ExecutionSpace::memory_space> image_, small_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const std::string& operation, Step step, double planes) {
    for (const std::size_t side : {100, 250})
      registry.add<Images<ExecutionSpace>>(
          operation, "automatic", "double", {{"profiles", 12}, {"side", side}},
          step == Step::error ? 1.0 : planes * static_cast<double>(side * side), step,
          std::size_t(12), side);
  };
  add("render_stack", Step::stack, 12.0);
  add("render_model", Step::model, 1.0);
  add("render_error", Step::error, 1.0);
  add("render_convolved", Step::convolved, 1.0);
  for (const std::size_t side : {90, 750, 3000})
    registry.add<Downsampling<ExecutionSpace>>("downsample", "automatic", "double",
                                               {{"side", side}, {"factor", 3}},
                                               static_cast<double>(side / 3 * (side / 3)), side);
}

}  // namespace

void register_images(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
