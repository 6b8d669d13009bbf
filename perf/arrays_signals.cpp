// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/counter_random.hpp>
#include <glint/detector_timelines.hpp>
#include <glint/normalize.hpp>

#include "arrays.hpp"
#include "shared.hpp"

/// Vectors to unit length, and what detectors record.

namespace glint::perf {
namespace {

template <class ExecutionSpace, class T>
class Normalizing : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Normalizing(std::size_t count, std::size_t length) : count_(count), length_(length) {
    const auto make = [&] {
      return allocate<Matrix<T, Memory>>(this->space, "glint::perf::vectors", count, length);
    };
    v_ = make(), out_ = make();
    const auto numbers = array_of<T>(this->space, random_numbers<T>(count * length, 31, -2.0, 2.0));
    copy(this->space, Vector<T, Memory>(v_.data(), count * length), numbers);
    this->fence();
  }
  void run() override { normalize(this->space, v_, out_, {}, workspace_); }
  Numbers result() override { return this->numbers(out_); }
  Numbers expected() override {
    Numbers v = this->numbers(v_);
    for (std::size_t k = 0; k < v.size(); k += length_) {
      long double squares = 0.0L;
      for (std::size_t j = 0; j < length_; ++j)
        squares += static_cast<long double>(v[k + j]) * v[k + j];
      const double norm = static_cast<double>(std::sqrt(squares));
      for (std::size_t j = 0; j < length_; ++j) v[k + j] /= norm;
    }
    return v;
  }
  std::vector<std::size_t> shape() const override { return {count_, length_}; }
  double tolerance() const override { return tolerance_of<T>(1e-14, 1e-6); }
  Work work() override {
    Work work;
    work.evaluations = static_cast<double>(count_ * length_);
    work.flops = 3.0 * work.evaluations + 10.0 * static_cast<double>(count_);
    work.read_bytes = work.written_bytes = sizeof(T) * work.evaluations;
    return work;
  }
  void inputs(Export& out) override { out.array("v", shape(), this->numbers(v_).data()); }

 private:
  std::size_t count_, length_;
  Matrix<T, Memory> v_, out_;
  NormalizeWorkspace<ExecutionSpace> workspace_;
};

template <class ExecutionSpace, class T>
class Timelines : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Timelines(std::size_t detectors, std::size_t samples, double sigma)
      : gain_(random_numbers<T>(detectors, 41, 0.9, 1.1)),
        offset_(random_numbers<T>(detectors, 43, 0.0, 8.0)),
        source_(random_numbers<T>(samples, 47, -7.0, 7.0)),
        glitch_(random_numbers<T>(samples, 53, 0.0, 20.0)),
        signal_(
            allocate<Matrix<T, Memory>>(this->space, "glint::perf::signal", detectors, samples)) {
    options_.sigma = sigma;
    options_.seed = 59;
    gain_there_ = array_of<T>(this->space, gain_),
    offset_there_ = array_of<T>(this->space, offset_);
    source_there_ = array_of<T>(this->space, source_);
    glitch_there_ = array_of<T>(this->space, glitch_);
  }
  void run() override {
    detector_timelines(this->space, gain_there_, source_there_, glitch_there_, offset_there_,
                       signal_, options_);
  }
  Numbers result() override { return this->numbers(signal_); }
  Numbers expected() override {
    constexpr int width = normals_per_counter<T>;
    Numbers wanted(gain_.size() * source_.size());
    for (std::size_t d = 0; d < gain_.size(); ++d) {
      T noise[width] = {};
      for (std::size_t t = 0; t < source_.size(); ++t) {
        if (t % width == 0 && options_.sigma > 0.0)
          random_normals({options_.seed, d}, t / width, noise);
        wanted[d * source_.size() + t] = gain_[d] * source_[t] + glitch_[t] + offset_[d] +
                                         options_.sigma * static_cast<double>(noise[t % width]);
      }
    }
    return wanted;
  }
  std::vector<std::size_t> shape() const override { return {gain_.size(), source_.size()}; }
  double tolerance() const override { return tolerance_of<T>(1e-15, 1e-6); }
  Work work() override {
    Work work;
    work.evaluations = static_cast<double>(gain_.size() * source_.size());
    work.flops = (options_.sigma > 0.0 ? 5.0 : 3.0) * work.evaluations;
    // A logarithm, a sine and a cosine make two normal numbers.
    work.exps = options_.sigma > 0.0 ? 1.5 * work.evaluations : 0.0;
    work.read_bytes = 2.0 * sizeof(T) * static_cast<double>(gain_.size() + source_.size());
    work.written_bytes = sizeof(T) * work.evaluations;
    return work;
  }
  void inputs(Export& out) override {
    export_numbers(out, "gain", gain_);
    export_numbers(out, "source", source_);
    export_numbers(out, "glitch", glitch_);
    export_numbers(out, "offset", offset_);
    out.scalar("sigma", options_.sigma);
  }

 private:
  Numbers gain_, offset_, source_, glitch_;
  Vector<T, Memory> gain_there_, offset_there_, source_there_, glitch_there_;
  Matrix<T, Memory> signal_;
  TimelineOptions options_;
};

template <class ExecutionSpace, class T>
void register_precision(Registry& registry) {
  const std::string precision = precision_name<T>();
  const auto add = [&](const Arguments& arguments, std::size_t count, std::size_t length) {
    registry.add<Normalizing<ExecutionSpace, T>>("normalize", "automatic", precision, arguments,
                                                 static_cast<double>(count * length), count,
                                                 length);
  };
  // Vectors of three, `size` numbers or just more.
  for (std::size_t size = 1 << 10; size <= std::size_t(1) << 26; size *= 4)
    add({{"size", size}}, (size + 2) / 3, 3);
  for (const auto& [count, length] :
       {std::pair<std::size_t, std::size_t>{10000000, 3}, {1000000, 10}, {10000, 10000}})
    add({{"vectors", count}, {"length", length}}, count, length);

  for (const auto& [detectors, samples] :
       {std::pair<std::size_t, std::size_t>{8, 1000}, {1000, 10000}, {1000, 100000}})
    for (const bool noisy : {true, false})
      registry.add<Timelines<ExecutionSpace, T>>(
          "detector_timelines", noisy ? "automatic" : "without_noise", precision,
          {{"detectors", detectors}, {"samples", samples}},
          static_cast<double>(detectors * samples), detectors, samples, noisy ? 0.7 : 0.0);
}

template <class ExecutionSpace>
void register_space(Registry& registry) {
  register_precision<ExecutionSpace, double>(registry);
  register_precision<ExecutionSpace, float>(registry);
}

}  // namespace

void register_array_signals(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
