// SPDX-License-Identifier: BSD-3-Clause
#include <glint/w_compact.hpp>
#include <glint/w_tilde.hpp>

#include "registry.hpp"
#include "visibilities.hpp"

/// The dense W: by its definition (a cosine for every visibility and pair of pixels), by way of its
/// kernel, and the expansion of the kernel alone, which writes M^2 numbers.

namespace glint::perf {
namespace {

enum class Way { definition, via_kernel, compact, preload };

template <class ExecutionSpace>
class WTilde : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  WTilde(std::size_t side, std::size_t count, Way way)
      : way_(way), count_(static_cast<double>(count)), host_(circle(side)) {
    host_data_ = visibilities(host_.grid, count, true);
    pixels_ = glint::to_space(this->space, host_);
    data_ = to_space(this->space, host_data_);
    const auto matrix = [&](std::size_t rows, std::size_t columns) {
      return allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", rows, columns);
    };
    w_ = matrix(host_.size(), host_.size());
    compact_ = matrix(side, 2 * side - 1);
    preload_ = matrix(2 * side, 2 * side);
    kernel();
    w_preload(this->space, pixels_.grid, compact_, preload_);
  }
  void run() override {
    switch (way_) {
      case Way::definition:
        return w_tilde(this->space, pixels_, data_.u, data_.v, data_.noise_re, w_);
      case Way::via_kernel:
        kernel();
        return w_tilde_from_compact(this->space, compact_, pixels_, w_);
      case Way::compact:
        return w_tilde_from_compact(this->space, compact_, pixels_, w_);
      case Way::preload:
        return w_tilde_from_preload(this->space, preload_, pixels_, w_);
    }
  }
  Numbers result() override { return this->numbers(w_); }
  Numbers expected() override { return dense_w(host_, kernel_sum(host_.grid, host_data_).data()); }
  std::vector<std::size_t> shape() const override { return {w_.extent(0), w_.extent(1)}; }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    const double m = static_cast<double>(host_.size());
    if (way_ == Way::definition) work.exps = 0.5 * count_ * m * (m + 1.0);
    if (way_ == Way::via_kernel)
      work.flops = 4.0 * count_ * static_cast<double>(host_.grid.ny * host_.grid.nx);
    work.read_bytes = way_ == Way::definition || way_ == Way::via_kernel
                          ? 24.0 * count_
                          : 8.0 * static_cast<double>(compact_.size());
    work.written_bytes = 8.0 * m * m;
    return work;
  }
  void inputs(Export& out) override {
    export_pixels(out, host_);
    if (way_ == Way::definition || way_ == Way::via_kernel) {
      out.array("u", host_data_.u);
      out.array("v", host_data_.v);
      out.array("weights", host_data_.noise_re);
    } else {
      const Numbers compact = kernel_sum(host_.grid, host_data_);
      out.array("compact", {compact_.extent(0), compact_.extent(1)}, compact.data());
    }
  }

 private:
  void kernel() {
    w_compact(this->space, pixels_.grid, data_.u, data_.v, data_.noise_re, compact_, {},
              workspace_);
  }

  Way way_;
  double count_;
  SkyPixels<> host_;
  UvData<> host_data_;
  SkyPixels<Memory> pixels_;
  UvData<Memory> data_;
  Matrix<double, Memory> w_, compact_, preload_;
  KernelWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const std::string& operation, const std::string& method, std::size_t side,
                       std::size_t count, Way way) {
    const auto m = static_cast<double>(circle(side).size());
    Arguments arguments{{"side", side}};
    if (operation == "w_tilde") arguments.emplace_back("visibilities", count);
    registry.add<WTilde<ExecutionSpace>>(operation, method, "double", arguments, m * m, side, count,
                                         way);
  };
  add("w_tilde", "definition", 12, 190, Way::definition);
  add("w_tilde", "definition", 30, 190, Way::definition);
  add("w_tilde", "definition", 30, 1000, Way::definition);
  add("w_tilde", "via_kernel", 30, 190, Way::via_kernel);
  add("w_tilde", "via_kernel", 30, 1000, Way::via_kernel);
  add("w_tilde", "via_kernel", 64, 10000, Way::via_kernel);
  for (const std::size_t side : {30, 64}) {
    add("w_tilde_expand", "automatic", side, 100, Way::compact);
    add("w_tilde_expand", "preload", side, 100, Way::preload);
  }
}

}  // namespace

void register_w_tilde(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
