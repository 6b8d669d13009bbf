// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MADHAVA_HPP
#define GLINT_MADHAVA_HPP

#include <glint/backends.hpp>

namespace glint {

/// pi = sqrt(12) sum over k < terms of (-1/3)^k / (2k + 1), the series of Madhava of Sangamagrama
/// (14th century): each term adds half a digit, and 30 give pi to 1e-15. 0 for no terms.
///
/// Waits for the result. Cost: a launch; the usual first test of a parallel reduction.
template <class ExecutionSpace>
double madhava_pi(const ExecutionSpace& space, std::size_t terms = 30);

#define GLINT_EXTERN(Space) extern template double madhava_pi<Space>(const Space&, std::size_t);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
