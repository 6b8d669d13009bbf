// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMAGE_HPP
#define GLINT_IMAGE_HPP

#include <glint/execution.hpp>
#include <glint/pixel_grid.hpp>
#include <glint/views.hpp>
#include <string>

namespace glint {

/// An image (NY, NX) of pixel fluxes, row-major, row = y upwards, column = x.
template <class T, class MemorySpace = Kokkos::HostSpace>
using Image = Matrix<T, MemorySpace>;

/// One image per profile, (P, NY, NX).
template <class T, class MemorySpace = Kokkos::HostSpace>
using ImageStack = Cube<T, MemorySpace>;

/// An image of the grid's shape in the memory of `space`, not initialised.
template <class T, class ExecutionSpace>
Image<T, typename ExecutionSpace::memory_space> make_image(const ExecutionSpace& space,
                                                           const PixelGrid& grid,
                                                           const std::string& label) {
  return allocate<Image<T, typename ExecutionSpace::memory_space>>(space, label, grid.ny, grid.nx);
}

}  // namespace glint

#endif
