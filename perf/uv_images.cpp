// SPDX-License-Identifier: BSD-3-Clause
#include <glint/dirty_image.hpp>
#include <glint/fft.hpp>

#include "registry.hpp"
#include "uv_problem.hpp"

/// Images that visibilities add up to.

namespace glint::perf {
namespace {

/// An image of visibilities; those derived say which.
template <class ExecutionSpace>
class ImageCase : public CaseOn<ExecutionSpace> {
 public:
  ImageCase(std::size_t side, std::size_t count)
      : problem_(side, count, true),
        pixels_(glint::to_space(this->space, problem_.pixels)),
        data_(to_space(this->space, problem_.data)),
        image_(allocate<Vector<double, typename ExecutionSpace::memory_space>>(
            this->space, "glint::perf::image", pixels_.size())) {}
  Numbers result() override { return this->numbers(image_); }
  std::vector<std::size_t> shape() const override { return {image_.extent(0)}; }
  double tolerance() const override { return 1e-12; }
  void inputs(Export& out) override {
    export_visibilities(out, problem_.data);
    export_pixels(out, problem_.pixels);
  }

 protected:
  /// The traffic of so many bytes a visibility, and the image's.
  Work traffic(double bytes) const {
    Work work;
    work.read_bytes = bytes * problem_.count();
    work.written_bytes = 8.0 * static_cast<double>(image_.size());
    work.evaluations = problem_.count();
    return work;
  }

  UvProblem problem_;
  SkyPixels<typename ExecutionSpace::memory_space> pixels_;
  UvData<typename ExecutionSpace::memory_space> data_;
  Vector<double, typename ExecutionSpace::memory_space> image_;
  KernelWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
class DirtyImage : public ImageCase<ExecutionSpace> {
 public:
  DirtyImage(std::size_t side, std::size_t count, const KernelOptions& options)
      : ImageCase<ExecutionSpace>(side, count), options_(options) {}
  void run() override {
    dirty_image(this->space, this->pixels_, this->data_, this->image_, options_, this->workspace_);
  }
  Numbers expected() override {
    return *shared<Numbers>("image/" + this->problem_.key,
                            [&] { return image_sum(this->problem_.pixels, this->problem_.data); });
  }
  Work work() override {
    Work work = this->traffic(48.0);
    if (method() == KernelMethod::direct)
      work.exps = 2.0 * this->problem_.count() * static_cast<double>(this->image_.size());
    else if (method() == KernelMethod::nufft)
      work.flops =
          spreading(impl::image_nufft_shape(this->problem_.pixels.grid, options_.tolerance), 2,
                    this->problem_.count());
    else
      work.flops = 2.0 * this->problem_.count() * this->problem_.frame();
    return work;
  }
  double tolerance() const override {
    return method() == KernelMethod::nufft ? options_.tolerance : 1e-12;
  }

 private:
  KernelMethod method() const {
    return impl::method_for<ExecutionSpace>(options_, this->problem_.pixels.grid,
                                            {this->problem_.data.size(), 0, true});
  }

  KernelOptions options_;
};

/// The image of older programs: sums over the squared ratio of noise and real part.
template <class ExecutionSpace>
class RatioImage : public ImageCase<ExecutionSpace> {
 public:
  using ImageCase<ExecutionSpace>::ImageCase;
  void run() override {
    w_tilde_data(this->space, this->pixels_, this->data_.re, this->data_.noise_re, this->data_.u,
                 this->data_.v, this->image_, {}, this->workspace_);
  }
  Numbers expected() override {
    const UvData<>& data = this->problem_.data;
    UvData<> ratios(data.size());
    ratios.u = data.u, ratios.v = data.v;
    for (std::size_t k = 0; k < ratios.size(); ++k) {
      const double noise = data.noise_re(k), ratio = noise * noise / data.re(k);
      ratios.re(k) = ratio * ratio;
      ratios.noise_re(k) = ratios.noise_im(k) = 1.0;
    }
    return image_sum(this->problem_.pixels, ratios);
  }
  Work work() override {
    Work work = this->traffic(32.0);
    // Even about the centre: half a frame is enough.
    work.flops = this->problem_.count() * this->problem_.frame();
    return work;
  }
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const auto& [side, count] : uv_sizes) {
    const Arguments arguments{{"side", side}, {"visibilities", count}};
    const auto elements = static_cast<double>(circle(side).size());
    for (const UvMethod& row : uv_methods<ExecutionSpace>(side, count)) {
      registry.add<DirtyImage<ExecutionSpace>>("dirty_image", row.name, "double", arguments,
                                               elements, side, count, row.options);
    }
    if (count <= 10000)
      registry.add<RatioImage<ExecutionSpace>>("w_tilde_data", "automatic", "double", arguments,
                                               elements, side, count);
  }
}

}  // namespace

void register_uv_images(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
