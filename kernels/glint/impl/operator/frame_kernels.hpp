// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_OPERATOR_FRAME_KERNELS_HPP
#define GLINT_IMPL_OPERATOR_FRAME_KERNELS_HPP

#include <glint/constants.hpp>
#include <glint/execution.hpp>
#include <glint/impl/kernel_value.hpp>
#include <glint/views.hpp>

/// The kernels of FrameProduct. Spectra lie column by column: (frame, kx, ky).

namespace glint::impl {

/// Frame 0 = the lower half of the Toeplitz kernel, with half of its row 0, columns modulo the
/// frame's width: the whole kernel's spectrum is twice the real part of this one's.
template <class ExecutionSpace>
struct LoadLower {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  StridedInput<const double**, ExecutionSpace> kernel;  // (NY, 2 NX - 1)
  Cube<double, Memory> frames;
  int width, columns;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int row = team.league_rank();
    const double scale = row == 0 ? 0.5 : 1.0;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, columns), [&](int column) {
      const int right = column < width ? column : column - columns;
      frames(0, row, column) = right > -width ? scale * kernel_value(kernel, row, right) : 0.0;
    });
  }
};

/// Frame 0 = the Hankel kernel at sums of positions in the rectangle, from row `first` on.
template <class ExecutionSpace>
struct LoadSums {
  using Memory = typename ExecutionSpace::memory_space;
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;

  StridedInput<const double**, ExecutionSpace> kernel;  // (NY, 2 NX - 1)
  Cube<double, Memory> frames;
  int height, width, columns, first;
  int row_shift, column_shift;  // of the kernel's offsets against the sums

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const int row = team.league_rank(), sum = first + row;
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, columns), [&](int column) {
      const bool inside = sum <= 2 * height - 2 && column <= 2 * width - 2;
      frames(0, row, column) =
          inside ? kernel_value(kernel, sum + row_shift, column + column_shift) : 0.0;
    });
  }
};

/// toeplitz = scale Re of spectrum 0.
template <class ExecutionSpace>
struct StoreToeplitz {
  using Memory = typename ExecutionSpace::memory_space;
  Cube<Kokkos::complex<double>, Memory> spectrum;
  Matrix<double, Memory> toeplitz;
  std::size_t length;
  double scale;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t column = index / length, row = index % length;
    toeplitz(column, row) = scale * spectrum(0, column, row).real();
  }
};

/// hankel (+)= scale spectrum 0, moved down by `shift` rows.
template <class ExecutionSpace>
struct StoreHankel {
  using Memory = typename ExecutionSpace::memory_space;
  Cube<Kokkos::complex<double>, Memory> spectrum;
  Matrix<Kokkos::complex<double>, Memory> hankel;
  std::size_t length, shift;
  double scale;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t column = index / length, row = index % length;
    const auto value = scale * spectrum(0, column, row);
    if (shift == 0) {
      hankel(column, row) = value;
      return;
    }
    const double turns = static_cast<double>(row * shift % length) / static_cast<double>(length);
    const double angle = -2.0 * constants::pi * turns;
    hankel(column, row) += Kokkos::complex<double>(math::cos(angle), math::sin(angle)) * value;
  }
};

}  // namespace glint::impl

#endif
