// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/sersic_parameters.hpp>

#include "registry.hpp"
#include "scenes.hpp"

/// Sérsic functions over arrays of radii and indices. They are branchy device functions that serve
/// set-up, one profile at a time; rendering evaluates its own tables (render.cpp).

namespace glint::perf {
namespace {

enum class Function { bn, brightness, enclosed };

template <class Input, class Output>
struct Evaluate {
  Function function;
  Input r, n;
  Output out;

  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    if (function == Function::bn) out(k) = sersic_bn(n(k));
    if (function == Function::brightness)
      out(k) = sersic_2d(0.3, r(k), 1000.0, 8.0, n(k), 0.1, 0.2, 0.6, 0.3);
    if (function == Function::enclosed) out(k) = sersic_enc_lum_linear(r(k), 3.0, 8.0, n(k));
  }
};

/// The share P(a, x) of a gamma distribution below x, by its series.
long double lower_share(long double a, long double x) {
  long double term = 1.0L / a, sum = term;
  for (long double k = 1.0L; term > 1e-22L * sum; ++k) sum += term *= x / (a + k);
  return sum * std::exp(a * std::log(x) - x - std::lgamma(a));
}

/// The median of a gamma distribution of shape 2 n, by bisection.
long double half_light(long double n) {
  long double low = 0.0L, high = 2.0L * n + 1.0L;
  for (int step = 0; step < 70; ++step) {
    const long double middle = 0.5L * (low + high);
    (lower_share(2.0L * n, middle) < 0.5L ? low : high) = middle;
  }
  return 0.5L * (low + high);
}

template <class ExecutionSpace>
class Sersic : public CaseOn<ExecutionSpace> {
 public:
  Sersic(Function function, std::size_t count)
      : function_(function), host_r_("glint::perf::r", count), host_n_("glint::perf::n", count) {
    Spread spread(91);
    for (std::size_t k = 0; k < count; ++k) {
      host_r_(k) = spread(0.1, 40.0);
      host_n_(k) = spread(0.3, 8.0);
    }
    const auto array = [&] { return allocate<Array>(this->space, "glint::perf::array", count); };
    r_ = array(), n_ = array(), out_ = array();
    copy(this->space, r_, host_r_);
    copy(this->space, n_, host_n_);
  }
  void run() override {
    Kokkos::parallel_for("glint::perf::sersic", range(this->space, out_.extent(0)),
                         Evaluate<Array, Array>{function_, r_, n_, out_});
  }
  Numbers result() override { return this->numbers(out_); }
  Numbers expected() override {
    Numbers wanted(out_.extent(0));
    for (std::size_t k = 0; k < wanted.size(); ++k) wanted[k] = static_cast<double>(value(k));
    return wanted;
  }
  std::vector<std::size_t> shape() const override { return {out_.extent(0)}; }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    work.evaluations = static_cast<double>(out_.extent(0));
    // b_n is a polynomial of degree 17; a brightness also has gamma(2 n), a power and exponentials.
    if (function_ == Function::bn) work.flops = 34.0 * work.evaluations;
    if (function_ == Function::brightness) work.exps = 5.0 * work.evaluations;
    if (function_ == Function::enclosed) work.exps = 6.0 * work.evaluations;
    work.read_bytes = (function_ == Function::bn ? 8.0 : 16.0) * work.evaluations;
    work.written_bytes = 8.0 * work.evaluations;
    return work;
  }
  void inputs(Export& out) override {
    out.array("r", host_r_);
    out.array("n", host_n_);
  }

 private:
  using Array = Vector<double, typename ExecutionSpace::memory_space>;

  long double value(std::size_t k) const {
    const long double n = host_n_(k), b = half_light(n), pi = 3.14159265358979323846L;
    if (function_ == Function::bn) return b;
    // 2 pi n re^2 b^(-2n) gamma(2n): the luminosity of central brightness 1
    const long double unit =
        2.0L * pi * n * 64.0L * std::exp(std::lgamma(2.0L * n) - 2.0L * n * std::log(b));
    const long double r = host_r_(k);
    if (function_ == Function::enclosed)
      return 3.0L * std::exp(b) * unit * lower_share(2.0L * n, b * std::pow(r / 8.0L, 1.0L / n));
    const long double x = r - 0.1L, y = 0.3L - 0.2L, c = std::cos(0.3L), s = std::sin(0.3L);
    const long double w = std::hypot(x * c + y * s, (y * c - x * s) / 0.6L) / 8.0L;
    return 1000.0L / (0.6L * unit) * std::exp(-b * std::pow(w, 1.0L / n));
  }

  Function function_;
  Vector<double> host_r_, host_n_;
  Array r_, n_, out_;
};

template <class ExecutionSpace>
void register_on(Registry& registry) {
  const auto add = [&](const char* operation, const char* method, Function function) {
    for (const std::size_t count : {std::size_t(1000), std::size_t(100000)})
      registry.add<Sersic<ExecutionSpace>>(operation, method, "double", {{"size", count}},
                                           static_cast<double>(count), function, count);
  };
  add("sersic_bn", "automatic", Function::bn);
  add("sersic", "brightness", Function::brightness);
  add("sersic", "enclosed", Function::enclosed);
}

}  // namespace

void register_sersic(Registry& registry) {
#define GLINT_REGISTER(Space) register_on<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
