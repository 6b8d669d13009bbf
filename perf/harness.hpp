// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_HARNESS_HPP
#define GLINT_PERF_HARNESS_HPP

#include <memory>
#include <string>
#include <vector>

#include "registry.hpp"

namespace glint::perf {

/// The time the machine needs for a case at least, and for what.
struct Limit {
  std::string name;  ///< "memory", "flops" or "exp"
  double seconds = 0.0;
};

/// A case that was made, run once and found to be right.
class Prepared {
 public:
  /// Throws Error when the first run is further from what is expected than the case allows.
  explicit Prepared(const Entry& entry);

  const Entry& entry() const { return entry_; }
  const std::string& name() const { return name_; }
  Case& get() { return *case_; }
  double first_call() const { return first_call_; }
  double error() const { return error_; }
  const Work& work() const { return work_; }

  /// Restores, then times one run: a fence before the clock starts and one before it stops, so
  /// that neither an earlier kernel nor a mere launch is measured. Nobody times by hand.
  double seconds();

  /// What of the machine's rates the work takes longest at. Measures those not known yet.
  Limit limit();

 private:
  Entry entry_;
  std::string name_;
  std::unique_ptr<Case> case_;
  double first_call_ = 0.0, error_ = 0.0;
  Work work_;
};

/// The case that was asked for last, so that asking for it again costs nothing.
class Workbench {
 public:
  Prepared& prepare(const Entry& entry);
  void release() { prepared_.reset(); }

 private:
  std::unique_ptr<Prepared> prepared_;
};

/// max |result - expected| / max |expected|; NaN where a result is none.
double relative_error(const Numbers& result, const Numbers& expected);

/// Registers every case with Google Benchmark.
void register_benchmarks(const Registry& registry, Workbench& workbench);

/// Runs the smallest case of every kind once. Returns whether all are right, and prints one line
/// for each that is not.
bool check_smallest(const Registry& registry);

}  // namespace glint::perf

#endif
