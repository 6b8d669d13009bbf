// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdint>
#include <glint/evidence_scan.hpp>
#include <glint/linalg.hpp>
#include <glint/region.hpp>
#include <glint/regularization.hpp>

namespace glint {
namespace {

using HostNumbers =
    Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
template <class ExecutionSpace>
using DeviceNumbers = Kokkos::View<double*, Kokkos::LayoutRight,
                                   typename ExecutionSpace::memory_space, Kokkos::MemoryUnmanaged>;

/// The upper triangle of F.
template <class ExecutionSpace>
struct LoadUpper {
  StridedInput<const double**, ExecutionSpace> from;
  double* to;
  std::size_t size;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const impl::RowPiece piece(index, size);
    for (std::size_t j = piece.begin; j < piece.end; ++j)
      if (j >= piece.row) to[piece.row * size + j] = from(piece.row, j);
  }
};

/// A square matrix in the place of its transpose, a tile and its mirror image at a time: gemm()
/// reads rows of its second factor, not columns.
struct Transpose {
  static constexpr std::size_t tile = 16;
  double* matrix;
  std::size_t size, tiles;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t top = index / tiles * tile, left = index % tiles * tile;
    if (left < top) return;
    for (std::size_t i = top; i < top + tile && i < size; ++i)
      for (std::size_t j = left > top ? left : i + 1; j < left + tile && j < size; ++j) {
        const double kept = matrix[i * size + j];
        matrix[i * size + j] = matrix[j * size + i];
        matrix[j * size + i] = kept;
      }
  }
};

template <class ExecutionSpace>
void transpose_in_place(const ExecutionSpace& space, double* matrix, std::size_t size) {
  const std::size_t tiles = (size + Transpose::tile - 1) / Transpose::tile;
  Kokkos::parallel_for("glint::EvidenceScan::transpose", range(space, tiles * tiles),
                       Transpose{matrix, size, tiles});
}

/// b_k = row k of the basis times D.
template <class ExecutionSpace>
struct ProjectData {
  const double* basis;
  StridedInput<const double*, ExecutionSpace> data_vector;
  double* b;
  std::size_t size;

  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    double sum = 0.0;
    for (std::size_t s = 0; s < size; ++s) sum += basis[k * size + s] * data_vector(s);
    b[k] = sum;
  }
};

/// x^T x of every solution.
struct SolutionNorms {
  const double* x;
  double* norms;
  std::size_t size;

  KOKKOS_FUNCTION void operator()(std::size_t c) const {
    double sum = 0.0;
    for (std::size_t s = 0; s < size; ++s) sum += x[c * size + s] * x[c * size + s];
    norms[c] = sum;
  }
};

double square_of(double coefficient, const char* name) {
  const double square = coefficient * coefficient;
  GLINT_EXPECTS(std::isfinite(square), "the ", name, " is ", coefficient,
                ", whose square is not a finite number");
  return square;
}

}  // namespace

template <class ExecutionSpace>
EvidenceScan<ExecutionSpace>::EvidenceScan(const ExecutionSpace& space, std::size_t sources,
                                           const EvidenceScanOptions& options)
    : sources_(sources),
      cholesky_(space, sources, {options.method}),
      eigen_(space, sources, {options.method}) {
  const auto square = [&](const char* label) {
    return allocate<Matrix<double, MemorySpace>>(space, label, sources, sources);
  };
  matrix_ = square("glint::EvidenceScan::matrix");
  inverted_ = square("glint::EvidenceScan::inverted");
  basis_ = square("glint::EvidenceScan::basis");
  numbers_ =
      allocate<Vector<double, MemorySpace>>(space, "glint::EvidenceScan::numbers", 2 * sources);
  compat::fence(space, "glint::EvidenceScan::made");
}

