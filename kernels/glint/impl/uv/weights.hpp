// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_WEIGHTS_HPP
#define GLINT_IMPL_UV_WEIGHTS_HPP

#include <glint/compat.hpp>

namespace glint::impl {

/// What visibilities weigh in a sum: `count` numbers for each, made where they are used, so that no
/// array of them is ever written.

/// The caller's.
struct GivenWeights {
  static constexpr int count = 1;
  const double* values;

  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t k, double* weights) const {
    weights[0] = values[k];
  }
};

/// 1/noise^2: the Toeplitz part when one noise counts, or both are equal.
struct InverseSquare {
  static constexpr int count = 1;
  const double* noise;

  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t k, double* weights) const {
    weights[0] = 1.0 / (noise[k] * noise[k]);
  }
};

/// The Toeplitz and the Hankel part.
struct BothNoises {
  static constexpr int count = 2;
  const double *noise_re, *noise_im;

  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t k, double* weights) const {
    const double re = 1.0 / (noise_re[k] * noise_re[k]), im = 1.0 / (noise_im[k] * noise_im[k]);
    weights[0] = 0.5 * (re + im);
    weights[1] = 0.5 * (re - im);
  }
};

/// Factors of cos p and -sin p in the dirty image.
struct DirtyWeights {
  static constexpr int count = 2;
  const double *re, *im, *noise_re, *noise_im;

  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t k, double* weights) const {
    weights[0] = re[k] / (noise_re[k] * noise_re[k]);
    weights[1] = im[k] / (noise_im[k] * noise_im[k]);
  }
};

/// Those of w_tilde_data().
struct RatioWeights {
  static constexpr int count = 1;
  const double *re, *noise_re;

  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t k, double* weights) const {
    const double ratio = noise_re[k] * noise_re[k] / re[k];
    weights[0] = ratio * ratio;
  }
};

}  // namespace glint::impl

#endif
