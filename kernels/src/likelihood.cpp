// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <cstdint>
#include <glint/impl/mesh_forms.hpp>
#include <glint/impl/pixel_rectangle.hpp>
#include <glint/likelihood.hpp>
#include <glint/region.hpp>
#include <glint/regularization.hpp>

namespace glint {
namespace {

template <class ExecutionSpace>
struct Product {
  Vector<double, typename ExecutionSpace::memory_space> x, y;
  KOKKOS_FUNCTION void operator()(std::size_t s, double& sum) const { sum += x(s) * y(s); }
};

/// F(s, t) = sum over m of T(m, s) (T^T W)(t, m) for t >= s: row t of T^T W stays in the cache.
template <class ExecutionSpace>
struct CurvatureOfRows {
  using Memory = typename ExecutionSpace::memory_space;
  SourceMapping<Memory> by_source;
  Matrix<double, Memory> w_rows, matrix;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t t = index / by_source.sources, s = index % by_source.sources;
    if (s > t) return;
    double sum = 0.0;
    for (int k = by_source.offsets(s); k < by_source.offsets(s + 1); ++k)
      sum += by_source.values(k) * w_rows(t, by_source.pixels(k));
    matrix(s, t) = sum;
  }
};

/// Whether F is made by Fourier transforms.
template <class ExecutionSpace>
bool prefers_transforms(const ExecutionSpace& space,
                        const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                        std::size_t sources, std::size_t width, CurvatureMethod method) {
  GLINT_EXPECTS(method == CurvatureMethod::automatic || method == CurvatureMethod::direct ||
                    method == CurvatureMethod::fft,
                "LikelihoodPlan: the curvature method is '", curvature_method_name(method),
                "' where 'automatic', 'direct' or 'fft' is needed");
  if (method != CurvatureMethod::automatic) return method == CurvatureMethod::fft;
  const impl::PixelRectangle rectangle = impl::read_rectangle(space, pixels, "LikelihoodPlan");
  CurvatureShape shape;
  shape.height = static_cast<std::size_t>(rectangle.height);
  shape.width = static_cast<std::size_t>(rectangle.width);
  shape.pixels = pixels.size();
  shape.sources = sources;
  shape.nonzeros = pixels.size() * std::min(width, sources);
  const CurvatureCost cost = curvature_cost(space, shape);
  return cost.fft < cost.direct;
}

}  // namespace

template <class ExecutionSpace>
LikelihoodPlan<ExecutionSpace>::LikelihoodPlan(const ExecutionSpace& space,
                                               const SkyPixels<MemorySpace>& pixels,
                                               std::size_t sources, std::size_t width,
                                               const LikelihoodOptions& options)
    : pixels_(pixels.size()),
      sources_(sources),
      grid_(pixels.grid),
      curvature_(space, pixels, sources, width),
      cholesky_(space, sources, {options.method}) {
  if (prefers_transforms(space, pixels, sources, width, options.curvature))
    transforms_.emplace(space, pixels);
  matrix_ = allocate<Matrix<double, MemorySpace>>(space, "glint::LikelihoodPlan::matrix", sources,
                                                  sources);
  data_vector_ =
      allocate<Vector<double, MemorySpace>>(space, "glint::LikelihoodPlan::data_vector", sources);
  x_ = allocate<Vector<double, MemorySpace>>(space, "glint::LikelihoodPlan::x", sources);
}

template <class ExecutionSpace>
template <class Index>
void LikelihoodPlan<ExecutionSpace>::copy_neighbours(
    const ExecutionSpace& space, const StridedInput<const Index**, ExecutionSpace>& neighbours) {
  has_neighbours_ = evaluated_ = false;
  impl::assign_mesh<ExecutionSpace, Index>(space, neighbours, regularization_.neighbours,
                                           regularization_.mesh);
  columns_ = neighbours.extent(1);
  grow(space, "glint::LikelihoodPlan::neighbours", sources_ * columns_, neighbours_);
  Kokkos::parallel_for("glint::LikelihoodPlan::neighbours", range(space, sources_ * columns_),
                       impl::CopyNeighbours<ExecutionSpace, Index>{neighbours, neighbours_});
  // The table may go when this returns.
  compat::fence(space, "glint::LikelihoodPlan::set_neighbours");
  has_neighbours_ = true;
}

template <class ExecutionSpace>
void LikelihoodPlan<ExecutionSpace>::check(const UvSums<ExecutionSpace>& sums,
                                           const SparseMapping<MemorySpace>& mapping) const {
  const SkyGrid& grid = sums.grid();
  GLINT_EXPECTS(has_neighbours_, "LikelihoodPlan::evaluate: set_neighbours() comes first");
  GLINT_EXPECTS(sums.pixels().size() == pixels_ && grid.ny == grid_.ny && grid.nx == grid_.nx,
                "LikelihoodPlan::evaluate: the sums are over ", sums.pixels().size(),
                " pixels of a frame of ", grid.ny, " x ", grid.nx, ", the plan is for ", pixels_,
                " of ", grid_.ny, " x ", grid_.nx);
  GLINT_EXPECTS(mapping.pixels == pixels_ && mapping.sources == sources_,
                "LikelihoodPlan::evaluate: the mapping is for ", mapping.pixels, " image and ",
                mapping.sources, " source pixels, the plan for ", pixels_, " and ", sources_);
}

