// SPDX-License-Identifier: BSD-3-Clause
#include <glint/data_vector.hpp>
#include <glint/mapping.hpp>
#include <glint/omega.hpp>

#include "inversions.hpp"
#include "registry.hpp"

/// The mapping, and what is multiplied by it. Making it is limited by the memory of the table, the
/// dense matrices by writing them, Omega by nnz M multiply-adds.

namespace glint::perf {
namespace {

enum class Step { assign, transpose, mapping_matrix, data_vector, omega, transpose_product };

template <class ExecutionSpace>
class Mapping : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Mapping(Step step, std::size_t side, std::size_t sources, std::size_t width)
      : step_(step),
        problem_(Inversion::of(side, sources, width)),
        pixels_(glint::to_space(this->space, problem_->pixels)),
        mapping_(make_mapping(this->space, problem_->pixels.size(), sources, width)) {
    const std::size_t m = problem_->pixels.size();
    const auto table = [&](auto& matrix, const auto& list) {
      using Table = std::decay_t<decltype(matrix)>;
      matrix = allocate<Table>(this->space, "glint::perf::table", m, width);
      copy(this->space, matrix, Matrix<typename Table::value_type>(list.data(), m, width));
    };
    table(indexes_, problem_->mapping.columns);
    table(weights_, problem_->mapping.values);
    kernel_ =
        allocate<Matrix<double, Memory>>(this->space, "glint::perf::kernel", side, 2 * side - 1);
    copy(this->space, kernel_, problem_->kernel);
    assign_mapping(this->space, indexes_, weights_, mapping_, workspace_);
    glint::transpose(this->space, mapping_, by_source_);
    if (step == Step::mapping_matrix || step == Step::omega || step == Step::transpose_product)
      matrix_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::matrix", m, sources);
    if (step == Step::transpose_product) {
      glint::omega(this->space, kernel_, pixels_, mapping_, matrix_, omega_);
      product_ =
          allocate<Matrix<double, Memory>>(this->space, "glint::perf::product", sources, sources);
    }
    dirty_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::dirty", m);
    host_dirty_ = Vector<double>("glint::perf::dirty", m);
    Spread spread(17);
    for (std::size_t k = 0; k < m; ++k) host_dirty_(k) = spread(-1.0, 1.0);
    copy(this->space, dirty_, host_dirty_);
    vector_ = allocate<Vector<double, Memory>>(this->space, "glint::perf::vector", sources);
  }
  void run() override {
    switch (step_) {
      case Step::assign:
        return assign_mapping(this->space, indexes_, weights_, mapping_, workspace_);
      case Step::transpose:
        return glint::transpose(this->space, mapping_, by_source_);
      case Step::mapping_matrix:
        assign_mapping(this->space, indexes_, weights_, mapping_, workspace_);
        return glint::mapping_matrix(this->space, mapping_, matrix_);
      case Step::data_vector:
        return glint::data_vector(this->space, by_source_, dirty_, vector_);
      case Step::omega:
        return glint::omega(this->space, kernel_, pixels_, mapping_, matrix_, omega_);
      case Step::transpose_product:
        return glint::transpose_product(this->space, by_source_, matrix_, product_);
    }
  }

