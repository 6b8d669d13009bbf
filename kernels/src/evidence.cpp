// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/constants.hpp>
#include <glint/evidence.hpp>
#include <glint/region.hpp>
#include <glint/regularization.hpp>
#include <limits>

namespace glint {
namespace impl {
namespace {

/// Partial sums over stretches of `stretch` visibilities, so that no long sum is added to term by
/// term.
template <class ExecutionSpace>
struct SumVisibilities {
  static constexpr std::size_t stretch = 128;
  UvData<typename ExecutionSpace::memory_space> data;
  bool logarithms;

  KOKKOS_FUNCTION double term(std::size_t k) const {
    const double sr = data.noise_re(k), si = data.noise_im(k);
    if (logarithms) return 2.0 * (math::log(2.0 * constants::pi) + math::log(sr) + math::log(si));
    const double re = data.re(k) / sr, im = data.im(k) / si;
    return re * re + im * im;
  }
  KOKKOS_FUNCTION void operator()(std::size_t index, double& sum) const {
    const std::size_t first = index * stretch;
    const std::size_t count = data.re.extent(0);
    const std::size_t last = first + stretch < count ? first + stretch : count;
    double part = 0.0;
    for (std::size_t k = first; k < last; ++k) part += term(k);
    sum += part;
  }
};

/// Row s of x^T F x - 2 x^T D.
template <class ExecutionSpace>
struct ChiSquaredRow {
  StridedInput<const double**, ExecutionSpace> curvature;
  StridedInput<const double*, ExecutionSpace> data_vector, x;

  KOKKOS_FUNCTION void operator()(std::size_t s, double& sum) const {
    double row = 0.0;
    for (std::size_t t = 0; t < x.extent(0); ++t) row += curvature(s, t) * x(t);
    sum += x(s) * (row - 2.0 * data_vector(s));
  }
};

template <class ExecutionSpace, class Index>
struct RegularizationRow {
  StridedInput<const Index**, ExecutionSpace> neighbours;
  StridedInput<const double*, ExecutionSpace> x;
  double strength;

  KOKKOS_FUNCTION void operator()(std::size_t s, double& sum) const {
    const auto size = static_cast<std::int64_t>(x.extent(0));
    const double mine = x(s);
    double pairs = 0.0;
    for (std::size_t p = 0; p < neighbours.extent(1); ++p) {
      const auto t = static_cast<std::int64_t>(neighbours(s, p));
      if (t < 0) break;
      if (t >= size) continue;
      const double difference = mine - x(t);
      pairs += difference * difference;
    }
    sum += 0.5 * strength * pairs + regularization_excess * mine * mine;  // every pair is met twice
  }
};

template <class ExecutionSpace, class Index>
struct PackNeighbours {
  StridedInput<const Index**, ExecutionSpace> neighbours;
  Vector<int, typename ExecutionSpace::memory_space> packed;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t columns = neighbours.extent(1);
    const auto value = static_cast<std::int64_t>(neighbours(index / columns, index % columns));
    constexpr std::int64_t largest = 2147483647;
    // What does not fit is no index either.
    packed(index) = static_cast<int>(value < -1 ? -2 : value > largest ? largest : value);
  }
};

}  // namespace

template <class ExecutionSpace>
double visibility_sum(const ExecutionSpace& space,
                      const UvData<typename ExecutionSpace::memory_space>& data, bool logarithms) {
  const char* function = logarithms ? "noise_normalization" : "data_term";
  expect_equal_columns(function, data);
  const SumVisibilities<ExecutionSpace> functor{data, logarithms};
  double sum = 0.0;
  Kokkos::parallel_reduce(logarithms ? "glint::noise_normalization::sum" : "glint::data_term::sum",
                          range(space, (data.size() + functor.stretch - 1) / functor.stretch),
                          functor, sum);
  return sum;
}

template <class ExecutionSpace>
double chi_squared(const ExecutionSpace& space,
                   const StridedInput<const double**, ExecutionSpace>& curvature,
                   const StridedInput<const double*, ExecutionSpace>& data_vector,
                   const StridedInput<const double*, ExecutionSpace>& x) {
  double sum = 0.0;
  Kokkos::parallel_reduce("glint::chi_squared::rows", range(space, x.extent(0)),
                          ChiSquaredRow<ExecutionSpace>{curvature, data_vector, x}, sum);
  return sum;
}

template <class ExecutionSpace, class Index>
double regularization_term(const ExecutionSpace& space, double coefficient,
                           const StridedInput<const Index**, ExecutionSpace>& neighbours,
                           const StridedInput<const double*, ExecutionSpace>& x) {
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "glint::regularization_term::rows", range(space, x.extent(0)),
      RegularizationRow<ExecutionSpace, Index>{neighbours, x, coefficient * coefficient}, sum);
  return sum;
}

