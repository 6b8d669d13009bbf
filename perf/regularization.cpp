// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/adaptive_regularization.hpp>
#include <glint/mesh_regularization.hpp>

#include "inversions.hpp"
#include "meshes.hpp"
#include "registry.hpp"
#include "shared.hpp"

/// Regularization by the edges of a mesh, and strengths that follow the brightness. Needed is a
/// look at every edge; for the determinant see evidence.cpp.

namespace glint::perf {
namespace {

enum class Form { assign, apply, matrix, add, term, log_determinant };

/// A plane mesh with strengths that differ.
template <class ExecutionSpace>
class Mesh : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Mesh(Form form, std::size_t sources)
      : form_(form), sources_(sources), table_(plane_mesh(sources)), strengths_(sources) {
    Spread spread(29);
    host_x_ = Numbers(sources);
    for (std::size_t s = 0; s < sources; ++s) {
      strengths_[s] = form == Form::log_determinant ? 0.5 : spread(0.1, 2.0);
      host_x_[s] = spread(-1.0, 2.0);
    }
    neighbours_ = mesh_on(this->space, table_);
    q_ = vector("glint::perf::strengths", strengths_);
    x_ = vector("glint::perf::x", host_x_);
    y_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::y", sources);
    if (dense())
      matrix_ =
          allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", sources, sources);
    assign_regularization(this->space, neighbours_, q_, h_);
  }
  void restore() override {
    if (form_ == Form::add) fill(this->space, matrix_, 0.0);
  }
  void run() override {
    switch (form_) {
      case Form::assign:
        return assign_regularization(this->space, neighbours_, q_, h_);
      case Form::apply:
        return apply_regularization(this->space, h_, x_, y_);
      case Form::matrix:
        return regularization_matrix(this->space, h_, matrix_);
      case Form::add:
        return add_regularization_matrix(this->space, h_, matrix_);
      case Form::term:
        value_ = regularization_term(this->space, h_, x_);
        return;
      case Form::log_determinant:
        value_ = log_determinant(this->space, h_, workspace_);
        return;
    }
  }
  Numbers result() override {
    if (dense()) return this->numbers(matrix_);
    if (form_ == Form::term || form_ == Form::log_determinant) return {value_};
    if (form_ == Form::assign) apply_regularization(this->space, h_, x_, y_);  // shows that it is H
    return this->numbers(y_);
  }
  Numbers expected() override {
    if (form_ == Form::log_determinant) return {log_determinant_by_degree(table_, 1.0)};
    if (dense()) {
      Numbers h(sources_ * sources_, 0.0);
      for_each_entry(
          [&](std::size_t s, std::size_t t, double value) { h[s * sources_ + t] += value; });
      return h;
    }
    Numbers y(sources_, 0.0);
    for_each_entry([&](std::size_t s, std::size_t t, double value) { y[s] += value * host_x_[t]; });
    if (form_ != Form::term) return y;
    double sum = 0.0;
    for (std::size_t s = 0; s < sources_; ++s) sum += host_x_[s] * y[s];
    return {sum};
  }
  std::vector<std::size_t> shape() const override {
    if (dense()) return {sources_, sources_};
    return {form_ == Form::term || form_ == Form::log_determinant ? 1 : sources_};
  }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    const double s = static_cast<double>(sources_),
                 table = 4.0 * static_cast<double>(table_.size());
    work.read_bytes = table + 16.0 * s;
    if (form_ == Form::assign) work.written_bytes = work.read_bytes;
    if (form_ == Form::apply) work.written_bytes = 8.0 * s;
    if (form_ == Form::matrix) work.written_bytes = 8.0 * s * s;
    if (form_ == Form::add) work.written_bytes = 56.0 * s;  // seven non-zeros a row
    if (form_ == Form::log_determinant) work.flops = 2.25 * s * s;
    return work;
  }
  void inputs(Export& out) override {
    out.array("neighbours", table_);
    out.array("strengths", {sources_}, strengths_.data());
    out.array("x", {sources_}, host_x_.data());
  }

 private:
  bool dense() const { return form_ == Form::matrix || form_ == Form::add; }

  Vector<double, Memory> vector(const char* label, const Numbers& host) const {
    const auto there = allocate<Vector<double, Memory>>(this->space, label, host.size());
    copy(this->space, there,
         Kokkos::View<const double*, Kokkos::HostSpace>(host.data(), host.size()));
    return there;
  }
  /// Calls action(s, t, value) with what adds up to H(s, t).
  template <class Action>
  void for_each_entry(const Action& action) const {
    for (std::size_t s = 0; s < sources_; ++s) {
      action(s, s, 1e-8);
      for (std::size_t p = 0; p < table_.extent(1) && table_(s, p) >= 0; ++p) {
        const auto t = static_cast<std::size_t>(table_(s, p));
        const double weight = strengths_[s] + strengths_[t];
        action(s, s, weight);
        action(s, t, -weight);
      }
    }
  }

