// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_UV_CHECK_CHUNK_HPP
#define GLINT_IMPL_UV_CHECK_CHUNK_HPP

#include <glint/elementary.hpp>
#include <glint/uv_data.hpp>

namespace glint::impl {

/// What one block of visibilities says: four numbers in a row.
struct ChunkFacts {
  enum { data_term, log_noise, first_bad, unequal, count };
};

/// Legal sizes: beyond them squares leave the range of numbers.
inline constexpr double largest_value = 1e100, smallest_noise = 1e-100;

/// Turns of phase to a pixel, beyond which whole ones can no longer be told from the rest.
inline constexpr double most_turns = 1e15;

/// Judges and sums one block of visibilities per index. Sums within a block are kept in `lanes`
/// parts, so that all of it becomes vector instructions.
template <class ExecutionSpace>
struct CheckChunk {
  static constexpr int block = 1024;
  static constexpr int lanes = lanes_v<ExecutionSpace>;

  UvData<typename ExecutionSpace::memory_space> data;
  double step;  ///< of the grid
  double* facts;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t first = index * block;
    const std::size_t last = first + block < data.size() ? first + block : data.size();
    double terms[lanes] = {}, logs[lanes] = {}, bad[lanes] = {}, unequal[lanes] = {};
    std::size_t k = first;
    for (; k + lanes <= last; k += lanes)
      for (int l = 0; l < lanes; ++l) look(k + l, terms[l], logs[l], bad[l], unequal[l]);
    for (; k < last; ++k) look(k, terms[0], logs[0], bad[0], unequal[0]);
    double sums[ChunkFacts::count] = {0.0, 0.0, -1.0, 0.0}, any = 0.0;
    for (int l = 0; l < lanes; ++l) {
      sums[ChunkFacts::data_term] += terms[l];
      sums[ChunkFacts::log_noise] += logs[l];
      sums[ChunkFacts::unequal] += unequal[l];
      any += bad[l];
    }
    if (any > 0.0) sums[ChunkFacts::first_bad] = static_cast<double>(find(first));
    for (int f = 0; f < ChunkFacts::count; ++f) facts[index * ChunkFacts::count + f] = sums[f];
  }

  KOKKOS_FORCEINLINE_FUNCTION bool legal_value(double x) const {
    return x < largest_value && x > -largest_value;  // not so for NaN
  }
  KOKKOS_FORCEINLINE_FUNCTION bool legal_noise(double x) const {
    return x >= smallest_noise && x <= largest_value;
  }
  KOKKOS_FORCEINLINE_FUNCTION bool legal(std::size_t k) const {
    const bool baseline =
        math::fabs(step * data.u(k)) < most_turns && math::fabs(step * data.v(k)) < most_turns;
    return baseline & legal_value(data.re(k)) & legal_value(data.im(k)) &
           legal_noise(data.noise_re(k)) & legal_noise(data.noise_im(k));
  }

  KOKKOS_FORCEINLINE_FUNCTION void look(std::size_t k, double& term, double& log, double& bad,
                                        double& unequal) const {
    const double re = data.re(k) / data.noise_re(k), im = data.im(k) / data.noise_im(k);
    term += re * re + im * im;
    log += fast_log2(data.noise_re(k)) + fast_log2(data.noise_im(k));
    bad += legal(k) ? 0.0 : 1.0;
    unequal += data.noise_re(k) == data.noise_im(k) ? 0.0 : 1.0;
  }

  KOKKOS_FUNCTION std::size_t find(std::size_t k) const {
    while (legal(k)) ++k;
    return k;
  }
};

}  // namespace glint::impl

#endif
