// SPDX-License-Identifier: BSD-3-Clause
#include <glint/circular_mask.hpp>
#include <glint/w_compact.hpp>
#include <glint/w_tilde.hpp>

#include "inversions.hpp"
#include "registry.hpp"

/// Masks, layouts of the kernel, and what unequal noise adds. All but the last are limited by
/// memory.

namespace glint::perf {
namespace {

enum class Step { mask, unmasked, preload, compact, hankel };

template <class ExecutionSpace>
class Sky : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Sky(Step step, std::size_t side)
      : step_(step), side_(side), host_(circle(side)), host_kernel_(smooth_kernel(host_.grid)) {
    const auto matrix = [&](std::size_t rows, std::size_t columns) {
      return allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", rows, columns);
    };
    mask_ = allocate<Matrix<std::uint8_t, Memory>>(this->space, "glint::perf::mask", side, side);
    circular_mask(this->space, {1.0, 1.0}, radius(), mask_);
    compact_ = matrix(side, 2 * side - 1), preload_ = matrix(2 * side, 2 * side);
    copy(this->space, compact_, host_kernel_);
    w_preload(this->space, host_.grid, compact_, preload_);
    if (step != Step::hankel) return;
    pixels_ = glint::to_space(this->space, host_);
    w_ = matrix(host_.size(), host_.size());
  }
  void restore() override {
    if (step_ == Step::hankel) fill(this->space, w_, 1.0);
  }
  void run() override {
    switch (step_) {
      case Step::mask:
        return circular_mask(this->space, {1.0, 1.0}, radius(), mask_);
      case Step::unmasked:
        pixels_ = unmasked_pixels(this->space, mask_, 1.0);
        return;
      case Step::preload:
        return w_preload(this->space, host_.grid, compact_, preload_);
      case Step::compact:
        return compact_from_preload(this->space, host_.grid, preload_, compact_);
      case Step::hankel:
        return add_hankel(this->space, compact_, pixels_, w_);
    }
  }
  Numbers result() override {
    switch (step_) {
      case Step::mask:
        return this->numbers(mask_);
      case Step::unmasked:
        return this->numbers(pixels_.column);
      case Step::preload:
        return this->numbers(preload_);
      case Step::compact:
        return this->numbers(compact_);
      default:
        return this->numbers(w_);
    }
  }
  Numbers expected() override {
    const std::vector<double> full = full_kernel(host_.grid, host_kernel_.data());
    const std::size_t width = 2 * side_ - 1;
    Numbers all;
    if (step_ == Step::mask) {
      all.assign(side_ * side_, 1.0);
      for (std::size_t m = 0; m < host_.size(); ++m)
        all[static_cast<std::size_t>(host_.row(m)) * side_ +
            static_cast<std::size_t>(host_.column(m))] = 0.0;
    } else if (step_ == Step::unmasked) {
      all.assign(host_.column.data(), host_.column.data() + host_.size());
    } else if (step_ == Step::compact) {
      all.assign(host_kernel_.data(), host_kernel_.data() + host_kernel_.size());
    } else if (step_ == Step::preload) {
      all.assign(4 * side_ * side_, 0.0);
      for (std::size_t i = 0; i < width; ++i)
        for (std::size_t j = 0; j < width; ++j)
          all[(i + side_ + 1) % (2 * side_) * 2 * side_ + (j + side_ + 1) % (2 * side_)] =
              full[i * width + j];
    } else {
      for (std::size_t i = 0; i < host_.size(); ++i)
        for (std::size_t j = 0; j < host_.size(); ++j)
          all.push_back(1.0 + full[static_cast<std::size_t>(host_.row(i) + host_.row(j)) * width +
                                   static_cast<std::size_t>(host_.column(i) + host_.column(j))]);
    }
    return all;
  }
  std::vector<std::size_t> shape() const override {
    switch (step_) {
      case Step::mask:
        return {side_, side_};
      case Step::unmasked:
        return {host_.size()};
      case Step::preload:
        return {2 * side_, 2 * side_};
      case Step::compact:
        return {side_, 2 * side_ - 1};
      default:
        return {host_.size(), host_.size()};
    }
  }
  double tolerance() const override { return 1e-14; }
  Work work() override {
    Work work;
    const double pixels = static_cast<double>(side_ * side_), m = static_cast<double>(host_.size());
    const double kernel = 16.0 * pixels;
    if (step_ == Step::mask) work.written_bytes = pixels;
    if (step_ == Step::unmasked) work.read_bytes = pixels, work.written_bytes = 8.0 * m;
    if (step_ == Step::preload) work.read_bytes = kernel, work.written_bytes = 2.0 * kernel;
    if (step_ == Step::compact) work.read_bytes = kernel, work.written_bytes = kernel;
    if (step_ == Step::hankel) {
      work.read_bytes = kernel + 8.0 * m * m;
      work.written_bytes = 8.0 * m * m;
    }
    return work;
  }

 private:
  /// In pixels, that of circle().
  double radius() const { return 0.5 * static_cast<double>(side_); }

  Step step_;
  std::size_t side_;
  SkyPixels<> host_;
  Matrix<double> host_kernel_;
  Matrix<std::uint8_t, Memory> mask_;
  SkyPixels<Memory> pixels_;
  Matrix<double, Memory> compact_, preload_, w_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const std::string& operation, Step step, std::size_t side, double elements) {
    registry.add<Sky<ExecutionSpace>>(operation, "automatic", "double", {{"side", side}}, elements,
                                      step, side);
  };
  for (const std::size_t side : {30, 128, 1000}) {
    const auto pixels = static_cast<double>(side * side);
    const auto kept = static_cast<double>(circle(side).size());
    add("circular_mask", Step::mask, side, pixels);
    add("unmasked_pixels", Step::unmasked, side, kept);
    add("w_preload", Step::preload, side, 4.0 * pixels);
    add("compact_from_preload", Step::compact, side, static_cast<double>(side * (2 * side - 1)));
  }
  for (const std::size_t side : {30, 64}) {
    const auto kept = static_cast<double>(circle(side).size());
    add("add_hankel", Step::hankel, side, kept * kept);
  }
}

}  // namespace

void register_sky(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
