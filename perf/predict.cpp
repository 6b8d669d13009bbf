// SPDX-License-Identifier: BSD-3-Clause
#include <glint/fft.hpp>
#include <glint/impl/nufft/choose.hpp>
#include <glint/impl/nufft/shape.hpp>
#include <glint/predict_visibilities.hpp>

#include "registry.hpp"
#include "visibilities.hpp"

/// What an interferometer would measure of an image: a multiply-add for every pixel of the frame
/// and visibility, or by a transform 2 W^2 for every visibility.

namespace glint::perf {
namespace {

template <class ExecutionSpace>
class Prediction : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Prediction(std::size_t side, std::size_t count, PredictMethod method)
      : host_(circle(side)),
        data_(visibilities(host_.grid, count, true)),
        host_image_("glint::perf::image", host_.size()),
        pixels_(glint::to_space(this->space, host_)) {
    options_.method = method;
    Spread spread(29);
    for (std::size_t m = 0; m < host_.size(); ++m) host_image_(m) = spread(0.0, 1.0);
    const auto list = [&](std::size_t length) {
      return allocate<Vector<double, Memory>>(this->space, "glint::perf::list", length);
    };
    image_ = list(host_.size());
    u_ = list(count), v_ = list(count);
    visibilities_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::visibilities",
                                                     std::size_t(2), count);
    copy(this->space, image_, host_image_);
    copy(this->space, u_, data_.u);
    copy(this->space, v_, data_.v);
  }
  void run() override {
    predict_visibilities(this->space, pixels_, image_, u_, v_,
                         Kokkos::subview(visibilities_, 0, Kokkos::ALL()),
                         Kokkos::subview(visibilities_, 1, Kokkos::ALL()), options_, workspace_);
  }
  Numbers result() override { return this->numbers(visibilities_); }
  Numbers expected() override {
    const SkyGrid& grid = host_.grid;
    const std::size_t count = data_.size();
    Numbers frame(grid.ny * grid.nx, 0.0), all(2 * count);
    for (std::size_t m = 0; m < host_.size(); ++m)
      frame[static_cast<std::size_t>(host_.row(m)) * grid.nx +
            static_cast<std::size_t>(host_.column(m))] = host_image_(m);
    Phases along_x, along_y;
    for (std::size_t k = 0; k < count; ++k) {
      along_x.assign(grid.nx, grid.x(0.0) * data_.u(k), grid.step() * data_.u(k));
      along_y.assign(grid.ny, grid.y(0.0) * data_.v(k), -grid.step() * data_.v(k));
      double re = 0.0, im = 0.0;
      for (std::size_t i = 0; i < grid.ny; ++i) {
        double cosine = 0.0, sine = 0.0;
        for (std::size_t j = 0; j < grid.nx; ++j) {
          cosine += frame[i * grid.nx + j] * along_x.cosine[j];
          sine += frame[i * grid.nx + j] * along_x.sine[j];
        }
        re += along_y.cosine[i] * cosine - along_y.sine[i] * sine;
        im -= along_y.sine[i] * cosine + along_y.cosine[i] * sine;
      }
      all[k] = re, all[count + k] = im;
    }
    return all;
  }
  std::vector<std::size_t> shape() const override { return {2, data_.size()}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double count = static_cast<double>(data_.size());
    if (impl::predicts_by_nufft<ExecutionSpace>(options_, host_.grid, data_.size())) {
      const int width = impl::image_nufft_shape(host_.grid, options_.tolerance).window.width;
      work.flops = 4.0 * count * width * width;
    } else {
      work.flops = 2.0 * count * static_cast<double>(host_.grid.ny * host_.grid.nx);
    }
    work.read_bytes = 16.0 * count + 8.0 * static_cast<double>(host_.size());
    work.written_bytes = 16.0 * count;
    work.evaluations = count;
    return work;
  }
  void inputs(Export& out) override {
    out.array("u", data_.u);
    out.array("v", data_.v);
    out.array("image", host_image_);
    export_pixels(out, host_);
  }

 private:
  PredictOptions options_;
  SkyPixels<> host_;
  UvData<> data_;
  Vector<double> host_image_;
  SkyPixels<Memory> pixels_;
  Vector<double, Memory> image_, u_, v_;
  Matrix<double, Memory> visibilities_;
  PredictWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  constexpr std::size_t sizes[][2] = {
      {30, 190}, {30, 1000}, {64, 10000}, {128, 100000}, {128, 1000000}};
  for (const PredictMethod method :
       {PredictMethod::automatic, PredictMethod::separable, PredictMethod::nufft}) {
    if (method == PredictMethod::nufft && fft_library<ExecutionSpace>().empty()) continue;
    for (const auto& [side, count] : sizes) {
      if (method == PredictMethod::separable && count > 100000) continue;
      registry.add<Prediction<ExecutionSpace>>("predict_visibilities", predict_method_name(method),
                                               "double", {{"side", side}, {"visibilities", count}},
                                               2.0 * static_cast<double>(count), side, count,
                                               method);
    }
  }
}

}  // namespace

void register_predict(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
