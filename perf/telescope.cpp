// SPDX-License-Identifier: BSD-3-Clause
#include <glint/gaussian_psf.hpp>
#include <glint/psf.hpp>

#include "registry.hpp"
#include "scenes.hpp"

/// Profiles seen through a PSF one by one, what of their flux arrives, and Gaussian profiles
/// convolved with Gaussians in closed form.

namespace glint::perf {
namespace {

enum class Step { stack, captured };

template <class ExecutionSpace>
class Telescope : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Telescope(Step step, std::size_t profiles, std::size_t side)
      : step_(step), grid_{side, side}, profiles_(profiles) {
    PsfImage psf;
    psf.values = Image<double>("glint::perf::psf", 7, 7);
    psf.normalize = true;
    for (std::size_t a = 0; a < 49; ++a)
      psf.values.data()[a] = 1.0 / (1.0 + std::abs(static_cast<double>(a) - 24.0));
    plan_ = std::make_unique<PsfPlan<ExecutionSpace>>(this->space, grid_, psf,
                                                      PsfOptions{PsfMethod::direct});
    scene_ = prepare(this->space, *plan_, three_galaxies(profiles / 3, grid_, true));
    stack_ = allocate<ImageStack<double, Memory>>(this->space, "glint::perf::stack", profiles, side,
                                                  side);
    flux_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::flux", profiles);
  }
  void run() override { work_on(step_, options_); }
  Numbers result() override {
    return step_ == Step::stack ? this->numbers(stack_) : this->numbers(flux_);
  }

  /// To a thousandth of the tolerance; fluxes as sums of the images.
  Numbers expected() override {
    RenderOptions tight;
    tight.tolerance = 1e-11;
    work_on(Step::stack, tight);
    const Numbers images = this->numbers(stack_);
    run();
    if (step_ == Step::stack) return images;
    Numbers sums(profiles_, 0.0);
    for (std::size_t k = 0; k < images.size(); ++k) sums[k / (grid_.ny * grid_.nx)] += images[k];
    return sums;
  }
  std::vector<std::size_t> shape() const override {
    if (step_ == Step::captured) return {profiles_};
    return {profiles_, grid_.ny, grid_.nx};
  }
  double tolerance() const override { return options_.tolerance; }
  Work work() override {
    Work work;
    const double pixels = static_cast<double>(stack_.size());
    work.flops = 98.0 * pixels;
    work.written_bytes = 8.0 * (step_ == Step::stack ? pixels : static_cast<double>(profiles_));
    work.evaluations = pixels;
    return work;
  }

 private:
  void work_on(Step step, const RenderOptions& options) {
    if (step == Step::stack)
      render_convolved_stack(this->space, *plan_, scene_, stack_, options, workspace_);
    else
      captured_flux(this->space, *plan_, scene_, flux_, options, workspace_);
  }

  Step step_;
  PixelGrid grid_;
  std::size_t profiles_;
  RenderOptions options_;
  std::unique_ptr<PsfPlan<ExecutionSpace>> plan_;
  SersicProfiles<ExecutionSpace> scene_;
  ImageStack<double, Memory> stack_;
  Vector<double, Memory> flux_;
  RenderWorkspace<ExecutionSpace> workspace_;
};

/// What is compared are the traces of the covariances.
template <class ExecutionSpace>
class ClosedForm : public CaseOn<ExecutionSpace> {
 public:
  explicit ClosedForm(std::size_t profiles) : host_(small_galaxies(profiles, {1000, 1000})) {
    for (std::size_t p = 0; p < profiles; ++p) host_.n(p) = 0.5;
    there_ = to_space(this->space, host_);
  }
  void run() override { convolved_ = convolved(this->space, there_, psf()); }
  Numbers result() override {
    const Numbers re = this->numbers(convolved_.re), q = this->numbers(convolved_.q);
    Numbers traces(re.size());
    for (std::size_t k = 0; k < re.size(); ++k)
      traces[k] = re[k] * re[k] / (2.0 * std::log(2.0)) * (1.0 + q[k] * q[k]);
    return traces;
  }
  Numbers expected() override {
    Numbers traces;
    for (std::size_t p = 0; p < host_.size(); ++p)
      for (const GaussianComponent& g : psf()) {
        const double own = host_.re(p) * host_.re(p) / (2.0 * std::log(2.0));
        traces.push_back(own * (1.0 + host_.q(p) * host_.q(p)) +
                         g.sigma * g.sigma * (1.0 + g.q * g.q));
      }
    return traces;
  }
  std::vector<std::size_t> shape() const override { return {host_.size() * psf().size()}; }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    work.read_bytes = 56.0 * static_cast<double>(host_.size());
    work.written_bytes = work.read_bytes * static_cast<double>(psf().size());
    work.evaluations = static_cast<double>(host_.size() * psf().size());
    return work;
  }

 private:
  static GaussianMixture psf() {
    return {{0.6, 1.0, 1.0, 0.0}, {0.3, 2.0, 0.8, 0.4}, {0.1, 5.0, 0.9, 1.2}};
  }

  Catalogue<> host_;
  Catalogue<typename ExecutionSpace::memory_space> there_, convolved_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const std::size_t side : {100, 250}) {
    const Arguments arguments{{"profiles", 12}, {"side", side}};
    registry.add<Telescope<ExecutionSpace>>("render_convolved_stack", "automatic", "double",
                                            arguments, 12.0 * static_cast<double>(side * side),
                                            Step::stack, std::size_t(12), side);
    registry.add<Telescope<ExecutionSpace>>("captured_flux", "automatic", "double", arguments, 12.0,
                                            Step::captured, std::size_t(12), side);
  }
  for (const std::size_t profiles : {12, 1000, 100000})
    registry.add<ClosedForm<ExecutionSpace>>("convolved", "automatic", "double",
                                             {{"profiles", profiles}, {"components", 3}},
                                             3.0 * static_cast<double>(profiles), profiles);
}

}  // namespace

void register_telescope(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
