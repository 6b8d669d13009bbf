// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_SKY_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_SKY_EVERYTHING_HPP

#include <glint/circular_mask.hpp>

/// Masks and model visibilities, for call_everything().

namespace glint::test {

template <class ExecutionSpace>
void sky_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const auto mask = allocate<Matrix<std::uint8_t, Memory>>(space, "glint::test::mask", 9, 7);
  circular_mask(space, {0.1, 0.2}, 0.4, mask);
  unmasked_pixels(space, mask, 0.1);
}

}  // namespace glint::test

#endif