template <class ExecutionSpace>
template <class Index>
void EvidenceScan<ExecutionSpace>::copy_neighbours(
    const ExecutionSpace& space, const StridedInput<const Index**, ExecutionSpace>& neighbours) {
  has_neighbours_ = prepared_ = false;
  impl::assign_mesh<ExecutionSpace, Index>(space, neighbours, regularization_.neighbours,
                                           regularization_.mesh);
  table_.columns = neighbours.extent(1);
  const std::size_t count = sources_ * table_.columns;
  grow(space, "glint::EvidenceScan::neighbours", count, table_.entries);
  Kokkos::parallel_for("glint::EvidenceScan::neighbours", range(space, count),
                       impl::CopyNeighbours<ExecutionSpace, Index>{neighbours, table_.entries});
  compat::fence(space, "glint::EvidenceScan::set_neighbours");  // the table may go
  has_neighbours_ = true;
}

template <class ExecutionSpace>
void EvidenceScan<ExecutionSpace>::factor(
    const ExecutionSpace& space, const StridedInput<const double**, ExecutionSpace>& curvature,
    const StridedInput<const double*, ExecutionSpace>& data_vector, double reference) {
  const ScopedRegion region("glint::EvidenceScan::prepare");
  GLINT_EXPECTS(has_neighbours_, "EvidenceScan::prepare: set_neighbours() comes first");
  prepared_ = false;
  const double strength = square_of(reference, "reference coefficient");
  const std::size_t size = sources_, pieces = impl::RowPiece::count(size, size);
  Kokkos::parallel_for("glint::EvidenceScan::load", range(space, pieces),
                       LoadUpper<ExecutionSpace>{curvature, matrix_.data(), size});
  Kokkos::parallel_for("glint::EvidenceScan::regularize", range(space, size),
                       impl::AddLaplacian<ExecutionSpace>{table_, matrix_.data(), size, strength,
                                                          regularization_excess});
  cholesky_.factor(space, matrix_);
  log_determinant_ = cholesky_.log_determinant(space, matrix_);
  inverse_factor(space, matrix_, inverted_, inverse_);
  Kokkos::parallel_for(
      "glint::EvidenceScan::laplacian", range(space, pieces),
      impl::TimesLaplacian<ExecutionSpace>{table_, inverted_.data(), basis_.data(), size});
  transpose_in_place(space, inverted_.data(), size);
  gemm(space, Op::none, Op::none, 1.0, basis_, inverted_, 0.0, matrix_);
  transpose_in_place(space, inverted_.data(), size);
  eigen_.decompose(space, matrix_, DeviceNumbers<ExecutionSpace>(numbers_.data(), size));
  gemm(space, Op::none, Op::none, 1.0, matrix_, inverted_, 0.0, basis_);
  Kokkos::parallel_for(
      "glint::EvidenceScan::project", range(space, size),
      ProjectData<ExecutionSpace>{basis_.data(), data_vector, numbers_.data() + size, size});
  nu_.resize(size);
  b_.resize(size);
  const auto fetch = [&](std::vector<double>& to, double* from) {
    copy(space, HostNumbers(to.data(), size), DeviceNumbers<ExecutionSpace>(from, size));
  };
  fetch(nu_, numbers_.data());
  fetch(b_, numbers_.data() + size);
  compat::fence(space, "glint::EvidenceScan::fetch");
  // L has no negative eigenvalue.
  for (double& nu : nu_) nu = nu > 0.0 ? nu : 0.0;
  reference_ = reference;
  prepared_ = true;
}

/// c^2 - r^2, after all that can be wrong with c.
template <class ExecutionSpace>
double EvidenceScan<ExecutionSpace>::shift(double coefficient) const {
  GLINT_EXPECTS(prepared_, "EvidenceScan: prepare() comes first");
  square_of(coefficient, "regularization coefficient");
  const double shift = (coefficient - reference_) * (coefficient + reference_);
  const double least = nu_.empty() ? 1.0 : 1.0 + shift * nu_.back();  // nu_ ascends
  GLINT_EXPECTS(shift >= 0.0 || least > 0.0, "EvidenceScan: at the coefficient ", coefficient,
                " F + H is not positive definite as far as the factorization at ", reference_,
                " can tell");
  return shift;
}

