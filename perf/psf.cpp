// SPDX-License-Identifier: BSD-3-Clause
#include <glint/psf.hpp>

#include "registry.hpp"
#include "shared.hpp"

/// The convolution alone, of a frame that is rendered once. Directly it takes a multiply-add for
/// every pixel and element of the PSF; by Fourier transforms two of the frame, 2.5 F log2 F each.

namespace glint::perf {
namespace {

/// A round Gaussian of side^2 values.
PsfImage gaussian(std::size_t side, std::size_t oversampling) {
  PsfImage psf;
  psf.values = Image<double>("glint::perf::psf", side, side);
  psf.oversampling = oversampling;
  psf.normalize = true;
  const double middle = 0.5 * static_cast<double>(side - 1);
  const double sigma = 0.2 * static_cast<double>(side);
  for (std::size_t a = 0; a < side; ++a)
    for (std::size_t b = 0; b < side; ++b) {
      const double v = (static_cast<double>(a) - middle) / sigma;
      const double u = (static_cast<double>(b) - middle) / sigma;
      psf.values(a, b) = std::exp(-0.5 * (u * u + v * v));
    }
  return psf;
}

template <class ExecutionSpace>
class Convolution : public CaseOn<ExecutionSpace> {
 public:
  Convolution(std::size_t side, std::size_t psf_side, std::size_t oversampling, PsfMethod method)
      : side_(side), psf_(gaussian(psf_side, oversampling)) {
    const PixelGrid grid{side, side};
    plan_ = std::make_unique<PsfPlan<ExecutionSpace>>(this->space, grid, psf_, PsfOptions{method});
    Catalogue<> galaxy(1);
    galaxy.flux(0) = 1000.0;
    galaxy.re(0) = 0.1 * static_cast<double>(side);
    galaxy.n(0) = 2.0;
    galaxy.q(0) = 0.7;
    exact_ = make_image<double>(this->space, plan_->frame(), "glint::perf::exact");
    image_ = make_image<double>(this->space, grid, "glint::perf::image");
    render(this->space, plan_->frame(), prepare(this->space, *plan_, galaxy), exact_);
  }
  void run() override { convolve(this->space, *plan_, exact_, image_); }
  Numbers result() override { return this->numbers(image_); }

  /// The definition's sum: first over the sub-pixels of a pixel, then over the PSF.
  Numbers expected() override {
    return *shared<Numbers>(key(), [&] {
      const std::size_t k = psf_.values.extent(0), o = psf_.oversampling, wide = k + o - 1;
      const std::size_t columns = plan_->frame().nx;
      const Numbers exact = this->numbers(exact_);
      const double sum = psf_sum(psf_);
      Numbers weights(wide * wide, 0.0), image(side_ * side_, 0.0);
      for (std::size_t s = 0; s < o; ++s)
        for (std::size_t t = 0; t < o; ++t)
          for (std::size_t a = 0; a < k; ++a)
            for (std::size_t b = 0; b < k; ++b)
              weights[(s + k - 1 - a) * wide + t + k - 1 - b] += psf_.values(a, b) / sum;
      for (std::size_t i = 0; i < side_; ++i)
        for (std::size_t a = 0; a < wide; ++a)
          for (std::size_t b = 0; b < wide; ++b) {
            const double weight = weights[a * wide + b];
            const double* from = &exact[(o * i + a) * columns + b];
            for (std::size_t j = 0; j < side_; ++j) image[i * side_ + j] += weight * from[o * j];
          }
      return image;
    });
  }
  std::vector<std::size_t> shape() const override { return {side_, side_}; }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    const double pixels = static_cast<double>(side_ * side_);
    const double frame = static_cast<double>(exact_.size());
    const auto wide = static_cast<double>(psf_.values.extent(0) + psf_.oversampling - 1);
    work.flops = plan_->method() == PsfMethod::direct ? 2.0 * pixels * wide * wide
                                                      : 5.0 * frame * std::log2(frame);
    work.read_bytes = 8.0 * frame;
    work.written_bytes = 8.0 * pixels;
    work.evaluations = pixels;
    return work;
  }
  void inputs(Export& out) override {
    out.array("psf", psf_.values);
    const Numbers exact = this->numbers(exact_);
    out.array("exact", {exact_.extent(0), exact_.extent(1)}, exact.data());
    out.scalar("oversampling", static_cast<double>(psf_.oversampling));
  }

 private:
  std::string key() const {
    return concat("convolve/", side_, "/", psf_.values.extent(0), "/", psf_.oversampling);
  }

  std::size_t side_;
  PsfImage psf_;
  std::unique_ptr<PsfPlan<ExecutionSpace>> plan_;
  Image<double, typename ExecutionSpace::memory_space> exact_, image_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  constexpr std::size_t sizes[][3] = {
      {100, 5, 1}, {500, 7, 1}, {500, 13, 1}, {500, 39, 1}, {250, 39, 3}};
  for (const PsfMethod method : {PsfMethod::direct, PsfMethod::fft}) {
    if (method == PsfMethod::fft && fft_library<ExecutionSpace>().empty()) continue;
    for (const auto& [side, psf, oversampling] : sizes)
      registry.add<Convolution<ExecutionSpace>>(
          "convolve", psf_method_name(method), "double",
          {{"side", side}, {"psf", psf}, {"oversampling", oversampling}},
          static_cast<double>(side * side), side, psf, oversampling, method);
  }
}

}  // namespace

void register_psf(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
