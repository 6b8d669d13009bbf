// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_CASE_HPP
#define GLINT_PERF_CASE_HPP

#include <glint/backends.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <vector>

#include "export.hpp"
#include "limits.hpp"

/// One thing that is timed. A row of the suite is a small class that makes its problem in the
/// constructor and says how to run it, what comes out and what should; the harness does the rest.

namespace glint::perf {

using Numbers = std::vector<double>;

/// What the method must do at least.
struct Work {
  double flops = 0.0;          ///< multiplications and additions
  double read_bytes = 0.0;     ///< compulsory traffic: every input array once,
  double written_bytes = 0.0;  ///< and every output array once
  double exps = 0.0;           ///< exponentials, logarithms, sines: each counts as one exponential
  double exp_error = 0.0;      ///< relative error each of them may have; 0: rounding

  /// What people count, e.g. pixels times profiles; reported as evaluations a second. Not a limit.
  double evaluations = 0.0;
};

class Case {
 public:
  Case() = default;
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;
  virtual ~Case() = default;

  /// Puts back what run() uses up, e.g. a matrix that is factored in place. Not timed.
  virtual void restore() {}

  /// Launches the work; need not wait for it.
  virtual void run() = 0;

  /// What the last run() left, and what it should have: as many numbers, row-major.
  virtual Numbers result() = 0;
  virtual Numbers expected() = 0;
  virtual std::vector<std::size_t> shape() const = 0;

  /// Largest max |result - expected| / max |expected| that is no mistake.
  virtual double tolerance() const = 0;

  /// Called after the first run.
  virtual Work work() = 0;

  /// Hands the inputs to whoever wants to compute the same elsewhere.
  virtual void inputs(Export&) {}

  virtual void fence() = 0;
  virtual Limits& limits() = 0;
};

/// What every case on an execution space has.
template <class ExecutionSpace>
class CaseOn : public Case {
 public:
  using Space = ExecutionSpace;
  using Memory = typename ExecutionSpace::memory_space;

  void fence() override { compat::fence(space, "glint::perf::fence"); }
  Limits& limits() override { return limits_of<ExecutionSpace>(); }

 protected:
  /// A View's elements in row-major order, on the host.
  template <class View>
  Numbers numbers(const View& view) const {
    using T = typename View::non_const_value_type;
    const auto host = Kokkos::create_mirror_view(view);
    copy(space, host, view);
    compat::fence(space, "glint::perf::numbers");
    static_assert(std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>);
    const T* first = host.data();
    return Numbers(first, first + host.size());
  }

  const ExecutionSpace space{};
};

}  // namespace glint::perf

#endif
