// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CIRCULAR_MASK_HPP
#define GLINT_CIRCULAR_MASK_HPP

#include <cstdint>
#include <glint/backends.hpp>
#include <glint/checks.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/sky_grid.hpp>

/// Which pixels of a frame on the sky take part: 1 is masked out, 0 is kept.

namespace glint {

/// Two numbers, along y (rows) and along x (columns).
struct YX {
  double y = 0.0;
  double x = 0.0;
};

/// Where the point `centre` (arcseconds from the middle of the frame, y upwards) lies in pixels:
/// row (NY-1)/2 - y0/sy, since row 0 is at the top, and column (NX-1)/2 + x0/sx, with `scales` the
/// sides sy, sx of a pixel in arcseconds. Throws Error unless the scales are positive.
YX mask_centre(const PixelGrid& grid, const YX& scales, const YX& centre = {});

namespace impl {
template <class ExecutionSpace>
void circular_mask(const ExecutionSpace& space, const YX& scales, double radius,
                   const StridedOutput<std::uint8_t**, ExecutionSpace>& mask, const YX& centre);

template <class ExecutionSpace>
SkyPixels<typename ExecutionSpace::memory_space> unmasked_pixels(
    const ExecutionSpace& space, const StridedInput<const std::uint8_t**, ExecutionSpace>& mask,
    double pixel_scale);

#define GLINT_EXTERN(Space)                                                                     \
  extern template void circular_mask<Space>(                                                    \
      const Space&, const YX&, double, const StridedOutput<std::uint8_t**, Space>&, const YX&); \
  extern template SkyPixels<Space::memory_space> unmasked_pixels<Space>(                        \
      const Space&, const StridedInput<const std::uint8_t**, Space>&, double);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
}  // namespace impl

/// Masks out what lies outside a circle: mask(i, j) (NY, NX) of std::uint8_t becomes 0 where
///
///     ((i - cy) sy)^2 + ((j - cx) sx)^2 <= radius^2 (1 + 1e-12),   (cy, cx) = mask_centre(...),
///
/// and 1 elsewhere. A pixel whose centre lies on the circle is kept: the slack is far above the
/// rounding of both sides, and far below the spacing of pixels.
///
/// `scales`, `radius` (from 0 up) and `centre` in arcseconds. Throws Error on a scale that is not
/// positive, a radius below 0, and numbers that are not finite. Asynchronous.
template <class ExecutionSpace, class MaskView>
void circular_mask(const ExecutionSpace& space, const YX& scales, double radius,
                   const MaskView& mask, const YX& centre = {}) {
  impl::circular_mask<ExecutionSpace>(space, scales, radius, strided_output<ExecutionSpace>(mask),
                                      centre);
}

/// The pixels that mask (NY, NX) of std::uint8_t keeps (those of value 0), in row-major order, on a
/// frame of the mask's shape; `pixel_scale` in arcseconds. Throws Error when none is kept. Returns
/// when they have been counted; the two index arrays are filled asynchronously. Cost: two passes
/// over the mask, 8 bytes for each pixel kept.
template <class ExecutionSpace, class MaskView>
SkyPixels<typename ExecutionSpace::memory_space> unmasked_pixels(const ExecutionSpace& space,
                                                                 const MaskView& mask,
                                                                 double pixel_scale) {
  return impl::unmasked_pixels<ExecutionSpace>(space, strided_input<ExecutionSpace>(mask),
                                               pixel_scale);
}

}  // namespace glint

#endif
