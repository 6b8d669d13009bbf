// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/execution.hpp>
#include <glint/madhava.hpp>

namespace glint {
namespace {

/// The last terms come first, so that small ones are not lost against the sum of large ones.
struct Term {
  std::size_t terms;

  KOKKOS_FUNCTION void operator()(std::size_t index, double& sum) const {
    const std::size_t k = terms - 1 - index;
    double power = 1.0;  // 3^k: exact up to k = 33, and from k = 646 on infinite
    double square = 3.0;
    for (std::size_t bits = k; bits != 0; bits >>= 1) {
      if (bits & 1) power *= square;
      square *= square;
    }
    const double term = 1.0 / (power * static_cast<double>(2 * k + 1));
    sum += k % 2 ? -term : term;
  }
};

}  // namespace

template <class ExecutionSpace>
double madhava_pi(const ExecutionSpace& space, std::size_t terms) {
  double sum = 0.0;
  Kokkos::parallel_reduce("glint::madhava_pi::sum", range(space, terms), Term{terms}, sum);
  return std::sqrt(12.0) * sum;
}

#define GLINT_INSTANTIATE(Space) template double madhava_pi<Space>(const Space&, std::size_t);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
