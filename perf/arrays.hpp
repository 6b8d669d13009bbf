// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_ARRAYS_HPP
#define GLINT_PERF_ARRAYS_HPP

#include <cstdint>

#include "registry.hpp"

/// Inputs of array kernels.

namespace glint::perf {

/// `count` numbers in [low, high) that a seed decides, rounded to T.
template <class T>
Numbers random_numbers(std::size_t count, std::uint64_t seed, double low, double high) {
  Numbers numbers(count);
  std::uint64_t state = seed;
  for (double& number : numbers) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const double unit = static_cast<double>(state >> 40) / 16777216.0;
    number = static_cast<double>(static_cast<T>(low + (high - low) * unit));
  }
  return numbers;
}

/// In memory of the space, as T.
template <class T, class ExecutionSpace>
Vector<T, typename ExecutionSpace::memory_space> array_of(const ExecutionSpace& space,
                                                          const Numbers& numbers) {
  return upload<T>(space, "glint::perf::array", numbers);
}

inline void export_numbers(Export& out, const std::string& name, const Numbers& numbers) {
  out.array(name, {numbers.size()}, numbers.data());
}

template <class T>
constexpr double tolerance_of(double of_double, double of_float) {
  return sizeof(T) == 8 ? of_double : of_float;
}

}  // namespace glint::perf

#endif
