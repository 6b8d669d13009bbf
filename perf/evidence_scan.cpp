// SPDX-License-Identifier: BSD-3-Clause
#include <glint/constants.hpp>
#include <glint/evidence_scan.hpp>

#include "meshes.hpp"
#include "registry.hpp"
#include "shared.hpp"

/// The evidence for many coefficients from one factorization, and the parts of that.

namespace glint::perf {
namespace {

/// Eigenvalues and vectors of min(i, j), i and j from 1: values 1/(4 sin^2((k - 1/2) pi/(2 n +
/// 1))).
template <class ExecutionSpace>
class Eigen : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Eigen(std::size_t size, SolveMethod method) : size_(size), plan_(this->space, size, {method}) {
    host_ = Matrix<double>("glint::perf::host", size, size);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j) host_(i, j) = static_cast<double>(std::min(i, j) + 1);
    matrix_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", size, size);
    values_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::values", size);
  }
  void restore() override { copy(this->space, matrix_, host_); }
  void run() override { plan_.decompose(this->space, matrix_, values_); }
  Numbers result() override { return this->numbers(values_); }
  Numbers expected() override {
    Numbers values;
    for (std::size_t k = size_; k > 0; --k) {
      const double sine = std::sin((static_cast<double>(k) - 0.5) * constants::pi /
                                   (2.0 * static_cast<double>(size_) + 1.0));
      values.push_back(0.25 / (sine * sine));
    }
    return values;
  }
  std::vector<std::size_t> shape() const override { return {size_}; }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    const double n = static_cast<double>(size_);
    work.flops = 14.0 / 3.0 * n * n * n;  // to three diagonals and back, and little in between
    work.read_bytes = 4.0 * n * n;
    work.written_bytes = 8.0 * n * n;
    return work;
  }
  void inputs(Export& out) override { out.array("matrix", host_); }

 private:
  std::size_t size_;
  SymmetricEigenPlan<ExecutionSpace> plan_;
  Matrix<double> host_;
  Matrix<double, Memory> matrix_;
  Vector<double, Memory> values_;
};

/// V = U^-T; compared is V^T V 1 = A^-1 1.
template <class ExecutionSpace>
class Inverse : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  explicit Inverse(std::size_t size) : size_(size), host_(bump(size)) {
    u_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::u", size, size);
    v_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::v", size, size);
    copy(this->space, u_, host_);
    CholeskyPlan<ExecutionSpace>(this->space, size).factor(this->space, u_);
  }
  void run() override { inverse_factor(this->space, u_, v_, workspace_); }
  Numbers result() override {
    const Numbers v = this->numbers(v_);
    Numbers x(size_, 0.0);
    for (std::size_t i = 0; i < size_; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < size_; ++j) sum += v[i * size_ + j];
      for (std::size_t j = 0; j < size_; ++j) x[j] += sum * v[i * size_ + j];
    }
    return x;
  }
  Numbers expected() override {
    return *shared<Numbers>(concat("solve/", size_),
                            [&] { return solve_by_gradients(host_, Numbers(size_, 1.0)); });
  }
  std::vector<std::size_t> shape() const override { return {size_}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double n = static_cast<double>(size_);
    work.flops = n * n * n / 3.0;
    work.read_bytes = 4.0 * n * n;
    work.written_bytes = 8.0 * n * n;
    return work;
  }
  void inputs(Export& out) override { out.array("matrix", host_); }

 private:
  std::size_t size_;
  Matrix<double> host_;
  Matrix<double, Memory> u_, v_;
  InverseFactorWorkspace<ExecutionSpace> workspace_;
};

enum class ScanStep { prepare, evaluate, slope };

