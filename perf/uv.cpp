// SPDX-License-Identifier: BSD-3-Clause
#include <glint/fft.hpp>
#include <glint/uv_sums.hpp>

#include "registry.hpp"
#include "uv_problem.hpp"

/// Kernels of W, and all sums of a reconstruction at once.

namespace glint::perf {
namespace {

template <class ExecutionSpace>
class Kernel : public CaseOn<ExecutionSpace> {
 public:
  Kernel(std::size_t side, std::size_t count, const KernelOptions& options)
      : problem_(side, count, true), options_(options) {
    const SkyGrid& grid = problem_.pixels.grid;
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
    return method() == KernelMethod::nufft ? options_.tolerance : 1e-13;
  }
  Work work() override {
    Work work;
    if (method() == KernelMethod::direct)
      work.exps = problem_.count() * static_cast<double>(compact_.size());
    else if (method() == KernelMethod::nufft)
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
  KernelMethod method() const {
    return impl::method_for<ExecutionSpace>(options_, problem_.pixels.grid,
                                            {problem_.data.size(), 1, false});
  }

  UvProblem problem_;
  KernelOptions options_;
  UvData<typename ExecutionSpace::memory_space> data_;
  Matrix<double, typename ExecutionSpace::memory_space> compact_;
  KernelWorkspace<ExecutionSpace> workspace_;
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
  Numbers expected() override {
    return *shared<Numbers>("image/" + problem_.key,
                            [&] { return image_sum(problem_.pixels, problem_.data); });
  }
  std::vector<std::size_t> shape() const override { return {problem_.pixels.size()}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const KernelOptions& kernel = sums_.options().kernel;
    const impl::SumsWanted wanted{problem_.data.size(), equal_ ? 1 : 2, true};
    if (impl::method_for<ExecutionSpace>(kernel, problem_.pixels.grid, wanted) ==
        KernelMethod::nufft)
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
  UvProblem problem_;
  bool equal_;
  UvData<typename ExecutionSpace::memory_space> data_;
  UvSums<ExecutionSpace> sums_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const auto& [side, count] : uv_sizes) {
    const Arguments arguments{{"side", side}, {"visibilities", count}};
    for (const UvMethod& row : uv_methods<ExecutionSpace>(side, count)) {
      registry.add<Kernel<ExecutionSpace>>("w_compact", row.name, "double", arguments,
                                           static_cast<double>(side * (2 * side - 1)), side, count,
                                           row.options);
    }
    const auto add_sums = [&, side = side, count = count](const char* name, KernelMethod method,
                                                          bool equal_noise) {
      registry.add<Accumulation<ExecutionSpace>>(
          "accumulate", name, "double", arguments, static_cast<double>(circle(side).size()), side,
          count, equal_noise, UvSumsOptions{.kernel = {.method = method}});
    };
    add_sums("equal_noise", KernelMethod::automatic, true);
    add_sums("unequal_noise", KernelMethod::automatic, false);
    if (count < 1000000) add_sums("equal_noise_separable", KernelMethod::separable, true);
  }
}

}  // namespace

void register_uv(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
