// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OUTPUTS_HPP
#define GLINT_OUTPUTS_HPP

#include <deque>
#include <glint/interferometry_io.hpp>
#include <glint/omega.hpp>

#include "gather.hpp"
#include "inversion.hpp"

/// The outputs asked for, kept on the host until they are written.
class Outputs {
 public:
  explicit Outputs(const Options& options) : options_(options) {}

  bool wants(const std::string& name) const { return options_.wants(name); }

  template <class MemorySpace>
  void add(const std::string& name, const glint::Matrix<double, MemorySpace>& matrix) {
    if (!wants(name)) return;
    matrices_.push_back(Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), matrix));
    list_.push_back({name, {matrix.extent(0), matrix.extent(1)}, matrices_.back().data()});
  }
  template <class MemorySpace>
  void add(const std::string& name, const glint::Vector<double, MemorySpace>& vector) {
    if (!wants(name)) return;
    vectors_.push_back(Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), vector));
    list_.push_back({name, {vector.extent(0)}, vectors_.back().data()});
  }
  void add(const std::string& name, double number) {
    if (!wants(name)) return;
    numbers_.push_back(number);
    list_.push_back({name, {}, &numbers_.back()});
  }
  void add(const std::string& name, const std::vector<double>& values) {
    if (!wants(name)) return;
    copies_.push_back(values);
    list_.push_back({name, {values.size()}, copies_.back().data()});
  }

  const std::vector<glint::ReconstructionOutput>& list() const { return list_; }

 private:
  const Options& options_;
  std::deque<glint::Matrix<double>> matrices_;
  std::deque<glint::Vector<double>> vectors_;
  std::deque<double> numbers_;
  std::deque<std::vector<double>> copies_;
  std::vector<glint::ReconstructionOutput> list_;
};

/// Everything that follows from the sums over visibilities alone.
template <class ExecutionSpace>
void add_sums(const ExecutionSpace& space, const Gathered<ExecutionSpace>& gathered,
              bool with_dense, Outputs& outputs) {
  const auto& sums = gathered.sums;
  const glint::SkyGrid& grid = sums.grid();
  outputs.add("w_compact", sums.compact());
  if (outputs.wants("w_hankel")) {
    const auto zero = make_matrix(space, "w_hankel", grid.ny, 2 * grid.nx - 1);
    glint::fill(space, zero, 0.0);
    outputs.add("w_hankel", sums.has_hankel() ? sums.hankel() : zero);
  }
  if (outputs.wants("w_preload")) {
    const auto preload = make_matrix(space, "w_preload", 2 * grid.ny, 2 * grid.nx);
    glint::w_preload(space, grid, sums.compact(), preload);
    outputs.add("w_preload", preload);
  }
  if (with_dense && outputs.wants("w_tilde")) outputs.add("w_tilde", dense_w(space, sums));
  outputs.add("w_tilde_data", gathered.w_tilde_data);
  outputs.add("dirty_image", sums.dirty_image());
}

/// Everything that depends on the lens model.
template <class ExecutionSpace>
void add_model(const ExecutionSpace& space, const Gathered<ExecutionSpace>& gathered,
               const Model<ExecutionSpace>& model, double coefficient, bool with_dense,
               CurvatureRoute route, Outputs& outputs) {
  const auto& sums = gathered.sums;
  const std::size_t pixels = model.mapping.pixels, sources = model.mapping.sources;
  if (outputs.wants("mapping_matrix")) {
    const auto matrix = make_matrix(space, "mapping_matrix", pixels, sources);
    glint::mapping_matrix(space, model.mapping, matrix);
    outputs.add("mapping_matrix", matrix);
  }
  if (with_dense && outputs.wants("omega")) {
    const auto omega = make_matrix(space, "omega", pixels, sources);
    glint::OmegaWorkspace<ExecutionSpace> workspace;
    if (sums.has_hankel())
      glint::omega(space, sums.compact(), sums.hankel(), model.pixels, model.mapping, omega,
                   workspace);
    else
      glint::omega(space, sums.compact(), model.pixels, model.mapping, omega, workspace);
    outputs.add("omega", omega);
    glint::compat::fence(space, "reconstruct_source::omega");  // before the workspace goes
  }
  if (gathered.exact)
    outputs.add("curvature_matrix_exact", curvature_matrix(space, route, *gathered.exact, model));
  for (const auto& [name, c] : {std::pair{"regularization_matrix", coefficient},
                                std::pair{"regularization_matrix_unit", 1.0}})
    if (outputs.wants(name)) {
      const auto matrix = make_matrix(space, name, sources, sources);
      glint::constant_regularization(space, c, model.neighbours, matrix);
      outputs.add(name, matrix);
    }
}

/// What the solution is.
template <class ExecutionSpace, class MatrixView>
void add_solution(const Solution<ExecutionSpace>& solution, const MatrixView& curvature,
                  bool curvature_is_exact, Outputs& outputs) {
  outputs.add("curvature_matrix", curvature);
  if (curvature_is_exact) outputs.add("curvature_matrix_exact", curvature);
  outputs.add("data_vector", solution.data_vector);
  outputs.add("reconstruction", solution.source);
  const glint::Evidence& terms = solution.evidence;
  outputs.add("chi_squared", terms.chi_squared);
  outputs.add("regularization_term", terms.regularization_term);
  outputs.add("data_term", terms.data_term);
  outputs.add("noise_normalization", terms.noise_normalization);
  outputs.add("logdet_curvature_reg", terms.logdet_curvature_reg);
  outputs.add("logdet_regularization", terms.logdet_regularization);
  outputs.add("log_likelihood", terms.log_likelihood);
}

#endif
