// SPDX-License-Identifier: BSD-3-Clause
#include <glint/evidence.hpp>
#include <glint/regularization.hpp>

#include "meshes.hpp"
#include "registry.hpp"
#include "shared.hpp"
#include "visibilities.hpp"

/// The terms of the evidence that are not a dense system: the regularization and sums over the
/// visibilities.

namespace glint::perf {
namespace {

enum class Term { matrix, add, check, log_determinant, term, chi_squared };

/// What a mesh and, for chi squared, a dense matrix give.
template <class ExecutionSpace>
class Regularization : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Regularization(Term term, std::size_t sources)
      : term_(term),
        sources_(sources),
        table_(plane_mesh(sources)),
        neighbours_(mesh_on(this->space, table_)),
        host_x_("glint::perf::x", sources) {
    Spread spread(23);
    for (std::size_t s = 0; s < sources; ++s) host_x_(s) = spread(-1.0, 2.0);
    x_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::x", sources);
    copy(this->space, x_, host_x_);
    if (term != Term::matrix && term != Term::add && term != Term::chi_squared) return;
    matrix_ =
        allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", sources, sources);
    if (term == Term::chi_squared) copy(this->space, matrix_, bump(sources));
  }
  void restore() override {
    if (term_ == Term::add) fill(this->space, matrix_, 0.0);
  }
  void run() override {
    switch (term_) {
      case Term::matrix:
        return constant_regularization(this->space, 2.0, neighbours_, matrix_);
      case Term::add:
        return add_constant_regularization(this->space, 2.0, neighbours_, matrix_);
      case Term::check:
        return check_neighbours(this->space, neighbours_);
      case Term::log_determinant:
        value_ = log_determinant_regularization(this->space, 1.0, neighbours_, workspace_);
        return;
      case Term::term:
        value_ = regularization_term(this->space, 2.0, neighbours_, x_);
        return;
      case Term::chi_squared:
        value_ = chi_squared(this->space, matrix_, x_, x_, 1.0);
        return;
    }
  }
  Numbers result() override {
    if (shape().size() == 2) return this->numbers(matrix_);
    return {term_ == Term::check ? 1.0 : value_};  // it throws, or all is well
  }
  Numbers expected() override {
    switch (term_) {
      case Term::matrix:
      case Term::add:
        return regularization_by_definition(table_, 2.0);
      case Term::check:
        return {1.0};
      case Term::log_determinant:
        return {log_determinant_by_degree(table_, 1.0)};
      default:
        return {quadratic_form()};
    }
  }
  std::vector<std::size_t> shape() const override {
    if (term_ == Term::matrix || term_ == Term::add) return {sources_, sources_};
    return {1};
  }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double s = static_cast<double>(sources_),
                 table = 4.0 * static_cast<double>(table_.size());
    work.read_bytes = term_ == Term::chi_squared ? 8.0 * s * s : table + 8.0 * s;
    if (term_ == Term::matrix) work.written_bytes = 8.0 * s * s;
    if (term_ == Term::add) work.written_bytes = 56.0 * s;  // seven non-zeros a row
    // A plane mesh has a band of some 1.5 sqrt(S).
    if (term_ == Term::log_determinant) work.flops = 2.25 * s * s;
    if (term_ == Term::chi_squared) work.flops = 2.0 * s * s;
    return work;
  }
  void inputs(Export& out) override {
    out.array("neighbours", table_);
    if (term_ == Term::term || term_ == Term::chi_squared) out.array("x", host_x_);
    out.scalar("coefficient", term_ == Term::log_determinant ? 1.0 : 2.0);
  }

 private:
  /// x^T H x, or x^T F x - 2 x^T x + 1.
  double quadratic_form() const {
    double sum = 0.0;
    if (term_ == Term::term) {
      for (std::size_t s = 0; s < sources_; ++s) {
        sum += 1e-8 * host_x_(s) * host_x_(s);
        for (std::size_t p = 0; p < table_.extent(1) && table_(s, p) >= 0; ++p) {
          const double difference = host_x_(s) - host_x_(static_cast<std::size_t>(table_(s, p)));
          sum += 0.5 * 4.0 * difference * difference;  // every pair comes twice
        }
      }
      return sum;
    }
    const Matrix<double> f = bump(sources_);
    for (std::size_t s = 0; s < sources_; ++s) {
      double row = -2.0 * host_x_(s);
      for (std::size_t t = 0; t < sources_; ++t) row += f(s, t) * host_x_(t);
      sum += host_x_(s) * row;
    }
    return 1.0 + sum;
  }

  Term term_;
  std::size_t sources_;
  Matrix<int> table_;
  Matrix<int, Memory> neighbours_;
  Vector<double> host_x_;
  Vector<double, Memory> x_;
  Matrix<double, Memory> matrix_;
  RegularizationWorkspace<ExecutionSpace> workspace_;
  double value_ = 0.0;
};

/// One pass over the visibilities.
template <class ExecutionSpace>
class VisibilitySum : public CaseOn<ExecutionSpace> {
 public:
  VisibilitySum(std::size_t count, bool logarithms)
      : logarithms_(logarithms),
        host_(visibilities({30, 30, 0.2}, count, false)),
        data_(to_space(this->space, host_)) {}
  void run() override {
    value_ = logarithms_ ? noise_normalization(this->space, data_) : data_term(this->space, data_);
  }
  Numbers result() override { return {value_}; }
  Numbers expected() override {
    long double sum = 0.0L;
    for (std::size_t k = 0; k < host_.size(); ++k) {
      const double sr = host_.noise_re(k), si = host_.noise_im(k);
      if (logarithms_)
        sum += std::log(2.0 * constants::pi * sr * sr) + std::log(2.0 * constants::pi * si * si);
      else
        sum += host_.re(k) * host_.re(k) / (sr * sr) + host_.im(k) * host_.im(k) / (si * si);
    }
    return {static_cast<double>(sum)};
  }
  std::vector<std::size_t> shape() const override { return {1}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    work.read_bytes = (logarithms_ ? 16.0 : 32.0) * static_cast<double>(host_.size());
    work.evaluations = static_cast<double>(host_.size());
    return work;
  }
  void inputs(Export& out) override { export_visibilities(out, host_); }

 private:
  bool logarithms_;
  UvData<> host_;
  UvData<typename ExecutionSpace::memory_space> data_;
  double value_ = 0.0;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const std::string& operation, Term term,
                       std::initializer_list<std::size_t> sizes, bool matrix) {
    for (const std::size_t sources : sizes)
      registry.add<Regularization<ExecutionSpace>>(
          operation, "automatic", "double", {{"sources", sources}},
          matrix ? static_cast<double>(sources * sources) : 1.0, term, sources);
  };
  add("constant_regularization", Term::matrix, {716, 1000, 4000}, true);
  add("add_constant_regularization", Term::add, {716, 1000, 4000}, true);
  add("check_neighbours", Term::check, {716, 1000, 20000}, false);
  add("log_determinant_regularization", Term::log_determinant, {716, 1000, 20000}, false);
  add("regularization_term", Term::term, {716, 1000, 20000}, false);
  add("chi_squared", Term::chi_squared, {716, 1000, 4000}, false);
  for (const std::size_t count : {190, 10000, 1000000})
    for (const bool logarithms : {false, true})
      registry.add<VisibilitySum<ExecutionSpace>>(logarithms ? "noise_normalization" : "data_term",
                                                  "automatic", "double", {{"visibilities", count}},
                                                  1.0, count, logarithms);
}

}  // namespace

void register_evidence(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