/// F a dense matrix, D ones, a plane mesh: log likelihoods at the coefficients that are asked for.
template <class ExecutionSpace>
class Scan : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Scan(std::size_t size, ScanStep step, SolveMethod method)
      : size_(size),
        step_(step),
        host_(bump(size)),
        table_(plane_mesh(size)),
        scan_(this->space, size, {method}) {
    matrix_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", size, size);
    ones_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::ones", size);
    copy(this->space, matrix_, host_);
    fill(this->space, ones_, 1.0);
    for (std::size_t c = 0; c < (step == ScanStep::evaluate ? 16U : 1U); ++c)
      coefficients_.push_back(0.3 * std::pow(1.2, static_cast<double>(c)));
    scan_.set_neighbours(this->space, mesh_on(this->space, table_));
    prepare();
  }
  void run() override {
    if (step_ == ScanStep::prepare) prepare();
    if (step_ == ScanStep::evaluate) scan_.evaluate(this->space, coefficients_, terms_);
    if (step_ == ScanStep::slope) slope_ = scan_.slope(coefficients_[0]);
  }
  Numbers result() override {
    if (step_ != ScanStep::evaluate) return {scan_.slope(coefficients_[0]).log_likelihood};
    Numbers values;
    for (const Evidence& terms : terms_) values.push_back(terms.log_likelihood);
    return values;
  }
  Numbers expected() override {
    return *shared<Numbers>(concat("scan/", size_, "/", coefficients_.size()), [&] {
      Numbers values;
      for (const double c : coefficients_) values.push_back(by_definition(c));
      return values;
    });
  }
  std::vector<std::size_t> shape() const override { return {coefficients_.size()}; }
  double tolerance() const override { return 1e-11; }
  Work work() override {
    Work work;
    const double n = static_cast<double>(size_);
    if (step_ == ScanStep::prepare) work.flops = (14.0 / 3.0 + 4.0) * n * n * n;
    if (step_ == ScanStep::evaluate)
      work.flops = 2.0 * n * n * static_cast<double>(coefficients_.size());
    if (step_ == ScanStep::slope) work.flops = 6.75 * n * n;  // three eliminations in the mesh
    work.read_bytes = step_ == ScanStep::slope ? 16.0 * n : 8.0 * n * n;
    return work;
  }
  void inputs(Export& out) override {
    out.array("matrix", host_);
    out.array("neighbours", table_);
    out.array("coefficients", {coefficients_.size()}, coefficients_.data());
  }

 private:
  void prepare() { scan_.prepare(this->space, matrix_, ones_, 1e3, 0.0, 1.0); }

  double by_definition(double coefficient) const {
    const std::size_t n = size_;
    const Numbers h = regularization_by_definition(table_, coefficient);
    const Matrix<double> a("glint::perf::a", n, n);
    for (std::size_t k = 0; k < n * n; ++k) a.data()[k] = host_.data()[k] + h[k];
    double explained = 0.0, log_determinant = 0.0;
    for (const double x : solve_by_gradients(a, Numbers(n, 1.0))) explained += x;
    Numbers l(n * n);  // Cholesky row by row: products of finished rows
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = a(i, j);
        for (std::size_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
        l[i * n + j] = i == j ? std::sqrt(sum) : sum / l[j * n + j];
        if (i == j) log_determinant += std::log(sum);
      }
    return -0.5 *
           (1e3 - explained + log_determinant - log_determinant_by_degree(table_, coefficient));
  }

  std::size_t size_;
  ScanStep step_;
  Matrix<double> host_;
  Matrix<int> table_;
  EvidenceScan<ExecutionSpace> scan_;
  Matrix<double, Memory> matrix_;
  Vector<double, Memory> ones_;
  std::vector<double> coefficients_;
  std::vector<Evidence> terms_;
  LikelihoodSlope slope_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const SolveMethod method : {SolveMethod::plain, SolveMethod::library}) {
    const bool library = method == SolveMethod::library;
    if (library && solve_library<ExecutionSpace>().empty()) continue;
    const std::string name = solve_method_name(method);
    for (const std::size_t size : {100, 716, 1000}) {
      if (!library && size > 100) continue;  // Jacobi's method is for checking
      const double n = static_cast<double>(size);
      const Arguments sources{{"sources", size}};
      registry.add<Eigen<ExecutionSpace>>("symmetric_eigen", name, "double", sources, n, size,
                                          method);
      registry.add<Scan<ExecutionSpace>>("evidence_scan_prepare", name, "double", sources, 1.0,
                                         size, ScanStep::prepare, method);
    }
  }
  for (const std::size_t size : {100, 716, 1000}) {
    const double n = static_cast<double>(size);
    const Arguments sources{{"sources", size}};
    registry.add<Inverse<ExecutionSpace>>("inverse_factor", "automatic", "double", sources, n,
                                          size);
    registry.add<Scan<ExecutionSpace>>("evidence_scan_evaluate", "automatic", "double", sources,
                                       16.0, size, ScanStep::evaluate, SolveMethod::automatic);
    registry.add<Scan<ExecutionSpace>>("evidence_scan_slope", "automatic", "double", sources, 1.0,
                                       size, ScanStep::slope, SolveMethod::automatic);
  }
}

}  // namespace

void register_evidence_scan(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
