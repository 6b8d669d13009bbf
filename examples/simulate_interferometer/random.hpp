// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_RANDOM_HPP
#define GLINT_RANDOM_HPP

#include <cmath>
#include <cstdint>
#include <utility>

/// Random numbers that are the same on every platform, which the standard library's distributions
/// are not.
///
/// The k-th number of a stream (k from 1) is mix(start + k g) with g = 2^64 / golden ratio, mix the
/// finaliser of SplitMix64 (Steele, Lea & Flood 2014) and start = mix(seed + (stream + 1) g). Its
/// upper 53 bits make a uniform number in [0, 1).
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream) : state_(mix(seed + (stream + 1) * golden)) {}

  double uniform() {
    state_ += golden;
    return static_cast<double>(mix(state_) >> 11) * 0x1p-53;
  }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }

  /// Two independent normal numbers of unit variance, by Marsaglia's polar method.
  std::pair<double, double> normals() {
    double x, y, s;
    do {
      x = uniform(-1.0, 1.0);
      y = uniform(-1.0, 1.0);
      s = x * x + y * y;
    } while (s >= 1.0 || s == 0.0);
    const double factor = std::sqrt(-2.0 * std::log(s) / s);
    return {x * factor, y * factor};
  }

 private:
  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;

  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

#endif
