// SPDX-License-Identifier: BSD-3-Clause
#include "limits.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <glint/constants.hpp>
#include <glint/error.hpp>

#include "limit_kernels.hpp"

namespace glint::perf {
namespace {

constexpr int first_samples = 6, most_samples = 20;
constexpr std::size_t smallest_footprint = std::size_t(1) << 14;
constexpr std::size_t largest_footprint = std::size_t(1) << 29;
constexpr std::size_t piece_bytes = std::size_t(1) << 23;

/// Arrays read and written.
constexpr int reads(Traffic traffic) {
  return traffic == Traffic::write ? 0 : traffic == Traffic::triad ? 2 : 1;
}
constexpr bool writes(Traffic traffic) { return traffic != Traffic::read; }

/// Seconds of one launch.
template <class ExecutionSpace, class Kernel>
double seconds(const ExecutionSpace& space, std::size_t threads, const Kernel& kernel) {
  compat::fence(space, "glint::perf::before");
  const auto start = std::chrono::steady_clock::now();
  Kokkos::parallel_for("glint::perf::limit", range(space, threads), kernel);
  compat::fence(space, "glint::perf::after");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Most repetitions a second, in launches of some 0.2 ms: shorter than the turns that programs get
/// on a busy core.
template <class ExecutionSpace, class Kernel>
double repetitions_per_second(const ExecutionSpace& space, std::size_t threads, Kernel kernel) {
  kernel.repetitions = 1;
  while (seconds(space, threads, kernel) < 1.5e-4) kernel.repetitions *= 2;
  double fastest = seconds(space, threads, kernel);
  for (int k = 0; k < 24; ++k) fastest = std::min(fastest, seconds(space, threads, kernel));
  return static_cast<double>(kernel.repetitions) / fastest;
}

template <class ExecutionSpace>
class LimitsOf : public Limits {
 protected:
  double sample_flops(bool single) override { return single ? adds<float>() : adds<double>(); }

  double sample_exps(bool single, int degree) override {
    if (single)
      return std::max({exponentials<float, 5>(), exponentials<float, 0>(), packs<float, 5>()});
    switch (degree) {
      case 6:
        return std::max(exponentials<double, 6>(), packs<double, 6>());
      case 7:
        return std::max(exponentials<double, 7>(), packs<double, 7>());
      default:
        return std::max(
            {exponentials<double, 11>(), exponentials<double, 0>(), packs<double, 11>()});
    }
  }

  double sample_bandwidth(Traffic traffic, std::size_t bytes) override {
    switch (traffic) {
      case Traffic::read:
        return std::max(stream<Traffic::read, false>(bytes),
                        stream<Traffic::read, false, 4>(bytes));
      case Traffic::copy:
        return std::max(stream<Traffic::copy, false>(bytes), stream<Traffic::copy, true>(bytes));
      case Traffic::triad:
        return std::max(stream<Traffic::triad, false>(bytes), stream<Traffic::triad, true>(bytes));
      default:
        return std::max(stream<Traffic::write, false>(bytes), stream<Traffic::write, true>(bytes));
    }
  }

 private:
  using Memory = typename ExecutionSpace::memory_space;

  template <class T>
  Vector<T, Memory> sink() const {
    return allocate<Vector<T, Memory>>(space_, "glint::perf::sink", threads_);
  }

  template <class T>
  double adds() const {
    using Kernel = MultiplyAdds<ExecutionSpace, T>;
    return static_cast<double>(threads_) * Kernel::flops *
           repetitions_per_second(space_, threads_, Kernel{sink<T>(), T(0.9990234375), T(1e-3), 1});
  }

  template <class T, int Degree>
  double exponentials() const {
    using Kernel = Exponentials<ExecutionSpace, T, Degree>;
    return static_cast<double>(threads_) * Kernel::values *
           repetitions_per_second(space_, threads_, Kernel{sink<T>(), T(0.001953125), 1});
  }

  template <class T, int Degree>
  double packs() const {
    const auto rate = [&](auto count) {
      using Kernel = PackExponentials<ExecutionSpace, T, Degree, count.value>;
      return static_cast<double>(threads_) * Kernel::values *
             repetitions_per_second(space_, threads_, Kernel{sink<T>(), T(0.1), 1});
    };
    return std::max({rate(std::integral_constant<int, 8>()),
                     rate(std::integral_constant<int, 10>()),
                     rate(std::integral_constant<int, 16>())});
  }

  template <Traffic Kind, bool Streaming, int Places = 1>
  double stream(std::size_t bytes) {
    using Kernel = Stream<ExecutionSpace, reads(Kind), writes(Kind), Streaming, Places>;
    constexpr std::size_t arrays = reads(Kind) + (writes(Kind) ? 1 : 0);
    std::size_t count = std::max(bytes / (arrays * sizeof(double)), threads_ * Kernel::block);
    count = count / (threads_ * Kernel::block) * threads_ * Kernel::block;
    Kernel kernel;
    const auto array = [&] {
      const auto made = allocate<typename Kernel::Array>(space_, "glint::perf::stream", count);
      fill(space_, made, 1.0);
      return made;
    };
    if (reads(Kind) > 0) kernel.a = array();
    if (reads(Kind) > 1) kernel.b = array();
    if (writes(Kind)) kernel.c = array();
    kernel.sink = sink<double>();
    kernel.threads = threads_;
    // Arrays beyond the caches are walked through in pieces, for launches as short as the others.
    const double number_bytes = static_cast<double>(arrays * sizeof(double));
    const std::size_t piece =
        is_host_execution_v<ExecutionSpace>
            ? std::min(count, std::max<std::size_t>(1, piece_bytes / (arrays * sizeof(double) *
                                                                      threads_ * Kernel::block)) *
                                  threads_ * Kernel::block)
            : count;
    kernel.count = piece;
    if (piece == count)
      return repetitions_per_second(space_, threads_, kernel) * number_bytes *
             static_cast<double>(count);
    kernel.repetitions = 1;
    double fastest = constants::infinity;
    const std::size_t passes = std::max<std::size_t>(2, (std::size_t(1) << 28) / bytes);
    for (std::size_t pass = 0; pass < passes; ++pass)
      for (kernel.first = 0; kernel.first + piece <= count; kernel.first += piece)
        fastest = std::min(fastest, seconds(space_, threads_, kernel));
    return number_bytes * static_cast<double>(piece) / fastest;
  }

  const ExecutionSpace space_{};
  const std::size_t threads_ = static_cast<std::size_t>(space_.concurrency());
};

}  // namespace

const std::string& traffic_name(Traffic traffic) {
  static const std::string names[] = {"read", "copy", "triad", "write"};
  return names[static_cast<int>(traffic)];
}

Traffic nearest_traffic(double read_bytes, double written_bytes) {
  if (written_bytes <= 0.25 * read_bytes) return Traffic::read;
  if (read_bytes >= 1.5 * written_bytes) return Traffic::triad;
  return read_bytes >= 0.5 * written_bytes ? Traffic::copy : Traffic::write;
}

double Limits::refresh(const std::string& name, const std::function<double()>& sample) {
  Rate& rate = rates_[name];
  for (int k = rate.samples == 0 ? first_samples : 1; k > 0 && rate.samples < most_samples;
       --k, ++rate.samples)
    rate.best = std::max(rate.best, sample());
  return rate.best;
}

double Limits::flops(bool single) {
  return refresh(single ? "flops_float" : "flops_double", [&] { return sample_flops(single); });
}

double Limits::exps(bool single, double error) {
  const int degree = single ? 5 : error >= 2e-9 ? 6 : error >= 4e-11 ? 7 : 11;
  return refresh(single         ? "exps_float"
                 : degree == 11 ? "exps_double"
                                : concat("exps_double_", degree),
                 [&] { return sample_exps(single, degree); });
}

double Limits::bandwidth(double read_bytes, double written_bytes) {
  const Traffic traffic = nearest_traffic(read_bytes, written_bytes);
  const auto wanted = static_cast<std::size_t>(read_bytes + written_bytes);
  const std::size_t bytes =
      std::bit_floor(std::clamp(wanted, smallest_footprint, largest_footprint));
  const auto name = [&](std::size_t footprint) {
    return concat("bandwidth_", traffic_name(traffic), "_", footprint);
  };
  double best = refresh(name(bytes), [&] { return sample_bandwidth(traffic, bytes); });
  // What a larger footprint reaches a smaller one can.
  for (std::size_t larger = 2 * bytes; larger <= largest_footprint; larger *= 2)
    if (const auto known = rates_.find(name(larger)); known != rates_.end())
      best = std::max(best, known->second.best);
  return best;
}

std::vector<std::pair<std::string, double>> Limits::measured() const {
  std::vector<std::pair<std::string, double>> all;
  for (const auto& [name, rate] : rates_) all.emplace_back(name, rate.best);
  return all;
}

template <class ExecutionSpace>
Limits& limits_of() {
  static auto* const limits =
      new LimitsOf<ExecutionSpace>;  // not to outlive Kokkos in a destructor
  return *limits;
}

#define GLINT_INSTANTIATE(Space) template Limits& limits_of<Space>();
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::perf
