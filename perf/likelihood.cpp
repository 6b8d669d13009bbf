// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <glint/likelihood.hpp>
#include <glint/w_tilde.hpp>

#include "meshes.hpp"
#include "registry.hpp"
#include "visibilities.hpp"

/// From a mapping and a mesh to the evidence; what depends on the visibilities is given. Needed are
/// F, see curvature.cpp, and one factorization, n^3/3.

namespace glint::perf {
namespace {

constexpr double coefficient = 1.0;

/// D = transpose(T) dirty.
Numbers data_vector_by_definition(const SparseMapping<Kokkos::HostSpace>& mapping,
                                  const Numbers& dirty) {
  Numbers d(mapping.sources, 0.0);
  for (std::size_t m = 0; m < mapping.pixels; ++m)
    for (int k = mapping.offsets(m); k < mapping.offsets(m + 1); ++k)
      d[static_cast<std::size_t>(mapping.columns(k))] += mapping.values(k) * dirty[m];
  return d;
}

/// The evidence by its definition, on the host.
double evidence_by_definition(const SkyPixels<>& pixels,
                              const SparseMapping<Kokkos::HostSpace>& mapping,
                              const Matrix<int>& neighbours, const Numbers& compact,
                              const Numbers& dirty, double data_term, double noise_normalization) {
  const std::size_t n = mapping.sources;
  const Numbers f = curvature_by_definition(pixels, mapping, compact.data());
  const Numbers h = regularization_by_definition(neighbours, coefficient);
  const Numbers d = data_vector_by_definition(mapping, dirty);
  Numbers l(n * n);
  // Cholesky row by row: products of finished rows.
  double log_determinant = 0.0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = f[i * n + j] + h[i * n + j];
      const double *a = &l[i * n], *b = &l[j * n];
      for (std::size_t k = 0; k < j; ++k) sum -= a[k] * b[k];
      l[i * n + j] = i == j ? std::sqrt(sum) : sum / b[j];
      if (i == j) log_determinant += std::log(sum);
    }
  Numbers x = d;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= l[i * n + k] * x[k];
    x[i] /= l[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    x[i] /= l[i * n + i];
    for (std::size_t k = 0; k < i; ++k) x[k] -= l[i * n + k] * x[i];
  }
  Evidence terms;
  terms.chi_squared = data_term;
  for (std::size_t i = 0; i < n; ++i) {
    terms.chi_squared -= 2.0 * x[i] * d[i];
    for (std::size_t j = 0; j < n; ++j) {
      terms.chi_squared += x[i] * f[i * n + j] * x[j];
      terms.regularization_term += x[i] * h[i * n + j] * x[j];
    }
  }
  terms.data_term = data_term;
  terms.noise_normalization = noise_normalization;
  terms.logdet_curvature_reg = log_determinant;
  terms.logdet_regularization = log_determinant_by_degree(neighbours, coefficient);
  return log_likelihood(terms);
}

/// d log likelihood / d coefficient by its definition, with inverses.
double derivative_by_definition(const SkyPixels<>& pixels,
                                const SparseMapping<Kokkos::HostSpace>& mapping,
                                const Matrix<int>& neighbours, const Numbers& compact,
                                const Numbers& dirty) {
  const std::size_t n = mapping.sources;
  const Numbers d = data_vector_by_definition(mapping, dirty);
  Numbers a = curvature_by_definition(pixels, mapping, compact.data()), x(n, 0.0);
  const Numbers h = regularization_by_definition(neighbours, coefficient);
  for (std::size_t k = 0; k < a.size(); ++k) a[k] += h[k];
  const Numbers inverse = inverse_of(a, n), of_h = inverse_of(h, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) x[i] += inverse[i * n + j] * d[j];
  double sum = 0.0;  // coefficient^2 times the sum in brackets
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double weighed = h[i * n + j] - (i == j ? 1e-8 : 0.0);
      sum += (x[i] * x[j] + inverse[i * n + j] - of_h[i * n + j]) * weighed;
    }
  return -sum / coefficient;
}

