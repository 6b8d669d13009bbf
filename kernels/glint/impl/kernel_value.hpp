// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_KERNEL_VALUE_HPP
#define GLINT_IMPL_KERNEL_VALUE_HPP

#include <glint/compat.hpp>

namespace glint::impl {

/// The kernel of W, in the layout of w_compact(), at an offset of (down, right) pixels: of the
/// offsets above only the mirror images are stored.
template <class KernelView>
KOKKOS_FORCEINLINE_FUNCTION double kernel_value(const KernelView& kernel, int down, int right) {
  const int middle = (static_cast<int>(kernel.extent(1)) - 1) / 2;
  return down < 0 ? kernel(-down, middle - right) : kernel(down, middle + right);
}

}  // namespace glint::impl

#endif
