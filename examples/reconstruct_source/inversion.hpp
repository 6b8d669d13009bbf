// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INVERSION_HPP
#define GLINT_INVERSION_HPP

#include <glint/curvature.hpp>
#include <glint/data_vector.hpp>
#include <glint/dense_solve.hpp>
#include <glint/evidence.hpp>
#include <glint/evidence_scan.hpp>
#include <glint/mapping.hpp>
#include <glint/regularization.hpp>
#include <glint/uv_sums.hpp>
#include <glint/w_curvature.hpp>
#include <glint/w_tilde.hpp>

#include "options.hpp"

/// The lens model of a data set in the memory of a space.
template <class ExecutionSpace>
struct Model {
  using Memory = typename ExecutionSpace::memory_space;

  glint::SkyPixels<Memory> pixels;
  glint::SparseMapping<Memory> mapping;
  glint::Matrix<std::int64_t, Memory> neighbours;
};

/// A dense matrix whose values are not initialised.
template <class ExecutionSpace>
glint::Matrix<double, typename ExecutionSpace::memory_space> make_matrix(
    const ExecutionSpace& space, const std::string& name, std::size_t rows, std::size_t columns) {
  return glint::allocate<glint::Matrix<double, typename ExecutionSpace::memory_space>>(
      space, "reconstruct_source::" + name, rows, columns);
}

/// W, (M, M).
template <class ExecutionSpace>
auto dense_w(const ExecutionSpace& space, const glint::UvSums<ExecutionSpace>& sums) {
  const std::size_t count = sums.pixels().size();
  const auto w = make_matrix(space, "w_tilde", count, count);
  glint::w_tilde_from_compact(space, sums.compact(), sums.pixels(), w);
  if (sums.has_hankel()) glint::add_hankel(space, sums.hankel(), sums.pixels(), w);
  return w;
}

/// F, (S, S), by the route asked for.
template <class ExecutionSpace>
auto curvature_matrix(const ExecutionSpace& space, CurvatureRoute route,
                      const glint::UvSums<ExecutionSpace>& sums,
                      const Model<ExecutionSpace>& model) {
  const std::size_t sources = model.mapping.sources;
  const auto curvature = make_matrix(space, "curvature", sources, sources);
  glint::WCurvatureWorkspace<ExecutionSpace> workspace;
  if (route == CurvatureRoute::dense) {
    glint::curvature_from_w(space, dense_w(space, sums), model.mapping, curvature,
                            glint::WCurvatureOptions(), workspace);
  } else if (route == CurvatureRoute::products && sums.has_hankel()) {
    glint::curvature_from_compact_products(space, sums.compact(), sums.hankel(), model.pixels,
                                           model.mapping, curvature, workspace);
  } else if (route == CurvatureRoute::products) {
    glint::curvature_from_compact_products(space, sums.compact(), model.pixels, model.mapping,
                                           curvature, workspace);
  } else {
    glint::CurvaturePlan<ExecutionSpace> plan(space, model.pixels, sources, model.mapping.width);
    if (sums.has_hankel())
      plan.execute(space, sums.compact(), sums.hankel(), model.mapping, curvature);
    else
      plan.execute(space, sums.compact(), model.mapping, curvature);
    glint::compat::fence(space, "reconstruct_source::curvature");  // before the plan's memory goes
  }
  glint::compat::fence(space, "reconstruct_source::curvature");
  return curvature;
}

/// The coefficient with the largest log likelihood, from a thousandth to a thousand times `start`.
/// Synchronous.
template <class ExecutionSpace, class MatrixView>
glint::BestCoefficient find_coefficient(const ExecutionSpace& space, double start,
                                        const glint::UvSums<ExecutionSpace>& sums,
                                        const Model<ExecutionSpace>& model,
                                        const MatrixView& curvature) {
  const std::size_t sources = model.mapping.sources;
  const auto data_vector =
      glint::allocate<glint::Vector<double, typename ExecutionSpace::memory_space>>(
          space, "reconstruct_source::data_vector", sources);
  glint::data_vector(space, model.mapping, sums.dirty_image(), data_vector);
  glint::EvidenceScan<ExecutionSpace> scan(space, sources);
  scan.set_neighbours(space, model.neighbours);
  const auto search = [&](double reference, double low, double high) {
    scan.prepare(space, curvature, data_vector, sums.data_term(), sums.noise_normalization(),
                 reference);
    return scan.best(low, high);
  };
  const glint::BestCoefficient rough = search(start, 1e-3 * start, 1e3 * start);
  if (!rough.inside) return rough;
  // Once more from there: a factorization is best near its reference.
  const double c = rough.best.coefficient;
  return search(c, 0.5 * c, 2.0 * c);
}

/// What a solution leaves.
template <class ExecutionSpace>
struct Solution {
  glint::Vector<double, typename ExecutionSpace::memory_space> data_vector, source;
  glint::Evidence evidence;
  double disagreement = 0.0;  ///< of two ways to chi_squared, over data_term
};

/// x = (F + H)^-1 D and the terms of the evidence. Synchronous.
template <class ExecutionSpace, class MatrixView>
Solution<ExecutionSpace> solve(const ExecutionSpace& space, double coefficient,
                               const glint::UvSums<ExecutionSpace>& sums,
                               const Model<ExecutionSpace>& model, const MatrixView& curvature) {
  using Column = glint::Vector<double, typename ExecutionSpace::memory_space>;
  const std::size_t sources = model.mapping.sources;
  Solution<ExecutionSpace> solution;
  solution.data_vector = glint::allocate<Column>(space, "reconstruct_source::data_vector", sources);
  solution.source = glint::allocate<Column>(space, "reconstruct_source::source", sources);
  glint::data_vector(space, model.mapping, sums.dirty_image(), solution.data_vector);
  glint::copy(space, solution.source, solution.data_vector);

  const auto factor = make_matrix(space, "factor", sources, sources);
  glint::copy(space, factor, curvature);
  glint::add_constant_regularization(space, coefficient, model.neighbours, factor);
  const glint::CholeskyPlan<ExecutionSpace> cholesky(space, sources);
  cholesky.factor(space, factor);
  cholesky.solve(space, factor, solution.source);

  glint::Evidence& terms = solution.evidence;
  terms.data_term = sums.data_term();
  terms.noise_normalization = sums.noise_normalization();
  terms.chi_squared =
      glint::chi_squared(space, curvature, solution.data_vector, solution.source, terms.data_term);
  terms.regularization_term =
      glint::regularization_term(space, coefficient, model.neighbours, solution.source);
  terms.logdet_curvature_reg = cholesky.log_determinant(space, factor);
  terms.logdet_regularization =
      glint::log_determinant_regularization(space, coefficient, model.neighbours);
  terms.log_likelihood = glint::log_likelihood(terms);

  // Since (F + H) x = D, chi_squared is also data_term - x^T D - x^T H x.
  const auto d = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), solution.data_vector);
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), solution.source);
  double product = 0.0;
  for (std::size_t s = 0; s < sources; ++s) product += x(s) * d(s);
  const double other = terms.data_term - product - terms.regularization_term;
  solution.disagreement =
      terms.data_term > 0.0 ? std::fabs(terms.chi_squared - other) / terms.data_term : 0.0;
  return solution;
}

#endif