template <class ExecutionSpace>
Evidence LikelihoodPlan<ExecutionSpace>::evaluate(const ExecutionSpace& space,
                                                  const UvSums<ExecutionSpace>& sums,
                                                  const SparseMapping<MemorySpace>& mapping,
                                                  double coefficient) {
  const ScopedRegion region("glint::LikelihoodPlan::evaluate");
  check(sums, mapping);
  const auto compact = strided_input<ExecutionSpace>(sums.compact());
  if (sums.has_hankel()) {
    const auto hankel = strided_input<ExecutionSpace>(sums.hankel());
    if (transforms_)
      transforms_->execute(space, compact, &hankel, mapping,
                           strided_output<ExecutionSpace>(matrix_));
    else
      curvature_.execute(space, compact, hankel, mapping, matrix_, Triangle::upper);
  } else if (transforms_) {
    transforms_->execute(space, compact, nullptr, mapping, strided_output<ExecutionSpace>(matrix_));
  } else {
    curvature_.execute(space, compact, mapping, matrix_, Triangle::upper);
  }
  transpose(space, mapping, by_source_);
  return finish(space, sums, coefficient);
}

template <class ExecutionSpace>
Evidence LikelihoodPlan<ExecutionSpace>::evaluate_dense(
    const ExecutionSpace& space, const InputMatrix<double, ExecutionSpace>& w,
    const UvSums<ExecutionSpace>& sums, const SparseMapping<MemorySpace>& mapping,
    double coefficient) {
  const ScopedRegion region("glint::LikelihoodPlan::evaluate_via_w_tilde");
  check(sums, mapping);
  if (w_rows_.extent(0) != sources_ || w_rows_.extent(1) != pixels_)
    w_rows_ = allocate<Matrix<double, MemorySpace>>(space, "glint::LikelihoodPlan::w_rows",
                                                    sources_, pixels_);
  transpose(space, mapping, by_source_);
  transpose_product(space, by_source_, w, w_rows_);
  Kokkos::parallel_for("glint::LikelihoodPlan::curvature", range(space, sources_ * sources_),
                       CurvatureOfRows<ExecutionSpace>{by_source_, w_rows_, matrix_});
  return finish(space, sums, coefficient);
}

/// From F in the upper triangle of the matrix and the transposed mapping to the terms.
template <class ExecutionSpace>
Evidence LikelihoodPlan<ExecutionSpace>::finish(const ExecutionSpace& space,
                                                const UvSums<ExecutionSpace>& sums,
                                                double coefficient) {
  evaluated_ = false;
  const double strength = coefficient * coefficient;
  GLINT_EXPECTS(std::isfinite(strength), "the regularization coefficient is ", coefficient,
                ", whose square is not a finite number");
  glint::data_vector(space, by_source_, sums.dirty_image(), data_vector_);
  const impl::NeighbourTable<ExecutionSpace> neighbours{neighbours_, columns_};
  Kokkos::parallel_for("glint::LikelihoodPlan::regularize", range(space, sources_),
                       impl::AddLaplacian<ExecutionSpace>{neighbours, matrix_.data(), sources_,
                                                          strength, regularization_excess});
  copy(space, x_, data_vector_);
  cholesky_.factor_unchecked(space, matrix_);
  cholesky_.solve(space, matrix_, x_);

  Evidence terms;
  terms.logdet_regularization =
      impl::log_determinant_regularization(coefficient, regularization_.mesh);
  terms.logdet_curvature_reg = cholesky_.log_determinant(space, matrix_);
  terms.data_term = sums.data_term();
  terms.noise_normalization = sums.noise_normalization();
  const Kokkos::View<const int**, Kokkos::LayoutRight, MemorySpace, Kokkos::MemoryUnmanaged> table(
      neighbours_.data(), sources_, columns_);
  terms.regularization_term = regularization_term(space, coefficient, table, x_);
  double explained = 0.0;
  Kokkos::parallel_reduce("glint::LikelihoodPlan::explained", range(space, sources_),
                          Product<ExecutionSpace>{x_, data_vector_}, explained);
  terms.chi_squared = terms.data_term - explained - terms.regularization_term;
  terms.log_likelihood = log_likelihood(terms);
  coefficient_ = coefficient;
  evaluated_ = true;
  return terms;
}

template <class ExecutionSpace>
double LikelihoodPlan<ExecutionSpace>::derivative(const ExecutionSpace& space) {
  const ScopedRegion region("glint::LikelihoodPlan::derivative");
  GLINT_EXPECTS(evaluated_, "LikelihoodPlan::derivative: an evaluation comes first");
  if (inverted_.extent(0) != sources_)
    inverted_ = allocate<Matrix<double, MemorySpace>>(space, "glint::LikelihoodPlan::inverted",
                                                      sources_, sources_);
  inverse_factor(space, matrix_, inverted_, inverse_);
  // On the host, while a device works.
  const double regularization =
      impl::log_determinant_regularization_slope(coefficient_, regularization_.mesh).slope;
  using Pairs = impl::SumOfPairs<ExecutionSpace>;
  const impl::NeighbourTable<ExecutionSpace> table{neighbours_, columns_};
  double trace = 0.0, roughness = 0.0;
  Kokkos::parallel_reduce("glint::LikelihoodPlan::trace",
                          range(space, impl::RowPiece::count(sources_, sources_)),
                          Pairs{table, inverted_.data(), sources_, true}, trace);
  Kokkos::parallel_reduce("glint::LikelihoodPlan::roughness",
                          range(space, impl::RowPiece::count(1, sources_)),
                          Pairs{table, x_.data(), sources_, false}, roughness);
  return -coefficient_ * (roughness + trace - regularization);
}

#define GLINT_INSTANTIATE(Space)                                                                 \
  template class LikelihoodPlan<Space>;                                                          \
  template void LikelihoodPlan<Space>::copy_neighbours(const Space&,                             \
                                                       const StridedInput<const int**, Space>&); \
  template void LikelihoodPlan<Space>::copy_neighbours(                                          \
      const Space&, const StridedInput<const std::int64_t**, Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
