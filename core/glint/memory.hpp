// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MEMORY_HPP
#define GLINT_MEMORY_HPP

#include <cstddef>
#include <initializer_list>
#include <string>

namespace glint {

/// Bytes of an array with the given extents. Throws Error when the number overflows.
std::size_t array_bytes(const std::string& name, std::initializer_list<std::size_t> extents,
                        std::size_t element_bytes);

/// Main memory of this machine in bytes, or 0 where the system does not tell.
std::size_t main_memory_bytes();

/// Bytes of the host's largest cache, or 16 MiB where the system does not tell.
std::size_t last_cache_bytes();

/// Throws Error, with both numbers, when `bytes` exceeds main memory. Call before allocating.
void expect_memory(const std::string& name, std::size_t bytes);

/// "3.7 GB": a byte count for people.
std::string byte_text(std::size_t bytes);

}  // namespace glint

#endif