template <class ExecutionSpace, class Index>
void assign_mesh(const ExecutionSpace& space,
                 const StridedInput<const Index**, ExecutionSpace>& neighbours,
                 HostNeighbours<ExecutionSpace>& host, MeshElimination& mesh) {
  const std::size_t rows = neighbours.extent(0), columns = neighbours.extent(1);
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
  GLINT_EXPECTS(columns == 0 || rows <= limit / columns, "a neighbour table of ", rows, " x ",
                columns, " entries is more than can be counted");
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    compat::fence(space, "glint::log_determinant_regularization::read");
    mesh.assign(neighbours.data(), rows, columns, static_cast<std::size_t>(neighbours.stride(0)),
                static_cast<std::size_t>(neighbours.stride(1)));
  } else {
    const std::size_t count = rows * columns;
    grow(space, "glint::log_determinant_regularization::packed", count, host.packed);
    host.values.resize(count);
    Kokkos::parallel_for("glint::log_determinant_regularization::pack", range(space, count),
                         PackNeighbours<ExecutionSpace, Index>{neighbours, host.packed});
    copy(space,
         Kokkos::View<int*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
             host.values.data(), count),
         Kokkos::subview(host.packed, std::make_pair(std::size_t(0), count)));
    compat::fence(space, "glint::log_determinant_regularization::read");
    mesh.assign(host.values.data(), rows, columns, columns, std::size_t(1));
  }
}

namespace {
double weight_of(double coefficient) {
  const double weight = coefficient * coefficient;
  GLINT_EXPECTS(std::isfinite(weight), "the regularization coefficient is ", coefficient,
                ", whose square is not a finite number");
  return weight;
}
}  // namespace

double log_determinant_regularization(double coefficient, MeshElimination& mesh) {
  return mesh.log_determinant(weight_of(coefficient), regularization_excess);
}
Slope log_determinant_regularization_slope(double coefficient, MeshElimination& mesh) {
  return mesh.log_determinant_slope(weight_of(coefficient), regularization_excess);
}

}  // namespace impl

#define GLINT_INSTANTIATE_INDEX(Space, Index)                                                \
  template double impl::regularization_term<Space, Index>(                                   \
      const Space&, double, const StridedInput<const Index**, Space>&,                       \
      const StridedInput<const double*, Space>&);                                            \
  template void impl::assign_mesh<Space, Index>(                                             \
      const Space&, const StridedInput<const Index**, Space>&, impl::HostNeighbours<Space>&, \
      impl::MeshElimination&);
#define GLINT_INSTANTIATE(Space)                                                                  \
  template double impl::visibility_sum<Space>(const Space&,                                       \
                                              const UvData<typename Space::memory_space>&, bool); \
  template double impl::chi_squared<Space>(                                                       \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double*, Space>&, const StridedInput<const double*, Space>&);      \
  GLINT_INSTANTIATE_INDEX(Space, int)                                                             \
  GLINT_INSTANTIATE_INDEX(Space, std::int64_t)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_INDEX

}  // namespace glint
