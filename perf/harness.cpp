// SPDX-License-Identifier: BSD-3-Clause
#include "harness.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <glint/constants.hpp>
#include <glint/error.hpp>
#include <iostream>
#include <limits>

namespace glint::perf {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

double relative_error(const Numbers& result, const Numbers& expected) {
  if (result.size() != expected.size()) return constants::nan;
  double worst = 0.0, largest = 0.0;
  for (std::size_t k = 0; k < result.size(); ++k) {
    const double difference = std::abs(result[k] - expected[k]);
    worst = difference <= worst ? worst : difference;  // NaN stays
    if (std::isnan(worst)) return worst;
    largest = std::max(largest, std::abs(expected[k]));
  }
  return largest > 0.0 ? worst / largest : worst;
}

Prepared::Prepared(const Entry& entry) : entry_(entry), name_(entry.name()), case_(entry.make()) {
  case_->fence();
  first_call_ = seconds();
  error_ = relative_error(case_->result(), case_->expected());
  double numbers = 1.0;
  for (const std::size_t extent : case_->shape()) numbers *= static_cast<double>(extent);
  GLINT_EXPECTS(numbers == entry.elements, name_, ": the result has ", numbers, " numbers, not ",
                entry.elements);
  GLINT_EXPECTS(error_ <= case_->tolerance(), name_, ": the result is wrong by ", error_,
                " of the largest number, where ", case_->tolerance(), " is allowed");
  work_ = case_->work();
}

double Prepared::seconds() {
  case_->restore();
  case_->fence();
  const Clock::time_point start = Clock::now();
  case_->run();
  case_->fence();
  return seconds_since(start);
}

Limit Prepared::limit() {
  Limits& machine = case_->limits();
  const bool single = entry_.precision == "float";
  Limit longest{"none", 0.0};
  const auto consider = [&](const char* name, double seconds) {
    if (seconds > longest.seconds) longest = {name, seconds};
  };
  if (work_.flops > 0.0) consider("flops", work_.flops / machine.flops(single));
  if (work_.exps > 0.0) consider("exp", work_.exps / machine.exps(single, work_.exp_error));
  const double bytes = work_.read_bytes + work_.written_bytes;
  if (bytes > 0.0)
    consider("memory", bytes / machine.bandwidth(work_.read_bytes, work_.written_bytes));
  return longest;
}

Prepared& Workbench::prepare(const Entry& entry) {
  if (!prepared_ || prepared_->name() != entry.name()) {
    release();  // its memory first
    prepared_ = std::make_unique<Prepared>(entry);
  }
  return *prepared_;
}

void register_benchmarks(const Registry& registry, Workbench& workbench) {
  for (const Entry& entry : registry.entries())
    benchmark::RegisterBenchmark(entry.name().c_str(),
                                 [&entry, &workbench](benchmark::State& state) {
                                   Prepared* prepared = nullptr;
                                   try {
                                     prepared = &workbench.prepare(entry);
                                   } catch (const std::exception& error) {
                                     state.SkipWithError(error.what());
                                     return;
                                   }
                                   double fastest = std::numeric_limits<double>::max();
                                   for (auto _ : state) {
                                     const double seconds = prepared->seconds();
                                     fastest = std::min(fastest, seconds);
                                     state.SetIterationTime(seconds);
                                   }
                                   const Work& work = prepared->work();
                                   const Limit limit = prepared->limit();
                                   const auto rate = [&](const char* name, double amount) {
                                     if (amount > 0.0) state.counters[name] = amount / fastest;
                                   };
                                   rate("evaluations_per_s", work.evaluations);
                                   rate("bytes_per_s", work.read_bytes + work.written_bytes);
                                   rate("flops_per_s", work.flops);
                                   state.counters["limit_fraction"] = limit.seconds / fastest;
                                   state.counters["error"] = prepared->error();
                                   state.counters["elements"] = entry.elements;
                                   state.counters["first_call_s"] = prepared->first_call();
                                   state.counters["min_s"] = fastest;
                                   state.SetLabel(limit.name);
                                 })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
}

bool check_smallest(const Registry& registry) {
  bool right = true;
  for (const Entry* entry : registry.smallest()) try {
      const Prepared prepared(*entry);
    } catch (const std::exception& error) {
      std::cerr << error.what() << '\n';
      right = false;
    }
  return right;
}

}  // namespace glint::perf