template <class ExecutionSpace>
class Likelihood : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Likelihood(std::size_t side, std::size_t count, std::size_t sources, SolveMethod method,
             bool from_w)
      : problem_(Inversion::of(side, sources, 3)),
        key_(concat(side, "/", count, "/", sources)),
        from_w_(from_w),
        data_(visibilities(problem_->pixels.grid, count, true)),
        mesh_(plane_mesh(sources)),
        pixels_(glint::to_space(this->space, problem_->pixels)),
        mapping_(to_space(this->space, problem_->mapping)),
        neighbours_(mesh_on(this->space, mesh_)),
        sums_(this->space, pixels_),
        plan_(this->space, pixels_, sources, 3, {method}) {
    accumulate(this->space, to_space(this->space, data_), sums_);
    plan_.set_neighbours(this->space, neighbours_);
    if (!from_w) return;
    w_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::w", pixels_.size(),
                                          pixels_.size());
    w_tilde_from_compact(this->space, sums_.compact(), pixels_, w_);
  }
  void run() override {
    if (from_w_)
      evidence_ = plan_.evaluate_via_w_tilde(this->space, w_, sums_, mapping_, coefficient);
    else
      evidence_ = log_likelihood(this->space, plan_, sums_, mapping_, neighbours_, coefficient);
  }
  Numbers result() override { return {evidence_.log_likelihood}; }
  Numbers expected() override {
    return *shared<Numbers>("likelihood/" + key_, [&] {
      return Numbers{evidence_by_definition(problem_->pixels, problem_->mapping, mesh_, compact(),
                                            image_sum(problem_->pixels, data_), sums_.data_term(),
                                            sums_.noise_normalization())};
    });
  }
  std::vector<std::size_t> shape() const override { return {1}; }
  double tolerance() const override { return 1e-10; }
  Work work() override {
    Work work;
    const double s = problem_->s(), grid = static_cast<double>(sums_.compact().size());
    work.flops = problem_->nonzeros() * (problem_->m() + s) + s * s * s / 3.0 + 2.0 * s * s;
    work.read_bytes = 12.0 * problem_->nonzeros() + 40.0 * s +
                      8.0 * (from_w_ ? static_cast<double>(w_.size()) : grid);
    return work;
  }
  void inputs(Export& out) override {
    const Numbers kernel = compact(), dirty = image_sum(problem_->pixels, data_);
    const SkyGrid& grid = problem_->pixels.grid;
    out.array("compact", {grid.ny, 2 * grid.nx - 1}, kernel.data());
    export_pixels(out, problem_->pixels);
    export_table(out, problem_->mapping);
    out.array("neighbours", mesh_);
    out.array("dirty", {dirty.size()}, dirty.data());
    out.scalar("coefficient", coefficient);
    out.scalar("data_term", sums_.data_term());
    out.scalar("noise_normalization", sums_.noise_normalization());
  }

 protected:
  /// The kernel of the visibilities' weights.
  Numbers compact() const {
    UvData<> weighed = data_;
    weighed.noise_re = UvData<>::Column("glint::perf::weights", data_.size());
    for (std::size_t k = 0; k < data_.size(); ++k)
      weighed.noise_re(k) = 1.0 / (data_.noise_re(k) * data_.noise_re(k));
    return kernel_sum(problem_->pixels.grid, weighed);
  }

  std::shared_ptr<const Inversion> problem_;
  std::string key_;
  bool from_w_;
  UvData<> data_;
  Matrix<int> mesh_;
  SkyPixels<Memory> pixels_;
  SparseMapping<Memory> mapping_;
  Matrix<int, Memory> neighbours_;
  UvSums<ExecutionSpace> sums_;
  LikelihoodPlan<ExecutionSpace> plan_;
  Matrix<double, Memory> w_;
  Evidence evidence_;
};

/// Its derivative, after one evaluation.
template <class ExecutionSpace>
class Derivative : public Likelihood<ExecutionSpace> {
 public:
  Derivative(std::size_t side, std::size_t count, std::size_t sources)
      : Likelihood<ExecutionSpace>(side, count, sources, SolveMethod::automatic, false) {
    Likelihood<ExecutionSpace>::run();
  }
  void run() override { value_ = this->plan_.derivative(this->space); }
  Numbers result() override { return {value_}; }
  Numbers expected() override {
    return *shared<Numbers>("likelihood/derivative/" + this->key_, [&] {
      return Numbers{derivative_by_definition(this->problem_->pixels, this->problem_->mapping,
                                              this->mesh_, this->compact(),
                                              image_sum(this->problem_->pixels, this->data_))};
    });
  }
  double tolerance() const override {
    return 1e-6;
  }  // H is close to singular: its inverse is not
     // better than that
  Work work() override {
    Work work;
    const double s = this->problem_->s();
    work.flops = s * s * s / 3.0;
    work.read_bytes = 4.0 * s * s;
    return work;
  }

 private:
  double value_ = 0.0;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const std::string& method, std::size_t side, std::size_t count,
                       std::size_t sources, SolveMethod solve, bool from_w) {
    registry.add<Likelihood<ExecutionSpace>>(
        "likelihood", method, "double",
        {{"side", side}, {"visibilities", count}, {"sources", sources}}, 1.0, side, count, sources,
        solve, from_w);
  };
  for (const SolveMethod method :
       {SolveMethod::automatic, SolveMethod::plain, SolveMethod::library}) {
    if (method == SolveMethod::library && solve_library<ExecutionSpace>().empty()) continue;
    const std::string& name = solve_method_name(method);
    add(name, 30, 190, 716, method, false);
    add(name, 64, 10000, 1000, method, false);
    add(name, 128, 100000, 1000, method, false);
  }
  for (const auto& [side, count, sources] :
       std::initializer_list<std::array<std::size_t, 3>>{{30, 190, 716}, {64, 10000, 1000}})
    registry.add<Derivative<ExecutionSpace>>(
        "likelihood_derivative", "automatic", "double",
        {{"side", side}, {"visibilities", count}, {"sources", sources}}, 1.0, side, count, sources);
  add("w_tilde", 30, 190, 716, SolveMethod::automatic, true);
  add("w_tilde", 64, 10000, 1000, SolveMethod::automatic, true);
}

}  // namespace

void register_likelihood(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