template <class ExecutionSpace>
LikelihoodSlope EvidenceScan<ExecutionSpace>::slope(double coefficient) {
  const double strength = shift(coefficient);
  double explained = 0.0, roughness = 0.0, log_determinant = 0.0, trace = 0.0;
  for (std::size_t k = 0; k < sources_; ++k) {
    const double nu = nu_[k], scale = 1.0 + strength * nu, z = b_[k] / scale;
    explained += b_[k] * z;
    roughness += nu * z * z;
    log_determinant += std::log1p(strength * nu);
    trace += nu / scale;
  }
  const impl::Slope h =
      impl::log_determinant_regularization_slope(coefficient, regularization_.mesh);
  LikelihoodSlope result;
  result.coefficient = coefficient;
  result.log_likelihood = -0.5 * (data_term_ - explained + log_determinant_ + log_determinant -
                                  h.value + noise_normalization_);
  result.derivative = -coefficient * (roughness + trace - h.slope);
  return result;
}

template <class ExecutionSpace>
void EvidenceScan<ExecutionSpace>::evaluate(const ExecutionSpace& space,
                                            const std::vector<double>& coefficients,
                                            std::vector<Evidence>& terms) {
  const ScopedRegion region("glint::EvidenceScan::evaluate");
  const std::size_t count = coefficients.size(), size = sources_, numbers = count * size;
  for (const double c : coefficients) shift(c);  // before anything is changed
  terms.assign(count, Evidence());
  host_.resize(numbers + count);
  for (std::size_t c = 0; c < count; ++c) {
    const double strength = shift(coefficients[c]);
    double explained = 0.0, roughness = 0.0, log_determinant = 0.0;
    for (std::size_t k = 0; k < size; ++k) {
      const double z = b_[k] / (1.0 + strength * nu_[k]);
      explained += b_[k] * z;
      roughness += nu_[k] * z * z;
      log_determinant += std::log1p(strength * nu_[k]);
      host_[c * size + k] = z;
    }
    Evidence& term = terms[c];
    term.data_term = data_term_;
    term.noise_normalization = noise_normalization_;
    term.regularization_term = coefficients[c] * coefficients[c] * roughness;
    term.chi_squared = data_term_ - explained;
    term.logdet_curvature_reg = log_determinant_ + log_determinant;
    term.logdet_regularization =
        impl::log_determinant_regularization(coefficients[c], regularization_.mesh);
  }
  grow(space, "glint::EvidenceScan::factors", numbers, factors_);
  grow(space, "glint::EvidenceScan::solutions", numbers, solutions_);
  grow(space, "glint::EvidenceScan::norms", count, norms_);
  copy(space, DeviceNumbers<ExecutionSpace>(factors_.data(), numbers),
       HostNumbers(host_.data(), numbers));
  gemm(space, Op::none, Op::none, 1.0,
       InputMatrix<double, ExecutionSpace>(factors_.data(), count, size), basis_, 0.0,
       OutputMatrix<double, ExecutionSpace>(solutions_.data(), count, size));
  Kokkos::parallel_for("glint::EvidenceScan::norms", range(space, count),
                       SolutionNorms{solutions_.data(), norms_.data(), size});
  copy(space, HostNumbers(host_.data() + numbers, count),
       DeviceNumbers<ExecutionSpace>(norms_.data(), count));
  compat::fence(space, "glint::EvidenceScan::evaluated");
  evaluated_ = count;
  for (std::size_t c = 0; c < count; ++c) {
    Evidence& term = terms[c];
    term.regularization_term += regularization_excess * host_[numbers + c];
    term.chi_squared -= term.regularization_term;
    term.log_likelihood = log_likelihood(term);
  }
}

#define GLINT_INSTANTIATE(Space)                                                               \
  template class EvidenceScan<Space>;                                                          \
  template void EvidenceScan<Space>::copy_neighbours(const Space&,                             \
                                                     const StridedInput<const int**, Space>&); \
  template void EvidenceScan<Space>::copy_neighbours(                                          \
      const Space&, const StridedInput<const std::int64_t**, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
