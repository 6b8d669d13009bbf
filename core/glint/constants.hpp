// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CONSTANTS_HPP
#define GLINT_CONSTANTS_HPP

#include <limits>

namespace glint::constants {

inline constexpr double pi = 3.141592653589793238462643;
inline constexpr double ln2 = 0.693147180559945309417232;
inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace glint::constants

#endif
