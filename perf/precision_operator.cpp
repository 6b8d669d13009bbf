// SPDX-License-Identifier: BSD-3-Clause
#include <glint/precision_operator.hpp>

#include "inversions.hpp"
#include "registry.hpp"

/// Products W x: by transforms 2.5 n log2 n flops each way for n = 4 N^2 numbers, of which what is
/// known to be zero and what is not wanted can be left out.

namespace glint::perf {
namespace {

template <class ExecutionSpace>
class Precision : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Precision(std::size_t side, std::size_t images, OperatorMethod method)
      : side_(side),
        host_pixels_(circle(side)),
        host_kernel_(smooth_kernel(host_pixels_.grid)),
        host_images_("glint::perf::images", images, host_pixels_.size()),
        precision_(this->space, glint::to_space(this->space, host_pixels_), {method, images}) {
    Spread spread(3);
    for (std::size_t k = 0; k < host_images_.size(); ++k)
      host_images_.data()[k] = spread(-1.0, 1.0);
    const auto there = [&](const Matrix<double>& host) {
      const auto view = allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix",
                                                         host.extent(0), host.extent(1));
      copy(this->space, view, host);
      return view;
    };
    images_ = there(host_images_);
    results_ = there(host_images_);
    precision_.set_kernel(this->space, there(host_kernel_));
    this->fence();
  }
  void run() override { precision_.apply(this->space, images_, results_); }
  Numbers result() override { return this->numbers(results_); }

  Numbers expected() override {
    const std::string key = concat("precision/", side_, "/", host_images_.extent(0));
    return *shared<Numbers>(key, [&] {
      const std::size_t m = host_pixels_.size(), width = 2 * side_ - 1;
      const std::vector<double> full = full_kernel(host_pixels_.grid, host_kernel_.data());
      Numbers products(host_images_.size(), 0.0);
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < m; ++j) {
          const std::size_t down = side_ - 1 + static_cast<std::size_t>(host_pixels_.row(i)) -
                                   static_cast<std::size_t>(host_pixels_.row(j));
          const std::size_t right = side_ - 1 + static_cast<std::size_t>(host_pixels_.column(i)) -
                                    static_cast<std::size_t>(host_pixels_.column(j));
          const double w = full[down * width + right];
          for (std::size_t b = 0; b < host_images_.extent(0); ++b)
            products[b * m + i] += w * host_images_(b, j);
        }
      return products;
    });
  }
  std::vector<std::size_t> shape() const override {
    return {host_images_.extent(0), host_images_.extent(1)};
  }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double n = 4.0 * static_cast<double>(side_ * side_);
    const double images = static_cast<double>(host_images_.extent(0));
    work.flops = precision_.method() == OperatorMethod::fft
                     ? images * 5.0 * n * std::log2(n)
                     : images * 2.0 * std::pow(static_cast<double>(host_pixels_.size()), 2);
    work.read_bytes = 8.0 * static_cast<double>(host_images_.size() + host_kernel_.size());
    work.written_bytes = 8.0 * static_cast<double>(host_images_.size());
    return work;
  }
  void inputs(Export& out) override {
    out.array("compact", host_kernel_);
    out.array("images", host_images_);
    export_pixels(out, host_pixels_);
  }

 private:
  std::size_t side_;
  SkyPixels<> host_pixels_;
  Matrix<double> host_kernel_, host_images_;
  PrecisionOperator<ExecutionSpace> precision_;
  Matrix<double, Memory> images_, results_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const OperatorMethod method : {OperatorMethod::direct, OperatorMethod::fft}) {
    if (method == OperatorMethod::fft && fft_library<ExecutionSpace>().empty()) continue;
    for (const std::size_t side : {16, 30, 64, 128, 300})
      for (const std::size_t images : {1, 8}) {
        if (method == OperatorMethod::direct && (side > 64 || images > 1)) continue;
        if (side > 128 && images > 1) continue;  // minutes to find out what is expected
        const double elements = static_cast<double>(circle(side).size() * images);
        registry.add<Precision<ExecutionSpace>>("precision_operator", operator_method_name(method),
                                                "double", {{"side", side}, {"images", images}},
                                                elements, side, images, method);
      }
  }
}

}  // namespace

void register_precision_operator(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
