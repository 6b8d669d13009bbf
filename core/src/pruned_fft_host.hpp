// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PRUNED_FFT_HOST_HPP
#define GLINT_PRUNED_FFT_HOST_HPP

#include <glint/pruned_fft.hpp>

#include "fft_engine.hpp"

/// Passes of a pruned transform on cores: a thread takes a group of neighbouring lines, so that
/// what it writes across them fills whole cache lines. These functors run on hosts only.

namespace glint::impl {

inline constexpr std::size_t fft_group = 8;

inline std::size_t fft_groups(std::size_t lines) { return (lines + fft_group - 1) / fft_group; }

/// Lines first, first + 1, ... of one image.
struct FftGroup {
  std::size_t image, first, count;

  FftGroup(std::size_t item, std::size_t lines)
      : image(item / fft_groups(lines)), first(item % fft_groups(lines) * fft_group) {
    count = lines - first < fft_group ? lines - first : fft_group;
  }
  int engine() const { return count == fft_group ? 0 : 1; }
};

/// Between the spectra of a group of rows, in team scratch.
inline std::size_t scratch_pitch(const PrunedFftShape& shape) { return (shape.half() + 7) / 8 * 8; }

template <class ExecutionSpace, class T, bool Backward>
struct FftRowGroup {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Complex = Kokkos::complex<T>;
  static constexpr int scratch_level = 1;  // hosts keep the first level small

  PrunedFftShape shape;
  FftEngine<T>* engines[2];
  const T* input;  // of complex numbers on the way back
  T* output;

  std::size_t scratch_bytes() const { return fft_group * scratch_pitch(shape) * sizeof(Complex); }

  void operator()(const Team& team) const {
    const FftGroup group(static_cast<std::size_t>(team.league_rank()), shape.rows);
    auto* const buffer = static_cast<Complex*>(
        team.team_scratch(int(scratch_level)).get_shmem_aligned(scratch_bytes(), 64));
    const std::size_t pitch = scratch_pitch(shape), column = shape.spectrum_pitch();
    const std::size_t row = (group.image * shape.rows + group.first) * shape.real_pitch();
    const std::size_t place = group.image * shape.columns * column + group.first;
    FftEngine<T>& engine = *engines[group.engine()];
    if constexpr (Backward) {
      const auto* const from = reinterpret_cast<const Complex*>(input) + place;
      for (std::size_t k = 0; k < shape.columns; ++k)
        for (std::size_t r = 0; r < group.count; ++r) buffer[r * pitch + k] = from[k * column + r];
      engine.backward(nullptr, reinterpret_cast<T*>(buffer), output + row);
    } else {
      engine.forward(nullptr, input + row, reinterpret_cast<T*>(buffer));
      auto* const to = reinterpret_cast<Complex*>(output) + place;
      for (std::size_t k = 0; k < shape.columns; ++k)
        for (std::size_t r = 0; r < group.count; ++r) to[k * column + r] = buffer[r * pitch + k];
    }
  }
};

/// x = factors x + reflected conj(x), along one column.
template <class T>
inline void filter_column(std::size_t count, const T* KOKKOS_RESTRICT factors,
                          const T* KOKKOS_RESTRICT reflected, T* KOKKOS_RESTRICT x) {
  if (reflected == nullptr) {
    for (std::size_t k = 0; k < count; ++k) {
      x[2 * k] *= factors[k];
      x[2 * k + 1] *= factors[k];
    }
    return;
  }
  for (std::size_t k = 0; k < count; ++k) {
    const T re = x[2 * k], im = x[2 * k + 1], a = reflected[2 * k], b = reflected[2 * k + 1];
    x[2 * k] = factors[k] * re + (a * re + b * im);
    x[2 * k + 1] = factors[k] * im + (b * re - a * im);
  }
}

template <class T>
struct FftColumnGroup {
  PrunedFftShape shape;
  FftLinesEngine<T>* engines[2];
  T* spectrum;
  bool forward, backward;
  const T *factors, *reflected;  ///< none: no multiplication

  void operator()(std::size_t item) const {
    const FftGroup group(item, shape.columns);
    const std::size_t pitch = shape.spectrum_pitch();
    T* const lines = spectrum + 2 * (group.image * shape.columns + group.first) * pitch;
    FftLinesEngine<T>& engine = *engines[group.engine()];
    if (forward) {
      for (std::size_t c = 0; c < group.count; ++c) {
        T* KOKKOS_RESTRICT column = lines + 2 * c * pitch;
        for (std::size_t k = 2 * shape.rows; k < 2 * shape.ny; ++k) column[k] = T(0);
      }
      engine.run(nullptr, lines, false);
    }
    if (factors != nullptr)
      for (std::size_t c = 0; c < group.count; ++c) {
        const std::size_t place = (group.first + c) * pitch;
        filter_column(shape.ny, factors + place,
                      reflected == nullptr ? nullptr : reflected + 2 * place,
                      lines + 2 * c * pitch);
      }
    if (backward) engine.run(nullptr, lines, true);
  }
};

}  // namespace glint::impl

#endif