  Form form_;
  std::size_t sources_;
  Matrix<int> table_;
  Numbers strengths_, host_x_;
  Matrix<int, Memory> neighbours_;
  Vector<double, Memory> q_, x_, y_;
  Matrix<double, Memory> matrix_;
  MeshRegularization<Memory> h_;
  MeshWorkspace<ExecutionSpace> workspace_;
  double value_ = 0.0;
};

/// From an image of the lensed source to its signals, or from those to strengths.
template <class ExecutionSpace>
class Adaptive : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Adaptive(std::size_t side, std::size_t sources, bool strengths)
      : problem_(Inversion::of(side, sources, 3)), strengths_(strengths) {
    const std::size_t m = problem_->pixels.size();
    host_image_ = Vector<double>("glint::perf::image", m);
    for (std::size_t k = 0; k < m; ++k)
      host_image_(k) = 1.0 + std::sin(0.01 * static_cast<double>(k));
    image_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::image", m);
    copy(this->space, image_, host_image_);
    signals_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::signals", sources);
    q_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::q", sources);
    transpose(this->space, to_space(this->space, problem_->mapping), by_source_);
    source_signals(this->space, by_source_, image_, 0.5, signals_);
  }
  void run() override {
    if (strengths_) return adaptive_strengths(this->space, signals_, 2.0, 0.5, q_);
    source_signals(this->space, by_source_, image_, 0.5, signals_);
  }
  Numbers result() override { return this->numbers(strengths_ ? q_ : signals_); }
  Numbers expected() override {
    const SparseMapping<Kokkos::HostSpace>& mapping = problem_->mapping;
    Numbers sum(mapping.sources, 0.0), count(mapping.sources, 0.0);
    for (std::size_t m = 0; m < mapping.pixels; ++m)
      for (int k = mapping.offsets(m); k < mapping.offsets(m + 1); ++k) {
        const auto s = static_cast<std::size_t>(mapping.columns(k));
        sum[s] += mapping.values(k) * host_image_(m);
        count[s] += 1.0;
      }
    double largest = 0.0;
    for (std::size_t s = 0; s < sum.size(); ++s) {
      sum[s] = count[s] > 0.0 ? std::max(0.0, sum[s] / count[s]) : 0.0;
      largest = std::max(largest, sum[s]);
    }
    for (double& value : sum) {
      value = std::sqrt(value / largest);
      if (strengths_) value = std::pow(2.0 * value + 0.5 * (1.0 - value), 4.0);
    }
    return sum;
  }
  std::vector<std::size_t> shape() const override { return {signals_.extent(0)}; }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    const double s = problem_->s();
    work.read_bytes = strengths_ ? 8.0 * s : 12.0 * problem_->nonzeros() + 8.0 * problem_->m();
    work.written_bytes = 8.0 * s;
    if (!strengths_) work.exps = s;
    return work;
  }
  void inputs(Export& out) override {
    export_table(out, problem_->mapping);
    out.array("image", host_image_);
  }

 private:
  std::shared_ptr<const Inversion> problem_;
  bool strengths_;
  Vector<double> host_image_;
  Vector<double, Memory> image_, signals_, q_;
  SourceMapping<Memory> by_source_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  const auto add = [&](const char* operation, Form form, std::size_t largest) {
    for (const std::size_t sources : {std::size_t(716), std::size_t(1000), largest}) {
      const bool dense = form == Form::matrix || form == Form::add;
      const bool scalar = form == Form::term || form == Form::log_determinant;
      const double elements = static_cast<double>(scalar ? 1 : dense ? sources * sources : sources);
      registry.add<Mesh<ExecutionSpace>>(operation, "automatic", "double", {{"sources", sources}},
                                         elements, form, sources);
    }
  };
  add("assign_regularization", Form::assign, 20000);
  add("apply_regularization", Form::apply, 20000);
  add("regularization_matrix", Form::matrix, 4000);
  add("add_regularization_matrix", Form::add, 4000);
  add("mesh_regularization_term", Form::term, 20000);
  add("mesh_log_determinant", Form::log_determinant, 20000);
  for (const auto& [side, sources] :
       {std::pair<std::size_t, std::size_t>{30, 716}, {64, 1000}, {128, 1000}})
    for (const bool strengths : {false, true})
      registry.add<Adaptive<ExecutionSpace>>(
          strengths ? "adaptive_strengths" : "source_signals", "automatic", "double",
          {{"side", side}, {"sources", sources}}, static_cast<double>(sources), side, sources,
          strengths);
}

}  // namespace

void register_regularization(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
