// SPDX-License-Identifier: BSD-3-Clause
#include <glint/fft.hpp>
#include <glint/impl/nufft/shape.hpp>
#include <glint/uv_sums.hpp>

#include "registry.hpp"
#include "shared.hpp"
#include "visibilities.hpp"

/// Sums over visibilities. Needed are 2 multiply-adds for a visibility and pixel of the frame for a
/// kernel and 1 for an image; by the definition a cosine for every visibility and element; by
/// transforms W^2 for a visibility and grid, of which an image has two.

namespace glint::perf {
namespace {

/// A circle of pixels and what was observed of it.
struct Problem {
  SkyPixels<> pixels;
  UvData<> data;
  std::string key;

  Problem(std::size_t side, std::size_t count, bool equal_noise)
      : pixels(circle(side)),
        data(visibilities(pixels.grid, count, equal_noise)),
        key(concat(side, "/", count, "/", equal_noise)) {}

  double count() const { return static_cast<double>(data.size()); }
  double frame() const { return static_cast<double>(pixels.grid.ny * pixels.grid.nx); }
};

/// Flops of spreading over so many grids.
double spreading(const impl::NufftShape& shape, int grids, double count) {
  return 2.0 * grids * shape.window.width * shape.window.width * count;
}

template <class ExecutionSpace>
class Kernel : public CaseOn<ExecutionSpace> {
 public:
  Kernel(std::size_t side, std::size_t count, KernelMethod method) : problem_(side, count, true) {
    const SkyGrid& grid = problem_.pixels.grid;
    options_.method = method;
    data_ = to_space(this->space, problem_.data);
    compact_ = allocate<Matrix<double, typename ExecutionSpace::memory_space>>(
        this->space, "glint::perf::compact", grid.ny, 2 * grid.nx - 1);
  }
  void run() override {
    w_compact(this->space, problem_.pixels.grid, data_.u, data_.v, data_.noise_re, compact_,
              options_, workspace_);
  }
  Numbers result() override { return this->numbers(compact_); }
  Numbers expected() override {
    return *shared<Numbers>("kernel/" + problem_.key,
                            [&] { return kernel_sum(problem_.pixels.grid, problem_.data); });
  }
  std::vector<std::size_t> shape() const override {
    return {compact_.extent(0), compact_.extent(1)};
  }
  double tolerance() const override {
    return options_.method == KernelMethod::nufft ? options_.tolerance : 1e-13;
  }
  Work work() override {
    Work work;
    if (options_.method == KernelMethod::direct)
      work.exps = problem_.count() * static_cast<double>(compact_.size());
    else if (options_.method == KernelMethod::nufft)
      work.flops = spreading(impl::kernel_nufft_shape(problem_.pixels.grid, options_.tolerance), 1,
                             problem_.count());
    else
      work.flops = 4.0 * problem_.count() * problem_.frame();
    work.read_bytes = 24.0 * problem_.count();
    work.written_bytes = 8.0 * static_cast<double>(compact_.size());
    work.evaluations = problem_.count();
    return work;
  }
  void inputs(Export& out) override {
    out.array("u", problem_.data.u);
    out.array("v", problem_.data.v);
    out.array("weights", problem_.data.noise_re);
    export_grid(out, problem_.pixels.grid);
  }

 private:
  Problem problem_;
  KernelOptions options_;
  UvData<typename ExecutionSpace::memory_space> data_;
  Matrix<double, typename ExecutionSpace::memory_space> compact_;
  KernelWorkspace<ExecutionSpace> workspace_;
};

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

  Problem problem_;
  SkyPixels<typename ExecutionSpace::memory_space> pixels_;
  UvData<typename ExecutionSpace::memory_space> data_;
  Vector<double, typename ExecutionSpace::memory_space> image_;
  KernelWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
class DirtyImage : public ImageCase<ExecutionSpace> {
 public:
  DirtyImage(std::size_t side, std::size_t count, KernelMethod method)
      : ImageCase<ExecutionSpace>(side, count) {
    options_.method = method;
  }
  void run() override {
    dirty_image(this->space, this->pixels_, this->data_, this->image_, options_, this->workspace_);
  }
  Numbers expected() override {
    return *shared<Numbers>("image/" + this->problem_.key,
                            [&] { return image_sum(this->problem_.pixels, this->problem_.data); });
  }
  Work work() override {
    Work work = this->traffic(48.0);
    if (options_.method == KernelMethod::direct)
      work.exps = 2.0 * this->problem_.count() * static_cast<double>(this->image_.size());
    else if (options_.method == KernelMethod::nufft)
      work.flops =
          spreading(impl::image_nufft_shape(this->problem_.pixels.grid, options_.tolerance), 2,
                    this->problem_.count());
    else
      work.flops = 2.0 * this->problem_.count() * this->problem_.frame();
    return work;
  }

