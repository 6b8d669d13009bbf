// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_TRIANGLE_HPP
#define GLINT_IMPL_CURVATURE_TRIANGLE_HPP

namespace glint {

/// Which entries of a symmetric matrix are written.
enum class Triangle {
  both,   ///< all
  lower,  ///< those on and below the diagonal; the others hold anything afterwards
  upper,  ///< those on and above the diagonal, which CholeskyPlan reads; the others as before
};

}  // namespace glint

#endif