  /// A mapping is checked by its data vector.
  Numbers result() override {
    if (step_ == Step::mapping_matrix || step_ == Step::omega) return this->numbers(matrix_);
    if (step_ == Step::transpose_product) return this->numbers(product_);
    if (step_ == Step::assign) glint::transpose(this->space, mapping_, by_source_);
    if (step_ != Step::data_vector) glint::data_vector(this->space, by_source_, dirty_, vector_);
    return this->numbers(vector_);
  }
  Numbers expected() override {
    const auto& mapping = problem_->mapping;
    const std::size_t m = mapping.pixels, s = mapping.sources;
    if (step_ == Step::transpose_product)
      return curvature_by_definition(problem_->pixels, mapping, problem_->kernel.data());
    Numbers all(static_cast<std::size_t>(elements()), 0.0);
    if (step_ == Step::omega) {
      for_each_response(problem_->pixels, mapping, problem_->kernel.data(), nullptr,
                        [&](std::size_t source, const auto& response) {
                          for (std::size_t k = 0; k < m; ++k)
                            all[k * s + source] = response[frame_index(k)];
                        });
      return all;
    }
    for (std::size_t k = 0; k < m; ++k)
      for (int e = mapping.offsets(k); e < mapping.offsets(k + 1); ++e) {
        const auto source = static_cast<std::size_t>(mapping.columns(e));
        if (step_ == Step::mapping_matrix)
          all[k * s + source] += mapping.values(e);
        else
          all[source] += mapping.values(e) * host_dirty_(k);
      }
    return all;
  }
  std::vector<std::size_t> shape() const override {
    const std::size_t m = problem_->mapping.pixels, s = problem_->mapping.sources;
    if (step_ == Step::mapping_matrix || step_ == Step::omega) return {m, s};
    if (step_ == Step::transpose_product) return {s, s};
    return {s};
  }
  double tolerance() const override { return 1e-13; }
  Work work() override {
    Work work;
    const double entries = problem_->nonzeros(), m = problem_->m(), s = problem_->s();
    work.read_bytes = 12.0 * entries;
    switch (step_) {
      case Step::assign:
      case Step::transpose:
        work.written_bytes = 12.0 * entries;
        break;
      case Step::mapping_matrix:
        work.written_bytes = 8.0 * m * s;
        break;
      case Step::data_vector:
        work.flops = 2.0 * entries;
        work.read_bytes += 8.0 * m;
        work.written_bytes = 8.0 * s;
        break;
      case Step::omega:
        work.flops = 2.0 * entries * m;
        work.written_bytes = 8.0 * m * s;
        break;
      case Step::transpose_product:
        work.flops = 2.0 * entries * s;
        work.read_bytes += 8.0 * m * s;
        work.written_bytes = 8.0 * s * s;
        break;
    }
    work.evaluations = entries;
    return work;
  }
  void inputs(Export& out) override {
    export_table(out, problem_->mapping);
    if (step_ == Step::omega || step_ == Step::transpose_product) {
      out.array("compact", problem_->kernel);
      export_pixels(out, problem_->pixels);
    } else if (step_ != Step::mapping_matrix) {
      out.array("dirty", host_dirty_);
    }
  }

 private:
  double elements() const {
    double product = 1.0;
    for (const std::size_t extent : shape()) product *= static_cast<double>(extent);
    return product;
  }
  std::size_t frame_index(std::size_t k) const {
    const SkyPixels<>& pixels = problem_->pixels;
    return static_cast<std::size_t>(pixels.row(k)) * pixels.grid.nx +
           static_cast<std::size_t>(pixels.column(k));
  }

  Step step_;
  std::shared_ptr<const Inversion> problem_;
  SkyPixels<Memory> pixels_;
  SparseMapping<Memory> mapping_;
  SourceMapping<Memory> by_source_;
  MappingWorkspace<ExecutionSpace> workspace_;
  OmegaWorkspace<ExecutionSpace> omega_;
  Matrix<int, Memory> indexes_;
  Matrix<double, Memory> weights_, kernel_, matrix_, product_;
  Vector<double, Memory> dirty_, vector_;
  Vector<double> host_dirty_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  constexpr std::size_t sizes[][3] = {{30, 716, 3}, {30, 716, 300}, {64, 1000, 3}, {128, 1000, 3}};
  for (const auto& [side, sources, width] : sizes) {
    const std::size_t m = circle(side).size();
    const auto s = static_cast<double>(sources), ms = static_cast<double>(m) * s;
    const auto add = [&, side = side, sources = sources, width = width](
                         const std::string& operation, const std::string& method, Step step,
                         double elements) {
      registry.add<Mapping<ExecutionSpace>>(
          operation, method, "double", {{"side", side}, {"sources", sources}, {"width", width}},
          elements, step, side, sources, width);
    };
    add("assign_mapping", "automatic", Step::assign, s);
    add("transpose", "automatic", Step::transpose, s);
    add("mapping_matrix", "automatic", Step::mapping_matrix, ms);
    add("data_vector", "automatic", Step::data_vector, s);
    add("omega", "automatic", Step::omega, ms);
    add("transpose_product", "automatic", Step::transpose_product, s * s);
  }
}

}  // namespace

void register_mapping(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
