// SPDX-License-Identifier: BSD-3-Clause
#include <glint/array_sum.hpp>
#include <glint/bilinear_map.hpp>
#include <glint/constants.hpp>
#include <glint/madhava.hpp>

#include "arrays.hpp"

/// One pass over long arrays, and Madhava's series, which is over as soon as it is launched.

namespace glint::perf {
namespace {

template <class ExecutionSpace, class T>
class Sum : public CaseOn<ExecutionSpace> {
 public:
  Sum(std::size_t size, SumMethod method)
      : host_(random_numbers<T>(size, 1, 0.0, 1.0)), x_(array_of<T>(this->space, host_)) {
    options_.method = method;
  }
  void run() override { value_ = sum(this->space, x_, options_); }
  Numbers result() override { return {value_}; }
  Numbers expected() override {
    long double total = 0.0L;
    for (const double number : host_) total += number;
    return {static_cast<double>(total)};
  }
  std::vector<std::size_t> shape() const override { return {1}; }
  double tolerance() const override { return tolerance_of<T>(1e-13, 1e-6); }
  Work work() override {
    Work work;
    work.flops = work.evaluations = static_cast<double>(host_.size());
    work.read_bytes = sizeof(T) * work.evaluations;
    return work;
  }
  void inputs(Export& out) override { export_numbers(out, "x", host_); }

 private:
  Numbers host_;
  Vector<T, typename ExecutionSpace::memory_space> x_;
  SumOptions options_;
  double value_ = 0.0;
};

/// 2 x y + 3 y + 1.
template <class ExecutionSpace, class T>
class BilinearMap : public CaseOn<ExecutionSpace> {
 public:
  explicit BilinearMap(std::size_t size)
      : size_(size),
        x_(array_of<T>(this->space, random_numbers<T>(size, 1, -1.0, 1.0))),
        y_(array_of<T>(this->space, random_numbers<T>(size, 2, -1.0, 1.0))),
        out_(allocate<Vector<T, typename ExecutionSpace::memory_space>>(
            this->space, "glint::perf::out", size)) {}
  void run() override { bilinear_map(this->space, x_, y_, out_); }
  Numbers result() override { return this->numbers(out_); }
  Numbers expected() override {
    const Numbers x = this->numbers(x_), y = this->numbers(y_);
    Numbers wanted(size_);
    for (std::size_t k = 0; k < size_; ++k) wanted[k] = 2.0 * x[k] * y[k] + 3.0 * y[k] + 1.0;
    return wanted;
  }
  std::vector<std::size_t> shape() const override { return {size_}; }
  double tolerance() const override { return tolerance_of<T>(1e-15, 3e-7); }
  Work work() override {
    Work work;
    work.evaluations = static_cast<double>(size_);
    work.flops = 4.0 * work.evaluations;
    work.read_bytes = 2.0 * sizeof(T) * work.evaluations;
    work.written_bytes = sizeof(T) * work.evaluations;
    return work;
  }
  void inputs(Export& out) override {
    export_numbers(out, "x", this->numbers(x_));
    export_numbers(out, "y", this->numbers(y_));
  }

 private:
  std::size_t size_;
  Vector<T, typename ExecutionSpace::memory_space> x_, y_, out_;
};

template <class ExecutionSpace>
class Madhava : public CaseOn<ExecutionSpace> {
 public:
  void run() override { value_ = madhava_pi(this->space); }
  Numbers result() override { return {value_}; }
  Numbers expected() override { return {constants::pi}; }
  std::vector<std::size_t> shape() const override { return {1}; }
  double tolerance() const override { return 4e-16; }
  Work work() override {
    Work work;
    work.evaluations = 30.0;
    work.flops = 4.0 * work.evaluations;
    return work;
  }

 private:
  double value_ = 0.0;
};

template <class ExecutionSpace, class T>
void register_precision(Registry& registry) {
  const std::string precision = precision_name<T>();
  for (std::size_t size = 1 << 10; size <= std::size_t(1) << 26; size *= 4) {
    for (const SumMethod method : {SumMethod::automatic, SumMethod::wide, SumMethod::serial})
      registry.add<Sum<ExecutionSpace, T>>("sum", sum_method_name(method), precision,
                                           {{"size", size}}, 1.0, size, method);
    registry.add<BilinearMap<ExecutionSpace, T>>("bilinear_map", "automatic", precision,
                                                 {{"size", size}}, static_cast<double>(size), size);
  }
}

template <class ExecutionSpace>
void register_space(Registry& registry) {
  register_precision<ExecutionSpace, double>(registry);
  register_precision<ExecutionSpace, float>(registry);
  registry.add<Madhava<ExecutionSpace>>("madhava", "automatic", "double", {}, 1.0);
}

}  // namespace

void register_array_maps(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
