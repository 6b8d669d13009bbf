// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PSF_IMAGE_HPP
#define GLINT_PSF_IMAGE_HPP

#include <cmath>
#include <cstddef>
#include <glint/error.hpp>
#include <glint/image.hpp>

namespace glint {

/// A point-spread function as an image on the host: `values(a, b)` is the share of a point's light
/// that falls into the sub-pixel (a, b), of side 1/oversampling of an image pixel. The point itself
/// lies at the geometric centre, ((KY-1)/2, (KX-1)/2): between sub-pixels where a side is even.
struct PsfImage {
  Image<double> values;          ///< (KY, KX), rows upwards as in images
  std::size_t oversampling = 1;  ///< sub-pixels per pixel and axis, 1 to 100
  bool normalize = false;        ///< use values / sum() instead of values
};

/// Sum of the values: the share of a point's light that the PSF image holds.
inline double psf_sum(const PsfImage& psf) {
  long double sum = 0.0L;
  for (std::size_t a = 0; a < psf.values.extent(0); ++a)
    for (std::size_t b = 0; b < psf.values.extent(1); ++b) sum += psf.values(a, b);
  return static_cast<double>(sum);
}

/// Throws Error unless the PSF has a pixel, every value is finite, the oversampling lies in 1 to
/// 100 and, where it is to be normalised, its sum is positive.
inline void validate(const PsfImage& psf) {
  const std::size_t rows = psf.values.extent(0), columns = psf.values.extent(1);
  GLINT_EXPECTS(rows > 0 && columns > 0, "the PSF must have at least 1 x 1 pixels, not ", rows,
                " x ", columns);
  GLINT_EXPECTS(psf.oversampling >= 1 && psf.oversampling <= 100,
                "the PSF's oversampling must lie in 1 to 100, not ", psf.oversampling);
  for (std::size_t a = 0; a < rows; ++a)
    for (std::size_t b = 0; b < columns; ++b)
      GLINT_EXPECTS(std::isfinite(psf.values(a, b)), "the PSF's value in row ", a, ", column ", b,
                    " is ", psf.values(a, b), ", not a finite number");
  const double sum = psf_sum(psf);
  GLINT_EXPECTS(!psf.normalize || sum > 0.0,
                "the PSF cannot be normalised, because its values sum to ", sum);
}

}  // namespace glint

#endif
