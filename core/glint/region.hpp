// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REGION_HPP
#define GLINT_REGION_HPP

#include <glint/compat.hpp>
#include <string>

namespace glint {

/// A profiling region that ends with its scope. Kokkos has the same only from 4.1 on.
class ScopedRegion {
 public:
  explicit ScopedRegion(const std::string& label) { Kokkos::Profiling::pushRegion(label); }
  ~ScopedRegion() { Kokkos::Profiling::popRegion(); }
  ScopedRegion(const ScopedRegion&) = delete;
  ScopedRegion& operator=(const ScopedRegion&) = delete;
};

}  // namespace glint

#endif
