// SPDX-License-Identifier: BSD-3-Clause
#include <glint/reduced_sum.hpp>

#include "arrays.hpp"

/// f_m = sum over k of (m a_k)^2 b_k, without an M x K array and, for contrast, with one.

namespace glint::perf {
namespace {

template <class ExecutionSpace, class T>
class ReducedSum : public CaseOn<ExecutionSpace> {
 public:
  ReducedSum(std::size_t count, std::size_t terms, ReducedSumMethod method)
      : a_(random_numbers<T>(terms, 1, -1.0, 1.0)),
        b_(random_numbers<T>(terms, 2, 0.0, 1.0)),
        a_there_(array_of<T>(this->space, a_)),
        b_there_(array_of<T>(this->space, b_)),
        f_(allocate<Vector<T, typename ExecutionSpace::memory_space>>(this->space, "glint::perf::f",
                                                                      count)) {
    options_.method = method;
  }
  void run() override { reduced_sum(this->space, a_there_, b_there_, f_, options_); }
  Numbers result() override { return this->numbers(f_); }
  /// m^2 leaves the sum; the kernel, like any program for a general term, does not know.
  Numbers expected() override {
    long double sum = 0.0L;
    for (std::size_t k = 0; k < a_.size(); ++k)
      sum += static_cast<long double>(a_[k]) * a_[k] * b_[k];
    Numbers wanted(f_.extent(0));
    for (std::size_t m = 0; m < wanted.size(); ++m)
      wanted[m] = static_cast<double>(m) * static_cast<double>(m) * static_cast<double>(sum);
    return wanted;
  }
  std::vector<std::size_t> shape() const override { return {f_.extent(0)}; }
  double tolerance() const override { return tolerance_of<T>(1e-13, 1e-5); }
  Work work() override {
    Work work;
    work.evaluations = static_cast<double>(a_.size()) * static_cast<double>(f_.extent(0));
    // Two multiplications and a multiply-add: three turns of the unit whose rate is the limit, and
    // a turn counts as two there.
    work.flops = 6.0 * work.evaluations;
    work.read_bytes = 2.0 * sizeof(T) * static_cast<double>(a_.size());
    work.written_bytes = sizeof(T) * static_cast<double>(f_.extent(0));
    return work;
  }
  void inputs(Export& out) override {
    export_numbers(out, "a", a_);
    export_numbers(out, "b", b_);
    out.scalar("m", static_cast<double>(f_.extent(0)));
  }

 private:
  Numbers a_, b_;
  Vector<T, typename ExecutionSpace::memory_space> a_there_, b_there_, f_;
  ReducedSumOptions options_;
};

template <class ExecutionSpace, class T>
void register_precision(Registry& registry) {
  struct Size {
    std::size_t count, terms;
  };
  for (const Size size : {Size{256, 1024}, Size{8192, 8192}, Size{8192, 16384}, Size{8192, 32768}})
    for (const ReducedSumMethod method :
         {ReducedSumMethod::automatic, ReducedSumMethod::team, ReducedSumMethod::outer}) {
      if (method == ReducedSumMethod::outer && size.terms > 8192) continue;  // gigabytes
      registry.add<ReducedSum<ExecutionSpace, T>>(
          "reduced_sum", reduced_sum_method_name(method), precision_name<T>(),
          {{"m", size.count}, {"k", size.terms}}, static_cast<double>(size.count), size.count,
          size.terms, method);
    }
}

template <class ExecutionSpace>
void register_space(Registry& registry) {
  register_precision<ExecutionSpace, double>(registry);
  register_precision<ExecutionSpace, float>(registry);
}

}  // namespace

void register_array_reductions(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
