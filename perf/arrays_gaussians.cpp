// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/gaussians.hpp>

#include "arrays.hpp"
#include "shared.hpp"

/// Gaussians of 300,000 points on [-10, 10], one by one in either layout, and as a sum.

namespace glint::perf {
namespace {

template <class T>
struct Scene {
  Numbers x, amplitude, centre, width;

  Scene(std::size_t count, std::size_t points)
      : x(points),
        amplitude(random_numbers<T>(count, 1, 0.5, 2.0)),
        centre(random_numbers<T>(count, 2, -9.0, 9.0)),
        width(random_numbers<T>(count, 3, 0.2, 3.0)) {
    for (std::size_t i = 0; i < points; ++i) {
      const double fraction = static_cast<double>(i) / static_cast<double>(points - 1);
      x[i] = static_cast<double>(static_cast<T>(-10.0 + 20.0 * fraction));
    }
  }
  double operator()(std::size_t g, std::size_t i) const {
    const double d = (x[i] - centre[g]) / width[g];
    return amplitude[g] * std::exp(-0.5 * d * d);
  }
};

enum class Output { rows, columns, sum };

template <class ExecutionSpace, class T>
class Gaussians : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Gaussians(std::size_t count, std::size_t points, Output output)
      : output_(output),
        scene_(count, points),
        x_(array_of<T>(this->space, scene_.x)),
        amplitude_(array_of<T>(this->space, scene_.amplitude)),
        centre_(array_of<T>(this->space, scene_.centre)),
        width_(array_of<T>(this->space, scene_.width)) {
    if (output == Output::columns) options_.layout = GaussianLayout::point_first;
    const auto extents = shape();
    if (output == Output::sum)
      sum_ = allocate<Vector<T, Memory>>(this->space, "glint::perf::sum", points);
    else
      y_ = allocate<Matrix<T, Memory>>(this->space, "glint::perf::y", extents[0], extents[1]);
  }
  void run() override {
    if (output_ == Output::sum)
      gaussian_mixture(this->space, x_, amplitude_, centre_, width_, sum_, options_);
    else
      gaussians(this->space, x_, amplitude_, centre_, width_, y_, options_);
  }
  Numbers result() override {
    return output_ == Output::sum ? this->numbers(sum_) : this->numbers(y_);
  }
  Numbers expected() override {
    const std::size_t count = scene_.amplitude.size(), points = scene_.x.size();
    const std::string key = concat("gaussians/", count, "/", points, "/", precision_name<T>(), "/",
                                   static_cast<int>(output_));
    return *shared<Numbers>(key, [&] {
      Numbers wanted(output_ == Output::sum ? points : count * points);
      for (std::size_t g = 0; g < count; ++g)
        for (std::size_t i = 0; i < points; ++i) {
          if (output_ == Output::sum)
            wanted[i] += scene_(g, i);
          else
            wanted[output_ == Output::rows ? g * points + i : i * count + g] = scene_(g, i);
        }
      return wanted;
    });
  }
  std::vector<std::size_t> shape() const override {
    const std::size_t count = scene_.amplitude.size(), points = scene_.x.size();
    if (output_ == Output::sum) return {points};
    if (output_ == Output::rows) return {count, points};
    return {points, count};
  }
  double tolerance() const override { return tolerance_of<T>(2e-15, 2e-6); }
  Work work() override {
    Work work;
    const double count = static_cast<double>(scene_.amplitude.size());
    const double points = static_cast<double>(scene_.x.size());
    work.evaluations = work.exps = count * points;
    work.read_bytes = sizeof(T) * (points + 3.0 * count);
    work.written_bytes = sizeof(T) * (output_ == Output::sum ? points : count * points);
    return work;
  }
  void inputs(Export& out) override {
    export_numbers(out, "x", scene_.x);
    export_numbers(out, "amplitude", scene_.amplitude);
    export_numbers(out, "centre", scene_.centre);
    export_numbers(out, "width", scene_.width);
  }

 private:
  Output output_;
  Scene<T> scene_;
  Vector<T, Memory> x_, amplitude_, centre_, width_, sum_;
  Matrix<T, Memory> y_;
  GaussianOptions options_;
};

template <class ExecutionSpace, class T>
void register_precision(Registry& registry) {
  struct Size {
    std::size_t count, points;
  };
  for (const Size size : {Size{20, 1000}, Size{1, 300000}, Size{100, 300000}}) {
    const auto add = [&](const std::string& operation, const std::string& method, Output output) {
      const std::size_t elements = output == Output::sum ? size.points : size.count * size.points;
      registry.add<Gaussians<ExecutionSpace, T>>(
          operation, method, precision_name<T>(),
          {{"gaussians", size.count}, {"points", size.points}}, static_cast<double>(elements),
          size.count, size.points, output);
    };
    add("gaussians", "automatic", Output::rows);
    add("gaussians", "point_first", Output::columns);
    add("gaussian_mixture", "automatic", Output::sum);
  }
}

template <class ExecutionSpace>
void register_space(Registry& registry) {
  register_precision<ExecutionSpace, double>(registry);
  register_precision<ExecutionSpace, float>(registry);
}

}  // namespace

void register_array_gaussians(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
