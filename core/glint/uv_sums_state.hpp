// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_UV_SUMS_STATE_HPP
#define GLINT_UV_SUMS_STATE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace glint {

/// Everything that sums over visibilities hold, on the host: what a checkpoint keeps. Sums that
/// take it back go on as if they had never stopped, to the last bit.
struct UvSumsState {
  // Which sums they are.
  std::size_t ny = 0, nx = 0;     ///< the frame
  double pixel_scale = 0.0;       ///< arcseconds
  std::size_t pixels = 0;         ///< M
  std::uint64_t pixels_hash = 0;  ///< of the kept pixels' rows and columns
  std::string noise, kernel;      ///< names of the options
  double kernel_tolerance = 0.0;

  std::size_t count = 0;  ///< visibilities so far
  bool has_hankel = false;

  using Array = std::pair<std::string, std::vector<double>>;
  std::vector<Array> arrays;  ///< the sums by their names

  /// The array of that name, or nullptr.
  const std::vector<double>* find(const std::string& name) const {
    for (const Array& array : arrays)
      if (array.first == name) return &array.second;
    return nullptr;
  }
};

/// 64 bits that tell apart sequences of bytes (FNV-1a), continued from `hash`.
inline std::uint64_t hash_bytes(const void* data, std::size_t bytes,
                                std::uint64_t hash = 0xcbf29ce484222325) {
  const auto* at = static_cast<const unsigned char*>(data);
  for (std::size_t k = 0; k < bytes; ++k) hash = (hash ^ at[k]) * 0x100000001b3;
  return hash;
}

}  // namespace glint

#endif
