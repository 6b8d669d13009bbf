// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_SKY_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_SKY_EVERYTHING_HPP

#include <glint/circular_mask.hpp>
#include <glint/fft.hpp>
#include <glint/predict_visibilities.hpp>

/// Masks and model visibilities, for call_everything().

namespace glint::test {

template <class ExecutionSpace>
void sky_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const auto mask = allocate<Matrix<std::uint8_t, Memory>>(space, "glint::test::mask", 9, 7);
  circular_mask(space, {0.1, 0.2}, 0.4, mask);
  const SkyPixels<Memory> pixels = unmasked_pixels(space, mask, 0.1);

  const auto list = [&](std::size_t count) {
    const auto values = allocate<Vector<double, Memory>>(space, "glint::test::list", count);
    fill(space, values, 1.0);
    return values;
  };
  const auto image = list(pixels.size()), u = list(5), v = list(5), re = list(5), im = list(5);
  PredictWorkspace<ExecutionSpace> workspace;
  predict_visibilities(space, pixels, image, u, v, re, im, workspace);
  predict_visibilities(space, pixels, image, u, v, re, im);
  if (fft_library<ExecutionSpace>().empty()) return;
  PredictOptions options;
  options.method = PredictMethod::nufft;
  predict_visibilities(space, pixels, image, u, v, re, im, options, workspace);
  predict_visibilities(space, pixels, image, u, v, re, im, options);
}

}  // namespace glint::test

#endif
