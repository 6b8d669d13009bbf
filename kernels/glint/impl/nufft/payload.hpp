// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_PAYLOAD_HPP
#define GLINT_IMPL_NUFFT_PAYLOAD_HPP

#include <glint/impl/nufft/fold.hpp>
#include <glint/impl/uv/weights.hpp>

/// What points carry through the sort.

namespace glint::impl {

/// No sums of this sort.
struct NoWeights {
  static constexpr int count = 0;
  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t, double*) const {}
};

/// Pixels of a side of even length lie half a step off whole ones. Their phase is the visibility's
/// own: exp(i half_phase), so that what is left are whole frequencies.
struct HalfPixels {
  double half_step;
  double along_x, along_y;  ///< 1 for even sides, else 0

  explicit HalfPixels(const SkyGrid& grid)
      : half_step(0.5 * grid.step()),
        along_x(grid.nx % 2 ? 0.0 : 1.0),
        along_y(grid.ny % 2 ? 0.0 : 1.0) {}

  KOKKOS_FORCEINLINE_FUNCTION bool none() const { return along_x + along_y == 0.0; }

  KOKKOS_FORCEINLINE_FUNCTION void phase(double u, double v, double& cosine, double& sine) const {
    double u_high, u_low, v_high, v_low;
    fold_turns(half_step, u, u_high, u_low);
    fold_turns(half_step, v, v_high, v_low);
    const double turns = along_x * u_high - along_y * v_high;
    const double rest = along_x * u_low - along_y * v_low;
    cosine_and_sine((turns - nearest_integer(turns)) + rest, cosine, sine);
  }
};

/// The weights of a kernel, sums of cosines, and those of an image: with A + i B of cosines and
/// sines, both parts of (A + i B) exp(i half_phase). Turned points have the conjugate.
template <class Kernel, class Image>
struct SumPayload {
  static constexpr int kernels = Kernel::count, images = Image::count > 0 ? 2 : 0;
  static constexpr int count = kernels + images;

  Kernel kernel;
  Image image;
  HalfPixels half;

  template <int Lanes>
  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t k, int points, const double* KOKKOS_RESTRICT u,
                                      const double* KOKKOS_RESTRICT v,
                                      const double* KOKKOS_RESTRICT sign,
                                      double (&values)[count][Lanes]) const {
    if (points == Lanes)
      load<Lanes, true>(k, points, values);
    else
      load<Lanes, false>(k, points, values);
    if constexpr (images > 0) {
      double* KOKKOS_RESTRICT re = values[kernels];
      double* KOKKOS_RESTRICT im = values[kernels + 1];
      if (!half.none()) {
        for (int l = 0; l < Lanes; ++l) {
          double c, s;
          half.phase(u[l], v[l], c, s);
          const double a = re[l], b = im[l];
          re[l] = a * c - b * s;
          im[l] = a * s + b * c;
        }
      }
      for (int l = 0; l < Lanes; ++l) im[l] *= sign[l];
    }
  }

  template <int Lanes, bool Whole>
  KOKKOS_FORCEINLINE_FUNCTION void load(std::size_t k, int points,
                                        double (&values)[count][Lanes]) const {
    for (int l = 0; l < Lanes; ++l) {
      const std::size_t index = Whole || l < points ? k + static_cast<std::size_t>(l) : k;
      double all[Kernel::count + Image::count];
      kernel.at(index, all);
      image.at(index, all + Kernel::count);
      for (int w = 0; w < kernels + Image::count; ++w) values[w][l] = all[w];
      if constexpr (Image::count == 1) values[kernels + 1][l] = 0.0;
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void placed(std::size_t, int, double) const {}
};

/// Nothing, but where each point went: a place, or the complement of it for points that were
/// turned.
struct PlacePayload {
  static constexpr int count = 0;
  int* places;
  std::size_t first;  ///< point of the chunk

  template <int Lanes>
  KOKKOS_FORCEINLINE_FUNCTION void at(std::size_t, int, const double*, const double*, const double*,
                                      double (&)[1][Lanes]) const {}
  KOKKOS_FORCEINLINE_FUNCTION void placed(std::size_t k, int place, double sign) const {
    places[k - first] = sign < 0.0 ? ~place : place;
  }
};

}  // namespace glint::impl

#endif