 private:
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

/// All sums of a reconstruction; the dirty image is what is checked.
template <class ExecutionSpace>
class Accumulation : public CaseOn<ExecutionSpace> {
 public:
  Accumulation(std::size_t side, std::size_t count, bool equal_noise,
               const UvSumsOptions& options = {})
      : problem_(side, count, equal_noise),
        equal_(equal_noise),
        data_(to_space(this->space, problem_.data)),
        sums_(this->space, glint::to_space(this->space, problem_.pixels), options) {}
  void restore() override { sums_.clear(this->space); }
  void run() override { accumulate(this->space, data_, sums_); }
  Numbers result() override { return this->numbers(sums_.dirty_image()); }
  Numbers expected() override { return image_sum(problem_.pixels, problem_.data); }
  std::vector<std::size_t> shape() const override { return {problem_.pixels.size()}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const KernelOptions& kernel = sums_.options().kernel;
    if (kernel.method == KernelMethod::nufft)
      work.flops = spreading(impl::kernel_nufft_shape(problem_.pixels.grid, kernel.tolerance),
                             equal_ ? 3 : 4, problem_.count());
    else
      work.flops = (equal_ ? 6.0 : 10.0) * problem_.count() * problem_.frame();
    work.read_bytes = 48.0 * problem_.count();
    work.written_bytes = (equal_ ? 24.0 : 40.0) * problem_.frame();
    work.evaluations = problem_.count();
    return work;
  }
  void inputs(Export& out) override {
    export_visibilities(out, problem_.data);
    export_pixels(out, problem_.pixels);
  }

 private:
  Problem problem_;
  bool equal_;
  UvData<typename ExecutionSpace::memory_space> data_;
  UvSums<ExecutionSpace> sums_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  constexpr std::size_t sizes[][2] = {{30, 190},     {30, 7200},   {64, 32768}, {128, 131072},
                                      {30, 1000},    {30, 100000}, {64, 10000}, {128, 10000},
                                      {128, 100000}, {300, 10000}};
  for (const auto& [side, count] : sizes) {
    const Arguments arguments{{"side", side}, {"visibilities", count}};
    const auto pixels = static_cast<double>(circle(side).size());
    const auto offsets = static_cast<double>(side * (2 * side - 1));
    for (const KernelMethod method : {KernelMethod::separable, KernelMethod::direct}) {
      if (method == KernelMethod::direct && side * side * count > 1000000) continue;
      const std::string& name = kernel_method_name(method);
      registry.add<Kernel<ExecutionSpace>>("w_compact", name, "double", arguments, offsets, side,
                                           count, method);
      registry.add<DirtyImage<ExecutionSpace>>("dirty_image", name, "double", arguments, pixels,
                                               side, count, method);
    }
    if (count <= 10000)
      registry.add<RatioImage<ExecutionSpace>>("w_tilde_data", "automatic", "double", arguments,
                                               pixels, side, count);
    registry.add<Accumulation<ExecutionSpace>>("accumulate", "equal_noise", "double", arguments,
                                               pixels, side, count, true);
    registry.add<Accumulation<ExecutionSpace>>("accumulate", "unequal_noise", "double", arguments,
                                               pixels, side, count, false);
  }
  if (fft_library<ExecutionSpace>().empty()) return;
  constexpr std::size_t transformed[][2] = {{30, 1000},   {30, 100000},  {64, 10000},
                                            {128, 10000}, {128, 100000}, {128, 1000000}};
  UvSumsOptions options;
  options.kernel.method = KernelMethod::nufft;
  for (const auto& [side, count] : transformed) {
    const Arguments arguments{{"side", side}, {"visibilities", count}};
    const auto pixels = static_cast<double>(circle(side).size());
    const auto offsets = static_cast<double>(side * (2 * side - 1));
    registry.add<Kernel<ExecutionSpace>>("w_compact", "nufft", "double", arguments, offsets, side,
                                         count, KernelMethod::nufft);
    registry.add<DirtyImage<ExecutionSpace>>("dirty_image", "nufft", "double", arguments, pixels,
                                             side, count, KernelMethod::nufft);
    registry.add<Accumulation<ExecutionSpace>>("accumulate", "nufft", "double", arguments, pixels,
                                               side, count, true, options);
  }
}

}  // namespace

void register_uv(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
